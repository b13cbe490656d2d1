"""What a member of the cast was taken for where its name alone does not tell.

Noted while the cast is made; the other types are told by lexicons, titles and nouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefings.evidence import Span
from briefings.explanation import Reason
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.why.places import Place, reason

_MOST_WORDS = 3
_TYPES = {"PER": "a person", "ORG": "an organization", "LOC": "a place"}


def why_settled(
    rule: Place, component: Place, reading: Reading, member: Member, taken_for: str | None
) -> Iterator[Reason]:
    """Its type by the trained component, or by how the article uses the name."""
    words = _names(reading, member)
    if taken_for is not None:
        told = f"{member.type}: the names component takes it for {_TYPES.get(taken_for, taken_for)}"
        yield reason("type", told, component, words=words)
    else:
        told = f"{member.type}: by the form of the name and what it does"
        yield reason("type", told, rule, words=words)


def why_land(rule: Place, reading: Reading, member: Member) -> Iterator[Reason]:
    """A name that no lexicon lists and whose officials or people the article speaks of."""
    told = "state: the article gives the name officials, or a people"
    yield reason("type", told, rule, words=_names(reading, member))


def _names(reading: Reading, member: Member) -> list[Span]:
    named = [m for m in member.mentions if m.form == "name"][:_MOST_WORDS]
    return [reading.span(m.first, m.last) for m in named]
