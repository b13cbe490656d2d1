"""Tells whom a member of the cast speaks or acts for: the state of a minister, a lawyer's client.

It reads titles, descriptions and the lexicons; it draws no sides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.roles import role_words

#: How many words before a role noun may name its possessor: "the Brazilian company's lawyer".
_BEFORE_NOUN = 3
#: Letters and digits in a row.
_WORD = re.compile(r"[^\W_]+")


class Affiliations:
    """Tells of each of some members which other one of them it belongs to."""

    def __init__(self, reading: Reading, members: Sequence[Member]) -> None:
        self._reading = reading
        self._forms = _index_forms(members)
        self._by_key = {m.key: m for m in reversed(members) if m.key is not None}

    def of(self, member: Member) -> Member | None:
        """Whom a member belongs to; None where neither article nor lexicon says.

        Its titles, appositions and descriptions come first, the longest name in them wins; then
        the state that a lexicon puts it under.
        """
        is_firm = _is_firm(member)
        for text in _telling_texts(self._reading, member):
            owner = self._named_in(text, member, is_firm=is_firm)
            if owner is not None:
                return owner
        state = _listed_state(member)
        if state is None or member.type == "state":
            return None
        owner = self._by_key.get(("state", state))
        return owner if owner is not member else None

    def _named_in(self, text: str, member: Member, *, is_firm: bool) -> Member | None:
        """The owner whose longest form stands in a text, the first member of several."""
        words = {*_WORD.findall(text), ""}
        found = [
            (-len(form), rank, owner)
            for word in words
            for form, rank, owner in self._forms.get(word, ())
            if owner is not member
            and not (is_firm and owner.type == "state")
            and _holds_word(text, form)
        ]
        return min(found, default=(0, 0, None), key=lambda row: row[:2])[2]


def _index_forms(members: Sequence[Member]) -> dict[str, list[tuple[str, int, Member]]]:
    """What each member that can own others is called, with its place, under its first word."""
    index: dict[str, list[tuple[str, int, Member]]] = defaultdict(list)
    for rank, owner in enumerate(m for m in members if m.type != "person"):
        for form in {*owner.forms(), *_other_forms(owner)}:
            if len(form) > 1:
                first = _WORD.match(form)
                index[first.group() if first else ""].append((form, rank, owner))
    return index


def _is_firm(member: Member) -> bool:
    """A company, named or not: "the Chinese company" does not speak for China."""
    return not member.is_named and bool(member.heads & listed("actors", "firm"))


def _telling_texts(reading: Reading, member: Member) -> Iterator[str]:
    """Where the article may say whom a member belongs to, surest first."""
    yield from (role_words(reading, role) for role in member.roles if role.kind != "relative")
    if member.type == "state":
        return
    nominals = [m for m in member.mentions if m.form == "nominal"]
    yield from (m.description for m in nominals)
    for mention in nominals:
        if any(c.dep_ == "nmod:poss" for c in reading.doc[mention.head].children):
            yield reading.doc[max(0, mention.first - _BEFORE_NOUN) : mention.first].text
    if member.type == "organization" and member.is_named:
        yield member.name


def _other_forms(member: Member) -> tuple[str, ...]:
    """What a lexicon calls a state, whether the article does or not: names and demonyms."""
    if member.key is None or member.listed_as != "state":
        return tuple(member.demonyms)
    return gazetteer.forms_of(member.key[1])


def _holds_word(text: str, form: str) -> bool:
    """Whether a form stands in a text as words of its own."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(form, at + 1)
    return False


def _listed_state(member: Member) -> str | None:
    """The state that the first listed name of a member belongs to, if it is a public body."""
    name = next((m.name for m in member.mentions if m.name and m.name.known), None)
    return name.known.state if name and name.known and _is_public(name.text) else None


def _is_public(name: str) -> bool:
    """Whether a listed body is an arm of its state by its name, not a firm that sits there."""
    words = {word.lower() for word in name.split()}
    return bool(words & listed("actors", "public")) or name.isupper()
