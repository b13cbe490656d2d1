"""Five-field cron expressions as cron itself reads them: which days, hours and minutes they name.

It knows no zone and no instant; bot.schedule turns wall times into slots.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

#: The shortcuts of crontab(5).
NICKNAMES: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
FIELDS: Final = 5
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_WEEKDAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
#: Days of each month in a leap year.
_LONGEST: Final = {month: calendar.monthrange(2000, month)[1] for month in range(1, 13)}


class CronUnreadable(ValueError):
    """No cron expression. `word`: the field that does not fit, or all of them if none ever can."""

    def __init__(self, word: str, *, is_impossible: bool = False) -> None:
        super().__init__(word)
        self.word = word
        self.is_impossible = is_impossible


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron expression, read. `weekdays`: 0 is Monday, as in Python.

    `needs_both`: a day has to fit day-of-month and day-of-week; otherwise either is enough. Cron
    asks for both when one of the two fields begins with a star (crontab(5), and Debian's source).
    `is_by_wall_clock`: neither minute nor hour begins with a star, so it names times of day that
    come once a day; with a star it follows time as it passes, through a clock change too.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    needs_both: bool
    is_by_wall_clock: bool

    def is_on(self, day: date) -> bool:
        """Whether the expression names any time of this day."""
        if day.month not in self.months:
            return False
        fits = (day.day in self.days, day.weekday() in self.weekdays)
        return all(fits) if self.needs_both else any(fits)


def looks_like_cron(text: str) -> bool:
    """Whether a person who wrote this meant a cron expression."""
    words = text.split()
    if text.startswith("@"):
        return len(words) == 1
    return len(words) == FIELDS and all(not set(word) - set("0123456789*,/-") for word in words[:2])


def read_cron(text: str) -> Cron:
    """Read "0 8 * * 1-5": names, ranges, steps and lists; Sunday is 0 and 7.

    Raises CronUnreadable.
    """
    text = NICKNAMES.get(text.lower(), text.lower())
    words = text.split()
    if len(words) != FIELDS:
        raise CronUnreadable(text)
    minute, hour, day, month, weekday = words
    cron = Cron(
        text=" ".join(words),
        minutes=tuple(sorted(_read_field(minute, 0, 59))),
        hours=tuple(sorted(_read_field(hour, 0, 23))),
        days=frozenset(_read_field(day, 1, 31)),
        months=frozenset(_read_field(month, 1, 12, _MONTHS, first_name=1)),
        weekdays=frozenset((n - 1) % 7 for n in _read_field(weekday, 0, 7, _WEEKDAYS)),
        needs_both=day.startswith("*") or weekday.startswith("*"),
        is_by_wall_clock=not minute.startswith("*") and not hour.startswith("*"),
    )
    if cron.needs_both and min(cron.days) > max(_LONGEST[month] for month in cron.months):
        raise CronUnreadable(cron.text, is_impossible=True)
    return cron


def _read_field(
    text: str, low: int, high: int, names: tuple[str, ...] = (), *, first_name: int = 0
) -> set[int]:
    """The numbers that a field names, each within `low` and `high`."""

    def number(word: str) -> int:
        value = names.index(word) + first_name if word in names else _whole(word)
        if value is None or not low <= value <= high:
            raise CronUnreadable(text)
        return value

    found: set[int] = set()
    for term in text.split(","):
        span, slash, stride = term.partition("/")
        step = _whole(stride) if slash else 1
        if not step:
            raise CronUnreadable(text)
        first, dash, last = span.partition("-")
        if span == "*":
            start, end = low, high
        else:
            start = number(first)
            end = number(last) if dash else start
            if slash and start == end:  # "5/15" counts from 5 to the field's end
                end = high
        if end < start:
            raise CronUnreadable(text)
        found.update(range(start, end + 1, step))
    return found


def _whole(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else None  # noqa: PLR2004  # no field has more
