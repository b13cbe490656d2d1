"""Reads the proposed lines as the article is read: its own words as it has them, others at one go.

It parses and compares word for word; what a difference means is for the checks.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby

from spacy.tokens import Token

from briefings.article import PARAGRAPH_BREAK, Article
from briefings.language.capitals import opens
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.names import Name, find_names
from briefings.language.publication import seen_from
from briefings.language.reading import Reading, read
from briefings.language.titles import is_listed
from briefings.verification.gaps import Gap, find_gaps
from briefings.verification.ground import Ground
from briefings.verification.line import Line
from briefings.verification.scope import FAMILIES, any_of
from briefings.verification.stems import is_content, stem, stems_of
from briefings.verification.stretches import cut_out

#: Stands for the headline of the sheet that the lines are read from.
_HEAD = "—"
#: A capital on one of these makes no name of it.
_NO_NAME = ("PRP", "PRP$", "DT", "IN", "CC", "TO", "MD", "WP", "WRB", "WDT", "EX", "CD", "RB", "UH")


@dataclass(frozen=True)
class ReadLine:
    """A line with its words parsed, its evidence's words, and which of them match.

    `matches` maps the index of a word of the line to the index of the article's word that says the
    same at the same place; `loose` maps words of the line that stand in the evidence elsewhere.
    Where the line is cut out of its evidence its words are the article's own, and `sheet` is the
    article's reading.
    """

    line: Line
    sheet: Reading
    words: list[Token]
    ground: Ground
    evidence: list[Token]
    matches: dict[int, int]
    loose: dict[int, int] = field(default_factory=dict)
    #: Of a parsed line: its expressions of time and the names that the sheet's reading finds.
    own_times: tuple[TimeExpression, ...] = ()
    names: tuple[Name, ...] = ()

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """The line's expressions of time."""
        if not self.is_cut_out:
            return self.own_times
        between = self.ground.reading.words_between
        found = self.ground.dates_in(self.line.sentences)
        return tuple(t for t in found if all(w.i in self.matches for w in between(t.start, t.end)))

    @cached_property
    def colours(self) -> frozenset[str]:
        """The families of small words in which line and evidence could differ: see `scope`."""
        if self.is_cut_out:
            return self.ground.colours(w for w in self.evidence if w.i not in self.matches)
        ours = (kind for kind in FAMILIES if any_of(self.words, kind))
        return self.ground.colours(self.evidence) | frozenset(ours)

    @cached_property
    def content(self) -> list[Token]:
        """The words of the line that say something of their own."""
        return [word for word in self.words if is_content(word)]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The short stretches in which line and evidence differ, in order."""
        return tuple(find_gaps(self.words, self.evidence, self.matches, self.cue))

    @cached_property
    def cue(self) -> frozenset[str]:
        """The words of the verb that a claim is shown with: what they say is said."""
        return frozenset((self.line.verb or "").lower().split())

    @cached_property
    def name_groups(self) -> list[tuple[int, int]]:
        """The names of the line as places among its words, the end excluded.

        What has a capital inside a sentence counts as one, listed or not.
        """
        first = self.words[0].i if self.words else 0
        groups = [(n.first - first, n.last + 1 - first) for n in self.names]
        taken = {i for a, b in groups for i in range(a, b)}
        groups += [
            (i, i + 1)
            for i, word in enumerate(self.words)
            if i not in taken and self._looks_like_name(word)
        ]
        return sorted(groups)

    def _looks_like_name(self, word: Token) -> bool:
        if not word.text[:1].isupper() or word.tag_ in _NO_NAME or is_listed("calendar", word.text):
            return False
        if word.text == "I" or is_listed("not_a_name", word.text):
            return False
        if not opens(self.sheet, word) or any(
            m.is_named for m in self.ground.members_called(word.text)
        ):
            return True
        return word.tag_ in ("NNP", "NNPS") and all(word.lower_ != e.lower_ for e in self.evidence)

    @cached_property
    def is_cut_out(self) -> bool:
        """Whether every word of the line is the evidence's, in its order."""
        return self.sheet is self.ground.reading

    def match(self, word: Token) -> Token | None:
        """The article's word behind a word of the line, or None."""
        i = self.matches.get(word.i, self.loose.get(word.i))
        return None if i is None else self.ground.reading.doc[i]


def read_lines(lines: list[Line], ground: Ground) -> list[ReadLine]:
    """Read lines whose evidence exists; in order. Those in the evidence's words are not parsed."""
    found = [_cut_out(line, ground) for line in lines]
    parsed = iter(
        _parse([line for line, known in zip(lines, found, strict=True) if not known], ground)
    )
    return [known or next(parsed) for known in found]


def _parse(lines: list[Line], ground: Ground) -> list[ReadLine]:
    """Lines in words of their own, all read at one go."""
    if not lines:
        return []
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
                own_times=dates_between(times, at, at + len(text)),
                names=tuple(n for n in names if first <= n.first and n.last < last),
            )
        )  # fmt: skip
        at += len(text) + len(PARAGRAPH_BREAK)
    return found


def _cut_out(line: Line, ground: Ground) -> ReadLine | None:
    """A line whose words the evidence has in this order, with the article's parse of them."""
    words = cut_out(line.text, line.sentences, ground, is_label=line.is_label)
    if not words:
        return None
    same = {word.i: word.i for word in words}
    return ReadLine(line, ground.reading, words, ground, ground.words(line.sentences), same)


def _matches(words: list[Token], evidence: list[Token]) -> dict[int, int]:
    """The longest stretches that each sentence of a line shares with the evidence, in its order."""
    theirs = [stem(word.text) for word in evidence]
    matcher = SequenceMatcher(None, b=theirs, autojunk=False)
    found: dict[int, int] = {}
    for _, sentence in groupby(words, key=lambda word: word.sent.start):
        ours = list(sentence)
        matcher.set_seq1([stem(word.text) for word in ours])
        found |= {
            ours[block.a + k].i: evidence[block.b + k].i
            for block in matcher.get_matching_blocks()
            for k in range(block.size)
        }
    return found


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
