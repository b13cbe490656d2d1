"""What the bot and an asker may do in a channel, reckoned by discord.py from roles and overwrites.

It asks Discord each time, but for what the open gateway keeps current.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.discord.failures import UNKNOWN_MEMBER, UNKNOWN_USER
from bot.errors import DestinationGone
from bot.platform import Destination, Rights

#: What posting and proving a post takes, by discord.py's names; in a thread, see `_needed`.
NEEDED: Final = (
    "view_channel",
    "send_messages",
    "embed_links",
    "create_public_threads",
    "send_messages_in_threads",
    "read_message_history",
)
_IN_THREAD: Final = frozenset({"send_messages", "create_public_threads"})
#: The bits of NEEDED, for the invite link.
INVITE_PERMISSIONS: Final = discord.Permissions(**dict.fromkeys(NEEDED, True))

Place = discord.abc.GuildChannel | discord.Thread


async def read_rights(
    client: discord.Client,
    destination: Destination,
    asker_id: str | None,
    *,
    gateway: discord.Client | None = None,
) -> Rights:
    """Rights of the bot, and of `asker_id`, in the destination.

    `gateway`: the connected client, if any, whose memory of guild and channel is used.
    Raises DestinationGone, and what discord.py raises.
    """
    guild_id, channel_id = _ids(destination)
    guild = _remembered(gateway, guild_id) or await client.fetch_guild(guild_id, with_counts=False)
    try:
        place = guild.get_channel_or_thread(channel_id) or await guild.fetch_channel(channel_id)
    except discord.InvalidData as error:
        raise DestinationGone(destination, "the channel is of another guild") from error
    channel = await _with_overwrites(guild, place)
    own_id = client.user.id if client.user else 0
    me = guild.get_member(own_id) or await guild.fetch_member(own_id)
    held = _held(place, channel, me)
    missing = tuple(_say(name) for name in _needed(place) if not getattr(held, name))
    if asker_id is None:
        return Rights(missing=missing)
    may_manage, may_read = await _rights_of(guild, channel, asker_id)
    return Rights(missing=missing, may_manage=may_manage, may_read=may_read)


def has_history(rights: Rights) -> bool:
    """Whether the bot may read what was written before; without it Discord shows an empty past."""
    return not {_say("view_channel"), _say("read_message_history")} & set(rights.missing)


async def _rights_of(
    guild: discord.Guild, channel: discord.abc.GuildChannel, asker_id: str
) -> tuple[bool, bool]:
    """Whether the asker has Manage Guild and sees the channel, and whether they see it."""
    if not asker_id.isdecimal():
        return False, False
    try:
        asker = await guild.fetch_member(int(asker_id))
    except discord.NotFound as error:
        if error.code in {UNKNOWN_MEMBER, UNKNOWN_USER}:
            return False, False
        raise
    held = channel.permissions_for(asker)
    return held.manage_guild and held.view_channel, held.view_channel


async def _with_overwrites(guild: discord.Guild, place: Place) -> discord.abc.GuildChannel:
    """The channel whose overwrites hold: a thread has none of its own."""
    if not isinstance(place, discord.Thread):
        return place
    parent = guild.get_channel(place.parent_id) or await guild.fetch_channel(place.parent_id)
    if isinstance(parent, discord.Thread):
        raise TypeError("a thread's parent is no thread")
    return parent


def _held(
    place: Place, channel: discord.abc.GuildChannel, member: discord.Member
) -> discord.Permissions:
    """A text channel takes away what Send Messages implies; a thread does not ask for that."""
    if isinstance(place, discord.Thread):
        return discord.abc.GuildChannel.permissions_for(channel, member)
    return channel.permissions_for(member)


def _needed(place: Place) -> tuple[str, ...]:
    if isinstance(place, discord.Thread):
        return tuple(name for name in NEEDED if name not in _IN_THREAD)
    return NEEDED


def _remembered(gateway: discord.Client | None, guild_id: int) -> discord.Guild | None:
    guild = gateway.get_guild(guild_id) if gateway and not gateway.is_closed() else None
    return None if guild is None or guild.unavailable else guild


def _ids(destination: Destination) -> tuple[int, int]:
    if not (destination.tenant_id.isdecimal() and destination.channel_id.isdecimal()):
        raise DestinationGone(destination, "no id of Discord's")
    return int(destination.tenant_id), int(destination.channel_id)


def _say(name: str) -> str:
    """As Discord's own settings call it: "Send Messages in Threads"."""
    return name.replace("_", " ").title().replace(" In ", " in ")
