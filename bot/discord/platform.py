"""Discord as delivery sees it: composing, posting once, proving a post, and asking for rights.

It keeps no ledger: what was tried and when to try again is decided in `bot.delivery`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import discord

from bot.discord.api import Attempt, DiscordApi
from bot.discord.failures import to_delivery_error
from bot.discord.proof import History, with_mark
from bot.discord.rights import has_history, read_rights
from bot.discord.threads import Threads
from bot.errors import DeliveryError, DeliveryUncertain, DestinationGone, PermissionMissing
from bot.platform import Destination, Message, Posted, Rights
from briefings.ports import Clock
from briefings.rendering.discord import document_to_discord
from briefings.rendering.nodes import Document

#: Seconds for one call, of which a post makes two at most: delivery allows it 30 s.
DEADLINE: Final = 12.0
#: How long after a try its message could still appear: longer than a post lasts.
SETTLED_AFTER: Final = timedelta(seconds=45)


class DiscordPlatform:
    """Implements `bot.platform.Platform` over Discord's HTTP API.

    `token`: the bot's. `gateway`: gives the connected client, if there is one, whose memory of
    guilds spares requests. `deadline`: seconds for one call. `settled_after`: how long after a
    try nothing is said about what is not there.
    """

    def __init__(
        self,
        token: str,
        *,
        clock: Clock,
        gateway: Callable[[], discord.Client | None] = lambda: None,
        deadline: float = DEADLINE,
        settled_after: timedelta = SETTLED_AFTER,
    ) -> None:
        self._api = DiscordApi(token, deadline=deadline)
        self._threads = Threads(self._api)
        self._clock = clock
        self._settled_after = settled_after
        self._gateway = gateway

    @property
    def name(self) -> Literal["discord"]:
        return "discord"

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        """`top` for the channel, `details` for the thread on its first message.

        No body holds an address outside of an embed, so Discord shows no preview of any.
        """
        shown = [Message(body) for body in document_to_discord(top)]
        below = document_to_discord(details) if details else []
        return (*shown, *(Message(body, is_detail=True) for body in below))

    def to_body(
        self,
        destination: Destination,  # noqa: ARG002  # the port's: Discord has it in the address
        message: Message,
        *,
        nonce: str,
        thread_id: str | None,  # noqa: ARG002
    ) -> Mapping[str, Any]:
        """See `bot.platform.Platform`; the nonce enforced, and shown in the footer."""
        return with_mark(message.body, nonce)

    async def post(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Posted:
        """Post one part; a detail goes into the thread of message `thread_id`, opened if need be.

        Where threads are not allowed, details follow in the channel. The answer to a request that
        Discord has seen before is the message it made then. Raises as the protocol says, and
        DeliveryFailed where Discord was not reached.
        """
        if thread_id is None or not message.is_detail:
            posted = await self._send(destination, destination.channel_id, message, nonce)
            return Posted(posted, thread_id or posted)
        place = await self._threads.place(destination, thread_id, message.body)
        try:
            return Posted(await self._send(destination, place, message, nonce), thread_id)
        except (DestinationGone, PermissionMissing):
            if place == destination.channel_id:
                raise
        self._threads.stay_in_channel(destination, thread_id)
        posted = await self._send(destination, destination.channel_id, message, nonce)
        return Posted(posted, thread_id)

    async def find_posted(
        self,
        destination: Destination,
        nonce: str,
        attempted_at: datetime,
        *,
        thread_id: str | None,
    ) -> Posted | None:
        """The message with the mark of `nonce`; `proof` says what is proof.

        A part with a `thread_id` is looked for in the thread and in the channel, where it went if
        the thread was not to be had. Raises DeliveryUncertain within `settled_after` of the try,
        and where history can't be read.
        """
        try:
            client = await self._api.client()
            own_id = client.user.id if client.user else 0
            found = await History(self._api, destination, own_id).find(
                nonce, attempted_at, thread_id
            )
            if found is None:
                await self._require_history(destination)
        except DeliveryUncertain:
            raise
        except Exception as error:
            known = to_delivery_error(error, destination, Attempt())
            raise DeliveryUncertain(destination, f"history: {known.detail}") from error
        if found is None and self._clock.now() - attempted_at < self._settled_after:
            raise DeliveryUncertain(destination, "too early to tell")
        return found

    async def rights(self, destination: Destination, asker_id: str | None = None) -> Rights:
        """What the bot lacks there; whether the asker has Manage Guild and sees the channel."""
        try:
            client = await self._api.client()
            asked = read_rights(client, destination, asker_id, gateway=self._gateway())
            return await self._api.within(client, asked)
        except DeliveryError:
            raise
        except Exception as error:
            raise to_delivery_error(error, destination, Attempt()) from error

    async def close(self) -> None:
        """Hang up."""
        await self._api.close()

    async def _send(
        self, destination: Destination, channel_id: str, message: Message, nonce: str
    ) -> str:
        attempt = Attempt()
        try:
            posted = await self._api.call(
                attempt,
                "POST",
                "/channels/{channel_id}/messages",
                body=self.to_body(destination, message, nonce=nonce, thread_id=None),
                channel_id=channel_id,
            )
            return str(posted["id"])
        except Exception as error:
            raise to_delivery_error(error, destination, attempt) from error

    async def _require_history(self, destination: Destination) -> None:
        rights = await self.rights(destination)
        if not has_history(rights):
            raise DeliveryUncertain(destination, f"without {', '.join(rights.missing)}")
