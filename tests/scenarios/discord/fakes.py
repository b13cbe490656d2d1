"""Commands that answer what was queued and remember what they were asked."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.commands import CommandRequest, Form, Reply
from briefings.rendering.nodes import BulletList, Document, Line, Paragraph, Run, Section


def document(title: str, *lines: str) -> Document:
    """A document of plain lines."""
    blocks = tuple(Paragraph(Line((Run("plain", line),))) for line in lines)
    return Document(title, Line(()), None, (Section("s", "", blocks),) if lines else (), ())


def long_document(title: str, count: int) -> Document:
    """A document of so many lines that it takes several messages."""
    line = Line((Run("plain", "The council of Brask weighed the report on the mill with care."),))
    return Document(
        title, Line(()), None, (Section("s", "Claims", (BulletList((line,) * count),)),), ()
    )


def reply(title: str = "Brask weighs the mill", **kind: object) -> Reply:
    return Reply(notice=title, document=document(title, "It did."), **kind)  # type: ignore[arg-type]


@dataclass
class FakeCommands:
    """`replies`, `forms`: given in that order, exceptions raised; `gate`: waited for before."""

    replies: deque[Reply | BaseException] = field(default_factory=deque)
    forms: deque[Form | BaseException] = field(default_factory=deque)
    suggestions: tuple[str, ...] = ()
    gate: asyncio.Event | None = None
    requests: list[CommandRequest] = field(default_factory=list)
    formed: list[CommandRequest] = field(default_factory=list)
    suggested: list[tuple[CommandRequest, str, str]] = field(default_factory=list)
    started: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, request: CommandRequest) -> Reply:
        self.requests.append(request)
        self.started.set()
        if self.gate is not None:
            await self.gate.wait()
        usual = reply(is_private=request.name != "brief")
        queued = self.replies.popleft() if self.replies else usual
        if isinstance(queued, BaseException):
            raise queued
        return queued

    async def form(self, request: CommandRequest) -> Form:
        self.formed.append(request)
        queued = self.forms.popleft()
        if isinstance(queued, BaseException):
            raise queued
        return queued

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> tuple[str, ...]:
        self.suggested.append((request, option, typed))
        return self.suggestions
