"""A briefing that breaks a rule of its contract cannot be built."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from briefings.briefing import (
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Engine,
    Side,
    Source,
    Summary,
)
from briefings.errors import InvalidBriefing
from briefings.evidence import Span

TEXT = "Vale and Orm at odds over a dam\n\nVale denounced the dam. Orm rejected that."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), quote=words)


def build(**changes: Any) -> Briefing:
    """A small valid briefing with some parts exchanged."""
    actors = tuple(
        Actor(id=i, name=name, type="state", salience=1, mentions=1, evidence=(span(name),))
        for i, name in (("a1", "Vale"), ("a2", "Orm"))
    )
    sides = (
        Side(
            label="Vale",
            actors=("a1",),
            position="denounced the dam",
            evidence=(span("Vale denounced"),),
        ),
        Side(label="Orm", actors=("a2",), evidence=(span("Orm rejected"),)),
    )
    parts: dict[str, Any] = {
        "source": Source(title="Vale", retrieved=datetime.now(UTC), language="en", sha256="0"),
        "text": TEXT,
        "summary": Summary(
            text="Vale denounced the dam.", evidence=(span("Vale denounced the dam."),)
        ),
        "contested": True,
        "actors": actors,
        "dispute": Dispute(issue="a dam", sides=sides, evidence=(span("a dam"),)),
        "engine": Engine(name="hand", version="0", checks=Checks(proposed=1, kept=1)),
    }
    return Briefing(**parts | changes)


def claim(**changes: Any) -> Claim:
    parts: dict[str, Any] = {
        "speaker": "a1", "speaker_text": "Vale", "kind": "accuse", "verb": "denounced",
        "text": "the dam", "quoted": False, "evidence": (span("Vale denounced the dam"),),
    }  # fmt: skip
    return Claim(**parts | changes)


def test_round_trips_through_json_with_the_contracts_names() -> None:
    """What is printed reads back as the same briefing, and opens with its schema."""
    briefing = build(claims=(claim(),))
    printed = briefing.model_dump_json(by_alias=True)
    assert printed.startswith('{"schema":"briefing/1"')
    assert Briefing.model_validate_json(printed) == briefing


def test_a_claim_without_evidence_cannot_exist() -> None:
    """Nothing without evidence."""
    with pytest.raises(ValidationError):
        claim(evidence=())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"contested": False}, "contested", id="a dispute that is none"),
        pytest.param({"dispute": None}, "contested", id="contested without a dispute"),
        pytest.param({"claims": (claim(speaker="a9"),)}, "claims[0].speaker", id="unknown speaker"),
        pytest.param(
            {"claims": (claim(evidence=(Span(start=0, end=3, quote="Orm"),)),)},
            "claims[0]",
            id="words elsewhere",
        ),
        pytest.param({"text": TEXT.replace("dam", "weir")}, "summary", id="another text"),
    ],
)
def test_refuses_what_breaks_a_rule(changes: dict[str, Any], field: str) -> None:
    """The error names the part at fault."""
    with pytest.raises(InvalidBriefing) as caught:
        build(**changes)
    assert caught.value.field == field


def test_an_issue_of_more_than_25_words_is_refused() -> None:
    """An issue is a noun phrase, not a story."""
    with pytest.raises(InvalidBriefing, match="25 words"):
        Dispute(issue="dam " * 26, sides=build().dispute.sides, evidence=(span("a dam"),))  # type: ignore[union-attr]


def test_parts_are_frozen() -> None:
    """Nobody changes a briefing after it was checked."""
    with pytest.raises(ValidationError):
        build().actors[0].name = "Orm"  # type: ignore[misc]


def test_counts_the_words_that_print() -> None:
    """Summary, issue, positions, stakes and unknowns count; actors and claims do not."""
    summary, issue, position = 4, 2, 3  # "Vale denounced the dam.", "a dam", "denounced the dam"
    assert build(claims=(claim(),)).printed_words() == summary + issue + position
