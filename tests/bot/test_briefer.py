"""One briefing for however many ask."""

import asyncio
from datetime import timedelta

import pytest

from bot.briefer import Briefer
from bot.engines import Engines
from briefings.article import Entry, Feed
from briefings.errors import NoText
from briefings.testing import FakeFetcher, FakeSummarizer, FixedClock

URL = "https://news.example/a"


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def fetcher(article_page):
    fetcher = FakeFetcher()
    fetcher.queue_page(URL, article_page("Ferry crews walk out"))
    return fetcher


@pytest.fixture
def briefer(fetcher, clock):
    return Briefer(fetcher=fetcher, engines=Engines(FakeSummarizer()), clock=clock)


async def test_fifty_requests_for_one_address_are_one_reading(briefer, fetcher):
    """Requests under way are shared; tracking in an address makes no other."""
    urls = [URL, f"{URL}?utm_source=x"] * 25
    made = await asyncio.gather(*map(briefer.brief, urls))
    assert all(one is made[0] for one in made)
    assert len(fetcher.asked) == 1


async def test_a_briefing_is_fresh_for_ten_minutes(briefer, clock, fetcher):
    """After that the article is read anew: it may have been corrected."""
    await briefer.brief(URL)
    clock.instant += timedelta(minutes=9)
    await briefer.brief(URL)
    assert len(fetcher.asked) == 1
    clock.instant += timedelta(minutes=2)
    await briefer.brief(URL)
    assert len(fetcher.asked) == 2


async def test_a_failure_is_shared_and_not_kept(briefer, fetcher):
    """All who wait hear of a failure; the next one who asks has it tried again."""
    fetcher.queue("https://news.example/b", NoText("https://news.example/b"))
    made = await asyncio.gather(
        *[briefer.brief("https://news.example/b") for _ in range(3)], return_exceptions=True
    )
    assert [type(error) for error in made] == [NoText] * 3
    with pytest.raises(NoText):
        await briefer.brief("https://news.example/b")
    assert len(fetcher.asked) == 2


async def test_who_gives_up_takes_nothing_from_the_others(briefer):
    """A cancelled request leaves the reading to whoever else waits."""
    first = asyncio.ensure_future(briefer.brief(URL))
    second = asyncio.ensure_future(briefer.brief(URL))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).source.title == "Ferry crews walk out"


async def test_an_entry_shares_the_reading_of_its_address(briefer, fetcher):
    """A slash command and a schedule that mean the same article read it once."""
    feed = Feed("https://news.example/feed", "News", (Entry("Ferry crews walk out", URL),))
    one = await briefer.brief(URL)
    other = await briefer.brief_entry(feed.entries[0], feed)
    assert one is other
    assert len(fetcher.asked) == 1
