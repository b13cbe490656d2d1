"""Pages in the place of an article."""

import pytest

from briefings.sources.phrases import load_phrases
from briefings.sources.walls import PageSigns, looks_cut, tell_wall

PHRASES = load_phrases()
PROSE = ("Ferry crews in Port Ellery walked out on Monday over a new rota. " * 8,)
LONG = PROSE * 5
BANNER = "We value your privacy. Accept all. Manage cookies."
WALL = "Subscribe to continue reading. Already a subscriber? Log in."

SIGNS = {
    "an article": (PageSigns(PROSE, "Home News"), None),
    "an article under a cookie banner": (PageSigns(PROSE, BANNER), None),
    "a consent dialogue": (PageSigns((), BANNER), "consent"),
    "a dialogue taken for prose": (
        PageSigns((BANNER, "Privacy matters to us."), BANNER),
        "consent",
    ),
    "a consent host": (PageSigns(PROSE, "", host="consent.news.example"), "consent"),
    "an article about cookies": (
        PageSigns((*PROSE, "The ruling says sites may not make readers accept all cookies."), ""),
        None,
    ),
    "a locked stub": (PageSigns(PROSE, "", is_locked=True), "paywall"),
    "a metered page in full": (PageSigns(LONG, "", is_locked=True), None),
    "a wall at the end of the text": (PageSigns((*PROSE, WALL), WALL), "paywall"),
    "a wall beside a short beginning": (PageSigns(PROSE, WALL), "paywall"),
    "a log-in link in the menu": (PageSigns(PROSE, "Already a subscriber? Log in"), None),
    "a newsletter": (PageSigns((*PROSE, "Subscribe to our newsletter."), "Subscribe"), None),
    "farmers who must register": (
        PageSigns((*PROSE, "Farmers must register to keep their subsidies, officials said."), ""),
        None,
    ),
    "a page built by scripts": (PageSigns((), "Please enable JavaScript"), "script"),
    "nothing": (PageSigns((), ""), None),
}


@pytest.mark.parametrize(("signs", "wall"), SIGNS.values(), ids=SIGNS.keys())
def test_a_wall_is_told_from_an_article(signs, wall):
    """A wall is named only where nothing worth reading stands behind the words."""
    assert tell_wall(signs, PHRASES) == wall


def test_a_whole_text_for_subscribers_may_be_cut():
    """A page that declares itself locked is read, and the reader is told."""
    assert looks_cut(PageSigns(LONG, "", is_locked=True), PHRASES)
    assert not looks_cut(PageSigns(LONG, ""), PHRASES)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Video Player Close", True),
        ("Slideshow (7 Images)", True),
        ("Share on Facebook", True),
        ("Advertisement", True),
        ("Related: Ten walks for the spring", True),
        ("© 2024 Harbour Post. All rights reserved.", True),
        ("5 min read", True),
        ("Share prices fell on Monday.", False),
        ("Related parties denied the claim.", False),
        ("Copyright law is at the heart of the dispute.", False),
        ("Loading docks were closed.", False),
        ("Comments by the minister were denounced.", False),
    ],
)
def test_furniture_is_told_from_prose(line, expected):
    """Whole lines of buttons and credits go; sentences that begin alike stay."""
    assert PHRASES.are_boilerplate(line) is expected
