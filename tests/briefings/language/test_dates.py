"""Expressions of time are found, told from look-alikes, and resolved as finely as meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.publication import published_on
from briefings.language.reading import Reading, read

NOW = datetime(2024, 1, 1, tzinfo=UTC)
#: A Thursday.
DAY = date(2018, 5, 17)


def read_text(*paragraphs: str, published: date | datetime | None = DAY) -> Reading:
    return read(Article.compose("Title", list(paragraphs), retrieved_at=NOW, published=published))


def found(text: str, published: date | None = DAY) -> list[TimeExpression]:
    return list(find_dates(read_text(text, published=published)))


@pytest.mark.parametrize(
    ("sentence", "when", "iso"),
    [
        pytest.param(
            "The court ruled Tuesday against the firm.", "Tuesday", "2018-05-15", id="past"
        ),
        pytest.param("The court ruled on Thursday.", "Thursday", "2018-05-17", id="same-day"),
        pytest.param("The court will rule on Tuesday.", "Tuesday", "2018-05-22", id="future"),
        pytest.param("They meet again next Wednesday.", "next Wednesday", "2018-05-23", id="next"),
        pytest.param("They met last Friday.", "last Friday", "2018-05-11", id="last"),
        pytest.param("School began last week Monday.", "last week Monday", "2018-05-07", id="week"),
        pytest.param("He left Sunday night.", "Sunday night", "2018-05-13", id="night"),
        pytest.param("The talks collapsed yesterday.", "yesterday", "2018-05-16", id="yesterday"),
        pytest.param("It burned on June 15, 2017.", "June 15, 2017", "2017-06-15", id="full"),
        pytest.param("It burned on 8 May 2016.", "8 May 2016", "2016-05-08", id="british"),
        pytest.param("The log says 2018-03-04.", "2018-03-04", "2018-03-04", id="iso"),
        pytest.param("The sale ran on Feb. 9.", "Feb. 9", "2018-02-09", id="no-year-past"),
        pytest.param("He will speak on Feb. 9.", "Feb. 9", "2019-02-09", id="no-year-future"),
        pytest.param("A sale is scheduled for Oct. 10-15.", "Oct. 10-15", "2018-10-10", id="range"),
        pytest.param("The fair opened in March.", "March", "2018-03", id="month"),
        pytest.param("It opened in late August.", "late August", "2017-08", id="late-month"),
        pytest.param("They agreed last December.", "last December", "2017-12", id="last-month"),
        pytest.param(
            "It sank in October last year.", "October last year", "2017-10", id="that-year"
        ),
        pytest.param("The plant closed last month.", "last month", "2018-04", id="month-before"),
        pytest.param("Prices fell last week.", "last week", "2018-05", id="week-in-month"),
        pytest.param("Prices fell last year.", "last year", "2017", id="year-before"),
        pytest.param("She left two years ago.", "two years ago", "2016", id="years-ago"),
        pytest.param("The law passed in 2013.", "2013", "2013", id="year"),
        pytest.param("It has grown since 2008.", "since 2008", "2008", id="since"),
        pytest.param("Emissions must halve by 2030.", "by 2030", "2030", id="by"),
        pytest.param("It broke the 1979 peace accord.", "1979", "1979", id="accord"),
        pytest.param(
            "Sales rose in the first quarter of 2017.",
            "the first quarter of 2017",
            "2017",
            id="quarter",
        ),
        pytest.param("He served before the 9/11 attacks.", "9/11", "2001-09-11", id="nine-eleven"),
        pytest.param("The gang formed in the 1980s.", "the 1980s", None, id="decade"),
        pytest.param(
            "It rained for the last two months.", "for the last two months", None, id="length"
        ),
        pytest.param("An answer is due within 24 hours.", "within 24 hours", None, id="deadline"),
        pytest.param(
            "More rain is expected in the coming days.", "in the coming days", None, id="coming"
        ),
    ],
)
def test_resolves_to_the_precision_meant(sentence: str, when: str, iso: str | None) -> None:
    """A time is resolved against the day of publication, no finer than the words allow."""
    assert [(e.when, e.iso) for e in found(sentence)] == [(when, iso)]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The minister may leave.", id="modal"),
        pytest.param("Prime Minister Theresa May won. They stood by May again.", id="name"),
        pytest.param("They march on the capital.", id="verb"),
        pytest.param("Some 2,000 people fled.", id="count"),
        pytest.param("He paid $2000 for it.", id="price"),
        pytest.param("The siege hurt 2000 people in the town.", id="count-without-comma"),
        pytest.param("She wrote for the Sunday Times.", id="newspaper"),
        pytest.param("Shops opened early on Black Friday.", id="named-friday"),
        pytest.param("A 33-year-old teacher ran a 24-hour shop.", id="age"),
        pytest.param("She came second.", id="second"),
    ],
)
def test_leaves_look_alikes_alone(sentence: str) -> None:
    """A modal verb, a name, a count or an age is no time."""
    assert found(sentence) == []


def test_an_expression_stands_in_the_text_at_its_offsets() -> None:
    """Offsets and words agree, letter for letter."""
    reading = read_text("On Monday they met.", "By 2030 it will close. It opened in 1979.")
    expressions = find_dates(reading)
    assert len(expressions) == 3
    assert all(reading.text[e.start : e.end] == e.when for e in expressions)


def test_without_a_known_day_only_absolute_dates_resolve() -> None:
    """Without a day of publication, "Tuesday" keeps a place in the order but no date."""
    tuesday, year = found("They met on Tuesday. The treaty dates from 1998.", published=None)
    assert tuesday.iso is None
    assert year.iso == "1998"
    assert tuesday.order is not None
    assert year.order is not None
    assert tuesday.order > year.order


@pytest.mark.parametrize(
    ("paragraphs", "day"),
    [
        pytest.param(
            ["Source: Agency| 2018-10-02 23:25:50|Editor: yan"], date(2018, 10, 2), id="byline"
        ),
        pytest.param(["Published March 4, 2017", "It rained."], date(2017, 3, 4), id="published"),
        pytest.param(
            ["A man waves on May 8, 2018, in town.", "NAIROBI, May 8 (Xinhua) -- It rained."],
            date(2018, 5, 8),
            id="dateline-with-year-elsewhere",
        ),
        pytest.param(["NAIROBI, May 8 (Xinhua) -- It rained."], None, id="dateline-alone"),
        pytest.param(["Picture taken June 15, 2018.", "It rained."], None, id="caption"),
        pytest.param(["It rained on June 15, 2018, in the whole country."], None, id="story"),
    ],
)
def test_finds_the_day_of_publication_in_the_head(paragraphs: list[str], day: date | None) -> None:
    """A byline or a dateline dates the article; a caption and the story itself don't."""
    assert published_on(read_text(*paragraphs, published=None)) == day


