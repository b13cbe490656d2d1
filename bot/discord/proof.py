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
    """Reads what stands in a destination and in the threads that the bot opened there."""

    def __init__(self, api: DiscordApi, destination: Destination, own_id: int) -> None:
        self._api = api
        self._destination = destination
        self._own_id = str(own_id)

    async def find(self, nonce: str, attempted_at: datetime) -> Posted | None:
        """The message with this mark, from `attempted_at` on; None where none was found.

        Raises DeliveryUncertain where more was written since than can be read, and what
        discord.py raises.
        """
        since = discord.utils.time_snowflake(attempted_at - MARGIN)
        async for channel_id in self._places(since):
            async for message in self._messages(channel_id, since):
                if self._carries(message, nonce):
                    return Posted(message["id"], self._thread_of(channel_id, message))
        return None

    def _carries(self, message: Json, nonce: str) -> bool:
        if message["author"]["id"] != self._own_id:
            return False
        footers = {(embed.get("footer") or {}).get("text") for embed in message["embeds"]}
        return message.get("nonce") == nonce or MARK.format(nonce=nonce) in footers

    def _thread_of(self, channel_id: str, message: Json) -> str:
        is_top = channel_id == self._destination.channel_id
        return str(message["id"]) if is_top else channel_id

    async def _places(self, since: int) -> AsyncIterator[str]:
        """The channel, then our threads in it that were written to since."""
        yield self._destination.channel_id
        for path in ("/guilds/{guild_id}/threads/active", "/channels/{id}/threads/archived/public"):
            found = await self._api.call(
                Attempt(),
                "GET",
                path,
                guild_id=self._destination.tenant_id,
                id=self._destination.channel_id,
            )
            for thread in found["threads"]:
                last = thread.get("last_message_id")
                if self._is_ours(thread) and (last is None or int(last) >= since):
                    yield thread["id"]

    def _is_ours(self, thread: Json) -> bool:
        is_here = thread.get("parent_id") == self._destination.channel_id
        return is_here and thread.get("owner_id") == self._own_id

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
