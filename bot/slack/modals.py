"""Modals and the App Home: opened at once, filled when their content is there.

A trigger lasts 3 s and an acknowledgement is due as soon, so what is slow comes as an update.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck

from bot import messages
from bot.commands import CommandRequest, Reply
from bot.slack import to_blocks
from bot.slack.answers import Answers
from bot.slack.running import Runner
from bot.slack.to_fields import fields_of, read_fields, with_channel
from bot.slack.to_request import Turn, from_home
from bot.slack.work import Workers

Json = Mapping[str, Any]

#: Seconds within which an answer still goes out with the acknowledgement of a form.
GRACE: Final = 1.5
#: Seconds that an update waits behind the acknowledgement, lest Slack take them in turned order.
SETTLE: Final = 0.5


class Modals:
    """What opens over a conversation, and the page of our own."""

    def __init__(
        self, runner: Runner, answers: Answers, *, grace: float = GRACE, settle: float = SETTLE
    ) -> None:
        self._runner = runner
        self._answers = answers
        self._grace = grace
        self._settle = settle

    async def open_form(self, turn: Turn, request: CommandRequest) -> None:
        """The form to create or edit a schedule, or the reason why there is none."""
        view_id = await self._open(turn)
        if not view_id:
            return
        form, channel_id = await self._runner.form(request), turn.destination.channel_id
        if isinstance(form, Reply):
            await self._answers.update_view(view_id, to_blocks.to_reply_view(form, channel_id))
            return
        # The App Home is no channel to post in: a new schedule names one.
        asked = with_channel(form) if turn.is_home and not form.value else form
        await self._answers.update_view(view_id, to_blocks.to_form_view(asked, channel_id))

    async def show_reply(self, turn: Turn, request: CommandRequest) -> None:
        """The reply to a button of the App Home or of a modal."""
        view_id = await self._open(turn)
        if not view_id:
            return
        reply = await self._runner.run(request)
        shown = to_blocks.to_reply_view(reply, turn.destination.channel_id)
        await self._answers.update_view(view_id, shown)
        if turn.is_home:
            await self.show_home(turn)

    async def show_home(self, turn: Turn) -> None:
        """The App Home as it is now."""
        reply = await self._runner.run(from_home(turn))
        await self._answers.publish_home(turn.user_id, to_blocks.to_home_view(reply))

    async def submit(
        self, turn: Turn, request: CommandRequest, view: Json, *, ack: AsyncAck, workers: Workers
    ) -> None:
        """Acknowledge a form with its answer if that comes soon, else with a word, then update."""
        soon: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        channel_id = turn.destination.channel_id
        if not workers.start(self._complete(turn, request, view, soon)):
            busy = to_blocks.to_text_view(messages.SLACK_BUSY, channel_id)
            await ack(response_action="update", view=busy)
            return
        await asyncio.wait({soon}, timeout=self._grace)
        if soon.done():
            await _acknowledge(ack, view, soon.result(), channel_id)
        else:
            soon.cancel()
            await ack(response_action="update", view=to_blocks.to_loading_view(channel_id))

    async def _complete(
        self,
        turn: Turn,
        request: CommandRequest,
        view: Json,
        soon: asyncio.Future[Reply | None],
    ) -> None:
        reply = await self._runner.run(request) if await self._runner.is_new(turn) else None
        if not soon.cancelled():
            soon.set_result(reply)
        elif reply:
            await asyncio.sleep(self._settle)
            channel_id = turn.destination.channel_id
            await self._answers.update_view(turn.view_id, _answer_view(view, reply, channel_id))
        if turn.is_home:
            await self.show_home(turn)

    async def _open(self, turn: Turn) -> str:
        """A modal to fill: the one that is open, or a new one; "" where neither can be had."""
        if not await self._runner.is_new(turn):
            return ""
        loading = to_blocks.to_loading_view(turn.destination.channel_id)
        if not turn.view_id:
            return await self._answers.open_view(turn, loading)
        await self._answers.update_view(turn.view_id, loading)
        return turn.view_id


async def _acknowledge(ack: AsyncAck, view: Json, reply: Reply | None, channel_id: str) -> None:
    if reply is None:  # sent twice, and answered the first time
        await ack()
    elif reply.wrong_option in read_fields(view):
        await ack(response_action="errors", errors={reply.wrong_option: reply.notice})
    else:
        await ack(response_action="update", view=_answer_view(view, reply, channel_id))


def _answer_view(view: Json, reply: Reply, channel_id: str) -> dict[str, Any]:
    """The reply; where it refuses, the form again, as it was filled in, with the reason on top."""
    options = read_fields(view)
    if not reply.is_refused and reply.wrong_option not in options:
        return to_blocks.to_reply_view(reply, channel_id)
    form = to_blocks.to_form(view, options, fields_of(view))
    return to_blocks.to_form_view(form, channel_id, mistake=reply.notice)
