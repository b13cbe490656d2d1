"""Briefbot on Discord: its commands over the gateway, its posts over the HTTP API.

The package translates and delivers; what a command does is decided in `bot.commands`.
"""

from bot.discord.adapter import DiscordAdapter
from bot.discord.addresses import use_addresses
from bot.discord.platform import DiscordPlatform

__all__ = ["DiscordAdapter", "DiscordPlatform", "use_addresses"]
