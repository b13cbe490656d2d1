"""The explanation beside a briefing: for each line what proposed it and from which words.

Made only where somebody asks, by whatever engine; no part of the briefing's JSON. It judges no line
and is worded for whoever debugs the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from briefings.briefing import (
    Actor,
    Briefing,
    Claim,
    Dispute,
    Event,
    Figure,
    Line,
    Side,
    Stake,
    Summary,
    Unknown,
)
from briefings.errors import InvalidBriefing
from briefings.evidence import Span

#: Whatever prints as one line of a briefing.
BriefingLine = Summary | Dispute | Side | Stake | Claim | Event | Unknown | Actor | Figure
_LISTS = ("stakes", "claims", "timeline", "unknowns", "actors", "figures")


class _Value(BaseModel):
    # Built with the first explanation: whoever wants none doesn't wait for it.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        json_schema_serialization_defaults_required=True,
    )


class Reason(_Value):
    """One thing that speaks for a line, or against one that was left out."""

    about: Line = Field(description='what it decided: "line", "speaker", "kind", "role", …')
    rule: Line = Field(description="what was seen, in plain words")
    where: tuple[Line, ...] = Field(
        min_length=1, description="functions, lexicon entries or prompts that decided"
    )
    words: tuple[Span, ...] = Field(default=(), description="the article's words it was seen in")
    weight: float | None = Field(default=None, description="points, where the rule gives any")


class ExplainedLine(_Value):
    """The reasons for one line; `part` is its path in the briefing, such as `claims[3]`."""

    part: Line
    reasons: tuple[Reason, ...]


class LeftOut(_Value):
    """A line that was proposed and is not in the briefing; `section` is where it was due."""

    section: Line
    text: Line
    reasons: tuple[Reason, ...] = Field(min_length=1)


class Explanation(_Value):
    """Why the lines of one briefing are there, in the order of its JSON, and what is not there."""

    schema_: Literal["explanation/1"] = Field(default="explanation/1", alias="schema")
    lines: tuple[ExplainedLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    def reasons_for(self, part: str) -> tuple[Reason, ...]:
        """The reasons for the line at a path; none where nothing is known of it."""
        return next((line.reasons for line in self.lines if line.part == part), ())

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span with the path of the line, or the section of what was left out."""
        for line in self.lines:
            yield from ((line.part, span) for why in line.reasons for span in why.words)
        for lost in self.left_out:
            yield from ((lost.section, span) for why in lost.reasons for span in why.words)


class Explained(_Value):
    """A briefing with its explanation; InvalidBriefing where the two do not fit."""

    briefing: Briefing
    explanation: Explanation

    @model_validator(mode="after")
    def _fit(self) -> Self:
        paths = {path for path, _ in lines_of(self.briefing)} | {"dispute"}
        for line in self.explanation.lines:
            if line.part not in paths:
                raise InvalidBriefing("explanation", f"no such line: {line.part}")
        for part, span in self.explanation.spans():
            if not span.stands_in(self.briefing.text):
                raise InvalidBriefing(f"explanation of {part}", f"not there: {span.quote!r}")
        return self


def lines_of(briefing: Briefing) -> Iterator[tuple[str, BriefingLine]]:
    """Every line of a briefing with its path, section after section; no line for no dispute."""
    yield "summary", briefing.summary
    if briefing.dispute:
        yield "dispute", briefing.dispute
        for i, side in enumerate(briefing.dispute.sides):
            yield f"dispute.sides[{i}]", side
    for name in _LISTS:
        for i, part in enumerate(getattr(briefing, name)):
            yield f"{name}[{i}]", part
