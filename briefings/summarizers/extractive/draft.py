"""A line being shortened: its words, which of them are left, and which cuts would harm it.

It judges cuts that others propose and proposes none itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.language.time_patterns import DATELINE

FINITE = ("VBD", "VBZ", "VBP", "MD")
OPENING, CLOSING = "([{", ")]}"
_FEWEST_WORDS = 4
#: Quotation marks by what closes them; a closing mark closes with itself.
_PARTNERS = {"“": "”", "”": "”", '"': '"', "''": "''", "``": "''", "«": "»", "»": "»", "„": "“"}
#: Word indexes, the second excluded.
Cut = tuple[int, int]


class Draft:
    """The words of a line and which of them are still in it."""

    def __init__(
        self, reading: Reading, first: int, last: int, keep: tuple[int, int] | None
    ) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.first = first
        self.last = last
        self.keep = keep
        self._gone: set[int] = set()
        # Words only ever go: the count of those that are gone tells whether any went since.
        self._counted: tuple[tuple[int, int], int] | None = None

    def words(self) -> list[Token]:
        return [self.doc[i] for i in range(self.first, self.last + 1) if i not in self._gone]

    def word_count(self) -> int:
        state = (self.first, len(self._gone))
        if self._counted is None or self._counted[0] != state:
            self._counted = (state, len(self.text().split()))
        return self._counted[1]

    def drop_opening(self) -> None:
        """Take a dateline and openers such as "However," off the front."""
        start = self.reading.starts[self.first]
        dateline = DATELINE.match(self.reading.text, start, self.reading.ends[self.last])
        while (
            dateline and self.reading.starts[self.first] < dateline.end() and self.first < self.last
        ):
            self.first += 1
        while (length := opener_length(self.words())) and self.first + length <= self.last:
            if self.keep and self.first + length > self.keep[0]:
                return
            self.first += length

    def leave_out(self, cuts: tuple[Cut, ...]) -> None:
        """Make cuts that need no judging: words that stand between the parts of a line."""
        for start, stop in cuts:
            self._gone.update(range(start, stop))

    def apply(self, propose: Callable[[Draft], Iterator[Cut]], max_words: int = 0) -> None:
        """Make the cuts proposed, one after another, until the line is short enough."""
        for start, stop in list(propose(self)):
            if self.word_count() <= max_words:
                return
            if self._is_safe(start, stop):
                self._gone.update(range(start, stop))

    def segments(self) -> list[Cut]:
        """Stretches between the commas that stand outside quotations and brackets."""
        words = self.words()
        bounds = [self.first]
        depth = 0
        for word in words:
            depth += (word.text in OPENING) - (word.text in CLOSING)
            if word.text == "," and not depth and not self.reading.is_quoted(word):
                bounds += [word.i, word.i + 1]
        bounds.append(self.end())
        parts = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
        return parts or [(self.first, self.last + 1)]

    def end(self) -> int:
        """One past the last word that is no closing full stop."""
        words = self.words()
        stop = words[-1].i + 1
        return stop - 1 if words[-1].text in ".;:" else stop

    def _is_safe(self, start: int, stop: int) -> bool:
        if start < self.first or stop > self.last + 1 or start >= stop:
            return False
        is_kept = self.keep and start <= self.keep[1] and stop > self.keep[0]
        if is_kept or _tells_toll(self.doc[start:stop]):
            return False
        left = [w for w in self.words() if not start <= w.i < stop and not w.is_punct]
        if len(left) < _FEWEST_WORDS or not any(w.tag_ in FINITE for w in left):
            return False
        before = [w for w in left if w.i < start][-1:]
        dangling = lexicon.words("shorten", "no_ending")
        if any(w.lower_ in dangling or _is_stranded(w) for w in before):
            return False
        if not self._keeps_main_clause(start, stop) or self._beheads(start, left):
            return False
        ends_well = left[-1].lower_ not in dangling or left[-1].i == self.end() - 1
        return ends_well and self._spares_quotations(start, stop)

    def _keeps_main_clause(self, start: int, stop: int) -> bool:
        """Whether a verb is left behind a colon, and behind the comma after "although"."""
        left = [word for word in self.words() if not start <= word.i < stop]
        # "Back when he came": an adverb before the joint makes the clause no main one.
        joint = left[1] if left[0].tag_ == "RB" and len(left) > 1 else left[0]
        opener = joint.lower_ in lexicon.words("shorten", "subordinators")
        for at, word in enumerate(left):
            if word.text == ":" or (opener and word.text == ","):
                return any(after.tag_ in FINITE for after in left[at:])
        return not opener

    def _beheads(self, start: int, left: list[Token]) -> bool:
        """Whether a cut leaves verbs of clauses on nouns alone: "Holm, where he lives, said"."""
        is_behind = start > left[0].i
        return is_behind and not any(map(_is_main, left)) and any(map(_is_main, self.words()))

    def _spares_quotations(self, start: int, stop: int) -> bool:
        """Whether every quotation is wholly in the cut or wholly out of it."""
        a, b = self.reading.starts[start], self.reading.ends[stop - 1]
        return not any(
            q.start < b and q.end > a and not (a <= q.start and q.end <= b)
            for q in self.reading.quotations
        )

    def text(self) -> str:
        """The words left, spaced as in the article, commas mended, quotation marks in pairs."""
        pieces: list[str] = []
        before = -1
        for word in self.words():
            i = word.i
            if word.text in _PARTNERS and self.reading.quotation_at(self.reading.starts[i]) is None:
                continue
            start, previous = (
                self.reading.starts[i],
                self.reading.ends[before] if before >= 0 else 0,
            )
            gap = self.reading.text[previous:start] if before == i - 1 and i else " "
            pieces += [gap if before >= 0 else "", word.text]
            before = i
        opening, closing = self._missing_marks()
        return opening + _mend("".join(pieces)) + closing

    def _missing_marks(self) -> tuple[str, str]:
        """The marks whose partners stand in the line while they stand outside it."""
        reading = self.reading
        start, end = reading.starts[self.first], reading.ends[self.last]
        at_start, at_end = reading.quotation_at(start), reading.quotation_at(end - 1)
        opening = closing = ""
        if at_start and at_start.closes and at_start.end <= end:
            opening = at_start.mark if at_start.start < start or not at_start.opens else ""
        if at_end and at_end.opens and at_end.start >= start:
            closing = _PARTNERS[at_end.mark] if at_end.end > end or not at_end.closes else ""
        return opening, closing


def _tells_toll(words: Span) -> bool:
    """As in ", killing at least 50 people": an editor never cuts that."""
    tells = any(w.lemma_.lower() in lexicon.words("shorten", "toll") for w in words)
    return tells and any(w.tag_ == "CD" for w in words)


def _is_main(word: Token) -> bool:
    """A finite verb, or a helper of one, of no clause on a noun."""
    if word.tag_ not in FINITE:
        return False
    verb = word.head if word.dep_.startswith(("aux", "cop")) else word
    return not verb.dep_.startswith("acl")


def _is_stranded(word: Token) -> bool:
    """A participle that needs what follows it: "violence witnessed during the march"."""
    if word.tag_ == "VBD":
        return word.dep_.startswith(("acl", "amod"))
    return word.tag_ == "VBN" and not any(child.dep_.startswith("aux") for child in word.children)


def opener_length(words: list[Token]) -> int:
    """How many words an opener at the front takes with its comma; 0 where there is none."""
    texts = [word.lower_ for word in words[:7]]
    if texts and texts[0] in lexicon.words("shorten", "bare_openers"):
        return 2 if len(texts) > 1 and texts[1] == "," else 1
    for comma in range(1, min(len(texts), 6)):
        if texts[comma] == ",":
            return (
                comma + 1 if " ".join(texts[:comma]) in lexicon.words("shorten", "openers") else 0
            )
    return 0


def _mend(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ([,.;:!?)\]])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    return re.sub(r",\s*([.;:])", r"\1", text).strip(" ,")
