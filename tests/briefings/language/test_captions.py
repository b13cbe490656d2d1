"""Words under pictures are known from the report and feed no section of a briefing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.compose import compose

NOW = datetime(2024, 1, 1, tzinfo=UTC)
NEWS = "Dock workers walked out on Tuesday over a pay rise that could cost the port $3 million."


def read_text(*paragraphs: str) -> Reading:
    return read(Article.compose("Title", list(paragraphs), retrieved_at=NOW))


def captions(*paragraphs: str) -> list[str]:
    reading = read_text(*paragraphs)
    return [reading.span_of_sentence(n).quote for n in sorted(reading.captions)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("FILE PHOTO: Cranes stand idle at the port of Kilmore.", id="file-photo"),
        pytest.param("Slideshow (3 Images)", id="slideshow"),
        pytest.param("Picture taken June 15, 2017.", id="taken"),
        pytest.param("REUTERS/Ann Lee/File Photo", id="credit"),
        pytest.param("Port Authority/Handout via REUTERS", id="handout"),
        pytest.param("(Xinhua/Ann Lee)", id="credit-in-brackets"),
        pytest.param("The port at night. (Photo by Ann LEE/AFP)", id="credit-at-the-end"),
        pytest.param(
            "A woman walks past the port in Kilmore, Ireland June 15, 2017.", id="dated-scene"
        ),
        pytest.param(
            "Residents and dockers pass by a wrecked crane in Kilmore Port, Aug. 13, 2018.",
            id="dated-scene-of-several",
        ),
    ],
)
def test_knows_a_caption(line: str) -> None:
    """A paragraph that opens, closes or reads like a caption is one, all its sentences."""
    assert " ".join(captions(NEWS, line)) == line


def test_a_scene_before_a_credit_is_its_caption() -> None:
    """What stands before a credit in the present tense tells what the picture shows."""
    assert captions(NEWS, "Dock workers march through Kilmore.", "REUTERS/Ann Lee") == [
        "Dock workers march through Kilmore.",
        "REUTERS/Ann Lee",
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(NEWS, id="news"),
        pytest.param("The port opened in May 2013.", id="past-with-date"),
        pytest.param("Her lawyers filed photos of the broken seals.", id="about-photos"),
        pytest.param("The deal with Reuters/Ipsos will end in June 2030.", id="slash"),
    ],
)
def test_leaves_the_report_alone(line: str) -> None:
    """News is no caption, though it has a date, a slash or a photo in it."""
    assert captions(NEWS, line) == []


def test_a_paragraph_of_news_before_a_credit_stays() -> None:
    """A picture may follow any paragraph; what happened is told in the past."""
    assert captions(NEWS, "REUTERS/Ann Lee") == ["REUTERS/Ann Lee"]


def test_captions_feed_no_section() -> None:
    """No line of a briefing rests on a caption, whatever the caption tells."""
    shown = "Pickets say the port could close with 400 jobs lost in Kilmore, Ireland May 1, 2023."
    briefing = compose(read_text(NEWS, "The port refused.", shown, "REUTERS/Ann Lee"))
    parts = (*briefing.stakes, *briefing.claims, *briefing.timeline, *briefing.figures)
    quotes = [span.quote for part in parts for span in part.evidence]
    quotes += [span.quote for span in briefing.summary.evidence]
    assert NEWS in quotes
    assert shown not in quotes
