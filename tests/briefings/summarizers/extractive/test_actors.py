"""Who is in the story: mentions joined, roles and affiliations as the article gives them."""

import pytest

from briefings.briefing import Actor, Briefing


def actor(briefing: Briefing, name: str) -> Actor:
    found = [a for a in briefing.actors if a.name == name]
    assert len(found) == 1, [a.name for a in briefing.actors]
    return found[0]


def test_surname_title_and_role_noun_are_one_person(brief) -> None:
    """ "Orlan", "Foreign Minister Pavel Orlan" and "the minister" are one actor."""
    briefing = brief(
        "Vaskian Foreign Minister Pavel Orlan rejected the offer on Tuesday.",
        "Orlan said the border would stay shut. The minister said he expected no talks.",
    )
    orlan = actor(briefing, "Pavel Orlan")
    assert orlan.type == "person"
    assert "Foreign Minister" in (orlan.role or "")
    assert "Orlan" in orlan.aliases
    assert {c.speaker for c in briefing.claims} == {orlan.id}


def test_acronym_joins_its_expansion(brief) -> None:
    """Whether in brackets or by its letters, an acronym is the body it abbreviates."""
    briefing = brief(
        "The Coastal Growers Association (CGA) sued the ministry. The CGA said it would win.",
        "The Palestinian Authority refused the plan. The PA said it was not asked.",
    )
    assert "CGA" in actor(briefing, "Coastal Growers Association").aliases
    assert "PA" in actor(briefing, "Palestinian Authority").aliases


def test_a_capital_that_speaks_is_its_government(brief) -> None:
    """ "Cairo said" is Egypt; a visit to Cairo is not."""
    briefing = brief(
        "Egypt closed the crossing on Sunday. Cairo said it would join the case.",
        "Egyptian Foreign Minister Sameh Halim denied the report.",
    )
    egypt = actor(briefing, "Egypt")
    assert "Cairo" in egypt.aliases
    assert actor(briefing, "Sameh Halim").affiliation == egypt.id


def test_names_are_the_articles_own(brief) -> None:
    """No name that the article does not hold, however well a lexicon knows it."""
    briefing = brief("Britain said it would act. London warned the bank. British officials met.")
    assert [a.name for a in briefing.actors if a.type == "state"] == ["Britain"]


def test_roles_from_appositions_on_either_side(brief) -> None:
    """What stands between commas beside a name says who it is."""
    briefing = brief(
        "Chanda Basu, a lawyer for the sellers, said the rule was unfair.",
        "A spokesman for the regulator, Gary Strand, said it would answer.",
    )
    assert actor(briefing, "Chanda Basu").role == "lawyer for the sellers"
    assert actor(briefing, "Gary Strand").role == "spokesman for the regulator"


def test_places_things_and_headline_words_are_no_actors(brief) -> None:
    """Rivers, storms, days and capitals of a headline's style act in no dispute."""
    briefing = brief(
        "Hurricane Ostra hit the Orun River on Friday and flooded the town of Sarn.",
        "The mayor, Ana Ruiz, said the Lantern Bridge was safe.",
        title="Heavy Rain Hits Valley Towns As Bridge Holds",
    )
    assert [a.name for a in briefing.actors if a.type == "person"] == ["Ana Ruiz"]
    names = {a.name for a in briefing.actors}
    assert not names & {"Hurricane Ostra", "Orun River", "Lantern Bridge", "Heavy Rain", "Sarn"}


def test_a_word_that_opens_a_sentence_is_not_drawn_into_a_name(brief) -> None:
    """ "Landlocked Kessara" is Kessara, because the rest of the article says so."""
    briefing = brief(
        "Talmira accused Kessara of closing the sluices. Kessara denied it.",
        "Landlocked Kessara ships its wheat through a Talmiran port.",
    )
    assert "Kessara" in {a.name for a in briefing.actors}
    assert all("Landlocked" not in a.name for a in briefing.actors)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        pytest.param(
            "Ana Berg, a lawyer for the growers who won the case, said so.",
            "Ana Berg", "lawyer for the growers", id="clause behind",
        ),
        pytest.param(
            "Ana Berg, the party's adviser and a friend of the mayor, said so.",
            "Ana Berg", "party's adviser and a friend of the mayor", id="two nouns",
        ),
        pytest.param(
            "In a letter sent on Tuesday, the firm's chief executive, Ola Berg, said so.",
            "Ola Berg", "firm's chief executive", id="after a day",
        ),
        pytest.param(
            "Rep. Ana Berg of Utah, the panel's ranking Democrat, said so.",
            "Ana Berg", "panel's ranking Democrat", id="place between",
        ),
        pytest.param(
            "Lantor-owned Meadowmart said it would sue the regulator.",
            "Meadowmart", "Lantor-owned", id="owner",
        ),
        pytest.param(
            "Democratic Senate leader Ana Berg said so.",
            "Ana Berg", "Democratic Senate leader", id="leader",
        ),
    ],
)  # fmt: skip
def test_roles_are_read_in_every_place_that_says_who_somebody_is(brief, text, name, role) -> None:
    """A clause, a second noun, a day or a place beside the name hides no role."""
    assert role in (actor(brief(text), name).role or "").split("; ")


