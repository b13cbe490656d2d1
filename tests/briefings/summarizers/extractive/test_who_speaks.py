"""Whose words a claim gives, and where what they said begins and ends."""

from collections.abc import Callable

import pytest

from briefings.briefing import Briefing

Brief = Callable[..., Briefing]


def spoken(briefing: Briefing) -> list[tuple[str, str]]:
    """The speaker's name, or text where no actor is known, with the text of every claim."""
    names = {actor.id: actor.name for actor in briefing.actors}
    return [(names.get(c.speaker or "", c.speaker_text), c.text) for c in briefing.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“We want timely elections,” said Kessaran Union envoy Perin Maldau.",
            ("Perin Maldau", "“We want timely elections,”"),
            id="an inverted title that opens with a body",
        ),
        pytest.param(
            "At least nine boats sank, according to the region's Observatory of Lost Boats.",
            ("Observatory of Lost Boats", "At least nine boats sank"),
            id="according to a body that somebody has",
        ),
        pytest.param(
            "According to testimony his father gave in court, at one point the boy stood up.",
            ("father", "at one point the boy stood up"),
            id="according to what somebody said elsewhere",
        ),
        pytest.param(
            "Berg Corp expects no loss, Chief Financial Officer Ola Frey said on Thursday.",
            ("Ola Frey", "Berg Corp expects no loss"),
            id="an officer behind what was said",
        ),
        pytest.param(
            (
                "Mr. Ola Berg will visit two graves in the hills.\n"
                "The mason lived there long. The doctor was killed by Mr. Orlan Berg, a mason.\n"
                "Mr. Berg told the court that the doctor had laughed at the child."
            ),
            ("Orlan Berg", "the doctor had laughed at the child"),
            id="of two with one family name, the one mentioned last",
        ),
        pytest.param(
            (
                "Dr. Ola Berg came from the town. Her brother, Mr. Orlan Berg, kept a shop.\n"
                "Dr. Berg said that the child would live through the night."
            ),
            ("Ola Berg", "the child would live through the night"),
            id="of two with one family name, the one addressed so",
        ),
        pytest.param(
            "Saying the compromise took two years, Ola Berg added: “How can we trust them?”",
            ("Ola Berg", "the compromise took two years"),
            id="a participle before the speaker",
        ),
        pytest.param(
            (
                "While the ministry says that Mr. Berg has not seen the video, several members of "
                "the council said that they had seen it."
            ),
            ("ministry", "Mr. Berg has not seen the video"),
            id="a clause that leads up to another's",
        ),
        pytest.param(
            (
                "The prosecutor, on record as saying Mr. Berg should face the charge again in the "
                "second trial, also did a turnabout."
            ),
            ("prosecutor", "Mr. Berg should face the charge again in the second trial"),
            id="an aside between a subject and its verb",
        ),
        pytest.param(
            (
                "The Kessaran Commission urged Talmira on Monday to conduct a rapid inquiry into "
                "the killing as hundreds of mourners held vigils in the town."
            ),
            (
                "Kessaran Commission",
                "Talmira on Monday to conduct a rapid inquiry into the killing",
            ),
            id="what went on meanwhile is left out",
        ),
        pytest.param(
            (
                "Prosecutor Sotir Berg said a transfer had been frozen in a probe into issues "
                "raised on the show but declined to give further details."
            ),
            (
                "Sotir Berg",
                "a transfer had been frozen in a probe into issues raised on the show",
            ),
            id="what somebody declined to say is left out",
        ),
        pytest.param(
            "Some in the crowds were urging the authorities not to play down the attack.",
            ("Some in the crowds", "the authorities not to play down the attack"),
            id="what somebody is not to do",
        ),
        pytest.param(
            "Later the Kessaran government will tell of the Harbour deal it wants with Sarn.",
            ("Kessaran government", "the Harbour deal … with Sarn"),
            id="what is wanted stands before the clause",
        ),
        pytest.param(
            "The works were delayed, Ola Berg said, adding that “nobody is to blame” for it.",
            ("Ola Berg", "The works were delayed"),
            id="what somebody adds is a line of its own",
        ),
    ],
)
def test_gives_each_their_own_words(brief: Brief, text: str, expected: tuple[str, str]) -> None:
    """A claim is credited to who said it, with all they said and nothing of the writer's."""
    assert expected in spoken(brief(*text.split("\n")))


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param(
            "A senior official from a leading bank who asked not to be named said clients left.",
            "not to be named",
            id="a wish to stay unnamed",
        ),
        pytest.param(
            "The last devices came late but no one is sure the system can be set up by Monday.",
            "the system can be set up",
            id="nobody",
        ),
        pytest.param(
            "Five candidates have been barred from standing by the council of Sarn.",
            "the council",
            id="what somebody was kept from",
        ),
        pytest.param(
            "The lawyers persuaded the court of Sarn to void the verdict and order a new trial.",
            "a new trial",
            id="what another was to do",
        ),
        pytest.param(
            "“I doubt that,” Mr. Berg said of the widow, who, according to Mr. Criss, died.",
            "died",
            id="according to, inside a relative clause",
        ),
        pytest.param(
            "Ola Berg blamed the council for what she described as “silence” on the deaths.",
            "as “silence” on the deaths",
            id="a name given inside one's own statement",
        ),
        pytest.param(
            "Police detectives compared samples to lists made for the courts, Ola Berg said.",
            "samples to lists made for the courts",
            id="a comparison of things",
        ),
        pytest.param(
            "The union urged the members.",
            "the members",
            id="who is addressed, and not what for",
        ),
        pytest.param(
            "Boats sank, the Harbour Union said, citing figures gathered by its divers.",
            "figures gathered by its divers",
            id="what backs a statement",
        ),
    ],
)
def test_makes_no_claim_of_what_nobody_stated(brief: Brief, text: str, absent: str) -> None:
    """What nobody said, or what says nothing alone, is no claim."""
    assert absent not in [claim.text for claim in brief(text).claims]


