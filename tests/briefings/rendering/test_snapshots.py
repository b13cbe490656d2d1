"""Every section of every briefing on every platform, held against golden files."""

import re

import pytest

from briefings.rendering import FORMATS, SECTIONED_FORMATS, SECTIONS, render

SUFFIXES = {
    "text": "txt",
    "json": "json",
    "markdown": "md",
    "html": "html",
    "slack": "slack.json",
    "discord": "discord.json",
}
#: The page's own style and script are no part of what a briefing says.
OWN = re.compile(r"(<style>|<script>|style-src '|script-src ').*?(</style>|</script>|')", re.DOTALL)


@pytest.mark.parametrize("format_name", FORMATS)
def test_whole_briefing(named_briefing, format_name, snapshot):
    """A whole briefing reads as it did when a person last looked at it."""
    name, briefing = named_briefing
    text = OWN.sub(r"\1…\2", render(briefing, format_name))
    snapshot(f"{name}.{SUFFIXES[format_name]}", text)


@pytest.mark.parametrize("format_name", [name for name in SECTIONED_FORMATS if name != "html"])
def test_each_section_alone(named_briefing, format_name, snapshot):
    """A section asked for alone reads as it did, or says that the article gives nothing for it."""
    name, briefing = named_briefing
    alone = [
        f"=== {section}\n{render(briefing, format_name, sections=[section])}"
        for section in SECTIONS
    ]
    snapshot(f"sections/{name}.{format_name}.txt", "\n\n".join(alone))


def test_every_line_with_its_evidence(typical, snapshot):
    """Asked for all evidence, the terminal shows the article's words under every line."""
    snapshot("typical.evidence.txt", render(typical, "text", evidence=True))
