"""Chooses the actors of a story and says of each who it is, to whom it belongs, how central it is.

Media that only carry a report, places and things are no actors.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefings.briefing import Actor, ActorType
from briefings.evidence import Span
from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast, Member
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.roles import Role

#: What an actor must weigh to be listed; see `_weight`.
_ENOUGH = 2.0
#: From here on a member counts as a party, though it may be too slight to be listed.
_PARTY = 1.0
_MOST = 24
_MOST_EVIDENCE = 4
_LONGEST_ROLE = 16
_ACTIVE = ("nsubj", "nsubj:outer", "obl:agent")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member of the cast with the id it has in the briefing."""

    member: Member
    id: str
    weight: float


def choose_actors(
    reading: Reading, cast: Cast, statements: tuple[Statement, ...]
) -> tuple[Chosen, ...]:
    """The members that are actors, most salient first."""
    weighed = [c for c in weigh(reading, cast, statements) if c.weight >= _ENOUGH]
    return tuple(weighed[:_MOST])


def weigh(reading: Reading, cast: Cast, statements: tuple[Statement, ...]) -> tuple[Chosen, ...]:
    """Every member that could be a party, weighed, heaviest first."""
    speaks: dict[int, int] = {}
    for s in statements:
        if s.speaker is not None:
            speaks[s.speaker.number] = speaks.get(s.speaker.number, 0) + 1
    weighed = [
        (_weight(reading, member, speaks.get(member.number, 0)), member)
        for member in cast.members
        if _can_act(member)
    ]
    weighed.sort(key=lambda pair: (-pair[0], _first_word(pair[1])))
    return tuple(
        Chosen(member, f"a{i + 1}", weight)
        for i, (weight, member) in enumerate(weighed)
        if weight >= _PARTY
    )


def _first_word(member: Member) -> int:
    return min((m.head for m in member.mentions), default=0)


def _can_act(member: Member) -> bool:
    if not member.mentions or member.is_media or member.is_place or member.is_thing:
        return False
    if all(m.form == "pronoun" for m in member.mentions):
        return False
    return member.type is not None


def _weight(reading: Reading, member: Member, statements: int) -> float:
    """Points for speaking, acting, being named, standing in the headline and early on."""
    mentions = [m for m in member.mentions if m.form != "pronoun"]
    acts = sum(_acts(reading, m.head) for m in member.mentions)
    acted_on = sum(reading.doc[m.head].dep_ in ("obj", "nsubj:pass", "iobj") for m in mentions)
    early = any(reading.sentence_number(m.head) <= 3 for m in mentions)  # noqa: PLR2004 - the lead
    points = 2.0 * statements + 0.8 * acts + 0.5 * acted_on + 0.3 * len(mentions)
    points += 0.7 if early else 0.0
    if member.is_named:
        points += 1.2 if member.type != "state" else 0.0
        points += 0.6 if member.roles else 0.0
    elif _is_plain(reading, member):
        points -= 2.0
    return points


def _acts(reading: Reading, head: int) -> bool:
    word = reading.doc[head]
    return word.dep_ in _ACTIVE and word.head.tag_.startswith("VB")


def _is_plain(reading: Reading, member: Member) -> bool:
    """A bare noun that could be anybody: "people", "a man", "officials"."""
    lemma = reading.doc[member.mentions[0].head].lemma_.lower()
    return lemma in listed("actors", "generic") and len(member.name.split()) < 3  # noqa: PLR2004


def to_actors(reading: Reading, chosen: tuple[Chosen, ...]) -> tuple[Actor, ...]:
    """The Actor parts of the briefing, in the order chosen."""
    ids = {c.member.number: c.id for c in chosen}
    top = max((c.weight for c in chosen), default=1.0)
    return tuple(_to_actor(reading, c, chosen, ids, top) for c in chosen)


