"""Tells whom a member of the cast speaks or acts for: the state of a minister, a lawyer's client.

It reads titles, descriptions and the lexicons; it draws no sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.roles import role_words

#: How many words before a role noun may name its possessor: "the Brazilian company's lawyer".
_BEFORE_NOUN = 3


def affiliation_of(reading: Reading, member: Member, others: list[Member]) -> Member | None:
    """Whom a member belongs to, of `others`; None where neither article nor lexicon says.

    Its titles, appositions and descriptions come first, the longest name in them wins; then the
    state that a lexicon puts it under.
    """
    owners = [o for o in others if o is not member and o.type != "person"]
    if _is_firm(member):
        owners = [o for o in owners if o.type != "state"]
    for text in _telling_texts(reading, member):
        owner = _named_in(text, owners)
        if owner is not None:
            return owner
    state = _listed_state(member)
    if state is None or member.type == "state":
        return None
    return next((o for o in others if o.key == ("state", state) and o is not member), None)


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


def _named_in(text: str, owners: list[Member]) -> Member | None:
    """The member whose longest form stands in a text."""
    found = [
        (len(form), owner)
        for owner in owners
        for form in (*owner.forms(), *_other_forms(owner))
        if len(form) > 1 and _holds_word(text, form)
    ]
    return max(found, key=lambda pair: pair[0], default=(0, None))[1]


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
