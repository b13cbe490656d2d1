"""Shortens a sentence or clause by leaving parts out, along its commas and its parse.

It adds no word and moves none, and leaves alone what the sense hangs on: negation, modality,
hedges, conditions, attribution, quotation marks. Where no cut is safe, the line stays long.
"""

from __future__ import annotations

import re

from briefings.language.reading import Reading
from briefings.summarizers.extractive.cuts import (
    find_appositions,
    find_attributions,
    find_bare_trailing,
    find_brackets,
    find_leading,
    find_relative_clauses,
    find_second_clause,
    find_trailing,
)
from briefings.summarizers.extractive.draft import Cut, Draft

MAX_WORDS = 32


def shorten(
    reading: Reading,
    first: int,
    last: int,
    *,
    max_words: int = MAX_WORDS,
    without_attribution: bool = False,
    end: str = ".",
    keep: tuple[int, int] | None = None,
    gone: tuple[Cut, ...] = (),
) -> str:
    """Words `first` to `last`, both included, as a line of at most `max_words` if that is safe.

    An opener ("However,") and a dateline always go. `keep`: first and last of the words that must
    stay, such as the date of an event. `gone`: what has been left out of them already. `end` closes
    the line: a full stop, or nothing.
    """
    draft = Draft(reading, first, last, keep)
    draft.leave_out(gone)
    draft.drop_opening()
    if without_attribution:
        draft.apply(find_attributions)
    for propose in (
        find_brackets,
        find_relative_clauses,
        find_appositions,
        find_trailing,
        find_bare_trailing,
        find_leading,
        find_second_clause,
    ):
        if draft.word_count() <= max_words:
            break
        draft.apply(propose, max_words)
    return finish(draft.text(), end)


def span_words(reading: Reading, text: str) -> tuple[int, int] | None:
    """First and last word of the first place where `text` stands in the article."""
    start = reading.text.find(text)
    if start < 0 or not text.strip():
        return None
    words = reading.words_between(start, start + len(text))
    return (words[0].i, words[-1].i) if len(words) else None


def finish(text: str, end: str = ".") -> str:
    """A line with a capital in front and `end` behind; a question mark or an exclamation stays."""
    text = text.strip().rstrip(",;:–— -")
    mark = re.search(r"([.?!]*)([”\"'’]*)$", text)
    stops, quotes = (mark[1], mark[2]) if mark else ("", "")
    body = text[: len(text) - len(stops) - len(quotes)]
    if stops in (".", ""):
        is_abbreviation = stops == "." and bool(
            re.search(r"\b(?:[A-Za-z]\.)+[A-Za-z]$|\b(?:Inc|Corp|Co|Jr|Sr|Ltd)$", body)
        )
        kept = "." if is_abbreviation else ""
        closing = "" if kept == end else end
        text = body + kept + (closing + quotes if stops and quotes else quotes + closing)
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text
