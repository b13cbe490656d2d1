"""Reads short articles written for one rule each."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.briefing import Briefing
from briefings.language.reading import read
from briefings.summarizers.extractive.compose import compose

Brief = Callable[..., Briefing]


@pytest.fixture(scope="session")
def brief() -> Brief:
    """Make the briefing of an article given as its paragraphs; the title is `title`."""

    def make(*paragraphs: str, title: str = "Talks go on") -> Briefing:
        article = Article.compose(
            title,
            list(paragraphs),
            retrieved_at=datetime(2026, 3, 14, 12, tzinfo=UTC),
            published=date(2026, 3, 14),
        )
        return compose(read(article))

    return make
