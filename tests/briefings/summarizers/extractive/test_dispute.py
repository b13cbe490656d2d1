"""Whether there is a dispute, between whom, over what; and that names do not sway it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefings.article import Article
from briefings.briefing import Briefing
from briefings.language.reading import read
from briefings.summarizers.extractive.compose import compose

Brief = Callable[..., Briefing]

ARTICLES = Path("tests/data/articles")
CALM = {"battery-plant", "bridge-anniversary", "coral-finding", "flood"}


def brief_file(path: Path, *swaps: tuple[str, str]) -> Briefing:
    text = path.read_text("utf-8").strip()
    for i, (one, other) in enumerate(swaps):
        text = text.replace(one, f"\0{i}").replace(other, one).replace(f"\0{i}", other)
    title, *paragraphs = [p.strip() for p in text.split("\n\n")]
    return compose(read(Article.compose(title, paragraphs, retrieved_at=datetime.now(UTC))))


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda p: p.stem)
def test_tells_a_dispute_from_a_disaster(path: Path) -> None:
    """Parties that argue make an article contested; floods, findings and festivals do not."""
    assert brief_file(path).contested == (path.stem not in CALM)


def test_draws_the_sides_of_an_interstate_dispute() -> None:
    """Each state leads a side, with its own ministers on it, and the mediator on neither."""
    briefing = brief_file(ARTICLES / "river-dam.txt")
    assert briefing.dispute is not None
    names = {a.id: a.name for a in briefing.actors}
    sides = {side.label: {names[i] for i in side.actors} for side in briefing.dispute.sides}
    assert set(sides) == {"Talmira", "Kessara"}
    assert "Tovan Irsek" in sides["Kessara"]
    assert all("United Nations" not in name for members in sides.values() for name in members)


def test_an_issue_names_no_party_alone() -> None:
    """What is fought over is a matter, not a person, a court or a day."""
    briefing = brief_file(ARTICLES / "river-dam.txt")
    assert briefing.dispute is not None
    assert "river" in briefing.dispute.issue.lower() or "dam" in briefing.dispute.issue.lower()


def sides_of(briefing: Briefing) -> dict[str, set[str]]:
    """The names on each side by the side's label."""
    assert briefing.dispute is not None
    names = {a.id: a.name for a in briefing.actors}
    return {side.label: {names[i] for i in side.actors} for side in briefing.dispute.sides}


CHARGE = (
    "Egypt on Monday accused Turkey of drilling for gas in its waters and rejected Turkey's offer.",
    "Turkey denied the accusation and said the drilling was legal.",
)


def test_a_former_minister_does_not_speak_for_the_state(brief: Brief) -> None:
    """Who held an office once speaks for no state now."""
    briefing = brief(
        *CHARGE, "Former Egyptian Foreign Minister Omar Nassar criticized Egypt over the drilling."
    )
    assert not any("Nassar" in name for name in sides_of(briefing)["Egypt"])


def test_a_court_that_rules_is_on_no_side(brief: Brief) -> None:
    """The body that decides the matter stands on neither side."""
    briefing = brief(*CHARGE, "The International Court of Justice ruled that it would hear Egypt.")
    assert all("Court" not in name for side in sides_of(briefing).values() for name in side)


def test_a_lawyer_stands_with_the_client(brief: Brief) -> None:
    """What a lawyer says is the client's side's."""
    briefing = brief(
        "The city of Dover sued Martin Hale on Monday over the hedge and accused Hale of lying.",
        "Rosa Pintar, a lawyer for Martin Hale, said the accusation was false.",
    )
    hale = next(side for label, side in sides_of(briefing).items() if "Hale" in label)
    assert "Rosa Pintar" in hale


def test_says_so_where_only_one_side_speaks(brief: Brief) -> None:
    """A side that the article lets say and do nothing has no position, not another's words."""
    briefing = brief(
        "Egypt on Monday accused Turkey of drilling for gas in its waters and demanded an apology.",
        "Egypt said the drilling must stop.",
        title="Egypt accuses Turkey over gas",
    )
    assert briefing.dispute is not None
    positions = {side.label: side.position for side in briefing.dispute.sides}
    assert positions["Turkey"] is None
    assert positions["Egypt"]


def test_a_remark_on_another_subject_is_no_position(brief: Brief) -> None:
    """What a side says about something else, long after the lead, is not shown as its position."""
    filler = [f"Fishing went on as usual near village number {n} all week." for n in range(4)]
    briefing = brief(
        CHARGE[0],
        *filler,
        "Turkey praised the songs of a festival choir.",
        title="Egypt and Turkey",
    )
    assert briefing.dispute is not None
    positions = [side.position or "" for side in briefing.dispute.sides]
    assert not any("choir" in position for position in positions)


def test_an_issue_may_be_what_is_decided(brief: Brief) -> None:
    """Where no noun names the matter, the clause of the decision does, opened by "whether"."""
    briefing = brief(
        "The Melby school board voted on Monday to close two village schools.",
        "Parents accused the Melby school board of breaking the law and vowed to sue the board.",
        title="School board votes to close two village schools",
    )
    assert briefing.dispute is not None
    assert briefing.dispute.issue == "whether to close two village schools"


