"""Wires the service: beside `app`, the only place that builds concrete things.

It decides nothing: which platforms there are is read from the settings.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.app import SystemClock
from bot.briefer import Briefer
from bot.commands.access import Access
from bot.commands.articles import ArticleCommands
from bot.commands.handler import CommandHandler
from bot.commands.schedules import ScheduleCommands
from bot.connections import DiscordConnection, SlackConnection
from bot.console import ConsolePlatform
from bot.console.platform import Show
from bot.delivery import Deliverer
from bot.discord import DiscordAdapter, DiscordPlatform, use_addresses
from bot.engines import Engines, StoreLedger, build_engines, count_usage
from bot.errors import SettingMissing, SettingsInvalid
from bot.feeds import FeedReader
from bot.metrics import Metrics
from bot.platform import Platform, PlatformName
from bot.rounds import Rounds
from bot.service import Connection, Service
from bot.settings import Settings
from bot.slack.clients import API_URL
from bot.slack.marker import Marker
from bot.slack.post import SlackPlatform
from bot.slack.serve import SlackBot
from bot.store.memory import MemoryStore
from bot.store.port import Store
from bot.store.sql import open_store
from bot.workers import WorkerSummarizer
from briefings.ports import Clock, Fetcher
from briefings.sources.fetch import FetchLimits, GuardedFetcher

Close = Callable[[], Awaitable[None]]
_MARKER_KEY = "marker key"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Parts:
    """What commands and rounds are made of, for a service or for one command of a terminal."""

    store: Store
    clock: Clock
    metrics: Metrics
    platforms: Mapping[PlatformName, Platform]
    rounds: Rounds
    commands: CommandHandler
    workers: WorkerSummarizer
    engines: Engines

    async def close(self) -> None:
        self.workers.close()
        await self.store.close()


def build_fetcher(settings: Settings) -> GuardedFetcher:
    fetch = settings.fetch
    return GuardedFetcher(
        FetchLimits(max_bytes=fetch.max_bytes, deadline_seconds=fetch.deadline_seconds),
        allow_hosts=fetch.allow_hosts,
    )


def build_parts(
    settings: Settings,
    store: Store,
    platforms: Mapping[PlatformName, Platform],
    *,
    fetcher: Fetcher | None = None,
    clock: Clock | None = None,
) -> Parts:
    """The parts on this store and these platforms."""
    clock, metrics = clock or SystemClock(), Metrics()
    fetcher = fetcher or build_fetcher(settings)
    workers = WorkerSummarizer(workers=settings.work.processes)
    engines = build_engines(
        settings.summarizer,
        workers,
        ledger=StoreLedger(store),
        clock=clock,
        on_usage=count_usage(metrics),
        language=settings.team.language,
    )
    briefer = Briefer(fetcher=fetcher, engines=engines, clock=clock, at_once=settings.work.articles)
    rounds = Rounds(
        store=store,
        briefer=briefer,
        feeds=FeedReader(fetcher, clock),
        platforms=platforms,
        deliverer=Deliverer(store=store, platforms=platforms, clock=clock, metrics=metrics),
        clock=clock,
        metrics=metrics,
    )
    access = Access(
        platforms,
        users=frozenset(settings.access.users),
        roles=frozenset(settings.access.roles),
    )
    commands = CommandHandler(
        ArticleCommands(briefer, store, clock),
        ScheduleCommands(store, rounds, access, clock, zone=settings.team.zone, engines=engines),
        metrics,
    )
    return Parts(store, clock, metrics, platforms, rounds, commands, workers, engines)


def build_dry_parts(settings: Settings, show: Show, *, clock: Clock | None = None) -> Parts:
    """The same with everything in memory, and each platform's messages shown instead of posted."""
    clock = clock or SystemClock()
    shapes: tuple[Platform, ...] = (
        SlackPlatform("", marker=Marker(secrets.token_bytes(_KEY_BYTES))),
        DiscordPlatform("", clock=clock),
    )
    platforms: dict[PlatformName, Platform] = {
        shape.name: ConsolePlatform(shape, show) for shape in shapes
    }
    return build_parts(settings, MemoryStore(), platforms, clock=clock)


