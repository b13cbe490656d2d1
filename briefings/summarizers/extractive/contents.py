"""Tells which words are the content of a cue: a clause or quotation around it, or what it acts on.

It looks at one sentence at a time; `quoted` adds what a quotation says in others. Whether the words
make a statement, and of which kind, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Range
from briefings.summarizers.extractive.cues import Cue, Frame, verb_cue
from briefings.summarizers.extractive.edges import (
    DASHES,
    before_scene,
    complement,
    has_infinitive,
    is_by_agent,
    is_in_adjunct,
    is_relative,
    lacks_mark,
    moves_somebody,
    past_time,
    trimmed,
    with_deed,
)
from briefings.summarizers.extractive.endings import Endings
from briefings.summarizers.extractive.openings import Openings
from briefings.summarizers.extractive.preceding import Preceding
from briefings.summarizers.extractive.speakers import Speakers, is_document

_OBJECTS = ("obj", "obl", "obl:agent", "iobj", "xcomp", "ccomp", "advcl", "nmod", "parataxis")
_OBJECT_RELATIONS = frozenset((*_OBJECTS, "compound:prt"))
_OBJECT_TAGS = ("DT", "NN", "NNS", "NNP", "JJ", "PRP$", "PRP", "IN", "TO")
#: Words of a credit at the end of a headline.
_LONGEST_CREDIT = 3
#: Words between a comma and a cue that name who reported.
_LONGEST_NAMED = 6
#: A source farther from its cue than this does not bound the content; what commas set off between
#: the two may be longer. Set by hand on the development articles.
_FARTHEST_SOURCE, _FARTHEST_BEYOND_ASIDE = 12, 30


class Contents:
    """What is said by which cue in one sentence of a reading."""

    def __init__(self, reading: Reading, speakers: Speakers, sentence: Words) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._speakers = speakers
        self._sentence = sentence
        self._endings = Endings(reading, speakers, sentence)
        self._openings = Openings(reading, self._endings)
        self._before = Preceding(reading, sentence, self._openings, self._endings)
        #: The word before a closing attribution: ", the daily reported on Tuesday."
        self._tail = self._before_closing_attribution()

    def of(self, cue: Cue, source: Range) -> Iterator[tuple[Frame, tuple[Range, ...]]]:
        """For each frame a verb can stand in, likeliest first, the content it would have there.

        `source` is the range of its source. Content may be empty: then the frame does not fit.
        """
        word = self._doc[cue.word]
        frames = [frame for frame, _ in cue.kinds]
        if "intend" in frames and has_infinitive(word):
            yield "intend", self._predicate(cue)
        if "act" in frames and moves_somebody(word):
            yield "act", self._object(cue)
        if "say" in frames:
            said = self._said(cue, source)
            needs_quotation = word.lemma_.lower() in listed("cues.quoting", "words")
            shows = word.lemma_.lower() in ("show", "put", "hold")
            if shows and any(is_document(w) for w in self._doc[source[0] : source[1] + 1]):
                needs_quotation = False
            if not needs_quotation or self._holds_quotation(said):
                yield "say", said
        if "act" in frames:
            yield "act", self._object(cue)

    def of_clause(self, clause: Token, cue: Token) -> tuple[Range, ...]:
        """All of a clause that hangs on a cue, as far as the cue's own content reaches."""
        last = min(clause.right_edge.i, self._limit(cue))
        return trimmed(self._doc, clause.left_edge.i, last)

    def _limit(self, cue: Token) -> int:
        """Last word that content behind a cue may reach, short of a clause it leads up to."""
        return self._endings.before_main_clause(cue, self.last_word(cue.i))

    def last_word(self, before: int) -> int:
        """Last word that content of a cue at word `before` may reach."""
        last = self._sentence.end - 1
        if self._tail is not None and before < self._tail:
            last = self._tail
        if self._reading.sentence_of(self._sentence.start).paragraph == 0:
            last = self._before_credit(last)
        while last > 0 and self._doc[last].text in (".", "!", "?", "…", ","):
            last -= 1
        return last

    def _before_credit(self, last: int) -> int:
        """Last word of a headline before the credit at its end: " - sources", " - Reuters"."""
        first = max(self._sentence.start + 1, last - _LONGEST_CREDIT)
        dashes = (i for i in range(first, last) if self._doc[i].text in ("-", "–", *DASHES))
        free = (i for i in dashes if self._reading.text[self._reading.starts[i] - 1].isspace())
        return next((i - 1 for i in free), last)

    def _before_closing_attribution(self) -> int | None:
        """Where the content of ", X reported on Tuesday." ends, if the sentence closes so."""
        for word in reversed(list(self._sentence)):
            cue = verb_cue(word) if word.tag_ in ("VBD", "VBZ") else None
            if cue is None or cue.kind_in("say") is None or self._reading.is_quoted(word):
                continue
            source = self._speakers.source_of(word)
            words = source.words if source is not None else self._names_before(word)
            if words is None:
                continue
            start, end = min(words[0], cue.first), max(words[1], cue.last)
            if self._before.clause_before(start, words[0]) and self._before.stands_apart(end):
                return start - 1
        return None

    def _names_before(self, word: Token) -> Range | None:
        """A name between a comma and a cue, where the parse found no source: ", the Post said"."""
        first = max(self._sentence.start, word.i - _LONGEST_NAMED)
        comma = next((i for i in range(word.i - 1, first, -1) if self._doc[i].text == ","), word.i)
        between = self._doc[comma + 1 : word.i]
        has_name = any(w.tag_.startswith("NNP") for w in between)
        is_plain = all(w.tag_[:2] in ("DT", "NN", "RB", "JJ") for w in between)
        return (comma + 1, word.i - 1) if has_name and is_plain else None

    def _said(self, cue: Cue, source: Range) -> tuple[Range, ...]:
        start, end = min(source[0], cue.first), max(source[1], cue.last)
        # "Saying it was over, Berg added": the speaker stands behind what is said.
        is_far = self._is_far(cue, source) or source[0] > self._limit(self._doc[cue.word])
        if is_far:
            start, end = cue.first, cue.last
        if not is_far:
            split = self._before.around(start, end, self.last_word(end))
            if split:
                return split
        if is_by_agent(self._doc[cue.word]):
            return self._of_passive(self._doc[cue.word])
        told = self._before.past_addressee(self._doc[cue.word], end)
        may_follow = (
            self._before.stands_apart(told) and not is_far and not is_relative(self._doc[cue.word])
        )
        before = self._before.clause_before(start, source[0]) if may_follow else ()
        if not before and self._judges_it(cue):
            return self._predicate(cue)
        said = (*before, *self._clause_after(cue, end, has_before=bool(before)))
        return said or self._before.sentence_before(start, told)

    def _is_far(self, cue: Cue, source: Range) -> bool:
        """Whether a source stands too far off; what commas set off between them is not counted."""
        if source[0] > cue.last + _FARTHEST_SOURCE:
            return True
        marks = self._doc[min(source[1] + 1, cue.first - 1)].text, self._doc[cue.first - 1].text
        farthest = _FARTHEST_BEYOND_ASIDE if marks == (",", ",") else _FARTHEST_SOURCE
        return source[1] < cue.first - farthest

    def _of_passive(self, word: Token) -> tuple[Range, ...]:
        """What is said of the subject of a passive: "are believed by X to have formed a cell"."""
        clause = next((c for c in word.rights if c.dep_ in ("xcomp", "ccomp")), None)
        undergoer = self._undergoer(word)
        if clause is None or not undergoer:
            return ()
        last = min(clause.right_edge.i, self.last_word(word.i))
        return (*undergoer, *trimmed(self._doc, clause.left_edge.i, last))

    def _judges_it(self, cue: Cue) -> bool:
        """Whether the clause hangs on a judgement: "found it galling that …"."""
        after = cue.last + 1
        is_it = after < self._sentence.end and self._doc[after].lower_ == "it"
        return is_it and self._doc[after + 1].tag_ in ("RB", "JJ")

    def _clause_after(self, cue: Cue, end: int, *, has_before: bool) -> tuple[Range, ...]:
        """The clause that follows a cue and its source, which together end at `end`."""
        limit = self._limit(self._doc[cue.word])
        if has_before:
            first = self._openings.after_content(end, limit)
        else:
            first = self._first_after(cue, end, limit)
        if first is None:
            return ()
        if first == cue.last + 1:
            first = past_time(self._doc, first, limit)
        last = self._endings.before_next_speaker(first, limit)
        return trimmed(self._doc, first, self._endings.before_comment(first, last))

    def _first_after(self, cue: Cue, end: int, limit: int) -> int | None:
        """First word of the clause behind a cue, by the surest sign that there is."""
        openings, word = self._openings, self._doc[cue.word]
        first = openings.pronoun_clause(end + 1, limit)
        if first is None:
            first = openings.after_mark(cue, end, limit)
        if first is None:
            first = openings.opening(cue, end, limit)
        clause = complement(word)
        if first is None and clause is not None and clause.left_edge.i > cue.last:
            first = max(clause.left_edge.i, end + 1)
        if first is None and not openings.has_plain_object(word):
            first = openings.bare_clause(end + 1, limit)
        return first

    def _holds_quotation(self, content: tuple[Range, ...]) -> bool:
        return any(self._reading.is_quoted(i) for bounds in content for i in bounds)

    def _object(self, cue: Cue) -> tuple[Range, ...]:
        word = self._doc[cue.word]
        if is_by_agent(word):
            return self._undergoer(word)
        if any(c.dep_ == "ccomp" and lacks_mark(c) for c in word.rights) and is_relative(word):
            return ()  # "bodies that defend the press said": the clause is not theirs
        has_object = any(c.dep_ in _OBJECT_RELATIONS and c.i > word.i for c in word.children)
        after = cue.last + 1
        if after < self._sentence.end and self._doc[after].text == ",":
            return ()
        is_followed = after < self._sentence.end and self._doc[after].tag_ in _OBJECT_TAGS
        return self._predicate(cue) if has_object or is_followed else ()

    def _undergoer(self, word: Token) -> tuple[Range, ...]:
        """What a passive says is done to: "The plan was rejected by X"."""
        subject = next((c for c in word.lefts if c.dep_ == "nsubj:pass"), None)
        if subject is None or subject.tag_ in ("PRP", "WDT", "WP"):
            return ()
        last = min(subject.right_edge.i, word.i - 1)
        return trimmed(self._doc, max(subject.left_edge.i, self._sentence.start), last)

    def _predicate(self, cue: Cue) -> tuple[Range, ...]:
        """From after the cue to the end of what hangs on it, or to the next cue in its row."""
        word = self._doc[cue.word]
        limit = self._limit(word)
        last = min(max(word.right_edge.i, cue.last), limit)
        last = with_deed(self._doc, last, limit) if "act" in (f for f, _ in cue.kinds) else last
        last = before_scene(word, last)
        if last > cue.last + 1:
            last = self._endings.before_next_speaker(cue.last + 1, last)
        if is_in_adjunct(word):
            comma = (i for i in range(cue.last + 1, last) if self._doc[i].text == ",")
            last = next(comma, last + 1) - 1
        for i in range(cue.last + 2, last):
            if self._doc[i].text == "," and self._endings.opens_next_cue(i + 1, word):
                last = i - 1
                break
        last = self._before_turn(cue.last + 1, last)
        first, after = cue.last + 1, self._doc[min(cue.last + 2, self._sentence.end - 1)]
        if last > first and self._doc[first].lower_ == "that" and after.tag_ == "NN":
            return ((first, last),)  # "dismissed that approach"
        return trimmed(self._doc, first, max(last, cue.last), least=1)

    def _before_turn(self, first: int, last: int) -> int:
        """Last word before ", but nothing came of it": what came of a deed is no part of it."""
        for i in range(first + 2, last):
            turns = self._doc[i].lower_ == "but" and self._doc[i - 1].text == ","
            if turns and any(w.dep_.startswith("nsubj") for w in self._doc[i].head.lefts):
                return i - 2
        return last
