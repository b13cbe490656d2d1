"""From an interaction to the request that `commands` understands.

It reads; it answers nobody and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import discord

from bot.commands import Asker, CommandRequest
from bot.platform import Destination

Interaction = discord.Interaction[discord.Client]
#: What may end a sentence or close a bracket behind an address and seldom belongs to it.
_TRAILING = ".,;:!?'\"”’*_~|`"
_ADDRESS = re.compile(r"https?://[^\s<>\]]+", re.IGNORECASE)


def to_request(interaction: Interaction, name: str, options: Mapping[str, str]) -> CommandRequest:
    """The request of whoever used the interaction, in the channel where it happened.

    Whether the asker may manage is Discord's own word, sent along with each interaction: Manage
    Guild, overwrites and ownership reckoned in.
    """
    user = interaction.user
    roles = user.roles if isinstance(user, discord.Member) else []
    held = interaction.permissions
    return CommandRequest(
        id=str(interaction.id),
        destination=to_destination(interaction),
        asker=Asker(
            user_id=str(user.id),
            role_ids=frozenset(str(role.id) for role in roles if not role.is_default()),
            may_manage=held.manage_guild or held.administrator,
        ),
        name=name,
        options=options,
        locale=interaction.locale.value,
    )


def to_destination(interaction: Interaction) -> Destination:
    return Destination("discord", str(interaction.guild_id or ""), str(interaction.channel_id))


def to_options(typed: Mapping[str, object]) -> dict[str, str]:
    """Typed options as text; what was left out, and a no, is left out here too."""
    return {
        name.rstrip("_"): "yes" if value is True else str(value)
        for name, value in typed.items()
        if value is not None and value is not False
    }


def first_link(message: discord.Message) -> str | None:
    """The first web address of a message: of its text, else of what it embeds or passes on."""
    for text in _texts(message):
        if match := _ADDRESS.search(text):
            return _without_ending(match[0])
    return None


def _texts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from filter(None, (embed.url, embed.title, embed.description))
        for field in embed.fields:
            yield from filter(None, (field.name, field.value))
        yield from filter(None, (embed.author.url, embed.footer.text))
    for snapshot in getattr(message, "message_snapshots", ()):
        yield from _texts(snapshot)


def _without_ending(address: str) -> str:
    """A full stop, or a bracket that was opened before the address, does not belong to it."""
    while True:
        shorter = address.rstrip(_TRAILING)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
