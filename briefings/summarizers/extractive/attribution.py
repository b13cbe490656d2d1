"""The value that the claims are made of: a source, the cue that carries it, and the content.

It finds nothing itself (`attributing` does) and holds places in the text, not people.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefings.briefing import ClaimKind
from briefings.summarizers.extractive.cues import Frame

#: First and last word, both included.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`, with its main word `source_head`), by which cue, is said to say `content`.

    All are ranges of words of the reading.
    """

    cue: Range
    frame: Frame
    kind: ClaimKind
    source: Range
    source_head: int
    content: tuple[Range, ...]
    is_negated: bool = False

    @property
    def first(self) -> int:
        """The word at which source, cue or content begins, whichever stands first."""
        return min(self.source[0], self.cue[0], *(first for first, _ in self.content))

    @property
    def content_length(self) -> int:
        """How many words the content has."""
        return sum(last - first + 1 for first, last in self.content)
