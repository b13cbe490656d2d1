"""Spans: exact characters of an article, the only thing a briefing's lines may rest on.

Decides whether words stand in a text; it does not decide what they mean.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from briefings.errors import InvalidBriefing


class Span(BaseModel):
    """Characters `start` (inclusive) to `end` (exclusive), in code points, and the words there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int
    quote: str

    @model_validator(mode="after")
    def _lengths_agree(self) -> Span:
        if self.end - self.start != len(self.quote) or not self.quote.strip():
            raise InvalidBriefing("evidence", f"{self.start}-{self.end} does not fit its quote")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` between two offsets, white space at its edges left out."""
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        quote = piece.strip()
        return cls(start=start, end=start + len(quote), quote=quote)

    def stands_in(self, text: str) -> bool:
        """Whether the quotation stands at exactly these offsets of `text`, letter for letter."""
        return text[self.start : self.end] == self.quote

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end
