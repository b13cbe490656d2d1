"""Counts an article's paragraphs: the numbers behind ¶ on every platform and on the page.

It finds places by their offsets; it does not know what is cited there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from briefings.article import PARAGRAPH_BREAK


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph as code-point offsets into the article; `number` 0 is the title."""

    number: int
    start: int
    end: int


def number_paragraphs(text: str) -> tuple[Stretch, ...]:
    """The paragraphs of `text`, in order; empty ones are not counted."""
    stretches: list[Stretch] = []
    start = 0
    for piece in text.split(PARAGRAPH_BREAK):
        if piece.strip():
            stretches.append(Stretch(len(stretches), start, start + len(piece)))
        start += len(piece) + len(PARAGRAPH_BREAK)
    return tuple(stretches)


def paragraph_at(stretches: tuple[Stretch, ...], offset: int) -> int:
    """The number of the paragraph that holds the character at `offset`."""
    position = bisect_right(stretches, offset, key=lambda stretch: stretch.start) - 1
    return stretches[max(position, 0)].number
