"""The briefing: its parts and the rules that none of them may break.

Every type is frozen and refuses nonsense when it is built, so a briefing that exists is one whose
lines all rest on the article's own words. It knows neither how it was made nor how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from briefings.errors import FallbackReason, InvalidBriefing
from briefings.evidence import Span

#: A longer issue is a story, not a noun phrase.
MAX_ISSUE_WORDS = 25
MAX_STAKES = 6
#: Of a dispute: fewer are none, more are a list.
MIN_SIDES, MAX_SIDES = 2, 3
#: Summary, dispute, stakes and unknowns together print in at most this many words.
MAX_WORDS = 260

ActorType = Literal["person", "organization", "state", "group"]
ClaimKind = Literal[
    "accuse",
    "deny",
    "demand",
    "refuse",
    "warn",
    "threaten",
    "support",
    "propose",
    "decide",
    "state",
]
StakeStatus = Literal["happening", "risk", "next"]
Evidence = Annotated[tuple[Span, ...], Field(min_length=1)]
Line = Annotated[str, Field(min_length=1)]
Translation = Annotated[
    str | None,
    Field(description="a model's, into `engine.language`; its wording is unchecked"),
]


class _Part(BaseModel):
    # A part is always written with all its fields, and the schema promises so.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_serialization_defaults_required=True,
    )


class Source(_Part):
    """Where the article came from and which text it was."""

    url: str | None = None
    title: Line
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: Annotated[date | datetime | None, Field(union_mode="left_to_right")] = None
    retrieved: datetime
    language: str
    sha256: str


class Summary(_Part):
    """One or two neutral sentences."""

    text: Line
    translation: Translation = None
    evidence: Evidence


class Actor(_Part):
    """Who speaks, acts or is acted on."""

    id: Line
    name: Line
    aliases: tuple[str, ...] = ()
    type: ActorType
    role: str | None = None
    translation: Translation = None  # of the role
    affiliation: str | None = Field(default=None, description="id of another actor")
    salience: float = Field(ge=0, le=1)
    mentions: int = Field(ge=1)
    evidence: Evidence


class Side(_Part):
    """Actors who share a position in the dispute."""

    label: Line
    actors: tuple[str, ...] = Field(default=(), description="actor ids")
    position: str | None = Field(default=None, description="None where the article gives none")
    translation: Translation = None  # of the position
    evidence: Evidence


class Dispute(_Part):
    """What is fought over, and who stands where; the lead party first."""

    issue: Line
    translation: Translation = None  # of the issue
    sides: Annotated[tuple[Side, ...], Field(min_length=MIN_SIDES, max_length=MAX_SIDES)]
    evidence: Evidence

    @model_validator(mode="after")
    def _issue_is_short(self) -> Self:
        if len(self.issue.split()) > MAX_ISSUE_WORDS:
            raise InvalidBriefing("dispute.issue", f"more than {MAX_ISSUE_WORDS} words")
        return self


class Claim(_Part):
    """One attributed statement, in the article's words."""

    speaker: str | None = Field(default=None, description="actor id")
    speaker_text: Line
    kind: ClaimKind
    verb: Line
    text: Line
    translation: Translation = None
    quoted: bool
    via: str | None = Field(default=None, description="the outlet that carried it")
    about: tuple[str, ...] = Field(default=(), description="actor ids")
    evidence: Evidence


class Stake(_Part):
    """What follows or could follow, and whose view that is."""

    text: Line
    translation: Translation = None
    status: StakeStatus
    according_to: str | None = Field(default=None, description="actor id")
    actors: tuple[str, ...] = Field(default=(), description="actor ids")
    evidence: Evidence


class Event(_Part):
    """Something that happened, or will, at a time the article names."""

    when: Line
    date: Annotated[str | None, Field(description="ISO date, month or year; resolved")] = None
    text: Line
    translation: Translation = None
    evidence: Evidence


class Unknown(_Part):
    """What the article itself says is unknown, unconfirmed or unanswered."""

    text: Line
    translation: Translation = None
    evidence: Evidence


class Figure(_Part):
    """A number, what it counts, and whose number it is."""

    text: Line
    translation: Translation = None
    value: float
    unit: str | None = None
    according_to: str | None = Field(default=None, description="actor id")
    evidence: Evidence


class Dropped(_Part):
    """A line that was proposed and not kept."""

    part: str
    reason: str


