"""Who stands against whom, read from single sentences; and what is no stance at all."""

from datetime import UTC, datetime

import pytest

from briefings.article import Article
from briefings.language.reading import read
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import find_statements
from briefings.summarizers.extractive.relations import find_relations

#: A weight below this is kept only for want of better.
PLAIN = 0.5


def opposed(*paragraphs: str) -> set[tuple[str, str]]:
    """Who plainly stands against whom, by the names the article gives them."""
    article = Article.compose("Talks go on", list(paragraphs), retrieved_at=datetime.now(UTC))
    reading = read(article)
    cast = Cast(reading)
    relations = find_relations(reading, cast, find_statements(reading, cast))
    strong = [s for s in relations.stances if s.weight > PLAIN]
    return {(s.holder.label, s.target.label) for s in strong}


@pytest.mark.parametrize(
    ("sentence", "holder", "target"),
    [
        pytest.param(
            "Egypt accused Turkey of arming Libya.", "Egypt", "Turkey", id="object of accused"
        ),
        pytest.param(
            "Egypt condemned the Turkish raid on the island.", "Egypt", "Turkey", id="whose raid"
        ),
        pytest.param("Turkey was sued by Egypt.", "Egypt", "Turkey", id="passive act"),
        pytest.param("Egypt filed a lawsuit against Turkey.", "Egypt", "Turkey", id="noun of act"),
        pytest.param("Egypt tried to block Turkey.", "Egypt", "Turkey", id="attempt"),
        pytest.param("Egypt blamed the delay on Turkey.", "Egypt", "Turkey", id="blamed on"),
        pytest.param("Egypt is at odds with Turkey over gas.", "Egypt", "Turkey", id="at odds"),
        pytest.param("Egypt and Turkey clashed over gas.", "Egypt", "Turkey", id="each other"),
        pytest.param("Turkey came under fire from Egypt.", "Egypt", "Turkey", id="under fire"),
        pytest.param("Egypt hit back at Turkey on Monday.", "Egypt", "Turkey", id="hit back"),
        pytest.param(
            "Egypt alleged that Turkey had hidden the ships.", "Egypt", "Turkey", id="subject"
        ),
    ],
)
def test_finds_whom_an_act_or_a_charge_is_aimed_at(sentence: str, holder: str, target: str) -> None:
    """The object of an act, its owner, or the subject of what is alleged is who is meant."""
    assert (holder, target) in opposed(sentence)


def test_who_is_only_named_in_a_charge_is_no_opponent() -> None:
    """Whom somebody is accused of harming, or helping, is not accused."""
    pairs = opposed("Egypt accused Turkey of arming Libya.")
    assert ("Egypt", "Libya") not in pairs


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Egypt would not block Turkey.", id="would not"),
        pytest.param("Egypt did not ban Turkey.", id="did not"),
        pytest.param("Egypt refused to sanction Turkey.", id="refused to"),
        pytest.param("Talks will end if Egypt attacks Turkey.", id="if"),
        pytest.param("Egypt may sue Turkey.", id="may"),
    ],
)
def test_what_was_not_done_is_no_act(sentence: str) -> None:
    """What is denied, possible or a condition sets nobody against anybody."""
    assert ("Egypt", "Turkey") not in opposed(sentence)


def test_a_pronoun_for_a_thing_is_not_its_owner() -> None:
    """Looking back, "the raid" is whose it was said to be."""
    pairs = opposed("An Israeli raid shook the town on Monday.", "Jordan condemned the raid.")
    assert ("Jordan", "Israel") in {(a, "Israel" if "srael" in b else b) for a, b in pairs}


def test_an_invitation_is_no_quarrel() -> None:
    """Who is invited is not stood against."""
    assert ("Egypt", "Turkey") not in opposed("Egypt invited Turkey to the summit.")


def test_who_is_asked_for_help_is_no_opponent() -> None:
    """Whom somebody complains to stands against nobody."""
    pairs = opposed("Egypt complained to Jordan about Turkey.")
    assert ("Egypt", "Jordan") not in pairs


def test_two_who_take_opposite_stands_on_one_thing_are_opposed() -> None:
    """Who rejects a thing stands against who brings it about, though neither names the other."""
    pairs = opposed("Egypt imposed a tax on ships.", "Turkey rejected the tax on Monday.")
    assert ("Turkey", "Egypt") in pairs
