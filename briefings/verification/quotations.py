"""Checks that words in quotation marks are the article's own, letter for letter, and were quoted.

Whose words they are is for `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.language.quotes import MARKS, find_quotations
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine

_SINGLE = re.compile(r"(?<!\w)[‘'](?P<inner>[^‘’'\n]*(?:[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)")
#: Marks at the end of a quotation belong to the sentence that quotes.
_EDGES = " ,.;:!?…" + "".join(MARKS) + "‘’'"
_GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")


def check_quotations(read: ReadLine) -> Reason | None:
    """Every quotation stands in the evidence, and the article has it in quotation marks.

    A passage that is given as evidence, in no quotation marks of the line's, needs none there.
    """
    stretches = [read.ground.stretch(a, b) for a, b in _runs(read.line.sentences)]
    for quoted in quoted_in(read.line.text):
        pieces = [p for piece in _GAP.split(quoted) if (p := piece.strip(_EDGES))]
        if not all(_is_quoted_there(read, piece, stretches) for piece in pieces):
            return "quotation"
    passages = (passage.strip(_EDGES) for passage in read.line.quotes)
    if not all(any(_places(read, p, stretches)) for p in passages if p):
        return "quotation"
    return None


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """Sentences that follow one another, as first and last of each run."""
    runs: list[tuple[int, int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def quoted_in(text: str) -> list[str]:
    """The words between quotation marks of a line, single or double, without the marks."""
    doubles = [text[q.start : q.end].strip("".join(MARKS)) for q in find_quotations(text)]
    return doubles + [m["inner"] for m in _singles(text) if " " in m["inner"]]


def _singles(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The quotations in single marks; two of them in a row are one double mark."""
    return _SINGLE.finditer(text.replace("''", '" '), start, len(text) if end is None else end)


def _is_quoted_there(read: ReadLine, piece: str, stretches: list[tuple[int, int]]) -> bool:
    return any(_is_marked(read, *place) for place in _places(read, piece, stretches))


def _places(
    read: ReadLine, piece: str, stretches: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where a piece stands as whole words, letter for letter.

    White space alone may differ: a quotation may run over the end of a line.
    """
    text = read.ground.reading.text
    for start, end in stretches:
        at = text.find(piece, start, end)
        while at >= 0:
            if _is_whole(text, at, len(piece)):
                yield at, at + len(piece)
            at = text.find(piece, at + 1, end)
    pattern = re.compile(r"(?:\s+|\s*\n+[“\"«„]\s*)".join(map(re.escape, piece.split())))
    for start, end in stretches:
        for m in pattern.finditer(text, start, end):
            if _is_whole(text, m.start(), len(m[0])):
                yield m.start(), m.end()


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
        last = article.quotation_at(end - 1)
        return last is not None and (last is quotation or not last.opens or end <= last.end)
    paragraph = article.text.rfind("\n", 0, start) + 1
    close = article.text.find("\n", end) % (len(article.text) + 1)
    singles = _singles(article.text, paragraph, close)
    return any(m.start() <= start and end <= m.end() for m in singles)
