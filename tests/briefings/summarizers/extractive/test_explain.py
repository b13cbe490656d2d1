"""Every line of a briefing can say what proposed it, from which words, and where its rule is."""

import importlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import reduce
from pathlib import Path

import pytest

import briefings
from briefings.article import Article
from briefings.explanation import Explained, Reason, lines_of
from briefings.language import lexicon
from briefings.summarizers.embedded import ExtractiveSummarizer

ROOT = Path(briefings.__file__).parent
SAMPLES = sorted((ROOT.parent / "tests/data/articles").glob("*.txt"))
Explain = Callable[..., Explained]


def to_article(title: str, *paragraphs: str) -> Article:
    return Article.compose(
        title,
        list(paragraphs),
        retrieved_at=datetime(2026, 3, 14, 12, tzinfo=UTC),
        published=date(2026, 3, 14),
    )


async def explain(*paragraphs: str, title: str = "Talks go on") -> Explained:
    return await ExtractiveSummarizer().explain(to_article(title, *paragraphs))


def reasons_for(explained: Explained, part: str, about: str) -> list[Reason]:
    return [why for why in explained.explanation.reasons_for(part) if why.about == about]


def quotes(why: Reason) -> list[str]:
    return [span.quote for span in why.words]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
async def test_every_line_is_explained_and_none_is_changed(sample):
    """Asked for reasons, the engine makes the same briefing, with a reason for every line of it."""
    title, *paragraphs = filter(None, sample.read_text(encoding="utf-8").split("\n"))
    article = to_article(title, *paragraphs)
    explained = await ExtractiveSummarizer().explain(article)
    assert explained.briefing == await ExtractiveSummarizer().summarize(article)
    explained_parts = {line.part for line in explained.explanation.lines if line.reasons}
    assert explained_parts == {path for path, _ in lines_of(explained.briefing)} | {"dispute"}


async def test_every_place_leads_to_a_function_or_an_entry():
    """What a reason names as its place is there: a function of a module, an entry of a lexicon."""
    places = set()
    for sample in SAMPLES:
        title, *paragraphs = filter(None, sample.read_text(encoding="utf-8").split("\n"))
        explanation = (await explain(*paragraphs, title=title)).explanation
        told = (*explanation.lines, *explanation.left_out)
        places |= {place for line in told for why in line.reasons for place in why.where}
    assert len(places) > 30
    for place in sorted(places):
        assert is_there(place), place


def is_there(place: str) -> bool:
    file, _, name = place.partition(": ")
    if file.startswith("lexicons/"):
        steps = name.replace("[", ".").replace("]", "").split(".")
        found = lexicon.load(Path(file).stem)
        return reduce(lambda x, step: x[int(step) if step.isdigit() else step], steps, found) != []
    (path,) = (p for p in ROOT.rglob(Path(file).name) if str(p).endswith(f"/{file}"))
    module = ".".join(("briefings", *path.relative_to(ROOT).with_suffix("").parts))
    return callable(reduce(getattr, name.split("."), importlib.import_module(module)))


@pytest.mark.parametrize(
    ("text", "rule", "words", "place"),
    [
        pytest.param(
            "Talmira denounced the closing of the port.",
            "a verb that is the statement",
            ["denounced"],
            "lexicons/cues.toml: act.accuse",
            id="act",
        ),
        pytest.param(
            "Talmira said on Tuesday that the dam had cut the flow of the river.",
            "a verb of saying",
            ["said"],
            "lexicons/cues.toml: say.state",
            id="say",
        ),
        pytest.param(
            "Talmira refused to open the gates before the talks.",
            "a verb with what somebody means to do",
            ["refused"],
            "lexicons/cues.toml: intend.refuse",
            id="intend",
        ),
        pytest.param(
            "According to the World Bank, the dam cut the flow of the river.",
            "“according to”",
            ["According to"],
            "extractive/attributing.py: find_attributions",
            id="according to",
        ),
    ],
)
async def test_a_claim_tells_its_frame_and_cue(text, rule, words, place):
    """A claim is explained by its frame, the words of its cue and the list that holds them."""
    (why,) = reasons_for(await explain(text), "claims[0]", "line")
    assert why.rule.startswith(rule)
    assert quotes(why) == words
    assert place in why.where


