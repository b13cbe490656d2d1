"""Works out which stretch of the calendar an expression of time means, seen from a day.

It works on matched words; it neither finds expressions nor judges the sentence they are in.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefings.language import lexicon
from briefings.language.periods import (
    YEAR_MONTHS,
    Period,
    Tense,
    choose,
    day_period,
    month_period,
    shift_months,
    year_period,
)

_WEEK = 7
#: Days a "few", "several" or unnamed number of units stands for when events are put in order.
_VAGUE_COUNT = 3
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "weekend": 7, "month": 30, "quarter": 91}
_UNIT_DAYS |= {"year": 365, "decade": 3652, "century": 36525}
_HALVES = 2
_MOST_DAYS = 400_000


def month_number(word: str) -> int:
    """1 to 12 for any form of a month's name."""
    key = word.lower().rstrip(".")
    return next(n for n, forms in enumerate(lexicon.load("dates")["months"], 1) if key in forms)


def weekday_number(word: str) -> int:
    """0 for Monday to 6 for Sunday."""
    key = word.lower()
    return next(n for n, forms in enumerate(lexicon.load("dates")["weekdays"]) if key in forms)


def count_of(words: str | None) -> int:
    """How many units "two", "14" or "a few" stands for."""
    key = (words or "").lower().strip()
    if key.isdigit():
        return int(key)
    return int(lexicon.load("dates")["numbers"].get(key, _VAGUE_COUNT if key else 1))


def _same_as(part: str | None) -> str:
    return {"end": "late", "beginning": "early", "start": "early"}.get(part or "", part or "")


def resolve_day(match: re.Match[str], seen_from: date, tense: Tense) -> Period | None:
    """As in "Oct. 10-15", "June 15, 2018", "8 May"."""
    month, day = month_number(match["month"]), int(match["day"])
    last = int(match["last"]) if match.groupdict().get("last") else None
    if match["year"]:
        period = day_period(int(match["year"]), month, day, last)
        return period and Period(period.first, period.last, absolute=True)
    return choose(lambda year: day_period(year, month, day, last), seen_from, tense)


def resolve_numeric(match: re.Match[str], _: date, __: Tense) -> Period | None:
    """As in "2018-10-02"."""
    month = int(match["month"])
    if not 1 <= month <= YEAR_MONTHS:
        return None
    period = day_period(int(match["year"]), month, int(match["day"]))
    return period and Period(period.first, period.last, absolute=True)


def resolve_month(match: re.Match[str], seen_from: date, tense: Tense) -> Period | None:
    """As in "late August", "last December", "May 2016", "March-May"."""
    groups = match.groupdict()
    month, part = month_number(match["month"]), _same_as((groups.get("part") or "").lower())
    last = month_number(groups["until"]) if groups.get("until") else month
    rule = (groups.get("rule") or "").lower()

    def within(year: int) -> Period | None:
        opens = month_period(year, month, part)
        return Period(opens.first, month_period(year + (last < month), last, part).last)

    if groups.get("year"):
        period = within(int(groups["year"]))
        return period and Period(period.first, period.last, absolute=True)
    if groups.get("which"):
        return within(seen_from.year + {"last": -1, "next": 1}.get(groups["which"].lower(), 0))
    if rule == "last":
        before = seen_from.replace(day=1) - timedelta(days=1)
        return choose(within, before, "past")
    return choose(within, seen_from, "future" if rule == "next" else tense)


def resolve_year(match: re.Match[str], _: date, __: Tense) -> Period | None:
    """As in "in 2013", "early 2018", "2015-2017"."""
    year = int(match["year"])
    until = match.groupdict().get("until")
    last = (
        int(until if len(until or "") > _HALVES else f"{str(year)[:2]}{until}") if until else year
    )
    if last < year:
        return None
    period = year_period(year, _same_as((match.groupdict().get("part") or "").lower()))
    if last > year:
        period = Period(period.first, year_period(last).last)
    return Period(period.first, period.last, absolute=True)


