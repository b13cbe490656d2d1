"""Finds content that stands before its attribution, around it, or in the sentence before.

What follows a cue is for `openings`.
"""

from __future__ import annotations

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Range
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.edges import DASHES, closes_clause, trimmed
from briefings.summarizers.extractive.endings import Endings
from briefings.summarizers.extractive.openings import Openings

#: What may follow an attribution that closes its clause: ", X said in a statement".
_ADJUNCT_TAGS = ("IN", "TO", "VBG", "WP", "WDT")
#: How what is said hangs on its cue.
_SAID = ("xcomp", "ccomp", "obj")
#: A part of a sentence that opens so is an adjunct unless a main clause follows in it.
_ADJUNCT_OPENERS = ("IN", "WRB", "VBG", "TO", "VBN")
#: Tags of the words for whom something is told to.
_ADDRESSEE_TAGS = (
    "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "PRP", "PRP$", "POS", "CD", "HYPH",
)  # fmt: skip


class Preceding:
    """What an attribution finds before it in one sentence of a reading."""

    def __init__(
        self, reading: Reading, sentence: Words, openings: Openings, endings: Endings
    ) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._sentence = sentence
        self._openings = openings
        self._endings = endings

    def stands_apart(self, end: int) -> bool:
        """Whether an attribution closes at word `end`, or goes on with an adjunct only."""
        following = self._doc[end + 1] if end + 1 < len(self._doc) else None
        if following is None or following.is_sent_start or following.is_punct or following.is_quote:
            return True
        if following.tag_ == "VBG" and following.dep_ in _SAID:
            return False  # "X denied firing first"
        is_day = following.lower_ in listed("names", "calendar")
        return is_day or following.tag_ in _ADJUNCT_TAGS

    def sentence_before(self, start: int, end: int) -> tuple[Range, ...]:
        """The quotation that a sentence of its own attributes: “Why?” X said."""
        opening = self._sentence.start
        if start != opening or opening == 0 or not self.stands_apart(end):
            return ()
        before = self._doc[opening - 1].sent
        words = [word for word in before if not word.is_punct]
        is_quotation = before[-1].is_quote or before[-1].text in MARKS
        if not words or not is_quotation or not all(map(self._reading.is_quoted, words)):
            return ()
        return ((before.start, before.end - 1),)

    def past_addressee(self, word: Token, end: int) -> int:
        """Last word of the person told something: “…,” X told the lower house of Parliament."""
        if word.lemma_ not in listed("cues.telling", "words") or end != word.i:
            return end
        while end + 1 < self._sentence.end:
            following = self._doc[end + 1]
            if following.tag_ not in _ADDRESSEE_TAGS and following.lower_ != "of":
                break
            end += 1
        return end

    def around(self, start: int, end: int, limit: int) -> tuple[Range, ...]:
        """Both parts of a clause that an attribution breaks: "Even if he had, X said, it would".

        The attribution runs from `start` to `end`; content reaches to `limit` at most.
        """
        before, after = start - 1, end + 1
        sentence = self._sentence
        is_inside = sentence.start < before and after + 1 < sentence.end
        if not is_inside or self._doc[before].text != "," or self._doc[after].text != ",":
            return ()
        if self._reading.is_quoted(before - 1) or self._reading.is_quoted(after + 1):
            return ()
        opening = self._doc[after + 1]
        resumes = opening.tag_ in FINITE or (
            opening.tag_ == "RB" and self._doc[after + 2].tag_ in FINITE
        )
        is_broken = resumes and not self._holds_verb(sentence.start, before - 1)
        is_adjunct = self._opens_adjunct(sentence.start) and not self._has_main_clause(
            sentence.start, before - 1
        )
        if not is_broken and not (
            is_adjunct and self._openings.bare_clause(after + 1, sentence.end - 1)
        ):
            return ()
        first = trimmed(self._doc, sentence.start, before - 1)
        return (
            *first,
            *trimmed(self._doc, after + 1, self._endings.before_next_speaker(after + 1, limit)),
        )

    def _holds_verb(self, first: int, last: int) -> bool:
        return any(w.tag_ in FINITE for w in self._doc[first : last + 1])

    def _opens_adjunct(self, first: int) -> bool:
        """Whether an adjunct opens here, behind an adverb or two: "even if", "only after"."""
        while self._doc[first].tag_ == "RB" and first + 1 < self._sentence.end:
            first += 1
        word = self._doc[first]
        if first == self._sentence.start and word.tag_ == "VBD":
            return True  # "Asked about the vote, X said"
        return word.dep_ in ("case", "mark") or word.tag_ in _ADJUNCT_OPENERS

    def clause_before(self, start: int, source: int) -> tuple[Range, ...]:
        """What stands before ", X said" or "” X said", where ", X said" begins at `start`.

        `source` is the first word of X.
        """
        first, last = self._sentence.start, start - 1
        if last <= first or not closes_clause(self._doc[last]):
            return ()
        if source == start and self._endings.fragment_start(start) < start:
            return ()  # "…, but his spokesman, X, declared"
        while last > first and self._doc[last].text in (",", *DASHES):
            last -= 1
        words = self._doc[first : last + 1]
        has_verb = any(w.tag_ in FINITE for w in words)
        opens_adjunct = self._opens_adjunct(first)
        has_mark = any(w.is_quote or w.text in MARKS for w in words)
        if has_mark and self._reading.is_quoted(last):
            # "In a letter, “…,” X said": the adjunct is the writer's.
            begins = self._quotation_start(last) if opens_adjunct and not has_verb else first
            return ((begins, last),)
        is_adjunct = opens_adjunct and not self._has_main_clause(first, last)
        if not has_verb or last - first < 2 or is_adjunct:  # noqa: PLR2004 - a clause has three words
            return ()
        joins = self._doc[first].lower_ in ("and", "but") and last - first > 2  # noqa: PLR2004 - a clause has three words
        return ((first + joins, last),)

    def _quotation_start(self, word: int) -> int:
        """First word, in this sentence, of the quotation that holds `word`."""
        quotation = self._reading.quotation_at(self._reading.starts[word])
        if quotation is None:
            return self._sentence.start
        inside = self._reading.words_between(quotation.start, quotation.end)
        return max(self._sentence.start, inside.start)

    def _has_main_clause(self, first: int, last: int) -> bool:
        """Whether these words hold a clause that could stand alone, not only an adjunct."""
        comma = next((i for i in range(first, last) if self._doc[i].text == ","), None)
        if comma is None:
            return False
        rest = self._doc[comma + 1 : last + 1]
        has_subject = any(w.dep_.startswith("nsubj") for w in rest)
        return has_subject and any(w.tag_ in FINITE for w in rest)