def _to_actor(
    reading: Reading, c: Chosen, chosen: tuple[Chosen, ...], ids: dict[int, str], top: float
) -> Actor:
    member = c.member
    name = _display_name(member)
    owner = affiliation_of(reading, member, [x.member for x in chosen])
    return Actor(
        id=c.id,
        name=name,
        aliases=_aliases(reading, member, name),
        type=_type(member),
        role=_role(reading, member, name),
        affiliation=ids.get(owner.number) if owner else None,
        salience=round(c.weight / top, 3),
        mentions=len(member.mentions),
        evidence=_evidence(reading, member),
    )


def _type(member: Member) -> ActorType:
    if member.key and member.key[0] == "group":
        return "group"
    return member.type or "organization"


def _display_name(member: Member) -> str:
    """The fullest name the article gives, without article or possessive."""
    if member.key and member.key[0] == "state":
        named = [
            m.text
            for m in member.mentions
            if m.name and m.name.known and m.name.known.form in ("name", "acronym")
        ]
        return max(named, key=len) if named else member.name
    return member.name.removeprefix("the ").removeprefix("The ")


def _aliases(reading: Reading, member: Member, name: str) -> tuple[str, ...]:
    aliases = list(member.forms())
    for mention in member.mentions:
        if mention.name and mention.name.title:
            aliases.append(reading.doc[mention.name.title[0] : mention.last + 1].text)
        if mention.form == "nominal":
            aliases.append(mention.description)
    plain = [alias for alias in dict.fromkeys(aliases) if alias != name and alias.strip()]
    return tuple(plain[:12])


def _role(reading: Reading, member: Member, name: str) -> str | None:
    """Titles and appositions; else what it is called in passing; else its part in the story."""
    said = [r for r in member.roles if r.kind in ("title", "apposition", "copula")]
    parts = [_role_words(reading, role) for role in _best_first(said)][:2]
    parts += [_role_words(reading, r) for r in member.roles if r.kind == "relative"][:1]
    party = _party(reading, member)
    if party:
        parts.append(party)
    if member.is_named:
        called = [m.description for m in member.mentions if m.form == "nominal"]
        parts += [text for text in dict.fromkeys(called) if len(text.split()) < _LONGEST_ROLE][:1]
    if not parts or (member.type != "person" and len(parts) < 2):  # noqa: PLR2004
        deed = _deed(reading, member)
        parts += [deed] if deed else []
    distinct: list[str] = []
    for part in parts:
        if part and not any(part.lower() in held.lower() for held in distinct) and part != name:
            distinct = [held for held in distinct if held.lower() not in part.lower()]
            distinct.append(part)
    return "; ".join(distinct[:3]) or None


def _best_first(roles: list[Role]) -> list[Role]:
    order = {"apposition": 0, "title": 1, "copula": 2}
    longest: dict[str, Role] = {}
    for role in roles:
        held = longest.get(role.kind)
        if held is None or role.last - role.first > held.last - held.first:
            longest[role.kind] = role
    return sorted(longest.values(), key=lambda role: order[role.kind])


def _role_words(reading: Reading, role: Role) -> str:
    first = role.first
    while first < role.last and reading.doc[first].lower_ in ("a", "an", "the"):
        first += 1
    return reading.span(first, role.last).quote.rstrip(",")


def _party(reading: Reading, member: Member) -> str | None:
    """ "R-Utah" from "Rep. Jason Chaffetz (R-Utah)"."""
    doc = reading.doc
    for mention in member.mentions:
        if (
            member.type == "person"
            and mention.last + 2 < len(doc)
            and doc[mention.last + 1].text == "("
        ):
            close = next(
                (
                    i
                    for i in range(mention.last + 2, min(mention.last + 9, len(doc)))
                    if doc[i].text == ")"
                ),
                None,
            )
            if close is not None:
                return reading.span(mention.last + 2, close - 1).quote
    return None


