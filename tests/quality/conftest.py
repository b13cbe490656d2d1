"""A small article with its annotation, and the briefing that an editor would wish for."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefings.article import Article
from briefings.briefing import (
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Engine,
    Event,
    Side,
    Source,
    Stake,
    Summary,
    Unknown,
)
from briefings.evidence import Span
from tests.quality.figures import Case
from tests.quality.gold import Gold, load

CLOSING = "The mill at Orne will close in May, its owner Hask said on Monday, and 300 jobs will go."
GREED = "The weavers' union accused Hask of greed."
WORD = "“They broke their word in Orne,” said Lena Brandt, the union's chairwoman."
BUYER = "Nobody knows who will buy the mill."

NOTES = {
    "article": "mill",
    "contested": True,
    "issue": [["mill"], ["clos", "jobs"]],
    "sides": [
        {"label": "Owner", "members": ["Hask"], "position": [CLOSING]},
        {
            "label": "Union",
            "members": ["weavers' union", "Lena Brandt"],
            "position": [GREED, "“They broke … their word in Orne,” said Lena"],
        },
    ],
    "actors": [
        {"name": "Hask", "tier": 1, "type": "organization", "role": ["owner"]},
        {"name": "weavers' union", "tier": 1, "type": "organization", "role": ["union"]},
        {"name": "Lena Brandt", "tier": 1, "type": "person", "role": ["chairwoman"]},
        {"name": "Orne", "tier": 2, "type": "state", "role": ["mill"]},
    ],
    "outlets": [],
    "claims": [
        {"speaker": "Hask", "also": ["its owner Hask"], "kind": "decide", "says": [CLOSING]},
        {"speaker": "weavers' union", "kind": "accuse", "says": [GREED]},
        {"speaker": "Lena Brandt", "kind": "accuse", "says": [WORD]},
    ],
    "stakes": [{"label": "300 jobs", "says": [CLOSING]}],
    "unknowns": [{"label": "the buyer", "says": [BUYER]}],
    "timeline": [{"when": "Monday", "says": [CLOSING]}],
    "lead": [CLOSING, GREED],
}


@pytest.fixture(scope="session")
def article() -> Article:
    return Article.compose(
        "Mill closes",
        [CLOSING, f"{GREED} {WORD}", BUYER],
        retrieved_at=datetime(2026, 3, 2, tzinfo=UTC),
    )


@pytest.fixture
def notes() -> dict[str, Any]:
    """The annotation of the small article, as it stands in its file."""
    return NOTES


@pytest.fixture
def annotate(article: Article, tmp_path: Path) -> Callable[..., Gold]:
    """The annotation of the small article, some of its fields changed."""

    def make(**changes: object) -> Gold:
        file = tmp_path / "mill.json"
        file.write_text(json.dumps(NOTES | changes), encoding="utf-8")
        return load(file, article)

    return make


@pytest.fixture
def case(article: Article, annotate: Callable[..., Gold]) -> Callable[..., Case]:
    """A briefing beside the annotation: the wished-for one, some of its fields changed."""

    def make(**changes: object) -> Case:
        return Case(make_briefing(article, **changes), annotate(), article)

    return make


def make_briefing(article: Article, **changes: object) -> Briefing:
    def spans(*quotations: str) -> tuple[Span, ...]:
        starts = [article.text.index(quotation) for quotation in quotations]
        return tuple(
            Span.of(article.text, start, start + len(quotation))
            for start, quotation in zip(starts, quotations, strict=True)
        )

    def actor(name: str, kind: str, role: str) -> Actor:
        return Actor(
            id=name, name=name, type=kind, role=role, salience=1, mentions=1, evidence=spans(name)
        )

    def claim(speaker: str, kind: str, verb: str, text: str) -> Claim:
        return Claim(
            speaker=speaker,
            speaker_text=speaker,
            kind=kind,
            verb=verb,
            text=text,
            quoted=text == WORD,
            evidence=spans(text),
        )

    parts = {
        "source": Source(
            title=article.title,
            retrieved=article.retrieved_at,
            language="en",
            sha256=article.sha256,
        ),
        "text": article.text,
        "summary": Summary(text=CLOSING, evidence=spans(CLOSING)),
        "contested": True,
        "actors": (
            actor("Hask", "organization", "owner of the mill"),
            actor("The weavers' union", "organization", "union"),
            actor("Brandt", "person", "the union's chairwoman"),
        ),
        "dispute": Dispute(
            issue="the closing of the mill at Orne",
            sides=(
                Side(label="Hask", actors=("Hask",), position=CLOSING, evidence=spans(CLOSING)),
                Side(
                    label="The weavers' union",
                    actors=("Brandt",),
                    position=GREED,
                    evidence=spans(GREED),
                ),
            ),
            evidence=spans(CLOSING, GREED),
        ),
        "claims": (
            claim("Hask", "decide", "said", CLOSING),
            claim("The weavers' union", "accuse", "accused", GREED),
            claim("Brandt", "accuse", "said", WORD),
        ),
        "stakes": (Stake(text="300 jobs will go", status="next", evidence=spans(CLOSING)),),
        "timeline": (Event(when="Monday", text=CLOSING, evidence=spans(CLOSING)),),
        "unknowns": (Unknown(text=BUYER, evidence=spans(BUYER)),),
        "engine": Engine(name="hand", version="1", checks=Checks(proposed=1, kept=1)),
    }
    return Briefing.model_validate(parts | changes)
