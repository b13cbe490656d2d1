"""Checks that the numbers of a line are the evidence's, of the same unit and counting the same.

A number in words and in figures is one number. It rounds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from briefings.summarizers.extractive.numbers import Number, find_numbers
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import is_content, stem

_PLAIN = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
_SHARE = re.compile(r"\s?(?:%|per\s?cent|percent)", re.IGNORECASE)
#: Words that count without being numbers of their own, with what they count to.
_COUNTING = {
    "both": 2, "twice": 2, "pair": 2, "double": 2, "second": 2, "third": 3, "fourth": 4,
    "fifth": 5, "dozen": 12, "first": 1, "once": 1, "single": 1,
}  # fmt: skip
#: "One" is more often a pronoun than a number.
_NO_COUNT = ("one", "a", "zero")
#: The counted noun stands among so many words behind a number.
_COUNTED_WITHIN = 4

#: So many texts' numbers are kept: several lines rest on one sentence.
_KEPT = 256

#: Value, unit and place.
_Found = tuple[float, str | None, int]


def check_numbers(read: ReadLine) -> Reason | None:
    """Every number stands in the evidence with its unit, and counts what it counts there."""
    if read.line.value is None and read.is_cut_out and not any(map(_counts, read.words)):
        return None
    ours = _numbers(_without_times(read))
    theirs = _numbers(read.ground.text(read.line.sentences))
    known = {value for value, _, _ in theirs}
    is_known = read.line.value is None or read.line.value in known
    if not is_known or not all(_stands(number, theirs) for number in ours):
        return "number"
    if read.is_cut_out:
        return None
    is_other = any(_counts_otherwise(read, word, known) for word in read.words)
    return "number" if is_other or any(_counts_other(read, word) for word in read.words) else None


def _stands(number: _Found, theirs: tuple[_Found, ...]) -> bool:
    value, unit, _ = number
    fitting = [u for v, u, _ in theirs if v == value]
    return bool(fitting) and (not unit or unit in fitting)


def _counts_otherwise(read: ReadLine, word: Token, known: set[float]) -> bool:
    """Whether a "third" stands in the line where the evidence has no such word and no three."""
    count = _COUNTING.get(word.lower_)
    if count is None or count in known:
        return False
    words = {e.lower_ for e in read.evidence}
    return word.lower_ not in words and _differs(count, words, known)


def _counts(word: Token) -> bool:
    return word.tag_ == "CD" or word.text[:1].isdigit() or word.lower_ in _COUNTING


def _without_times(read: ReadLine) -> str:
    """The line with blanks for its days, months and years, which are held against others."""
    dated = [(t.start, t.end) for t in read.times if t.is_calendar]
    starts = read.sheet.starts
    return "".join(
        " " if any(a <= starts[w.i] < b for a, b in dated) else w.text_with_ws for w in read.words
    )


def _differs(count: int, words: set[str], known: set[float]) -> bool:
    """Whether the evidence counts in another way: a "third" for its "second"."""
    return count > 1 and (bool(known) or any(w in words for w in _COUNTING))


@lru_cache(maxsize=_KEPT)
def _numbers(text: str) -> tuple[_Found, ...]:
    """Value, unit and place of each; every figure, also those the pattern of figures leaves out."""
    found: list[_Found] = []
    at = 0
    for part in re.finditer(r"[^\n]+", text):
        for number in _found_in(part[0]):
            if part[0][number.start : number.end].lower() not in _NO_COUNT:
                unit = "%" if _SHARE.match(part[0], number.end) else number.unit
                found.append((number.value, unit, part.start() + number.start))
    for match in _PLAIN.finditer(text):
        value = float(match[0].rstrip(",").replace(",", ""))
        if not any(abs(place - match.start()) <= 4 and at <= place for _, _, place in found):  # noqa: PLR2004 - a sign before the digits
            found.append((value, "%" if _SHARE.match(text, match.end()) else None, match.start()))
    return tuple(found)


def _found_in(text: str) -> list[Number]:
    """The numbers of a text; ranges and pairs are read again, end by end."""
    numbers = find_numbers(text, 0, len(text))
    for gap in re.finditer(r"(?<=\d)(?:\s?[-–]\s?|\sof\s(?:the\s)?)(?=\d)", text):
        numbers += find_numbers(text, gap.end(), len(text))[:1]
    return numbers


def _counts_other(read: ReadLine, word: Token) -> bool:
    """Whether a number counts in the line what only another number counts in the evidence."""
    if word.tag_ != "CD" or not word.text[:1].isalnum():
        return False
    counted = next(_counted(word), None)
    if counted is None:
        return False
    owners = [
        e
        for e in read.evidence
        if e.tag_ == "CD" and any(stem(c.text) == stem(counted.text) for c in _counted(e))
    ]
    values = {e.lower_ for e in owners}
    return (
        bool(owners)
        and word.lower_ not in values
        and len(_scale(owners) | _scale([word])) == 1
        and not _near(read, word, counted)
    )


def _near(read: ReadLine, word: Token, counted: Token) -> bool:
    """Whether the evidence has the number anywhere near the counted noun."""
    places = [e.i for e in read.evidence if e.lower_ == word.lower_]
    nouns = [e.i for e in read.evidence if stem(e.text) == stem(counted.text)]
    return any(abs(p - n) <= _COUNTED_WITHIN for p in places for n in nouns)


def _scale(words: list[Token]) -> set[bool]:
    """Whether numbers are given in figures; words and figures are not compared letter by letter."""
    return {word.text[:1].isdigit() for word in words}


def _counted(word: Token) -> Iterator[Token]:
    """The noun that a number counts, if one follows."""
    behind = word.doc[word.i + 1 : min(word.sent.end, word.i + 1 + _COUNTED_WITHIN)]
    for noun in behind:
        if noun.tag_ in ("NNS", "NN") and is_content(noun):
            yield noun
            return
        if noun.is_punct and noun.text != "-":
            return
