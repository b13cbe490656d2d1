"""What each slash command takes, with the kinds and limits that Discord checks before we see it.

A table and nothing else; the names are those of `CommandRequest.options`.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import app_commands

from bot import messages_discord as words
from bot.discord.requests import Interaction
from briefings.rendering import SECTIONS


class _ChannelId(app_commands.Transformer):
    """A channel that takes messages, as its id."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kind = discord.ChannelType
        return [kind.text, kind.news, kind.public_thread, kind.private_thread, kind.news_thread]

    async def transform(self, _: Interaction, value: discord.abc.Snowflake, /) -> str:
        return str(value.id)


@dataclass(frozen=True, slots=True)
class Option:
    """`kind`: the annotation that discord.py makes an option's type of."""

    name: str
    kind: Any
    is_required: bool = False

    @property
    def parameter(self) -> inspect.Parameter:
        return inspect.Parameter(
            self.name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=self.kind,
            default=inspect.Parameter.empty if self.is_required else None,
        )


_TEXT: Final = app_commands.Range[str, 1, 2_000]
_NAME: Final = app_commands.Range[str, 1, 100]
_ID: Final = Option("id", _NAME, is_required=True)
_SCHEDULE: Final = (
    Option("urls", _TEXT),
    Option("times", _TEXT),
    Option("zone", _NAME),
    Option("any", _TEXT),
    Option("all", _TEXT),
    Option("none", _TEXT),
    Option("matching", _TEXT),
    Option("max", app_commands.Range[int, 1, 10]),
    Option("within", _NAME),
    Option("mode", str),
    Option("name", _NAME),
    Option("engine", str),
    Option("language", _NAME),
    Option("channel", app_commands.Transform[str, _ChannelId]),
)

BRIEF: Final = (
    Option("url", _TEXT, is_required=True),
    Option("section", str),
    Option("private", bool),
    Option("engine", str),
    Option("language", _NAME),
)
#: What follows /briefing.
SUBCOMMANDS: Final[dict[str, tuple[Option, ...]]] = {
    "add": _SCHEDULE,
    "list": (),
    "show": (_ID,),
    "edit": (_ID, *_SCHEDULE),
    "pause": (_ID,),
    "resume": (_ID,),
    "remove": (_ID,),
    "run": (_ID,),
    "preview": (_ID,),
    "log": (_ID,),
    "help": (),
}
CHOICES: Final = {
    "section": [app_commands.Choice(name=name, value=name) for name in SECTIONS],
    "mode": [app_commands.Choice(name=label, value=mode) for mode, label in words.MODES.items()],
    "engine": [app_commands.Choice(name=label, value=e) for e, label in words.ENGINES.items()],
}
#: Options whose values `Commands.suggest` completes.
COMPLETED: Final = frozenset({"id", "zone", "language"})
