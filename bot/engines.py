"""Chooses who makes the briefings, as the settings say; beside `app`, builds what that takes.

It decides nothing about an article.
"""

from __future__ import annotations

import logging
from typing import TypeVar

from bot.errors import SettingMissing, SettingsInvalid
from bot.metrics import Metrics
from bot.platform import PlatformName
from bot.setting_groups import SummarizerSettings, wants_model
from bot.store.port import Store
from briefings.briefing import Usage
from briefings.errors import FallbackReason
from briefings.ports import Clock
from briefings.summarizers.llm.budget import Budget, Ledger
from briefings.summarizers.llm.engine import Embedded, Limits, LlmSummarizer, OnUsage
from briefings.summarizers.llm.exchange import connect

_log = logging.getLogger(__name__)
_COUNT = "model exchanges"
#: A payer without a workspace or guild is whoever runs the bot.
_NOWHERE: PlatformName = "console"

E = TypeVar("E", bound=Embedded)


def choose_summarizer(
    settings: SummarizerSettings,
    embedded: E,
    *,
    ledger: Ledger,
    clock: Clock,
    on_usage: OnUsage = lambda *_: None,
) -> E | LlmSummarizer:
    """The embedded engine, or one that asks a model and has the embedded one to fall back on.

    Raises SettingsInvalid where a model is wanted and none is named, EngineNotInstalled or
    ModelUnusable where the one that is named can't be asked.
    """
    if not wants_model(settings):
        return embedded
    if not settings.model:
        raise SettingsInvalid((SettingMissing("summarizer.model"),))
    exchange = connect(
        settings.model, base_url=settings.base_url, key=settings.key.get_secret_value()
    )
    return LlmSummarizer(
        exchange,
        embedded,
        Budget(settings.exchanges_per_day, ledger, clock),
        limits=Limits(
            seconds=settings.seconds,
            tokens=settings.tokens,
            exchange_tokens=settings.exchange_tokens,
            at_once=settings.at_once,
        ),
        on_usage=on_usage,
    )


class StoreLedger:
    """Keeps what a workspace or guild has spent among its own settings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, payer: str) -> str | None:
        """`payer`: platform and tenant, parted by a space, as `name_payer` writes them."""
        return await self._store.get_setting(*_place(payer), _COUNT)

    async def write(self, payer: str, text: str) -> None:
        await self._store.put_setting(*_place(payer), _COUNT, text)


def name_payer(platform: PlatformName, tenant_id: str) -> str:
    """Who pays for what is asked for in a workspace or guild."""
    return f"{platform} {tenant_id}"


def _place(payer: str) -> tuple[PlatformName, str]:
    platform, _, tenant_id = payer.partition(" ")
    if platform == "slack":
        return "slack", tenant_id
    return ("discord", tenant_id) if platform == "discord" else (_NOWHERE, tenant_id)


def count_usage(metrics: Metrics) -> OnUsage:
    """Writes what a model took into the log and the metrics."""

    def on_usage(model: str, usage: Usage, fallback: FallbackReason | None) -> None:
        outcome = fallback or "used"
        metrics.model_briefings.labels(model, outcome).inc()
        metrics.model_tokens.labels(model, "in").inc(usage.tokens_in)
        metrics.model_tokens.labels(model, "out").inc(usage.tokens_out)
        metrics.model_cost.labels(model).inc(usage.cost or 0.0)
        _log.info("model asked", extra={"model": model, "outcome": outcome, **usage.model_dump()})

    return on_usage
