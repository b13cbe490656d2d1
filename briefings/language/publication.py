"""Finds the day an article is seen from: when it was published, or else a day to order things by.

It reads the article's own field, bylines and datelines; it never asks a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from briefings.article import PARAGRAPH_BREAK
from briefings.language import date_rules
from briefings.language.periods import Period, Tense
from briefings.language.reading import Reading
from briefings.language.tenses import follows_speech, tense_at
from briefings.language.time_patterns import DATELINE, find_matches, is_no_time

#: How far into the text a line about the publication may stand, in paragraphs after the title.
_HEAD_PARAGRAPHS = 6
_BYLINE_WORDS = 14
#: Years outside which no date is one of publication.
_FIRST_YEAR = 1500
_LAST_YEAR = 2100
#: What stands in for the publication date when only the order of things is asked.
_MIDYEAR = (7, 1)
_EARLY_YEAR = 1999
#: Sentences of title and lead.
_LEAD = 4
#: How long after the latest full date of a text, most often a caption's, it may have come out.
_CAPTION_AGE = timedelta(days=150)
_YEAR_MENTION = re.compile(r"\b(?:in|since|the|of|a) ((?:19|20)\d\d)\b(?!,\d)", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?:source|published|updated|posted|first published|last (?:updated|modified)|by)\b\W*\s?"
    r"|^.{0,40}\|",
    re.IGNORECASE,
)
#: A line of a date and nothing else to speak of: "(CNN) October 2, 2018 11:04 GMT".
_BARE_DATE = re.compile(
    r"^(?!(?i:picture|file|photo|taken|image|this))\W*(?:\w+\W+){0,3}?(?:\d{1,2}\W{1,2})?\d{4}"
    r"\W{0,3}(?:[\d:]+\W?\w{0,4}){0,2}$"
)

#: News names what is nearer than this by its weekday (AP style) or as of last or next week; so many
#: days are looked at.
_SOON = timedelta(days=15)
_YEAR_DAYS, _MOST_NAMED = 365, 40
#: A day is named of what is near, a month of what may be far.
_DAY_COUNTS = 3
#: Rules whose matches may name a day or a month alone, and what names its year beside it.
_BARE = {"day": date_rules.resolve_day, "month": date_rules.resolve_month}
_WITH_YEAR = ("year", "which", "rule")
#: Rules whose matches can be full dates.
_DATED = {"numeric": date_rules.resolve_numeric, "day": date_rules.resolve_day}


def published_on(reading: Reading) -> date | None:
    """The day of publication: the article's own field, else a full date in its head lines.

    A dateline without a year ("NAIROBI, May 8 (Xinhua)") counts where another line of the text
    gives that day with its year.
    """
    published = reading.article.published
    day = published.date() if isinstance(published, datetime) else published
    # A feed without a date may say the year 1; so near the calendar's edge nothing can be resolved.
    if day and _FIRST_YEAR < day.year < _LAST_YEAR:
        return day
    return _date_in_head(reading.text)


def seen_from(reading: Reading) -> tuple[date, bool]:
    """The day everything is seen from, and whether it is known or only good for ordering.

    Where it is unknown, a day after the latest year or full date of the text stands in, moved to
    the weekday on which most of the report's voices speak.
    """
    if day := published_on(reading):
        return day, True
    text, retrieved = reading.text, reading.article.retrieved_at.date()
    full = [day for day in _full_dates(text) if day <= retrieved]
    years = [int(year) for year in _YEAR_MENTION.findall(text)] + list(_years_of_months(text))
    year = max((year for year in years if year < retrieved.year), default=_EARLY_YEAR)
    midyear = date(year + 1, *_MIDYEAR)
    guess = max(full) + _CAPTION_AGE if full else _closest_to_news(reading, midyear) or midyear
    weekday = _speaking_weekday(reading)
    return guess if weekday is None else guess + timedelta((weekday - guess.weekday()) % 7), False


def _years_of_months(text: str) -> Iterator[int]:
    """The years that stand behind the name of a month: "in September 2004"."""
    for _, _, _, rule, match in find_matches(text):
        if rule == "month" and match.groupdict().get("year"):
            yield int(match["year"])


def is_byline(line: str) -> bool:
    return (
        len(line.split()) <= _BYLINE_WORDS and bool(_BYLINE.match(line)) and not line.endswith(".")
    )


def _speaking_weekday(reading: Reading) -> int | None:
    """The weekday on which the news is told: named in the lead, or as one of speaking."""
    lead_end = reading.sentences[min(_LEAD, len(reading.sentences)) - 1].end
    weights: dict[int, int] = {}
    for start, end, kind, _, match in find_matches(reading.text):
        words = reading.words_between(start, end)
        if kind == "weekday" and len(words) and not is_no_time(reading.text, match, kind):
            number = date_rules.weekday_number(match["weekday"])
            weight = (2 if start < lead_end else 0) + follows_speech(reading, words[0].i)
            weights[number] = weights.get(number, 0) + weight
    return max(weights, key=lambda number: weights[number], default=None)


def _closest_to_news(reading: Reading, midyear: date) -> date | None:
    """The day of a year to which the days and months named without one are closest.

    News leaves out the year of what lies shortly behind or ahead of it. None where it names none.
    """
    named: dict[Period, tuple[Tense, int]] = {}
    for start, end, kind, rule, match in find_matches(reading.text):
        is_bare = rule in _BARE and not any(match.groupdict().get(k) for k in _WITH_YEAR)
        if not is_bare or not len(reading.words_between(start, end)):
            continue
        if is_no_time(reading.text, match, kind) or len(named) == _MOST_NAMED:
            continue
        period, tense = _BARE[rule](match, midyear, "open"), tense_at(reading, start, end)
        # "The Oct. 20 vote has been prepared": told once to be ahead, it is.
        if period is not None and (period not in named or tense == "future"):
            named[period] = (tense, _DAY_COUNTS if kind == "day" else 1)
    ahead = [p.first - _SOON for p, (tense, _) in named.items() if tense == "future"]
    behind = [p.last + _SOON for p, (tense, _) in named.items() if tense != "future"]
    return min(
        (*behind, *ahead),
        key=lambda day: sum(_distance(day, p, t) * weight for p, (t, weight) in named.items()),
        default=None,
    )


def _distance(day: date, period: Period, tense: Tense) -> int:
    """Days from one to the next of the other around the year, in the direction of its tense."""
    ahead = (period.first - day).days % _YEAR_DAYS
    behind = (day - period.last).days % _YEAR_DAYS
    return {"future": ahead, "past": behind}.get(tense, min(ahead, behind))


def _full_dates(text: str) -> Iterator[date]:
    for _, _, _, rule, match in find_matches(text):
        if rule in _DATED and match["year"]:
            period = _DATED[rule](match, date(2000, 1, 1), "open")
            if period and period.first.year < _LAST_YEAR:
                yield period.first


def _date_in_head(text: str) -> date | None:
    head = text.split(PARAGRAPH_BREAK)[1 : 1 + _HEAD_PARAGRAPHS]
    for line in head:
        if (is_byline(line) or _BARE_DATE.match(line)) and (day := next(_full_dates(line), None)):
            return day
    for line in head:
        dateline = DATELINE.match(line)
        if dateline and dateline["when"]:
            return _with_year(dateline["when"], text)
    return None


def _with_year(day_and_month: str, text: str) -> date | None:
    """The day of a dateline, its year taken from the same day elsewhere in the text."""
    for full in _full_dates(text):
        for _, _, _, rule, match in find_matches(day_and_month):
            period = date_rules.resolve_day(match, full, "open") if rule == "day" else None
            if period and abs((period.first - full).days) <= 1:
                return period.first
    return None
