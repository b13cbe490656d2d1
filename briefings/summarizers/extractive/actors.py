"""Chooses the actors of a story and says of each who it is, to whom it belongs, how central it is.

Media that only carry a report, places and things are no actors; sides are drawn elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Token

from briefings.briefing import Actor, ActorType
from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.roles import Role, role_words

# All numbers here were set by hand on the development articles.
#: What an actor must weigh to be listed; see `_weight`.
_ENOUGH = 2.2
#: From here on a member counts as a party, though it may be too slight to be listed.
_PARTY = 1.0
_MOST = 24
_MOST_ALIASES = 12
_MOST_EVIDENCE = 4
#: A role has at most so many parts; where fewer than these are known, a deed says who it is.
_MOST_PARTS = 3
_FEW_PARTS = 2
_LONGEST_ROLE = 16
#: Points for each statement, act, act undergone and mention; for standing in the lead, for a name
#: and for a role; against a noun that could be anybody.
_PER_STATEMENT, _PER_ACT, _PER_UNDERGONE, _PER_MENTION = 2.0, 0.8, 0.5, 0.3
_EARLY, _NAMED, _HAS_ROLE, _PLAIN = 0.7, 1.2, 0.6, -2.0
#: A common noun that says nothing in the whole article must weigh more: "the plant", "troops".
_ENOUGH_UNHEARD = 3.0
#: Headline and lead end with the sentence of this number.
_LEAD_END = 3
#: A bare noun has fewer words than this.
_TELLING_WORDS = 3
#: A party in brackets is at most so many words behind the name: "(R-Utah)".
_BRACKETS_WITHIN = 9
_ACTIVE = ("nsubj", "nsubj:outer", "obl:agent")
_UNDERGOING = ("obj", "nsubj:pass", "iobj")
_AUXILIARIES = ("aux", "aux:pass", "advmod")
#: Helpers and openers of deeds that only could be done.
_OPEN = ("could", "would", "should", "may", "might", "must", "can", "ca")
_CONDITIONS = ("if", "unless", "whether", "until", "even")
#: Verbs that tell of no deed.
_EMPTY_VERBS = ("be", "have", "say", "do", "tell", "release")
#: Where a deed ends, and what it must not end with.
_DEED_ENDS = (",", ".", ";", "—", "--")
_LOOSE_ENDS = ("IN", "DT", "TO", "CC", "PRP$")
_ROLE_ORDER = {"apposition": 0, "title": 1, "copula": 2}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member of the cast with the id it has in the briefing."""

    member: Member
    id: str
    weight: float


def choose_actors(
    reading: Reading, cast: Cast, statements: tuple[Statement, ...]
) -> tuple[Chosen, ...]:
    """The members that are actors, most salient first, at most 24."""
    heard = {s.speaker for s in statements if s.speaker}
    weighed = [
        c
        for c in weigh(reading, cast, statements)
        if c.weight >= (_ENOUGH if c.member.is_named or c.member in heard else _ENOUGH_UNHEARD)
    ]
    return tuple(weighed[:_MOST])


def with_leads(chosen: tuple[Chosen, ...], leads: list[Chosen]) -> tuple[Chosen, ...]:
    """The actors with the leads of the sides among them, however slight these are."""
    held = {c.member.number for c in chosen}
    return (*chosen, *(c for c in leads if c.member.number not in held))


