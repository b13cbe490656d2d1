"""A briefing as CommonMark, for documents and issues.

Whatever the article brings along is text here: no mark-up, tag or address of its own takes effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from briefings.briefing import Briefing
from briefings.rendering.dialect import Dialect, mark
from briefings.rendering.nodes import Run, Runs, Section
from briefings.rendering.rows import rows_of
from briefings.rendering.sections import build_document

#: Punctuation with a meaning inside a line (CommonMark 0.31, section 2.4, and GitHub's additions).
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|$#])")
#: What GitHub's extension turns into a link by itself: addresses and mail.
_AUTOLINK = re.compile(r"(?i)(?<=http)s?:(?=//)|(?<=ftp):(?=//)|(?<=www)\.|@(?=\w)")
#: What has a meaning only where a line begins: lists, headings, thematic breaks.
_LINE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")


def render_markdown(briefing: Briefing, *, sections: Iterable[str] | None = None) -> str:
    """The briefing as CommonMark, without a line feed at its end."""
    document = build_document(briefing, sections)
    head = [f"# {MARKDOWN.line((Run('plain', document.title),))}"]
    about: Runs = document.byline.runs
    if document.link:
        about = (*about, *((Run("plain", " · "),) if about else ()), document.link)
    if about:
        head.append(MARKDOWN.line(about))
    body = [block for section in document.sections for block in _blocks(section)]
    footer = [MARKDOWN.line(line.runs) for line in document.footer]
    return "\n\n".join([*head, *body, "---", *footer])


def _blocks(section: Section) -> list[str]:
    """The heading, then paragraphs and lists, each to be set off by a blank line."""
    blocks = [MARKDOWN.heading(section.heading)]
    previous = ""
    for row in rows_of(section):
        kind = "bullet" if row.kind == "bullet" or row.nested else row.kind
        written = MARKDOWN.line(row.runs, _prefix(row.kind, nested=row.nested))
        if kind == previous == "bullet":
            blocks[-1] += ("\n\n" if row.kind == "evidence" else "\n") + written
        else:
            blocks.append(written)
        previous = kind
    return blocks


def _prefix(kind: str, *, nested: bool) -> str:
    if kind == "evidence":
        return MARKDOWN.nested_evidence if nested else MARKDOWN.evidence
    return MARKDOWN.bullet if kind == "bullet" else ""


def escape_markdown(text: str) -> str:
    """`text` so that CommonMark and GitHub print it as it stands."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _AUTOLINK.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", escaped)


def _guard(line: str) -> str:
    return _LINE_START.sub(_escape_start, line)


def _escape_start(match: re.Match[str]) -> str:
    # A number keeps its digits: it is the point behind them that makes a list of it.
    return f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}"


def _write(run: Run) -> str:
    text = escape_markdown(run.text)
    match run.style:
        case "strong" | "label":
            return mark(text, "**")
        case "cue":
            return mark(text, "*")
        case "quotation":
            return f"“{text}”"
        case "link":
            # Inside <> only a character reference could still change the address.
            return f"[{text}](<{(run.url or '').replace('&', '&amp;')}>)"
        case _:
            return text


MARKDOWN: Final = Dialect(
    write=_write,
    heading=lambda text: f"## {text}",
    bullet="- ",
    evidence="> ",
    nested_evidence="  > ",
    guard=_guard,
)
