"""What a briefing was made from, together: all that its reasons may look at."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.parties import Parties


@dataclass(frozen=True, slots=True)
class Made:
    """What a briefing was made from; `weighed` are all who could be actors, heaviest first."""

    reading: Reading
    cast: Cast
    statements: tuple[Statement, ...]
    weighed: tuple[Chosen, ...]
    chosen: tuple[Chosen, ...]
    parties: Parties

    def member(self, ref: str) -> Member:
        """The member with this id in the briefing."""
        return next(c.member for c in self.chosen if c.id == ref)
