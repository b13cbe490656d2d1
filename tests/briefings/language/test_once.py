from datetime import UTC, datetime

from briefings.article import Article
from briefings.language.once import once
from briefings.language.reading import Reading, read


def reading_of(title: str) -> Reading:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return read(Article.compose(title, ["The port pays nobody."], retrieved_at=at))


def test_each_reading_is_asked_once():
    """What was found in a reading is kept for it, and for no other reading."""
    asked: list[str] = []

    @once
    def title_of(reading: Reading) -> str:
        asked.append(reading.article.title)
        return reading.article.title

    one, other = reading_of("Cranes stand still"), reading_of("Crews go home")
    assert [title_of(r) for r in (one, other, one)] == [
        "Cranes stand still",
        "Crews go home",
        "Cranes stand still",
    ]
    assert asked == ["Cranes stand still", "Crews go home"]
