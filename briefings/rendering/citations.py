"""Numbers a briefing's spans and tells whether a line's words stand in what it rests on.

Whether a span stands in the article is settled before: the briefing's constructor refuses others.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefings.briefing import Briefing
from briefings.evidence import Span
from briefings.rendering.clean import clean_line
from briefings.rendering.limits import sentences_of
from briefings.rendering.nodes import Citation
from briefings.rendering.paragraphs import number_paragraphs, paragraph_at

_EDGES = " \t\n.,;:!?…\"'“”‘’"


class CitationIndex:
    """Every span of one briefing under a number, in the order of the article, from 1."""

    def __init__(self, briefing: Briefing) -> None:
        places = sorted({(span.start, span.end) for _, span in briefing.spans()})
        self._numbers = {place: number for number, place in enumerate(places, 1)}
        self._paragraphs = number_paragraphs(briefing.text)

    def cite(self, evidence: Iterable[Span]) -> tuple[Citation, ...]:
        """Citations in the order of the article; a span inside another one adds nothing."""
        kept: list[Span] = []
        for span in sorted(set(evidence), key=lambda span: (span.start, -span.end)):
            if not kept or span.end > kept[-1].end:
                kept.append(span)
        return tuple(self._citation(span) for span in kept)

    def numbered(self) -> tuple[tuple[int, int, int], ...]:
        """All spans as (number, start, end), in the order of the article."""
        return tuple((number, *place) for place, number in self._numbers.items())

    def _citation(self, span: Span) -> Citation:
        return Citation(
            number=self._numbers[span.start, span.end],
            first=paragraph_at(self._paragraphs, span.start),
            last=paragraph_at(self._paragraphs, span.end - 1),
            quote=span.quote,
        )


def is_verbatim(text: str, evidence: Iterable[Span]) -> bool:
    """Whether each sentence of `text` stands in one span, but for case and marks at its edges."""
    sources = [_folded(span.quote) for span in evidence]
    return all(
        any(_stands_in(folded, source) for source in sources)
        for sentence in sentences_of(text)
        if (folded := _folded(sentence))
    )


def is_told(quote: str, line: str) -> bool:
    """Whether a line holds a whole quotation already, so that printing it again adds nothing."""
    return _stands_in(_folded(quote), _folded(line))


def _folded(text: str) -> str:
    return clean_line(text).casefold().strip(_EDGES)


def _stands_in(words: str, source: str) -> bool:
    """Whole words only: "art" does not stand in "article"."""
    start = source.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_in_word(source[start - 1 : start]) or _in_word(source[end : end + 1])):
            return True
        start = source.find(words, start + 1)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
