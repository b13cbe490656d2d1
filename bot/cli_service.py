"""The commands of who runs the bot: run, check, migrate, preview, schedules.

It decides nothing and words no problem; what is slow to import is imported where it is needed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from bot import messages
from bot.cli_parts import BriefbotCommand, reads_sources, writes_with

if TYPE_CHECKING:
    from bot.platform import PlatformName
    from bot.setting_groups import EngineName
    from bot.settings import Settings

_PLATFORMS = ("slack", "discord")
_PARTS = ("slack", "discord", "scheduler")


class Instant(click.ParamType[datetime]):
    """An instant of RFC 3339, such as 2026-03-02T08:00:00Z; without a zone it is UTC."""

    name = "instant"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(messages.NO_INSTANT.format(value=value), param, ctx)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@click.command(cls=BriefbotCommand)
@click.option(
    "--only",
    type=click.Choice(_PARTS),
    multiple=True,
    help="Only this part; give it again for more. A scheduler posts, and takes no commands.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Post nothing: show here what each platform would get. Needs no token.",
)
@click.option(
    "--schedules",
    "schedules_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --dry-run: these schedules, as in config/feeds.toml, not the database's.",
)
@click.option("--once", is_flag=True, help="With --dry-run: run each schedule once, now, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: one JSON object a message.")
@reads_sources
def run(
    *,
    only: tuple[str, ...],
    dry_run: bool,
    schedules_file: Path | None,
    once: bool,
    as_json: bool,
    config: Path | None,
) -> None:
    """Run the bot until it is stopped with Ctrl-C or SIGTERM.

    \b
    Examples:
      briefbot run
      briefbot run --only scheduler
      briefbot run --dry-run --schedules config/feeds.toml --once
    """
    if not dry_run and (schedules_file or once or as_json):
        raise click.UsageError(messages.DRY_RUN_ONLY)
    if dry_run and only:
        raise click.UsageError(messages.DRY_RUN_ALL)
    settings = _settings(config)
    if dry_run:
        from bot.dry_run import run_dry

        _until_stopped(
            lambda stop: run_dry(
                settings, stop, schedules_file=schedules_file, once=once, as_json=as_json
            )
        )
        return
    from bot.service_logs import configure_service_logging

    configure_service_logging(debug=logging.getLogger("bot").isEnabledFor(logging.DEBUG))

    async def serve(stop: asyncio.Event) -> None:
        from bot.app_service import build_service
        from bot.service import settle_process
        from bot.store.schema import check_schema

        await check_schema(settings.database_url.get_secret_value())
        service = await build_service(settings, frozenset(only))
        settle_process()
        await service.run(stop)

    _until_stopped(serve)


@click.command(cls=BriefbotCommand)
@reads_sources
def migrate(config: Path | None) -> None:
    """Create or renew the tables of the database.

    \b
    Example:
      briefbot migrate
    """
    from bot.store.database import Database
    from bot.store.schema import migrate as renew

    url = _settings(config).database_url.get_secret_value()
    version = asyncio.run(renew(url))
    click.echo(messages.MIGRATED.format(place=Database(url).place, version=version))


@click.command(cls=BriefbotCommand)
@reads_sources
@click.pass_context
def check(ctx: click.Context, config: Path | None) -> None:
    """Check settings, tokens, database and clock, and say what to do about what is wrong.

    \b
    Example:
      briefbot check
    """
    from bot.checks import run_checks

    is_well = True
    for finding in asyncio.run(run_checks(_settings(config))):
        is_well = is_well and not finding.is_wrong
        click.echo(f"{finding.sign} {finding.part}: {finding.told}")
    if not is_well:
        ctx.exit(1)


@click.command(cls=BriefbotCommand)
@click.argument("source")
@click.option(
    "--platform",
    type=click.Choice(_PLATFORMS),
    help="Whose messages to show; unless given, a schedule's own, else Slack's.",
)
@click.option(
    "--at",
    type=Instant(),
    metavar="INSTANT",
    help="As if it were this instant, such as 2026-03-02T08:00:00Z.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("json", "text")),
    default="json",
    show_default=True,
    help="json: the request bodies exactly as the API would get them; text: for a person.",
)
@writes_with
@reads_sources
def preview(
    source: str,
    *,
    platform: str | None,
    at: datetime | None,
    format_name: str,
    engine: EngineName | None,
    language: str | None,
    config: Path | None,
) -> None:
    """Show exactly what would be posted, and post nothing.

    SOURCE is the id of a schedule, the address of an article, or a file.

    \b
    Examples:
      briefbot preview https://news.example/article --platform discord
      briefbot preview article.txt --format text
      briefbot preview article.txt --engine llm
      briefbot preview k3m9 --at 2026-03-02T08:00:00Z
    """
    from bot.dry_run import preview_source, show_preview
    from bot.engines import Wish
    from bot.output import check_output, write_result

    check_output(None)
    wish = Wish(engine or "", language or "")
    found = asyncio.run(preview_source(_settings(config), source, platform, at, wish))
    written = json.dumps(found, ensure_ascii=False, indent=2)
    write_result(written if format_name == "json" else show_preview(found), None)


@click.command(cls=BriefbotCommand, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--platform", type=click.Choice(_PLATFORMS), default="slack", show_default=True)
@click.option("--tenant", metavar="ID", default="", help="The workspace or guild.")
@click.option("--channel", metavar="ID", default="", help="The channel.")
@reads_sources
@click.pass_context
def schedules(
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    platform: str,
    tenant: str,
    channel: str,
    config: Path | None,
) -> None:
    """Manage schedules from a terminal, with the words of /briefing.

    \b
    Examples:
      briefbot schedules list
      briefbot schedules add https://news.example/feed at weekdays 08:00 --tenant T1 --channel C1
      briefbot schedules show k3m9
      briefbot schedules log k3m9
      briefbot schedules pause k3m9
    """
    from bot.operator import run_command
    from bot.output import check_output, write_result
    from bot.platform import Destination

    check_output(None)
    where = Destination(cast("PlatformName", platform), tenant, channel)
    text = " ".join(map(_quoted, words))
    is_done, told = asyncio.run(run_command(_settings(config), text, where))
    if is_done:
        write_result(told, None)
    else:
        click.echo(told, err=True)
        ctx.exit(1)


def _quoted(word: str) -> str:
    """A word that the shell took out of quotation marks, in them again."""
    return f'"{word}"' if any(c.isspace() for c in word) else word


def _settings(config: Path | None) -> Settings:
    from bot.settings import Settings, load_settings

    return load_settings(Settings, config)


def _until_stopped(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Run `work(stop)`; the first SIGINT or SIGTERM sets `stop`, a second ends it at once."""

    async def stoppable() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def on_signal() -> None:
            if stop.is_set():
                sys.exit(130)
            click.echo(messages.STOPPING, err=True)
            stop.set()

        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, on_signal)
        await work(stop)

    asyncio.run(stoppable())


SERVICE_COMMANDS = (run, migrate, check, preview, schedules)
