"""Makes lines stand alone: a pronoun that opens one is replaced by the name it stands for.

It adds no name that the cast does not have, and leaves a line as it is where nobody is meant.
"""

from __future__ import annotations

from bisect import bisect_left

from briefings.evidence import Span
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.members import Member

#: "It" and "they" are too often a thing said before; a wrong name is worse than a pronoun.
_PRONOUNS = ("he", "she")
#: How many sentences before a pronoun are looked through for others it could mean.
_SHORTLY_BEFORE = 2


def name_opening(reading: Reading, cast: Cast, text: str, evidence: Span) -> str:
    """The line with its opening pronoun named, if it has one that somebody in the cast answers to.

    `evidence` is where the line was taken from; the pronoun is looked for there.
    """
    opening, _, rest = text.partition(" ")
    if opening.lower() not in _PRONOUNS or not rest:
        return text
    member = _meant_by(reading, cast, opening.lower(), evidence)
    return text if member is None else f"{_capital(member.label)} {rest}"


def _meant_by(reading: Reading, cast: Cast, pronoun: str, evidence: Span) -> Member | None:
    for word in reading.doc[bisect_left(reading.starts, evidence.start) :]:
        if reading.starts[word.i] >= evidence.end:
            return None
        if word.lower_ == pronoun:
            return None if reading.is_quoted(word) else _sure(reading, cast, word.i)
    return None


def _sure(reading: Reading, cast: Cast, word: int) -> Member | None:
    """Whom a pronoun means, if no other person is mentioned shortly before it."""
    meant = cast.at.get(word)
    here = reading.sentence_number(word)
    start = reading.sents[max(0, here - _SHORTLY_BEFORE)].start
    others = [m for m in cast.member_in(start, word) if m.type == "person" and m is not meant]
    return meant if meant is not None and meant.type == "person" and not others else None


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
