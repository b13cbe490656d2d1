"""A clause stands alone: it has a subject and a finite verb and misses nothing it depends on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.summarizers.extractive.clauses import clause_of

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def clause_text(sentence: str, word: str) -> str | None:
    """The clause around the first such word, its words parted by blanks."""
    reading = read(Article.compose("Title", [sentence], retrieved_at=NOW))
    token = next(t for t in reading.doc if t.text == word)
    clause = clause_of(token)
    if clause is None:
        return None
    gone = {i for start, stop in clause.gone for i in range(start, stop)}
    kept = range(clause.first, clause.last + 1)
    return " ".join(reading.doc[i].text for i in kept if i not in gone)


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        pytest.param(
            "The ministry said that floods had cut off the villages.",
            "villages",
            "floods had cut off the villages",
            id="inner-clause",
        ),
        pytest.param(
            "The bill, which passed on Friday, would raise the price of bread.",
            "Friday",
            "The bill passed on Friday",
            id="relative",
        ),
        pytest.param(
            "The bill, which passed on Friday, would raise the price of bread.",
            "bread",
            "The bill , which passed on Friday , would raise the price of bread",
            id="around-a-relative",
        ),
        pytest.param(
            "The union rejected the offer and called a strike.",
            "strike",
            "The union called a strike",
            id="shared-subject",
        ),
        pytest.param(
            "If prices rise, farmers will lose their land.",
            "prices",
            "If prices rise , farmers will lose their land",
            id="condition-stays",
        ),
    ],
)
def test_finds_the_clause(sentence: str, word: str, expected: str) -> None:
    """The smallest stretch around a word that is true by itself."""
    assert clause_text(sentence, word) == expected


def test_a_heading_has_no_clause() -> None:
    """Without a finite verb there is nothing that stands alone."""
    assert clause_text("A port of many ships.", "ships") is None