def resolve_decade(match: re.Match[str], seen_from: date, _: Tense) -> Period | None:
    """As in "the 1980s", "the '80s"."""
    digits = match["decade"]
    year = int(digits)
    if len(digits) == _HALVES:
        year += 1900 if year > seen_from.year % 100 else seen_from.year // 100 * 100
    opens, closes = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(
        (match["part"] or "").lower(), (0, 9)
    )
    return Period(date(year + opens, 1, 1), date(year + closes, 12, 31), absolute=True)


def resolve_weekday(match: re.Match[str], seen_from: date, tense: Tense) -> Period | None:
    """As in "on Tuesday", "next Monday", "last week Wednesday".

    A bare weekday is the latest up to publication; with a mark of the future, the next from it.
    "Next Monday" is the one in the week after this.
    """
    wanted = weekday_number(match["weekday"])
    monday = seen_from - timedelta(days=seen_from.weekday())
    rule = (match.groupdict().get("rule") or match["week"] or "").lower()
    if match["week"] or rule == "next":
        weeks = {"last": -1, "next": 1}.get(rule, 0)
        day = monday + timedelta(days=weeks * _WEEK + wanted)
    elif rule == "last":
        day = seen_from - timedelta(days=(seen_from.weekday() - wanted - 1) % _WEEK + 1)
    elif tense == "future" or (rule in ("this", "coming") and tense != "past"):
        day = seen_from + timedelta(days=(wanted - seen_from.weekday()) % _WEEK)
    else:
        day = seen_from - timedelta(days=(seen_from.weekday() - wanted) % _WEEK)
    return Period(day, day)


def resolve_near(match: re.Match[str], seen_from: date, _: Tense) -> Period | None:
    """As in "yesterday", "tonight", "tomorrow"."""
    days = {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0)
    day = seen_from + timedelta(days=days)
    return Period(day, day)


def resolve_relative(match: re.Match[str], seen_from: date, _: Tense) -> Period | None:
    """As in "last week", "earlier this month", "the current fiscal year", "this summer"."""
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(
        match["rule"].lower(), 0
    )
    unit = match["unit"].lower()
    if unit in lexicon.load("dates")["seasons"]:
        return _season(unit, seen_from, step)
    return _unit_period(unit, seen_from, step)


