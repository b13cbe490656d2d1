"""Runs commands for whoever asked in Slack, each request once.

What goes wrong here becomes a reply as well; nobody sees a traceback or nothing at all.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot import messages
from bot.commands import CommandRequest, Commands, Form, Reply
from bot.errors import BotError
from bot.slack.to_request import Turn
from briefings.rendering.nodes import Document, Line, Paragraph, Run, Section

#: True the first time that an id is seen: (platform, tenant_id, event_id).
RememberEvent = Callable[[str, str, str], Awaitable[bool]]

_log = logging.getLogger(__name__)


class Runner:
    """Between what people do in Slack and what commands answer."""

    def __init__(self, commands: Commands, remember_event: RememberEvent) -> None:
        self._commands = commands
        self._remember_event = remember_event

    async def is_new(self, turn: Turn) -> bool:
        """Whether Slack tells us of this for the first time."""
        return await self._remember_event("slack", turn.destination.tenant_id, turn.key)

    async def run(self, request: CommandRequest) -> Reply:
        """What the command answers; a fault of our own is a reply that says so."""
        try:
            return await self._commands.run(request)
        except Exception:  # noqa: BLE001  # the asker waits: whatever it is, they are told
            _log.exception("request %s (%s) failed", request.id, request.name)
            return to_reply(messages.SLACK_FAILED.format(request=request.id))

    async def form(self, request: CommandRequest) -> Form | Reply:
        """The form that was asked for, or why there is none."""
        try:
            return await self._commands.form(request)
        except BotError as error:
            return to_reply(messages.explain(error))
        except Exception:  # noqa: BLE001  # the asker waits: whatever it is, they are told
            _log.exception("request %s (%s) failed", request.id, request.name)
            return to_reply(messages.SLACK_FAILED.format(request=request.id))


def to_reply(text: str) -> Reply:
    """A reply of one plain sentence, for the asker alone."""
    section = Section("notice", "", (Paragraph(Line((Run("plain", text),))),))
    return Reply(text, Document(messages.SLACK_TITLE, Line(()), None, (section,), ()))
