"""The mark that makes a message of ours recognizable, and looking for it in a channel's history.

What is proof. Discord gives `nonce` back when a message is made, but documents no way to ask for it
later, and `enforce_nonce` drops a double only "in the past few minutes". So every message carries
its nonce in the footer as well: found below a message of our own account, it proves the post. That
it is absent proves that nothing was posted if the whole time since then could be read and Discord
has had time to finish; anything else proves nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from bot.discord.api import Attempt, DiscordApi
from bot.discord.failures import UNKNOWN_CHANNEL
from bot.errors import DeliveryUncertain
from bot.messages_discord import MARK
from bot.platform import Destination, Posted

#: How far Discord's clock and ours may be apart.
MARGIN: Final = timedelta(minutes=5)
#: Discord's largest page of history, and how many pages are read at most.
PAGE: Final = 100
PAGES: Final = 20

Json = dict[str, Any]


def with_mark(body: Mapping[str, Any], nonce: str) -> Json:
    """The request body as it is sent: `body`, the nonce enforced, and the mark in the footer."""
    *others, last = body.get("embeds") or [{}]
    marked = [*others, {**last, "footer": {"text": MARK.format(nonce=nonce)}}]
    return {
        **body,
        "embeds": marked,
        "allowed_mentions": {"parse": []},
        "nonce": nonce,
        "enforce_nonce": True,
    }


class History:
    """Reads what stands in a destination, and in the thread of one message there."""

    def __init__(self, api: DiscordApi, destination: Destination, own_id: int) -> None:
        self._api = api
        self._destination = destination
        self._own_id = str(own_id)

    async def find(
        self, nonce: str, attempted_at: datetime, thread_id: str | None
    ) -> Posted | None:
        """The message with this mark, from `attempted_at` on; None where none was found.

        Raises DeliveryUncertain where more was written since than can be read, and what
        discord.py raises.
        """
        since = discord.utils.time_snowflake(attempted_at - MARGIN)
        if thread_id is not None:
            async for message in self._in_thread(thread_id, since):
                if self._carries(message, nonce):
                    return Posted(message["id"], thread_id)
        async for message in self._messages(self._destination.channel_id, since):
            if self._carries(message, nonce):
                return Posted(message["id"], thread_id or message["id"])
        return None

    def _carries(self, message: Json, nonce: str) -> bool:
        if message["author"]["id"] != self._own_id:
            return False
        footers = {(embed.get("footer") or {}).get("text") for embed in message["embeds"]}
        return message.get("nonce") == nonce or MARK.format(nonce=nonce) in footers

    async def _in_thread(self, thread_id: str, since: int) -> AsyncIterator[Json]:
        """What was written in the thread; nothing where none was ever opened."""
        try:
            async for message in self._messages(thread_id, since):
                yield message
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise

    async def _messages(self, channel_id: str, since: int) -> AsyncIterator[Json]:
        after = since
        for _ in range(PAGES):
            page = await self._api.call(
                Attempt(),
                "GET",
                "/channels/{channel_id}/messages",
                params={"after": after, "limit": PAGE},
                channel_id=channel_id,
            )
            for message in page:
                yield message
            if len(page) < PAGE:
                return
            after = max(int(message["id"]) for message in page)
        raise DeliveryUncertain(self._destination, f"more than {PAGE * PAGES} messages since")
