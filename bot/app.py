"""Wires everything: the only place that builds concrete things. It decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.settings import Settings
from briefings import pipeline
from briefings.article import Article, Feed
from briefings.briefing import Briefing
from briefings.explanation import Explained
from briefings.ports import Clock, Explainer, Fetcher
from briefings.sources.fetch import FetchLimits, GuardedFetcher
from briefings.sources.reader import read_feed


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


def _extractive() -> Explainer:
    """The embedded summarizer with every line of it held against the article."""
    from briefings.summarizers.extractive.compose import ExtractiveSummarizer  # noqa: PLC0415
    from briefings.verification.of_briefing import hold  # noqa: PLC0415

    return ExtractiveSummarizer(check=hold)


@dataclass(frozen=True, slots=True)
class App:
    """The parts, put together."""

    fetcher: Fetcher
    summarizer: Explainer
    clock: Clock

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
        )

    async def read_feed(self, source: str, *, stdin: bytes | None = None) -> Feed:
        """The feed at an address, in a file, or on standard input. Raises SourceError."""
        return await read_feed(source, fetcher=self.fetcher, stdin=stdin)


def build_app(settings: Settings) -> App:
    fetch = settings.fetch
    return App(
        fetcher=GuardedFetcher(
            FetchLimits(max_bytes=fetch.max_bytes, deadline_seconds=fetch.deadline_seconds),
            allow_hosts=fetch.allow_hosts,
        ),
        summarizer=LateExtractive(),
        clock=SystemClock(),
    )
