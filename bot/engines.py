"""Chooses who makes a briefing, as settings and wishes say; beside `app`, builds what that takes.

It decides nothing about an article.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.errors import OptionRefused, SettingMissing, SettingsInvalid
from bot.metrics import Metrics
from bot.platform import PlatformName
from bot.setting_groups import EngineName, SummarizerSettings, wants_model
from bot.store.port import Store
from briefings.article import Article
from briefings.briefing import Briefing, Usage
from briefings.errors import FallbackReason
from briefings.languages import ENGLISH, name_language
from briefings.ports import Clock, Summarizer
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import Budget, Ledger, current_payer
from briefings.summarizers.llm.engine import Embedded, LlmSummarizer, OnUsage
from briefings.summarizers.llm.exchange import connect

_log = logging.getLogger(__name__)
_COUNT = "model exchanges"
#: A payer without a workspace or guild is whoever runs the bot.
_NOWHERE: PlatformName = "console"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to make a briefing, and in which language; "" leaves it to the settings."""

    engine: EngineName | Literal[""] = ""
    language: str = ""


class Model(Protocol):
    """A summarizer that asks a model, and reads and writes whatever languages it can."""

    def into(self, language: str) -> Summarizer:
        """The same, writing in a language."""
        ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who makes a briefing. Briefings of one article with one `key` are the same briefing."""

    summarizer: Summarizer
    key: str
    reads_any_language: bool = False


class Engines:
    """The embedded engine, and where one is set up one that asks a model.

    `default` and `language` hold where a wish says nothing.
    """

    def __init__(
        self,
        embedded: Summarizer,
        model: Model | None = None,
        *,
        default: EngineName = "auto",
        language: str = ENGLISH,
    ) -> None:
        self._embedded = embedded
        self._model = model
        self._default = default
        self._language = language

    @property
    def has_model(self) -> bool:
        return self._model is not None

    def choose(self, wish: Wish) -> Chosen:
        """Never fails: where a wish needs a model and there is none, the briefing says so."""
        engine = wish.engine or self._default
        if engine != "extractive" and self._model is not None:
            language = wish.language or self._language
            return Chosen(self._model.into(language), f"llm {language}", reads_any_language=True)
        if engine == "llm":
            return Chosen(_WithoutModel(self._embedded), "without model")
        return Chosen(self._embedded, "")

    def ensure(self, wish: Wish) -> None:
        """Raises OptionRefused where a wish can't be granted as things are set up."""
        if wish.engine == "llm" and self._model is None:
            raise OptionRefused("engine", "llm", "no model")
        if wish.language in ("", ENGLISH):
            return
        if self._model is None:
            raise OptionRefused("language", name_language(wish.language), "no model")
        if (wish.engine or self._default) == "extractive":
            raise OptionRefused("language", name_language(wish.language), "embedded")


class _WithoutModel:
    """The embedded engine, which says that a model was asked for and none is set up."""

    def __init__(self, embedded: Summarizer) -> None:
        self._embedded = embedded
        self.name = embedded.name

    async def summarize(self, article: Article) -> Briefing:
        made = await self._embedded.summarize(article)
        engine = made.engine.model_copy(update={"fallback": "not set up"})
        return made.model_copy(update={"engine": engine})


def build_engines(
    settings: SummarizerSettings,
    embedded: Embedded,
    *,
    ledger: Ledger,
    clock: Clock,
    on_usage: OnUsage = lambda *_: None,
    language: str = ENGLISH,
) -> Engines:
    """All engines that the settings name. Raises as `build_model` does."""
    model = None
    if settings.model or wants_model(settings):
        model = build_model(settings, embedded, ledger=ledger, clock=clock, on_usage=on_usage)
    return Engines(embedded, model, default=settings.engine, language=language)


def build_model(
    settings: SummarizerSettings,
    embedded: Embedded,
    *,
    ledger: Ledger,
    clock: Clock,
    on_usage: OnUsage = lambda *_: None,
) -> LlmSummarizer:
    """A summarizer that asks a model and has the embedded one to fall back on.

    Raises SettingsInvalid where no model is named, EngineNotInstalled or ModelUnusable where the
    one that is named can't be asked.
    """
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
            repairs=settings.repairs,
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
        told = {"model": model, "outcome": outcome, "payer": current_payer()}
        _log.info("model asked", extra={**told, **usage.model_dump()})

    return on_usage
