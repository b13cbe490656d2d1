"""Why somebody is listed as an actor: weight, name, type, role, and whom they belong to.

It explains what the briefing shows of an actor; who is one was chosen in `actors`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from briefings.briefing import Actor
from briefings.explanation import LeftOut, Reason
from briefings.language import gazetteer
from briefings.language.names import find_names
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen, choose_actors, to_actors, weigh
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.mentions import Mention, find_mentions
from briefings.summarizers.extractive.roles import Role, find_roles, role_words
from briefings.summarizers.extractive.why.people import why_meant
from briefings.summarizers.extractive.why.places import reason
from briefings.summarizers.notes import noted

#: So many other forms of a name are explained.
_MOST_FORMS = 4
_ROLES = {
    "title": "a title or role noun before the name",
    "apposition": "an apposition, set off by commas",
    "copula": "what the article says that they are",
    "relative": "a clause with “who” or “which” after the name",
}


def why_actor(
    reading: Reading, chosen: Chosen, actor: Actor, statements: tuple[Statement, ...]
) -> Iterator[Reason]:
    """The reasons for an actor and for each thing that is said of it."""
    member = chosen.member
    spoken = sum(s.speaker is member for s in statements)
    told = f"{spoken} statements, {len(member.mentions)} mentions, the first of them here"
    first = [reading.span(m.first, m.last) for m in member.mentions[:1]]
    yield reason("line", told, weigh, words=first, weight=chosen.weight)
    yield from _why_called(reading, member)
    yield from _why_type(reading, member, actor)
    for part in (actor.role or "").split("; "):
        if part:
            yield _why_role(reading, member, part)


def why_slight(reading: Reading, slight: Chosen) -> LeftOut:
    """Who could have been an actor and weighs too little."""
    member = slight.member
    words = [reading.span(m.first, m.last) for m in member.mentions[:1]]
    told = f"weighs too little, with {len(member.mentions)} mentions"
    why = reason("line", told, choose_actors, words=words, weight=slight.weight)
    return LeftOut(section="actors", text=member.label, reasons=(why,))


def _why_called(reading: Reading, member: Member) -> Iterator[Reason]:
    """How the first mention in each other wording was joined to the first of all."""
    wordings: dict[str, Mention] = {}
    for mention in member.mentions:
        wordings.setdefault(mention.text.lower(), mention)
    others = (m for m in wordings.values() if m is not member.mentions[0])
    for mention in islice((m for m in others if m.text != member.label), _MOST_FORMS):
        yield why_meant(reading, member, mention.head, about="mention")


def _why_type(reading: Reading, member: Member, actor: Actor) -> Iterator[Reason]:
    settled = noted(member)  # by use or by the names component, where nothing else told
    if settled:
        yield from settled
        return
    telling = [m for m in member.mentions if m.type is not None] or member.mentions
    mention = telling[0]
    words = [reading.span(mention.first, mention.last)]
    if mention.name and mention.name.known:
        listed_as = mention.name.known.kind
        told = f"{actor.type}: a lexicon lists the name as {listed_as}"
        yield reason("type", told, gazetteer.lookup, words=words)
    elif mention.type is None:
        told = f"{actor.type}: a role, or what belongs to it, tells"
        yield reason("type", told, Cast, words=words)
    elif mention.form == "name":
        told = f"{actor.type}: a word of the name or its title tells"
        yield reason("type", told, find_names, words=words)
    else:
        told = f"{actor.type}: the noun says what they are"
        yield reason("type", told, find_mentions, gazetteer.role_noun, words=words)


def _why_role(reading: Reading, member: Member, part: str) -> Reason:
    """The construction that a part of the role was read from."""
    role = next((r for r in member.roles if role_words(reading, r) == part), None)
    if role is not None:
        words = [reading.span(role.first, role.last)]
        return reason("role", _ROLES[role.kind], find_roles, words=words)
    called = next((m for m in member.mentions if m.description == part), None)
    if called is not None:
        words = [reading.span(called.first, called.first + len(part.split()) - 1)]
        return reason("role", "what they are called in passing", find_mentions, words=words)
    return reason("role", f"their part in the story: “{part}”", to_actors)


def why_affiliated(reading: Reading, member: Member, owner: Member) -> Iterator[Reason]:
    """The words that say whom an actor belongs to."""
    yield why_owned(reading, member, owner)


def why_owned(reading: Reading, member: Member, owner: Member) -> Reason:
    """The words that say whom a member belongs to."""
    forms = sorted((*owner.forms(), *_listed_forms(owner)), key=len, reverse=True)
    spans = [reading.span(r.first, r.last) for r in member.roles if _is_telling(r)]
    nominals = [m for m in member.mentions if m.form == "nominal"]
    spans += [reading.span(m.first, m.last) for m in nominals]
    spans += [reading.span(m.first, m.last) for m in member.mentions if m.form == "name"]
    held = next((s for form in forms for s in spans if form in s.quote), None)
    if held is not None:
        told = f"{member.label} belongs to {owner.label}: these words name it"
        return reason("affiliation", told, Affiliations.of, words=[held])
    told = f"{member.label} belongs to {owner.label}: a lexicon, or a noun beside it, says so"
    words = [reading.span(m.first, m.last) for m in member.mentions[:1]]
    return reason("affiliation", told, Affiliations.of, gazetteer.lookup, words=words)


def _is_telling(role: Role) -> bool:
    return role.kind != "relative"


def _listed_forms(owner: Member) -> tuple[str, ...]:
    return gazetteer.forms_of(owner.name) if owner.listed_as == "state" else ()