@pytest.mark.parametrize(
    ("text", "part", "rule", "words"),
    [
        pytest.param(
            "Minister Ilena Dorvath came home. She said the dam had cut the flow of the river.",
            "claims[0]",
            "the pronoun “She” stands for Ilena Dorvath",
            ["She", "Minister Ilena Dorvath"],
            id="pronoun",
        ),
        pytest.param(
            "Minister Ilena Dorvath came home. The minister said the dam had cut the flow.",
            "claims[0]",
            "the noun “minister” means Ilena Dorvath",
            ["minister", "Minister"],
            id="role noun",
        ),
        pytest.param(
            "Minister Ilena Dorvath came home. Dorvath said the dam had cut the flow.",
            "claims[0]",
            "another form of the name Ilena Dorvath",
            ["Dorvath", "Minister Ilena Dorvath"],
            id="family name",
        ),
        pytest.param(
            "“We will not sign,” said Tovan Irsek, a spokesman for the ministry.",
            "claims[0]",
            "after the cue, called by name",
            ["Tovan Irsek"],
            id="named, after the cue",
        ),
    ],
)
async def test_a_claim_tells_why_it_is_this_speaker(text, part, rule, words):
    """The speaker is explained by name, by role noun or by pronoun, with what it goes back to."""
    (why,) = reasons_for(await explain(text), part, "speaker")
    assert rule in why.rule
    assert quotes(why) == words


async def test_a_kind_that_the_words_said_make_is_explained_by_them():
    """Where a plain "said" is a demand, the words that make it one and their pattern are told."""
    told = await explain("Tovan Irsek said the neighbours should open the gates at once.")
    assert told.briefing.claims[0].kind == "demand"
    (why,) = reasons_for(told, "claims[0]", "kind")
    assert quotes(why) == ["should"]
    assert "lexicons/cues.toml: content.demand" in why.where


async def test_an_outlet_that_carried_a_claim_is_explained():
    """The outlet is explained by the words that name it as the carrier."""
    told = await explain("Officials fear the bank will close, the Reuters news agency reported.")
    named = [c for c in told.briefing.claims if c.via]
    assert named
    at = told.briefing.claims.index(named[0])
    (why,) = reasons_for(told, f"claims[{at}]", "via")
    assert any("Reuters" in quote for quote in quotes(why))


async def test_lines_of_other_sections_tell_their_words():
    """An unknown tells its pattern, an event its expression of time, a figure its number."""
    told = await explain(
        "The port was closed on Tuesday by the company. At least 40 people were hurt in the fire.",
        "It was not clear who had lit the fire.",
    )
    (cue,) = reasons_for(told, "unknowns[0]", "line")
    assert quotes(cue) == ["was not clear who"]
    assert cue.where[1].startswith("lexicons/unknowns.toml: cues[")
    (when,) = reasons_for(told, "timeline[0]", "when")
    (day,) = reasons_for(told, "timeline[0]", "date")
    assert quotes(when) == ["Tuesday"]
    assert day.rule.startswith("2026-03-10; counted from 2026-03-14")
    (number,) = reasons_for(told, "figures[0]", "line")
    assert quotes(number) == ["40"]


async def test_a_stake_tells_the_words_that_scored():
    """A stake is explained by the words of each family in it and the list that holds them."""
    told = await explain("The closure could cost thousands of workers their jobs within weeks.")
    reasons = reasons_for(told, "stakes[0]", "line")
    found = {place: quotes(why) for why in reasons for place in why.where}
    assert found["lexicons/stakes.toml: risk"] == ["could"]
    assert "cost" in found["lexicons/stakes.toml: consequence"]
    (status,) = reasons_for(told, "stakes[0]", "status")
    assert quotes(status) == ["could"]


async def test_an_actor_tells_role_type_and_affiliation():
    """An actor is explained by the construction of its role and the words that say whose it is."""
    told = await explain(
        "Egypt said the gates were shut. Egyptian Foreign Minister Amal Farid defended that.",
        "Farid said the gates would stay shut.",
    )
    at = [actor.name for actor in told.briefing.actors].index("Amal Farid")
    part = f"actors[{at}]"
    (role,) = reasons_for(told, part, "role")
    assert role.rule.startswith("a title")
    assert quotes(role) == ["Egyptian Foreign Minister"]
    (owner,) = reasons_for(told, part, "affiliation")
    assert quotes(owner) == ["Egyptian Foreign Minister"]
    (kind,) = reasons_for(told, part, "type")
    assert kind.rule.startswith("person")
    (other,) = reasons_for(told, part, "mention")
    assert quotes(other)[0] == "Farid"


