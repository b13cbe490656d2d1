"""The bot on a laptop: real clock, feeds and summarizer, and nothing posted.

What each platform would get is shown, exactly as its API would get it; the ledger is in memory.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click

from bot import messages
from bot.app import SystemClock, build_app
from bot.app_service import Parts, build_dry_parts, build_parts
from bot.briefer import Silent
from bot.clock import Clock as Ticking
from bot.commands import telling
from bot.console import sizes_of
from bot.engines import Wish
from bot.platform import Destination, PlatformName
from bot.posts import Post, Report, posts_of
from bot.schedule import Schedule, next_fire_at
from bot.schedule_files import read_schedules
from bot.service import TICK
from bot.settings import Settings
from bot.store.port import Store
from bot.store.schema import check_schema
from bot.store.sql import open_store
from briefings.errors import SourceError, SourceMissing

Json = dict[str, Any]
#: A key that no entry has.
_BEGINNING = "dry run"
#: As long as those that are drawn for each message.
_NONCE = "drawn-when-it-is-posted-"
#: The id of a schedule, unless a file of that name lies there.
_ID = re.compile(r"[A-Za-z0-9]{4}")


# --- preview ------------------------------------------------------------------------------------


async def preview_source(
    settings: Settings, source: str, platform: str | None, at: datetime | None, wish: Wish
) -> Json:
    """`{platform, messages, sizes}` of what a schedule, an address or a file would post.

    `wish` wins over the settings and over a schedule's own. `platform`: None for a schedule's own,
    and Slack for all else. Raises SourceError, SummaryError or BotError.
    """
    clock = SystemClock() if at is None else _Standing(at)
    parts = build_dry_parts(settings, lambda *_: None, clock=clock)
    try:
        if _names_schedule(source):
            where, posts = await _preview_schedule(settings, source, parts, wish, until=at)
        else:
            app = build_app(settings, wish.engine or None, wish.language or None)
            app = replace(app, clock=clock)
            briefing = await app.brief(source, listener=Silent())
            where = Destination("slack", "", messages.PREVIEW_CHANNEL)
            posts = posts_of([Report(briefing)], "each", "")
        if platform is not None and platform != where.platform:
            where = Destination(cast(PlatformName, platform), "", messages.PREVIEW_CHANNEL)
        return _bodies(parts, where, posts)
    finally:
        await parts.close()


def _names_schedule(source: str) -> bool:
    return bool(_ID.fullmatch(source)) and not Path(source).exists()


async def _preview_schedule(
    settings: Settings, schedule_id: str, shown: Parts, wish: Wish, *, until: datetime | None
) -> tuple[Destination, tuple[Post, ...]]:
    """Where it posts, and what it would post that it has not seen. Raises SourceMissing."""
    store = await _open(settings)
    parts = build_parts(settings, store, shown.platforms, clock=shown.clock)
    try:
        schedule = await store.find_schedule(schedule_id)
        if schedule is None:
            raise SourceMissing(schedule_id, messages.PREVIEW_NO_SOURCE)
        wished = replace(
            schedule,
            engine=wish.engine or schedule.engine,
            language=wish.language or schedule.language,
        )
        parts.engines.ensure(Wish(wished.engine, wished.language))
        prepared = await parts.rounds.preview(wished, until=until)
        return schedule.destination, prepared.posts
    finally:
        await parts.close()


def show_preview(found: Mapping[str, Any]) -> str:
    """The same for a person: each message's text, and each size against its limit."""
    if not found["messages"]:
        return messages.PREVIEW_NOTHING
    pages = []
    total = len(found["messages"])
    for number, (body, sizes) in enumerate(
        zip(found["messages"], found["sizes"], strict=True), start=1
    ):
        head = messages.PREVIEW_PART.format(number=number, total=total, platform=found["platform"])
        measures = [f"  {s['what']}: {s['size']:,} of {s['limit']:,}" for s in sizes]
        pages.append("\n".join([head, "", _text_of(body), "", *measures]))
    return "\n\n".join(pages)


def _bodies(parts: Parts, where: Destination, posts: tuple[Post, ...]) -> Json:
    """What the API would get. What only posting can tell is named in its place."""
    platform, bodies = parts.platforms[where.platform], list[Json]()
    for post in posts:
        for message in platform.compose(post.top, post.details):
            thread = messages.PREVIEW_THREAD if message.is_detail else None
            made = platform.to_body(where, message, nonce=_NONCE, thread_id=thread)
            bodies.append(dict(made))
    sizes = [
        [{"what": s.what, "size": s.size, "limit": s.limit} for s in sizes_of(where.platform, body)]
        for body in bodies
    ]
    return {"platform": where.platform, "messages": bodies, "sizes": sizes}


