"""Why there is a dispute or none, why its issue, and why each actor stands on a side.

It adds up nothing anew: what was weighed was noted where it was weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from briefings.briefing import Dispute, Side
from briefings.evidence import Span
from briefings.explanation import Reason
from briefings.language.reading import Reading
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.claims import Statement, content_text
from briefings.summarizers.extractive.dispute import CONTESTED_FROM, best_statements, find_dispute
from briefings.summarizers.extractive.issue import name_issue
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.parties import Parties, heat
from briefings.summarizers.extractive.why.actors import why_owned
from briefings.summarizers.extractive.why.against import HEAT, pair_name
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.extractive.why.places import Entry, reason
from briefings.summarizers.notes import noted

_MOST_RELATIONS = 4
_MOST_WORDS = 6


def why_contested(made: Made, dispute: Dispute | None) -> Iterator[Reason]:
    """How much spoke for a dispute, against how much is needed, and the issue's words."""
    total = heat(made.reading, made.statements, made.parties)
    if made.parties.sides() is None:
        yield reason("contested", "no two parties stand against each other", Parties.sides)
    verdict = "enough" if total >= CONTESTED_FROM else "too little"
    told = f"{verdict} speaks for a dispute: {total:.2f}, where {CONTESTED_FROM:.2f} is needed"
    yield reason("contested", told, heat, find_dispute, weight=total)
    yield from noted(HEAT)
    if dispute is not None:
        yield from _why_issue(made.reading, dispute)


def _why_issue(reading: Reading, dispute: Dispute) -> Iterator[Reason]:
    """The words of the issue that the article uses most, with how often."""
    counts = Counter(w.lemma_.lower() for w in reading.doc)
    for span in dispute.evidence:
        words = [w for w in reading.words_between(span.start, span.end) if w.tag_[:2] in _CONTENT]
        often = ", ".join(f"{w.lower_} {counts[w.lemma_.lower()]}" for w in words[:_MOST_WORDS])
        told = f"the phrase that holds most of what the parties speak about ({often} times)"
        yield reason("issue", told, name_issue, words=[span])


_CONTENT = ("NN", "VB", "JJ")


def why_side(made: Made, dispute: Dispute, side: Side) -> Iterator[Reason]:
    """What sets the side's lead against the other's, why each actor is on it, and its position."""
    leads = {s.label: _lead(made, s) for s in dispute.sides}
    lead = leads[side.label]
    others = [m for label, m in leads.items() if label != side.label and m is not None]
    if lead is not None:
        for other in others:
            yield from _why_against(made.parties, lead, other, in_full=side is dispute.sides[0])
        for ref in side.actors:
            yield from _why_member(made, made.member(ref), lead, others)
    yield from _why_position(made, side)


def _lead(made: Made, side: Side) -> Member | None:
    theirs = [made.member(ref) for ref in side.actors]
    return next((m for m in (*theirs, *made.parties.members) if m.label == side.label), None)


def _why_against(
    parties: Parties, lead: Member, other: Member, *, in_full: bool
) -> Iterator[Reason]:
    """How much two leads stand against each other; `in_full` with the heaviest relations."""
    ours, theirs = _belonging(parties, lead), _belonging(parties, other)
    found = [why for a, b in product(ours, theirs) for why in noted(pair_name(a, b))]
    found.sort(key=lambda why: -abs(why.weight or 0.0))
    against = parties.between(parties.root[lead.number].number, parties.root[other.number].number)
    told = f"{lead.label} and {other.label} are set against each other most"
    yield reason("side", told, Parties.sides, weight=against)
    yield from found[:_MOST_RELATIONS] if in_full else ()


def _belonging(parties: Parties, lead: Member) -> list[Member]:
    home = parties.root[lead.number]
    return [m for m in parties.members if parties.root[m.number] is home]


def _why_member(made: Made, member: Member, lead: Member, others: list[Member]) -> Iterator[Reason]:
    """Why an actor goes with a side: it belongs to its lead, or stands against the other's."""
    reading, parties = made.reading, made.parties
    home = parties.root.get(member.number, member)
    if member is lead:
        return
    if home is parties.root.get(lead.number, lead):
        yield _why_home(made, member, lead)
        return
    told = f"{member.label} goes with {lead.label} against the other side"
    yield reason("actor", told, Parties.sides, words=_first_words(reading, member))
    for other in (lead, *others):
        for a, b in product(_belonging(parties, member), _belonging(parties, other)):
            yield from noted(pair_name(a, b))[:_MOST_RELATIONS]


def _why_home(made: Made, member: Member, lead: Member) -> Reason:
    """How a member came to belong to a side's lead."""
    belonging = Affiliations(made.reading, made.parties.members)
    owner = belonging.of(member)
    root = made.parties.root
    if owner is None or root.get(owner.number) is not root[member.number]:
        told = f"{member.label} holds an office of state, and {lead.label} is the state spoken of"
        words = [made.reading.span(r.first, r.last) for r in member.roles[:1]]
        entry = Entry("actors", "offices_of_state")
        return reason("actor", told, Parties, entry, words=words)
    owned = why_owned(made.reading, member, owner)
    return owned.model_copy(update={"about": "actor"})


def _first_words(reading: Reading, member: Member) -> list[Span]:
    return [reading.span(m.first, m.last) for m in member.mentions[:1]]


def _why_position(made: Made, side: Side) -> Iterator[Reason]:
    """The statements that the position is made of; that there is none, where there is none."""
    theirs = {made.member(ref) for ref in side.actors}
    spoken = [s for s in made.statements if s.speaker in theirs or _is_called(s, side.label)]
    if side.position is None:
        told = f"none of its {len(spoken)} statements can stand as a position"
        yield reason("position", told, best_statements)
        return
    for s in spoken:
        said = content_text(made.reading, s.attribution)
        opening = " ".join(said.split()[:3]).lower()
        cue = made.reading.span(*s.attribution.cue)
        if opening in side.position.lower() and cue.quote in side.position:
            told = f"a statement that tells most of its position ({s.kind})"
            yield reason("position", told, best_statements, words=[cue])


def _is_called(s: Statement, label: str) -> bool:
    return s.speaker is not None and s.speaker.label == label