def _unit_period(unit: str, seen_from: date, step: int) -> Period | None:
    """The week, month, … so many steps from a day; None for a fiscal year, which firms set."""
    monday = seen_from + timedelta(days=step * _WEEK - seen_from.weekday())
    first = seen_from.replace(day=1)
    decade = (seen_from.year // 10 + step) * 10
    quarter = shift_months(first, step * 3 - (seen_from.month - 1) % 3)
    night = seen_from + timedelta(days=step)
    return {
        "week": Period(monday, monday + timedelta(days=6)),
        "weekend": Period(monday + timedelta(days=5), monday + timedelta(days=6)),
        "month": month_period(*_year_month(shift_months(first, step))),
        "year": year_period(seen_from.year + step),
        "quarter": Period(quarter, month_period(*_year_month(shift_months(quarter, 2))).last),
        "decade": Period(date(decade, 1, 1), date(decade + 9, 12, 31)),
        **dict.fromkeys(("night", "evening", "morning", "afternoon"), Period(night, night)),
    }.get(unit)


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _season(name: str, seen_from: date, step: int) -> Period | None:
    opens, closes = lexicon.load("dates")["seasons"][name]

    def within(year: int) -> Period | None:
        last = month_period(year + (closes < opens), closes).last
        return Period(date(year, opens, 1), last)

    tense: Tense = "past" if step < 0 else "future" if step > 0 else "open"
    return choose(within, seen_from, tense)


def resolve_season(match: re.Match[str], _: date, __: Tense) -> Period | None:
    """As in "the summer of 2016"."""
    opens, closes = lexicon.load("dates")["seasons"][match["season"].lower()]
    year = int(match["year"])
    last = month_period(year + (closes < opens), closes).last
    return Period(date(year, opens, 1), last, absolute=True)


def resolve_quarter(match: re.Match[str], seen_from: date, tense: Tense) -> Period | None:
    """As in "the first quarter", "second half of 2019"."""
    number = ("first", "second", "third", "fourth").index(match["ordinal"].lower())
    months = 3 if match["piece"].lower() == "quarter" else 6
    if number * months >= YEAR_MONTHS:
        return None

    def within(year: int) -> Period | None:
        opens = date(year, number * months + 1, 1)
        return Period(opens, month_period(year, number * months + months).last)

    if match["year"]:
        period = within(int(match["year"]))
        return period and Period(period.first, period.last, absolute=True)
    if match["which"]:
        step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
        return within(seen_from.year + step)
    return choose(within, seen_from, "past" if tense == "open" else tense)


def resolve_ago(match: re.Match[str], seen_from: date, _: Tense) -> Period | None:
    """As in "two years ago": as fine as its unit; "a few" of them only help the order."""
    unit, words = _singular(match["unit"]), match["count"].lower()
    vague = not words.isdigit() and words not in lexicon.load("dates")["numbers"]
    count = count_of(words)
    day = seen_from - _length(unit, count)
    if match["way"].lower() != "ago" or vague or unit in ("decade", "century", "hour", "week"):
        return Period(day, day, duration=True)
    if unit == "month":
        return month_period(*_year_month(shift_months(seen_from, -count)))
    return year_period(seen_from.year - count) if unit == "year" else Period(day, day)


def _singular(unit: str) -> str:
    """The unit that "years" or "centuries" is counted in."""
    return {"centuries": "century"}.get(unit.lower(), unit.lower().rstrip("s"))


def _length(unit: str, count: int) -> timedelta:
    """So many units in days; at most what the calendar can take off a newspaper's day."""
    return timedelta(days=min(_UNIT_DAYS.get(unit, 0) * count, _MOST_DAYS))


def resolve_stretch(match: re.Match[str], seen_from: date, _: Tense) -> Period | None:
    """As in "for the last two months", "in the coming days", "within 24 hours"."""
    words = match["count"]
    length = _length(_singular(match["unit"]), count_of(words) if words else _VAGUE_COUNT)
    rule = (match["rule"] or "").lower()
    if rule in ("coming", "next", "following") or match["lead"].lower() == "within":
        return Period(seen_from, seen_from + length, duration=True)
    return Period(seen_from - length, seen_from, duration=True)


def resolve_soon(_: re.Match[str], seen_from: date, __: Tense) -> Period | None:
    """As in "soon", "in the near future": after everything that is dated nearer than a month."""
    return Period(seen_from, seen_from + timedelta(days=_UNIT_DAYS["month"]), duration=True)


def resolve_named(match: re.Match[str], seen_from: date, tense: Tense) -> Period | None:
    """As in "Christmas", "the upcoming Day of German Unity"."""
    month, day = lexicon.load("dates")["named_days"][match["named"].lower().replace("’", "'")]
    rule = (match["rule"] or "").lower()
    if match["year"]:
        period = day_period(int(match["year"]), month, day)
        return period and Period(period.first, period.last, absolute=True)
    asked: Tense = "future" if rule in ("next", "upcoming", "coming") else tense
    return choose(
        lambda year: day_period(year, month, day), seen_from, "past" if rule == "last" else asked
    )


def resolve_historic(match: re.Match[str], _: date, __: Tense) -> Period | None:
    """As in "9/11"."""
    day = date.fromisoformat(lexicon.load("dates")["historic_days"][match["historic"].lower()])
    return Period(day, day, absolute=True)


def resolve_nothing(_: re.Match[str], __: date, ___: Tense) -> Period | None:
    """An expression that says when without a date: "the same day", "six weeks before the vote"."""
    return None