def _deed(reading: Reading, member: Member) -> str | None:
    """What it does or undergoes, in the article's words: "captured the Gazan side of the crossing"."""
    for mention in member.mentions:
        word = reading.doc[mention.head]
        verb = word.head
        if (
            not word.dep_.startswith("nsubj")
            or not verb.tag_.startswith("VB")
            or reading.is_quoted(word)
        ):
            continue
        if verb.lemma_ in ("be", "have", "say", "do") or mention.form == "pronoun":
            continue
        first = min(
            (c.i for c in verb.lefts if c.i > word.i and c.dep_ in ("aux", "aux:pass", "advmod")),
            default=verb.i,
        )
        last = verb.i
        for i in range(verb.i + 1, min(verb.right_edge.i, verb.i + _LONGEST_ROLE) + 1):
            if reading.doc[i].text in (",", ".", ";", "—", "--") or reading.doc[i].dep_ in (
                "cc",
                "mark",
            ):
                break
            last = i
        while last > verb.i and reading.doc[last].tag_ in ("IN", "DT", "TO", "CC", "PRP$"):
            last -= 1
        if last > verb.i:
            return reading.span(first, last).quote
    return None


def affiliation_of(reading: Reading, member: Member, others: list[Member]) -> Member | None:
    """Whom a member speaks or acts for: named in its title, apposition, description or lexicon entry."""
    for text, limit in _affiliation_texts(reading, member):
        best: tuple[int, Member] | None = None
        for other in others:
            if other is member or other.type == "person":
                continue
            for form in (*other.forms(), *_known_forms(other)):
                at = _find_word(text, form)
                if at >= 0 and len(form) > 1 and (best is None or len(form) > best[0]):
                    best = (len(form), other)
        if best and limit:
            return best[1]
    name = next((m.name for m in member.mentions if m.name and m.name.known), None)
    state = name.known.state if name and name.known and is_public(name.text) else None
    if state and member.type != "state":
        return next((o for o in others if o.key == ("state", state) and o is not member), None)
    return None


def is_public(name: str) -> bool:
    """Whether a listed body is an arm of its state by its name, not a firm that sits there."""
    words = {word.lower() for word in name.split()}
    return bool(words & listed("actors", "public")) or name.isupper()


def _affiliation_texts(reading: Reading, member: Member) -> list[tuple[str, bool]]:
    texts = [(_role_words(reading, role), True) for role in member.roles if role.kind != "relative"]
    if member.type != "state":
        texts += [(m.description, True) for m in member.mentions if m.form == "nominal"]
        texts += [
            (reading.doc[max(0, m.first - 3) : m.first].text, True)
            for m in member.mentions
            if m.form == "nominal" and _is_possessed(reading, m.head)
        ]
        if member.type == "organization" and member.is_named:
            texts.append((member.name, True))
    return texts


def _is_possessed(reading: Reading, head: int) -> bool:
    return any(c.dep_ == "nmod:poss" for c in reading.doc[head].children)


def _known_forms(member: Member) -> list[str]:
    """Demonyms and other names that the lexicon has for a state, whether the article uses them or not."""
    if member.key is None or member.key[0] != "state":
        return []
    return list(gazetteer.forms_of(member.key[1]))


def _find_word(text: str, form: str) -> int:
    at = text.find(form)
    while at >= 0:
        before = text[at - 1 : at]
        after = text[at + len(form) : at + len(form) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = text.find(form, at + 1)
    return -1


def _evidence(reading: Reading, member: Member) -> tuple[Span, ...]:
    """Where it is introduced and named; never more than a few spans."""
    shown = [m for m in member.mentions if m.form != "pronoun"]
    telling = sorted(shown, key=lambda m: (not (m.name and m.name.title), -(m.last - m.first)))
    spans = [reading.span(m.first, m.last) for m in telling[:1]]
    spans += [reading.span(r.first, r.last) for r in member.roles if r.kind != "title"][:2]
    spans += [reading.span(m.first, m.last) for m in shown]
    distinct = list({(s.start, s.end): s for s in spans}.values())
    return tuple(sorted(distinct[:_MOST_EVIDENCE], key=lambda s: s.start))
