"""What an article's own lines state of outlet, date and authors."""

from datetime import date

import pytest

from briefings.sources.datelines import Stated, read_stated

TABLE = {
    "agency": (["NAIROBI (Reuters) - Rain fell."], Stated("Reuters")),
    "two places": (["BERLIN/ROME (Reuters) - Rain fell."], Stated("Reuters")),
    "region": (["HOLDEN BEACH, N.C. (AP) — Rain fell."], Stated("AP")),
    "initials": (["ST. JOHN'S, Newfoundland (AP) -- Rain fell."], Stated("AP")),
    "no place": (["(Reuters) - Rain fell."], Stated("Reuters")),
    "day without year": (["NAIROBI, May 8 (Xinhua) -- Rain fell."], Stated("Xinhua")),
    "day with year": (
        ["LONDON, March 5, 2024 (AP) — Rain fell."],
        Stated("AP", date(2024, 3, 5)),
    ),
    "year from a caption": (
        [
            "A street in Nairobi on May 8, 2018.",
            "(Xinhua)",
            "NAIROBI, May 8 (Xinhua) -- Rain fell.",
        ],
        Stated("Xinhua", date(2018, 5, 8)),
    ),
    "caption of another day": (
        ["A street in Nairobi on May 2, 2018.", "NAIROBI, May 8 (Xinhua) -- Rain fell."],
        Stated("Xinhua"),
    ),
    "source line": (
        ["Source: Xinhua| 2018-05-08 22:54:41|Editor: Mu Xuequan", "Rain fell."],
        Stated("Xinhua", date(2018, 5, 8)),
    ),
    "bracket that is no agency": (["The EU (European Union) - a bloc - said."], Stated()),
    "shouted word": (["FILE PHOTO: A man (Bob) - smiling"], Stated()),
    "byline": (["By Ada Marlow", "Rain fell."], Stated(authors=("Ada Marlow",))),
    "two authors and an outlet": (
        ["By Ada Marlow and Tom van Dyke, Harbour Post | March 5, 2024"],
        Stated(authors=("Ada Marlow", "Tom van Dyke")),
    ),
    "three authors": (
        ["By Ada Marlow, Tom Veery and Kim Lee"],
        Stated(authors=("Ada Marlow", "Tom Veery", "Kim Lee")),
    ),
    "sentence that opens with By": (["By Tuesday the strike was over."], Stated()),
    "reporting by": (
        ["Rain fell.", "(Reporting by Jane Doe in Nairobi; Editing by John Roe)"],
        Stated(authors=("Jane Doe",)),
    ),
    "published line": (
        ["Published: 5 March 2024, 08:30 GMT"],
        Stated(published=date(2024, 3, 5)),
    ),
    "weekday and date": (["Tuesday, 5 March 2024"], Stated(published=date(2024, 3, 5))),
    "ISO date alone": (["2024-03-05"], Stated(published=date(2024, 3, 5))),
    "date that opens a sentence": (["March 5, 2024 was a cold day."], Stated()),
    "no such day": (["June 31, 2024"], Stated()),
    "nothing": ([], Stated()),
}


@pytest.mark.parametrize(("lines", "stated"), TABLE.values(), ids=TABLE.keys())
def test_only_what_a_line_states_counts(lines, stated):
    """Outlet, date and authors are read where a line is there to give them, and never guessed."""
    assert read_stated(lines) == stated


def test_a_dateline_deep_in_the_text_is_not_the_article_s():
    """A quoted report's dateline says nothing about the article that quotes it."""
    lines = ["Rain fell."] * 8 + ["NAIROBI, May 8, 2018 (Xinhua) -- Rain fell.", "Rain fell."]
    assert read_stated(lines) == Stated()
