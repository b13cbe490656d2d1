"""Finds quotations: text between quotation marks, over several sentences or paragraphs too.

It pairs marks; whose words they are is not its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefings.article import PARAGRAPH_BREAK


@dataclass(frozen=True, slots=True)
class Quotation:
    """Code-point offsets of a quotation, its marks included."""

    start: int
    end: int


#: Every mark that opens or closes a quotation.
MARKS = ("“", "”", '"', "``", "''", "„", "«", "»")
#: Openings by what closes them. '' and `` are how some archives set double quotation marks.
_CLOSING = {"“": "”", '"': '"', "``": "''", "''": "''", "«": "»", "„": "“”"}
#: Words from which on a quotation that nobody closes is one; set by hand.
_FEWEST_UNCLOSED = 5
_MARK = re.compile(r"``|''|[“”\"«»„]|\n\n")


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation in order, none inside another.

    A quotation that runs over paragraphs opens anew with each and closes only at the last
    (newspaper style): the parts are given one by one. One that nobody closes ends with its
    paragraph.
    """
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark == PARAGRAPH_BREAK:
            if opened and _is_speech(text[opened[0] : match.start()]):
                found.append(Quotation(opened[0], match.start()))
            opened = None
        elif opened and mark in _CLOSING[opened[1]]:
            found.append(Quotation(opened[0], match.end()))
            opened = None
        elif opened is None and mark in _CLOSING and not _closes(text, match):
            opened = (match.start(), mark)
    if opened and _is_speech(text[opened[0] :]):
        found.append(Quotation(opened[0], len(text)))
    return tuple(found)


def _closes(text: str, match: re.Match[str]) -> bool:
    """Whether a straight mark with nothing open looks like a closing one, or like inches."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return (
        match[0] in ('"', "''")
        and bool(before.strip())
        and before not in "([—-"
        and not after.isalnum()
    )


def _is_speech(unclosed: str) -> bool:
    """Whether an unclosed quotation is long enough to be one, not a stray mark."""
    return len(unclosed.split()) >= _FEWEST_UNCLOSED
