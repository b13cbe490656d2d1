"""The whole briefing: short whatever the article, the same every time, honest where it is empty."""

import pytest


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(
            ("and the mayor said that the dam could break " * 60,), id="one endless sentence"
        ),
        pytest.param(
            tuple(f"The mayor said the dam could break in {n} days." for n in range(60)), id="many"
        ),
        pytest.param(("Rain.",), id="one word"),
        pytest.param(("“" + "We may lose the port. " * 80 + "”",), id="one endless quotation"),
    ],
)
def test_prints_in_260_words_whatever_comes(brief, paragraphs: tuple[str, ...]) -> None:
    """Lines that can't be cut safely are left out rather than printed long."""
    assert brief(*paragraphs).printed_words() <= 260


def test_is_the_same_every_time(brief) -> None:
    """No clock, no chance and no order of a set decides what is printed."""
    text = (
        "Talmira accused Kessara of closing the sluices on Tuesday, and Kessara denied it.",
        "Officials said the harvest could fail if no deal was signed by Friday.",
    )
    assert brief(*text).model_dump_json() == brief(*text).model_dump_json()


def test_gives_nothing_where_the_article_gives_nothing(brief) -> None:
    """Empty is honest: no dispute, no claims, no unknowns are made up."""
    briefing = brief("The bridge opened in June.", "Some 300 people came.")
    assert not briefing.contested
    assert briefing.claims == ()
    assert briefing.unknowns == ()


def test_every_span_stands_in_the_text(brief) -> None:
    """Letter for letter, at its offsets, quotation marks and all."""
    briefing = brief(
        "“We won’t sign,” said Tovan Irsek — twice — on 3 March.", title="“No” says Irsek"
    )
    assert all(span.stands_in(briefing.text) for _, span in briefing.spans())
