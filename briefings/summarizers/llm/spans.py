"""Turns the sentences and passages that a line names into spans of the article.

It finds words and chooses none: a passage that is not there leaves the whole sentence.
"""

from __future__ import annotations

import re

from briefings.evidence import Span
from briefings.language.reading import Reading
from briefings.verification.proposal import ProposedLine

_MOST = 4


def find_evidence(reading: Reading, line: ProposedLine) -> tuple[Span, ...]:
    """The spans that a line rests on, in the order of the text; none where it names nothing."""
    numbers = [n for n in line.quote_sentences if 0 <= n < len(reading.sentences)]
    found = {n: _passages(reading, n, line.quotes) for n in numbers}
    spans = [span for n in numbers for span in found[n] or [reading.span_of_sentence(n)]]
    distinct = {(span.start, span.end): span for span in spans}
    return tuple(sorted(distinct.values(), key=lambda span: span.start)[:_MOST])


def find_name(text: str, name: str) -> list[Span]:
    """Every place where a name stands as whole words, letter for letter."""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return [Span.of(text, m.start(), m.end()) for m in re.finditer(pattern, text)]


def _passages(reading: Reading, number: int, quotes: tuple[str, ...]) -> list[Span]:
    sentence = reading.sentences[number]
    spans = []
    for quote in quotes:
        # A line end of the article was a space in what the model saw.
        pattern = re.compile(r"\s+".join(map(re.escape, quote.split())) or r"(?!)")
        found = pattern.search(reading.text, sentence.start, sentence.end)
        if found:
            spans.append(Span.of(reading.text, found.start(), found.end()))
    return spans
