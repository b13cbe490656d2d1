"""Builds what the asker sees: documents of lines, and the buttons below a briefing.

The sentences come from `messages`; the platform's marks come from its renderer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.commands.values import Button, Reply
from briefings.briefing import Briefing
from briefings.rendering.nodes import BulletList, Document, Line, Paragraph, Run, Section
from briefings.rendering.sections import build_document

#: What stands in the channel; the rest is in the thread or behind buttons.
TOP_SECTIONS = ("summary", "dispute", "stakes")
DETAIL_SECTIONS = ("claims", "timeline", "unknowns", "actors", "figures")
#: What a button is called, and the section that it asks for.
_DETAILS = {
    "Claims": "claims",
    "Timeline": "timeline",
    "Actors": "actors",
    "Unknowns": "unknowns",
    "Evidence": "evidence",
}
OPEN_ARTICLE = "Open article"


def tell(title: str, *lines: str, bullets: Iterable[str] = ()) -> Document:
    """A document of plain sentences; nothing in them is mark-up."""
    blocks = [Paragraph(line_of(line)) for line in lines]
    listed = tuple(line_of(line) for line in bullets)
    body = (*blocks, *((BulletList(listed),) if listed else ()))
    sections = (Section("reply", "", body),) if body else ()
    return Document(title=title, byline=Line(()), link=None, sections=sections, footer=())


def line_of(text: str) -> Line:
    return Line((Run("plain", text),))


def reply_with(title: str, *lines: str, bullets: Iterable[str] = ()) -> Reply:
    """A private reply of plain sentences."""
    return Reply(notice=title, document=tell(title, *lines, bullets=bullets))


def top_of(briefing: Briefing) -> Document:
    """What a briefing shows in the channel."""
    present = [
        name for name in TOP_SECTIONS if name != "stakes" or briefing.stakes
    ]  # asked for by name, an empty section would say that it is empty
    return build_document(briefing, present)


def details_of(briefing: Briefing) -> Document | None:
    """What a briefing shows in the thread below; None where nothing is left to show."""
    held = {
        "claims": briefing.claims,
        "timeline": briefing.timeline,
        "unknowns": briefing.unknowns,
        "actors": briefing.actors,
        "figures": briefing.figures,
    }
    present = [name for name in DETAIL_SECTIONS if held[name]]
    return build_document(briefing, present) if present else None


def buttons_for(briefing_id: str, url: str | None) -> tuple[Button, ...]:
    """Below a briefing: its sections, its evidence, and the way to the article."""
    shown = tuple(
        Button(label, "show", f"{briefing_id} {section}") for label, section in _DETAILS.items()
    )
    return (*shown, Button(OPEN_ARTICLE, url=url)) if url else shown


def in_lines(names: Sequence[str]) -> str:
    return ", ".join(names)
