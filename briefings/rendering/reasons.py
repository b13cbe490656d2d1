"""Puts the reasons for its lines into the tree of a briefing, and what was left out at its end.

It prints reasons as they were given and finds none; the lines themselves stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from briefings.briefing import Briefing
from briefings.evidence import Span
from briefings.explanation import Explanation, LeftOut, Reason, lines_of
from briefings.rendering import wording
from briefings.rendering.nodes import (
    Block,
    BulletList,
    Document,
    Line,
    Paragraph,
    Run,
    Runs,
    Section,
)

#: Of a longer quotation or text only both ends are shown, in characters; more quotations are only
#: counted.
_LONGEST_QUOTE: Final = 60
_LONGEST_TEXT: Final = 160
_MOST_QUOTES: Final = 6


def with_reasons(document: Document, briefing: Briefing, explanation: Explanation) -> Document:
    """The document of a briefing with the reasons in its lines, and a section of what is left out.

    What was left out is told for the sections that the document has.
    """
    sections = [_explained(section, briefing, explanation) for section in document.sections]
    shown = {section.name for section in sections}
    lost = tuple(_left_out(x) for x in explanation.left_out if x.section in shown)
    if lost:
        sections.append(Section("left_out", wording.LEFT_OUT, (BulletList(lost),)))
    return replace(document, sections=tuple(sections))


def _explained(section: Section, briefing: Briefing, explanation: Explanation) -> Section:
    paths = _paths(briefing, section.name)
    blocks = tuple(_with_reasons(block, paths, explanation) for block in section.blocks)
    return replace(section, blocks=blocks)


def _paths(briefing: Briefing, name: str) -> Iterator[str]:
    """The paths of a section's lines, which stand in this order; its name where it has none."""
    paths = [path for path, _ in lines_of(briefing) if path.startswith(name)]
    return iter(paths or [name])


def _with_reasons(block: Block, paths: Iterator[str], explanation: Explanation) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_with_its_own(block.line, paths, explanation))
    return BulletList(tuple(_with_its_own(line, paths, explanation) for line in block.lines))


def _with_its_own(line: Line, paths: Iterator[str], explanation: Explanation) -> Line:
    return replace(line, reasons=tuple(map(_runs, explanation.reasons_for(next(paths)))))


def _left_out(lost: LeftOut) -> Line:
    heading = Run("label", f"{wording.HEADINGS.get(lost.section, lost.section)}:")
    text = Run("plain", f" {_cut(lost.text, _LONGEST_TEXT)}")
    return Line((heading, text), reasons=tuple(map(_runs, lost.reasons)))


def _runs(reason: Reason) -> Runs:
    """As in "kind: the cue’s own: “said” (2 points) [lexicons/cues.toml: say.state]"."""
    points = "" if reason.weight is None else f" ({_say_points(reason.weight)})"
    return (
        Run("label", f"{reason.about}:"),
        Run("plain", f" {reason.rule}{_quotes(reason.words)}{points} "),
        Run("muted", f"[{'; '.join(reason.where)}]"),
    )


def _say_points(weight: float) -> str:
    return "1 point" if weight == 1 else f"{weight:g} points"


def _quotes(words: tuple[Span, ...]) -> str:
    quoted = [f"“{_cut(span.quote, _LONGEST_QUOTE)}”" for span in words[:_MOST_QUOTES]]
    more = f" and {len(words) - len(quoted)} more" if len(words) > len(quoted) else ""
    return f": {', '.join(quoted)}{more}" if quoted else ""


def _cut(text: str, longest: int) -> str:
    """The text, without its middle where it is too long: both ends tell where it stands."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
