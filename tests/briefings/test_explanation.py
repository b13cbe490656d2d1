"""An explanation fits its briefing, or can't be built beside it."""

from datetime import UTC, datetime

import pytest

from briefings.briefing import Briefing, Checks, Claim, Engine, Source, Summary
from briefings.errors import InvalidBriefing
from briefings.evidence import Span
from briefings.explanation import (
    Explained,
    ExplainedLine,
    Explanation,
    LeftOut,
    Reason,
    lines_of,
)

TEXT = "Vale speaks\n\nVale denounced the dam. Orm kept silent."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), quote=words)


def because(words: str = "denounced") -> Reason:
    return Reason(about="line", rule="a verb", where=("rules.py: find",), words=(span(words),))


@pytest.fixture
def briefing() -> Briefing:
    evidence = (span("Vale denounced the dam."),)
    claim = Claim(
        speaker_text="Vale",
        kind="accuse",
        verb="denounced",
        text="the dam",
        quoted=False,
        evidence=evidence,
    )
    return Briefing(
        source=Source(title="Vale", retrieved=datetime.now(UTC), language="en", sha256="0"),
        text=TEXT,
        summary=Summary(text="Vale denounced the dam.", evidence=evidence),
        contested=False,
        claims=(claim,),
        engine=Engine(name="hand", version="0", checks=Checks(proposed=1, kept=1)),
    )


def test_lines_are_told_by_their_paths(briefing):
    """Each line of a briefing has the path under which its evidence is known too."""
    assert [path for path, _ in lines_of(briefing)] == ["summary", "claims[0]"]
    assert {path for path, _ in briefing.spans()} == {path for path, _ in lines_of(briefing)}


def test_reasons_are_found_by_the_path_of_their_line():
    """A line's reasons are given for its path; of another line nothing is known."""
    explanation = Explanation(lines=(ExplainedLine(part="claims[0]", reasons=(because(),)),))
    assert explanation.reasons_for("claims[0]") == (because(),)
    assert explanation.reasons_for("claims[1]") == ()


def test_why_there_is_no_dispute_can_be_told(briefing):
    """The decision that there is none is explained under the path that a dispute would have."""
    line = ExplainedLine(part="dispute", reasons=(because(),))
    assert Explained(briefing=briefing, explanation=Explanation(lines=(line,)))


def test_a_line_that_is_not_there_is_not_explained(briefing):
    """An explanation of a line that the briefing has not is refused."""
    explanation = Explanation(lines=(ExplainedLine(part="claims[1]", reasons=(because(),)),))
    with pytest.raises(InvalidBriefing, match=r"no such line: claims\[1\]"):
        Explained(briefing=briefing, explanation=explanation)


@pytest.mark.parametrize("is_left_out", [False, True], ids=["line", "left out"])
def test_the_words_of_a_reason_stand_in_the_article(briefing, is_left_out):
    """A reason may quote the article only where it says so, in whatever is left out as well."""
    wrong = because().model_copy(update={"words": (Span(start=0, end=3, quote="Orm"),)})
    lines = (ExplainedLine(part="claims[0]", reasons=(wrong,)),)
    lost = (LeftOut(section="claims", text="Orm", reasons=(wrong,)),)
    explanation = Explanation(left_out=lost) if is_left_out else Explanation(lines=lines)
    with pytest.raises(InvalidBriefing, match="not there: 'Orm'"):
        Explained(briefing=briefing, explanation=explanation)


def test_an_explanation_comes_back_the_same(briefing):
    """As JSON and back it is the same, with the contract's briefing beside it unchanged."""
    explanation = Explanation(lines=(ExplainedLine(part="claims[0]", reasons=(because(),)),))
    explained = Explained(briefing=briefing, explanation=explanation)
    text = explained.model_dump_json(by_alias=True)
    assert Explained.model_validate_json(text) == explained
    assert briefing.model_dump_json(by_alias=True) in text
    assert '"explanation":{"schema":"explanation/1"' in text
