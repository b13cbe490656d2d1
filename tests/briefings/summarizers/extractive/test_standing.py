"""A line that leaves its sentence names whom it speaks of."""

import pytest

from briefings.summarizers.extractive.standing import points_back


def test_an_opening_pronoun_is_named(brief) -> None:
    """ "He said the port could close" stands under the name of whoever said it."""
    briefing = brief(
        "Dennis Okafor, the union's secretary, rejected the offer on Monday.",
        "He said the port could close for a week if no deal was reached by Friday.",
    )
    texts = [stake.text for stake in briefing.stakes] + [event.text for event in briefing.timeline]
    assert any(text.startswith("Dennis Okafor said the port could close") for text in texts)
    assert not any(text.startswith("He ") for text in texts)


def test_a_pronoun_inside_a_quotation_stays(brief) -> None:
    """The words of a quotation are the article's, letter for letter."""
    briefing = brief("“He could lose the port if this goes on,” said Dennis Okafor on Monday.")
    assert any("“He could lose the port" in stake.text for stake in briefing.stakes)


def test_it_is_named_after_the_subject_before(brief) -> None:
    """ "It" is whom the sentence before speaks of, where that is one body with a name."""
    briefing = brief(
        "The Harbour Union rejected the offer of the port on Monday.",
        "It will hold a vote on a strike on Friday.",
    )
    assert "Harbour Union will hold a vote on a strike on Friday." in [
        event.text for event in briefing.timeline
    ]


def test_it_stays_where_the_subject_before_is_a_thing(brief) -> None:
    """A wrong name is worse than a pronoun."""
    briefing = brief(
        "The offer of the Harbour Union was rejected on Monday.",
        "It will be put to a vote on Friday.",
    )
    texts = [event.text for event in briefing.timeline]
    assert not any(text.startswith("Harbour Union will be put") for text in texts)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("They were joined by soldiers.", True, id="pronoun"),
        pytest.param("It shows that the reef is old.", True, id="it"),
        pytest.param("It is unclear whether talks go on.", False, id="empty-it"),
        pytest.param("These include two ports.", True, id="these"),
        pytest.param("Its governor spoke.", False, id="possessive"),
        pytest.param("The governor spoke.", False, id="noun"),
    ],
)
def test_knows_a_line_that_points_back(line: str, expected: bool) -> None:
    """A line that opens with a pronoun needs the sentence before it, and is left out."""
    assert points_back(line) is expected


def test_strictly_a_possessive_points_back_too() -> None:
    """Of a figure the reader asks whose at once."""
    assert points_back("Its loss was $3 million.", strictly=True)
