"""Checks that words in quotation marks are the article's own, letter for letter, and were quoted.

Whose words they are is for `speakers`.
"""

from __future__ import annotations

import re

from briefings.language.quotes import MARKS, find_quotations
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine

_SINGLE = re.compile(r"(?<!\w)[‘'](?P<inner>[^‘’'\n]*(?:[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)")
#: Marks at the end of a quotation belong to the sentence that quotes.
_EDGES = " ,.;:!?…" + "".join(MARKS) + "‘’'"
_GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")


def check_quotations(read: ReadLine) -> Reason | None:
    """Every quotation stands in the evidence, and the article has it in quotation marks."""
    article = read.ground.reading
    bounds = [(article.sentences[n].start, article.sentences[n].end) for n in read.line.sentences]
    for quoted in (*quoted_in(read.line.text), *read.line.quotes):
        pieces = [p for piece in _GAP.split(quoted) if (p := piece.strip(_EDGES))]
        if not all(_is_quoted_there(read, piece, bounds) for piece in pieces):
            return "quotation"
    return None


def quoted_in(text: str) -> list[str]:
    """The words between quotation marks of a line, single or double, without the marks."""
    doubles = [text[q.start : q.end].strip("".join(MARKS)) for q in find_quotations(text)]
    return doubles + [m["inner"] for m in _SINGLE.finditer(text) if " " in m["inner"]]


def _is_quoted_there(read: ReadLine, piece: str, bounds: list[tuple[int, int]]) -> bool:
    article = read.ground.reading
    for start, end in bounds:
        at = article.text.find(piece, start, end)
        while at >= 0:
            if _is_marked(read, at, at + len(piece)) and _is_whole(article.text, at, len(piece)):
                return True
            at = article.text.find(piece, at + 1, end)
    # A quotation may run over the sentences given, and on over a paragraph that was none.
    whole = article.text[min(a for a, _ in bounds) : max(b for _, b in bounds)]
    return len(bounds) > 1 and piece in whole and "\n" not in piece


def _is_whole(text: str, at: int, length: int) -> bool:
    """Whether no word is cut: "just" does not stand in "unjust"."""
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    return not (before.isalnum() and text[at].isalnum()) and not (
        after.isalnum() and text[at + length - 1].isalnum()
    )


def _is_marked(read: ReadLine, start: int, end: int) -> bool:
    article = read.ground.reading
    quotation = article.quotation_at(start)
    if quotation is not None:
        return end <= quotation.end
    paragraph = article.text.rfind("\n", 0, start) + 1
    singles = _SINGLE.finditer(article.text, paragraph, article.text.find("\n", end) % (len(article.text) + 1))
    return any(m.start() <= start and end <= m.end() for m in singles)
