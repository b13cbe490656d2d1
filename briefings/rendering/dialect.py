"""What the platforms with mark-up in their text share: writing rows, cutting and packing them.

Each platform brings its own marks and its own escaping; none of them is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefings.rendering.limits import size_of, split_runs
from briefings.rendering.nodes import Run, Runs, Section
from briefings.rendering.rows import Row, rows_of

#: Room kept in a chunk for its heading; our own headings are far shorter.
_HEADING_ROOM = 60


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a platform writes. `write` turns one run into escaped text with its marks."""

    write: Callable[[Run], str]
    heading: Callable[[str], str]
    bullet: str
    evidence: str
    nested_evidence: str
    #: Disarms what has a meaning only where a line begins.
    guard: Callable[[str], str] = lambda line: line

    def line(self, runs: Runs, prefix: str = "") -> str:
        """Runs as one line of the platform's text."""
        return prefix + self.guard("".join(self.write(run) for run in runs).strip())

    def rows(self, section: Section, limit: int) -> Iterator[str]:
        """The section's rows, written; one longer than `limit` characters comes in parts."""
        for row in rows_of(section):
            yield from self.parts(row.runs, limit, self._prefix(row))

    def parts(self, runs: Runs, limit: int, prefix: str = "") -> Iterator[str]:
        """`runs` as lines of at most `limit` characters."""
        for part in split_runs(runs, lambda some: size_of(self.line(some, prefix)) <= limit):
            yield self.line(part, prefix)

    def _prefix(self, row: Row) -> str:
        if row.kind == "paragraph":
            return ""
        if row.kind == "bullet":
            return self.bullet
        return self.nested_evidence if row.nested else self.evidence


def chunk_sections(dialect: Dialect, sections: Iterable[Section], limit: int) -> list[str]:
    """The sections as texts of at most `limit` characters, each opening with a heading.

    A section may have no heading. A heading is never parted from its first row; a section that
    goes over opens the next text as "(continued)".
    """
    chunks: list[str] = []
    for section in sections:
        heading = f"{dialect.heading(section.heading)}\n" if section.heading else ""
        for number, row in enumerate(dialect.rows(section, limit - _HEADING_ROOM)):
            joined = row if number else f"{heading}{row}"
            gap = "\n" if number else "\n\n"
            if chunks and size_of(chunks[-1] + gap + joined) <= limit:
                chunks[-1] += gap + joined
            elif number:
                further = f"{section.heading} (continued)".strip()
                chunks.append(f"{dialect.heading(further)}\n{row}")
            else:
                chunks.append(joined)
    return chunks


def mark(text: str, opening: str, closing: str | None = None) -> str:
    """`text` between marks, which stand close to its letters; white space stays outside."""
    words = text.strip()
    if not words:
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return f"{before}{opening}{words}{closing or opening}{after}"
