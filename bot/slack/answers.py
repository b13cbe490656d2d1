"""Answers whoever did something: for them alone, in the channel, in a modal, in the App Home.

It decides nothing about what is said; what can't be sent is logged, never sent twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import messages
from bot.commands import Reply
from bot.errors import DeliveryError, DeliveryUncertain, RateLimited
from bot.platform import Message, Posted
from bot.slack.clients import LONGEST_WAIT, answer_client
from bot.slack.post import SlackPlatform
from bot.slack.refusals import CALL_FAILED, to_error, word_of
from bot.slack.to_blocks import details_to_slack, reply_to_slack, to_text
from bot.slack.to_request import Turn

Json = Mapping[str, Any]

#: Slack takes so many answers to one response_url, within 30 minutes; one is kept for the word
#: that work goes on (docs.slack.dev/interactivity/handling-user-interaction).
_BY_URL = 4
_TRIES = 3
_OK = 200

_log = logging.getLogger(__name__)


class Answers:
    """Sends what people see in answer to what they did."""

    def __init__(self, platform: SlackPlatform) -> None:
        self._platform = platform

    async def say(self, turn: Turn, text: str) -> None:
        """One line for the asker alone."""
        await self._whisper(turn, to_text(text), by_url=True)

    async def send(self, turn: Turn, reply: Reply, request_id: str) -> None:
        """The reply: for the asker alone if it is private, else in the channel and its thread.

        A private reply's details are behind its buttons; without buttons they follow at once.
        """
        bodies = reply_to_slack(reply)
        details = details_to_slack(reply)
        if reply.is_private or not await self._publish(turn, bodies, details, request_id):
            for number, body in enumerate(bodies if reply.buttons else [*bodies, *details]):
                is_public = not reply.is_private
                await self._whisper(turn, body, by_url=number < _BY_URL, is_public=is_public)

    async def _publish(
        self, turn: Turn, bodies: Sequence[Json], details: Sequence[Json], request_id: str
    ) -> bool:
        """Post in the channel; False where the bot certainly could not post there at all."""
        parts = [Message(body) for body in bodies]
        parts += [Message(body, is_detail=True) for body in details]
        top: Posted | None = None
        try:
            for number, part in enumerate(parts):
                below = turn.thread_id or (top.thread_id if top and part.is_detail else None)
                posted = await self._post(turn, part, f"{request_id}-{number}", below)
                top = top or posted
        except DeliveryUncertain as error:
            _log.warning("reply %s: uncertain whether posted (%s)", request_id, error.detail)
            await self.say(turn, messages.SLACK_UNCERTAIN)
        except DeliveryError as error:
            _log.info("reply %s: not posted as a message (%s)", request_id, error.detail)
            return top is not None
        return True

    async def _post(self, turn: Turn, part: Message, nonce: str, thread_id: str | None) -> Posted:
        """Post; where Slack asks for a short wait and posted nothing, wait and try again."""
        for _ in range(_TRIES - 1):
            try:
                return await self._platform.post(
                    turn.destination, part, nonce=nonce, thread_id=thread_id
                )
            except RateLimited as error:
                if error.retry_after > LONGEST_WAIT:
                    raise
                await asyncio.sleep(error.retry_after)
        return await self._platform.post(turn.destination, part, nonce=nonce, thread_id=thread_id)

    async def _whisper(
        self, turn: Turn, body: Json, *, by_url: bool, is_public: bool = False
    ) -> None:
        """By the response_url while it lasts, else as an ephemeral message."""
        kind = "in_channel" if is_public else "ephemeral"
        if by_url and turn.response_url and await self._answer(turn, body, kind):
            return
        where: dict[str, Any] = {"channel": turn.destination.channel_id, "user": turn.user_id}
        if turn.thread_id:
            where["thread_ts"] = turn.thread_id
        try:
            await self._platform.posting.chat_postEphemeral(
                text=body["text"], blocks=body.get("blocks"), **where
            )
        except CALL_FAILED as error:
            _log.warning("no answer reaches the asker: %s", to_error(turn.destination, error))

    async def _answer(self, turn: Turn, body: Json, kind: str) -> bool:
        """Whether Slack took the answer, or may have: only a refusal leaves room for another."""
        names = ("text", "blocks", "unfurl_links", "unfurl_media")
        shown = {name: body[name] for name in names if name in body}
        thread = {"thread_ts": turn.thread_id} if turn.thread_id else {}
        answer = {**shown, **thread, "response_type": kind, "replace_original": False}
        try:
            response = await answer_client(turn.response_url).send_dict(answer)
        except aiohttp.ClientConnectorError:
            return False
        except CALL_FAILED as error:
            _log.warning("uncertain whether an answer arrived: %s", type(error).__name__)
            return True
        if response.status_code != _OK:
            _log.info("an answer was refused: %s", str(response.body)[:80])
        return response.status_code == _OK

    async def open_view(self, turn: Turn, view: Json) -> str:
        """Open a modal; its id, or "" where Slack's 3 s are over, which the asker is told."""
        try:
            opened = await self._platform.posting.views_open(
                trigger_id=turn.trigger_id, view=dict(view)
            )
        except CALL_FAILED as error:
            _log.info("a modal did not open: %s", _reason(error))
            await self.say(turn, messages.SLACK_LATE)
            return ""
        return str((opened.get("view") or {}).get("id") or "")

    async def update_view(self, view_id: str, view: Json) -> None:
        """Show something else in an open modal; one that was closed meanwhile stays closed."""
        try:
            await self._platform.reading.views_update(view_id=view_id, view=dict(view))
        except CALL_FAILED as error:
            _log.info("a modal was not updated: %s", _reason(error))

    async def publish_home(self, user_id: str, view: Json) -> None:
        """Show the App Home; the same view twice does no harm."""
        try:
            await self._platform.reading.views_publish(user_id=user_id, view=dict(view))
        except CALL_FAILED as error:
            _log.warning("an App Home was not shown: %s", _reason(error))


def _reason(error: Exception) -> str:
    return (isinstance(error, SlackApiError) and word_of(error)) or type(error).__name__
