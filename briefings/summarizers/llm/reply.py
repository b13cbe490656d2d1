"""The answer that a model must give: lines that name their sentences and copy from them.

It says how an answer is shaped; whether it is true is for the verification.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from briefings.briefing import ActorType, ClaimKind, StakeStatus
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedClaim,
    ProposedEvent,
    ProposedFigure,
    ProposedLine,
    ProposedSide,
    ProposedStake,
    ProposedUnknown,
)

Numbers = Annotated[list[int], Field(description="numbers of the sentences that it rests on")]
Quotes = Annotated[list[str], Field(description="passages of them, copied letter for letter")]


class _Shape(BaseModel):
    # What a model adds of its own accord is no reason to ask it again.
    model_config = ConfigDict(frozen=True, extra="ignore")


class LineReply(_Shape):
    """A line and what it rests on."""

    text: str
    sentences: Numbers
    quotes: Quotes = []
    translation: str | None = None


class ActorReply(LineReply):
    """Who speaks, acts or is acted on; `text` is the name."""

    type: ActorType
    role: str | None = None
    aliases: list[str] = []
    affiliation: str | None = None


class SideReply(LineReply):
    """A side of the dispute; `text` is its position."""

    label: str
    actors: list[str] = []


class ClaimReply(LineReply):
    """One attributed statement; `text` is what was said."""

    speaker: str
    verb: str
    kind: ClaimKind
    about: list[str] = []
    via: str | None = None


class StakeReply(LineReply):
    """What follows or could follow."""

    status: StakeStatus
    according_to: str | None = None
    actors: list[str] = []


class EventReply(LineReply):
    """What happened or will at a time that the article names."""

    when: str
    date: str | None = None


class FigureReply(LineReply):
    """A number and what it counts."""

    value: float
    unit: str | None = None
    according_to: str | None = None


class Mend(LineReply):
    """A line put right, under the `part` that it had, with what else of it changed."""

    part: str
    speaker: str | None = None
    verb: str | None = None
    label: str | None = None
    according_to: str | None = None
    when: str | None = None
    date: str | None = None
    value: float | None = None


class Repair(_Shape):
    """The lines that can be put right; the others are left out."""

    lines: list[Mend] = []


class Reply(_Shape):
    """A whole answer: a briefing of the article, or of one part of it."""

    summary: LineReply
    contested: bool
    issue: LineReply | None = None
    sides: list[SideReply] = []
    actors: list[ActorReply] = []
    claims: list[ClaimReply] = []
    stakes: list[StakeReply] = []
    timeline: list[EventReply] = []
    unknowns: list[LineReply] = []
    figures: list[FigureReply] = []


def to_proposal(reply: Reply) -> Proposal:
    """The answer as values that the verification takes; nothing of it is judged here."""
    return Proposal(
        summary=ProposedLine(**_line(reply.summary)),
        contested=reply.contested,
        issue=ProposedLine(**_line(reply.issue)) if reply.issue else None,
        sides=tuple(
            ProposedSide(**_line(s), label=s.label, actors=tuple(s.actors)) for s in reply.sides
        ),
        actors=tuple(map(_to_actor, reply.actors)),
        claims=tuple(map(_to_claim, reply.claims)),
        stakes=tuple(map(_to_stake, reply.stakes)),
        timeline=tuple(
            ProposedEvent(**_line(e), when=e.when.strip(), date=e.date) for e in reply.timeline
        ),
        unknowns=tuple(ProposedUnknown(**_line(u)) for u in reply.unknowns),
        figures=tuple(
            ProposedFigure(
                **_line(f), value=f.value, unit=f.unit or None, according_to=f.according_to or None
            )
            for f in reply.figures
        ),
    )


def _line(line: LineReply) -> dict[str, Any]:
    return {
        "text": " ".join(line.text.split()),
        "quote_sentences": tuple(dict.fromkeys(line.sentences)),
        "quotes": tuple(line.quotes),
        "translation": " ".join((line.translation or "").split()) or None,
    }


def _to_actor(actor: ActorReply) -> ProposedActor:
    return ProposedActor(
        **_line(actor),
        type=actor.type,
        role=actor.role or None,
        aliases=tuple(actor.aliases),
        affiliation=actor.affiliation or None,
    )


def _to_claim(claim: ClaimReply) -> ProposedClaim:
    return ProposedClaim(
        **_line(claim),
        speaker_name=claim.speaker.strip(),
        verb=claim.verb.strip(),
        kind=claim.kind,
        about=tuple(claim.about),
        via=claim.via or None,
    )


def _to_stake(stake: StakeReply) -> ProposedStake:
    return ProposedStake(
        **_line(stake),
        status=stake.status,
        according_to=stake.according_to or None,
        actors=tuple(stake.actors),
    )
