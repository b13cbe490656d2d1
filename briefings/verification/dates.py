"""Checks that the times a line names are the evidence's, as they stand or resolved to the same day.

Rule: words are resolved against the date of publication by our own reading of dates, and a line
may say less (the month of a day), never more. It dates nothing that has no date.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from briefings.language.dates import TimeExpression
from briefings.language.titles import is_listed
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine

_WORD = re.compile(r"\w+")


def check_dates(read: ReadLine) -> Reason | None:
    """Every time in the line stands in its evidence or is the day, month or year of one there."""
    if read.is_cut_out and not (read.line.when or read.line.date):
        return None
    theirs = read.ground.dates_in(read.line.sentences)
    text = read.ground.text(read.line.sentences).casefold()
    if not read.is_cut_out and (
        not all(_stands(time, theirs, text) for time in read.times)
        or any(_is_new(read, word, text) for word in read.words)
    ):
        return "date"
    if read.line.when and not _is_worded(read.line.when, theirs, text):
        return "date"
    if read.line.date and not any(_holds(time, read.line.date) for time in theirs):
        return "date"
    return None


def _stands(time: TimeExpression, theirs: list[TimeExpression], text: str) -> bool:
    if time.when.casefold() in text or not time.is_calendar:
        return time.when.casefold() in text or _has_words(time.when, text)
    return time.iso is not None and any(_holds(other, time.iso) for other in theirs)


def _is_new(read: ReadLine, word: Token, text: str) -> bool:
    """Whether a month or weekday outside any expression of time is none of the evidence's words."""
    if not (word.text[:1].isupper() and is_listed("calendar", word.text)):
        return False
    at = read.sheet.starts[word.i]
    is_timed = any(time.start <= at < time.end for time in read.times)
    return not is_timed and word.lower_ not in text


def _is_worded(when: str, theirs: list[TimeExpression], text: str) -> bool:
    """Whether the words for an event's time are the evidence's, or a date that is meant there."""
    if when.casefold() in text:
        return True
    return any(_holds(time, when) for time in theirs)


def _holds(time: TimeExpression, iso: str) -> bool:
    """Whether a resolved time is this one, or lies in this month or year."""
    return time.iso is not None and (time.iso == iso or time.iso.startswith(f"{iso}-"))


def _has_words(when: str, text: str) -> bool:
    """Whether all words of a length of time stand in the evidence: "for two years"."""
    words = set(_WORD.findall(text))
    return all(word in words for word in _WORD.findall(when.casefold()))
