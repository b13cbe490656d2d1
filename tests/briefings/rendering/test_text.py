"""The terminal's briefing: width, colour, evidence, and nothing that steers a terminal."""

import pytest
from rich.cells import cell_len

from briefings.rendering import render
from briefings.rendering.text import render_text
from briefings.rendering.wording import names_source


@pytest.mark.parametrize("width", [40, 88, 140])
def test_no_line_is_wider_than_asked(named_briefing, width):
    """Every line keeps to the width; only an address runs on, since cut it would lead nowhere."""
    _, briefing = named_briefing
    lines = render_text(briefing, width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines if not line.startswith("http"))


def test_colour_only_when_asked(typical):
    """Without colour there is no escape sequence; with it the same words are there."""
    plain, coloured = render_text(typical), render_text(typical, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured


def test_the_environment_decides_nothing(typical, monkeypatch):
    """What the caller asks for is what is printed, whatever NO_COLOR or COLUMNS say."""
    before = render_text(typical, colour=True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert render_text(typical, colour=True) == before


def test_article_text_steers_no_terminal(hostile):
    """Escape sequences, control and bidirectional characters of an article never get through."""
    text = render_text(hostile)
    assert not set(text) & set("\x1b\x00\x07\u202e\u202c\u2066\u2069\u200f\r")


def test_evidence_stands_under_lines_worded_otherwise(typical):
    """A line in other words is followed by the article's; a verbatim one carries its paragraph."""
    text = render(typical, "text", sections=["stakes"])
    assert "Next: A second round of talks (by the article’s own account).\n    > Talks are" in text
    assert "Bread prices will rise further (according to Vessa). ¶5\n" in text


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        pytest.param("Two dams could fail, engineers warned.", True, id="said"),
        pytest.param("“Two dams could fail.”", True, id="quoted"),
        pytest.param("Two dams could fail in a wet spring.", False, id="own"),
    ],
)
def test_what_others_say_is_not_the_own_account(words, is_told):
    """Words that name a source, or are quoted, are never called the article's own account."""
    assert names_source(words) is is_told


def test_every_line_can_show_its_evidence(typical):
    """With evidence=True even a verbatim line is followed by the words it rests on."""
    text = render(typical, "text", sections=["stakes"], evidence=True)
    assert "> Vessan officials fear that bread prices will rise further. ¶5" in text


def test_nothing_of_an_over_long_briefing_is_cut(over_long):
    """A terminal has no limit: the whole summary is there."""
    text = " ".join(render_text(over_long, sections=["summary"]).split())
    assert over_long.summary.text in text
