"""Briefings built by hand for the renderers, and golden files to hold their output against.

`pytest tests/briefings/rendering --update-snapshots` writes the golden files anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefings.article import Article
from briefings.briefing import (
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Dropped,
    Engine,
    Event,
    Figure,
    Side,
    Source,
    Stake,
    Summary,
    Unknown,
)
from briefings.evidence import Span

SNAPSHOTS = Path(__file__).parents[2] / "data" / "snapshots"
RETRIEVED_AT = datetime(2031, 3, 6, 7, 30, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        default=False,
        help="write the golden files of the renderers anew instead of comparing",
    )


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of this name, or write it."""

    def check(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8", newline="")
        assert path.exists(), f"no snapshot {name}: run with --update-snapshots"
        assert text + "\n" == path.read_bytes().decode("utf-8")

    return check


class Writing:
    """Finds spans in an article and builds the frame around a briefing's parts."""

    def __init__(self, title: str, paragraphs: list[str], **facts: object) -> None:
        self.article = Article.compose(title, paragraphs, retrieved_at=RETRIEVED_AT, **facts)

    def spans(self, *quotes: str) -> tuple[Span, ...]:
        starts = [(self.article.text.index(quote), quote) for quote in quotes]
        return tuple(Span.of(self.article.text, at, at + len(quote)) for at, quote in starts)

    def briefing(self, summary: Summary, **parts: object) -> Briefing:
        article = self.article
        source = Source(
            url=article.url,
            title=article.title,
            outlet=article.outlet,
            authors=article.authors,
            published=article.published,
            retrieved=article.retrieved_at,
            language=article.language,
            sha256=article.sha256,
        )
        engine = Engine(
            name="extractive",
            version="0.1.0",
            checks=Checks(
                proposed=12,
                kept=11,
                dropped=(Dropped(part="claims", reason="not in the article"),),
            ),
        )
        frame: dict[str, object] = {"contested": False, "engine": engine, **parts}
        return Briefing.model_validate(
            {"source": source, "text": article.text, "summary": summary, **frame}
        )


def write_empty() -> Briefing:
    """Nobody disputes anything, and there is nothing but a summary."""
    first = "A warm spring brought the cranes back to the Osk marshes two weeks early."
    writing = Writing("Cranes return to the Osk marshes", [first])
    return writing.briefing(Summary(text=first, evidence=writing.spans(first)))


BRIDGE = (
    "Vessa and Orland trade blame as Karn Bridge stays shut",
    [
        (
            "Orland sent a delegation to the Vessan capital, Tamm, on Wednesday in an attempt "
            "to end a quarrel over the Karn Bridge, which Vessa closed to lorries last week."
        ),
        (
            "The closure began after Orland moved its customs post onto the eastern bank, land "
            "that both countries claim."
        ),
        (
            "“The key to the bridge lies in Tamm,” Foreign Minister Mara Venn said on Tuesday. “We "
            "will not pay for a lock that others have turned.” She called for Vessa to reopen the "
            "bridge to medical supplies at once."
        ),
        (
            "Vessan Transport Minister Ilo Dassen rejected the remarks, saying in a statement that "
            "the customs post is the only reason why lorries are not crossing."
        ),
        (
            "According to the Tamm Courier, Vessa is ready to reopen one lane if the post is moved "
            "back; Vessan officials fear that bread prices will rise further."
        ),
        (
            "The closure is already worsening a shortage of insulin in the border town of Karn. "
            "Some 340 lorries are waiting on the western bank, according to the "
            "hauliers’ union."
        ),
        (
            "Talks are to continue in Orland on 12 March. It is unclear whether the delegation "
            "made any progress. Vessa signed the treaty on the shared bridge in 1984."
        ),
        "Neighbouring Sund has offered to mediate 🤝 between the two.",
    ],
)


def write_typical() -> Briefing:
    """A dispute between two invented states, every section filled, most lines verbatim."""
    writing = Writing(
        *BRIDGE,
        url="https://courier.example/world/karn-bridge?a=1&b=2",
        outlet="The Harbour Post",
        authors=("Ana Lund", "Per Oye"),
        published=date(2031, 3, 5),
    )
    spans = writing.spans
    return writing.briefing(
        Summary(
            text="Orland and Vessa are in a quarrel over the Karn Bridge, closed to lorries last "
            "week. Talks are to continue in Orland on 12 March.",
            evidence=spans(BRIDGE[1][0], "Talks are to continue in Orland on 12 March."),
        ),
        contested=True,
        actors=_bridge_actors(writing),
        dispute=_bridge_dispute(writing),
        claims=_bridge_claims(writing),
        stakes=_bridge_stakes(writing),
        timeline=_bridge_events(writing),
        unknowns=(
            Unknown(
                text="whether the delegation made any progress",
                evidence=spans("It is unclear whether the delegation made any progress."),
            ),
        ),
        figures=(
            Figure(
                text="some 340 lorries are waiting on the western bank",
                value=340,
                unit="lorries",
                according_to="union",
                evidence=spans(
                    "Some 340 lorries are waiting on the western bank, according to the hauliers’ "
                    "union."
                ),
            ),
        ),
    )


def _bridge_actors(writing: Writing) -> tuple[Actor, ...]:
    spans = writing.spans

    def actor(ref: str, name: str, kind: str, quote: str, **more: object) -> Actor:
        facts = {"salience": 0.5, "mentions": 2, "evidence": spans(quote), **more}
        return Actor.model_validate({"id": ref, "name": name, "type": kind, **facts})

    return (
        actor("vessa", "Vessa", "state", "Vessa", aliases=("Tamm",), role="one of two claimants"),
        actor("orland", "Orland", "state", "Orland"),
        actor(
            "venn",
            "Mara Venn",
            "person",
            "Foreign Minister Mara Venn",
            role="Foreign Minister",
            affiliation="orland",
        ),
        actor(
            "dassen",
            "Ilo Dassen",
            "person",
            "Vessan Transport Minister Ilo Dassen",
            role="Transport Minister",
            affiliation="vessa",
        ),
        actor("union", "hauliers’ union", "organization", "the hauliers’ union"),
        actor("sund", "Sund", "state", "Neighbouring Sund has offered to mediate"),
    )


def _bridge_dispute(writing: Writing) -> Dispute:
    spans = writing.spans
    return Dispute(
        issue="the closure of the Karn Bridge and the customs post on its eastern bank",
        evidence=spans(BRIDGE[1][1]),
        sides=(
            Side(
                label="Orland",
                actors=("orland", "venn"),
                position="Vessa to reopen the bridge to medical supplies at once",
                evidence=spans(
                    "She called for Vessa to reopen the bridge to medical supplies at once"
                ),
            ),
            Side(
                label="Vessa",
                actors=("vessa", "dassen"),
                position="the customs post is the only reason why lorries are not crossing",
                evidence=spans(BRIDGE[1][3]),
            ),
            Side(label="Sund", actors=("sund",), evidence=spans("Sund has offered to mediate 🤝")),
        ),
    )


def _bridge_claims(writing: Writing) -> tuple[Claim, ...]:
    spans = writing.spans
    said = (
        "“The key to the bridge lies in Tamm,” Foreign Minister Mara Venn said on Tuesday. “We "
        "will not pay for a lock that others have turned.”"
    )
    lane = "Vessa is ready to reopen one lane if the post is moved back"
    fear = "Vessan officials fear that bread prices will rise further."
    return (
        Claim(
            speaker="venn",
            speaker_text="Foreign Minister Mara Venn",
            kind="accuse",
            verb="said",
            text="The key to the bridge lies in Tamm. We will not pay for a lock that others "
            "have turned.",
            quoted=True,
            evidence=spans(said),
        ),
        Claim(
            speaker="venn",
            speaker_text="She",
            kind="demand",
            verb="called for",
            text="Vessa to reopen the bridge to medical supplies at once",
            quoted=False,
            evidence=spans("She called for Vessa to reopen the bridge to medical supplies at once"),
        ),
        Claim(
            speaker="dassen",
            speaker_text="Vessan Transport Minister Ilo Dassen",
            kind="accuse",
            verb="saying",
            text="the customs post is the only reason why lorries are not crossing.",
            quoted=False,
            evidence=spans(BRIDGE[1][3]),
        ),
        Claim(
            speaker="vessa",
            speaker_text="Vessan officials",
            kind="warn",
            verb="fear",
            text="bread prices will rise further",
            quoted=False,
            via="Tamm Courier",
            evidence=spans(fear),
        ),
        Claim(
            speaker_text="the Tamm Courier",
            kind="state",
            verb="According to",
            text=lane,
            quoted=False,
            evidence=spans(lane),
        ),
    )


def _bridge_stakes(writing: Writing) -> tuple[Stake, ...]:
    spans = writing.spans
    shortage = "The closure is already worsening a shortage of insulin in the border town of Karn"
    return (
        Stake(text=shortage, status="happening", evidence=spans(f"{shortage}.")),
        Stake(
            text="bread prices will rise further",
            status="risk",
            according_to="vessa",
            evidence=spans("Vessan officials fear that bread prices will rise further."),
        ),
        Stake(
            text="a second round of talks",
            status="next",
            evidence=spans("Talks are to continue in Orland on 12 March."),
        ),
    )


def _bridge_events(writing: Writing) -> tuple[Event, ...]:
    spans = writing.spans
    return (
        Event(
            when="in 1984",
            date="1984",
            text="Vessa signed the treaty on the shared bridge",
            evidence=spans("Vessa signed the treaty on the shared bridge in 1984."),
        ),
        Event(
            when="Wednesday",
            date="2031-03-05",
            text="Orland sent a delegation to the Vessan capital",
            evidence=spans("Orland sent a delegation to the Vessan capital, Tamm, on Wednesday"),
        ),
        Event(
            when="on 12 March",
            date="2031-03-12",
            text="talks are to continue in Orland",
            evidence=spans("Talks are to continue in Orland on 12 March."),
        ),
    )


def write_over_long(
    sentence: str = "The council of Brask weighed the report on the mill with care. ",
    *,
    times: int = 70,
    claims: int = 40,
) -> Briefing:
    """Every part longer than some platform takes, and more of them than one message holds."""
    long_text = (sentence * times).strip()
    title = f"Brask weighs {sentence * 6}".strip()
    writing = Writing(
        title,
        [long_text, "It is unclear when."],
        url="https://brask.example/" + "mill/" * 60,
        outlet="The Brask Observer " * 8,
        authors=tuple(f"Correspondent Number {number} of Brask" for number in range(1, 40)),
        published=datetime(2031, 3, 5, 9, tzinfo=UTC),
    )
    whole, one = writing.spans(long_text), writing.spans(sentence.strip())
    actor = Actor(
        id="council",
        name=f"Council of Brask {sentence * 3}",
        type="organization",
        role=sentence * 4,
        salience=1,
        mentions=90,
        evidence=whole,
    )
    claim = Claim(
        speaker="council",
        speaker_text="the council",
        kind="state",
        verb="said",
        text=long_text,
        quoted=True,
        evidence=whole,
    )
    return writing.briefing(
        Summary(text=long_text, evidence=whole),
        contested=True,
        actors=(actor,),
        dispute=Dispute(
            issue="the mill",
            evidence=whole,
            sides=(
                Side(label="Council", actors=("council",), position=long_text, evidence=whole),
                Side(label="Nobody", evidence=whole),
            ),
        ),
        claims=(
            claim,
            *(claim.model_copy(update={"text": sentence.strip(), "evidence": one}),) * claims,
        ),
        stakes=(Stake(text=long_text, status="risk", evidence=whole),),
        timeline=(Event(when=sentence, date="2031-13-77", text=long_text, evidence=whole),),
        unknowns=(Unknown(text=long_text, evidence=whole),),
        figures=(Figure(text=long_text, value=1, evidence=whole),),
    )


HOSTILE = (
    "@everyone <!channel> *Bold* _it_ </script><script>alert(1)</script>",
    [
        (
            "\x1b[31mRed\x1b[0m \u202edesrever\u202c <img src=x onerror=alert(2)> & `code` "
            "```block``` ~~gone~~ ||spoiler|| [click](https://evil.example) "
            "<https://evil.example|click>."
        ),
        (
            "# Heading - list > quote 1. one <@123> <@U123> <#C1> <!here> @here {{ 7 * 7 }} "
            "{% raw %} www.evil.example mail@evil.example :smile: $x$ \\backslash "
            "\x1b]0;title\x07 end\x00."
        ),
        (
            "“Quoted” words say &lt;b&gt; and it is unclear why. 12 'single' \u2066isolate\u2069 "
            "]]> -->"
        ),
    ],
)


def write_hostile() -> Briefing:
    """An article that tries the mark-up, mentions and control characters of every platform."""
    writing = Writing(
        *HOSTILE,
        url="https://evil.example/a|b>c<d (e)'\"?x=1&y=2",
        outlet="<b>Evil</b> *Daily* @here",
        authors=("</title>", "[x](javascript:alert(3))"),
        published=date(2031, 1, 1),
        language='en" onload="alert(4)',
    )
    first, second, third = (writing.spans(text)[0] for text in HOSTILE[1])
    title = writing.spans(HOSTILE[0])[0]
    actors = (
        Actor(
            id="</script>",
            name="<!everyone> *Mallory* (PA)",
            type="person",
            role="@everyone `root`",
            affiliation="bob",
            salience=1,
            mentions=1,
            evidence=(first,),
        ),
        Actor(id="bob", name="# Bob_", type="group", salience=0, mentions=1, evidence=(third,)),
    )
    return writing.briefing(
        Summary(text=second.quote, evidence=(second,)),
        contested=True,
        actors=actors,
        dispute=Dispute(
            issue="@everyone <!channel> *Bold*",
            evidence=(title,),
            sides=(
                Side(label="- *A*", actors=("</script>",), position=first.quote, evidence=(first,)),
                Side(label="1. <B>", actors=("bob",), evidence=(second, title)),
            ),
        ),
        claims=(
            Claim(
                speaker="</script>",
                speaker_text="he",
                kind="state",
                verb="*said*\x1b[5m",
                text=first.quote,
                quoted=True,
                via="<!here>",
                evidence=(first,),
            ),
        ),
        stakes=(Stake(text="> 1. # @here", status="risk", evidence=(second,)),),
        timeline=(Event(when="- now", date="<b>", text=third.quote, evidence=(third,)),),
        unknowns=(Unknown(text="+ why <!channel>", evidence=(third,)),),
        figures=(Figure(text="12) 'single'", value=12, according_to="bob", evidence=(third,)),),
    )


WRITERS: dict[str, Callable[[], Briefing]] = {
    "empty": write_empty,
    "typical": write_typical,
    "over_long": write_over_long,
    "hostile": write_hostile,
}


@pytest.fixture(params=list(WRITERS))
def named_briefing(request: pytest.FixtureRequest) -> tuple[str, Briefing]:
    """Each of the four briefings with its name."""
    return request.param, WRITERS[request.param]()


@pytest.fixture
def typical() -> Briefing:
    return write_typical()


@pytest.fixture
def empty() -> Briefing:
    return write_empty()


@pytest.fixture
def hostile() -> Briefing:
    return write_hostile()


@pytest.fixture
def over_long() -> Briefing:
    return write_over_long()


@pytest.fixture(scope="session")
def long_briefing() -> Callable[..., Briefing]:
    """Builds the over-long briefing out of another sentence."""
    return write_over_long
