"""A briefing for a terminal: plain lines, in colour only when asked.

It writes no files and asks no terminal anything: width and colour come from the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from briefings.briefing import Briefing
from briefings.rendering.nodes import Document, Run, Runs, Style
from briefings.rendering.rows import Row, rows_of
from briefings.rendering.sections import build_document

#: Narrower, a line would hold hardly a word behind its indent.
MIN_WIDTH: Final = 32
_STYLES: Final[dict[Style, str]] = {
    "plain": "",
    "strong": "bold",
    "quotation": "",
    "cue": "italic",
    "muted": "dim",
    "label": "bold",
    "link": "underline",
}
_MARGIN = "  "


def render_text(
    briefing: Briefing,
    *,
    sections: Iterable[str] | None = None,
    width: int = 88,
    colour: bool = False,
    evidence: bool = False,
) -> str:
    """The briefing in lines of at most `width` columns, without a line feed at its end.

    Under a line that is not the article's own wording stand the words it rests on; `evidence`
    puts them under every line. Only an address may run past the width: cut, it would lead nowhere.
    """
    document = build_document(briefing, sections)
    return document_to_text(document, width=width, colour=colour, evidence=evidence)


def document_to_text(
    document: Document, *, width: int = 88, colour: bool = False, evidence: bool = False
) -> str:
    """The same for any document."""
    page = _Page(max(width, MIN_WIDTH), colour=colour)
    _write_head(page, document)
    for section in document.sections:
        page.write(Text())
        if section.heading:
            page.write(Text(section.heading.upper(), style="bold"))
        for row in rows_of(section, every_quote=evidence):
            _write_row(page, row)
    if document.footer:
        page.write(Text())
    for line in document.footer:
        page.wrap(_styled(line.runs), first="", rest="")
    return page.text()


class _Page:
    """Lines as they are written, wrapped to the width."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._width = width
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},  # NO_COLOR and its like were the caller's to read
        )

    def write(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)

    def wrap(self, line: Text, *, first: str, rest: str) -> None:
        """Write `line` behind `first`, what goes over behind `rest`, of the same length."""
        for number, piece in enumerate(line.wrap(self._console, self._width - len(first))):
            self.write(Text.assemble(rest if number else first, piece))

    def text(self) -> str:
        return self._out.getvalue().rstrip("\n")


def _write_head(page: _Page, document: Document) -> None:
    page.wrap(Text(document.title, style="bold"), first="", rest="")
    if document.byline.runs:
        page.wrap(_styled(document.byline.runs), first="", rest="")
    if document.link:
        page.write(_styled((document.link,)))


def _write_row(page: _Page, row: Row) -> None:
    line = _styled(row.runs)
    if row.kind == "bullet":
        page.wrap(line, first=f"{_MARGIN}• ", rest=_MARGIN * 2)
    elif row.kind == "paragraph":
        page.wrap(line, first=_MARGIN, rest=_MARGIN)
    else:
        line.stylize("dim")
        indent = (_MARGIN * 2 if row.nested else _MARGIN) + "> "
        page.wrap(line, first=indent, rest=indent)


def _styled(runs: Runs) -> Text:
    return Text.assemble(*((_written(run), _STYLES[run.style]) for run in runs))


def _written(run: Run) -> str:
    if run.style == "quotation":
        return f"“{run.text}”"
    # A terminal shows no link behind a word: the address itself is what a reader can open.
    return run.url if run.url is not None else run.text
