"""The command line: one command a function.

It reads no article and words no problem; what is slow to import is imported where it is needed.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import messages
from bot.errors import CommandError, SettingsInvalid
from bot.logs import configure_logging

if TYPE_CHECKING:
    from bot.app import App

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


def _load_formats() -> Sequence[str]:
    from briefings.rendering import FORMATS

    return tuple(FORMATS)


def _load_sections() -> Sequence[str]:
    from briefings.rendering import SECTIONS

    return tuple(SECTIONS)


def _remember_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_DEBUG] = value
    configure_logging(debug=value)


def _refuse_blank(_: click.Context, param: click.Parameter, value: str) -> str:
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


@click.group(cls=BriefbotGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefbot", message="%(prog)s %(version)s")
def cli() -> None:
    """Brief news articles so that anyone can check the result.

    Who is involved and on which side, what they dispute, who claims what, what is at stake, when
    it happened and what is not known; each line with the article's own words behind it.

    \b
    Examples:
      briefbot brief article.txt
      briefbot brief https://news.example/article --format html --output briefing.html
      briefbot feed https://news.example/rss.xml
    """


@cli.command()
@click.argument("source", callback=_refuse_blank)
@click.option(
    "--format",
    "format_name",
    type=OneOf(_load_formats),
    default="text",
    show_default=True,
    help="How the briefing is written.",
)
@click.option(
    "--section",
    "sections",
    type=OneOf(_load_sections),
    multiple=True,
    help="Only this section; give it again for more.",
)
@click.option(
    "--evidence",
    is_flag=True,
    help="In text: under every line, the article's words that it rests on.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="In text and json: for every line, what proposed it and from which words.",
)
@click.option(
    "--entry",
    type=click.IntRange(min=1),
    metavar="N",
    help="Which entry of a feed, counted as briefbot feed does; the newest unless given.",
)
@click.option(
    "--output",
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of standard output.",
)
@reads_sources
@click.pass_obj
def brief(
    app: App | None,
    source: str,
    *,
    format_name: str,
    sections: tuple[str, ...],
    evidence: bool,
    explain: bool,
    entry: int | None,
    output: str | None,
    config: Path | None,
) -> None:
    """Brief one article.

    SOURCE is a file (text with the title on its first line, Markdown, HTML, or a feed), an
    address on the web of an article or a feed, or - for standard input.

    \b
    Examples:
      briefbot brief article.txt
      briefbot brief article.html --format json
      briefbot brief https://news.example/article --section claims --section stakes
      briefbot brief https://news.example/rss.xml --entry 3 --format markdown
      briefbot brief article.txt --explain --section claims
      pbpaste | briefbot brief - --format html --output briefing.html
    """
    from bot.output import check_output, choose_layout, is_terminal, write_result
    from bot.progress import Progress
    from briefings.rendering import EXPLAINED_FORMATS, SECTIONED_FORMATS, render

    if sections and format_name not in SECTIONED_FORMATS:
        raise click.UsageError(messages.ALWAYS_WHOLE.format(format=format_name))
    if explain and format_name not in EXPLAINED_FORMATS:
        raise click.UsageError(messages.NOT_EXPLAINED.format(format=format_name))
    check_output(output)
    app, stdin = app or _build(config), _read_stdin(source)
    explanation = None
    with Progress() as progress:
        if explain:
            explained = _run(app.explain(source, listener=progress, entry=entry, stdin=stdin))
            briefing, explanation = explained.briefing, explained.explanation
        else:
            briefing = _run(app.brief(source, listener=progress, entry=entry, stdin=stdin))
    for remark in progress.remarks:
        click.echo(messages.NOTE.format(remark=remark), err=True)
    width, colour = choose_layout(output)
    page = render(
        briefing,
        format_name,
        sections=sections or None,
        width=width,
        colour=colour,
        evidence=evidence,
        explanation=explanation,
    )
    write_result(page, output)
    if format_name == "html" and is_terminal(output):
        click.echo(messages.PAGE_ON_TERMINAL, err=True)


@cli.command()
@click.argument("source", callback=_refuse_blank)
@reads_sources
@click.pass_obj
def feed(app: App | None, source: str, config: Path | None) -> None:
    """List what a feed holds, newest first.

    SOURCE is the address or the file of an RSS, Atom or JSON feed, or - for standard input.

    \b
    Examples:
      briefbot feed https://news.example/rss.xml
      briefbot feed saved-feed.xml
    """
    from bot.output import check_output, write_result
    from bot.progress import Progress

    check_output(None)
    app, stdin = app or _build(config), _read_stdin(source)
    with Progress() as progress:
        progress.on_reading(source)
        found = _run(app.read_feed(source, stdin=stdin))
    write_result(messages.list_entries(found), None)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of what --format json writes.

    \b
    Example:
      briefbot schema > briefing.schema.json
    """
    import json

    from bot.output import check_output, write_result
    from briefings.briefing import Briefing

    check_output(None)
    shape = Briefing.model_json_schema(mode="serialization")
    write_result(json.dumps(shape, indent=2, ensure_ascii=False), None)


def main() -> None:
    """Run the command line; what the `briefbot` script calls."""
    try:
        cli(prog_name="briefbot")
    except OSError as error:  # from the help text, the only thing written out here
        from bot.output import blame_standard

        with contextlib.suppress(OSError):  # standard error may be as full
            click.echo(messages.explain(blame_standard(error)), err=True)
        sys.exit(FAILED)


def _build(config: Path | None) -> App:
    from bot.app import build_app
    from bot.settings import Settings, load_settings

    return build_app(load_settings(Settings, config))


def _run(work: Coroutine[Any, Any, R]) -> R:
    """What `work` returns; Ctrl-C ends it at once, whatever it is doing."""
    before = signal.getsignal(signal.SIGINT)

    async def interruptible() -> R:
        # asyncio only cancels the task at its next wait, and an analysis waits for nothing.
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, before)
        return await work

    return asyncio.run(interruptible())


def _read_stdin(source: str) -> bytes | None:
    if source != "-":
        return None
    from briefings.errors import SourceMissing, TooLarge
    from briefings.sources.arrival import MAX_FILE_BYTES

    if sys.stdin is None:  # as in `briefbot brief - <&-`
        raise SourceMissing(source, "it is closed")
    if sys.stdin.isatty():
        click.echo(messages.TYPE_NOW, err=True)
    body = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise TooLarge(source, limit=MAX_FILE_BYTES)
    return body
