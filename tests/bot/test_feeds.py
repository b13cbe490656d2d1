"""Feeds are read once for all who want them, and only where they changed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.feeds import FeedReader
from briefings.errors import FeedUnreadable, NotAnArticle, Unreachable
from briefings.ports import Fetched, Validators
from briefings.testing import FakeFetcher, FixedClock

URL = "https://news.example/feed"
BODY = b"""<rss version="2.0"><channel><title>News</title>
<item><title>Crews walk out</title><link>/a</link></item></channel></rss>"""
ANSWER = Fetched(URL, 200, "application/rss+xml", "utf-8", BODY, Validators(etag='"1"'))
UNCHANGED = replace(ANSWER, status=304, body=b"")


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def fetcher():
    return FakeFetcher()


@pytest.fixture
def reader(fetcher, clock):
    return FeedReader(fetcher, clock)


async def test_schedules_due_together_share_one_reading(reader, fetcher):
    """Twenty readings at the same time, and one half a minute later, are one request."""
    fetcher.queue(URL, ANSWER)
    feeds = await asyncio.gather(*[reader.read(URL) for _ in range(20)])
    assert all(feed is feeds[0] for feed in [*feeds, await reader.read(URL)])
    assert len(fetcher.asked) == 1


async def test_an_unchanged_feed_is_not_sent_again(reader, fetcher, clock):
    """The second reading asks whether the feed changed, and takes no for an answer."""
    fetcher.queue(URL, ANSWER)
    fetcher.queue(URL, UNCHANGED)
    first = await reader.read(URL)
    clock.instant += timedelta(minutes=2)
    assert await reader.read(URL) is first
    assert fetcher.asked == [(URL, None), (URL, Validators(etag='"1"'))]


async def test_a_changed_feed_is_read_anew(reader, fetcher, clock):
    """What is new shows, and is what the next question is asked with."""
    fetcher.queue(URL, ANSWER)
    fetcher.queue(URL, replace(ANSWER, body=BODY.replace(b"out", b"in"), validators=Validators()))
    await reader.read(URL)
    clock.instant += timedelta(minutes=2)
    assert (await reader.read(URL)).entries[0].title == "Crews walk in"


async def test_what_is_no_text_is_no_feed(reader, fetcher):
    """Somebody who names a PDF as a feed is told that it is none, and not of articles."""
    fetcher.queue(URL, NotAnArticle(URL, "PDF"))
    with pytest.raises(FeedUnreadable) as caught:
        await reader.find(URL)
    assert caught.value.detail == "it is something else: PDF"


async def test_an_answer_to_no_question_is_an_error(reader, fetcher):
    """A server that says "unchanged" to a first request has told us nothing."""
    fetcher.queue(URL, UNCHANGED)
    with pytest.raises(Unreachable, match="nothing changed"):
        await reader.read(URL)
