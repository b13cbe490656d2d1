"""Summarizes in processes of its own, so that an analysis never holds up a chat platform.

An analysis is a tenth of a second of pure computing for each 700 words, and an acknowledgement
must go out meanwhile. It decides nothing about summarizing.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from bot.settings import forget_variables
from briefings.article import Article
from briefings.briefing import Briefing
from briefings.errors import SummarizerUnavailable
from briefings.explanation import Explained
from briefings.summarizers.llm.asked import Asked
from briefings.verification.proposal import Proposal

R = TypeVar("R")

#: A worker is replaced after so many articles: whatever leaks in a library stays bounded.
_ARTICLES_PER_WORKER = 2_000
#: By how much a worker stands back on a busy machine.
NICENESS = 5


class WorkerSummarizer:
    """The embedded summarizer, run by `workers` processes, each article for at most `seconds`."""

    name = "extractive"

    def __init__(self, *, workers: int = 1, seconds: float = 60.0) -> None:
        self._seconds = seconds
        # spawn: a forked child would hold our sockets and the database's connections.
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_ARTICLES_PER_WORKER,
            initializer=_settle_in,
            context=multiprocessing.get_context("spawn"),
        )

    async def summarize(self, article: Article) -> Briefing:
        """Raise SummarizerUnavailable where a worker died or ran out of time; else SummaryError."""
        return await self._run(_summarize, article)

    async def explain(self, article: Article) -> Explained:
        """The same with the reasons for its lines; raise as above."""
        return await self._run(_explain, article)

    async def settle(self, article: Article, proposal: Proposal, asked: Asked) -> Explained:
        """What of a model's proposal holds, see `llm.settle`; raise as above."""
        return await self._run(_settle, article, proposal, asked)

    async def _run(self, work: Callable[..., R], *arguments: object) -> R:
        future = self._pool.schedule(work, args=arguments, timeout=self._seconds)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise SummarizerUnavailable(self.name, "out of time") from error
        except ProcessExpired as error:
            raise SummarizerUnavailable(self.name, "its process died") from error

    def close(self) -> None:
        """End the processes; what they work on is lost."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _settle_in() -> None:
    """Our settings hold tokens, which no summarizer needs to see; and people are answered first."""
    forget_variables()
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)


def _summarize(article: Article) -> Briefing:
    from briefings.summarizers.embedded import ExtractiveSummarizer  # noqa: PLC0415

    return asyncio.run(ExtractiveSummarizer().summarize(article))


def _explain(article: Article) -> Explained:
    from briefings.summarizers.embedded import ExtractiveSummarizer  # noqa: PLC0415

    return asyncio.run(ExtractiveSummarizer().explain(article))


def _settle(article: Article, proposal: Proposal, asked: Asked) -> Explained:
    from briefings.summarizers.llm.settle import settle  # noqa: PLC0415

    return settle(article, proposal, asked)
