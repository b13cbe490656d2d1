"""Articles and briefings in other languages: the original stands, the translation is marked."""

import json
from datetime import UTC, date, datetime

import pytest

from briefings.article import Article
from briefings.errors import ForeignUnread, ForeignUnreadNow
from briefings.rendering import FORMATS, render
from briefings.summarizers.llm.foreign import Page, verify_foreign
from briefings.summarizers.llm.translation import check_translation
from briefings.verification.proposal import (
    Proposal,
    ProposedActor,
    ProposedClaim,
    ProposedEvent,
    ProposedFigure,
    ProposedLine,
    ProposedSide,
)

TITLE = "Fährleute legen die Arbeit nieder"
LEAD = "Die Besatzungen der Fähren von Norhaven haben am 2. März 2026 die Arbeit niedergelegt."
DENIAL = "Reeder Jonas Falk bestritt, dass 40 Stellen gestrichen werden."
PLEA = "„Wir brauchen mehr Ruhe“, sagte die Gewerkschafterin Mara Lund."
ADVERT = "Mehr dazu unter www.norhaven.example/streik im Netz."


@pytest.fixture
def german():
    return Article.compose(
        TITLE,
        [LEAD, f"{DENIAL} {PLEA}", ADVERT],
        retrieved_at=datetime(2026, 3, 3, tzinfo=UTC),
        published=date(2026, 3, 3),
        language="de",
        url="https://zeitung.example/a",
    )


@pytest.fixture
def german_reply():
    return {
        "summary": {
            "text": LEAD,
            "sentences": [1],
            "quotes": [],
            "translation": "The ferry crews of Norhaven stopped work on 2 March 2026.",
        },
        "contested": False,
        "actors": [
            {
                "text": "Jonas Falk",
                "type": "person",
                "role": "Reeder",
                "sentences": [2],
                "translation": "shipowner",
            }
        ],
        "claims": [
            {
                "speaker": "Jonas Falk",
                "verb": "bestritt",
                "kind": "deny",
                "text": DENIAL,
                "sentences": [2],
                "translation": "Shipowner Jonas Falk denied that 40 jobs would be cut.",
            },
            {
                "speaker": "Mara Lund",
                "verb": "sagte",
                "kind": "state",
                "text": PLEA,
                "sentences": [3],
                "translation": "“We need more rest,” said union leader Mara Lund.",
            },
        ],
    }


async def test_an_article_in_german_is_briefed(engine, server, german, german_reply):
    """Lines are whole sentences of it; translations stand beside them, marked as such."""
    server.script = [server.say(json.dumps(german_reply))]
    briefing = await engine().summarize(german)
    assert (briefing.summary.text, briefing.engine.language) == (LEAD, "en")
    assert briefing.summary.translation.startswith("The ferry crews")
    assert briefing.claims[0].evidence[0].quote == DENIAL
    assert briefing.engine.checks.dropped == ()
    assert "The article is in German" in server.asked[0]["messages"][0]["content"]
    for name in set(FORMATS) - {"json"}:
        shown = render(briefing, name, width=1000).replace("\\", "")
        assert "[translated]" in shown
        assert "Wir brauchen mehr Ruhe" in shown, "a quotation stays in the original"
        assert "in German" in shown


async def test_in_its_own_language_nothing_is_translated(engine, server, german, german_reply):
    """A briefing in German of a German article is its own sentences."""
    server.script = [server.say(json.dumps(german_reply))]
    briefing = await engine().into("de").summarize(german)
    assert (briefing.summary.translation, briefing.engine.language) == (None, None)
    checks = briefing.engine.checks
    assert (checks.proposed, checks.kept) == (5, 5), "what nobody asked for is not counted"
    assert "translation" not in server.asked[0]["messages"][0]["content"]


async def test_an_english_article_in_german(engine, server, good_reply, article):
    """Every check looks at the original; the translation stands beside it where it holds."""
    good_reply["claims"][0]["translation"] = "man müsse vielleicht eine der drei Turbinen abstellen"
    good_reply["stakes"][0]["translation"] = "AvelPower müsste vielleicht 77 Turbinen abstellen."
    server.script = [server.say(json.dumps(good_reply))]
    made = engine(repairs=False)
    briefing = await made.into("de").summarize(article)
    assert briefing.claims[0].translation.startswith("man müsse")
    assert briefing.stakes[0].translation is None
    assert [(d.part, d.reason) for d in briefing.engine.checks.dropped] == [
        ("stakes[0].translation", "number")
    ]
    english = await made.summarize(article)
    assert english.claims[0].translation is None, "another language is another briefing"
    assert len(server.asked) == 2


FAILING = {
    "server": (lambda s: s.fail(500), ForeignUnreadNow),
    "refused": (lambda s: s.say(None, refusal="no"), ForeignUnread),
    "nothing holds": (
        lambda s: s.say('{"summary": {"text": "Quatsch", "sentences": [1]}, "contested": false}'),
        ForeignUnread,
    ),
}