def weigh(reading: Reading, cast: Cast, statements: tuple[Statement, ...]) -> tuple[Chosen, ...]:
    """Every member that could be a party, weighed, heaviest first."""
    spoken = Counter(s.speaker.number for s in statements if s.speaker is not None)
    weighed = [
        (_weight(reading, member, spoken[member.number]), member)
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
    is_known = any(m.form != "pronoun" for m in member.mentions)
    return is_known and member.can_take_part and member.type is not None


def _weight(reading: Reading, member: Member, statements: int) -> float:
    """Points for speaking, acting, being named, standing in the headline and early on."""
    mentions = [m for m in member.mentions if m.form != "pronoun"]
    acts = sum(_acts(reading, m.head) for m in member.mentions)
    acted_on = sum(reading.doc[m.head].dep_ in _UNDERGOING for m in mentions)
    points = (
        _PER_STATEMENT * statements
        + _PER_ACT * acts
        + _PER_UNDERGONE * acted_on
        + _PER_MENTION * len(mentions)
    )
    points += _EARLY if _is_early(reading, mentions) else 0.0
    if member.is_named:
        points += _NAMED if member.type != "state" else 0.0
        points += _HAS_ROLE if member.roles else 0.0
    elif _is_plain(reading, member):
        points += _PLAIN
    return points


def _acts(reading: Reading, head: int) -> bool:
    word = reading.doc[head]
    return word.dep_ in _ACTIVE and word.head.tag_.startswith("VB")


def _is_early(reading: Reading, mentions: list[Mention]) -> bool:
    return any(reading.sentence_number(m.head) <= _LEAD_END for m in mentions)


def _is_plain(reading: Reading, member: Member) -> bool:
    """A bare noun that could be anybody: "people", "a man", "officials"."""
    lemma = reading.doc[member.mentions[0].head].lemma_.lower()
    return lemma in listed("actors", "generic") and len(member.tokens) < _TELLING_WORDS


def to_actors(reading: Reading, chosen: tuple[Chosen, ...]) -> tuple[Actor, ...]:
    """The Actor parts of the briefing, in the order chosen."""
    ids = {c.member.number: c.id for c in chosen}
    top = max((c.weight for c in chosen), default=1.0)
    belonging = Affiliations(reading, [c.member for c in chosen])
    return tuple(_to_actor(reading, c, belonging, ids, top) for c in chosen)


def _to_actor(
    reading: Reading, c: Chosen, belonging: Affiliations, ids: dict[int, str], top: float
) -> Actor:
    member = c.member
    name = member.label
    owner = belonging.of(member)
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
    return "group" if member.listed_as == "group" else member.type or "organization"


def _aliases(reading: Reading, member: Member, name: str) -> tuple[str, ...]:
    aliases = list(member.forms())
    for mention in member.mentions:
        if mention.name and mention.name.title:
            aliases.append(reading.doc[mention.name.title[0] : mention.last + 1].text)
        if mention.form == "nominal":
            aliases.append(mention.description)
    plain = [alias for alias in dict.fromkeys(aliases) if alias != name and alias.strip()]
    return tuple(plain[:_MOST_ALIASES])


def _role(reading: Reading, member: Member, name: str) -> str | None:
    """Titles and appositions; else what it is called in passing; else its part in the story."""
    parts = _said_roles(reading, member)
    party = _party(reading, member)
    if party:
        parts.append(party)
    if member.is_named:
        called = dict.fromkeys(m.description for m in member.mentions if m.form == "nominal")
        parts += [text for text in called if len(text.split()) < _LONGEST_ROLE][:1]
    if not parts or (member.type != "person" and len(parts) < _FEW_PARTS):
        parts += filter(None, [_deed(reading, member)])
    return "; ".join(_distinct(parts, name)[:_MOST_PARTS]) or None


def _said_roles(reading: Reading, member: Member) -> list[str]:
    """The two best of what titles, appositions and copulas say, and one relative clause."""
    telling = [
        r
        for r in member.roles
        if r.kind != "relative" and not (_is_courtesy(reading, r) or _is_of_kin(reading, r))
    ]
    said = _best_first(telling)[:2]
    relative = [r for r in member.roles if r.kind == "relative"][:1]
    return [role_words(reading, role) for role in (*said, *relative)]


def _is_courtesy(reading: Reading, role: Role) -> bool:
    """Whether a title only addresses its bearer: "Mr."."""
    return role.kind == "title" and role_words(reading, role).lower() in listed(
        "actors", "courtesy"
    )


def _is_of_kin(reading: Reading, role: Role) -> bool:
    """Whether a role is a tie to somebody whom it does not name: "cousin", "his wife"."""
    words = reading.doc[role.first : role.last + 1]
    is_kin = reading.doc[role.head].lemma_.lower() in listed("actors", "kin") or any(
        w.lower_ in listed("actors", "kin") and w.i < role.head for w in words
    )
    names_whose = any(w.tag_ == "NNP" and w.i != role.head for w in words)
    is_pointing = any(w.tag_ == "PRP$" for w in words)
    return is_kin and (is_pointing or not names_whose)


def _distinct(parts: list[str], name: str) -> list[str]:
    """The parts, without the name itself and without what a longer part holds."""
    distinct: list[str] = []
    for part in parts:
        if part and not any(part.lower() in held.lower() for held in distinct) and part != name:
            distinct = [held for held in distinct if held.lower() not in part.lower()]
            distinct.append(part)
    return distinct


def _best_first(roles: list[Role]) -> list[Role]:
    """The longest role of each kind, the most telling kind first."""
    longest: dict[str, Role] = {}
    for role in roles:
        held = longest.get(role.kind)
        if held is None or role.last - role.first > held.last - held.first:
            longest[role.kind] = role
    return sorted(longest.values(), key=lambda role: _ROLE_ORDER[role.kind])


def _party(reading: Reading, member: Member) -> str | None:
    """What stands in brackets behind a person's name: "R-Utah"."""
    doc = reading.doc
    for mention in member.mentions if member.type == "person" else ():
        start = mention.last + 2
        if start < len(doc) and doc[start - 1].text == "(":
            inside = range(start, min(mention.last + _BRACKETS_WITHIN, len(doc)))
            close = next((i for i in inside if doc[i].text == ")"), None)
            if close is not None:
                return reading.span(start, close - 1).quote
    return None


def _deed(reading: Reading, member: Member) -> str | None:
    """What it does or undergoes, as the article has it: "captured the Gazan side"."""
    for mention in member.mentions:
        subject = reading.doc[mention.head]
        if mention.form != "pronoun" and _does_something(reading, subject):
            first, last = _deed_bounds(subject)
            if last > subject.head.i:
                return reading.span(first, last).quote
    return None


def _does_something(reading: Reading, word: Token) -> bool:
    is_subject = word.dep_.startswith("nsubj") and not reading.is_quoted(word)
    verb = word.head
    if not is_subject or verb.lemma_ in _EMPTY_VERBS or verb.i < word.i:
        return False
    return _is_done(verb)


def _is_done(verb: Token) -> bool:
    """Whether a verb tells of a deed done or to come, which hangs on no "if" or "could"."""
    helpers = [c for c in verb.lefts if c.dep_.startswith("aux")]
    is_finite = verb.tag_ in FINITE or any(c.tag_ in FINITE for c in helpers)
    is_open = any(c.lower_ in _OPEN for c in helpers)
    clauses = (verb, verb.head) if verb.dep_ in ("conj", "ccomp", "advcl") else (verb,)
    hangs = any(c.lower_ in _CONDITIONS for v in clauses for c in v.lefts if c.i < verb.i)
    return is_finite and verb.tag_.startswith("VB") and not (is_open or hangs)


def _deed_bounds(subject: Token) -> tuple[int, int]:
    """First and last word of what a subject does, up to the next mark or clause."""
    doc, verb = subject.doc, subject.head
    helpers = (c.i for c in verb.lefts if c.i > subject.i and c.dep_ in _AUXILIARIES)
    last = verb.i
    for i in range(verb.i + 1, min(verb.right_edge.i, verb.i + _LONGEST_ROLE) + 1):
        if doc[i].text in _DEED_ENDS or doc[i].dep_ in ("cc", "mark"):
            break
        last = i
    while last > verb.i and doc[last].tag_ in _LOOSE_ENDS:
        last -= 1
    return min(helpers, default=verb.i), last


def _evidence(reading: Reading, member: Member) -> tuple[Span, ...]:
    """Where it is introduced and named; never more than a few spans."""
    shown = [m for m in member.mentions if m.form != "pronoun"]
    telling = sorted(shown, key=lambda m: (not (m.name and m.name.title), -(m.last - m.first)))
    spans = [reading.span(m.first, m.last) for m in telling[:1]]
    spans += [reading.span(r.first, r.last) for r in member.roles if r.kind != "title"][:2]
    spans += [reading.span(m.first, m.last) for m in shown]
    distinct = list({(s.start, s.end): s for s in spans}.values())
    return tuple(sorted(distinct[:_MOST_EVIDENCE], key=lambda s: s.start))
