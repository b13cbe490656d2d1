"""Lines that did not hold, sent back to whoever proposed them, and what came of it.

It words nothing and judges nothing: what is put right is checked like everything else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from briefings.briefing import Checks
from briefings.summarizers.llm.reply import Mend, Repair
from briefings.verification.proposal import Proposal, ProposedLine

#: A line held and there was no room for it: nothing to put right.
NO_ROOM = "no-room"
#: What can be wrong with a line that is not its text.
_FACETS = ("role", "translation", "date")
_PLACE = re.compile(r"(?:dispute\.)?(?P<list>[a-z]+)\[(?P<number>\d+)\]$")
#: What a mend may give besides words, and what a proposed line calls it.
_FACTS = {
    "speaker": "speaker_name",
    "verb": "verb",
    "according_to": "according_to",
    "label": "label",
    "when": "when",
    "date": "date",
    "value": "value",
    "translation": "translation",
}


def wrong_parts(checks: Checks) -> dict[str, str]:
    """The parts that did not hold, each with the reason."""
    return {one.part: one.reason for one in checks.dropped if one.reason != NO_ROOM}


def show_lines(proposal: Proposal, wrong: Mapping[str, str]) -> list[str]:
    """The lines that did not hold as a model is shown them: a JSON object each."""
    lines = dict(proposal.lines())
    return [
        json.dumps({"part": part, "reason": reason, **_facts(line)}, ensure_ascii=False)
        for part, reason in wrong.items()
        if (line := lines.get(_split(part)[0])) is not None
    ]


def mend(proposal: Proposal, repair: Repair, wrong: Mapping[str, str]) -> Proposal:
    """The proposal with those of its wrong lines replaced that came back; all else as it was."""
    for given in repair.lines:
        if given.part in wrong:
            proposal = _replace(proposal, given)
    return proposal


def _split(part: str) -> tuple[str, str | None]:
    line, _, facet = part.rpartition(".")
    return (line, facet) if facet in _FACETS else (part, None)


def _facts(line: ProposedLine) -> dict[str, Any]:
    facts = asdict(line)
    facts["sentences"] = facts.pop("quote_sentences")
    return {name: value for name, value in facts.items() if value not in (None, (), "")}


def _replace(proposal: Proposal, given: Mend) -> Proposal:
    line, facet = _split(given.part)
    if line == "summary" and proposal.summary:
        return replace(proposal, summary=_mended(proposal.summary, given, facet))
    if line == "dispute.issue" and proposal.issue:
        return replace(proposal, issue=_mended(proposal.issue, given, facet))
    place = _PLACE.match(line)
    if place is None:
        return proposal
    lines = list(getattr(proposal, place["list"]))
    number = int(place["number"])
    lines[number] = _mended(lines[number], given, facet)
    changes: dict[str, Any] = {place["list"]: tuple(lines)}
    return replace(proposal, **changes)


def _mended(line: Any, given: Mend, facet: str | None) -> Any:  # noqa: ANN401  # any proposed line
    text = " ".join(given.text.split())
    if facet == "translation":
        return replace(line, translation=given.translation or text)
    if facet == "role":
        return replace(line, role=text or None)
    facts = {
        ours: value
        for theirs, ours in _FACTS.items()
        if (value := getattr(given, theirs)) is not None and hasattr(line, ours)
    }
    return replace(
        line,
        text=text,
        quote_sentences=tuple(dict.fromkeys(given.sentences)),
        quotes=tuple(given.quotes),
        **facts,
    )
