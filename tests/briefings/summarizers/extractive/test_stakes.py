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
            "May 1 was a day of losses that forced the port to close.", "happening", id="month"
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