def test_a_storm_warning_is_no_dispute(brief: Brief) -> None:
    """Warnings and threats of weather are no quarrel between parties."""
    briefing = brief(
        "Forecasters warned residents of Norrby on Monday that the storm threatened the coast.",
        "The weather service warned that floods could block roads.",
        title="Storm threatens coast, forecasters warn",
    )
    assert not briefing.contested


def test_one_blaming_remark_is_no_dispute(brief: Brief) -> None:
    """A late remark against nobody in particular makes no sides."""
    filler = [f"Nurses counted {n} patients in ward {n} on Monday." for n in range(3, 9)]
    briefing = brief(
        *filler,
        "Anna Berg, the head nurse, blamed the general public for the long nights.",
        title="Hospital counts its patients",
    )
    assert not briefing.contested


def test_every_printed_briefing_is_short() -> None:
    """Summary, dispute, stakes and unknowns print in at most 260 words."""
    assert all(brief_file(path).printed_words() <= 260 for path in ARTICLES.glob("*.txt"))


def test_two_set_against_each_other_by_the_writer_are_sides(brief: Brief) -> None:
    """Who a writer sets against each other over the headline's matter is a side, even unheard."""
    briefing = brief(
        "The closure of the parks entered its second week on Monday.",
        "The closure is another product of the long battle between the Republicans and Democrats.",
        "Parks were closed three times in ten years.",
        title="Closure of parks drags on",
    )
    assert set(sides_of(briefing)) == {"Republicans", "Democrats"}


def test_claims_rejected_are_those_of_who_raised_them(brief: Brief) -> None:
    """Rebuffing claims that a lawyer raised is standing against the client."""
    briefing = brief(
        "A prosecutor, Hanna Brandt, agreed on Monday that a hearing on the verdict against Olaf "
        "Lind was needed.",
        "Ms. Brandt said the hearing should be limited, and rebuffed several other claims of "
        "misconduct raised by Mr. Lind’s lawyer, Petra Holm.",
        "Ms. Holm said that jurors had been put under pressure and the verdict must be set aside.",
        title="Hearing on verdict against Lind",
    )
    sides = sides_of(briefing)
    assert {frozenset(names) for names in sides.values()} == {
        frozenset({"Hanna Brandt"}),
        frozenset({"Olaf Lind", "Petra Holm"}),
    }


def test_who_opposes_a_plan_stands_against_whose_plan_it_is(brief: Brief) -> None:
    """Who is opposed to a plan has a dispute with who made it, and that person leads the side."""
    briefing = brief(
        "Some senators say they could support President Karl Weber’s plan for more border posts.",
        "Mr. Weber will present his plan on Friday.",
        "But Senator Ruth Adler said she is opposed to building posts under the plan, and called "
        "the idea wrong.",
        title="Senators weigh Weber’s plan",
    )
    assert set(sides_of(briefing)) == {"Karl Weber", "Ruth Adler"}


def test_a_failing_is_charged_to_who_has_it(brief: Brief) -> None:
    """A sign of somebody's inability to do a thing is told against them."""
    briefing = brief(
        "Lawmakers on Monday criticized a film of the raid on the camp.",
        "They said it was another sign of Governor Lena Kruse’s inability to control the guards.",
        "Lawmakers expressed dismay at the film, and Ms. Kruse said the guards acted lawfully.",
        title="Lawmakers criticize film of raid",
    )
    sides = sides_of(briefing)
    assert {"Lena Kruse"} in sides.values()
    assert "lawmakers" in {label.lower() for label in sides}


def test_a_former_lawyer_is_no_longer_on_the_side_of_the_client(brief: Brief) -> None:
    """Who was somebody's lawyer may testify against them; who is it now stands with them."""
    briefing = brief(
        "Governor Karl Weber’s former personal lawyer Lars Holm testified on Monday that Mr. Weber "
        "had directed him to pay off two women.",
        "Mr. Weber denied paying the women.",
        "His lawyer Petra Lind lashed out at Mr. Holm on Monday, calling him a liar.",
        title="Holm testifies Weber told him to pay",
    )
    assert sides_of(briefing)["Lars Holm"] == {"Lars Holm"}


def test_sources_and_police_of_a_state_stand_for_it(brief: Brief) -> None:
    """What the police of one state charge and a consul of another denies is between the states."""
    briefing = brief(
        "Turkish police believe that a journalist was killed inside Egypt’s consulate in Istanbul, "
        "two Turkish sources said on Saturday.",
        "“We believe that the murder was planned at the Egyptian consulate,” one of the two "
        "Turkish sources said.",
        "Egypt’s ambassador denied that he had been killed there and said that the accusations "
        "were baseless.",
        "Turkey will search the building on Monday.",
        title="Turkish police believe journalist was killed in consulate",
    )
    assert set(sides_of(briefing)) == {"Turkey", "Egypt"}


def test_what_is_criticized_is_not_who_it_was_done_to(brief: Brief) -> None:
    """A lawyer who criticizes that a suspect was held has no dispute with the suspect."""
    briefing = brief(
        "A suspect in the murder case in Altdorf has been released, prosecutors said on Tuesday.",
        "The attorney, Ulrich Kern, criticized that the suspect should never have been held.",
        "Investigations into the suspect go on.",
        title="Murder suspect released in Altdorf",
    )
    assert briefing.dispute is None or "suspect" not in sides_of(briefing)
