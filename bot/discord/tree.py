"""The slash commands and the context menu, each handed on to `Answers`.

Nothing is carried out here; what each command takes stands in `options`.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord
from discord import app_commands

from bot import messages_discord as words
from bot.discord.answers import Answers
from bot.discord.drafts import FORMS
from bot.discord.options import BRIEF, CHOICES, COMPLETED, SUBCOMMANDS, Option
from bot.discord.requests import Interaction, first_link, to_options, to_request

_IN_GUILDS: Final = app_commands.AppCommandContext(
    guild=True, dm_channel=False, private_channel=False
)
_OF_GUILDS: Final = app_commands.AppInstallationType(guild=True, user=False)
_log = logging.getLogger(__name__)

Run = Callable[[Interaction, Mapping[str, str]], Awaitable[None]]
Command = app_commands.Command[Any, ..., None]


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands; each interaction is let through once."""

    def __init__(self, client: discord.Client, answers: Answers) -> None:
        super().__init__(client, allowed_contexts=_IN_GUILDS, allowed_installs=_OF_GUILDS)
        self._answers = answers
        brief = _command("brief", BRIEF, _brief(answers))
        self.add_command(_completed(brief, "brief", answers))
        self.add_command(_brief_this(answers))
        group = app_commands.Group(
            name="briefing",
            # Everyone may read what is scheduled; who may change it is asked at each use.
            description=words.COMMANDS["briefing"],
        )
        for name, options in SUBCOMMANDS.items():
            command = _command(name, options, _briefing(f"briefing {name}", answers))
            group.add_command(_completed(command, f"briefing {name}", answers))
        self.add_command(group)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        return self._answers.is_new(interaction)

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Discord still lists a command of an older version, or ours broke."""
        _log.error("interaction %s: %s", interaction.id, type(error).__name__)
        if interaction.type is discord.InteractionType.application_command:
            await self._answers.tell(interaction, *words.OLD_COMMAND)


def _command(name: str, options: tuple[Option, ...], run: Run) -> Command:
    """A command of these options; `run` gets those that were given, as text."""

    async def callback(interaction: Interaction, **typed: object) -> None:
        await run(interaction, to_options(typed))

    # discord.py reads a command's options off its signature, which a table can give as well.
    callback.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_parameter("interaction", Interaction), *(option.parameter for option in options)]
    )
    app_commands.describe(**{o.name: words.OPTIONS[o.name] for o in options})(callback)
    choices = {o.name: CHOICES[o.name] for o in options if o.name in CHOICES}
    app_commands.choices(**choices)(callback)
    return app_commands.Command(name=name, description=words.COMMANDS[name], callback=callback)


def _parameter(name: str, kind: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)


def _completed(command: Command, name: str, answers: Answers) -> Command:
    """Let Discord ask for completions of those options that have some."""
    for option in {parameter.name for parameter in command.parameters} & COMPLETED:
        _complete(command, name, option, answers)
    return command


def _complete(command: Command, name: str, option: str, answers: Answers) -> None:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        given = to_options(dict(iter(interaction.namespace)))
        request = to_request(interaction, name, given)
        found = await answers.suggest(request, option, typed)
        return [app_commands.Choice(name=text, value=text) for text in found]

    command.autocomplete(option)(complete)


def _brief(answers: Answers) -> Run:
    async def run(interaction: Interaction, options: Mapping[str, str]) -> None:
        request = to_request(interaction, "brief", options)
        await answers.answer(interaction, request, is_private="private" in options)

    return run


def _briefing(name: str, answers: Answers) -> Run:
    async def run(interaction: Interaction, options: Mapping[str, str]) -> None:
        request = to_request(interaction, name, options)
        if name in FORMS and not options.keys() - {"id"}:
            await answers.open_form(interaction, request)
        else:
            await answers.answer(interaction, request)

    return run


def _brief_this(answers: Answers) -> app_commands.ContextMenu:
    async def brief_this(interaction: Interaction, message: discord.Message) -> None:
        link = first_link(message)
        if link is None:
            await answers.tell(interaction, words.NO_LINK, words.NO_LINK_ADVICE)
            return
        request = to_request(interaction, "brief", {"url": link})
        await answers.answer(interaction, request, is_private=False)

    return app_commands.ContextMenu(name=words.BRIEF_THIS, callback=brief_this)
