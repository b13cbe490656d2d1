"""Builds what the asker sees: documents of lines, and the buttons below a briefing.

The sentences come from `messages`; the platform's marks come from its renderer.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.values import Button, Reply
from bot.messages.commands import OPEN_ARTICLE, SECTION_BUTTONS
from briefings.rendering.nodes import BulletList, Document, Line, Paragraph, Run, Section


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


def buttons_for(briefing_id: str, url: str | None) -> tuple[Button, ...]:
    """Below a briefing: its sections, its evidence, and the way to the article."""
    shown = tuple(
        Button(label, "show", f"{briefing_id} {section}")
        for label, section in SECTION_BUTTONS.items()
    )
    return (*shown, Button(OPEN_ARTICLE, url=url)) if url else shown