@pytest.mark.parametrize(("act", "kind"), FAILING.values(), ids=FAILING)
async def test_where_the_model_fails_nobody_can_read_it(engine, server, german, act, kind):
    """The embedded engine reads English alone; what may pass can be tried again."""
    server.script = [act(server)]
    with pytest.raises(kind) as caught:
        await engine().summarize(german)
    assert type(caught.value) is kind
    assert caught.value.url == german.url


def claim(**changes):
    given = {
        "text": DENIAL,
        "quote_sentences": (2,),
        "speaker_name": "Jonas Falk",
        "verb": "bestritt",
        "kind": "deny",
    }
    return {"claims": (ProposedClaim(**{**given, **changes}),)}


FOREIGN = {
    "a whole sentence": (claim(), []),
    "a part of one": (claim(text="40 Stellen gestrichen werden"), []),
    "words of its own": (claim(text="Falk streicht 40 Stellen."), ["quotation"]),
    "a quotation of its own": (claim(quotes=("keine Stellen",)), ["quotation"]),
    "another sentence": (claim(quote_sentences=(1,)), ["quotation"]),
    "no such sentence": (claim(quote_sentences=(99,)), ["no-evidence"]),
    "another speaker": (claim(speaker_name="Mara Lund"), ["speaker"]),
    "another verb": (claim(verb="bestätigte"), ["quotation"]),
    "an address": (
        {"unknowns": (ProposedLine(text=ADVERT, quote_sentences=(4,)),)},
        ["address"],
    ),
    "a date": (
        {
            "timeline": (
                ProposedEvent(
                    text=LEAD, quote_sentences=(1,), when="am 2. März 2026", date="2026-03-02"
                ),
            )
        },
        [],
    ),
    "another date": (
        {
            "timeline": (
                ProposedEvent(
                    text=LEAD, quote_sentences=(1,), when="am 2. März 2026", date="2026-05-02"
                ),
            )
        },
        ["date"],
    ),
    "a figure": (
        {"figures": (ProposedFigure(text=DENIAL, quote_sentences=(2,), value=40.0),)},
        [],
    ),
    "another figure": (
        {"figures": (ProposedFigure(text=DENIAL, quote_sentences=(2,), value=400.0),)},
        ["number"],
    ),
    "an actor": ({"actors": (ProposedActor(text="Mara Lund", type="person"),)}, []),
    "nobody": ({"actors": (ProposedActor(text="Mara Land", type="person"),)}, ["name"]),
    "a role of its own": (
        {
            "actors": (
                ProposedActor(
                    text="Mara Lund", type="person", role="Ministerin", quote_sentences=(3,)
                ),
            )
        },
        ["quotation"],
    ),
    "a side without a position": (
        {"sides": (ProposedSide(text="", label="Jonas Falk", quote_sentences=(2,)),)},
        [],
    ),
    "a side that is not there": (
        {"sides": (ProposedSide(text=DENIAL, label="Die Regierung", quote_sentences=(2,)),)},
        ["name"],
    ),
}


@pytest.mark.parametrize(("lines", "reasons"), FOREIGN.values(), ids=FOREIGN)
def test_what_stands_of_a_language_that_no_check_parses(german, lines, reasons):
    """Only what the article has letter for letter, in the sentences that are cited."""
    verified = verify_foreign(Proposal(**lines), Page(german))
    assert [rejection.reason for rejection in verified.rejections] == reasons


def test_a_denial_is_not_cut_away(german):
    """A part of a sentence is shown as the whole: "denied" may stand in the other part."""
    proposal = Proposal(**claim(text="40 Stellen gestrichen werden"))
    [kept] = verify_foreign(proposal, Page(german)).kept.claims
    assert kept.text == DENIAL


TRANSLATIONS = {
    "faithful": ("Jonas Falk denied that 40 jobs would be cut.", None),
    "another number": ("Jonas Falk denied that 400 jobs would be cut.", "number"),
    "another name": ("Jonas Falk denied that Peter Strand would go.", "name"),
    "a land": ("Shipowner Jonas Falk of Germany denied it in March.", None),
    "an address": ("Jonas Falk denied it: see https://evil.example/x", "address"),
    "a mention": ("Jonas Falk denied it, <!channel>", "mention"),
    "much more": ("Falk denied it. " * 20, "support"),
    "unseen": ("Jonas Falk denied\u202e it.", "unseen"),
}


@pytest.mark.parametrize(("translation", "reason"), TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_what_can_be_seen_of_a_translation(german, translation, reason):
    """Numbers, names, addresses and length, in any language; its wording is a model's."""
    line = ProposedLine(text=DENIAL, quote_sentences=(2,), translation=translation)
    sentences = [TITLE, LEAD, DENIAL, PLEA, ADVERT]
    assert check_translation(line, sentences, german, "en") == reason
