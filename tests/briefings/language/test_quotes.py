"""Quotation marks are paired as newspapers set them."""

import pytest

from briefings.language.quotes import find_quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“No,” he said. “Never.”", ["“No,”", "“Never.”"], id="curly"),
        pytest.param('He said "no" twice.', ['"no"'], id="straight"),
        pytest.param("''It's time,'' she said.", ["''It's time,''"], id="two apostrophes"),
        pytest.param(
            "“We began here and we stay.\n\n“Nobody will move us.”",
            ["“We began here and we stay.", "“Nobody will move us.”"],
            id="opened anew with each paragraph",
        ),
        pytest.param(
            "“We began here.\n\nWe stay,” he said.",
            ["“We began here.", "We stay,”"],
            id="closed in the next paragraph, which does not open it anew",
        ),
        pytest.param('A board 6" wide and 2" thick.', [], id="inches"),
        pytest.param("A stray “ mark.", [], id="never closed and too short"),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    """Each quotation is given once, its marks included."""
    assert [text[q.start : q.end] for q in find_quotations(text)] == expected
