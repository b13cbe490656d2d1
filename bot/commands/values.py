"""What adapters and commands exchange: a request comes in, a reply goes out.

Plain frozen values; what a command does is decided elsewhere in this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from bot.platform import Destination
from briefings.rendering.nodes import Document

#: A button with this command opens a form: a new one where its value is empty, else the one of
#: the schedule that the value names. It asks `Commands.form` with that as the option "id".
FORM: Final = "briefing form"
#: What Slack's App Home shows: the schedules of the tenant that the asker may see.
HOME: Final = "briefing home"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `may_manage`: the platform sent along that they manage this channel or guild.

    Slack sends no such thing: commands ask `Platform.rights`.
    """

    user_id: str
    role_ids: frozenset[str] = frozenset()
    may_manage: bool = False


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """One command as asked for.

    `name`: "brief", "briefing add", "briefing list", … or "show", which a button asks for.
    `options`: by the names in grammar.OPTIONS, as text; a platform that takes one line of text
    gives it under "text" and leaves the reading to `grammar`.
    """

    #: Unique; on every log record of this request.
    id: str
    destination: Destination
    asker: Asker
    name: str
    options: Mapping[str, str]
    #: The asker's language where the platform tells it: "en-GB".
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: `value`, at most 100 characters, comes back as the option "value".

    With a `url` it is a link. `command`: the request's name when it is pressed ("show").
    """

    label: str
    command: str = ""
    value: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. `choices`: value to label; none means free text."""

    option: str
    label: str
    value: str = ""
    hint: str = ""
    is_required: bool = False
    is_long: bool = False
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a person fills in; sent, its fields are the options of `command`."""

    title: str
    command: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    #: Comes back as the option "value".
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the asker sees. `notice`: one plain line for notifications and screen readers.

    `is_private`: for the asker alone. `details`: for a thread below, where there is one.
    `wrong_option`: the option that can't be used as given; a form shows `notice` at its field.
    """

    notice: str
    document: Document
    is_private: bool = True
    details: Document | None = None
    buttons: tuple[Button, ...] = ()
    wrong_option: str = ""
    #: It could not be done; `notice` says why.
    is_refused: bool = False


class Commands(Protocol):
    """What adapters call."""

    async def run(self, request: CommandRequest) -> Reply:
        """Do what was asked; never raises for the asker's mistakes, which are replies too."""
        ...

    async def form(self, request: CommandRequest) -> Form:
        """The form to create a schedule, or to edit the one that the option "id" names."""
        ...

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> tuple[str, ...]:
        """Up to 25 completions of an option's value, such as schedule ids and zones."""
        ...
