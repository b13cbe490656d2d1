"""Makes lines stand alone: a pronoun that opens one is replaced by the name it stands for.

It adds no name that the cast does not have, and leaves a line as it is where nobody is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.clauses import subject_of
from briefings.summarizers.extractive.members import Member

_PERSONS = ("he", "she")
_OTHERS = ("it", "they")
#: What a possessive that opens a line stands for, by the pronoun it belongs to.
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
_GENDERS = {"he": "m", "she": "f"}
#: Words that point at something said before the line, most often together with a noun.
_POINTING_WITH_NOUN = (*_POSSESSIVES, "this", "these", "those", "that", "such", "both")
#: Behind "this": no noun but a verb.
_NO_NOUN = re.compile(
    r"(?:is|are|was|were|will|would|could|may|might|can|has|have|had|include|means?)\b"
)
#: Behind "it": a clause to come, which is what is meant.
_EMPTY_IT = re.compile(
    r"(?:is|was|[’']s|will be|would be|remains|remained|has been|seems|appears)\b.*?"
    r"\b(?:that|whether|if|how|who|what|when|where|why|until|to)\b"
)
#: How many sentences before a pronoun are looked through for others it could mean.
_SHORTLY_BEFORE = 2


def name_opening(reading: Reading, cast: Cast, text: str, evidence: Span) -> str:
    """The line with its opening pronoun named, if it has one that somebody in the cast answers to.

    `evidence` is where the line was taken from; the pronoun is looked for there. "It" and "they"
    are named only where the sentence before has the same subject: they are too often a thing.
    """
    opening, _, rest = text.partition(" ")
    key = opening.lower()
    if not rest or key not in (*_PERSONS, *_OTHERS, *_POSSESSIVES):
        return text
    member = _meant_by(reading, cast, key, evidence)
    if member is None:
        return text
    return f"{_capital(member.label)}{'’s' if key in _POSSESSIVES else ''} {rest}"


def points_back(text: str, *, strictly: bool = False) -> bool:
    """Whether a line opens with a word for somebody or something said before it.

    "It is unclear whether" points at nothing. Strictly, "its loss" and "this loss" count too.
    """
    opening, _, rest = text.partition(" ")
    key = opening.lower()
    if key == "it" and _EMPTY_IT.match(rest):
        return False
    if key in _POINTING_WITH_NOUN:
        return strictly or bool(_NO_NOUN.match(rest))
    return key in (*_PERSONS, *_OTHERS)


def _meant_by(reading: Reading, cast: Cast, opening: str, evidence: Span) -> Member | None:
    pronoun = _POSSESSIVES.get(opening, opening)
    for word in reading.doc[bisect_left(reading.starts, evidence.start) :]:
        if reading.starts[word.i] >= evidence.end:
            return None
        if word.lower_ != opening:
            continue
        if reading.is_quoted(word):
            return None
        if pronoun in _OTHERS or opening in _POSSESSIVES:
            return _same_subject(reading, cast, word.i, pronoun)
        return _sure(reading, cast, word.i)
    return None


def _same_subject(reading: Reading, cast: Cast, word: int, pronoun: str) -> Member | None:
    """The subject of the sentence before, where the pronoun opens its own and agrees with it."""
    number = reading.sentence_number(word)
    is_opening = number > 1 and word - reading.sents[number].start <= 1
    before = reading.sents[number - 1].root
    # After "the service said", "it was the worst" is what the service told of.
    is_linked = any(c.dep_ == "cop" for c in reading.doc[word].head.children)
    if is_linked or before.lower_ in listed("shorten", "attribution"):
        is_opening = is_opening and pronoun in _PERSONS
    subject = subject_of(before) if is_opening else None
    member = cast.at.get(subject.i) if subject is not None else None
    if member is None or not member.is_named:
        return None
    if pronoun in _PERSONS:
        fits = member.type == "person" and member.gender in (None, _GENDERS[pronoun])
    elif pronoun == "it":
        fits = member.type in ("organization", "state") and not member.is_plural
    else:
        fits = member.is_plural or member.type == "group"
    return member if fits else None


def _sure(reading: Reading, cast: Cast, word: int) -> Member | None:
    """Whom a pronoun means, if no other person is mentioned shortly before it."""
    meant = cast.at.get(word)
    here = reading.sentence_number(word)
    start = reading.sents[max(0, here - _SHORTLY_BEFORE)].start
    others = [m for m in cast.member_in(start, word) if m.type == "person" and m is not meant]
    return meant if meant is not None and meant.type == "person" and not others else None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
