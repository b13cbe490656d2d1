"""A shortened line is the article's own words in order, and never says more or less surely."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.article import Article
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.shorten import finish, shorten, span_words

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def read_text(text: str) -> Reading:
    return read(Article.compose("Title", [text], retrieved_at=NOW))


def line(text: str, **choices: object) -> str:
    reading = read_text(text)
    sent = reading.sents[1]
    return shorten(reading, sent.start, sent.end - 1, **choices)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "However, the talks failed on Monday.", 30, "The talks failed on Monday.", id="however"
        ),
        pytest.param(
            "But the union refused the offer.", 30, "The union refused the offer.", id="but"
        ),
        pytest.param(
            "NAIROBI, May 8 (Xinhua) -- Kenya is facing its worst floods in years.",
            30,
            "Kenya is facing its worst floods in years.",
            id="dateline",
        ),
        pytest.param(
            "WASHINGTON (Reuters) - The court ruled against the state.",
            30,
            "The court ruled against the state.",
            id="agency",
        ),
        pytest.param(
            "The agency (EPA) issued the new rules for plants last year.",
            10,
            "The agency issued the new rules for plants last year.",
            id="brackets",
        ),
        pytest.param(
            "The delegation, which also held senior officials, returned to Israel on the same day.",
            9,
            "The delegation returned to Israel on the same day.",
            id="relative-clause",
        ),
        pytest.param(
            "Maria Lopez, the union's president, rejected the offer at a rally on Monday.",
            10,
            "Maria Lopez rejected the offer at a rally on Monday.",
            id="apposition",
        ),
        pytest.param(
            "The court ruled against the state, dealing a blow to its governor and his party.",
            8,
            "The court ruled against the state.",
            id="trailing-participle",
        ),
        pytest.param(
            "The company cut 300 jobs in May, according to a letter that the union published.",
            9,
            "The company cut 300 jobs in May, according to a letter that the union published.",
            id="attribution-stays",
        ),
        pytest.param(
            "The port will stay shut, unless the two governments agree on a new deal by Friday.",
            8,
            "The port will stay shut, unless the two governments agree on a new deal by Friday.",
            id="condition-stays",
        ),
        pytest.param(
            "The committee voted to hold Mr. Park, an aide, in contempt of the whole parliament.",
            9,
            "The committee voted to hold Mr. Park in contempt of the whole parliament.",
            id="what-an-aside-broke-stays",
        ),
        pytest.param(
            "The report lists the port, the bridge, the school and the main road to the airport.",
            6,
            "The report lists the port, the bridge, the school and the main road to the airport.",
            id="list-stays",
        ),
        pytest.param(
            "According to the mayor, the bridge over the river is safe for cars and for trucks.",
            6,
            "According to the mayor, the bridge over the river is safe for cars and for trucks.",
            id="leading-attribution-stays",
        ),
        pytest.param(
            "They tell the old story again: In December, with talks near collapse, both men met.",
            8,
            "They tell the old story again: In December, with talks near collapse, both men met.",
            id="clause-behind-colon-stays-whole",
        ),
        pytest.param(
            "Although he lacks a law of his own, officials from both parties praise his work.",
            6,
            "Although he lacks a law of his own, officials from both parties praise his work.",
            id="although-needs-its-main-clause",
        ),
        pytest.param("Is the bridge safe?", 30, "Is the bridge safe?", id="question"),
    ],
)
def test_leaves_out_what_can_go(text: str, words: int, expected: str) -> None:
    """Openers and datelines always go, asides go when space asks, the sense never goes."""
    assert line(text, max_words=words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The strike will begin on Monday, the union said.",
            "The strike will begin on Monday.",
            id="end",
        ),
        pytest.param(
            "According to the mayor, the bridge is safe.", "The bridge is safe.", id="according-to"
        ),
        pytest.param(
            "Perhaps, he said, it could help.", "Perhaps, it could help.", id="in-the-middle"
        ),
        pytest.param(
            "The mayor said on Monday that the bridge is safe.",
            "The bridge is safe.",
            id="said-that",
        ),
    ],
)
def test_leaves_out_the_attribution_when_asked(text: str, expected: str) -> None:
    """The speaker goes only where the caller names the speaker elsewhere."""
    assert line(text, without_attribution=True) == expected


def test_a_line_of_marks_alone_does_no_harm() -> None:
    """Where there are no words there is nothing to leave out."""
    assert line(", ,", max_words=1, without_attribution=True, end="") == ""


def test_keeps_the_words_that_must_stay() -> None:
    """A cut that would take the words to keep is not made."""
    text = "The court ruled against the state, ending a case that began in 2015 in the capital."
    reading = read_text(text)
    sent = reading.sents[1]
    year = next(word.i for word in sent if word.text == "2015")
    kept = shorten(reading, sent.start, sent.end - 1, max_words=8, keep=(year, year))
    assert "2015" in kept


def test_quotation_marks_stay_in_pairs() -> None:
    """A line cut out of a longer quotation gets the mark whose partner it holds, and no other."""
    reading = read_text("“We will not sign. We never will. The port stays shut,” he told them.")
    first, middle, last = (shorten(reading, s.start, s.end - 1) for s in reading.sents[1:])
    assert first == "“We will not sign.”"
    assert middle == "We never will."
    assert last == "“The port stays shut,” he told them."


def test_ends_as_the_caller_wants() -> None:
    """`end` puts a full stop behind the line or leaves it bare."""
    assert line("The bridge is safe.", end="") == "The bridge is safe"
    assert line("The bridge is safe", end=".") == "The bridge is safe."


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        pytest.param("he said “no.”", ".", "He said “no.”", id="stop-inside-quotation"),
        pytest.param("he left the U.S.", ".", "He left the U.S.", id="abbreviation"),
        pytest.param("eBay sold it,", ".", "eBay sold it.", id="inner-capital"),
        pytest.param("who knows?", ".", "Who knows?", id="question"),
    ],
)
def test_finishes_a_line(text: str, end: str, expected: str) -> None:
    """A line opens with a capital and ends with one mark."""
    assert finish(text, end) == expected


def test_span_words_finds_the_first_place_of_a_text() -> None:
    """First and last word of a text that stands in the article; None for one that doesn't."""
    reading = read_text("The bridge is safe.")
    bounds = span_words(reading, "bridge is")
    assert bounds is not None
    assert reading.doc[bounds[0] : bounds[1] + 1].text == "bridge is"
    assert span_words(reading, "tunnel") is None
    assert span_words(reading, "") is None


