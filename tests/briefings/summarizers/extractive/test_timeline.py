"""The timeline lists what a desk would list, in order of time, each entry with its evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.briefing import Event
from briefings.language.reading import Reading, read
from briefings.summarizers.extractive.timeline import MAX_EVENTS, find_events

NOW = datetime(2024, 1, 1, tzinfo=UTC)
#: A Thursday.
DAY = date(2018, 5, 17)


def read_text(*paragraphs: str) -> Reading:
    return read(Article.compose("Title", list(paragraphs), retrieved_at=NOW, published=DAY))


def events(*paragraphs: str) -> list[Event]:
    return list(find_events(read_text(*paragraphs)))


def test_orders_by_time_not_by_place() -> None:
    """Entries stand in order of time, those to come last, whatever the order of telling."""
    listed = events(
        "Dock workers walked out on Tuesday.",
        "Parliament will vote on the port law next Monday.",
        "The company bought the port in 2013.",
        "The two sides signed a deal last month.",
    )
    assert [event.date for event in listed] == ["2013", "2018-04", "2018-05-15", "2018-05-21"]
    assert listed[2].text == "Dock workers walked out on Tuesday."
    assert listed[2].when == "Tuesday"


def test_evidence_is_the_sentence() -> None:
    """An entry rests on the sentence that tells of it, letter for letter."""
    reading = read_text("Dock workers walked out on Tuesday. Nobody was hurt.")
    (event,) = find_events(reading)
    assert event.evidence[0].quote == "Dock workers walked out on Tuesday."
    assert event.evidence[0].stands_in(reading.text)


def test_the_same_happening_is_listed_once() -> None:
    """Two sentences that tell of one happening on one day make one entry with both as evidence."""
    (event,) = events(
        "Dock workers walked out of the port on Tuesday.",
        "The dock workers walked out of the port early on Tuesday.",
    )
    assert len(event.evidence) == 2


def test_a_clause_of_its_own_is_taken_out() -> None:
    """Where a sentence tells of two happenings, each entry holds its own clause."""
    listed = events("The strike began on March 5, and the port reopened on April 9.")
    assert [(event.date, event.text) for event in listed] == [
        ("2018-03-05", "The strike began on March 5."),
        ("2018-04-09", "The port reopened on April 9."),
    ]


def test_a_year_in_a_name_dates_the_thing_named() -> None:
    """The year in "the 1979 peace accord" is not the year of what endangers it today."""
    listed = events("The raid could endanger the 1979 peace accord between the two countries.")
    assert [(event.date, event.text) for event in listed] == [
        ("1979", "The 1979 peace accord between the two countries.")
    ]


def test_furniture_and_captions_are_no_events() -> None:
    """What a picture shows and who reported the story is not news of its own."""
    assert (
        events(
            "A woman walks past the port in Kilmore, Ireland June 15, 2017.",
            "Picture taken June 15, 2017.",
            "(Reporting by Ann Lee on Monday; Editing by Tom Ray.)",
        )
        == []
    )


def test_a_bare_quotation_is_no_event() -> None:
    """A sentence wholly in quotation marks names no speaker, so it can't stand in our voice."""
    assert events("The owner spoke at length. “We ended the deal last year.”") == []


def test_lengths_of_time_are_no_events() -> None:
    """ "Two hours later" and "for 20 years" have no place in the calendar."""
    assert events("A truck came two hours later. He had driven for 20 years.") == []


def test_lists_at_most_ten() -> None:
    """Of many dated happenings the ten most telling are listed."""
    told = [f"The port burned down in {year}." for year in range(1950, 1970)]
    listed = events(*told, "Workers walked out on Tuesday.")
    assert len(listed) == MAX_EVENTS
    assert listed[-1].when == "Tuesday"


def test_an_article_without_times_has_no_timeline() -> None:
    """No time, no entry."""
    assert events("The port is large.") == []


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        pytest.param(
            "The plan, which passed on March 5, would raise the price of bread.",
            "The plan passed on March 5.",
            id="relative-clause",
        ),
        pytest.param(
            "The army shelled the port a month following the president's removal on March 5.",
            "The president's removal on March 5.",
            id="deed-in-a-noun",
        ),
        pytest.param(
            "The owner, who lives in Spain, sold the port on March 5.",
            "The owner, who lives in Spain, sold the port on March 5.",
            id="main-clause",
        ),
    ],
)
def test_a_date_stays_with_its_own_happening(sentence: str, line: str) -> None:
    """A date inside a relative clause or a noun phrase is not the date of the main clause."""
    (event,) = events(sentence)
    assert (event.date, event.text) == ("2018-03-05", line)


def test_a_year_that_names_a_season_dates_nothing() -> None:
    """ "The 2006 hurricane season" tells the season's year, and no happening."""
    assert events("The plant was closed for the 2006 hurricane season.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "The bank released the minutes of its Dec. 12 meeting.", id="meeting-mentioned"
        ),
        pytest.param(
            "Shares fell to $20, the first time they have closed so low since November.",
            id="first-since",
        ),
        pytest.param(
            "The insurer raised prices on policies that were renewed last year.",
            id="which-policies",
        ),
    ],
)
def test_a_time_of_something_else_dates_nothing(sentence: str) -> None:
    """A meeting mentioned, a record and a clause about things tell nothing done at their times."""
    assert events(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The June 3 attack killed 12 people.", id="subject"),
        pytest.param("Voters chose a new council in the May 5 referendum.", id="occasion"),
        pytest.param("The port has been closed since November.", id="lasting"),
    ],
)
def test_a_time_before_its_noun_dates_what_happened_there(sentence: str) -> None:
    """What acts, or where it happened, takes its time along into the deed."""
    assert len(events(sentence)) == 1


def test_a_time_in_a_clause_on_a_thing_gives_way_to_that_of_the_deed() -> None:
    """Of two times in a sentence, the line stands under the one of its deed."""
    sentence = (
        "The police said on Friday that the man was seen near the bridge that collapsed in June."
    )
    assert [event.when for event in events(sentence)] == ["Friday"]


def test_a_clause_keeps_its_sentence_where_only_that_says_whom_it_speaks_of() -> None:
    """ "Her car" tells nothing once the sentence that names her is cut off."""
    (event,) = events(
        "Dana Moreno, a reporter, was killed when a bomb blew up her car in October last year."
    )
    assert "Moreno" in event.text
