"""The tree that every platform renders: what a briefing's lines say and what they rest on.

It knows no mark-up: an asterisk in a run is an asterisk, and each renderer escapes for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefings.rendering.clean import clean_line

#: plain text; a name; the article's words, which the renderer puts in quotation marks; the
#: article's verb; what may recede; what kind of line it is; a link made from the source's address.
Style = Literal["plain", "strong", "quotation", "cue", "muted", "label", "link"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line in one style. Its text is cleaned: one line, no control characters."""

    style: Style
    text: str
    #: Only for a link; as `links.link_address` made it.
    url: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_line(self.text))
        if (self.style == "link") != (self.url is not None):
            raise ValueError("a link, and only a link, has an address")

    def part(self, start: int, end: int) -> Run:
        """The same style over the characters `start` to `end` of this run."""
        return Run(self.style, self.text[start:end], self.url)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the article behind a line. `number` is unique to the span within its briefing.

    `first` and `last` are the paragraphs it runs over; 0 is the article's title.
    """

    number: int
    first: int
    last: int
    quote: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "quote", clean_line(self.quote))

    @property
    def place(self) -> str:
        """Where the words stand: "¶7", "¶7–8" or "¶ title"."""
        if self.last == 0:
            return "¶ title"
        if self.first == self.last:
            return f"¶{self.first}"
        return f"¶{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the briefing. `verbatim`: its words stand so in what it cites."""

    runs: Runs
    citations: tuple[Citation, ...] = ()
    verbatim: bool = False
    #: Why the line is there, where somebody asked; see `reasons`.
    reasons: tuple[Runs, ...] = ()

    @property
    def text(self) -> str:
        """The words without any style, quotation marks included."""
        return "".join(
            f"“{run.text}”" if run.style == "quotation" else run.text for run in self.runs
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line that stands alone."""

    line: Line


@dataclass(frozen=True, slots=True)
class BulletList:
    """Lines of the same kind, one below the other."""

    lines: tuple[Line, ...]


Block = Paragraph | BulletList


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the briefing under its heading. `name` is what the command line calls it."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole briefing, ready for a platform."""

    title: str
    byline: Line
    #: To the article, where it has an address.
    link: Run | None
    sections: tuple[Section, ...]
    footer: tuple[Line, ...]