async def _open(settings: Settings) -> Store:
    """The real database. Raises StoreError."""
    url = settings.database_url.get_secret_value()
    await check_schema(url)
    return open_store(url)


def _text_of(body: Mapping[str, Any]) -> str:
    """The words of a request body, without its frame."""
    if "embeds" in body:
        parts = [body.get("content", "")]
        parts += [text for e in body["embeds"] for text in (e.get("title", ""), e["description"])]
    else:
        parts = [_block_text(block) for block in body["blocks"]]
    return "\n".join(filter(None, parts))


def _block_text(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "header" | "section":
            return str(block["text"]["text"])
        case "context":
            return "\n".join(str(element["text"]) for element in block["elements"])
        case "divider":
            return "—" * 20
    return ""


class _Standing:
    """A clock that stands at the instant asked for."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant


# --- the whole bot, dry ---------------------------------------------------------------------------


async def run_dry(
    settings: Settings,
    stop: asyncio.Event,
    *,
    schedules_file: Path | None,
    once: bool,
    as_json: bool,
) -> None:
    """Run schedules until `stop`, or each once; what would be posted goes to standard output."""
    parts = build_dry_parts(settings, _shower(as_json=as_json))
    try:
        found = await _schedules(settings, schedules_file, parts)
        click.echo(messages.DRY_RUN_BEGINS.format(count=len(found)), err=True)
        if once:
            for schedule in found:
                if not stop.is_set():
                    await _run_once(parts, schedule)
        else:
            await _run_on(parts, found, stop)
    finally:
        await parts.close()


async def _run_once(parts: Parts, schedule: Schedule) -> None:
    click.echo(f"\n{telling.summary_line(schedule, with_channel=True)}", err=True)
    logged = await parts.rounds.run_now(schedule, asked_by="operator")
    if logged is not None:
        for line in (telling.log_line(logged, schedule.zone), *telling.log_details(logged)):
            click.echo(f"  {line}", err=True)


async def _run_on(parts: Parts, found: list[Schedule], stop: asyncio.Event) -> None:
    clock = Ticking()
    clock.every(TICK, parts.rounds.tick, "tick")
    clock.start()
    for schedule in found:
        click.echo(f"  {telling.summary_line(schedule)}", err=True)
    await stop.wait()
    await clock.stop(5)
    await parts.rounds.finish(25)
    for schedule in found:
        for slot in await parts.store.list_slots(schedule.id, 10):
            click.echo(telling.log_line(slot, schedule.zone), err=True)
            for line in telling.log_details(slot):
                click.echo(f"  {line}", err=True)


async def _schedules(settings: Settings, file: Path | None, parts: Parts) -> list[Schedule]:
    """The file's, or else copies of the database's; what they have seen is not copied."""
    if file is not None:
        drafts = read_schedules(file, settings.team.zone, parts.clock.now())
        for draft in drafts:
            parts.engines.ensure(Wish(draft.engine, draft.language))
        drafts = [replace(d, feeds=await _find_feeds(d.feeds, parts)) for d in drafts]
    else:
        store = await _open(settings)
        try:
            drafts = list(await store.list_schedules())
        finally:
            await store.close()
    timed = [replace(d, next_fire_at=next_fire_at(d, parts.clock.now())) for d in drafts]
    added = [await parts.store.add_schedule(schedule) for schedule in timed]
    for schedule in added:
        # As if it had run before: a first run posts the newest entry alone, and shows little.
        await parts.store.mark_seen(schedule.id, [_BEGINNING], parts.clock.now())
    return added


async def _find_feeds(addresses: tuple[str, ...], parts: Parts) -> tuple[str, ...]:
    """Sites replaced by their feeds; what can't be read now stays, and is told when it is due."""
    found: list[str] = []
    for address in addresses:
        try:
            found.append((await parts.rounds.find_feed(address)).url)
        except SourceError:
            found.append(address)
    return tuple(dict.fromkeys(found))


def _shower(*, as_json: bool) -> Callable[[Destination, Mapping[str, Any], bool], None]:
    def show(where: Destination, body: Mapping[str, Any], is_detail: bool) -> None:
        if as_json:
            told = {
                "platform": where.platform,
                "channel": where.channel_id,
                "in_thread": is_detail,
                "body": body,
            }
            click.echo(json.dumps(told, ensure_ascii=False))
            return
        place = messages.DRY_RUN_THREAD if is_detail else messages.DRY_RUN_CHANNEL
        click.echo(f"\n── {place.format(platform=where.platform, channel=where.channel_id)}")
        click.echo(_text_of(body))

    return show
