"""A reading holds every word of the article at its place, whatever the text."""

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import Reading, read


def reading_of(*paragraphs: str) -> Reading:
    return read(Article.compose("Dam talks end", list(paragraphs), retrieved_at=datetime.now(UTC)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We won’t sign,” said Irsek — twice — on 3 March.", id="marks"),
        pytest.param("Two  spaces\u00a0and a no-break one.", id="white space"),
        pytest.param("A flood 🌊 came, 3.5 metres high.", id="beyond the basic plane"),
        pytest.param("See https://a.example/" + "a" * 200 + " for more.", id="a long address"),
        pytest.param("“" * 20_000, id="marks without end"),
        pytest.param("He said it. " * 400, id="longer than one part"),
    ],
)
def test_words_stand_where_they_say(text: str) -> None:
    """Each word is the text between its offsets, and nothing but white space is left out."""
    reading = reading_of(text)
    words = [reading.text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)]
    assert words == [word.text for word in reading.doc]
    assert "".join(words) == "".join(reading.text.split())


def test_sentences_of_a_long_article_stay_apart() -> None:
    """Read in parts, an article has the same sentences as its splitter gave."""
    reading = reading_of(*["The council met. It voted late."] * 400)
    assert len(reading.sents) == len(reading.sentences) == 801
    assert all(sent[0].is_sent_start for sent in reading.sents)