def test_the_articles_own_date_comes_first() -> None:
    """The source's date outranks the text's; the year 1 is none."""
    line = "Published March 4, 2017"
    assert published_on(read_text(line, published=datetime(2018, 1, 2, tzinfo=UTC))) == date(
        2018, 1, 2
    )
    assert published_on(read_text(line, published=date(1, 1, 1))) == date(2017, 3, 4)


def test_a_dateline_is_no_event() -> None:
    """The day in a dateline is the report's own and no expression of the story."""
    assert found("NAIROBI, May 8 (Xinhua) -- It rained.") == []


def test_an_endless_count_of_centuries_does_no_harm() -> None:
    """A count that leaves the calendar is put at its edge instead of failing."""
    assert [e.iso for e in found("Life began 999 centuries ago.")] == [None]


def test_dates_between_keeps_those_wholly_inside() -> None:
    """Only expressions between the two offsets come back, in order."""
    reading = read_text("They met on Monday, on Tuesday and on Friday.")
    monday, tuesday, friday = find_dates(reading)
    assert dates_between((monday, tuesday, friday), tuesday.start, friday.end - 1) == (tuesday,)


@pytest.mark.parametrize(
    ("text", "in_order"),
    [
        pytest.param(
            "A guard was shot in October last year, another in February. The inquiry began on "
            "Sept. 30. "
            "The minister resigned on Saturday.",
            ["October last year", "February", "Sept. 30", "Saturday"],
            id="before-last-weekend",
        ),
        pytest.param(
            "Rates rose in June. Prices fell in November. The bank met on Dec. 12. "
            "It spoke on Tuesday.",
            ["June", "November", "Dec. 12", "Tuesday"],
            id="months-of-one-year",
        ),
        pytest.param(
            "The list was closed in May. The vote will take place on Oct. 20. "
            "The judge spoke on Monday.",
            ["May", "Monday", "Oct. 20"],
            id="ahead",
        ),
    ],
)
def test_bare_days_are_ordered_without_a_day_of_publication(text: str, in_order: list[str]) -> None:
    """A day without its year lies as close to the news as its tense allows."""
    dated = [d for d in found(text, published=None) if d.order is not None]
    assert [d.when for d in sorted(dated, key=lambda d: d.order or DAY)] == in_order
    assert all(d.iso is None for d in dated)


@pytest.mark.parametrize(
    ("sentence", "iso"),
    [
        pytest.param(
            "Senators prepared to be called to the house on Friday.", "2018-05-18", id="intent"
        ),
        pytest.param("The storm could bring rain until Monday.", "2018-05-21", id="until"),
    ],
)
def test_what_is_intended_lies_ahead(sentence: str, iso: str) -> None:
    """A day under "prepared to" or behind "could … until" is one to come."""
    assert [d.iso for d in found(sentence)] == [iso]


def test_the_year_of_a_month_tells_what_last_year_was() -> None:
    """Without a date of publication, "last year" follows the latest year that a month stands in."""
    reading = read_text(
        "Two floods came, first in September 2004, then in April 2005.",
        "Last year the council promised to pay for new roofs.",
        published=None,
    )
    first, second, last_year = find_dates(reading)
    assert first.order is not None
    assert second.order is not None
    assert last_year.order is not None
    assert first.order < last_year.order
    assert second.order.year == last_year.order.year
