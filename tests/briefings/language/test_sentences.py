"""Sentences are split where a newspaper reader sees them end, and nowhere else."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.article import Article
from briefings.language.sentences import split_sentences


def split(*paragraphs: str) -> list[str]:
    article = Article.compose("Title", list(paragraphs), retrieved_at=datetime.now(UTC))
    return [article.text[s.start : s.end] for s in split_sentences(article)][1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained. It stopped.", ["It rained.", "It stopped."], id="plain"),
        pytest.param(
            "It was led by Maj. Gen. Ola Berg. He left.",
            ["It was led by Maj. Gen. Ola Berg.", "He left."],
            id="abbreviated titles",
        ),
        pytest.param(
            "The U.S. Senate voted. It did so in the U.S. The bill passed.",
            ["The U.S. Senate voted.", "It did so in the U.S.", "The bill passed."],
            id="points inside an abbreviation, and at the end",
        ),
        pytest.param(
            "“We will stay. Nobody will move us,” she said. “Not now.” He agreed.",
            ["“We will stay.", "Nobody will move us,” she said.", "“Not now.”", "He agreed."],
            id="a quotation over several sentences",
        ),
        pytest.param(
            "“Why now?” she asked. “Stop!” he said.",
            ["“Why now?” she asked.", "“Stop!” he said."],
            id="marks inside a quotation",
        ),
        pytest.param(
            "Costs rose to $1.5 billion on Aug. 14. Prices fell.",
            ["Costs rose to $1.5 billion on Aug. 14.", "Prices fell."],
            id="decimals and months",
        ),
        pytest.param(
            "Daniel H. Dorn of Acme Inc. spoke. J. R. Mott listened.",
            ["Daniel H. Dorn of Acme Inc. spoke.", "J. R. Mott listened."],
            id="initials and legal forms",
        ),
        pytest.param(
            "The bus left at 8 p.m. The road was wet.",
            ["The bus left at 8 p.m.", "The road was wet."],
            id="an abbreviation that ends a sentence",
        ),
        pytest.param(
            'He said "no." Then he left.', ['He said "no."', "Then he left."], id="straight"
        ),
        pytest.param("No mark at the end", ["No mark at the end"], id="no mark"),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    """A full stop ends a sentence unless the word before it is one that newspapers abbreviate."""
    assert split(text) == expected


def test_never_joins_paragraphs() -> None:
    """A paragraph ends its last sentence, whatever the mark."""
    assert split("One without a mark", "Two") == ["One without a mark", "Two"]


@given(st.text(max_size=300))
def test_keeps_every_letter(text: str) -> None:
    """Whatever the text, sentences come in order and hold all of it but white space."""
    article = Article(title="T", text="T\n\n" + text, retrieved_at=datetime.now(UTC))
    sentences = split_sentences(article)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    joined = "".join(article.text[s.start : s.end] for s in sentences)
    assert "".join(joined.split()) == "".join(article.text.split())


def test_cuts_what_nobody_could_have_meant_as_one_sentence() -> None:
    """A text without any mark is read in pieces, each cut at a space."""
    pieces = split("dam " * 2_000)
    assert len(pieces) > 1
    assert all(len(piece) <= 2_000 and piece.startswith("dam") for piece in pieces)


def test_a_day_with_a_point_ends_no_sentence_in_other_languages():
    """ "am 2. März" goes on; in English a sentence may well end with "2."."""
    paragraph = "Sie begannen am 2. März. Er kam später."
    facts = {"retrieved_at": datetime(2026, 3, 2, tzinfo=UTC)}
    german = Article.compose("T", [paragraph], language="de", **facts)
    assert len(split_sentences(german)) == 3
    assert len(split_sentences(Article.compose("T", [paragraph], **facts))) == 4
