"""What lines are held against: the article's reading, its cast and the statements found in it.

Made once for an article and asked by every check; it judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.instructions import is_instruction
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.findings import Findings
from briefings.summarizers.extractive.members import Member, plain
from briefings.verification.scope import colours_of
from briefings.verification.stems import is_content, stems_of


class Ground:
    """The article as the embedded engine reads it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        #: For whoever composes a briefing of the same reading.
        self.findings = Findings(reading)
        # What was asked for once, by what was asked.
        self._called: dict[str, tuple[Member, ...]] = {}
        self._said: dict[int, frozenset[str]] = {}
        self._instructing: dict[int, bool] = {}

    @property
    def cast(self) -> Cast:
        """Everybody in the story."""
        return self.findings.cast

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say what, in order."""
        return self.findings.attributions

    @cached_property
    def dates(self) -> tuple[TimeExpression, ...]:
        """Every expression of time, resolved against the date of publication."""
        return find_dates(self.reading)

    @cached_property
    def _passing(self) -> dict[int, Member]:
        return {m.head: member for member in self.cast.members for m in member.passing}

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [stems_of(word) for word in self.reading.doc]

    @cached_property
    def _colours(self) -> list[frozenset[str]]:
        return [colours_of(word.lower_, word.lemma_) for word in self.reading.doc]

    def colours(self, words: Iterable[Token]) -> frozenset[str]:
        """The families that some words of the article belong to, or govern as."""
        return frozenset().union(*(self._colours[w.i] for w in words))

    def holds(self, numbers: Iterable[int]) -> bool:
        """Whether these are sentences of the article, one at least."""
        wanted = tuple(numbers)
        return bool(wanted) and all(0 <= n < len(self.reading.sents) for n in wanted)

    def words(self, numbers: Iterable[int]) -> list[Token]:
        """The words of some sentences, in the order of the text."""
        return [word for n in sorted(set(numbers)) for word in self._words[n]]

    @cached_property
    def _words(self) -> list[list[Token]]:
        return [list(sentence) for sentence in self.reading.sents]

    def text(self, numbers: Iterable[int]) -> str:
        """The article's text of some sentences, one a line."""
        sentences = (self.reading.sentences[n] for n in sorted(set(numbers)))
        return "\n".join(self.reading.text[s.start : s.end] for s in sentences)

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Offsets from one sentence to another, both included."""
        return self.reading.sentences[first].start, self.reading.sentences[last].end

    def stems(self, word: Token) -> frozenset[str]:
        """The common forms of a word of the article."""
        return self._stems[word.i]

    def content_stems(self, numbers: Iterable[int]) -> set[str]:
        """The common forms of the words of some sentences that say something of their own."""
        found: set[str] = set()
        for word in self.words(numbers):
            if is_content(word):
                found |= self._stems[word.i]
        return found

    def dates_in(self, numbers: Iterable[int]) -> list[TimeExpression]:
        """The expressions of time in some sentences."""
        found: list[TimeExpression] = []
        for n in sorted(set(numbers)):
            s = self.reading.sentences[n]
            found += dates_between(self.dates, s.start, s.end)
        return found

    # --- people --------------------------------------------------------------------------------

    def member_at(self, word: int) -> Member | None:
        """Whoever a word mentions, be it only in passing: "Israeli" in "Israeli officials"."""
        return self.cast.at.get(word) or self._passing.get(word)

    def members_in(self, numbers: Iterable[int]) -> set[Member]:
        """Everybody that some sentences mention: by name, by what they are, by pronoun."""
        found = {self.member_at(word.i) for word in self.words(numbers)}
        return {member for member in found if member is not None}

    def members_called(self, wording: str) -> tuple[Member, ...]:
        """Members by their name, acronym, surname or what the article calls them.

        Where no wording fits, those whose fullest name holds every word of this one.
        """
        if wording not in self._called:
            self._called[wording] = self._find_called(wording)
        return self._called[wording]

    def _find_called(self, wording: str) -> tuple[Member, ...]:
        wanted = plain(wording)
        found = self._by_wording.get(wanted)
        if found:
            return tuple(found)
        tokens = _name_words(wanted)
        if not tokens:
            return ()
        known = gazetteer.lookup(wording)
        if known is not None and known.kind == "state":
            return tuple(m for m in self.cast.members if m.key == ("state", known.name))
        return tuple(m for m, words in self._names if tokens <= words)

    @cached_property
    def _by_wording(self) -> dict[str, list[Member]]:
        """Members by every plain wording for them, each in the order of the cast."""
        found: dict[str, list[Member]] = {}
        for member in self.cast.members:
            for wording in {plain(w) for w in (member.name, *member.forms(), *member.acronyms)}:
                found.setdefault(wording, []).append(member)
        return found

    @cached_property
    def _names(self) -> list[tuple[Member, frozenset[str]]]:
        return [(m, _name_words(plain(m.name))) for m in self.cast.members]

    # --- statements ----------------------------------------------------------------------------

    def statements_in(self, numbers: tuple[int, ...]) -> list[Attribution]:
        """The statements whose cue, or whose content, stands in some sentences."""
        found = {id(a): a for n in numbers for a in self._statements_at.get(n, ())}
        return sorted(found.values(), key=lambda a: self._place[id(a)])

    @cached_property
    def _statements_at(self) -> dict[int, list[Attribution]]:
        """The statements by the numbers of the sentences that hold an end of them."""
        found: dict[int, list[Attribution]] = {}
        for a in self.attributions:
            ends = (a.cue[0], *(i for bounds in a.content for i in bounds))
            for number in {self.reading.sentence_number(i) for i in ends}:
                found.setdefault(number, []).append(a)
        return found

    @cached_property
    def _place(self) -> dict[int, int]:
        return {id(a): k for k, a in enumerate(self.attributions)}

    def stems_said(self, a: Attribution) -> frozenset[str]:
        """The common forms of the words of a statement."""
        if id(a) not in self._said:
            words = (i for first, last in a.content for i in range(first, last + 1))
            self._said[id(a)] = frozenset(s for i in words for s in self._stems[i])
        return self._said[id(a)]

    def instructs(self, numbers: tuple[int, ...]) -> bool:
        """Whether one of these sentences speaks to a machine."""
        for number in numbers:
            if number not in self._instructing:
                self._instructing[number] = is_instruction(self.text([number]))
        return any(self._instructing[number] for number in numbers)


def _name_words(wording: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w'-]+", wording))
