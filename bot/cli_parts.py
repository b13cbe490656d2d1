"""What all commands of the command line share: their errors, their options, how they are run.

It knows no command and words no problem.
"""

from __future__ import annotations

import asyncio
import signal
import traceback
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from bot import messages
from bot.errors import CommandError, SettingsInvalid
from bot.logs import configure_logging

MISUSED = 2
FAILED = 1
#: What a shell reports of a command that was stopped with Ctrl-C: 128 and the signal's number.
INTERRUPTED = 130
_DEBUG = "bot.debug"

F = TypeVar("F", bound=Callable[..., Any])
R = TypeVar("R")


class BriefbotCommand(click.Command):
    """Tells a help text that can't be written from a fault of our own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except OSError as error:
            from bot.output import blame_standard

            raise blame_standard(error) from error


class BriefbotGroup(click.Group):
    """Turns whatever a command raises into one sentence and an exit code."""

    command_class = BriefbotCommand

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click declares it
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            told = messages.hide_users(error.format_message())
            raise click.UsageError(told, error.ctx) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except Exception as error:  # noqa: BLE001  # nobody shall meet a traceback unasked
            if ctx.meta.get(_DEBUG):
                trace = "".join(traceback.format_exception(error))
                click.echo(messages.hide_users(trace), err=True)
            click.echo(messages.explain(error), err=True)
            ctx.exit(MISUSED if isinstance(error, CommandError | SettingsInvalid) else FAILED)


class OneOf(click.ParamType[str]):
    """One of several names that another package knows, asked for only when they are needed."""

    name = "choice"

    def __init__(self, load: Callable[[], Sequence[str]]) -> None:
        self._load = load

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return click.Choice(self._load()).get_metavar(param, ctx)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return click.Choice(self._load(), case_sensitive=False).convert(value, param, ctx)


def load_formats() -> Sequence[str]:
    from briefings.rendering import FORMATS

    return tuple(FORMATS)


def load_engines() -> Sequence[str]:
    from typing import get_args

    from bot.setting_groups import EngineName

    return get_args(EngineName)


def load_sections() -> Sequence[str]:
    from briefings.rendering import SECTIONS

    return tuple(SECTIONS)


def _remember_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_DEBUG] = value
    configure_logging(debug=value)


def refuse_blank(_: click.Context, param: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter(messages.BLANK_SOURCE, param=param)
    return value


def _to_config(_: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value.strip():
        raise click.BadParameter(messages.BLANK_CONFIG, param=param)
    return Path(value)


def reads_sources(command: F) -> F:
    """The options of every command that reads what others wrote."""
    config = click.option(
        "--config",
        metavar="PATH",
        callback=_to_config,
        help="Read settings from this TOML file; config/example.toml names them all.",
    )
    debug = click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember_debug,
        help="Show on standard error what happens inside.",
    )
    return config(debug(command))


def _to_language(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from briefings.languages import read_language

    try:
        return value and read_language(value)
    except ValueError as error:
        raise click.BadParameter(messages.NO_LANGUAGE.format(value=value), param=param) from error


def writes_with(command: F) -> F:
    """The options of every command that has a briefing made: by whom, and in which language."""
    engine = click.option(
        "--engine",
        type=OneOf(load_engines),
        help="Who makes the briefing, in place of the setting summarizer.engine.",
    )
    language = click.option(
        "--language",
        metavar="LANGUAGE",
        callback=_to_language,
        help="In which language; all but English need a model. A name or a code: German, de.",
    )
    return engine(language(command))


def run_to_end(work: Coroutine[Any, Any, R]) -> R:
    """What `work` returns; Ctrl-C ends it at once, whatever it is doing."""
    before = signal.getsignal(signal.SIGINT)

    async def interruptible() -> R:
        # asyncio only cancels the task at its next wait, and an analysis waits for nothing.
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, before)
        return await work

    return asyncio.run(interruptible())
