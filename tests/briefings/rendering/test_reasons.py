"""The reasons under the lines of a briefing, in text and in JSON."""

import json

import pytest
from rich.cells import cell_len

from briefings.briefing import Briefing
from briefings.evidence import Span
from briefings.explanation import (
    ExplainedLine,
    Explanation,
    LeftOut,
    Reason,
    lines_of,
)
from briefings.rendering import EXPLAINED_FORMATS, FORMATS, render
from briefings.rendering.text import render_text

PLACE = ("rules/cues.py: find", "lexicons/cues.toml: say.state")


def explain(briefing: Briefing) -> Explanation:
    """A reason for every line, told by its path, and for no dispute; a claim is left out."""
    paths = dict.fromkeys(("dispute", *(path for path, _ in lines_of(briefing))))
    word = Span.of(briefing.text, 0, len(briefing.text.split()[0]))
    lines = tuple(
        ExplainedLine(
            part=path,
            reasons=(
                Reason(about="line", rule=f"for {path}", where=PLACE, words=(word,), weight=1),
            ),
        )
        for path in paths
    )
    whole = Span.of(briefing.text, 0, len(briefing.text))
    why = Reason(about="line", rule="too much", where=PLACE, words=(whole,), weight=0.25)
    lost = LeftOut(section="claims", text=briefing.text, reasons=(why,))
    return Explanation(lines=lines, left_out=(lost,))


def test_every_line_has_its_own_reason_under_it(named_briefing):
    """Text shows under each line the reasons for that line and no other."""
    _, briefing = named_briefing
    text = " ".join(render_text(briefing, explanation=explain(briefing), width=200).split())
    assert all(text.count(f"line: for {path}:") == 1 for path, _ in lines_of(briefing))


def test_a_reason_tells_words_points_and_places(typical):
    """A reason is one line: what it decided, the rule, the article's words, points and places."""
    text = render_text(typical, explanation=explain(typical), width=140)
    assert (
        "    ? line: for claims[0]: “Vessa” (1 point)"
        " [rules/cues.py: find; lexicons/cues.toml: say.state]"
    ) in text.splitlines()


def test_a_claim_is_followed_by_its_reasons(typical):
    """The reasons stand below the line that they are for, before the next one."""
    lines = render_text(typical, explanation=explain(typical), width=200).splitlines()
    bullets = [line for line in lines if line.startswith("  • ")]
    reasons = [line for line in lines if line.startswith("    ? ")]
    assert len(bullets) == len(reasons)
    assert lines.index(reasons[0]) < lines.index(bullets[1])


def test_no_dispute_has_reasons_too(empty):
    """Where there is no dispute, the sentence that says so is explained."""
    text = render_text(empty, explanation=explain(empty), width=120)
    _, _, after = text.partition("reports no dispute between identifiable parties.")
    assert after.splitlines()[1].startswith("  ? line: for dispute:")


def test_what_was_left_out_stands_at_the_end(typical):
    """What is left out comes last, both its ends only where it is long, with its reasons."""
    text = render_text(typical, explanation=explain(typical), width=88)
    _, _, end = text.partition("\nLEFT OUT\n")
    assert end.startswith("  • Who claims what: Vessa and Orland")
    assert " … " in end
    assert "0.25 points" in end


def test_only_sections_that_are_shown_are_explained(typical):
    """Asked for one section, a reader gets the reasons and what was left out of that one."""
    explanation = explain(typical)
    shown = render_text(typical, sections=["unknowns"], explanation=explanation)
    assert "for unknowns[0]" in shown
    assert "for claims[0]" not in shown
    assert "LEFT OUT" not in shown
    assert "LEFT OUT" in render_text(typical, sections=["claims"], explanation=explanation)


@pytest.mark.parametrize("width", [60, 100])
def test_reasons_keep_to_the_width(named_briefing, width):
    """However long the words and places of a reason, its lines keep to the width."""
    _, briefing = named_briefing
    lines = render_text(briefing, explanation=explain(briefing), width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines if not line.startswith("http"))


def test_quoted_words_steer_no_terminal(hostile):
    """Control characters in the words of a reason never get through."""
    text = render_text(hostile, explanation=explain(hostile))
    assert not set(text) & set("\x1b\x00\x07\u202e\u202c\u2066\u2069\u200f\r")


def test_json_holds_the_briefing_unchanged_beside_the_explanation(named_briefing):
    """In JSON the contract's object stands whole under its name, the explanation beside it."""
    _, briefing = named_briefing
    explanation = explain(briefing)
    told = json.loads(render(briefing, "json", explanation=explanation))
    assert set(told) == {"briefing", "explanation"}
    assert told["briefing"] == json.loads(render(briefing, "json"))
    assert told["explanation"]["schema"] == "explanation/1"
    assert Explanation.model_validate(told["explanation"]) == explanation


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in EXPLAINED_FORMATS])
def test_other_formats_refuse_an_explanation(typical, name):
    """A format for readers has no room for reasons, and says so instead of losing them."""
    with pytest.raises(ValueError, match=f"{name} carries no explanation"):
        render(typical, name, explanation=explain(typical))
