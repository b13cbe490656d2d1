"""Tells where the content of a cue ends: before another speaker, or what the writer adds.

Where content begins is for `openings` and `preceding`.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cues import verb_cue
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.edges import DASHES, EDGES, closes_clause
from briefings.summarizers.extractive.speakers import Speakers

#: How far up the tree a main verb is looked for; deeper, parses are seldom right.
_HIGHEST = 5


class Endings:
    """Where content ends in one sentence of a reading."""

    def __init__(self, reading: Reading, speakers: Speakers, sentence: Words) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._speakers = speakers
        self._sentence = sentence

    def has_own_speaker(self, first: int, limit: int) -> bool:
        """Whether these words open with a speaker of their own: ", and a spokesman said"."""
        while first < limit and self._doc[first].lower_ in listed("cues.joining", "words"):
            first += 1
        for word in self._doc[first : limit + 1]:
            if word.tag_ in FINITE and word.tag_ != "MD":
                source = self._speakers.source_of(word) if verb_cue(word) is not None else None
                return source is not None and source.words[0] >= first
        return False

    def before_next_speaker(self, first: int, limit: int) -> int:
        """Last word of content that starts at `first`, before another speaker takes over."""
        for i in range(first + 1, limit + 1):
            word = self._doc[i]
            is_cue = word.tag_.startswith("VB") and verb_cue(word) is not None
            if not is_cue or self._reading.is_quoted(word):
                continue
            if i - 2 > first and self._adds(word) and self._goes_back(word, first):
                return i - 2
            joint = self._joint_before(word)
            if joint > first and (self._goes_back(word, first) or self._keeps_silent(word)):
                return joint - 1
            left = self._subject_start(word)
            if left is None or left <= first:
                continue
            edge = self._mark_before_joining(left - 1, first)
            if edge is not None:
                return edge - 1
        return limit

    def before_main_clause(self, cue: Token, limit: int) -> int:
        """Last word of content before the main clause that a cue's own clause leads up to.

        "Saying the plan was dead, Berg added"; "The mayor, on record as saying no, did agree".
        """
        above = cue
        if cue.dep_ in ("ROOT", "parataxis"):
            return limit
        for _ in range(_HIGHEST):
            above = above.head
            if above.i > cue.i:
                break
        if above.i <= cue.i or above.tag_ not in FINITE or self._reading.is_quoted(above):
            return limit
        start = self._clause_start(above, cue)
        is_parted = start - 2 > cue.i and self._doc[start - 1].text in (",", *DASHES)
        return min(limit, start - 2) if is_parted else limit

    def _clause_start(self, verb: Token, cue: Token) -> int:
        """First word of a main verb with its subject, or with its helpers where that stands off."""
        subject = next((c for c in verb.lefts if c.dep_.startswith(("nsubj", "csubj"))), None)
        if subject is not None and subject.left_edge.i > cue.i:
            start = subject.left_edge.i
            return start + 1 if self._doc[start].is_punct and start < subject.i else start
        start = verb.i
        while self._doc[start - 1].tag_ in ("RB", "MD", *FINITE):
            start -= 1
        return start

    def _subject_start(self, verb: Token) -> int | None:
        """First word of the subject of a cue, if that can speak."""
        subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubj:pass")), None)
        if subject is not None:
            return subject.left_edge.i if self._speakers.can_speak(subject) else None
        source = self._speakers.source_of(verb) if verb.tag_ in FINITE else None
        if source is None or source.words[0] > verb.i:
            return None
        start = self.fragment_start(source.words[0])
        return start if start == source.words[0] else start + 1

    def fragment_start(self, start: int) -> int:
        """Where the noun phrase opens that a name explains: the "but" of ", but his aide, X,"."""
        if self._doc[start - 1].text != ",":
            return start
        i = start - 2
        while i > self._sentence.start and self._doc[i].text not in EDGES:
            if self._doc[i].tag_ in FINITE or self._doc[i].is_quote:
                return start
            if self._doc[i].lower_ in ("and", "but"):
                return i if closes_clause(self._doc[i - 1]) else start
            i -= 1
        return start

    def _joint_before(self, verb: Token) -> int:
        """The "and" or "but" right before a verb and its helpers; 0 where there is none."""
        i = verb.i - 1
        while i > self._sentence.start and self._doc[i].tag_ in ("VBP", "VBZ", "VBD", "RB"):
            i -= 1
        return i if self._doc[i].lower_ in ("and", "but") else 0

    def _keeps_silent(self, word: Token) -> bool:
        """Whether a verb tells that somebody said no more: "but declined to give details"."""
        after = self._doc[word.i + 1 : word.i + 3]
        is_to = len(after) > 1 and after[0].lower_ == "to"
        is_silent = is_to and after[1].lemma_ in listed("cues.silence", "words")
        return is_silent and word.lemma_ in ("decline", "refuse")

    def _adds(self, word: Token) -> bool:
        """Whether a participle behind a comma brings a statement of its own: ", adding that"."""
        if word.tag_ != "VBG" or self._doc[word.i - 1].text != ",":
            return False
        after = self._doc[word.i + 1]
        has_clause = any(c.dep_ == "ccomp" for c in word.rights)
        return has_clause or after.is_quote or after.lower_ == "that" or after.text == "."

    def _goes_back(self, verb: Token, first: int) -> bool:
        """Whether a verb's source stands before the content: "said they fear X and have warned"."""
        source = self._speakers.source_of(verb)
        return source is not None and source.words[1] < first

    def _mark_before_joining(self, last: int, first: int) -> int | None:
        """The mark before the joining words that end at `last`: ", and", "; but"."""
        i = last
        while i > first and self._doc[i].lower_ in listed("cues.joining", "words"):
            i -= 1
        joins = self._doc[last].lower_ in listed("cues.joining", "words")
        return i if joins and self._doc[i].text in (",", ";", *DASHES) else None

    def before_comment(self, first: int, last: int) -> int:
        """Last word before what the writer adds: ", though …", ", a stance that …"."""
        for i in range(first + 1, last - 1):
            if self._doc[i].text not in (",", "-", *DASHES) or self._reading.is_quoted(i):
                continue
            after = [w.lower_ for w in self._doc[i + 1 : i + 5]]
            adds = after[0] in ("though", "although") or after[:2] == ["even", "though"]
            judges = after[0] in ("a", "an") and any(
                noun in listed("cues.comments", "words")
                and (follows in ("that", "which", "of") or follows.endswith("ing"))
                for noun, follows in pairwise(after)
            )
            if (adds and i > first + 2) or judges:
                return i - 1
        return last

    def opens_next_cue(self, i: int, cue: Token) -> bool:
        """Whether a further statement opens at word `i`: ", saying that", ", and warned"."""
        if self._doc[i].lower_ in ("and", "but"):
            i += 1
        word = self._doc[i] if i < self._sentence.end else None
        if word is None or word.tag_ not in ("VBG", "VBD", "VBZ") or self._reading.is_quoted(word):
            return False
        return word is not cue and verb_cue(word) is not None
