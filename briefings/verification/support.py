"""Checks that the words of a line that say something stand in its evidence.

Counts words; what they say of one another is for the checks of polarity, modality and direction.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import is_content, stems_of

# Set on true lines of our own articles and corruptions of them.
#: At least this share of a line's content words stands in its evidence.
ENOUGH = 0.6
#: A stretch between marks with so many content words, and none of them supported, was added.
_STRETCH = 2
_BREAKS = (
    ",",
    ";",
    ":",
    "—",
    "–",
    "--",
    ".",
    "(",
    ")",
    "which",
    "who",
    "and",
    "but",
    "because",
    "as",
)


def check_support(read: ReadLine) -> Reason | None:
    """Enough of its content words stand in the evidence, and some of every stretch."""
    content = read.content
    if not content:
        is_kept = bool(read.line.speaker) and all(w.i in read.matches for w in read.words)
        return None if read.line.is_label or is_kept else "support"
    if read.is_cut_out:
        return None
    supported = [word for word in content if is_supported(read, word)]
    if len(supported) < ENOUGH * len(content):
        return "support"
    for stretch in _stretches(read.words):
        told = [word for word in stretch if is_content(word)]
        if len(told) >= _STRETCH and not any(is_supported(read, word) for word in told):
            return "support"
    return None


def is_supported(read: ReadLine, word: Token) -> bool:
    """Whether the evidence has a word, in whatever form."""
    if word.i in read.matches or word.i in read.loose:
        return True
    member = read.ground.members_called(word.text) if word.text[:1].isupper() else ()
    if member:
        return True
    forms = stems_of(word)
    return any(forms & read.ground.stems(e) for e in read.evidence)


def _stretches(words: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for word in words:
        if word.lower_ in _BREAKS:
            found.append([])
        else:
            found[-1].append(word)
    return found
