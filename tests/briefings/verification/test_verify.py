"""Whole proposals and finished briefings: what holds stays, what does not is recorded."""

import pytest

from briefings.briefing import Dispute, Side
from briefings.summarizers.extractive.compose import compose
from briefings.summarizers.notes import take_notes
from briefings.verification.of_briefing import hold
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedClaim,
    ProposedEvent,
    ProposedLine,
    ProposedSide,
    Rejection,
)
from briefings.verification.verify import verify


def claim(text, speaker, sentence):
    return ProposedClaim(
        text=text, speaker_name=speaker, verb="said", kind="state", quote_sentences=(sentence,)
    )


def test_only_what_holds_is_kept(article, ground):
    """A stopped line is left out, its part and reason kept; the others stay as they were."""
    good = claim("dumping 40 tonnes of oil in the Bay of Arle", "Nora Felding", 1)
    bad = claim("dumping 90 tonnes of oil in the Bay of Arle", "Nora Felding", 1)
    event = ProposedEvent(
        text="Police opened an inquiry.", when="last Friday", quote_sentences=(6,)
    )
    summary = ProposedLine(text="The port will close for two weeks.", quote_sentences=(3,))
    proposal = Proposal(summary=summary, claims=(bad, good), timeline=(event,))
    verified = verify(proposal, article, ground=ground)
    assert verified.kept == Proposal(claims=(good,), timeline=(event,))
    assert set(verified.rejections) == {
        Rejection("summary", "modality"),
        Rejection("claims[0]", "number"),
    }


def test_a_false_role_leaves_the_actor(article, ground):
    """An actor whose role is not the article's stays without it."""
    actor = ProposedActor(
        text="Jonas Kvist", type="person", role="president of Ruritania", quote_sentences=(2,)
    )
    verified = verify(Proposal(actors=(actor,)), article, ground=ground)
    assert [(a.text, a.role) for a in verified.kept.actors] == [("Jonas Kvist", None)]
    assert [r.part for r in verified.rejections] == ["actors[0].role"]


def test_a_side_may_hold_what_the_article_only_attributes(article, ground):
    """A position is the side's, not the briefing's own voice."""
    side = ProposedSide(
        label="Nora Felding", text="The port may close for two weeks.", quote_sentences=(3,)
    )
    assert verify(Proposal(sides=(side,)), article, ground=ground).rejections == ()


def test_a_finished_briefing_is_held_too(ground):
    """A line changed after the fact falls, and the checks say why."""
    briefing = compose(ground.reading, ground.findings)
    assert hold(briefing, ground) == briefing
    changed = briefing.timeline[0].model_copy(update={"text": "Police opened 12 inquiries."})
    forged = briefing.model_copy(update={"timeline": (changed, *briefing.timeline[1:])})
    held = hold(forged, ground)
    assert held.timeline == briefing.timeline[1:]
    assert [(d.part, d.reason) for d in held.engine.checks.dropped] == [("timeline[0]", "number")]


@pytest.fixture
def disputed(ground):
    """A briefing whose dispute has three sides: minister, owner, police."""
    briefing = compose(ground.reading, ground.findings)
    spans = [(ground.reading.span_of_sentence(n),) for n in range(7)]
    felding = Side(label="Nora Felding", position="The port may close in May.", evidence=spans[3])
    kvist = Side(label="Jonas Kvist", position="We did not spill a drop.", evidence=spans[2])
    police = Side(label="Police", position=None, evidence=spans[6])
    dispute = Dispute(issue="dumping oil", sides=(felding, kvist, police), evidence=spans[1])
    return briefing.model_copy(update={"dispute": dispute, "contested": True})


def with_sides(briefing, *sides, issue="dumping oil"):
    dispute = briefing.dispute.model_copy(update={"sides": sides, "issue": issue})
    return briefing.model_copy(update={"dispute": dispute})


def test_a_false_position_leaves_the_side_and_the_dispute(disputed, ground):
    """Only the position falls; the briefing stays contested between the same sides."""
    felding, kvist, police = disputed.dispute.sides
    forged = felding.model_copy(update={"position": "The port will close in May."})
    held = hold(with_sides(disputed, forged, kvist, police), ground)
    assert held.contested
    assert held.dispute.sides == (felding.model_copy(update={"position": None}), kvist, police)
    assert [d.part for d in held.engine.checks.dropped] == ["dispute.sides[0].position"]


def test_a_side_whose_name_is_false_falls_alone(disputed, ground):
    """The article does not have the name, so the side goes and two are left."""
    felding, kvist, police = disputed.dispute.sides
    forged = police.model_copy(update={"label": "The Osterwick Institute"})
    held = hold(with_sides(disputed, felding, kvist, forged), ground)
    assert held.dispute.sides == (felding, kvist)


def test_one_side_makes_no_dispute(disputed, ground):
    """With fewer sides left than a dispute has, nothing is contested."""
    felding, kvist, _ = disputed.dispute.sides
    forged = kvist.model_copy(update={"label": "The Osterwick Institute"})
    held = hold(with_sides(disputed, felding, forged), ground)
    assert (held.contested, held.dispute) == (False, None)


def test_a_false_issue_takes_the_dispute_with_it(disputed, ground):
    """What nobody fights over has no sides."""
    held = hold(with_sides(disputed, *disputed.dispute.sides, issue="a merger of banks"), ground)
    assert (held.contested, held.dispute) == (False, None)
    assert "dispute" in [d.part for d in held.engine.checks.dropped]


def test_what_falls_is_left_out_with_its_reason_and_the_rest_keeps_its_own(ground):
    """The explanation names the stopped line, and still explains every line that stays."""
    with take_notes() as notes:
        briefing = compose(ground.reading, ground.findings)
        changed = briefing.timeline[0].model_copy(update={"text": "Police opened 12 inquiries."})
        held = hold(briefing.model_copy(update={"timeline": (changed,)}), ground)
    explanation = notes.explain(held)
    assert [(x.section, x.reasons[0].rule) for x in explanation.left_out if "12" in x.text] == [
        ("timeline", "its evidence does not carry it: number")
    ]
    assert explanation.reasons_for("claims[0]")
    assert explanation.reasons_for("actors[0]")
