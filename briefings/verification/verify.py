"""Holds a whole proposal against its article and keeps what stands.

It drops lines and mends none: what takes their place is for the engine that asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from briefings.article import Article
from briefings.language.reading import Reading, read
from briefings.verification.checks import check_lines
from briefings.verification.ground import Ground
from briefings.verification.line import Line
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedClaim,
    ProposedEvent,
    ProposedFigure,
    ProposedLine,
    ProposedSide,
    ProposedStake,
    Rejection,
    Verified,
)

_LISTS = ("actors", "claims", "stakes", "timeline", "unknowns", "figures")


def verify(
    proposal: Proposal,
    article: Article,
    reading: Reading | None = None,
    *,
    ground: Ground | None = None,
) -> Verified:
    """What of a proposal its article carries, and one word for each line that it does not.

    `reading` or `ground`: the article as already read, so that it is read once. A role that does
    not hold is taken from its actor and recorded as `actors[0].role`; the actor stays.
    """
    ground = ground or Ground(reading or read(article))
    lines = [line for part, given in proposal.lines() for line in to_lines(part, given)]
    found = zip(lines, check_lines(lines, ground), strict=True)
    stopped = {line.part: reason for line, reason in reversed(list(found)) if reason}
    rejections = tuple(Rejection(part, reason) for part, reason in stopped.items())
    return Verified(_without(proposal, frozenset(stopped)), rejections[::-1])


def to_lines(part: str, given: ProposedLine) -> Iterator[Line]:
    """One line, or for an actor or a side one for each of its wordings."""
    numbers, quotes = given.quote_sentences, given.quotes
    match given:
        case ProposedClaim():
            yield Line(
                part, given.text, numbers, speaker=given.speaker_name, verb=given.verb,
                quotes=quotes, about=given.about, via=given.via,
            )  # fmt: skip
        case ProposedActor():
            names = tuple(filter(None, (given.affiliation,)))
            yield Line(part, given.text, numbers, quotes=quotes, about=names, is_label=True)
            if given.role:
                yield Line(f"{part}.role", given.role, numbers, is_label=True)
        case ProposedSide():
            yield Line(part, given.label, numbers, quotes=quotes, is_label=True)
            if given.text:
                yield Line(part, given.text, numbers, is_position=True)
        case ProposedStake():
            yield Line(part, given.text, numbers, speaker=given.according_to, quotes=quotes)
        case ProposedEvent():
            yield Line(part, given.text, numbers, quotes=quotes, when=given.when, date=given.date)
        case ProposedFigure():
            yield Line(
                part, given.text, numbers, speaker=given.according_to, quotes=quotes,
                value=given.value,
            )  # fmt: skip
        case _:
            yield Line(part, given.text, numbers, quotes=quotes, is_label=part == "dispute.issue")


def _without(proposal: Proposal, stopped: frozenset[str]) -> Proposal:
    lists: dict[str, Any] = {
        name: tuple(
            line for i, line in enumerate(getattr(proposal, name)) if f"{name}[{i}]" not in stopped
        )
        for name in _LISTS
    }
    lists["actors"] = tuple(
        replace(actor, role=None) if f"actors[{i}].role" in stopped else actor
        for i, actor in enumerate(proposal.actors)
        if f"actors[{i}]" not in stopped
    )
    return replace(
        proposal,
        summary=None if "summary" in stopped else proposal.summary,
        issue=None if "dispute.issue" in stopped else proposal.issue,
        sides=tuple(
            side for i, side in enumerate(proposal.sides) if f"dispute.sides[{i}]" not in stopped
        ),
        **lists,
    )
