"""Only what the article itself leaves open is an unknown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.unknowns import MAX_UNKNOWNS, find_unknowns

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def read_text(*paragraphs: str) -> Reading:
    return read(Article.compose("Title", list(paragraphs), retrieved_at=NOW))


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("It is unclear whether the port will reopen.", id="unclear"),
        pytest.param("It was not immediately clear who fired first.", id="not-clear"),
        pytest.param("It isn’t known how many people drowned.", id="not-known"),
        pytest.param("It remains to be seen whether the deal will hold.", id="remains"),
        pytest.param("There was no word on the missing crew.", id="no-word"),
        pytest.param("The company declined to comment.", id="declined"),
        pytest.param(
            "The ministry did not immediately respond to a request for comment.", id="no-answer"
        ),
        pytest.param("Mr. Lee could not be reached for comment.", id="not-reached"),
        pytest.param("Neither the union nor the owner would answer questions.", id="neither"),
        pytest.param("The claim could not be independently verified.", id="verified"),
        pytest.param("The cause of the fire has not been determined.", id="cause"),
        pytest.param("The police did not say how many people were hurt.", id="did-not-say"),
        pytest.param("The court has yet to rule on the appeal.", id="yet-to"),
        pytest.param("The murder remains unsolved.", id="unsolved"),
        pytest.param("Dozens are feared trapped under the bridge.", id="feared"),
        pytest.param("Officials gave conflicting accounts of the crash.", id="conflicting"),
        pytest.param("A ruling is unlikely before June.", id="not-before"),
        pytest.param("The terms of the deal were not disclosed.", id="terms"),
    ],
)
def test_names_what_is_open(sentence: str) -> None:
    """Each way of saying that something is not known is found, in the article's words."""
    (unknown,) = find_unknowns(read_text("The port is shut.", sentence))
    assert unknown.text == sentence
    assert unknown.evidence[0].quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("It is clear that the port will reopen.", id="clear"),
        pytest.param("“It is unclear whether we can pay,” the owner said.", id="a-party-speaks"),
        pytest.param("The court declined to hear the appeal.", id="declined-else"),
        pytest.param("He is known as the father of the port.", id="known-as"),
        pytest.param("The workers did not sign the deal.", id="plain-negation"),
        pytest.param("Nobody was hurt.", id="nobody"),
        pytest.param("The crew responded to a request for help.", id="answered"),
    ],
)
def test_finds_nothing_where_nothing_is_open(sentence: str) -> None:
    """Plain statements, refusals to act and the words of a party are no unknowns."""
    assert find_unknowns(read_text(sentence)) == ()


def test_takes_the_clause_out_of_its_sentence() -> None:
    """The line holds the clause with the cue, not what merely stands beside it."""
    (unknown,) = find_unknowns(
        read_text("The envoys flew home on Monday, and it is unclear whether a deal was reached.")
    )
    assert unknown.text == "It is unclear whether a deal was reached."


def test_one_unknown_is_listed_once() -> None:
    """Two sentences in much the same words make one line."""
    listed = find_unknowns(
        read_text(
            "It is unclear whether the port will reopen this year.",
            "It is still unclear whether the port will reopen.",
        )
    )
    assert len(listed) == 1


def test_lists_at_most_five_in_text_order() -> None:
    """Of many the surest five stay, in the order of the text."""
    firms = ["Arden", "Brill", "Corvo", "Dunlin", "Eider", "Fennel", "Gannet"]
    listed = find_unknowns(read_text(*(f"{name} Holdings declined to comment." for name in firms)))
    starts = [unknown.evidence[0].start for unknown in listed]
    assert len(listed) == MAX_UNKNOWNS
    assert starts == sorted(starts)