def test_gives_a_statement_once(brief: Brief) -> None:
    """A statement that a caption and the lead give in the same words is one claim."""
    line = "Days of rain flooded the coast of Talmira, the harbour agency said on Sunday."
    claims = brief(line, "The rain goes on in the hills.", line).claims
    assert len(claims) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "The losses are small, Ola Berg said. They will not change the plan, she added.",
            "state",
            id="what things will not do",
        ),
        pytest.param(
            "“There is no way I can believe this was chance,” Ola Berg said.",
            "state",
            id="no way to believe",
        ),
        pytest.param(
            "“People in low-lying streets have heard the call,” Ola Berg said.",
            "state",
            id="low-lying",
        ),
        pytest.param("“The mayor is lying to us,” Ola Berg said.", "accuse", id="lying"),
    ],
)
def test_words_alone_make_no_refusal_or_charge(brief: Brief, text: str, kind: str) -> None:
    """What things will not do is no refusal, and low-lying land is no lie."""
    assert brief(text).claims[-1].kind == kind


def test_a_pronoun_that_closes_a_statement_is_nobody_it_speaks_of(brief: Brief) -> None:
    """Who writes what lawmakers should do are no lawmakers."""
    claims = spoken(
        brief(
            "Researchers say the rules are weak. The courts have allowed the tests.",
            "Lawmakers should consider limits on the use of samples, they write.",
        )
    )
    assert ("Lawmakers", "Lawmakers should consider limits on the use of samples") not in claims


def test_nobody_in_the_words_said_says_them(brief) -> None:
    """Whose killing is spoken of in front of ", he said," is not who says it."""
    briefing = brief(
        "Karl Weber, who studies the rebels, published a report on Monday.",
        "The rebels were weak until June, Mr. Weber said, because their leader, Omar Nassar, was a "
        "foreigner.",
        "The June killing of Mr. Nassar by soldiers helped the rebels, he said, by removing a "
        "leader whom many resented.",
    )
    told = [c.speaker_text for c in briefing.claims if "killing" in c.text]
    assert told
    assert all("Nassar" not in name for name in told)


def test_trouble_supporting_is_no_support(brief) -> None:
    """Who would have trouble supporting a thing does not support it."""
    briefing = brief(
        "Senators from both parties said on Friday that they would have trouble supporting a troop "
        "increase unless the plan included specific goals."
    )
    assert briefing.claims
    assert not any(c.verb == "supporting" or c.kind == "support" for c in briefing.claims)
