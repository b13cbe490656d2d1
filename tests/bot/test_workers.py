"""Analyses in processes of their own: real ones, with the real summarizer."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.workers import WorkerSummarizer
from briefings.article import Article
from briefings.errors import SummarizerUnavailable
from briefings.summarizers.embedded import ExtractiveSummarizer

SAMPLE = Path(__file__).parents[1] / "data/articles/flood.txt"


@pytest.fixture
def article():
    title, *paragraphs = (line for line in SAMPLE.read_text().splitlines() if line.strip())
    return Article.compose(title, paragraphs, retrieved_at=datetime(2026, 3, 2, tzinfo=UTC))


@pytest.fixture
def start():
    started = []

    def make(**limits: float) -> WorkerSummarizer:
        started.append(WorkerSummarizer(**limits))
        return started[-1]

    yield make
    for summarizer in started:
        summarizer.close()


async def test_a_worker_s_briefing_is_the_summarizer_s(start, article):
    """The process changes nothing about the briefing."""
    made = await start().summarize(article)
    assert made == await ExtractiveSummarizer().summarize(article)


async def test_the_event_loop_runs_on_while_an_article_is_analysed(start, article):
    """Others are served meanwhile: the loop turns far more often than once."""
    work = asyncio.ensure_future(start().summarize(article))
    turns = 0
    while not work.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 20


async def test_an_analysis_over_its_time_is_ended(start, article):
    """The next article is analysed all the same, by a new process."""
    summarizer = start(seconds=0.001)
    began = time.monotonic()
    with pytest.raises(SummarizerUnavailable, match="out of time"):
        await summarizer.summarize(article)
    assert time.monotonic() - began < 60
    summarizer._seconds = 60
    assert (await summarizer.summarize(article)).source.title == article.title


async def test_workers_do_not_see_our_variables(start, article, monkeypatch):
    """A token in the environment is gone from the processes that read strangers' articles."""
    monkeypatch.setenv("BRIEFBOT_DISCORD__TOKEN", "fake")
    summarizer = start()
    await summarizer.summarize(article)
    future = summarizer._pool.schedule(os.getenv, args=("BRIEFBOT_DISCORD__TOKEN",))
    assert await asyncio.wrap_future(future) is None
