"""Reads the proposed lines with the same pipeline as the article, all at one go.

It parses and compares word for word; what a difference means is for the checks.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher

from spacy.tokens import Token

from briefings.article import PARAGRAPH_BREAK, Article
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.names import Name, find_names
from briefings.language.publication import seen_from
from briefings.language.reading import Reading, read
from briefings.verification.ground import Ground
from briefings.verification.line import Line
from briefings.verification.stems import is_content, stem, stems_of

#: Stands for the headline of the sheet that the lines are read from.
_HEAD = "—"


@dataclass(frozen=True)
class ReadLine:
    """A line with its words parsed, its evidence's words, and which of them match.

    `matches` maps the index of a word of the line to the index of the article's word that says the
    same at the same place; `loose` maps words of the line that stand in the evidence elsewhere.
    """

    line: Line
    sheet: Reading
    words: list[Token]
    ground: Ground
    evidence: list[Token]
    matches: dict[int, int]
    loose: dict[int, int]
    #: Of the line itself: its expressions of time and the names that the sheet's reading finds.
    times: tuple[TimeExpression, ...] = ()
    names: tuple[Name, ...] = ()

    @property
    def content(self) -> list[Token]:
        """The words of the line that say something of their own."""
        return [word for word in self.words if is_content(word)]

    @property
    def start(self) -> int:
        return self.sheet.starts[self.words[0].i] if self.words else 0

    @property
    def end(self) -> int:
        return self.sheet.ends[self.words[-1].i] if self.words else 0

    def match(self, word: Token) -> Token | None:
        """The article's word behind a word of the line, or None."""
        i = self.matches.get(word.i, self.loose.get(word.i))
        return None if i is None else self.ground.reading.doc[i]


def read_lines(lines: list[Line], ground: Ground) -> list[ReadLine]:
    """Parse lines whose evidence exists; in order."""
    texts = [" ".join(line.text.split()) or _HEAD for line in lines]
    article = Article.compose(
        _HEAD,
        texts,
        published=seen_from(ground.reading)[0],
        retrieved_at=datetime(1970, 1, 1, tzinfo=UTC),
    )
    sheet = read(article)
    times, names = find_dates(sheet), find_names(sheet)
    found, at = [], len(_HEAD) + len(PARAGRAPH_BREAK)
    for line, text in zip(lines, texts, strict=True):
        first, last = bisect_left(sheet.starts, at), bisect_left(sheet.starts, at + len(text))
        words = list(sheet.doc[first:last])
        evidence = ground.words(line.sentences)
        matches = _matches(words, evidence)
        found.append(
            ReadLine(
                line, sheet, words, ground, evidence, matches,
                loose=_elsewhere(words, evidence, ground, matches),
                times=dates_between(times, at, at + len(text)),
                names=tuple(n for n in names if first <= n.first and n.last < last),
            )
        )  # fmt: skip
        at += len(text) + len(PARAGRAPH_BREAK)
    return found


def _matches(words: list[Token], evidence: list[Token]) -> dict[int, int]:
    """The longest stretches that line and evidence share, in one order."""
    ours = [stem(word.text) for word in words]
    theirs = [stem(word.text) for word in evidence]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return {
        words[block.a + k].i: evidence[block.b + k].i
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    }


def _elsewhere(
    words: list[Token], evidence: list[Token], ground: Ground, matches: dict[int, int]
) -> dict[int, int]:
    """Words of the line that the evidence has at another place, or in another form."""
    found: dict[int, int] = {}
    taken = set(matches.values())
    for word in words:
        if word.i in matches or not is_content(word):
            continue
        forms = stems_of(word)
        fitting = [e.i for e in evidence if forms & ground.stems(e)]
        if fitting:
            found[word.i] = next((i for i in fitting if i not in taken), fitting[0])
    return found
