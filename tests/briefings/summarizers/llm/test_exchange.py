"""The engine against a server on loopback: what it sends, and what it makes of each answer."""

import asyncio
import json
import time

import pytest

from briefings.errors import ModelUnusable
from briefings.rendering import FORMATS, render
from briefings.rendering.wording import FALLBACKS
from briefings.summarizers.llm.exchange import connect


def without_engine(briefing):
    return briefing.model_dump(exclude={"engine"})


async def test_a_faithful_answer_becomes_the_briefing(engine, server, good_answer, article):
    """Lines that hold are the briefing's, and the engine says who made them and what it took."""
    server.script = [good_answer]
    briefing = await engine().summarize(article)
    made = briefing.engine
    assert (made.name, made.model, made.prompt, made.fallback) == ("llm", "openai:tiny", "v1", None)
    assert made.checks.dropped == ()
    assert made.usage.model_dump() == {
        "exchanges": 1,
        "tokens_in": 900,
        "tokens_out": 100,
        "cost": None,
    }
    assert [claim.text for claim in briefing.claims] == [
        "it might have to shut one of the three turbines at its Ister plant"
    ]
    assert briefing.actor(briefing.claims[0].speaker).name == "AvelPower"
    assert briefing.claims[0].evidence[0].quote == "it might have to shut one of the three turbines"


async def test_a_line_that_does_not_hold_is_dropped_and_recorded(
    engine, server, good_reply, article
):
    """What was changed is not in the briefing; the checks name its part and the reason."""
    good_reply["claims"].append(
        {
            "speaker": "AvelPower",
            "verb": "warned",
            "kind": "warn",
            "text": "it might have to shut two of the seven turbines at its Ister plant",
            "sentences": [25],
            "quotes": [],
        }
    )
    server.script = [server.say(json.dumps(good_reply))]
    explained = await engine().explain(article)
    briefing = explained.briefing
    assert len(briefing.claims) == 1
    [dropped] = briefing.engine.checks.dropped
    assert dropped.part == "claims[1]"
    [lost] = explained.explanation.left_out
    assert "seven turbines" in lost.text
    assert dropped.reason in lost.reasons[0].rule


async def test_a_section_of_which_nothing_holds_is_the_embedded_engine_s(
    engine, embedded, server, good_reply, article
):
    """In place of stopped lines stand the embedded engine's, its actors with them."""
    good_reply["claims"][0]["text"] = "the minister stole all of the fish in the lake"
    server.script = [server.say(json.dumps(good_reply))]
    briefing = await engine().summarize(article)
    own = await embedded.summarize(article)
    assert briefing.engine.name == "llm"
    assert [claim.text for claim in briefing.claims] == [claim.text for claim in own.claims]
    assert briefing.engine.checks.dropped[0].part == "claims[0]"


async def test_the_article_never_stands_where_instructions_do(engine, server, good_answer, article):
    """Instructions and article go in messages of their own, and no tool is offered."""
    server.script = [good_answer]
    await engine().summarize(article)
    [body] = server.asked
    roles = [message["role"] for message in body["messages"]]
    assert roles == ["system", "user"]
    assert "Avelland" not in body["messages"][0]["content"]
    assert body["messages"][1]["content"].startswith("<article ")
    assert not body.get("tools")
    assert "json" in json.dumps(body["response_format"])


FAILURES = {
    "429": (lambda s: [s.fail(429, **{"Retry-After": "30"})], "rate limit"),
    "500": (lambda s: [s.fail(500)], "server"),
    "401": (lambda s: [s.fail(401)], "rejected"),
    "cut off": (lambda s: [s.cut_off()], "server"),
    "no JSON twice": (lambda s: [s.say("I would rather not."), s.say("No.")], "malformed"),
    "another shape twice": (lambda s: [s.say('{"summary": 3}')], "malformed"),
    "half an answer": (lambda s: [s.say('{"summary": {"te', finish_reason="length")], "malformed"),
    "filtered": (lambda s: [s.say(None, finish_reason="content_filter")], "refusal"),
    "refused": (lambda s: [s.say(None, refusal="I can't help with that.")], "refusal"),
    "too slow": (lambda s: [s.hang(30)], "timeout"),
    "nonsense": (
        lambda s: [s.say('{"summary": {"text": "q", "sentences": [999]}, "contested": true}')],
        "nothing held",
    ),
}


@pytest.mark.parametrize(("script", "reason"), FAILURES.values(), ids=FAILURES)
async def test_whatever_fails_the_embedded_engine_answers(
    engine, embedded, server, article, script, reason
):
    """Within the time limit comes the embedded engine's briefing, and its footer says why."""
    server.script = script(server)
    own = await embedded.summarize(article)
    made, began = engine(seconds=12), time.monotonic()
    briefing = await made.summarize(article)
    assert time.monotonic() - began < 12
    assert without_engine(briefing) == without_engine(own)
    assert (briefing.engine.name, briefing.engine.fallback) == ("extractive", reason)
    for name in FORMATS:
        if name != "json":
            assert FALLBACKS[reason] in render(briefing, name, width=1000).replace("\\u2019", "’")


async def test_a_server_that_is_gone(engine, server, article):
    """Nobody listening at the address is a reason like any other."""
    server.base_url = "http://127.0.0.1:1/v1"
    briefing = await engine().summarize(article)
    assert briefing.engine.fallback == "server"


async def test_a_malformed_answer_may_be_put_right_once(engine, server, good_answer, article):
    """The model is told what was wrong and asked once more."""
    server.script = [server.say('{"summary": 3}'), good_answer]
    briefing = await engine().summarize(article)
    assert briefing.engine.name == "llm"
    assert len(server.asked) == 2


async def test_fifty_at_once_cost_one_exchange(engine, server, good_answer, article):
    """Whoever wants a briefing while it is made shares it, and later ones get it as it was kept."""
    server.script = [server.hang(0.2, good_answer)]
    made = engine()
    briefings = await asyncio.gather(*(made.summarize(article) for _ in range(50)))
    again = await made.summarize(article)
    assert len(server.asked) == 1
    assert all(briefing == again for briefing in briefings)


async def test_no_more_at_once_than_allowed(engine, server, good_answer, sample):
    """Articles beyond the limit wait for their turn."""
    server.script = [server.hang(0.1, good_answer)]
    made = engine(at_once=2)
    names = ("flood", "sanctions", "river-dam", "museum-bronze", "coral-finding")
    await asyncio.gather(*(made.summarize(sample(name)) for name in names))
    assert server.most_at_once == 2


@pytest.mark.parametrize("model", ["tiny", "nobody:tiny", "openai"])
def test_a_model_that_cannot_be_asked_is_refused(model):
    """A name without a provider, or with one that nobody knows, is told before anything is sent."""
    with pytest.raises(ModelUnusable) as caught:
        connect(model, base_url="http://127.0.0.1:1/v1")
    assert caught.value.model == model
