"""Times as people write them: "weekdays 08:00", "every 2 hours", "Mon,Thu 07:30", or cron.

It reads and writes them; when they next come is for bot.schedule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import groupby
from typing import Final, Literal

from bot.cron import Cron, CronUnreadable, looks_like_cron, read_cron
from bot.errors import TimesUnreadable

#: Nobody reads a channel that is posted to more often.
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)

_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ALL: Final = frozenset(range(7))
_GROUPS: Final = {
    "daily": _ALL,
    "day": _ALL,
    "days": _ALL,
    "everyday": _ALL,
    "weekday": frozenset(range(5)),
    "weekdays": frozenset(range(5)),
    "workdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "weekends": frozenset({5, 6}),
}
_DAYS: Final = (
    ("mon", "monday", "mondays"),
    ("tue", "tues", "tuesday", "tuesdays"),
    ("wed", "weds", "wednesday", "wednesdays"),
    ("thu", "thur", "thurs", "thursday", "thursdays"),
    ("fri", "friday", "fridays"),
    ("sat", "saturday", "saturdays"),
    ("sun", "sunday", "sundays"),
)
_DAY: Final = {word: number for number, words in enumerate(_DAYS) for word in words}
_NAMED_TIMES: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_FILLERS: Final = frozenset({"and", "at", "on", "every", "each", "&"})
_UNITS: Final = {
    **dict.fromkeys(("minute", "minutes", "min", "mins", "m"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), timedelta(hours=1)),
}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_PERIOD = re.compile(r"(?:every|each)\s+(?:(\d{1,5})\s*)?([a-z]+)")

Moment = tuple[int, time]


@dataclass(frozen=True, slots=True)
class WallTimes:
    """Times of day by the local clock, each on its weekdays. `moments`: (0 for Monday, time)."""

    moments: frozenset[Moment]

    def on(self, weekday: int) -> list[time]:
        return sorted(clock for day, clock in self.moments if day == weekday)


@dataclass(frozen=True, slots=True)
class Every:
    """Evenly through each local day, counted in elapsed time from its first instant.

    So "every 2 hours" is 00:00, 02:00, … on an ordinary day; across a clock change the distance
    stays and the reading shifts, and the next day begins at its first instant again.
    """

    period: timedelta


Times = WallTimes | Every | Cron


def read_times(text: str) -> Times:
    """Read "weekdays 08:00", "daily 07:30 and 18:00", "Mon,Thu 9am", "every 2 hours", or cron.

    Raises TimesUnreadable, which says which word is not understood.
    """
    plain = " ".join(text.lower().split())
    plain = plain.removeprefix("cron ").strip("`\"'“” ")
    if looks_like_cron(plain):
        return _read_cron(text, plain)
    if plain == "hourly":
        return Every(timedelta(hours=1))
    period = _PERIOD.fullmatch(plain)
    if period and period[2] in _UNITS:
        return _read_period(text, period)
    return WallTimes(frozenset(_read_moments(text, plain)))


def describe_times(times: Times) -> str:
    """Times in words that `read_times` reads as the same: "weekdays at 08:00"."""
    if isinstance(times, Cron):
        return f"cron {times.text}"
    if isinstance(times, Every):
        return _describe_period(times.period)
    return ", ".join(
        f"{_describe_days(days)} at {_join(f'{clock:%H:%M}' for clock in clocks)}"
        for days, clocks in _alike(times)
    )


def _read_cron(text: str, plain: str) -> Cron:
    try:
        return read_cron(plain)
    except CronUnreadable as error:
        reason: Literal["never", "word"] = "never" if error.is_impossible else "word"
        raise TimesUnreadable(text, error.word, reason) from error


def _read_period(text: str, match: re.Match[str]) -> Every:
    period = int(match[1] or 1) * _UNITS[match[2]]
    if period < SHORTEST:
        raise TimesUnreadable(text, match[0], "too often")
    if period > LONGEST:
        raise TimesUnreadable(text, match[0], "too seldom")
    return Every(period)


def _read_moments(text: str, plain: str) -> set[Moment]:
    """Days and times in turns, "weekdays 08:00 weekends 10:00"; times alone are daily."""
    runs = _read_runs(text, plain)
    if not runs:
        raise TimesUnreadable(text, plain, "no time")
    if len(runs) == 1 and isinstance(runs[0], list):
        return {(day, clock) for day in _ALL for clock in runs[0]}
    if len(runs) % 2:
        raise TimesUnreadable(text, plain, "no time")
    days = [run for run in runs if isinstance(run, set)]
    clocks = [run for run in runs if isinstance(run, list)]
    pairs = zip(days, clocks, strict=True)
    return {(day, clock) for some, theirs in pairs for day in some for clock in theirs}


def _read_runs(text: str, plain: str) -> list[set[int] | list[time]]:
    """Neighbouring days taken together, and neighbouring times."""
    read = [_read_word(text, word) for word in _words(plain)]
    runs: list[set[int] | list[time]] = []
    for is_clock, words in groupby(read, lambda word: isinstance(word, time)):
        found = list(words)
        if is_clock:
            runs.append([word for word in found if isinstance(word, time)])
        else:
            runs.append({day for word in found if isinstance(word, frozenset) for day in word})
    return runs


def _words(plain: str) -> list[str]:
    """Words that mean something; "9 am" is one, and so is "mon - fri"."""
    joined = re.sub(r"\b(\d{1,2}(?:[:.]\d{2})?)\s+([ap]m)\b", r"\1\2", plain.replace("o'clock", ""))
    joined = re.sub(
        r"\b([a-z]{3,9})\s*(?:-|–|\bto\b|\bthrough\b)\s*([a-z]{3,9})\b", r"\1-\2", joined
    )
    return [word for word in re.split(r"[\s,;+]+", joined) if word and word not in _FILLERS]


def _read_word(text: str, word: str) -> frozenset[int] | time:
    if word in _GROUPS:
        return _GROUPS[word]
    first, dash, last = word.partition("-")
    if first in _DAY and (not dash or last in _DAY):
        span = (_DAY[last or first] - _DAY[first]) % 7
        return frozenset((_DAY[first] + n) % 7 for n in range(span + 1))
    clock = _NAMED_TIMES.get(word) or _read_clock(word)
    if clock is None:
        raise TimesUnreadable(text, word, "word")
    return clock


def _read_clock(word: str) -> time | None:
    match = _CLOCK.fullmatch(word)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:  # noqa: PLR2004  # a twelve-hour clock
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004  # a day's clock


def _alike(times: WallTimes) -> list[tuple[list[int], list[time]]]:
    """Weekdays with the same times together, in the order of the week."""
    by_clocks: dict[tuple[time, ...], list[int]] = {}
    for day in range(7):
        if clocks := times.on(day):
            by_clocks.setdefault(tuple(clocks), []).append(day)
    return [(days, list(clocks)) for clocks, days in by_clocks.items()]


def _describe_days(days: Sequence[int]) -> str:
    for name in ("daily", "weekdays", "weekends"):
        if frozenset(days) == _GROUPS[name]:
            return name
    return _join(_NAMES[day] for day in days)


def _describe_period(period: timedelta) -> str:
    minutes = int(period.total_seconds()) // 60
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def _join(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
