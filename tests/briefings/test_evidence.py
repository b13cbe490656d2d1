"""A span is exact characters of the article or it is not built."""

import pytest

from briefings.errors import InvalidBriefing
from briefings.evidence import Span

TEXT = "Dam talks end\n\n  The “river” talks ended 🌊 early. "


def test_span_of_leaves_out_white_space_at_its_edges() -> None:
    """Evidence never opens or closes with white space, and its offsets say so."""
    span = Span.of(TEXT, 13, len(TEXT))
    assert (span.quote, span.start) == ("The “river” talks ended 🌊 early.", 17)
    assert span.stands_in(TEXT)


def test_offsets_count_code_points() -> None:
    """A sign outside the basic plane is one character."""
    start = TEXT.index("🌊")
    assert Span.of(TEXT, start, start + 1).quote == "🌊"


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        pytest.param(0, 3, "Dams", id="longer"),
        pytest.param(3, 4, " ", id="blank"),
        pytest.param(5, 5, "", id="empty"),
    ],
)
def test_refuses_nonsense(start: int, end: int, quote: str) -> None:
    """A span whose offsets and words disagree, or that holds nothing, cannot exist."""
    with pytest.raises(InvalidBriefing):
        Span(start=start, end=end, quote=quote)


def test_other_words_at_the_same_place_do_not_stand_in_the_text() -> None:
    """Letter for letter: one changed letter is no quotation."""
    assert not Span(start=0, end=3, quote="dam").stands_in(TEXT)
