"""Who is in the story: mentions joined, roles and affiliations as the article gives them."""

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
