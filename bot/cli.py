"""The command line: one command a function.

It reads no article and words no problem; what is slow to import is imported where it is needed.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import messages
from bot.cli_parts import (
    FAILED,
    BriefbotGroup,
    OneOf,
    load_formats,
    load_sections,
    reads_sources,
    refuse_blank,
    run_to_end,
    writes_with,
)
from bot.cli_service import SERVICE_COMMANDS

if TYPE_CHECKING:
    from bot.app import App
    from bot.setting_groups import EngineName


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
      briefbot run
    """


for _command in SERVICE_COMMANDS:
    cli.add_command(_command)


@cli.command()
@click.argument("source", callback=refuse_blank)
@click.option(
    "--format",
    "format_name",
    type=OneOf(load_formats),
    default="text",
    show_default=True,
    help="How the briefing is written.",
)
@click.option(
    "--section",
    "sections",
    type=OneOf(load_sections),
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
@writes_with
@click.option(
    "--dry-run",
    is_flag=True,
    help="With --engine llm: print what the model would be sent and its size, and send nothing.",
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
    engine: EngineName | None,
    language: str | None,
    dry_run: bool,
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
      briefbot brief article.txt --engine llm --dry-run
      pbpaste | briefbot brief - --format html --output briefing.html
    """
    from bot.output import check_output, choose_layout, is_terminal, write_result
    from bot.progress import Progress
    from briefings.rendering import EXPLAINED_FORMATS, SECTIONED_FORMATS, render

    if sections and format_name not in SECTIONED_FORMATS:
        raise click.UsageError(messages.ALWAYS_WHOLE.format(format=format_name))
    if explain and format_name not in EXPLAINED_FORMATS:
        raise click.UsageError(messages.NOT_EXPLAINED.format(format=format_name))
    if dry_run and engine != "llm":
        raise click.UsageError(messages.DRY_RUN_OF_MODEL)
    check_output(output)
    if dry_run:
        _show_prompts(app, source, entry=entry, into=language, output=output, config=config)
        return
    app, stdin = app or _build(config, engine, language), _read_stdin(source)
    explanation = None
    with Progress() as progress:
        if explain:
            explained = run_to_end(app.explain(source, listener=progress, entry=entry, stdin=stdin))
            briefing, explanation = explained.briefing, explained.explanation
        else:
            briefing = run_to_end(app.brief(source, listener=progress, entry=entry, stdin=stdin))
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
@click.argument("source", callback=refuse_blank)
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
        found = run_to_end(app.read_feed(source, stdin=stdin))
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


def _build(
    config: Path | None, engine: EngineName | None = None, language: str | None = None
) -> App:
    from bot.app import build_app
    from bot.settings import Settings, load_settings

    return build_app(load_settings(Settings, config), engine, language)


def _show_prompts(
    app: App | None,
    source: str,
    *,
    entry: int | None,
    into: str | None,
    output: str | None,
    config: Path | None,
) -> None:
    from bot.output import write_result
    from bot.progress import Progress
    from bot.settings import Settings, load_settings

    settings = load_settings(Settings, config)
    tokens, into = settings.summarizer.exchange_tokens, into or settings.team.language
    # Whoever only looks needs neither a model nor the packages that would speak to it.
    app, stdin = app or _build(config, "extractive"), _read_stdin(source)
    with Progress() as progress:
        prompts = run_to_end(
            app.write_prompts(
                source, tokens=tokens, listener=progress, entry=entry, stdin=stdin, into=into
            )
        )
    write_result(messages.list_prompts(prompts), output)


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
