"""Names the pipeline has never seen: how they are shown to it, and what a reading says of them."""

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.language.stand_ins import show_known_names

KNOWN = frozenset(["met", "Smith", "London", "violence", "the", "and"])


def show(text: str) -> str:
    words = text.split()
    return " ".join(show_known_names(words, [i == 0 for i in range(len(words))], KNOWN))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("London met Penrose", "London met Smith", id="name"),
        pytest.param("the Talmiran and Talmirans", "the Kenyan and Kenyans", id="land"),
        pytest.param(
            "Penrose met the Penroses and Penrose", "Smith met the Kenyans and Smith", id="family"
        ),
        pytest.param("Landlocked London met Smith", "Landlocked London met Smith", id="opener"),
        pytest.param("the Violence met NATO and Xu", "the Violence met NATO and Xu", id="others"),
        pytest.param("London met Voss", "London met Smith", id="double s"),
        pytest.param("Smith met Adair Foods", "Smith met Smith Foods", id="plural"),
    ],
)
def test_unknown_names_are_shown_as_known_ones(text: str, shown: str) -> None:
    """Only words that can be nothing but names give way, by what their ending tells."""
    assert show(text) == shown


def test_a_reading_keeps_the_words_and_does_not_depend_on_how_names_are_spelt() -> None:
    """The words and lemmas are the article's own; tags and trees are the same for any name."""
    readings = [
        read(
            Article.compose(
                "Row goes on",
                [f"Mr {name} told the court that the {name}s had lied. {name} then left."],
                retrieved_at=datetime(2026, 3, 2, tzinfo=UTC),
            )
        )
        for name in ("Penrose", "Whitcombe")
    ]
    trees = [[(w.tag_, w.dep_, w.head.i) for w in reading.doc] for reading in readings]
    assert trees[0] == trees[1]
    names = [w.lemma_ for w in readings[0].doc if w.text.startswith("Penrose")]
    assert names == ["Penrose"] * 3
    assert [w.text for w in readings[0].doc if w.is_sent_start][-1] == "Penrose"
