"""Reads feeds for schedules: once for all that want one at the same time, and only if it changed.

It keeps what a feed said last, and with what to ask whether that still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from briefings.article import Feed
from briefings.errors import FeedUnreadable, NotAnArticle, Unreachable
from briefings.ports import Clock, Fetched, Fetcher, Validators
from briefings.sharing import Shared
from briefings.sources.reader import find_feed, read_feed

#: So long a feed is not asked again: schedules that are due together share one reading.
SHARED_FOR = timedelta(seconds=60)
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class _Known:
    feed: Feed
    validators: Validators
    read_at: datetime


class _Unchanged(Exception):  # no error: the server's answer 304
    """The feed is as it was."""


@dataclass
class _AskingFetcher:
    """Asks the first address whether it changed, and remembers what to ask with next time."""

    fetcher: Fetcher
    known: Validators | None
    validators: Validators = field(default_factory=Validators)

    async def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        asked, self.known = self.known, None
        fetched = await self.fetcher.fetch(url, validators or asked)
        if fetched.is_unchanged:
            raise _Unchanged
        self.validators = fetched.validators
        return fetched


class FeedReader:
    """Feeds by address. Errors are shared by those who wait, and not kept."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._shared: Shared[Feed] = Shared()

    async def find(self, url: str) -> Feed:
        """The feed at an address, or the one that a site names. Raises SourceError."""
        try:
            return await find_feed(url, fetcher=self._fetcher)
        except NotAnArticle as error:  # the fetcher's word, before it knows what is looked for
            raise FeedUnreadable(url, f"it is something else: {error.detail}") from error

    async def read(self, url: str) -> Feed:
        """The feed at an address as it is now. Raises SourceError."""
        known = self._known.get(url)
        if known and self._clock.now() - known.read_at < SHARED_FOR:
            return known.feed
        return await self._shared.run(url, lambda: self._read(url, known))

    async def _read(self, url: str, known: _Known | None) -> Feed:
        asking = _AskingFetcher(self._fetcher, known.validators if known else None)
        try:
            feed = await read_feed(url, fetcher=asking)
            validators = asking.validators
        except _Unchanged:
            if known is None:
                raise Unreachable(url, "it says that nothing changed", status=304) from None
            feed, validators = known.feed, known.validators
        self._known[url] = _Known(feed, validators, self._clock.now())
        self._known.move_to_end(url)
        while len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return feed