DISPUTE = (
    "Talmira accused Kessara of breaking the treaty on the river dam.",
    "Kessara denied the charge and accused Talmira of lying about the river dam.",
    "Talmiran officials demanded that Kessara open the gates of the river dam.",
)


async def test_a_dispute_tells_its_evidence_with_weights():
    """What speaks for a dispute is told piece by piece, against how much is needed."""
    told = await explain(*DISPUTE, title="Talmira and Kessara quarrel over river dam")
    verdict, *pieces = reasons_for(told, "dispute", "contested")
    assert verdict.rule.startswith("enough speaks for a dispute")
    assert verdict.weight is not None
    assert {"accused", "denied"} <= {quote for why in pieces for quote in quotes(why)}
    assert all(why.weight is not None for why in pieces)
    (issue,) = reasons_for(told, "dispute", "issue")
    assert quotes(issue)[0] in told.briefing.dispute.issue


async def test_a_side_tells_who_is_on_it_and_why():
    """A side is explained by what sets its lead against the other's and by whose each actor is."""
    told = await explain(*DISPUTE, title="Talmira and Kessara quarrel over river dam")
    relations = reasons_for(told, "dispute.sides[0]", "relation")
    assert any("accused" in quotes(why) and why.weight > 0 for why in relations)
    labels = [side.label for side in told.briefing.dispute.sides]
    (owned,) = reasons_for(told, f"dispute.sides[{labels.index('Talmira')}]", "actor")
    assert quotes(owned) == ["Talmiran officials"]
    positions = reasons_for(told, f"dispute.sides[{labels.index('Kessara')}]", "position")
    assert any(quotes(why) == ["denied"] for why in positions)


async def test_where_there_is_no_dispute_that_is_explained():
    """A calm article tells how little speaks for a dispute."""
    told = await explain("The museum opened its new hall on Monday, and visitors came early.")
    assert told.briefing.dispute is None
    assert reasons_for(told, "dispute", "contested")


#: Six fears without a comma at which they could be cut, and three things not known.
LONG = """
“Flour and sugar and butter may run short in bakeries and kitchens and schools and homes and the
price of bread would then rise beyond what most families could ever pay for it” he said.

“Dockers and drivers and sailors and clerks could lose wages and pensions and insurance and nobody
in this whole harbour would find any other work before the end of summer” he said.

“Hospitals might lack drugs and bandages and oxygen and doctors would have to choose between
patients who need surgery at once and others who could perhaps wait a little” he said.

“Farmers threaten to burn wheat and barley and maize and villages could be cut off from roads and
bridges and telephones if the army does not clear those tractors away soon” he said.

“Tourists would avoid beaches and hotels and museums and islands and the treasury could lose
millions that it has promised for teachers and police and pensioners this year” he said.

“Banks may close branches and freeze accounts and savers could storm counters and machines and
nobody would trust our currency or our government or our courts any longer” he said.

It was not clear on Tuesday how many of the ferries and tugs had left the eastern piers.

Nobody knows who ordered the guards to lock the northern gate of the customs warehouse.

Officials declined to say whether the minister of transport had been told of the strike.
"""


async def test_what_is_left_out_for_size_is_told():
    """Lines that had to go so that the briefing stays short are told with their own reasons."""
    told = await explain(*(" ".join(part.split()) for part in LONG.split("\n\n")))
    lost = [x for x in told.explanation.left_out if x.reasons[0].rule.startswith("left out for")]
    shown = {line.text for line in (*told.briefing.stakes, *told.briefing.unknowns)}
    assert lost
    assert not {x.text for x in lost} & shown
    assert all(len(x.reasons) > 1 for x in lost)


async def test_what_is_less_sure_than_the_rest_is_told():
    """Of more unknowns than a section takes, those that are not shown are told."""
    firms = ("Aldous", "Bernard", "Carver", "Denholm", "Ellis", "Farrow", "Galton")
    told = await explain(*(f"{firm} Holdings declined to comment." for firm in firms))
    lost = [x for x in told.explanation.left_out if x.section == "unknowns"]
    assert len(lost) >= len(firms) - 5


async def test_what_weighs_too_little_for_an_actor_is_told():
    """Somebody who is mentioned and not listed is told with the points that were too few."""
    told = await explain("Talmira said the talks had failed. A farmer walked past the gates.")
    lost = [x for x in told.explanation.left_out if x.section == "actors"]
    assert [x.text for x in lost] == ["farmer"]
    assert lost[0].reasons[0].weight is not None
