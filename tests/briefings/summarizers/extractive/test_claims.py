"""Who says what, with which verb, and through whom."""

import pytest

from briefings.briefing import Claim


def claim_of(brief, *paragraphs: str) -> list[Claim]:
    return list(brief(*paragraphs).claims)


def row(claim: Claim) -> tuple[str, str, str]:
    return claim.speaker_text, claim.verb, claim.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Talmira said on Tuesday that the dam had cut the flow of the river.",
            ("Talmira", "said", "the dam had cut the flow of the river"),
            id="that-clause",
        ),
        pytest.param(
            "The gates would stay shut until May, Minister Ilena Dorvath said on Tuesday.",
            ("Minister Ilena Dorvath", "said", "The gates would stay shut until May"),
            id="closing attribution",
        ),
        pytest.param(
            "“We will not sign,” said Tovan Irsek, a spokesman for the ministry.",
            ("Tovan Irsek", "said", "“We will not sign,”"),
            id="inverted quotation",
        ),
        pytest.param(
            "According to the Road Freight Association, the strike costs hauliers £2m a day.",
            ("the Road Freight Association", "According to", "the strike costs hauliers £2m a day"),
            id="according to, first",
        ),
        pytest.param(
            "The strike costs hauliers £2m a day, according to the Road Freight Association.",
            ("the Road Freight Association", "according to", "The strike costs hauliers £2m a day"),
            id="according to, last",
        ),
        pytest.param(
            "Kessara accused its neighbour of closing the port.",
            ("Kessara", "accused", "its neighbour of closing the port"),
            id="an act that is a statement",
        ),
        pytest.param(
            "Foreign Minister Pavel Orlan called for Vask to withdraw its troops.",
            ("Foreign Minister Pavel Orlan", "called for", "Vask to withdraw its troops"),
            id="verb and preposition",
        ),
        pytest.param(
            "The company refused to publish the report.",
            ("The company", "refused", "to publish the report"),
            id="infinitive",
        ),
    ],
)
def test_frames(brief, text: str, expected: tuple[str, str, str]) -> None:
    """Source, cue and content are the article's words, each where its frame puts it."""
    assert expected in [row(claim) for claim in claim_of(brief, text)]


def test_each_claim_stops_where_the_next_speaker_begins(brief) -> None:
    """Two parties in one sentence: neither gets the other's words."""
    claims = claim_of(
        brief,
        "The report came after Talmira said it would join the case, and after Kessaran sources "
        "threatened that the filling could endanger the 1987 accord.",
    )
    contents = {claim.speaker_text: claim.text for claim in claims}
    assert contents["Talmira"] == "it would join the case"
    assert contents["Kessaran sources"].startswith("the filling could endanger")


def test_a_verb_in_a_row_keeps_its_own_speaker(brief) -> None:
    """ "said they fear X may stop … and have warned": those who said are those who warned."""
    claims = claim_of(
        brief,
        "Senior Talmiran officials said they fear Kessara may stop sharing data and have warned "
        "that trade between the countries will suffer.",
    )
    assert {c.speaker_text for c in claims if c.verb in ("fear", "warned")} <= {
        "Senior Talmiran officials",
        "they",
    }
    speakers = {c.speaker for c in claims}
    assert len(speakers) == 1


def test_an_outlet_is_the_way_a_claim_came_and_no_speaker(brief) -> None:
    """Media that only carry a report are no actors; the claim says through whom it came."""
    briefing = brief(
        "Kessaran officials said the sluices would open, the Reuters news agency reported.",
        "According to Reuters, Talmira tried to persuade Kessara to sign the treaty.",
    )
    assert all("Reuters" not in actor.name for actor in briefing.actors)
    assert [c.via for c in briefing.claims if c.speaker_text == "Kessaran officials"] == ["Reuters"]


def test_a_quotation_over_several_sentences_is_one_claim(brief) -> None:
    """Sentences of a quotation without an attribution of their own go on from the speaker."""
    claims = claim_of(
        brief,
        "“The world puts the blame on us, but the key is in the hands of our friends,” Dorvath "
        "said. “Nobody else will run the dam. That is a need we will not give up.”",
    )
    assert len(claims) == 1
    assert claims[0].quoted
    assert claims[0].text.endswith(
        "“Nobody else will run the dam. That is a need we will not give up.”"
    )


