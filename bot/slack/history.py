"""Looks through a channel for the message that carries a mark: proof that it was posted, or not.

It posts nothing, and where it can't be sure it says so.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryUncertain
from bot.platform import Destination, Posted
from bot.slack.marker import Marker, is_mark, names
from bot.slack.refusals import CALL_FAILED, to_doubt

#: How far our clock and Slack's may be apart.
CLOCKS_APART: Final = timedelta(minutes=5)
#: Messages asked for at once, and how often: a channel busier than that can't be searched.
_PAGE, _PAGES = 200, 10

Json = Mapping[str, Any]


class History:
    """What a channel holds since an attempt. `bot_id`: our own, as messages carry it."""

    def __init__(self, client: AsyncWebClient, marker: Marker, bot_id: str) -> None:
        self._client = client
        self._marker = marker
        self._bot_id = bot_id

    async def find(
        self, destination: Destination, nonce: str, attempted_at: datetime, thread_id: str | None
    ) -> Posted | None:
        """The message with the mark; None where there certainly is none, else DeliveryUncertain.

        A message of our own that shows no mark at all, or this one in another hand (a key that
        was changed), may be the one looked for.
        """
        doubt = ""
        async for message in self._messages(destination, attempted_at, thread_id):
            metadata = message.get("metadata")
            if self._marker.is_signed(destination, nonce, metadata):
                posted = str(message["ts"])
                return Posted(posted, str(message.get("thread_ts") or posted))
            if self._is_own(message) and (names(metadata, nonce) or not is_mark(metadata)):
                doubt = "a message of ours shows no mark that can be checked"
        if doubt:
            raise DeliveryUncertain(destination, doubt)
        return None

    def _is_own(self, message: Json) -> bool:
        """Whether we posted it; that the bot joined the channel is a message as well."""
        is_post = message.get("subtype") in (None, "bot_message", "thread_broadcast")
        return is_post and bool(self._bot_id) and message.get("bot_id") == self._bot_id

    async def _messages(
        self, destination: Destination, attempted_at: datetime, thread_id: str | None
    ) -> AsyncIterator[Json]:
        query: dict[str, Any] = {
            "channel": destination.channel_id,
            "oldest": f"{(attempted_at - CLOCKS_APART).timestamp():.6f}",
            "inclusive": True,
            "include_all_metadata": True,
            "limit": _PAGE,
        }
        for _ in range(_PAGES):
            answer = await self._ask(destination, query, thread_id)
            for message in answer.get("messages") or ():
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            query["cursor"] = cursor
        raise DeliveryUncertain(destination, "too many messages to look through")

    async def _ask(
        self, destination: Destination, query: dict[str, Any], thread_id: str | None
    ) -> Json:
        try:
            if thread_id is None:
                answer = await self._client.conversations_history(**query)
            else:
                answer = await self._client.conversations_replies(ts=thread_id, **query)
        except CALL_FAILED as error:
            raise to_doubt(destination, error) from error
        return answer.data if isinstance(answer.data, dict) else {}