async def build_service(
    settings: Settings, only: frozenset[str], *, clock: Clock | None = None
) -> Service:
    """The whole bot, or the parts in `only`. Raises SettingsInvalid where a token is missing."""
    _ensure_tokens(settings, only)
    store = open_store(settings.database_url.get_secret_value())
    clock = clock or SystemClock()
    platforms: dict[PlatformName, Platform] = {}
    if settings.slack.bot_token.get_secret_value():
        platforms["slack"] = SlackPlatform(
            settings.slack.bot_token.get_secret_value(),
            marker=Marker(await _marker_key(store)),
            api_url=f"{settings.slack.api_url}/" if settings.slack.api_url else API_URL,
        )
    gateway: list[DiscordAdapter] = []
    if settings.discord.token.get_secret_value():
        use_addresses(
            api_url=settings.discord.api_url or None,
            gateway_url=settings.discord.gateway_url or None,
        )
        platforms["discord"] = DiscordPlatform(
            settings.discord.token.get_secret_value(),
            clock=clock,
            gateway=lambda: gateway[0].client if gateway else None,
        )
    parts = build_parts(settings, store, platforms, clock=clock)
    connections: dict[str, Connection] = {}
    slack, discord = platforms.get("slack"), platforms.get("discord")
    if isinstance(slack, SlackPlatform) and _is_wanted("slack", only):
        connections["slack"] = _connect_slack(settings, parts, slack)
    if isinstance(discord, DiscordPlatform) and _is_wanted("discord", only):
        gateway.append(_adapt_discord(settings, parts, discord))
        connections["discord"] = DiscordConnection(gateway[0])
    health = settings.health
    return Service(
        store=store,
        rounds=parts.rounds if _is_wanted("scheduler", only) else None,
        connections=connections,
        clock=clock,
        metrics=parts.metrics,
        health_at=(health.host, health.port) if health.port else None,
        closers=(*_closers(platforms), _closer(parts.workers)),
    )


def _is_wanted(part: str, only: frozenset[str]) -> bool:
    return not only or part in only


def _ensure_tokens(settings: Settings, only: frozenset[str]) -> None:
    """Raises SettingsInvalid, naming each token that what is wanted can't do without."""
    slack, discord = settings.slack, settings.discord
    missing: list[SettingMissing] = []
    if "slack" in only and not slack.bot_token:
        missing.append(SettingMissing("slack.bot_token"))
    if "discord" in only and not discord.token:
        missing.append(SettingMissing("discord.token"))
    if not (missing or slack.bot_token or discord.token):
        missing.append(SettingMissing("slack.bot_token", instead="discord.token"))
    needs_way_in = slack.bot_token and _is_wanted("slack", only)
    if needs_way_in and not (slack.app_token or slack.signing_secret):
        missing.append(SettingMissing("slack.app_token", instead="slack.signing_secret"))
    if missing:
        raise SettingsInvalid(tuple(missing))


async def _marker_key(store: Store) -> bytes:
    """The key of Slack's marks: drawn once, and kept where the ledger is kept."""
    kept = await store.get_setting("slack", "", _MARKER_KEY)
    if kept is None:
        kept = secrets.token_hex(_KEY_BYTES)
        await store.put_setting("slack", "", _MARKER_KEY, kept)
    return bytes.fromhex(kept)


def _connect_slack(settings: Settings, parts: Parts, platform: SlackPlatform) -> SlackConnection:
    slack = settings.slack

    async def remember(_: str, tenant_id: str, event_id: str) -> bool:
        return await parts.store.remember_event(
            "slack", f"{tenant_id} {event_id}", parts.clock.now()
        )

    async def forget(_: str, tenant_id: str) -> None:
        await parts.store.forget_tenant("slack", tenant_id)

    bot = SlackBot(
        parts.commands,
        platform,
        bot_token=slack.bot_token.get_secret_value(),
        remember_event=remember,
        forget_tenant=forget,
    )
    return SlackConnection(
        bot,
        app_token=slack.app_token.get_secret_value(),
        signing_secret=slack.signing_secret.get_secret_value(),
        host=slack.host,
        port=slack.port,
    )


def _adapt_discord(settings: Settings, parts: Parts, platform: DiscordPlatform) -> DiscordAdapter:
    async def forget(tenant_id: str) -> None:
        await parts.store.forget_tenant("discord", tenant_id)

    return DiscordAdapter(
        settings.discord.token.get_secret_value(),
        commands=parts.commands,
        platform=platform,
        forget_tenant=forget,
    )


def _closers(platforms: Mapping[PlatformName, Platform]) -> tuple[Close, ...]:
    return tuple(p.close for p in platforms.values() if isinstance(p, DiscordPlatform))


def _closer(workers: WorkerSummarizer) -> Close:
    async def close() -> None:
        workers.close()

    return close
