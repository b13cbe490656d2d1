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
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.members import Member, plain
from briefings.verification.stems import is_content, stems_of


class Ground:
    """The article as the embedded engine reads it."""

    def __init__(self, reading: Reading, cast: Cast | None = None) -> None:
        self.reading = reading
        self.cast = cast or Cast(reading)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say what, in order."""
        return find_attributions(self.reading, self.cast)

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

    def holds(self, numbers: Iterable[int]) -> bool:
        """Whether these are sentences of the article, one at least."""
        wanted = tuple(numbers)
        return bool(wanted) and all(0 <= n < len(self.reading.sents) for n in wanted)

    def words(self, numbers: Iterable[int]) -> list[Token]:
        """The words of some sentences, in the order of the text."""
        return [word for n in sorted(set(numbers)) for word in self.reading.sents[n]]

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

    def members_called(self, wording: str) -> list[Member]:
        """Members by their name, acronym, surname or what the article calls them.

        Where no wording fits, those whose fullest name holds every word of this one.
        """
        wanted = plain(wording)
        found = [m for m in self.cast.members if m.is_called(wanted) or wanted in _acronyms(m)]
        if found:
            return found
        tokens = set(_name_words(wanted))
        if not tokens:
            return []
        known = gazetteer.lookup(wording)
        if known is not None and known.kind == "state":
            return [m for m in self.cast.members if m.key == ("state", known.name)]
        return [m for m in self.cast.members if tokens <= set(_name_words(plain(m.name)))]


def _acronyms(member: Member) -> set[str]:
    return {plain(acronym) for acronym in member.acronyms}


def _name_words(wording: str) -> list[str]:
    return re.findall(r"[\w'-]+", wording)
