"""What happens when somebody does something in Slack: acknowledged first, worked on after.

It translates and decides nothing: commands do.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import messages
from bot.commands import FORM, CommandRequest, Reply
from bot.slack import to_request
from bot.slack.answers import Answers
from bot.slack.modals import Modals
from bot.slack.running import Runner
from bot.slack.to_blocks import FORM_ID, LINK, PRESS, SHORTCUT_ID
from bot.slack.to_request import Turn
from bot.slack.work import Workers
from briefings.rendering.nodes import Line, Paragraph, Run, Section

Payload = dict[str, Any]
#: Deletes what is kept of a tenant: (platform, tenant_id).
ForgetTenant = Callable[[str, str], Awaitable[None]]

#: Seconds after which the asker is told that work goes on.
PATIENCE: Final = 1.0

_log = logging.getLogger(__name__)


class Listeners:
    """Everything that Slack sends us, each kind with its own method.

    Briefings wait in one line; what must open within 3 s has a line of its own.
    """

    def __init__(
        self,
        runner: Runner,
        answers: Answers,
        modals: Modals,
        *,
        forget_tenant: ForgetTenant,
        patience: float = PATIENCE,
        workers: Workers | None = None,
        quick: Workers | None = None,
    ) -> None:
        self._runner = runner
        self._answers = answers
        self._modals = modals
        self._forget_tenant = forget_tenant
        self._patience = patience
        self._workers = workers or Workers()
        self._quick = quick or Workers()

    def register(self, app: AsyncApp) -> None:
        """Name to bolt what we listen to: the same as in config/slack-manifest.yaml."""
        app.command("/brief")(self.on_slash)
        app.command("/briefing")(self.on_slash)
        app.shortcut(SHORTCUT_ID)(self.on_shortcut)
        app.action(re.compile(rf"^{re.escape(PRESS)}\."))(self.on_press)
        app.action(re.compile(rf"^{re.escape(LINK)}\."))(self.on_link)
        app.view(FORM_ID)(self.on_submission)
        app.event("app_home_opened")(self.on_home)
        app.event("app_uninstalled")(self.on_uninstalled)
        app.event("tokens_revoked")(self.on_revoked)
        # Last, what we know nothing of: Slack sends again what nobody acknowledges, and shows
        # whoever pressed an old button a warning.
        everything = re.compile("")
        app.command(everything)(self.on_other)
        app.event(everything)(self.on_other)
        app.action(everything)(self.on_other)
        app.shortcut(everything)(self.on_other)
        app.view(everything)(self.on_other)

    async def finish(self, within: float) -> int:
        """Wait up to `within` seconds for what was begun; how much had to be cut short."""
        counts = await asyncio.gather(self._workers.finish(within), self._quick.finish(within))
        return sum(counts)

    async def on_slash(self, ack: AsyncAck, body: Payload) -> None:
        """/brief shows at once that work goes on; most of /briefing answers before that helps."""
        turn = to_request.to_turn(body)
        request = to_request.from_slash(turn, body)
        is_brief = request.name == "brief"
        work = self._answer(turn, request, patience=None if is_brief else self._patience)
        if not self._workers.start(work):
            await ack(messages.SLACK_BUSY)
        elif is_brief:
            await ack(messages.SLACK_READING)
        else:
            await ack()

    async def on_shortcut(self, ack: AsyncAck, body: Payload) -> None:
        """The shortcut on a message: its first link is briefed."""
        await ack()
        turn = to_request.to_turn(body)
        request = to_request.from_shortcut(turn, body)
        if request:
            self._begin(turn, self._answer(turn, request, patience=0))
        else:
            self._quick.start(self._answers.say(turn, messages.SLACK_NO_LINK))

    async def on_press(self, ack: AsyncAck, body: Payload) -> None:
        """A button: answered only to whoever pressed it."""
        await ack()
        turn = to_request.to_turn(body)
        request = to_request.from_press(turn, body)
        if request.name == FORM:
            self._quick.start(self._modals.open_form(turn, request))
        elif request.name and (turn.view_id or turn.is_home):
            self._quick.start(self._modals.show_reply(turn, request))
        elif request.name:
            patience = self._patience
            self._begin(turn, self._answer(turn, request, patience=patience, is_private=True))

    async def on_link(self, ack: AsyncAck) -> None:
        """Slack opened the button's link, and wants to hear that we know."""
        await ack()

    async def on_other(self, ack: AsyncAck) -> None:
        """Nothing of ours: another version's button, or an event that the manifest lacks."""
        await ack()

    async def on_submission(self, ack: AsyncAck, body: Payload) -> None:
        """A form was sent; its modal shows the answer."""
        turn = to_request.to_turn(body)
        request = to_request.from_submission(turn, body)
        view = body.get("view") or {}
        await self._modals.submit(turn, request, view, ack=ack, workers=self._workers)

    async def on_home(self, body: Payload) -> None:
        """The App Home was opened; its other tabs are none of ours."""
        if body.get("event", {}).get("tab", "home") == "home":
            turn = to_request.to_home_turn(body)
            self._quick.start(self._show_home(turn))

    async def on_uninstalled(self, body: Payload) -> None:
        """The app was removed: nothing of the workspace is kept."""
        self._workers.start(self._forget(body))

    async def on_revoked(self, body: Payload) -> None:
        """Tokens were revoked; only the bot's own ends our work there."""
        if body.get("event", {}).get("tokens", {}).get("bot"):
            self._workers.start(self._forget(body))

    async def _forget(self, body: Payload) -> None:
        await self._forget_tenant("slack", to_request.tenant_of(body))

    async def _show_home(self, turn: Turn) -> None:
        if await self._runner.is_new(turn):
            await self._modals.show_home(turn)

    def _begin(self, turn: Turn, work: Coroutine[Any, Any, None]) -> None:
        if not self._workers.start(work):
            _log.warning("too much work at once: a request was turned away")
            self._quick.start(self._answers.say(turn, messages.SLACK_BUSY))

    async def _answer(
        self,
        turn: Turn,
        request: CommandRequest,
        *,
        patience: float | None,
        is_private: bool = False,
    ) -> None:
        """Run and reply. `patience`: seconds until the asker is told to wait; None: they were."""
        if not await self._runner.is_new(turn):
            return
        reply = await self._run(turn, request, patience)
        told = _with_line(reply, request) if reply.is_refused else reply
        shown = replace(told, is_private=True) if is_private else told
        await self._answers.send(turn, shown, request.id)

    async def _run(self, turn: Turn, request: CommandRequest, patience: float | None) -> Reply:
        running = asyncio.create_task(self._runner.run(request))
        try:
            if patience is not None:
                done, _ = await asyncio.wait({running}, timeout=patience)
                if not done:
                    word = messages.SLACK_WORKING if request.name != "brief" else None
                    await self._answers.say(turn, word or messages.SLACK_READING)
            return await running
        finally:
            running.cancel()


def _with_line(reply: Reply, request: CommandRequest) -> Reply:
    """A refusal of a /briefing command, with the line that was typed, so that it is not lost."""
    text = request.options.get("text", "")
    if request.name != "briefing" or not text:
        return reply
    typed = Line((Run("plain", messages.SLACK_TYPED.format(command=request.name, text=text)),))
    sections = (*reply.document.sections, Section("typed", "", (Paragraph(typed),)))
    return replace(reply, document=replace(reply.document, sections=sections))
