"""Lines that do not hold go back to the model once, within its limits."""

import json

import pytest

from briefings.summarizers.llm.repair import mend, show_lines
from briefings.summarizers.llm.reply import Mend, Repair
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedEvent,
    ProposedLine,
    ProposedSide,
)

WRONG = "it will shut one of the three turbines at its Ister plant"
RIGHT = "it might have to shut one of the three turbines at its Ister plant"


@pytest.fixture
def half_wrong(good_reply):
    """A reply whose claim has lost its "might"."""
    good_reply["claims"][0]["text"] = WRONG
    return good_reply


def repaired(text):
    return {"lines": [{"part": "claims[0]", "text": text, "sentences": [25], "quotes": []}]}


async def test_a_line_that_was_put_right_is_used(engine, server, half_wrong, article):
    """The model is told what did not hold and why, and what it puts right is the briefing's."""
    server.script = [server.say(json.dumps(half_wrong)), server.say(json.dumps(repaired(RIGHT)))]
    briefing = await engine().summarize(article)
    assert [claim.text for claim in briefing.claims] == [RIGHT]
    assert (briefing.engine.checks.dropped, briefing.engine.checks.mended) == ((), 1)
    assert (briefing.engine.usage.exchanges, briefing.engine.usage.tokens_in) == (2, 1_800)
    system, user = server.asked[1]["messages"]
    assert WRONG not in system["content"]
    rejected = user["content"].partition("<rejected ")[2].splitlines()[1]
    assert json.loads(rejected)["part"] == "claims[0]"
    assert json.loads(rejected)["reason"] == "modality"


async def test_a_line_that_is_wrong_twice_gives_way(engine, embedded, server, half_wrong, article):
    """A second bad line falls to the embedded engine's of that section; nobody is asked thrice."""
    server.script = [server.say(json.dumps(half_wrong)), server.say(json.dumps(repaired(WRONG)))]
    briefing = await engine().summarize(article)
    own = await embedded.summarize(article)
    assert [claim.text for claim in briefing.claims] == [claim.text for claim in own.claims]
    assert [one.part for one in briefing.engine.checks.dropped] == ["claims[0]"]
    assert briefing.engine.checks.mended == 0
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param({"repairs": False}, id="turned off"),
        pytest.param({"per_day": 1}, id="budget spent"),
        pytest.param({"tokens": 6_500}, id="tokens spent"),
    ],
)
async def test_no_repair_beyond_the_limits(engine, server, half_wrong, article, limits):
    """What holds is used all the same; the briefing is still the model's."""
    server.script = [server.say(json.dumps(half_wrong))]
    briefing = await engine(**limits).summarize(article)
    assert len(server.asked) == 1
    assert (briefing.engine.name, briefing.engine.fallback) == ("llm", None)


async def test_a_repair_that_fails_costs_no_briefing(engine, server, half_wrong, article):
    """A server that breaks at the second question leaves the first answer as it was held."""
    server.script = [server.say(json.dumps(half_wrong)), server.fail(500)]
    briefing = await engine().summarize(article)
    assert (briefing.engine.name, briefing.engine.fallback) == ("llm", None)
    assert briefing.engine.usage.exchanges == 2


async def test_an_answer_without_fault_is_not_asked_again(engine, server, good_answer, article):
    """One exchange, where everything holds."""
    server.script = [good_answer]
    assert (await engine().summarize(article)).engine.usage.exchanges == 1


PROPOSAL = Proposal(
    summary=ProposedLine(text="s", quote_sentences=(1,), translation="t"),
    issue=ProposedLine(text="i"),
    sides=(ProposedSide(text="p", label="A"),),
    actors=(ProposedActor(text="Ann", type="person", role="chief"),),
    timeline=(ProposedEvent(text="e", when="Monday", date="2026-03-02"),),
)
MENDS = {
    "summary": ({"text": "S"}, lambda p: p.summary.text == "S"),
    "summary.translation": (
        {"text": "s", "translation": "T"},
        lambda p: (p.summary.text, p.summary.translation) == ("s", "T"),
    ),
    "dispute.issue": ({"text": "I"}, lambda p: p.issue.text == "I"),
    "dispute.sides[0]": (
        {"text": "P", "label": "B"},
        lambda p: (p.sides[0].text, p.sides[0].label) == ("P", "B"),
    ),
    "actors[0].role": ({"text": "clerk"}, lambda p: p.actors[0].role == "clerk"),
    "timeline[0]": (
        {"text": "E", "when": "Tuesday"},
        lambda p: (p.timeline[0].when, p.timeline[0].date) == ("Tuesday", "2026-03-02"),
    ),
}


@pytest.mark.parametrize("part", MENDS)
def test_each_part_can_be_put_right(part):
    """A mend replaces what it gives and leaves the rest of its line, and all other lines."""
    given, is_mended = MENDS[part]
    repair = Repair(lines=[Mend(part=part, sentences=[1], **given)])
    assert is_mended(mend(PROPOSAL, repair, {part: "support"}))


@pytest.mark.parametrize("part", ["claims[0]", "summary", "actors[9]", "nothing"])
def test_only_what_was_wrong_can_be_replaced(part):
    """A model that sends other lines along changes nothing."""
    repair = Repair(lines=[Mend(part=part, text="other", sentences=[1])])
    assert mend(PROPOSAL, repair, {"dispute.issue": "support"}) == PROPOSAL


def test_a_line_is_shown_with_all_that_was_said_of_it():
    """One JSON object a line, as the model would give it again."""
    [line] = show_lines(PROPOSAL, {"timeline[0]": "date"})
    assert json.loads(line) == {
        "part": "timeline[0]",
        "reason": "date",
        "text": "e",
        "when": "Monday",
        "date": "2026-03-02",
    }