class Checks(_Part):
    """What the verification did: lines proposed, kept, and dropped with the reason."""

    proposed: int = Field(ge=0)
    kept: int = Field(ge=0)
    dropped: tuple[Dropped, ...] = ()
    mended: int = Field(default=0, ge=0, description="kept only after a model put them right")


class Usage(_Part):
    """What asking a model took: exchanges with it and tokens, as its provider counts them."""

    exchanges: int = Field(ge=0)
    tokens_in: int = Field(ge=0)
    tokens_out: int = Field(ge=0)
    cost: float | None = Field(
        default=None, description="US dollars, estimated; null where no price is known"
    )


class Engine(_Part):
    """Who wrote the briefing."""

    name: str
    version: str
    model: str | None = None
    prompt: str | None = Field(default=None, description="version of the prompt a model was given")
    fallback: FallbackReason | None = Field(
        default=None, description="why this engine stands in for the model that was asked for"
    )
    language: str | None = Field(
        default=None, description="ISO 639-1 code of the translations; null where there are none"
    )
    usage: Usage | None = Field(default=None, description="what asking the model took")
    checks: Checks


class Briefing(_Part):
    """The structured result. See each part for what it holds."""

    schema_: Literal["briefing/1"] = Field(default="briefing/1", alias="schema")
    source: Source
    text: str
    summary: Summary
    contested: bool
    actors: tuple[Actor, ...] = ()
    dispute: Dispute | None = None
    claims: tuple[Claim, ...] = ()
    stakes: Annotated[tuple[Stake, ...], Field(max_length=MAX_STAKES)] = ()
    timeline: tuple[Event, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    figures: tuple[Figure, ...] = ()
    engine: Engine

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        # Every span counts from the first character of `text`, white space or not.
        str_strip_whitespace=False,
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.contested != (self.dispute is not None):
            raise InvalidBriefing("contested", "a dispute is given exactly when there is one")
        self._check_references()
        for part, span in self.spans():
            if not span.stands_in(self.text):
                raise InvalidBriefing(part, f"not in the article: {span.quote!r}")
        return self

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span with the path of the part it supports, such as `claims[3]`."""
        yield from (("summary", span) for span in self.summary.evidence)
        if self.dispute:
            yield from (("dispute", span) for span in self.dispute.evidence)
            for i, side in enumerate(self.dispute.sides):
                yield from ((f"dispute.sides[{i}]", span) for span in side.evidence)
        for name in ("actors", "claims", "stakes", "timeline", "unknowns", "figures"):
            for i, part in enumerate(getattr(self, name)):
                yield from ((f"{name}[{i}]", span) for span in part.evidence)

    def references(self) -> Iterator[tuple[str, str]]:
        """Every actor id that a part refers to, with the path of that part."""
        for i, actor in enumerate(self.actors):
            if actor.affiliation:
                yield f"actors[{i}].affiliation", actor.affiliation
        for i, side in enumerate(self.dispute.sides if self.dispute else ()):
            yield from ((f"dispute.sides[{i}].actors", ref) for ref in side.actors)
        for i, claim in enumerate(self.claims):
            if claim.speaker:
                yield f"claims[{i}].speaker", claim.speaker
            yield from ((f"claims[{i}].about", ref) for ref in claim.about)
        for i, stake in enumerate(self.stakes):
            if stake.according_to:
                yield f"stakes[{i}].according_to", stake.according_to
            yield from ((f"stakes[{i}].actors", ref) for ref in stake.actors)
        for i, figure in enumerate(self.figures):
            if figure.according_to:
                yield f"figures[{i}].according_to", figure.according_to

    def _check_references(self) -> None:
        known = {actor.id for actor in self.actors}
        if len(known) != len(self.actors):
            raise InvalidBriefing("actors", "two actors share an id")
        for path, ref in self.references():
            if ref not in known:
                raise InvalidBriefing(path, f"no actor has the id {ref!r}")

    def actor(self, ref: str) -> Actor:
        """The actor with this id."""
        return next(actor for actor in self.actors if actor.id == ref)

    def printed_words(self) -> int:
        """Words of summary, dispute, stakes and unknowns as they print: what MAX_WORDS bounds."""
        lines = [self.summary.translation or self.summary.text]
        lines += [stake.translation or stake.text for stake in self.stakes]
        lines += [unknown.translation or unknown.text for unknown in self.unknowns]
        if self.dispute:
            lines.append(self.dispute.translation or self.dispute.issue)
            lines += [side.translation or side.position or "" for side in self.dispute.sides]
        return sum(len(line.split()) for line in lines)
