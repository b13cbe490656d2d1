"""Whether there is a dispute, between whom, over what; and that names do not sway it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefings.article import Article
from briefings.briefing import Briefing
from briefings.language.reading import read
from briefings.summarizers.extractive.compose import compose

ARTICLES = Path("tests/data/articles")
CALM = {"battery-plant", "bridge-anniversary", "coral-finding", "flood"}


def brief_file(path: Path, *swaps: tuple[str, str]) -> Briefing:
    text = path.read_text("utf-8").strip()
    for i, (one, other) in enumerate(swaps):
        text = text.replace(one, f"\0{i}").replace(other, one).replace(f"\0{i}", other)
    title, *paragraphs = [p.strip() for p in text.split("\n\n")]
    return compose(read(Article.compose(title, paragraphs, retrieved_at=datetime.now(UTC))))


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda p: p.stem)
def test_tells_a_dispute_from_a_disaster(path: Path) -> None:
    """Parties that argue make an article contested; floods, findings and festivals do not."""
    assert brief_file(path).contested == (path.stem not in CALM)


def test_draws_the_sides_of_an_interstate_dispute() -> None:
    """Each state leads a side, with its own ministers on it, and the mediator on neither."""
    briefing = brief_file(ARTICLES / "river-dam.txt")
    assert briefing.dispute is not None
    names = {a.id: a.name for a in briefing.actors}
    sides = {side.label: {names[i] for i in side.actors} for side in briefing.dispute.sides}
    assert set(sides) == {"Talmira", "Kessara"}
    assert "Tovan Irsek" in sides["Kessara"]
    assert all("United Nations" not in name for members in sides.values() for name in members)


def test_an_issue_names_no_party_alone() -> None:
    """What is fought over is a matter, not a person, a court or a day."""
    briefing = brief_file(ARTICLES / "river-dam.txt")
    assert briefing.dispute is not None
    assert "river" in briefing.dispute.issue.lower() or "dam" in briefing.dispute.issue.lower()


def test_every_printed_briefing_is_short() -> None:
    """Summary, dispute, stakes and unknowns print in at most 260 words."""
    assert all(brief_file(path).printed_words() <= 260 for path in ARTICLES.glob("*.txt"))
