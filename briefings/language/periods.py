"""Stretches of the calendar: days, months, parts of a year, and which of several years is meant.

Pure arithmetic; it knows no words.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "future", "open"]
#: A day later than publication still counts as past: newsrooms and readers differ in zone.
_ZONES = timedelta(days=1)
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both included. `absolute`: the words alone name the year."""

    first: date
    last: date
    absolute: bool = False
    #: A stretch that something went on for; it has no date of its own.
    duration: bool = False

    @property
    def iso(self) -> str | None:
        """The finest of day, month and year that holds the whole period, else None.

        A stretch of named days, such as Oct. 10-15, goes by the day it opens.
        """
        if self.duration:
            return None
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y}" if self.first.year == self.last.year else None


def month_period(year: int, month: int, part: str = "") -> Period:
    """A month, or the early, middle or late part of it."""
    end = monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, end)}.get(part, (1, end))
    return Period(date(year, month, first), date(year, month, last))


def year_period(year: int, part: str = "") -> Period:
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return Period(month_period(year, months[0]).first, month_period(year, months[1]).last)


def shift_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it is shorter."""
    index = day.year * YEAR_MONTHS + day.month - 1 + months
    year, month = divmod(index, YEAR_MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def choose(years: Callable[[int], Period | None], seen_from: date, tense: Tense) -> Period | None:
    """Of the same days in neighbouring years, the one the tense asks for.

    Past: the latest that has begun. Future: the first that is not over. Open: the nearest.
    """
    near = (seen_from.year - 1, seen_from.year, seen_from.year + 1)
    options = [period for year in near if (period := years(year))]
    past = [period for period in options if period.first <= seen_from + _ZONES]
    future = [period for period in options if period.last >= seen_from]
    if tense == "past" and past:
        return past[-1]
    if tense == "future" and future:
        return future[0]
    return min(options, key=lambda period: abs(period.first - seen_from), default=None)


def day_period(year: int, month: int, day: int, last: int | None = None) -> Period | None:
    """A day, or days `day` to `last` under the name of the first."""
    end = monthrange(year, month)[1]
    if not 1 <= day <= end or (last and not day <= last <= end):
        return None
    return Period(date(year, month, day), date(year, month, day))
