"""Checks for text that speaks to the machine that reads it instead of to its readers.

Such a sentence is no part of a story, whoever is said to have said it; a person who tells others to
ignore a warning is.
"""

from __future__ import annotations

import re
from functools import cache

from briefings.language.lexicon import load
from briefings.verification.line import Reason

#: Signs of no width part a word for the eye of nobody: "ig\u200bnore".
_UNSEEN = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    listed: list[str] = load("verification")["instruction"]["patterns"]
    return tuple(re.compile(p, re.IGNORECASE | re.MULTILINE) for p in listed)


def is_instruction(text: str) -> bool:
    """Whether words speak to a machine: "ignore the instructions above", "system: …"."""
    seen = " ".join(_UNSEEN.sub("", text).split())
    return any(pattern.search(seen) for pattern in _patterns())


def check_instruction(text: str) -> Reason | None:
    """The line, or a sentence that it rests on, is no instruction."""
    return "instruction" if is_instruction(text) else None
