"""What the issue line names: a matter that the sides argue about, whole, and in few words."""

from collections.abc import Callable

import pytest

from briefings.briefing import Briefing

Brief = Callable[..., Briefing]


def issue_of(briefing: Briefing) -> str:
    assert briefing.dispute is not None
    return briefing.dispute.issue


QUARREL = (
    "Norland on Monday accused Vasko Steel of dumping and demanded that Vasko Steel pay.",
    "Vasko Steel denied the accusation and rejected the demand by Norland.",
)


def test_names_no_place_where_something_was_said(brief: Brief) -> None:
    """Where something happens is a scene; the matter is what is done about a thing."""
    briefing = brief(
        "In the marble hall of the old city library, Norland on Monday defended its steel tariff.",
        *QUARREL,
        title="Norland defends itself",
    )
    assert "hall" not in issue_of(briefing)
    assert "tariff" in issue_of(briefing)


def test_takes_what_a_headline_says_is_denied(brief: Brief) -> None:
    """What somebody denies opens with "whether", and "it" gives way to the name it stands for."""
    briefing = brief(
        "Union Bank has denied accusations by the Farmers Union that it gives buyers discounts.",
        "The Farmers Union accused Union Bank of giving select buyers discounts.",
        title="Union Bank denies it gives select buyers discounts",
    )
    assert issue_of(briefing) == "whether Union Bank gives select buyers discounts"


def test_leaves_out_an_aside_within_a_clause(brief: Brief) -> None:
    """What is said of the object between commas is dropped, and the clause goes on behind it."""
    briefing = brief(
        "A Senate panel voted to hold Rosa Pintar, a former aide, in contempt of court.",
        "Rosa Pintar accused the panel of lying. The panel rejected the accusation by Pintar.",
        title="Pintar held in contempt",
    )
    assert issue_of(briefing).startswith("whether to hold Rosa Pintar in contempt")


@pytest.mark.parametrize(
    ("headline", "lead", "issue"),
    [
        pytest.param(
            "Norland delays bill making river fishing a crime",
            "Norland on Monday put off a vote on the bill on river fishing.",
            "bill making river fishing a crime",
            id="a participle in the headline",
        ),
        pytest.param(
            "Norland stands by its law on steel mills",
            "Norland on Monday defended a law that allows ministers to close steel mills.",
            "law that allows ministers to close steel mills",
            id="a relative clause in the lead",
        ),
    ],
)
def test_a_law_is_named_with_what_it_does(
    brief: Brief, headline: str, lead: str, issue: str
) -> None:
    """A law comes with its clause, without which nobody knows what it is about."""
    assert issue in issue_of(brief(lead, *QUARREL, title=headline))


def test_a_second_matter_is_another_one(brief: Brief) -> None:
    """No phrase is named twice, and a meeting or a protest is no further matter."""
    issue = issue_of(
        brief(
            "After a day of high drama, Norland drew an angry protest at a meeting.",
            *QUARREL,
            title="High drama in Norland",
        )
    )
    first, _, second = issue.partition(" and ")
    assert first != second
    assert second not in ("angry protest", "meeting")
