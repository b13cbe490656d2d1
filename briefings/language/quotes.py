"""Finds quotations: text between quotation marks, over several sentences or paragraphs too.

It pairs marks; whose words they are is not its business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefings.article import PARAGRAPH_BREAK


@dataclass(frozen=True, slots=True)
class Quotation:
    """Code-point offsets of a quotation, its marks included, and the mark that opened it.

    One that runs over paragraphs comes in parts: `opens` and `closes` tell whether the part has the
    opening and the closing mark.
    """

    start: int
    end: int
    mark: str = "“"
    opens: bool = True
    closes: bool = True


#: Every mark that opens or closes a quotation.
MARKS = ("“", "”", '"', "``", "''", "„", "«", "»")
#: Openings by what closes them. '' and `` are how some archives set double quotation marks.
_CLOSING = {"“": "”", '"': '"', "``": "''", "''": "''", "«": "»", "„": "“”"}
#: Words from which on a quotation that nobody closes is one; set by hand.
_FEWEST_UNCLOSED = 5
#: How many marks and paragraph ends ahead the end of an open quotation is looked for.
_AHEAD = 3
_MARK = re.compile(r"``|''|[“”\"«»„]|\n\n")


def closing_mark(mark: str) -> str:
    """The mark that closes what `mark` opened."""
    return "''" if mark in ("``", "''") else _CLOSING[mark][-1]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation in order, none inside another.

    A quotation that runs over paragraphs opens anew with each and closes only at the last
    (newspaper style): the parts are given one by one. One that nobody closes ends with its
    paragraph. One that a paragraph goes on with without opening it anew, and closes, runs on too.
    """
    found: list[Quotation] = []
    opened: tuple[int, str, bool] | None = None

    def keep(end: int, *, closes: bool) -> None:
        if opened:
            start, mark, opens = opened
            found.append(Quotation(start, end, mark, opens, closes))

    matches = list(_MARK.finditer(text))
    for k, match in enumerate(matches):
        mark = match[0]
        if mark == PARAGRAPH_BREAK:
            goes_on = opened is not None and _goes_on(
                text, matches[k + 1 : k + 1 + _AHEAD], opened[1]
            )
            if opened and (goes_on or _is_speech(text[opened[0] : match.start()])):
                keep(match.start(), closes=False)
            opened = (match.end(), opened[1], False) if opened and goes_on else None
        elif opened and mark in _CLOSING[opened[1]]:
            keep(match.end(), closes=True)
            opened = None
        elif opened is None and mark in _CLOSING and not _closes(text, match):
            opened = (match.start(), mark, True)
    if opened and _is_speech(text[opened[0] :]):
        keep(len(text), closes=False)
    return tuple(found)


def _goes_on(text: str, following: list[re.Match[str]], mark: str) -> bool:
    """Whether the next mark after a paragraph's end closes what was open there."""
    closing = next((match for match in following if match[0] != PARAGRAPH_BREAK), None)
    if closing is None or closing[0] not in _CLOSING[mark]:
        return False
    return closing[0] == "”" or _closes(text, closing)


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
