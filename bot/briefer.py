"""Briefs an address once, however many ask for it.

It reads and summarizes nothing itself: the steps are the domain's.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.engines import Chosen, Engines, Wish
from briefings import pipeline
from briefings.article import Article, Entry, Feed
from briefings.briefing import Briefing
from briefings.ports import Clock, Fetcher
from briefings.sharing import Shared
from briefings.sources.urls import canonical_url
from briefings.summarizers.llm.budget import share_cost

#: How long a briefing answers for its address: a correction should be seen the same morning.
FRESH_FOR = timedelta(minutes=10)
_MOST_KEPT = 200


class Silent:
    """Listens to the steps and says nothing."""

    def on_reading(self, source: str) -> None:
        """Nobody waits at a terminal."""

    def on_summarizing(self, article: Article) -> None:
        """Nobody waits at a terminal."""


class Briefer:
    """Briefs addresses and entries, at most `at_once` at a time.

    Requests for one address and alike wishes that come in while it is read, or within FRESH_FOR,
    share one briefing.
    """

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        engines: Engines,
        clock: Clock,
        at_once: int = 4,
    ) -> None:
        self.fetcher = fetcher
        self.engines = engines
        self._clock = clock
        self._room = asyncio.Semaphore(at_once)
        self._shared: Shared[Briefing] = Shared()
        self._kept: OrderedDict[str, tuple[datetime, Briefing]] = OrderedDict()

    async def brief(self, url: str, wish: Wish = Wish()) -> Briefing:  # noqa: B008  # frozen
        """The briefing of the article at an address. Raises SourceError or SummaryError."""
        chosen = self.engines.choose(wish)
        return await self._share(
            f"{canonical_url(url)} {chosen.key}", lambda: self._brief_address(url, chosen)
        )

    async def brief_entry(
        self,
        entry: Entry,
        feed: Feed,
        wish: Wish = Wish(),  # noqa: B008  # frozen
    ) -> Briefing:
        """The briefing of a feed's entry. Raises SourceError or SummaryError."""
        chosen = self.engines.choose(wish)
        guid = f"{feed.url} {entry.guid or ''} {entry.title}"
        address = canonical_url(entry.url) if entry.url else guid
        return await self._share(
            f"{address} {chosen.key}", lambda: self._brief_listed(entry, feed, chosen)
        )

    async def _brief_address(self, url: str, chosen: Chosen) -> Briefing:
        return await pipeline.brief(
            url,
            fetcher=self.fetcher,
            summarizer=chosen.summarizer,
            clock=self._clock,
            listener=Silent(),
            any_language=chosen.reads_any_language,
        )

    async def _brief_listed(self, entry: Entry, feed: Feed, chosen: Chosen) -> Briefing:
        return await pipeline.brief_entry(
            entry,
            feed,
            fetcher=self.fetcher,
            summarizer=chosen.summarizer,
            clock=self._clock,
            any_language=chosen.reads_any_language,
        )

    async def _share(self, key: str, make: Callable[[], Awaitable[Briefing]]) -> Briefing:
        made = self._kept.get(key)
        if made is not None and self._clock.now() - made[0] < FRESH_FOR:
            return made[1]
        return await share_cost(self._shared, key, lambda: self._make(key, make), _is_unpaid)

    async def _make(self, key: str, make: Callable[[], Awaitable[Briefing]]) -> Briefing:
        async with self._room:
            briefing = await make()
        if _is_unpaid(briefing):  # another tenant may have some left
            return briefing
        self._kept[key] = (self._clock.now(), briefing)
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return briefing


def _is_unpaid(briefing: Briefing) -> bool:
    return briefing.engine.fallback == "budget"
