"""Source to Briefing: the order of the steps.

It decides nothing about reading or summarizing, and builds none of what it is given.
"""

from __future__ import annotations

from typing import Protocol

from briefings.article import Article, Entry, Feed
from briefings.briefing import Briefing
from briefings.explanation import Explained
from briefings.language.instructions import without_instructions
from briefings.ports import Clock, Explainer, Fetcher, Summarizer
from briefings.sources.reader import read_article, read_entry


class Listener(Protocol):
    """Is told as each step begins, so that somebody who waits can see what for."""

    def on_reading(self, source: str) -> None: ...

    def on_summarizing(self, article: Article) -> None: ...


async def brief(
    source: str,
    *,
    fetcher: Fetcher,
    summarizer: Summarizer,
    clock: Clock,
    listener: Listener,
    entry: int | None = None,
    stdin: bytes | None = None,
    any_language: bool = False,
) -> Briefing:
    """Read one article and condense it.

    `source`: a path, an http(s) address, or "-" for `stdin`. `entry`: which entry of a feed,
    counted from 1; None takes the newest. `any_language`: the summarizer reads more than English.
    Raises SourceError or SummaryError.
    """
    listener.on_reading(source)
    article = without_instructions(
        await read_article(
            source,
            fetcher=fetcher,
            clock=clock,
            entry=entry,
            stdin=stdin,
            any_language=any_language,
        )
    )
    listener.on_summarizing(article)
    return await summarizer.summarize(article)


async def explain(
    source: str,
    *,
    fetcher: Fetcher,
    summarizer: Explainer,
    clock: Clock,
    listener: Listener,
    entry: int | None = None,
    stdin: bytes | None = None,
    any_language: bool = False,
) -> Explained:
    """Read one article, condense it and say why; all else as for `brief`."""
    listener.on_reading(source)
    article = without_instructions(
        await read_article(
            source,
            fetcher=fetcher,
            clock=clock,
            entry=entry,
            stdin=stdin,
            any_language=any_language,
        )
    )
    listener.on_summarizing(article)
    return await summarizer.explain(article)


async def brief_entry(
    entry: Entry,
    feed: Feed,
    *,
    fetcher: Fetcher,
    summarizer: Summarizer,
    clock: Clock,
    any_language: bool = False,
) -> Briefing:
    """Read the article that a feed's entry leads to and condense it. Raises as `brief` does."""
    article = without_instructions(
        await read_entry(entry, feed, fetcher=fetcher, clock=clock, any_language=any_language)
    )
    return await summarizer.summarize(article)