def test_a_quotation_goes_on_over_a_paragraph(brief) -> None:
    """A paragraph that opens its quotation anew belongs to the same speaker, on one line."""
    claims = claim_of(
        brief,
        "“We came to work,” said Dennis Okafor, the union's secretary. “They tore up the deal.",
        "“Nobody here is greedy. People want to see their children at breakfast.”",
    )
    assert len(claims) == 1
    assert "Nobody here is greedy" in claims[0].text
    assert "\n" not in claims[0].text


def test_a_pronoun_is_shown_as_the_one_it_stands_for(brief) -> None:
    """A line that leaves its sentence names its speaker."""
    claims = claim_of(
        brief,
        "Helen Marsh, the company's chief executive, called the strike needless.",
        "She said the port had lost two shipping lines.",
    )
    assert [c.speaker_text for c in claims if c.verb == "said"] == ["Helen Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The bridge was opened in June by the mayor.", id="an act that says nothing"),
        pytest.param("The company did not respond to a request for comment.", id="no answer"),
        pytest.param("If the union says no, the port will close.", id="a condition"),
        pytest.param("The alleged plan was found in a drawer.", id="a participle"),
        pytest.param("Some believed no longer alive were found on Monday.", id="a reduced clause"),
    ],
)
def test_what_is_no_claim(brief, text: str) -> None:
    """No speaker, or nothing said: no claim."""
    assert claim_of(brief, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kessara denied the charge.", "deny"),
        ("The union demanded the withdrawal of the rota.", "demand"),
        ("Okafor rejected the argument.", "deny"),
        ("Okafor rejected the offer.", "refuse"),
        ("Irsek warned that such a step would breach the accord.", "warn"),
        ("The court ruled that the law was void.", "decide"),
        ("Kessara threatened to close the port.", "threaten"),
        ("Senator Mark Ellison praised the move.", "support"),
        ("“This is not true,” Irsek said.", "deny"),
        ("Irsek said the colonel had never given such an order.", "deny"),
        ("Irsek said the members had never been told.", "state"),
        ("The court found that the law gave the minister too much power.", "decide"),
        ("Minister Ilena Dorvath promised that every family would get a house.", "propose"),
        ("Irsek said the minister had misled the council.", "accuse"),
        ("Minister Ilena Dorvath pleaded guilty to fraud.", "state"),
        ("“We will not sign,” Irsek said.", "refuse"),
    ],
)
def test_kinds(brief, text: str, kind: str) -> None:
    """The cue says what a statement does; under a plain "said" its words do."""
    assert [claim.kind for claim in claim_of(brief, text)] == [kind]


def test_an_outlet_that_the_article_calls_one_makes_no_claim(brief) -> None:
    """According to a newspaper that no list has: it carried the report and is no party to it."""
    claims = claim_of(
        brief, "Kessara closed the port in June, according to the Sarn Courier, a local newspaper."
    )
    assert [claim.speaker_text for claim in claims] == []


def test_a_denial_of_a_deed_takes_no_words_of_others(brief) -> None:
    """What was quoted in the paragraph before stays with whoever said it."""
    briefing = brief(
        "The ministry said on Monday that two posts had been shelled. “The enemy broke its word,” "
        "the ministry said. “It will answer for every one of them.”",
        "Vask denied firing first. The talks went on.",
    )
    denial = next(claim for claim in briefing.claims if claim.verb == "denied")
    assert denial.text == "firing first"


def test_what_came_of_a_deed_is_no_part_of_it(brief) -> None:
    """A claim ends before ", but nothing came of it", which the speaker does not say."""
    claims = claim_of(
        brief,
        "Talmira has asked Kessara to open the gates by May, but no answer has come from Ashkelar.",
    )
    assert [claim.text for claim in claims] == ["Kessara to open the gates by May"]


def test_the_outlet_that_reported_a_claim_stands_outside_it(brief) -> None:
    """ "…, the Veldoran daily reported" closes a claim, whatever the parse makes of the name."""
    claims = claim_of(
        brief,
        "Talmiran officials found it galling that a flag was raised at the dam, the Kurier daily"
        " reported on Tuesday.",
    )
    assert all("reported" not in claim.text for claim in claims)
    assert claims


def test_when_something_was_announced_is_no_claim(brief) -> None:
    """ "A tie-up announced on Monday" tells when, and nothing that anybody says."""
    claims = claim_of(
        brief, "The Orun Bank will take a stake in the dam under a tie-up announced on Monday."
    )
    assert "on Monday" not in [claim.text for claim in claims]
