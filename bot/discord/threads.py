"""Opens the thread below a message for its details, or says that they must stay in the channel.

A message has one thread at most, under the message's own id; so opening it twice does no harm.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.discord.api import Attempt, DiscordApi
from bot.discord.failures import THREAD_EXISTS, to_delivery_error
from bot.errors import DeliveryError, DeliveryFailed, DeliveryUncertain
from bot.messages_discord import DETAILS
from bot.platform import Destination
from briefings.rendering.limits import DISCORD, size_of

#: Minutes without a message after which Discord tidies the thread away; one day.
TIDY_AFTER: Final = 1440
#: What a server answers where threads are not to be had; anything else is worth another try.
_NOT_HERE: Final = frozenset({400, 403, 404})
#: Threads whose place is remembered, so that each part does not ask anew.
_REMEMBERED: Final = 1_000
_ESCAPED = re.compile(r"\\([\\`*_~|<>#\[\]:])|\u200b")


class Threads:
    """Where the details of a message go."""

    def __init__(self, api: DiscordApi) -> None:
        self._api = api
        self._places: OrderedDict[str, str] = OrderedDict()

    async def place(self, destination: Destination, thread_id: str, body: Mapping[str, Any]) -> str:
        """The channel id for a detail of the message `thread_id`: its thread, or the channel.

        Raises DeliveryError, but never DeliveryUncertain: no message was posted.
        """
        if thread_id not in self._places:
            self._remember(thread_id, await self._open(destination, thread_id, body))
        return self._places[thread_id]

    def stay_in_channel(self, destination: Destination, thread_id: str) -> None:
        """The thread is closed to us: what follows goes into the channel."""
        self._remember(thread_id, destination.channel_id)

    def _remember(self, thread_id: str, place: str) -> None:
        self._places[thread_id] = place
        while len(self._places) > _REMEMBERED:
            self._places.popitem(last=False)

    async def _open(self, destination: Destination, thread_id: str, body: Mapping[str, Any]) -> str:
        attempt = Attempt()
        try:
            thread = await self._api.call(
                attempt,
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
                body={"name": name_thread(body), "auto_archive_duration": TIDY_AFTER},
                channel_id=destination.channel_id,
                message_id=thread_id,
            )
        except Exception as error:  # noqa: BLE001  # each is told apart, and raised as ours
            return _place_after(error, destination, thread_id, attempt)
        return str(thread["id"])


def name_thread(body: Mapping[str, Any]) -> str:
    """The title of the details as plain text, cut to what a thread's name may hold."""
    title = next((embed["title"] for embed in body.get("embeds", ()) if embed.get("title")), "")
    name = _ESCAPED.sub(lambda match: match[1] or "", title).strip() or DETAILS
    if size_of(name) <= DISCORD.thread_name:
        return name
    while size_of(name) > DISCORD.thread_name - 1:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _place_after(
    error: Exception, destination: Destination, thread_id: str, attempt: Attempt
) -> str:
    if isinstance(error, discord.HTTPException):
        if error.code == THREAD_EXISTS:
            return thread_id
        if error.status in _NOT_HERE:
            return destination.channel_id
    raise _nothing_posted(to_delivery_error(error, destination, attempt)) from error


def _nothing_posted(error: DeliveryError) -> DeliveryError:
    if isinstance(error, DeliveryUncertain):
        return DeliveryFailed(error.destination, error.detail)
    return error
