"""Tells of members whether and how a side can be shown by them: a name that a reader understands.

It looks at what a member is called only, not at what it says or does.
"""

from __future__ import annotations

import re

from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.members import Member

#: A side's name has so many words at most, or it is a description.
_LONGEST_LABEL = 7
_BARE_OPENINGS = (
    "of",
    "in",
    "by",
    "at",
    "with",
    "when",
    "some",
    "one",
    "more",
    "least",
    "another",
    "own",
    "how",
    "what",
    "which",
    "whose",
    "why",
)
_BREAKING = re.compile(r"[,;:()]| called$| said$| (?:killed|who|that|which) ")
#: An ending that plural and singular differ by.
_PLURAL = "s"
#: Who has no name of their own and is a person counts only where mentioned so often.
_OFTEN = 2
#: A body that counts votes rules on the matter.
_ELECTING = ("electoral", "election")


def label_of(member: Member) -> str:
    """What a side is called: a state by what the article calls it most, any other by its name."""
    if member.listed_as != "state":
        return member.label
    called = [m.text.removeprefix("the ").removeprefix("The ") for m in member.mentions if m.name]
    return max(called, key=called.count) if called else member.label


def can_be_shown(member: Member) -> bool:
    """Whether a member can give a side its name: no source, no scrap of a clause."""
    words = label_of(member).split()
    if member.type is None or not words or len(words) > _LONGEST_LABEL:
        return False
    if _BREAKING.search(label_of(member)) or words[0].lower() in _BARE_OPENINGS:
        return False
    if member.is_named:
        return True
    if member.heads & listed("dispute", "sources") or words[0][:1].isdigit():
        return False
    is_somebody = member.type != "person" or len(member.mentions) >= _OFTEN
    return is_somebody and not member.heads & listed("dispute", "no_party")


def is_listed(member: Member) -> bool:
    """Whether a member is worth a place among a side's actors: no bare "spokesman"."""
    return can_be_shown(member) and (member.is_named or member.type != "person")


def is_called(member: Member, words: str) -> bool:
    """Whether a member is called by one of the words that the dispute's lexicon lists so."""
    last = {form.split()[-1].lower() for form in member.forms() if form}
    last |= {w.lower() for w in member.tokens if w.lower().startswith(_ELECTING)}
    heads = {form.split(" of ")[0].split()[-1].lower() for form in member.forms() if form.strip()}
    return bool((last | heads | member.heads) & listed("dispute", words))


def join_same_groups(members: list[Member], root: dict[int, Member]) -> None:
    """Put who has no name under the only one called the same and more.

    "Rights group" in a headline is "a Lethian human rights group" in the lead.
    """
    unnamed = [m for m in members if not m.is_named and m.type in ("group", "organization")]
    words = {m.number: _plain_words(m) for m in unnamed}
    for member in unnamed:
        own = words[member.number]
        fuller = [
            m
            for m in unnamed
            if words[m.number] > own and _last(m) == _last(member) and root[m.number] is m
        ]
        if own and len(fuller) == 1 and root[member.number] is member:
            root[member.number] = fuller[0]


def _plain_words(member: Member) -> frozenset[str]:
    return frozenset(w.lower().removesuffix(_PLURAL) for w in member.label.split())


def _last(member: Member) -> str:
    return member.label.split()[-1].lower().removesuffix(_PLURAL) if member.label else ""
