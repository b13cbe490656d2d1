"""Whether two entries tell the same story, on pairs of our own."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import is_same_story, liken, plain_text

PAIRS = tomllib.loads((Path(__file__).parents[1] / "data/stories.toml").read_text(encoding="utf-8"))


def wrong(kind):
    return [
        (pair["one"][0], pair["two"][0])
        for pair in PAIRS[kind]
        if is_same_story(liken(*pair["one"]), liken(*pair["two"])) != (kind == "same")
    ]


def test_the_same_story_is_recognized():
    """Of the pairs that tell of one event, at most one in twenty is taken for two."""
    assert len(PAIRS["same"]) >= 20
    assert len(wrong("same")) <= len(PAIRS["same"]) / 20, wrong("same")


def test_two_events_in_one_matter_are_told_apart():
    """Of the pairs with two events, mostly with the same names, at most one is taken for one."""
    assert len(PAIRS["other"]) >= 25
    assert len(wrong("other")) <= 1, wrong("other")


texts = st.text(max_size=80)


@given(texts, texts, texts, texts)
def test_likeness_has_no_direction(title, teaser, other_title, other_teaser):
    """Any text can be compared, and which one comes first does not matter."""
    one, other = liken(title, teaser), liken(other_title, other_teaser)
    assert is_same_story(one, other) == is_same_story(other, one)


def test_a_short_title_alone_is_no_proof():
    """Two entries called "Live" or "Photo of the day" are two entries."""
    for title in ("Live", "Photo of the day", "Morning briefing"):
        assert not is_same_story(liken(title, ""), liken(title, ""))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One &amp; <b>two</b></p>\n<p>three</p>", "One & two three"),
        ("a < b and c > d", "a d"),
        ("plain", "plain"),
    ],
)
def test_markup_is_taken_off(markup, text):
    """What is compared and filtered is the text that a reader would see."""
    assert plain_text(markup) == text
