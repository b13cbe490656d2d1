"""Holds single lines against a short article of our own."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.verification.checks import check_lines
from briefings.verification.ground import Ground
from briefings.verification.line import Line, Reason

PARAGRAPHS = (
    # 1
    (
        "Harbour Minister Nora Felding accused the Kvist shipping line on Tuesday of dumping"
        " 40 tonnes of oil in the Bay of Arle."
    ),
    # 2
    (
        "“We did not spill a single drop, and we will prove it in court,” said Jonas Kvist,"
        " the line's owner."
    ),
    # 3
    "The port may close for two weeks in May, the minister said.",
    # 4
    "Fishermen in Arle have not been paid since March 2025.",
    # 5
    "Felding said the alleged spill could ruin the season.",
    # 6
    "Police opened an inquiry last Friday.",
)

Check = Callable[..., Reason | None]


@pytest.fixture(scope="session")
def article() -> Article:
    """An accusation and its denial; published on Wednesday, 16 April 2025."""
    return Article.compose(
        "Minister and shipping line at odds over oil",
        list(PARAGRAPHS),
        retrieved_at=datetime(2025, 4, 16, 12, tzinfo=UTC),
        published=date(2025, 4, 16),
    )


@pytest.fixture(scope="session")
def ground(article: Article) -> Ground:
    return Ground(read(article))


@pytest.fixture(scope="session")
def check(ground: Ground) -> Check:
    """Why a line with these sentences as evidence is stopped; None where it holds."""

    def of_line(text: str, *sentences: int, **given: object) -> Reason | None:
        line = Line("claims[0]", text, sentences, **given)  # type: ignore[arg-type]
        return check_lines([line], ground)[0]

    return of_line
