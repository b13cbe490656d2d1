"""Whole proposals and finished briefings: what holds stays, what does not is recorded."""

from briefings.language.reading import read
from briefings.summarizers.extractive.compose import compose
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


def test_a_finished_briefing_is_held_too(article):
    """A line changed after the fact falls, and the checks say why."""
    reading = read(article)
    briefing = compose(reading)
    assert hold(briefing, reading) == briefing
    changed = briefing.timeline[0].model_copy(update={"text": "Police opened 12 inquiries."})
    forged = briefing.model_copy(update={"timeline": (changed, *briefing.timeline[1:])})
    held = hold(forged, reading)
    assert held.timeline == briefing.timeline[1:]
    assert [(d.part, d.reason) for d in held.engine.checks.dropped] == [("timeline[0]", "number")]
