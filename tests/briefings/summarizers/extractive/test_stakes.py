"""Stakes tell what follows, could follow or comes next, each with its status and owner."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        pytest.param("The strike could close the port of Kilmore for a week.", "risk", id="could"),
        pytest.param("The port of Kilmore said it would hold talks soon.", "next", id="promised"),
        pytest.param("The minister is to cancel a trip to the port soon.", "next", id="is-to"),
        pytest.param("The port of Kilmore is due to open on Monday.", "next", id="due-to-open"),
        pytest.param(
            "The port lost $3 million due to the strike in May.", "happening", id="due-to-a-cause"
        ),
        pytest.param(
            "Since May 1 the strike has forced the port to close.", "happening", id="month"
        ),
    ],
)
def test_says_whether_it_is_under_way_a_risk_or_next(brief, sentence: str, status: str) -> None:
    """A modal makes a risk, a plan the calendar; a month and a cause make neither."""
    briefing = brief(sentence)
    assert [stake.status for stake in briefing.stakes] == [status]


def test_what_did_not_come_about_is_no_stake(brief) -> None:
    """ "Had it lost, it would have closed" tells of nothing that follows."""
    briefing = brief("If the union had lost the vote, it would have faced a loss of $3 million.")
    assert briefing.stakes == ()


def test_history_stands_behind_consequences(brief) -> None:
    """What came of it now is printed before what happened years ago."""
    briefing = brief(
        "In April 2017 the port lost $3 million and closed for a week.",
        "The strike has cost the port $3 million and closed two berths.",
    )
    assert briefing.stakes[0].text.startswith("The strike has cost")


def test_a_statement_opens_behind_whom_it_was_told_to(brief) -> None:
    """ "Told her members that the port could close": the members are no part of what was said."""
    briefing = brief(
        "Anna Berg, the union's leader, rejected the offer.",
        "Anna Berg told the union's 900 members that the port could close for a week.",
    )
    assert not any(
        stake.text.startswith("The union's 900 members that") for stake in briefing.stakes
    )


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The port lost a bid for $3 million and rose in the ranking.", id="lasts"),
        pytest.param("The strike has forced the port to close two berths.", id="perfect"),
        pytest.param("The union said its members were losing $3 million a week.", id="reported"),
        pytest.param("The court ruled on Friday, dealing a blow to the port.", id="participle"),
    ],
)
def test_what_goes_on_is_under_way(brief, sentence: str) -> None:
    """A present, a perfect, or a deed that leaves its mark tells of what is under way."""
    assert [stake.status for stake in brief(sentence).stakes] == ["happening"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The union caused a stir when it elected a leader in May.", id="past"),
        pytest.param(
            "The port earned $3 million despite higher-than-expected costs.", id="measure"
        ),
        pytest.param("Shares of the port fell by 3 percent, hit by a report.", id="fell"),
        pytest.param("The port handles 3 million tons of grain in a good season.", id="state"),
    ],
)
def test_what_is_over_is_no_stake(brief, sentence: str) -> None:
    """What was done and finished, or is always so, follows from nothing and is left out."""
    assert brief(sentence).stakes == ()


def test_a_line_keeps_the_word_that_makes_it_a_risk(brief) -> None:
    """A line that is told as a risk is not cut down to what happened before it."""
    briefing = brief(
        "The port’s shares have fallen by a fifth since the union’s members, who load grain at "
        "the two berths in Kilmore, walked out in a dispute over pay, touching off fears of a loss."
    )
    assert [stake.status for stake in briefing.stakes] == ["risk"]
    assert "fears" in briefing.stakes[0].text


def test_the_hope_that_moved_prices_is_no_risk(brief) -> None:
    """ "Rose on the hope that rates would fall" tells why prices rose, not what may follow."""
    briefing = brief(
        "The firm raised its prices last year on the expectation that the bank would cut its rates."
    )
    assert not any(stake.status == "risk" for stake in briefing.stakes)


def test_what_a_warning_says_would_come_is_a_risk(brief) -> None:
    """ "Warned that it would breach" promises nothing, and ends before ", and that"."""
    stakes = brief(
        "Talmira's minister Ilena Dorvath warned on Tuesday that a closed port would starve two"
        " towns, and that Kessara had been told of this in May.",
        "Kessara said the port took only goods that would otherwise have gone by rail.",
    ).stakes
    told = [(stake.status, stake.text) for stake in stakes]
    assert ("risk", "A closed port would starve two towns") in [
        (status, text[:1].upper() + text[1:].rstrip(".")) for status, text in told
    ]
    assert not any("otherwise" in text for _, text in told)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        pytest.param(
            "The figures may be released at the end of May, the port said.", "next", id="step"
        ),
        pytest.param(
            "The new crane may help the port of Kilmore in the long run.", "next", id="gain"
        ),
        pytest.param(
            "If the money comes in, the port will have a new crane by May.", "next", id="good-if"
        ),
        pytest.param(
            "If the money fails to come, the port will lose its crane in May.", "risk", id="bad-if"
        ),
        pytest.param("A vote on the port's lease is likely in the spring.", "next", id="likely"),
        pytest.param(
            "A loss of 40 jobs at the port is likely in spring.", "risk", id="likely-loss"
        ),
        pytest.param("A hearing on the port's lease is set for May 7.", "next", id="set-for"),
        pytest.param("Talks on the lease are due to resume in Kilmore on May 7.", "next", id="due"),
        pytest.param(
            "The closed berth has led the union to adopt a more risk-off mode.",
            "happening",
            id="kind",
        ),
    ],
)
def test_a_modal_or_a_condition_is_a_risk_only_of_harm(brief, sentence: str, status: str) -> None:
    """What may come and harms nobody is a step to come, no risk."""
    assert [stake.status for stake in brief(sentence).stakes] == [status]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The port's shares rose early; they closed up 7 points at 2,423.", id="price"),
        pytest.param("The couple, who were declared dead, had been tied up at home.", id="aside"),
        pytest.param(
            "In January 1928 Judge Berg halted the trial of the port's owner.", id="long-ago"
        ),
        pytest.param("“I hope that the truth will be found soon,” Anna Berg said.", id="wish"),
        pytest.param(
            "Officers said they were working on three possible motives for the deed.", id="motives"
        ),
        pytest.param(
            "Anna Berg would be the third mayor of Kilmore named in the inquiry.", id="ordinal"
        ),
        pytest.param(
            "The owners raised fees on the view that the port would hold up well.", id="view"
        ),
        pytest.param(
            "The trial caused a quarrel that would keep the town in thrall.", id="told-later"
        ),
        pytest.param("The owners would not give details of the port's fees.", id="refusal"),
        pytest.param("The storm would ultimately cause $3 million of losses.", id="came-later"),
        pytest.param(
            "“If the port is ours, why would we close it?” said Anna Berg.", id="quoted-question"
        ),
        pytest.param(
            "The union made a good-will visit to the port before the talks.", id="good-will"
        ),
    ],
)
def test_what_was_wished_held_or_done_long_ago_is_no_stake(brief, sentence: str) -> None:
    """A wish, a view, a closing price and a deed of long ago tell neither risk nor next step."""
    assert brief(sentence).stakes == ()


def test_who_speaks_with_others_owns_no_stake_alone(brief) -> None:
    """What "the town and the union" warn of is not the union's warning."""
    briefing = brief(
        "The union and the town of Kilmore rejected the offer.",
        "The town of Kilmore and the union warned that the port could close.",
    )
    assert [s.according_to for s in briefing.stakes if "could close" in s.text] == [None]


def test_a_long_stake_makes_way_for_a_shorter_one(brief) -> None:
    """Where a line no longer fits into a briefing, a later one that fits takes its place."""
    rest = (
        "without a word to the owners of the ships that wait outside with grain for the mills and"
    )
    places = ("Kilmore", "Dorvath", "Sarn", "Ister", "Ormi", "Halde", "Renn")
    long = [f"The strike could close the port of {p} {rest} bakers of {p}." for p in places]
    briefing = brief(*long, "The mayor fears a shortage of bread.")
    assert briefing.printed_words() <= 260
    assert briefing.stakes


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("“If the water comes, I do not need it,” Ana Holm said.", id="condition"),
        pytest.param("“Nobody should threaten the harbour,” Ana Holm said.", id="forbidden"),
    ],
)
def test_what_is_neither_harm_nor_step_is_no_stake(brief, line: str) -> None:
    """A bare condition and a thing that nobody should do tell of nothing that may come."""
    assert not brief(line).stakes
