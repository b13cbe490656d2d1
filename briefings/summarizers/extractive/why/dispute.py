"""Why there is a dispute or none, why its issue, and why each actor stands on a side.

It adds up nothing anew: what was weighed was noted where it was weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefings.briefing import Dispute, Side
from briefings.explanation import Reason
from briefings.language.reading import Reading
from briefings.summarizers.extractive.acts import find_acts
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.claims import Statement, content_text
from briefings.summarizers.extractive.dispute import CONTESTED_FROM, find_dispute
from briefings.summarizers.extractive.heat import heat
from briefings.summarizers.extractive.homes import Homes
from briefings.summarizers.extractive.issue import name_issue
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.parties import Camp, Parties
from briefings.summarizers.extractive.positions import Positions
from briefings.summarizers.extractive.relations import Stance, find_relations
from briefings.summarizers.extractive.shown import label_of
from briefings.summarizers.extractive.why.actors import why_owned
from briefings.summarizers.extractive.why.against import HEAT
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.extractive.why.places import reason
from briefings.summarizers.notes import noted

_MOST_STANCES = 4
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


def why_side(made: Made, side: Side) -> Iterator[Reason]:
    """What sets the side against the other, why each actor is on it, and its position."""
    camps = made.parties.sides() or ()
    camp = next((c for c in camps if label_of(c.lead) == side.label), None)
    if camp is not None:
        yield from _why_lead(made, camp)
        for member in camp.members:
            if member is not camp.lead:
                yield from _why_member(made, member, camp)
    yield from _why_position(made, side)


def _why_lead(made: Made, camp: Camp) -> Iterator[Reason]:
    """What the side does to and says of the other, weightiest first."""
    name = label_of(camp.lead)
    words = [made.reading.span(m.first, m.last) for m in camp.lead.mentions[:1]]
    told = f"{name} leads it, by {len(camp.stances)} stances against the other side"
    yield reason("side", told, Parties.sides, words=words)
    for stance in camp.stances[:_MOST_STANCES]:
        yield _why_stance(made.reading, stance)


def _why_stance(reading: Reading, stance: Stance) -> Reason:
    toward = "against" if stance.weight > 0 else "with"
    kind = "an act" if stance.statement is None else f"a statement, {stance.statement.kind}"
    told = f"{label_of(stance.holder)} {toward} {label_of(stance.target)} ({kind})"
    place = find_acts if stance.statement is None else find_relations
    words = [reading.span(stance.word, stance.word)]
    return reason("relation", told, place, words=words, weight=stance.weight)


def _why_member(made: Made, member: Member, camp: Camp) -> Iterator[Reason]:
    """Why an actor goes with a side: for whom it stands, or against whom it speaks."""
    root = made.parties.root
    owner = Affiliations(made.reading, made.parties.members).of(member)
    home = root.get(member.number, member)
    if home is member or home is not root.get(camp.lead.number, camp.lead):
        words = [made.reading.span(m.first, m.last) for m in member.mentions[:1]]
        told = f"{member.label} goes with {label_of(camp.lead)} against the other side"
        yield reason("actor", told, Parties.sides, words=words)
        for stance in (s for s in camp.stances if s.holder is member):
            yield _why_stance(made.reading, stance)
    elif owner is not None and root.get(owner.number, owner) is home:
        yield why_owned(made.reading, member, owner).model_copy(update={"about": "actor"})
    else:
        told = f"{member.label} stands for {home.label}, by an office or by whose they are"
        words = [made.reading.span(r.first, r.last) for r in member.roles[:2]]
        yield reason("actor", told, Homes, words=words)


def _why_position(made: Made, side: Side) -> Iterator[Reason]:
    """The statements that the position is made of; that there is none, where there is none."""
    theirs = {made.member(ref) for ref in side.actors}
    spoken = [s for s in made.statements if s.speaker in theirs or _is_called(s, side.label)]
    if side.position is None:
        told = f"none of its {len(spoken)} statements can stand as a position"
        yield reason("position", told, Positions.of)
        return
    used = [s for s in spoken if _is_used(made.reading, s, side.position)]
    for s in used:
        told = f"a statement that tells most of its position ({s.kind})"
        words = [made.reading.span(*s.attribution.cue)]
        yield reason("position", told, Positions.of, words=words)
    if not used:
        told = "what the side did, in the article’s own account"
        yield reason("position", told, Positions.of, words=side.evidence)


def _is_used(reading: Reading, s: Statement, position: str) -> bool:
    """Whether a position holds a statement: its cue and the first words of what is said."""
    opening = " ".join(content_text(reading, s.attribution).split()[:3]).lower()
    return opening in position.lower() and reading.span(*s.attribution.cue).quote in position


def _is_called(s: Statement, label: str) -> bool:
    return s.speaker is not None and label_of(s.speaker) == label
