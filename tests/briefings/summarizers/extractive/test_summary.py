"""The summary says what happened, between whom and over what."""

from __future__ import annotations

SCENE = "Mara Quill, a 47-year-old baker in Kilmore, is throwing out the bread that nobody fetched."
NEWS = "The strike at the port of Kilmore has stopped all ferries since the owner cut wages."


def test_a_scene_gives_way_to_the_news(brief) -> None:
    """An opening that shows a private person is passed over for the sentence with the news."""
    briefing = brief(
        SCENE,
        "“It is a hard week,” she said, looking at the empty street before her shop.",
        "Few customers have come by, and the bells on the door have been silent since dawn.",
        NEWS,
        "The owner of the port said the strike would not change the wages.",
        title="Strike at port of Kilmore stops ferries",
    )
    assert briefing.summary.text.startswith("The strike at the port of Kilmore has stopped")


def test_a_sentence_that_names_nobody_does_not_lead(brief) -> None:
    """ "Her minister left her cabinet" leaves open whose; the sentence that names her leads."""
    briefing = brief(
        "First her chief negotiator left her council over the sale of the port of Kilmore.",
        "Mayor Mara Quill vowed on Monday to fight any challenge over the sale of the port.",
        title="Challenge over sale of port of Kilmore",
    )
    assert briefing.summary.text.startswith("Mayor Mara Quill vowed")


def test_what_somebody_at_home_in_the_headline_does_leads(brief) -> None:
    """Whom the headline names makes no scene, whatever the age given."""
    briefing = brief(
        "Mara Quill, a 47-year-old baker, won the vote for mayor of Kilmore on Monday.",
        "The vote for mayor of Kilmore was the third in two years.",
        title="Mara Quill wins vote in Kilmore",
    )
    assert briefing.summary.text.startswith("Mara Quill")


def test_a_second_sentence_counts_nobody_named_elsewhere(brief) -> None:
    """ "The two resigned over the sale" leaves open who, and is no second sentence."""
    briefing = brief(
        "Mayor Mara Quill vowed on Monday to fight any challenge over the sale of the port.",
        "The two resigned over the sale of the port of Kilmore to a firm from abroad.",
        title="Challenge over sale of port of Kilmore",
    )
    assert "The two" not in briefing.summary.text


def test_a_second_sentence_takes_nothing_as_known(brief) -> None:
    """ "The shipments ceased" needs the shipments named before it in the summary."""
    briefing = brief(
        "Envoys of Kessara came to Talmira on Monday to end a quarrel over the port of Kilmore.",
        "The shipments ceased when Kessara took the port of Kilmore from Talmira in a raid.",
        title="Envoys of Kessara seek end of quarrel over port",
    )
    assert "shipments" not in briefing.summary.text


def test_somebody_counted_and_unnamed_opens_a_scene(brief) -> None:
    """ "Two men" whom the headline does not count give way to what the article is about."""
    briefing = brief(
        "Two men on bicycles stopped beside a stranded van in Kilmore one evening this month.",
        "They waited until a tow truck had come.",
        "The service Roadfriend sends guards to stranded motorists in Kilmore who ask for help.",
        title="Motorists in Kilmore get help from Roadfriend guards",
    )
    assert briefing.summary.text.startswith("The service Roadfriend sends guards")


def test_a_second_sentence_names_whom_its_subject_turns_on(brief) -> None:
    """ "Prosecutors have accused them" leaves open whom; such a sentence is not the second."""
    briefing = brief(
        "Three dockers are to stand trial next week over the sinking of a ferry at Kilmore.",
        "Port prosecutors have accused them of loosening the ropes of the ferry at Kilmore.",
        title="Dockers to stand trial over ferry at Kilmore",
    )
    assert "accused them" not in briefing.summary.text
