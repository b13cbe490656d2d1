"""Cutting: parts fit, nothing is lost, and sentences are kept whole where they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.rendering.limits import DISCORD, SLACK, size_of, split_runs, split_text
from briefings.rendering.nodes import Run

TEXTS = st.text(alphabet=st.sampled_from("ab.!? …”)\n<&🤝é"), max_size=400)


def letters(text):
    return "".join(text.split())


@given(text=TEXTS, limit=st.integers(min_value=2, max_value=60))
def test_parts_fit_and_together_are_the_whole(text, limit):
    """Whatever the text, each part is within the limit and no character but white space is lost."""
    parts = split_text(text, limit)
    assert all(size_of(part) <= limit for part in parts)
    assert letters("".join(parts)) == letters(text)


@given(texts=st.lists(TEXTS, min_size=1, max_size=5), limit=st.integers(min_value=8, max_value=80))
def test_runs_keep_their_style_and_their_letters(texts, limit):
    """Cutting runs loses no letter of any style, measured as the platform writes them."""
    runs = tuple(Run("strong" if n % 2 else "plain", text) for n, text in enumerate(texts))

    def write(some):
        return "".join(f"*{run.text}*" if run.style == "strong" else run.text for run in some)

    parts = list(split_runs(runs, lambda some: size_of(write(some)) <= limit or _single(some)))
    for style in ("plain", "strong"):
        before = "".join(run.text for run in runs if run.style == style)
        after = "".join(run.text for part in parts for run in part if run.style == style)
        assert letters(after) == letters(before)
    assert all(size_of(write(part)) <= limit or _single(part) for part in parts)


def _single(runs):
    return sum(len(run.text) for run in runs) <= 1


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        pytest.param("One two. Three four.", 12, ["One two.", "Three four."], id="sentences"),
        pytest.param("“One.” Two three.", 11, ["“One.”", "Two three."], id="closing-marks"),
        pytest.param("One two three", 9, ["One two", "three"], id="words"),
        pytest.param("One two three", 7, ["One two", "three"], id="word-ends-at-the-limit"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="anywhere"),
        pytest.param("A. bcd efg hij klm nop", 20, ["A. bcd efg hij klm", "nop"], id="early-end"),
        pytest.param("🤝🤝🤝", 4, ["🤝🤝", "🤝"], id="utf-16"),
        pytest.param("", 5, [""], id="nothing"),
    ],
)
def test_where_it_is_cut(text, limit, parts):
    """Cut after a sentence, else after a word, else anywhere."""
    assert split_text(text, limit) == parts


def test_sizes_are_the_platforms():
    """The table of sizes is the one that the vendors document."""
    assert (DISCORD.content, DISCORD.embed_title, DISCORD.embed_description) == (2000, 256, 4096)
    assert (DISCORD.message, DISCORD.embeds, DISCORD.embed_footer) == (6000, 10, 2048)
    assert (SLACK.section, SLACK.header, SLACK.blocks) == (3000, 150, 50)
    assert SLACK.message < 10_000
