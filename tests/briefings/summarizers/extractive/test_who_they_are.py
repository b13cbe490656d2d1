"""Who is one and the same, who is left out, and what the article says of them."""

from collections.abc import Callable

import pytest

from briefings.briefing import Actor, Briefing

Brief = Callable[..., Briefing]


def actors(briefing: Briefing) -> dict[str, Actor]:
    return {actor.name: actor for actor in briefing.actors}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        pytest.param(
            "Ola Berg, head of the UMAR league was quoted as saying the gates had been shut.",
            "Ola Berg",
            "head of the UMAR league",
            id="an apposition without its closing comma",
        ),
        pytest.param(
            "Kwong Orlan, managing director, head of savings at Harbour Bank, said trade was slow.",
            "Kwong Orlan",
            "head of savings at Harbour Bank",
            id="two appositions in a row",
        ),
        pytest.param(
            "Ola Berg, author of “American Harbours: A History,” said that the port was closed.",
            "Ola Berg",
            "author of “American Harbours: A History,”",
            id="a title in quotation marks",
        ),
        pytest.param(
            "Gina Orlan, who took the Kessaran Government to court in her battle to secure a "
            "vote of the whole house on the harbour deal, said that the port was closed.",
            "Gina Orlan",
            "took the Kessaran Government to court",
            id="a long relative clause, cut short",
        ),
    ],
)
def test_says_who_somebody_is(brief: Brief, text: str, name: str, role: str) -> None:
    """A role is what the article says of somebody, whole."""
    assert actors(brief(text))[name].role == role


@pytest.mark.parametrize(
    ("text", "false"),
    [
        pytest.param(
            "Mayor Ola Berg said she would block the sale unless the council received its share. "
            "The council met.",
            "received its share",
            id="unless",
        ),
        pytest.param(
            "Mayor Ola Berg said the council could earmark a share of the money. The council met.",
            "could earmark",
            id="could",
        ),
        pytest.param(
            "Talks with the harbour council reaching a critical stage could fail, Ola Berg said.",
            "reaching a critical stage",
            id="a participle of something else",
        ),
        pytest.param(
            "Of all the people in that room, Ola Berg was the calmest. Berg said she was proud.",
            "people in that room",
            id="many people are not one",
        ),
    ],
)
def test_a_role_is_no_mere_possibility(brief: Brief, text: str, false: str) -> None:
    """What hangs on an "if", might be done or is told of others is nobody's role."""
    assert all(false not in (actor.role or "") for actor in brief(text).actors)


def test_the_central_bank_is_the_one_that_is_named(brief: Brief) -> None:
    """A description and the name of the only central bank are one actor."""
    found = actors(
        brief(
            "China's central bank decided on Wednesday to ease its rules for small firms.",
            "Banks can lend more to small firms, the People's Bank of China said in a statement.",
        )
    )
    assert "central bank" in found["People's Bank of China"].aliases
    assert "central bank" not in found


def test_the_state_is_the_one_an_article_is_about(brief: Brief) -> None:
    """Of a union's states, the one mentioned most is meant by "the state"."""
    found = actors(
        brief(
            "Louisiana receives no share of the fees, unlike Florida, the governor said.",
            "The state demanded a share of the fees. Louisiana lost much in the storm.",
        )
    )
    assert "state" in found["Louisiana"].aliases


def test_the_state_is_first_the_one_named_just_before(brief: Brief) -> None:
    """A state named right before is meant, though another is mentioned more often."""
    found = actors(
        brief(
            "Texas lost much in the storm, and Texas will rebuild, its governor said. Texas paid.",
            "Rivers rose in North Carolina, the state said. The state called for help.",
        )
    )
    assert "state" in found["North Carolina"].aliases


def test_what_is_the_center_of_another_is_no_center(brief: Brief) -> None:
    """A body is not meant by the noun for its sort where that is of something else."""
    found = actors(
        brief(
            "The Kessaran Hurricane Center said the storm would grow on Monday.",
            "The center of the storm stayed at sea, it said.",
        )
    )
    assert found["Kessaran Hurricane Center"].aliases == ()


def test_letters_for_a_thing_are_no_actor(brief: Brief) -> None:
    """An acronym that spells common nouns names a thing."""
    briefing = brief(
        "The bank cut reserve requirement ratios (RRR) on Monday, Ola Berg said.",
        "RRR cuts help small firms, Berg said. RRR rules will change.",
    )
    assert "RRR" not in actors(briefing)


def test_who_is_named_once_in_passing_is_no_actor(brief: Brief) -> None:
    """A person who neither speaks nor acts, and for whom a day is only named, is left out."""
    briefing = brief(
        "The union called a strike at the port of Sarn on Monday.",
        "Its leader, Ola Berg, said the strike would last. The port is shut.",
        "The company said it would not pay more. Berg rejected that.",
        "Offices were closed in observance of the day of mourning for President Orlan Vesk.",
    )
    assert "Ola Berg" in actors(briefing)
    assert "Orlan Vesk" not in actors(briefing)


def test_a_school_in_a_city_speaks_for_no_state(brief: Brief) -> None:
    """Where somebody's school stands tells not for whom they speak."""
    briefing = brief(
        "Britain will leave the union, its government said on Monday. London made an offer.",
        "David Orlan, professor of finance at the Harbour School in London, said it was late.",
    )
    found = actors(briefing)
    assert found["David Orlan"].affiliation == found["Harbour School"].id
