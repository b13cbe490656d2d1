"""Notes the reasons for those parts of a briefing that are made from what the whole engine knows.

Stakes, events, unknowns and figures are noted where they are ranked; all others here.
"""

from __future__ import annotations

from briefings.briefing import Briefing, Figure, Stake
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.why.actors import why_actor, why_affiliated, why_slight
from briefings.summarizers.extractive.why.claims import why_claim
from briefings.summarizers.extractive.why.dispute import why_contested, why_side
from briefings.summarizers.extractive.why.lines import why_owner, why_summary
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.extractive.why.places import Place
from briefings.summarizers.notes import note, note_left_out

_MOST_SLIGHT = 12


def note_whole(rule: Place, made: Made, briefing: Briefing) -> None:
    """Note why its summary, dispute, actors and claims; `rule` is what put them together."""
    note(briefing.summary, why_summary, rule, made.reading, briefing.summary)
    for claim, statement in zip(briefing.claims, made.statements, strict=True):
        note(claim, why_claim, made, statement)
    _note_actors(made, briefing)
    _note_dispute(made, briefing)
    owned: tuple[Stake | Figure, ...] = (*briefing.stakes, *briefing.figures)
    for part in owned:
        if part.according_to:
            note(part, why_owner, made, part)


def _note_actors(made: Made, briefing: Briefing) -> None:
    owners = Affiliations(made.reading, [c.member for c in made.chosen])
    for actor, chosen in zip(briefing.actors, made.chosen, strict=True):
        note(actor, why_actor, made.reading, chosen, actor, made.statements)
        owner = owners.of(chosen.member)
        if actor.affiliation is not None and owner is not None:
            note(actor, why_affiliated, made.reading, chosen.member, owner)
    listed = {c.member.number for c in made.chosen}
    slight = [c for c in made.weighed if c.member.number not in listed]
    for someone in slight[:_MOST_SLIGHT]:
        note_left_out(why_slight, made.reading, someone)


def _note_dispute(made: Made, briefing: Briefing) -> None:
    dispute = briefing.dispute
    note(dispute or "dispute", why_contested, made, dispute)
    if dispute is not None:
        for side in dispute.sides:
            note(side, why_side, made, side)
