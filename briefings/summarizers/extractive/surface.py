"""Finds the subject of a verb by commas and word order, where the parse has lost it.

It knows no cues and decides nothing about claims: it only says who stands as subject.
"""

from __future__ import annotations

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.draft import FINITE

#: What may stand between two commas behind a subject: ", who lost," or ", a friend of Berg,".
_RELATIVES = ("who", "whose", "which", "including")
_MOST_ASIDES = 4
#: A clause opens behind one of these.
_BOUNDARIES = (",", ";", ":", "(", ")", "—", "–", "--", *MARKS)
_JOINING = ("and", "but", "while", "though", "although", "that", "as", "because", "yet", "still")


def subject_by_order(reading: Reading, cast: Cast, verb: Token) -> Token | None:
    """Who opens the clause of a finite verb: "X, an aide, said", "Judge X in Lund ordered".

    None where another verb stands between, or where what opens the clause is nobody in the cast.
    """
    doc, start = reading.doc, verb.sent.start
    last = verb.i - 1
    while last > start and doc[last].tag_ in ("RB", "MD", "VBZ", "VBD", "VBP"):
        last -= 1
    for _ in range(_MOST_ASIDES):
        if last <= start or doc[last].text != ",":
            break
        opening = next((i for i in range(last - 1, start, -1) if doc[i].text == ","), None)
        if opening is None or not _is_aside(doc[opening + 1 : last]):
            return None
        subject = _subject_before(reading, cast, opening, start)
        if subject is not None:
            return subject
        named = _person_alone(cast, opening + 1, last - 1)
        if named is not None:
            return doc[named]
        last = opening
    return _subject_before(reading, cast, last + 1, start)


def _subject_before(reading: Reading, cast: Cast, end: int, start: int) -> Token | None:
    """The member of the cast that opens the clause whose last word stands before `end`."""
    doc, first = reading.doc, end
    while first > start and doc[first - 1].text not in _BOUNDARIES:
        first -= 1
        if doc[first].tag_ in FINITE or doc[first].tag_ in ("VBG", "VBN", "TO"):
            return None
    while first < end and doc[first].lower_ in _JOINING:
        first += 1
    if first >= end or doc[first].tag_ == "IN" or reading.is_quoted(first):
        return None
    after = next((i for i in range(first, end) if doc[i].tag_ in ("IN", "TO", "WP", "WDT")), end)
    while after > first + 1 and _names_time(doc[after - 1]):
        after -= 1  # "Berg this year acknowledged"
    at = after - 1
    return _main_word(reading, cast, at) if at >= first and at in cast.at else None


def _names_time(word: Token) -> bool:
    calendar = listed("names", "calendar")
    return word.lower_ in calendar or word.lower_ in (
        "this",
        "last",
        "year",
        "week",
        "month",
        "today",
    )


def _main_word(reading: Reading, cast: Cast, at: int) -> Token:
    first = at
    while cast.at.get(first - 1) is cast.at[at]:
        first -= 1
    inside = range(first, at + 1)
    return reading.doc[next((i for i in inside if reading.doc[i].head.i not in inside), at)]


def _person_alone(cast: Cast, first: int, last: int) -> int | None:
    """The main word of a person's name that fills these words: ", Anna Berg,"."""
    member = cast.at.get(last)
    if member is None or member.type != "person":
        return None
    mentions = member.mentions_between(first, last + 1)
    return next((m.head for m in mentions if m.name and m.first == first and m.last == last), None)


def _is_aside(words: Words) -> bool:
    """Whether words between two commas only add to the noun before them."""
    if len(words) == 0:
        return False
    return words[0].lower_ in _RELATIVES or not any(word.tag_ in FINITE for word in words)
