"""The figures that matter: casualties, money, shares, votes, counts; each with its unit and owner.

A number is given as the article gives it, hedges included; nothing is added up or converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefings.briefing import Figure
from briefings.language import lexicon
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.reading import Reading
from briefings.summarizers.extractive.counting import (
    LARGE,
    find_unit,
    is_harm,
    is_hyphenated,
    is_label,
)
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.numbers import Number, find_numbers, find_tallies
from briefings.summarizers.extractive.shorten import shorten

MAX_FIGURES = 12
_TEXT_WORDS = 16
#: What each kind of figure is worth before its place in the article is looked at.
_WORTH = {
    "harm": 5.0,
    "vote": 4.5,
    "money": 4.0,
    "people": 3.5,
    "percent": 3.0,
    "rate": 2.5,
    "count": 2.0,
    "measure": 1.5,
}
_LEAD = 6
#: Fewer people than this, in words, are part of the story and no figure, unless harmed.
_FEW = 10
_PHRASE_WORDS = 9


@dataclass(frozen=True, slots=True)
class _Counted:
    number: Number
    kind: str
    unit: str | None
    #: First and last word of the phrase that holds number and noun.
    first: int
    last: int
    sentence: int


def find_figures(reading: Reading, owner_at: Callable[[int], str | None]) -> tuple[Figure, ...]:
    """At most twelve figures, the most telling first.

    `owner_at` gives the id of the actor whose claim covers an offset of the text, or None.
    """
    dates = find_dates(reading)
    found: dict[tuple[float, str | None], _Counted] = {}
    for number in range(1, len(reading.sents)):
        for counted in _counted_in(reading, dates, number):
            found.setdefault((counted.number.value, counted.unit), counted)
    ranked = sorted(found.values(), key=lambda c: (-_worth(c), c.number.start))
    return tuple(_figure(reading, counted, owner_at) for counted in ranked[:MAX_FIGURES])


def _figure(reading: Reading, counted: _Counted, owner_at: Callable[[int], str | None]) -> Figure:
    return Figure(
        text=shorten(reading, counted.first, counted.last, max_words=_TEXT_WORDS, end=""),
        value=counted.number.value,
        unit=counted.unit,
        according_to=owner_at(counted.number.start),
        evidence=(reading.span_of_sentence(counted.sentence),),
    )


def _worth(counted: _Counted) -> float:
    lead = 1.0 if counted.sentence < _LEAD else 0.0
    large = 0.5 if counted.number.value >= LARGE else 0.0
    return _WORTH[counted.kind] + lead + large


def _counted_in(
    reading: Reading, dates: tuple[TimeExpression, ...], sentence: int
) -> Iterator[_Counted]:
    """The figures of one sentence, dates and labels left out."""
    if sentence in reading.captions:
        return
    bounds = reading.sentences[sentence]
    taken = [(d.start, d.end) for d in dates_between(dates, bounds.start, bounds.end)]
    taken += [m.span() for m in find_tallies(reading.text, bounds.start, bounds.end)]
    for match in find_tallies(reading.text, bounds.start, bounds.end):
        if counted := _vote(reading, match, sentence):
            yield counted
    for number in find_numbers(reading.text, bounds.start, bounds.end):
        words = reading.words_between(number.start, number.end)
        if len(words) and not any(number.start < b and number.end > a for a, b in taken):
            counted = _count(reading, number, words[0].i, words[-1].i, sentence)
            if counted:
                yield counted


def _vote(reading: Reading, match: re.Match[str], sentence: int) -> _Counted | None:
    words = reading.words_between(match.start(), match.end())
    if not len(words) or not re.match(r"[^\w]", reading.text[match.end() : match.end() + 1] or " "):
        return None
    if match[1] == match[2] == "50":
        return None
    number = Number(match.start(), match.end(), float(match[1]), 1, "votes", in_words=False)
    sent = reading.sents[sentence]
    first, last = _clause_of(reading, sent.start, sent.end - 1, words[0].i, words[-1].i)
    if last - first > _TEXT_WORDS + 2:
        first, last = _noun_phrase(reading, words[0].i, words[-1].i, sent.start, sent.end - 1)
    return _Counted(number, "vote", "votes", first, last, sentence)


def _count(
    reading: Reading, number: Number, first: int, last: int, sentence: int
) -> _Counted | None:
    """What a number counts, or None where it is an age, a label, a time or nothing of weight."""
    if is_label(reading, number, first) or is_hyphenated(reading, number):
        return None
    kind, unit, end = find_unit(reading, number, last, sentence)
    if kind is None:
        return None
    start = _with_qualifier(reading, first, reading.sents[sentence].start)
    sent = reading.sents[sentence]
    if kind in ("people", "count") and is_harm(reading, start, end, sentence):
        kind = "harm"
    if kind == "people" and number.in_words and number.value < _FEW:
        return None
    clause = _clause_of(reading, sent.start, sent.end - 1, start, end)
    if clause[1] - clause[0] < _TEXT_WORDS and _stands_alone(reading, *clause):
        return _Counted(number, kind, unit, *clause, sentence)
    start, end = _with_verb(reading, start, sent.start), _phrase_end(reading, end, sent.end - 1)
    return _Counted(number, kind, unit, start, end, sentence)


def _stands_alone(reading: Reading, first: int, last: int) -> bool:
    """Whether a stretch reads as a clause: a subject in front, then a finite verb."""
    doc = reading.doc
    opener = doc[first]
    if opener.tag_ not in ("DT", "NN", "NNS", "NNP", "NNPS", "PRP", "CD", "EX", "JJ", "RB", "PRP$"):
        return False
    # "Fresno, California weeks before": the comma is the place's.
    if (
        opener.tag_ == "NNP"
        and first > 1
        and doc[first - 1].text == ","
        and doc[first - 2].tag_ == "NNP"
    ):
        return False
    return any(word.tag_ in FINITE for word in doc[first + 1 : last + 1])


def _with_qualifier(reading: Reading, first: int, floor: int) -> int:
    """Where the hedge before a number begins: "more than", "an estimated"."""
    qualifiers = lexicon.load("units")["lists"]["qualifiers"]
    for length in (3, 2, 1):
        start = first - length
        if start >= floor and reading.doc[start:first].text.lower() in qualifiers:
            return start
    return first


def _noun_phrase(
    reading: Reading, first: int, last: int, floor: int, ceiling: int
) -> tuple[int, int]:
    """The nouns and adjectives around a number: "a surprise 5-4 decision"."""
    doc = reading.doc
    while first > floor and doc[first - 1].tag_ in ("DT", "JJ", "NN", "VBN", "VBD"):
        first -= 1
    while last < ceiling and doc[last + 1].tag_ in ("NN", "NNS", "JJ"):
        last += 1
    return first, last


def _with_verb(reading: Reading, first: int, floor: int) -> int:
    """The verb just before, with its "has" or "was": "killed some 1,200 people"."""
    start = first
    doc = reading.doc
    skipped = lexicon.words("shorten", "attribution") | {"saw", "see", "seen", "had", "including"}
    if (
        start - 2 >= floor
        and doc[start - 1].lower_ == "of"
        and doc[start - 2].tag_.startswith("NN")
    ):
        start -= 2
    while start > floor and doc[start - 1].tag_ in ("JJ", "NN"):
        start -= 1
    if start > floor and doc[start - 1].tag_ in ("DT", "PRP$"):
        start -= 1
    while (
        start > floor
        and doc[start - 1].tag_ in ("VBN", "VBD", "VBG")
        and (doc[start - 1].lower_ not in skipped and doc[start - 1].lemma_ not in ("be", "have"))
    ):
        start -= 1
    return start


def _phrase_end(reading: Reading, last: int, ceiling: int) -> int:
    """The end of the "in", "of" or "for" phrase behind a number, a few words at most."""
    doc, i = reading.doc, last + 1
    opens = ("of", "in", "for", "from", "to", "on", "a", "per", "worth", "each")
    if i > ceiling or doc[i].lower_ not in opens:
        return last
    end = last
    while i <= min(ceiling, last + _PHRASE_WORDS) and doc[i].tag_ not in (
        *FINITE,
        ",",
        ".",
        ":",
        "-LRB-",
        "WDT",
        "WP",
        "CC",
    ):
        if doc[i].tag_.startswith("NN") or doc[i].tag_ == "CD":
            end = i
        i += 1
    return end


def _clause_of(reading: Reading, start: int, stop: int, first: int, last: int) -> tuple[int, int]:
    """The stretch between commas, semicolons and dashes that holds words `first` to `last`."""
    doc = reading.doc
    marks = (",", ";", ":", "--", "—", "–", "(", ")")
    begin = next((i + 1 for i in range(first - 1, start - 1, -1) if doc[i].text in marks), start)
    end = next((i - 1 for i in range(last + 1, stop + 1) if doc[i].text in marks), stop)
    return begin, end
