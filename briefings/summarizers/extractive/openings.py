"""Tells where content opens behind a cue: at a mark of its own, or where a bare clause starts.

What stands before a cue is for `preceding`, where content ends for `endings`.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cues import Cue
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.edges import (
    ASIDE_MARKS,
    is_in_relative,
    opens_bare_clause,
    opens_condition,
)
from briefings.summarizers.extractive.endings import Endings

#: Tags of a verb with its helpers and adverbs.
_VERB_GROUP = ("MD", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "RB", "TO")
_SUBORDINATORS = ("that", "whether", "how", "why")
_SUBJECT_TAGS = ("NN", "NNS", "NNP", "NNPS", "EX")
_PHRASE_TAGS = ("DT", "JJ", "CD", "PRP$", "POS", "HYPH", "VBN")
#: Participles that carry what somebody else, or the same, says next.
_OTHER_SPEECH = ("saying", "adding", "claiming", "arguing")
# The three that follow were set by hand on the development articles.
#: After ", X said," fewer words than this add nothing.
_FEWEST_MORE = 3
#: Words of a name in quotation marks, the marks with them.
_LONGEST_TITLE = 6
#: A "that" or a quotation farther from its cue than this belongs to something else.
_FARTHEST_OPENING = 14


class Openings:
    """Where content opens behind a cue in one sentence of a reading."""

    def __init__(self, reading: Reading, endings: Endings) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._endings = endings

    def pronoun_clause(self, first: int, limit: int) -> int | None:
        """The word right behind a cue, where a pronoun and its verb open a clause there."""
        if first >= limit or self._doc[first].tag_ != "PRP":
            return None
        return first if self._doc[first + 1].tag_ in FINITE else None

    def after_mark(self, cue: Cue, end: int, limit: int) -> int | None:
        """Where the clause that the parse makes the cue's object opens, if a word marks it."""
        word = self._doc[cue.word]
        asks = word.lemma_.lower() in listed("cues.asking", "words")
        marks = ("that", "whether", "if") if asks else ("that", "whether")
        for clause in word.rights:
            if clause.dep_ not in ("ccomp", "advcl", "xcomp"):
                continue
            mark = next((c.i for c in clause.lefts if c.lower_ in marks), None)
            is_own = mark is not None and (asks or clause.dep_ == "ccomp")
            if mark is not None and is_own and end < mark <= limit:
                return None if self._quotes_speech(end + 1, mark) else mark
        return None

    def has_plain_object(self, word: Token) -> bool:
        """Whether what follows a verb is a thing, not a clause: "found support from those who"."""
        thing = next((c for c in word.rights if c.dep_ == "obj"), None)
        if thing is None or thing.left_edge.i != word.i + 1 or thing.tag_ == "PRP":
            return False
        if word.lemma_ in listed("cues.telling", "words"):
            return False
        words = self._doc[word.i + 1 : thing.i + 2]
        return not any(w.tag_ in FINITE for w in words)

    def _quotes_speech(self, first: int, stop: int) -> bool:
        """Whether quoted words are more than a name: "told the “Dispatch” that"."""
        quoted = [self._doc[i] for i in range(first, stop) if self._reading.is_quoted(i)]
        return len(quoted) > _LONGEST_TITLE or any(w.tag_ in FINITE for w in quoted)

    def after_content(self, end: int, limit: int) -> int | None:
        """Where content goes on behind an attribution that some stands before: “…,” X said, “…”."""
        for i in range(end + 1, min(limit, end + _FARTHEST_OPENING) + 1):
            word = self._doc[i]
            if word.text in MARKS or word.is_quote:
                return self._with_negation(i, end + 1)
            if word.text in (",", ";"):
                goes_on = self._carries_on(i + 1, limit)
                return (
                    i + 1 if goes_on and not self._endings.has_own_speaker(i + 1, limit) else None
                )
        return None

    def opening(self, cue: Cue, end: int, limit: int) -> int | None:
        """Where content opens with a mark of its own: a quotation, "that", a colon."""
        is_aside, is_told = False, self._doc[cue.word].lemma_ in listed("cues.telling", "words")
        for i in range(end + 1, min(limit, end + _FARTHEST_OPENING) + 1):
            word = self._doc[i]
            is_aside = is_aside or (word.dep_ == "mark" and word.lower_ in ASIDE_MARKS)
            if word.text in MARKS or word.is_quote:
                inside = self._around_quotation(cue, end + 1, i, limit)
                return self._with_negation(i, end + 1) if inside is None else inside
            opens = self._opens_at(i, may_be_pronoun=is_aside or is_told)
            if opens is not None:
                return opens
            if self._is_past_opening(i, end, limit, is_aside=is_aside):
                return None
        return None

    def _opens_at(self, i: int, *, may_be_pronoun: bool) -> int | None:
        """Where content opens if word i is a colon or a "that"."""
        word = self._doc[i]
        if word.text == ":":
            return i + 1
        is_mark = word.tag_ in ("IN", "WRB") or (may_be_pronoun and word.lower_ == "that")
        return i if is_mark and word.lower_ in _SUBORDINATORS else None

    def _is_past_opening(self, i: int, end: int, limit: int, *, is_aside: bool) -> bool:
        """Whether no mark that opens content can follow word i: other words have opened it."""
        word = self._doc[i]
        if word.text == "," and i < limit and self._doc[i + 1].tag_ in FINITE:
            return True  # the end of "who testified after X, said that"
        if word.tag_ == "VBG" and word.lower_ in _OTHER_SPEECH:
            return True
        if is_aside:
            return False
        is_verb = i > end + 1 and word.tag_ in FINITE and self._doc[i - 1].tag_ in _SUBJECT_TAGS
        return (is_verb and not word.dep_.startswith("acl")) or opens_bare_clause(word)

    def _around_quotation(self, cue: Cue, first: int, mark: int, limit: int) -> int | None:
        """Where a clause opens that quotes some words: "said the task was “hard”"."""
        before = self._doc[mark - 1]
        if mark <= first or before.is_punct or before.is_quote or before.tag_ in ("RB", "VBD"):
            return None
        start = self.bare_clause(first, limit)
        is_act = cue.kind_in("act") is not None
        return first if start is None and is_act else start

    def _with_negation(self, i: int, first: int) -> int:
        """Where a clause with a "not" before its quotation begins: "did not “expect much”"."""
        start = i
        while start > first and self._doc[start - 1].tag_ in _VERB_GROUP:
            start -= 1
        negates = any(w.lower_ in ("not", "n't", "n’t", "never") for w in self._doc[start:i])
        return start if negates else i

    def _carries_on(self, first: int, limit: int) -> bool:
        """Whether content goes on after "…, he said,": with "because …", not with who he is."""
        if limit - first < _FEWEST_MORE:
            return False
        opening = self._doc[first]
        if self._reading.is_quoted(first):
            return True
        return opening.tag_ in ("IN", "CC", "TO") and any(
            w.tag_ in FINITE for w in self._doc[first : limit + 1]
        )

    def bare_clause(self, first: int, last: int) -> int | None:
        """Where a clause with no "that" starts: "said they fear Egypt may cease mediating"."""
        if first < last and opens_condition(self._doc[first]):
            return first
        for i in range(first, last + 1):
            word = self._doc[i]
            if word.text in (",", ";") or word.tag_ in FINITE:
                return None  # its subject would have come before its verb
            before_verb = i < last and self._doc[i + 1].tag_ in FINITE
            is_pronoun = word.tag_ == "PRP" and (word.dep_ != "obj" or before_verb)
            is_subject = word.dep_.startswith(("nsubj", "expl")) and not is_in_relative(word)
            if is_pronoun or is_subject:
                edge = max(word.left_edge.i, first)
                hangs = self._doc[edge].tag_ in ("IN", "TO")
                if not hangs or is_pronoun or before_verb:
                    return i if hangs else edge
            elif before_verb and word.tag_ in _SUBJECT_TAGS and self._is_one_phrase(first, i):
                return first
        return None

    def _is_one_phrase(self, first: int, last: int) -> bool:
        return all(w.tag_ in (*_SUBJECT_TAGS, *_PHRASE_TAGS) for w in self._doc[first : last + 1])
