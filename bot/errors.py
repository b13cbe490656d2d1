"""What can go wrong at the edge: settings that can't be used and commands that can't be obeyed.

Errors carry identity (which setting, which file); the sentence a person reads is in messages.py.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from bot.platform import Destination


class BotError(Exception):
    """Root of the edge's errors. `retryable`: the same call may succeed later."""

    retryable: ClassVar[bool] = False


class SettingsError(BotError):
    """A setting that can't be used. `key` is its dotted name, `place` where it was set."""

    def __init__(self, key: str, place: str) -> None:
        super().__init__(f"{key} in {place}")
        self.key = key
        self.place = place


class UnknownSetting(SettingsError):
    """No setting has this name. `nearest`, dotted: the one that was probably meant, if any."""

    def __init__(self, key: str, place: str, *, nearest: str | None) -> None:
        super().__init__(key, place)
        self.nearest = nearest


class SettingRefused(SettingsError):
    """The value does not fit. `value` is fit to be shown; `expects` says what would fit."""

    def __init__(self, key: str, place: str, *, value: str, expects: str) -> None:
        super().__init__(key, place)
        self.value = value
        self.expects = expects


class SettingMissing(SettingsError):
    """A setting that what was asked for can't do without. `instead`: one that would do as well."""

    def __init__(self, key: str, *, instead: str = "") -> None:
        super().__init__(key, "nowhere")
        self.instead = instead


class SettingsFileUnreadable(SettingsError):
    """The file of settings can't be opened, or is no TOML. `detail` says why, as found."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__("(file)", place)
        self.detail = detail


class SettingsInvalid(BotError):
    """Everything that is wrong with the settings, at once."""

    def __init__(self, problems: tuple[SettingsError, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class CommandError(BotError):
    """The asker's mistake: the command can't be obeyed as given."""


class CommandNotUnderstood(CommandError):
    """A word that the command has no use for. `expected`: the words that would fit, if few."""

    def __init__(self, word: str, *, expected: tuple[str, ...] = ()) -> None:
        super().__init__(word)
        self.word = word
        self.expected = expected


class OptionRefused(CommandError):
    """An option whose value can't be used. `reason` is a key of messages, `value` as typed."""

    def __init__(self, option: str, value: str, reason: str) -> None:
        super().__init__(f"{option}: {reason}: {value}")
        self.option = option
        self.value = value
        self.reason = reason


class NotAllowed(CommandError):
    """The asker may not do this here."""


class NoSuchSchedule(CommandError):
    """No schedule of this channel has this id."""

    def __init__(self, schedule_id: str) -> None:
        super().__init__(schedule_id)
        self.schedule_id = schedule_id


class TimesUnreadable(CommandError):
    """The times of a schedule can't be read. `word`: what is not understood, or fits no rule."""

    def __init__(
        self,
        text: str,
        word: str,
        reason: Literal["word", "no time", "too often", "too seldom", "never"],
    ) -> None:
        super().__init__(f"{text}: {reason}: {word}")
        self.text = text
        self.word = word
        self.reason = reason


class ZoneUnknown(CommandError):
    """No time zone has this name. `nearest`: the one that was probably meant, if any."""

    def __init__(self, zone: str, *, nearest: str | None) -> None:
        super().__init__(zone)
        self.zone = zone
        self.nearest = nearest


class SchedulesFileUnreadable(CommandError):
    """A file of schedules can't be opened, or holds something else. `detail`: what, and where."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class OutputRefused(CommandError):
    """The place given for the result can't hold it. Found before any work is done.

    `detail`: what the system says of a place that is "unusable".
    """

    def __init__(
        self,
        path: str,
        reason: Literal["directory", "no folder", "no name", "unusable"],
        detail: str = "",
    ) -> None:
        super().__init__(f"{path}: {detail or reason}")
        self.path = path
        self.reason = reason
        self.detail = detail


class OutputFailed(BotError):
    """Writing the result failed; whatever stood at `path` before still does."""

    retryable = True

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class TokenRefused(BotError):
    """The platform does not take the token, and never will. `key`: the setting's dotted name."""

    def __init__(self, platform: str, key: str, detail: str = "") -> None:
        super().__init__(f"{platform}: {key}: {detail}")
        self.platform = platform
        self.key = key
        self.detail = detail


class DeliveryError(BotError):
    """A message could not be delivered. `detail`: the platform's own word for it."""

    def __init__(self, destination: Destination, detail: str = "") -> None:
        super().__init__(f"{destination.platform} {destination.channel_id}: {detail}")
        self.destination = destination
        self.detail = detail


class DestinationGone(DeliveryError):
    """The channel, or the bot in it, is no more."""


class PermissionMissing(DeliveryError):
    """The bot may not post there. `detail` names what it lacks."""


class DeliveryRefused(DeliveryError):
    """The platform took the message for malformed: the same message will never be posted."""


class RateLimited(DeliveryError):
    """Too many messages; nothing was posted.

    `retry_after` in seconds; `is_guess`: the platform did not say how long, so that the wait may
    have to be longer the next time.
    """

    retryable = True

    def __init__(
        self, destination: Destination, *, retry_after: float, is_guess: bool = False
    ) -> None:
        super().__init__(destination, f"wait {retry_after:g} s")
        self.retry_after = retry_after
        self.is_guess = is_guess


class DeliveryFailed(DeliveryError):
    """The platform was not reached at all, so nothing was posted."""

    retryable = True


class DeliveryUncertain(DeliveryError):
    """It may have been posted or not: no second try without proof."""


class StoreError(BotError):
    """The database can't be used. `place`: its address without user and password."""

    def __init__(self, place: str, detail: str = "") -> None:
        super().__init__(f"{place}: {detail}")
        self.place = place
        self.detail = detail


class StoreUnavailable(StoreError):
    """The database does not answer, or refuses us."""

    retryable = True


class SchemaOutdated(StoreError):
    """The tables are older than the program, or newer. `detail` names both versions."""
