"""Decides whether there is a dispute and puts its parts together.

Who stands on which side is drawn in `parties`, what each side says is chosen in `positions`. It
never says who is right.
"""

from __future__ import annotations

from briefings.briefing import Dispute, Side
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.heat import heat
from briefings.summarizers.extractive.issue import name_issue
from briefings.summarizers.extractive.parties import Camp, Parties
from briefings.summarizers.extractive.positions import Position, Positions
from briefings.summarizers.extractive.shown import label_of

# The number was set by hand on the development articles and read against a hundred others.
#: Evidence of dispute an article must show beside an open quarrel; see `heat`.
CONTESTED_FROM = 0.25


def find_dispute(
    reading: Reading,
    parties: Parties,
    statements: tuple[Statement, ...],
    ids: dict[int, str],
) -> Dispute | None:
    """The dispute with its sides, lead party first; None where there is none.

    `ids` maps the numbers of the members that are listed as actors to their ids.
    """
    camps = parties.sides()
    if camps is None or heat(reading, statements, parties) < CONTESTED_FROM:
        return None
    aimed = tuple(x.statement for camp in camps for x in camp.stances if x.statement is not None)
    named = frozenset(m.head for x in parties.members for m in x.mentions)
    named |= {m.head for camp in camps for x in camp.members for m in x.mentions}
    issue = name_issue(reading, statements, tuple(dict.fromkeys(aimed)), named)
    if issue is None:
        return None
    finder = Positions(reading, statements, issue, camps)
    sides = tuple(_to_side(reading, camp, finder.of(camp), ids) for camp in camps)
    evidence = tuple(reading.span(first, last) for first, last in issue.ranges)
    return Dispute(issue=issue.text, sides=sides, evidence=evidence)


def _to_side(reading: Reading, camp: Camp, position: Position, ids: dict[int, str]) -> Side:
    spans = position.evidence
    if not spans:
        mention = camp.lead.mentions[0]
        spans = (reading.span(mention.first, mention.last),)
    return Side(
        label=label_of(camp.lead),
        actors=tuple(ids[m.number] for m in camp.members if m.number in ids),
        position=position.text,
        evidence=spans,
    )
