"""Wires everything: the only place that builds concrete things. It decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import OptionRefused
from bot.setting_groups import EngineName, wants_model
from bot.settings import Settings
from briefings import pipeline
from briefings.article import Article, Feed
from briefings.briefing import Briefing
from briefings.explanation import Explained
from briefings.languages import ENGLISH
from briefings.ports import Clock, Explainer, Fetcher
from briefings.sources.fetch import FetchLimits, GuardedFetcher
from briefings.sources.reader import read_article, read_feed

if TYPE_CHECKING:  # at run time only where a model is asked
    from briefings.summarizers.llm.asked import Asked
    from briefings.summarizers.llm.prompt import Prompt
    from briefings.verification.proposal import Proposal


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class LateExtractive:
    """The embedded summarizer, loaded with the first article: listing a feed needs no grammar."""

    name = "extractive"

    async def summarize(self, article: Article) -> Briefing:
        return await _extractive().summarize(article)

    async def explain(self, article: Article) -> Explained:
        return await _extractive().explain(article)

    async def settle(self, article: Article, proposal: Proposal, asked: Asked) -> Explained:
        from briefings.summarizers.llm.settle import settle  # noqa: PLC0415

        return settle(article, proposal, asked)


def _extractive() -> Explainer:
    from briefings.summarizers.embedded import ExtractiveSummarizer  # noqa: PLC0415

    return ExtractiveSummarizer()


@dataclass(frozen=True, slots=True)
class App:
    """The parts, put together."""

    fetcher: Fetcher
    summarizer: Explainer
    clock: Clock
    #: Whether the summarizer reads more than English.
    any_language: bool = False

    async def brief(
        self,
        source: str,
        *,
        listener: pipeline.Listener,
        entry: int | None = None,
        stdin: bytes | None = None,
    ) -> Briefing:
        """Brief one source; see `briefings.pipeline.brief` for what goes in and what is raised."""
        return await pipeline.brief(
            source,
            fetcher=self.fetcher,
            summarizer=self.summarizer,
            clock=self.clock,
            listener=listener,
            entry=entry,
            stdin=stdin,
            any_language=self.any_language,
        )

    async def explain(
        self,
        source: str,
        *,
        listener: pipeline.Listener,
        entry: int | None = None,
        stdin: bytes | None = None,
    ) -> Explained:
        """The briefing of one source with the reasons for its lines; all else as for `brief`."""
        return await pipeline.explain(
            source,
            fetcher=self.fetcher,
            summarizer=self.summarizer,
            clock=self.clock,
            listener=listener,
            entry=entry,
            stdin=stdin,
            any_language=self.any_language,
        )

    async def write_prompts(
        self,
        source: str,
        *,
        tokens: int,
        listener: pipeline.Listener,
        entry: int | None = None,
        stdin: bytes | None = None,
        into: str = ENGLISH,
    ) -> tuple[Prompt, ...]:
        """What a model would be sent for one source, each within `tokens`; nothing is sent.

        `into`: the code of the language that its lines would be translated into.
        Raises SourceError, or ModelFailed where the limit is too small.
        """
        from briefings.summarizers.llm.prompt import write_prompts  # noqa: PLC0415

        listener.on_reading(source)
        article = await read_article(
            source,
            fetcher=self.fetcher,
            clock=self.clock,
            entry=entry,
            stdin=stdin,
            any_language=True,
        )
        return write_prompts(article, tokens=tokens, into=into)

    async def read_feed(self, source: str, *, stdin: bytes | None = None) -> Feed:
        """The feed at an address, in a file, or on standard input. Raises SourceError."""
        return await read_feed(source, fetcher=self.fetcher, stdin=stdin)


def build_app(
    settings: Settings, engine: EngineName | None = None, language: str | None = None
) -> App:
    """The parts as the settings say; `engine` and `language` win over theirs.

    Raises SettingsInvalid; OptionRefused where the language asked for needs a model.
    """
    fetch, clock = settings.fetch, SystemClock()
    summarizer = _choose_summarizer(settings, engine, language, clock)
    return App(
        fetcher=GuardedFetcher(
            FetchLimits(max_bytes=fetch.max_bytes, deadline_seconds=fetch.deadline_seconds),
            allow_hosts=fetch.allow_hosts,
        ),
        summarizer=summarizer or LateExtractive(),
        clock=clock,
        any_language=summarizer is not None,
    )


def _choose_summarizer(
    settings: Settings, engine: EngineName | None, language: str | None, clock: Clock
) -> Explainer | None:
    """One that asks a model, or None for the embedded engine."""
    given = settings.summarizer
    wanted = given.model_copy(update={"engine": engine}) if engine else given
    if not wants_model(wanted):
        if language not in (None, ENGLISH):
            raise OptionRefused("language", language or "", "no model")
        return None
    from bot.engines import build_model  # noqa: PLC0415  # not needed to brief without
    from briefings.summarizers.llm.budget import MemoryLedger  # noqa: PLC0415

    model = build_model(wanted, LateExtractive(), ledger=MemoryLedger(), clock=clock)
    return model.into(language or settings.team.language)
