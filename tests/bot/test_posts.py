"""What a slot's briefings look like in a channel, one by one and as a digest."""

import pytest

from bot.posts import Report, details_of, posts_of, sections_of, top_of
from briefings.article import Article
from briefings.rendering.text import document_to_text
from briefings.testing import FakeSummarizer, FixedClock


@pytest.fixture
async def briefing():
    article = Article.compose(
        "Ferry crews walk out",
        ["The crews of the ferries walked out on Monday."],
        retrieved_at=FixedClock().now(),
        url="https://news.example/a",
        outlet="Harbour News",
    )
    return await FakeSummarizer().summarize(article)


def test_the_top_has_no_section_that_says_it_is_empty(briefing):
    """Stakes are shown where there are some."""
    assert [section.name for section in top_of(briefing).sections] == ["summary", "dispute"]
    assert details_of(briefing) is None


def test_other_outlets_are_linked(briefing):
    """By name; what is no address is left out, and without any there is no section."""
    also = (("The Tide", "https://tide.example/x"), ("Void", "javascript:alert(1)"), ("None", ""))
    (post,) = posts_of([Report(briefing, also)], "each", "News")
    links = [run for line in post.top.sections[-1].blocks[0].lines for run in line.runs]
    assert [(link.text, link.url) for link in links] == [("The Tide", "https://tide.example/x")]
    (alone,) = posts_of([Report(briefing)], "each", "News")
    assert [section.name for section in alone.top.sections] == ["summary", "dispute"]


def test_a_digest_holds_each_article_under_its_title(briefing):
    """Title, outlet, summary, dispute, and the ways to the article; the footer stands once."""
    also = (("The Tide", "https://tide.example/x"),)
    (post,) = posts_of([Report(briefing, also), Report(briefing)], "digest", "Harbour")
    assert post.top.title == "Harbour: 2 articles"
    assert [section.heading for section in post.top.sections] == ["Ferry crews walk out"] * 2
    text = document_to_text(post.top)
    assert text.count("Harbour News") == 2
    assert text.count("https://tide.example/x") == 1
    assert text.count("https://news.example/a") == 2
    assert len(post.top.footer) == 1


@pytest.mark.parametrize("mode", ["each", "digest"])
def test_one_article_is_the_same_in_either_mode(briefing, mode):
    """A digest of one is a post like others, and of none is nothing."""
    assert posts_of([Report(briefing)], mode, "News") == posts_of([Report(briefing)], "each", "")
    assert posts_of([], mode, "News") == ()


def test_a_preview_puts_each_section_under_its_post(briefing):
    """So that several posts can stand in one reply."""
    posts = posts_of([Report(briefing)] * 2, "each", "News")
    assert [section.heading for section in sections_of(posts)] == [
        "Ferry crews walk out: Summary",
        "Ferry crews walk out: The dispute",
    ] * 2
