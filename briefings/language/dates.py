"""Finds expressions of time in an article and resolves them against its date of publication.

It says which words name a time and which time; which happening they date is for the timeline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from briefings.language import date_rules
from briefings.language.once import once
from briefings.language.periods import Period, Tense
from briefings.language.publication import is_byline, seen_from
from briefings.language.reading import Reading
from briefings.language.tenses import tense_at
from briefings.language.time_patterns import DATELINE, find_matches, is_no_time

_RULES: dict[str, Callable[[re.Match[str], date, Tense], Period | None]] = {
    "numeric": date_rules.resolve_numeric,
    "historic": date_rules.resolve_historic,
    "named": date_rules.resolve_named,
    "day": date_rules.resolve_day,
    "month": date_rules.resolve_month,
    "quarter": date_rules.resolve_quarter,
    "season": date_rules.resolve_season,
    "weekday": date_rules.resolve_weekday,
    "near": date_rules.resolve_near,
    "relative": date_rules.resolve_relative,
    "ago": date_rules.resolve_ago,
    "stretch": date_rules.resolve_stretch,
    "soon": date_rules.resolve_soon,
    "decade": date_rules.resolve_decade,
    "year": date_rules.resolve_year,
    "nothing": date_rules.resolve_nothing,
}

#: "by 2030", "before the end of the year": the far end counts.
_LIMIT = re.compile(r"(?:by|before|until|till)\b|(?:the\s)?end of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time: `article.text[start:end] == when`.

    `iso` is the ISO day, month or year as far as the words tell it, None where they don't.
    `order` is a day to sort by, a guess where `iso` is None; None where there is nothing to go by.
    `kind`: day, weekday, near, month, quarter, season, relative, year, decade, same, ago, stretch.
    """

    start: int
    end: int
    when: str
    kind: str
    tense: Tense
    iso: str | None
    order: date | None

    @property
    def is_calendar(self) -> bool:
        """Whether the words name a place in the calendar rather than a length or a relation."""
        return self.kind not in ("stretch", "ago", "same")


@once
def find_dates(reading: Reading) -> tuple[TimeExpression, ...]:
    """Every expression of time in the article, in order, none inside another.

    Datelines and lines about the publication itself are left out.
    """
    day, known = seen_from(reading)
    closed = _closed_stretches(reading)
    found = []
    for start, end, kind, rule, match in find_matches(reading.text):
        if not len(reading.words_between(start, end)) or is_no_time(reading.text, match, kind):
            continue
        if any(start < b and end > a for a, b in closed):
            continue
        tense = tense_at(reading, start, end)
        period = _RULES[rule](match, day, tense)
        if period is None and rule not in ("nothing", "relative", "soon"):
            continue
        iso = period.iso if period and (known or period.absolute) else None
        when = reading.text[start:end]
        order = None if period is None else period.last if _LIMIT.match(when) else period.first
        found.append(TimeExpression(start, end, when, kind, tense, iso, order))
    return tuple(found)


def dates_between(
    dates: tuple[TimeExpression, ...], start: int, end: int
) -> tuple[TimeExpression, ...]:
    """Those that lie wholly between two offsets; `dates` in text order."""
    first = bisect_left(dates, start, key=lambda expression: expression.start)
    last = bisect_left(dates, end, key=lambda expression: expression.start)
    return tuple(expression for expression in dates[first:last] if expression.end <= end)


def _closed_stretches(reading: Reading) -> list[tuple[int, int]]:
    """Where a date is the report's own: datelines and lines about the publication."""
    closed = []
    for sentence in reading.sentences:
        line = reading.text[sentence.start : sentence.end]
        if match := DATELINE.match(line):
            closed.append((sentence.start, sentence.start + match.end()))
        elif is_byline(line):
            closed.append((sentence.start, sentence.end))
    return closed
