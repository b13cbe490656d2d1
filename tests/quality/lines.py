"""The lines of a briefing as they are read: whether one keeps to the words of its article, and
whether it stands without the sentence before it. It knows no annotation.
"""

from __future__ import annotations

import re

from briefings.briefing import Briefing, Dispute

#: A shorter word (of, said, against) may be the briefing's own.
LONG_WORD = 7
#: So many letters at the end of a long word may differ: accuses, accused; closing, close.
ENDING = 3
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these"}
)


def words_of_text(text: str) -> frozenset[str]:
    """Words and numbers in small letters; "8,000" and "6.5" are one each."""
    return frozenset(re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.casefold()))


def is_grounded(line: str, known: frozenset[str]) -> bool:
    """Whether each number of a line is `known`, and each long word but for its ending."""
    return all(word in known or _is_inflected(word, known) for word in words_of_text(line))


def _is_inflected(word: str, known: frozenset[str]) -> bool:
    if word[0].isdigit():
        return False
    return len(word) < LONG_WORD or any(other.startswith(word[:-ENDING]) for other in known)


def stands_alone(line: str) -> bool:
    """Whether a line says of whom it speaks: it opens with a capital letter or a number, and the
    first word outside quotation marks is there and is no pronoun.
    """
    own_words = re.findall(r"\w+", _QUOTED.sub(" ", line).casefold())
    return not line[0].islower() and bool(own_words) and own_words[0] not in _PRONOUNS


def leading_lines(briefing: Briefing) -> list[str]:
    """What is printed for itself: the summary, positions, stakes, unknowns and the timeline."""
    lines: list[str | None] = [briefing.summary.text]
    if briefing.dispute:
        lines += [side.position for side in briefing.dispute.sides]
    for part in (briefing.stakes, briefing.unknowns, briefing.timeline):
        lines += [line.text for line in part]
    return [line for line in lines if line]


def printed_lines(briefing: Briefing) -> list[str]:
    """Every line of a briefing that is in words of its own choosing."""
    lines: list[str | None] = [briefing.summary.text, *(actor.role for actor in briefing.actors)]
    if briefing.dispute:
        lines += _dispute_lines(briefing.dispute)
    lines += [claim.text for claim in briefing.claims]
    lines += [stake.text for stake in briefing.stakes]
    lines += [unknown.text for unknown in briefing.unknowns]
    lines += [figure.text for figure in briefing.figures]
    lines += [line for event in briefing.timeline for line in (event.when, event.text)]
    return [line for line in lines if line]


def _dispute_lines(dispute: Dispute) -> list[str | None]:
    side_lines = [line for side in dispute.sides for line in (side.label, side.position)]
    return [dispute.issue, *side_lines]
