"""Schedules and slots in sentences: what one posts and when, and what became of it.

The words are those of `messages`; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.commands.drafting import say_span
from bot.messages.commands import (
    CATCHES_UP,
    ENGINES,
    FILTERS,
    IS_PAUSED,
    MADE_BY,
    MODES,
    NOTHING_NOW,
    STATES,
    TAKES,
    WRITTEN_IN,
)
from bot.planning import Prepared
from bot.schedule import CATCH_UP, Schedule
from bot.slots import Delivery, LoggedSlot, Skipped
from briefings.languages import name_language

#: Entries left out that are named one by one; the others are counted.
_SHOWN_SKIPPED = 5
_UNSENT: Final = ("dead", "uncertain")


def title_of(schedule: Schedule) -> str:
    named = f" “{schedule.name}”" if schedule.name else ""
    return f"Schedule {schedule.id}{named}"


def summary_line(schedule: Schedule, *, with_channel: bool = False) -> str:
    """One line of a list: "k3m9 “Border news”: weekdays at 08:00 (Europe/Berlin)"."""
    where = f" in {schedule.destination.channel_id}" if with_channel else ""
    named = f" “{schedule.name}”" if schedule.name else ""
    state = f" · {say_paused(schedule)}" if schedule.is_paused else ""
    return f"{schedule.id}{named}{where}: {schedule.times} ({schedule.zone}){state}"


def describe(schedule: Schedule) -> list[str]:
    """What a schedule takes, and how it posts."""
    lines = [
        f"Posts {MODES[schedule.mode]}, {schedule.times} ({schedule.zone}).",
        TAKES.format(feeds=", ".join(schedule.feeds), count=_articles(schedule.at_most)),
    ]
    if schedule.engine or schedule.language:
        lines.append(_made_by(schedule))
    for field, sentence in FILTERS.items():
        value = getattr(schedule.filter, field)
        if value:
            told = value if isinstance(value, str) else ", ".join(f"“{word}”" for word in value)
            lines.append(sentence.format(words=told))
    if schedule.catch_up != CATCH_UP:
        lines.append(CATCHES_UP.format(span=say_span(schedule.catch_up)))
    return lines


def _made_by(schedule: Schedule) -> str:
    made = MADE_BY.format(engine=ENGINES[schedule.engine or "default"])
    if not schedule.language:
        return made
    return f"{made} {WRITTEN_IN.format(language=name_language(schedule.language))}"


def preview_lines(found: Prepared) -> list[str]:
    """What would be posted now, by title, and why the rest would not."""
    titles = [f"Would post “{post.top.title}”" for post in found.posts]
    return [*(titles or [NOTHING_NOW]), *found.remarks, *skipped_lines(found.skipped)]


def say_paused(schedule: Schedule) -> str:
    because = f": {schedule.paused_because.rstrip('.')}" if schedule.paused_because else ""
    return IS_PAUSED.format(reason=because)


def log_line(slot: LoggedSlot, zone: str) -> str:
    """One slot: when, what became of it, and how late or at whose wish."""
    local = slot.slot_at.astimezone(ZoneInfo(zone))
    notes = [STATES[slot.state]]
    if slot.asked_by:
        notes.append("asked for")
    if slot.is_late:
        notes.append("caught up after a pause of the bot")
    sent = sum(d.state == "sent" for d in slot.deliveries)
    if slot.deliveries:
        notes.append(f"{sent} of {len(slot.deliveries)} parts sent")
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}: {', '.join(notes)}"


def log_details(slot: LoggedSlot) -> list[str]:
    """Why something of a slot was not posted, or nothing."""
    failed = [_delivery_line(d) for d in slot.deliveries if d.state in _UNSENT]
    return [*slot.remarks, *failed, *skipped_lines(slot.skipped)]


def skipped_lines(skipped: Sequence[Skipped]) -> list[str]:
    """The entries that were left out, with the reason; what was seen before is only counted."""
    telling = [one for one in skipped if one.reason not in ("seen", "first run")]
    seen = len(skipped) - len(telling)
    lines = [_skipped_line(one) for one in telling[:_SHOWN_SKIPPED]]
    if len(telling) > _SHOWN_SKIPPED:
        lines.append(f"and {len(telling) - _SHOWN_SKIPPED} more left out")
    if seen:
        lines.append(f"{seen} {'entry' if seen == 1 else 'entries'} from before")
    return lines


def say_instant(instant: datetime, zone: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def _skipped_line(one: Skipped) -> str:
    detail = f" ({one.detail})" if one.detail else ""
    return f"Left out “{one.title}”: {one.reason}{detail}"


def _delivery_line(delivery: Delivery) -> str:
    return f"Part {delivery.part + 1} is {delivery.state}: {delivery.reason or 'no reason given'}"


def _articles(count: int) -> str:
    return "1 article a time" if count == 1 else f"{count} articles a time"
