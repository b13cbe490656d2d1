"""Flattens a section into rows for platforms that print one line below the other.

It decides where the article's words are shown; how a row looks is each platform's matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefings.rendering.citations import is_told
from briefings.rendering.nodes import Block, Line, Paragraph, Run, Runs, Section


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line. `evidence` rows hold the article's words behind the row above them.

    `reason` rows say why the line is there, where it carries reasons. `nested`: the row belongs
    to a bullet rather than to a paragraph.
    """

    kind: Literal["paragraph", "bullet", "evidence", "reason"]
    runs: Runs
    nested: bool = False


def rows_of(section: Section, *, every_quote: bool = False) -> Iterator[Row]:
    """The rows of a section.

    A line whose words are the article's own gets the mark of their paragraph; any other is
    followed by the words it rests on. `every_quote`: they follow each line.
    """
    for block in section.blocks:
        for kind, line in _lines_of(block):
            yield from _rows_of_line(line, kind, every_quote=every_quote)


def _lines_of(block: Block) -> Iterator[tuple[Literal["paragraph", "bullet"], Line]]:
    if isinstance(block, Paragraph):
        yield "paragraph", block.line
    else:
        yield from (("bullet", line) for line in block.lines)


def _rows_of_line(
    line: Line, kind: Literal["paragraph", "bullet"], *, every_quote: bool
) -> Iterator[Row]:
    quoted = [
        citation
        for citation in line.citations
        if every_quote or not (line.verbatim or is_told(citation.quote, line.text))
    ]
    marked = [citation.place for citation in line.citations if citation not in quoted]
    mark = (Run("plain", " "), Run("muted", ", ".join(dict.fromkeys(marked)))) if marked else ()
    yield Row(kind, (*line.runs, *mark))
    for citation in quoted:
        words = (Run("plain", f"{citation.quote} "), Run("muted", citation.place))
        yield Row("evidence", words, nested=kind == "bullet")
    for reason in line.reasons:
        yield Row("reason", reason, nested=kind == "bullet")
