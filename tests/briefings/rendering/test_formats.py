"""The one door to every format."""

import subprocess
import sys

import pytest

from briefings.briefing import Briefing
from briefings.rendering import FORMATS, render


def test_json_is_the_contract_and_comes_back_the_same(named_briefing):
    """JSON holds the whole briefing: read back through the model it is the same."""
    _, briefing = named_briefing
    text = render(briefing, "json")
    assert Briefing.model_validate_json(text) == briefing
    assert text.startswith('{\n  "schema": "briefing/1",\n  "source": {')
    assert "\\u201c" not in text


def test_the_same_briefing_gives_the_same_bytes(named_briefing):
    """Rendering is deterministic in every format."""
    _, briefing = named_briefing
    again = Briefing.model_validate_json(briefing.model_dump_json(by_alias=True))
    for name in FORMATS:
        assert render(briefing, name) == render(again, name)


def test_no_format_ends_in_a_line_feed(named_briefing):
    """Who prints adds the line feed; every format leaves it to them."""
    _, briefing = named_briefing
    assert all(render(briefing, name)[-1] != "\n" for name in FORMATS)


def test_unknown_formats_are_refused(typical):
    """A name that is no format is an error."""
    with pytest.raises(ValueError, match="no such format: pdf"):
        render(typical, "pdf")


def test_json_takes_no_sections(typical):
    """The contract's object is whole, so asking for a part of it is refused, not ignored."""
    with pytest.raises(ValueError, match="json is always the whole briefing"):
        render(typical, "json", sections=["claims"])


def test_a_renderer_is_loaded_when_it_is_used():
    """Importing the package loads neither rich nor jinja2: a start pays for its own format only."""
    code = (
        "import sys, briefings.rendering; "
        "print(sorted({'rich', 'jinja2', 'markdown_it'} & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "[]"