@pytest.mark.parametrize(
    ("paragraphs", "name", "alias"),
    [
        pytest.param(
            ["The Fair Trade Commission sat.", "The antitrust regulator said it would rule."],
            "Fair Trade Commission", "antitrust regulator", id="sort of body",
        ),
        pytest.param(
            ["The Farmers' League called the strike.", "The League said it would go on."],
            "Farmers' League", "League", id="lone institution",
        ),
        pytest.param(
            ["Golden Heron Ports built the quay.", "Golden Heron said it would sue."],
            "Golden Heron Ports", "Golden Heron", id="firm in short",
        ),
        pytest.param(
            ["Prince Turki al-Faresi met Theresa May.", "Faresi said he had asked her to stay."],
            "Turki al-Faresi", "Faresi", id="particle",
        ),
    ],
)  # fmt: skip
def test_short_forms_and_sorts_are_the_body_named_before(brief, paragraphs, name, alias) -> None:
    """What only shortens a name, or says what sort of body bears it, makes no second actor."""
    assert alias in actor(brief(*paragraphs), name).aliases


def test_who_is_only_said_to_be_of_a_land_is_not_everybody_of_it(brief) -> None:
    """ "The Saudi source" is not the Saudi journalist of whom the article tells."""
    briefing = brief(
        "Saudi journalist Karim Haddar entered the consulate on Tuesday. Haddar told nobody.",
        "The Saudi source said the charge was baseless.",
    )
    assert "Saudi source" not in actor(briefing, "Karim Haddar").aliases


def test_a_lawyer_belongs_to_the_client_and_an_ambassador_not_to_the_host(brief) -> None:
    """Who speaks for a person belongs to them; who is sent to a land does not speak for it."""
    briefing = brief(
        "Ola Berg denied the charge. Ana Ruiz, a lawyer for Berg, said he would appeal.",
        "Norway protested. Jan Holt, the ambassador to Norway, said the talks were useful.",
    )
    assert actor(briefing, "Ana Ruiz").affiliation == actor(briefing, "Ola Berg").id
    assert actor(briefing, "Jan Holt").affiliation is None


def test_a_title_of_the_other_gender_and_a_headlines_last_word_are_not_joined(brief) -> None:
    """ "Mr. Holm" is not Laura Holm, and a title never begins in the sentence before."""
    briefing = brief(
        "Prime Minister Erik Lund met Laura Holm. Mr. Holm said he would resign.",
        title="Raid Overshadows Talks With Lund",
    )
    assert actor(briefing, "Erik Lund").role == "Prime Minister"
    assert "Mr. Holm" not in actor(briefing, "Laura Holm").aliases


def test_officials_belong_to_a_land_that_no_lexicon_lists(brief) -> None:
    """Full name, adjective before an office, "'s" and "of" all tell whose an official is."""
    briefing = brief(
        "The Republic of Vask closed its border with Lethia on Monday. Vask denied firing first.",
        "Vaskian Foreign Minister Sona Melik said that the monitors would be let in.",
        "Prime Minister Davit Orlan of Lethia warned that he would act. Lethia's Defense Ministry "
        "said that two posts had been shelled. Lethia rejected the offer.",
    )
    actors = {actor.id: actor for actor in briefing.actors}
    owner = {
        actor.name: actors[actor.affiliation].name if actor.affiliation else None
        for actor in briefing.actors
    }
    assert owner["Sona Melik"] == "Republic of Vask"
    assert (owner["Davit Orlan"], owner["Defense Ministry"]) == ("Lethia", "Lethia")
    assert next(a.type for a in briefing.actors if a.name == "Republic of Vask") == "state"


def test_a_name_with_and_without_its_particle_is_one_person(brief) -> None:
    """ "Sultan" before "al-" is a given name, and "Jaber" and "al-Jaber" are one."""
    briefing = brief(
        "Industry Minister Sultan al-Jaber defended the plan on Monday.",
        "Jaber said the plan was sound. Later al-Jaber told reporters that he would stay.",
    )
    minister = actor(briefing, "Sultan al-Jaber")
    assert minister.role == "Industry Minister"
    assert sum("Jaber" in other.name for other in briefing.actors) == 1


def test_the_first_names_of_many_stand_for_their_bearer(brief) -> None:
    """Who has four names or more is called by the first ones as well."""
    briefing = brief(
        "Prosecutors on Monday charged Al Hassan Ag Abdoul Aziz with theft.",
        "Al Hassan said that he was innocent.",
    )
    assert "Al Hassan" in actor(briefing, "Al Hassan Ag Abdoul Aziz").aliases


def test_a_bearer_of_a_lands_name_is_found_behind_jr(brief) -> None:
    """ "Mr. Jordan" is Percey Jordan Jr. and no state, and "cousin" is nobody's role."""
    briefing = brief(
        "At the trial of his cousin Percey Jordan Jr., Michael Hamlin said he was innocent.",
        "Mr. Jordan wept in the hall.",
    )
    jordan = actor(briefing, "Percey Jordan Jr.")
    assert "Mr. Jordan" in jordan.aliases
    assert jordan.role != "cousin"