_PARTS = st.lists(
    st.sampled_from(
        [
            "However,",
            "the mayor",
            ", who took office in May,",
            "(a lawyer)",
            "said on Monday",
            "that the bridge may not be safe",
            ", “we will not sign,”",
            "and the union refused",
            ", citing the cost,",
            "after the storm in 2015",
            "unless it is mended",
            "— some 1,200 people —",
            ",",
            "(",
            ", officials said",
        ]
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=_PARTS, words=st.integers(min_value=3, max_value=25), bare=st.booleans())
def test_the_words_are_a_subsequence_of_the_originals(
    parts: list[str], words: int, *, bare: bool
) -> None:
    """Whatever is cut, the words left are the article's, in the article's order."""
    text = " ".join(parts) + "."
    reading = read_text(text)
    sent = reading.sents[1]
    short = shorten(reading, sent.start, sent.end - 1, max_words=words, without_attribution=bare)
    left = iter(re.findall(r"\w+", sent.text.lower()))
    assert all(word in left for word in re.findall(r"\w+", short.lower()))
    assert short.count("“") == short.count("”")


def test_no_cut_leaves_only_a_clause_on_a_noun() -> None:
    """A line whose one verb belongs to "where the flood began" would say nothing of its subject."""
    short = line(
        "Chief Ida Holm of Essex County, N.C., where the thefts took place, confirmed Monday "
        "evening that the city had been seeking the man named in the report, Karl J. Weber, a "
        "clerk with a long record who had served seven years.",
        max_words=20,
    )
    assert "confirmed" in short


def test_a_toll_is_never_cut() -> None:
    """How many were killed stays, however long the line."""
    short = line(
        "Two huge blasts tore through a yard where gas was stored in the port of Orsk, killing "
        "at least 50 people, including a dozen guards, officials and the radio said on Friday.",
        max_words=24,
    )
    assert "killing at least 50 people" in short
