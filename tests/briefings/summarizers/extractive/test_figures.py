"""Figures carry their value, unit and owner; dates, ages and labels are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.briefing import Figure
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.figures import MAX_FIGURES, find_figures

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def read_text(*paragraphs: str) -> Reading:
    return read(Article.compose("Title", list(paragraphs), retrieved_at=NOW))


def nobody(_: int) -> str | None:
    return None


def figures(*paragraphs: str) -> list[Figure]:
    return list(find_figures(read_text(*paragraphs), nobody))


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        pytest.param("The attack killed some 1,200 people.", 1200, "people", id="killed"),
        pytest.param("Gunmen killed seven people in the town.", 7, "people", id="in-words"),
        pytest.param("The death toll has risen to 112.", 112, "people", id="toll"),
        pytest.param("The raid left 252 kidnapped.", 252, "people", id="kidnapped"),
        pytest.param(
            "The state collected more than $1.5 billion in fees.", 1.5e9, "USD", id="dollars"
        ),
        pytest.param(
            "Repairs would cost 600 million U.S. dollars.", 6e8, "USD", id="dollars-in-words"
        ),
        pytest.param("The fine came to €30,000.", 30000, "EUR", id="euros"),
        pytest.param("The fee is £5m.", 5e6, "GBP", id="short-scale"),
        pytest.param("Tickets cost $2 to $4 each.", 2, "USD", id="range"),
        pytest.param("Sales fell 3.5 percent.", 3.5, "percent", id="percent"),
        pytest.param("Rates rose by 25 basis points.", 25, "basis points", id="basis-points"),
        pytest.param("The panel voted 19-15 to hold him in contempt.", 19, "votes", id="vote"),
        pytest.param("The judges ruled by a 2-to-1 vote.", 2, "votes", id="vote-in-words"),
        pytest.param("Egypt let 40 trucks through.", 40, "trucks", id="trucks"),
        pytest.param("Over a million Gazans fled.", 1e6, "people", id="nation"),
        pytest.param("The rate was 104 per 100,000 people.", 104, "per 100,000 people", id="rate"),
        pytest.param("A fire killed 5 people", 5, "people", id="no-full-stop"),
        pytest.param("More than two dozen workers were dismissed.", 24, "people", id="dozen"),
    ],
)
def test_reads_value_and_unit(sentence: str, value: float, unit: str) -> None:
    """A figure has its value as a number and the unit that its words or sign name."""
    (figure,) = figures(sentence)
    assert (figure.value, figure.unit) == (value, unit)
    assert figure.evidence[0].quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The law passed in 2013.", id="year"),
        pytest.param("They met on June 15, 2018.", id="date"),
        pytest.param("A 33-year-old teacher spoke.", id="age-with-hyphens"),
        pytest.param("Anna Berg, 46, spoke first.", id="age"),
        pytest.param("It breaks Article 5 of the treaty.", id="label"),
        pytest.param("A Boeing 737 landed.", id="model"),
        pytest.param("The shop is open 24 hours.", id="hours"),
        pytest.param("Two men spoke.", id="few-people"),
        pytest.param("One judge spoke.", id="one"),
        pytest.param("Thousands fled.", id="no-number"),
    ],
)
def test_leaves_other_numbers_alone(sentence: str) -> None:
    """A number that dates, names or measures time is no figure."""
    assert figures(sentence) == []


def test_keeps_the_hedge() -> None:
    """The words that qualify a number stay with it."""
    (figure,) = figures(
        "The storm, which came ashore at night and moved inland, killed at least 36 people, "
        "flooded homes and roads."
    )
    assert "at least 36 people" in figure.text


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        pytest.param(
            "The ministry said that rain had cut off 40 villages.",
            "The ministry said that rain had cut off 40 villages",
            id="attribution-stays",
        ),
        pytest.param(
            "The port, which employs 900 people, closed on Monday.",
            "The port employs 900 people",
            id="relative-clause",
        ),
        pytest.param(
            "Rescuers feared that 40 people had drowned in the river.",
            "Rescuers feared that 40 people had drowned in the river",
            id="fear-stays",
        ),
        pytest.param(
            "The company bought the port and sold 40 ships.",
            "The company sold 40 ships",
            id="shared-subject",
        ),
    ],
)
def test_a_line_says_what_is_counted(sentence: str, line: str) -> None:
    """The line is a clause with its subject; nothing that bears on its truth is cut off."""
    (figure,) = figures(sentence)
    assert figure.text == line


def test_what_no_line_explains_is_left_out() -> None:
    """Of a number among many words only its bare noun could be told, which says nothing."""
    asides = ", ".join(f"the {name} quay beside the old {name} market" for name in "ABCDEFG")
    assert figures(f"The path that leads past {asides} ends at a shed with 40 boxes.") == []


def test_own_words_stand_in_marks() -> None:
    """What somebody says of "us" is a quotation under their name, or no line at all."""
    sentence = "“We lost 900 boats in the storm,” she said."
    (figure,) = find_figures(read_text(sentence), lambda _: "owner")
    assert figure.text.startswith("“We lost 900 boats")
    assert figures(sentence) == []


def test_asks_whose_number_it_is() -> None:
    """The owner is whoever's claim covers the number's place in the text."""
    reading = read_text("The union said 300 workers walked out.")
    place = reading.text.index("300")
    (figure,) = find_figures(reading, lambda offset: "union" if offset == place else None)
    assert figure.according_to == "union"


def test_harm_comes_first() -> None:
    """Casualties stand before money, money before shares."""
    listed = figures("Sales fell 4 percent.", "It cost $3 million.", "The fire killed 12 people.")
    assert [figure.unit for figure in listed] == ["people", "USD", "percent"]


def test_the_same_figure_is_listed_once() -> None:
    """A number told twice is one figure."""
    assert len(figures("The fire killed 12 people.", "Firemen said it killed 12 people.")) == 1


def test_lists_at_most_twelve() -> None:
    """Of many figures the twelve most telling are listed."""
    assert (
        len(figures(*(f"The fire of the town cost ${n} million." for n in range(2, 30))))
        == MAX_FIGURES
    )


def test_one_line_gives_both_ends_of_a_change() -> None:
    """Where a line holds another of its sentence whole, the longer one stands for both."""
    (figure,) = figures(
        "Yields on the note have risen to 4.66 percent, from a low of 4.02 percent in the spring."
    )
    assert "from a low of 4.02 percent" in figure.text
    assert figure.value == 4.66


def test_rows_of_a_table_are_no_figures() -> None:
    """A table that was set as one line says nothing of its numbers."""
    assert not figures("High Rate -- 4.760 percent Low Rate -- 4.730 percent Sold -- $11,555,120")


def test_a_number_said_keeps_what_is_said_of_it() -> None:
    """A line never stops between a number and its predicate."""
    (figure,) = figures(
        "The agency said more than 105 million pesos (about 1.97 million U.S. dollars) worth of "
        "assistance has been provided to the residents."
    )
    assert figure.text.endswith("provided to the residents")


def test_who_was_fined_does_not_fine() -> None:
    """A passive that two verbs share is not lost with the first of them."""
    told = figures(
        "In 1918 Frank Moreno had been arrested by the police and fined $100 for a theft."
    )
    assert all("Moreno fined" not in figure.text for figure in told)
    assert [figure.value for figure in told] == [100]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "One of two men convicted in the killing of a baker was sentenced on Monday.",
            id="one of two",
        ),
        pytest.param(
            "A ratio below 100 percent means that the insurer earns more than it pays out.",
            id="a definition",
        ),
    ],
)
def test_a_number_that_says_nothing_is_no_figure(sentence: str) -> None:
    """Of how many somebody is one, and what a measure means, are told by no figure."""
    assert figures(sentence) == []
