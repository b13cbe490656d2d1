"""Finds the member of the cast that a name means: the same, an acronym, a shorter form.

It compares names with names; role nouns and pronouns are for `anaphora`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.names import Name
from briefings.summarizers.extractive.members import Member, key_of, plain
from briefings.summarizers.extractive.mentions import Mention

#: Members of these kinds are found by their key alone: a lexicon has all their names.
_LISTED_WHOLLY = ("state", "people", "place")
_FOUND_BY_KEY = ("state", "place", "media")
#: Letters of acronyms that articles use without explaining them.
_ACRONYM_LENGTHS = range(2, 8)
#: A given name of so few letters is what its bearer is called by: "Kim", "Li".
_SHORT_NAME = 3


def find_namesake(members: Sequence[Member], mention: Mention, name: Name) -> Member | None:
    """The member that `name`, the name of `mention`, means; None where it is a new one."""
    if name.known:
        key = key_of(name.known)
        same = next((m for m in members if m.key == key), None)
        if same is not None or name.known.kind in _FOUND_BY_KEY:
            return same
    same = next((m for m in members if _is_called(m, name.text)), None)
    if same is not None:
        return same
    if _looks_like_acronym(name.text):
        return next((m for m in members if _initials_fit(name.text, m.name)), None)
    return _find_longer(members, mention, name)


def is_institution(word: str) -> bool:
    """Whether a word says that a name is a body's, and not merely its legal form."""
    lower = word.lower()
    return lower in listed("names", "organization") and not _is_legal_form(lower)


def _is_called(member: Member, text: str) -> bool:
    if member.listed_as in _LISTED_WHOLLY:
        return False
    wanted = plain(text)
    return member.is_called(wanted) or wanted.upper() in member.acronyms


def _looks_like_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) in _ACRONYM_LENGTHS


def _initials_fit(acronym: str, name: str) -> bool:
    """Whether an acronym is made of a name's capitals: "PA" for "Palestinian Authority"."""
    words = [w for w in re.split(r"[\s-]+", name) if w[:1].isupper()]
    return len(words) > 1 and acronym == "".join(w[0] for w in words)


def _find_longer(members: Sequence[Member], mention: Mention, name: Name) -> Member | None:
    """The member whose name this shortens, the one mentioned last where several could."""
    short = name.text.split()
    found = [m for m in members if _can_be_shortened(m) and _shortens(short, mention, m)]
    before = [m for m in found if any(x.head < mention.head for x in m.mentions)]

    def latest(member: Member) -> int:
        return max((x.head for x in member.mentions if x.head < mention.head), default=-1)

    return max(before or found, key=latest, default=None)


def _can_be_shortened(member: Member) -> bool:
    is_barred = member.is_thing or member.is_place or member.listed_as in (*_LISTED_WHOLLY, "media")
    return member.is_named and not is_barred


def _shortens(short: list[str], mention: Mention, member: Member) -> bool:
    if len(short) >= len(member.tokens):
        return False
    if (member.type or mention.type) == "person":
        return mention.type in (None, "person") and _shortens_person(short, mention, member.tokens)
    return mention.type != "person" and _shortens_body(short, mention, member.tokens)


def _shortens_person(short: list[str], mention: Mention, long: list[str]) -> bool:
    """The family name ("Berg" for "Ola Berg"), or a given name that is used as one."""
    if len(short) > 1:
        return short[-1] == long[-1] and short[0][0] == long[0][0]
    has_title = mention.name is None or mention.name.title is not None
    is_telling = len(long[0]) <= _SHORT_NAME or not gazetteer.is_first_name(long[0])
    return short[0] == long[-1] or (short[0] == long[0] and (is_telling or not has_title))


def _shortens_body(short: list[str], mention: Mention, long: list[str]) -> bool:
    """A name without its legal form, its last words, or its first where the rest adds a place."""
    is_bare = short == [w for w in long if not _is_legal_form(w)]
    if is_bare or (len(short) > 1 and long[-len(short) :] == short):
        return True
    rest = long[len(short) :]
    is_same = all(map(_is_legal_form, rest)) or gazetteer.lookup(" ".join(rest)) is not None
    known = mention.name.known if mention.name else None
    return long[: len(short)] == short and is_same and (known is None or known.kind == "body")


def _is_legal_form(word: str) -> bool:
    return word.lower() in listed("names", "legal_form")
