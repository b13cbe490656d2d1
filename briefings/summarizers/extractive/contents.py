"""Tells which words are the content of a cue: a clause or quotation around it, or what it acts on.

It looks at one sentence at a time; `quoted` adds what a quotation says in others. Whether the words
make a statement, and of which kind, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Range
from briefings.summarizers.extractive.cues import Cue, Frame, verb_cue
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.speakers import Speakers

#: Tags of a verb with its helpers and adverbs.
_VERB_GROUP = ("MD", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "RB", "TO")
_DASHES = ("—", "--")
#: Marks that part content from what stands around it.
_EDGES = (",", ":", ";", *_DASHES, ".")
_CLAUSES = ("ccomp", "parataxis", "csubj", "ccomp:cleft")
_SUBORDINATORS = ("that", "whether", "how", "why")
#: What may follow an attribution that closes its clause: ", X said in a statement".
_ADJUNCT_TAGS = ("IN", "TO", "VBG", "WP", "WDT")
#: A part of a sentence that opens so is an adjunct unless a main clause follows in it.
_ADJUNCT_OPENERS = ("IN", "WRB", "VBG", "TO", "VBN")
_OBJECTS = ("obj", "obl", "obl:agent", "iobj", "xcomp", "ccomp", "advcl", "nmod", "parataxis")
_OBJECT_RELATIONS = frozenset((*_OBJECTS, "compound:prt"))
_OBJECT_TAGS = ("DT", "NN", "NNS", "NNP", "JJ", "PRP$", "PRP", "IN", "TO")
# The three that follow were set by hand on the development articles.
#: After ", X said," fewer words than this add nothing.
_FEWEST_MORE = 3
#: A "that" or a quotation farther from its cue than this belongs to something else.
_FARTHEST_OPENING = 14
#: Nor does a source farther from its cue than this bound the content.
_FARTHEST_SOURCE = 12


class Contents:
    """What is said by which cue in one sentence of a reading."""

    def __init__(self, reading: Reading, speakers: Speakers, sentence: Words) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._speakers = speakers
        self._sentence = sentence
        #: The word before a closing attribution: ", the daily reported on Tuesday."
        self._tail = self._before_closing_attribution()

    def of(self, cue: Cue, source: Range) -> Iterator[tuple[Frame, tuple[Range, ...]]]:
        """For each frame a verb can stand in, likeliest first, the content it would have there.

        `source` is the range of its source. Content may be empty: then the frame does not fit.
        """
        word = self._doc[cue.word]
        frames = [frame for frame, _ in cue.kinds]
        if "intend" in frames and _has_infinitive(word):
            yield "intend", self._predicate(cue)
        if "say" in frames:
            said = self._said(cue, source)
            needs_quotation = word.lemma_.lower() in listed("cues.quoting", "words")
            if not needs_quotation or self._holds_quotation(said):
                yield "say", said
        if "act" in frames:
            yield "act", self._object(cue)

    def of_clause(self, clause: Token, cue: Token) -> tuple[Range, ...]:
        """All of a clause that hangs on a cue, as far as the cue's own content reaches."""
        last = min(clause.right_edge.i, self.last_word(cue.i))
        return trimmed(self._doc, clause.left_edge.i, last)

    def last_word(self, before: int) -> int:
        """Last word that content of a cue at word `before` may reach."""
        last = self._sentence.end - 1
        if self._tail is not None and before < self._tail:
            last = self._tail
        while last > 0 and self._doc[last].text in (".", "!", "?", "…", ","):
            last -= 1
        return last

    # --- the sentence ----------------------------------------------------------------------------

    def _before_closing_attribution(self) -> int | None:
        """Where the content of ", X reported on Tuesday." ends, if the sentence closes so."""
        for word in reversed(list(self._sentence)):
            cue = verb_cue(word) if word.tag_ in ("VBD", "VBZ") else None
            if cue is None or cue.kind_in("say") is None or self._reading.is_quoted(word):
                continue
            source = self._speakers.source_of(word)
            if source is None:
                continue
            start, end = min(source.words[0], cue.first), max(source.words[1], cue.last)
            if self._clause_before(start) and self._stands_apart(end):
                return start - 1
        return None

    def _stands_apart(self, end: int) -> bool:
        """Whether an attribution closes at word `end`, or goes on with an adjunct only."""
        following = self._doc[end + 1] if end + 1 < len(self._doc) else None
        if following is None or following.is_sent_start or following.is_punct or following.is_quote:
            return True
        is_day = following.lower_ in listed("names", "calendar")
        return is_day or following.tag_ in _ADJUNCT_TAGS

    # --- what is said ----------------------------------------------------------------------------

    def _said(self, cue: Cue, source: Range) -> tuple[Range, ...]:
        start, end = min(source[0], cue.first), max(source[1], cue.last)
        is_far = source[1] < cue.first - _FARTHEST_SOURCE or source[0] > cue.last + _FARTHEST_SOURCE
        if is_far:
            start, end = cue.first, cue.last
        before = self._clause_before(start) if self._stands_apart(end) and not is_far else ()
        if not before and self._judges_it(cue):
            return self._predicate(cue)
        return (*before, *self._clause_after(cue, end, has_before=bool(before)))

    def _judges_it(self, cue: Cue) -> bool:
        """Whether the clause hangs on a judgement: "found it galling that …"."""
        after = cue.last + 1
        is_it = after < self._sentence.end and self._doc[after].lower_ == "it"
        return is_it and self._doc[after + 1].tag_ in ("RB", "JJ")

    def _clause_before(self, start: int) -> tuple[Range, ...]:
        """What stands before ", X said" or "” X said", where ", X said" begins at `start`."""
        first, last = self._sentence.start, start - 1
        if last <= first or not _closes_clause(self._doc[last]):
            return ()
        while last > first and self._doc[last].text in (",", *_DASHES):
            last -= 1
        words = self._doc[first : last + 1]
        has_verb = any(w.tag_ in FINITE for w in words)
        opens_adjunct = words[0].dep_ in ("case", "mark") or words[0].tag_ in _ADJUNCT_OPENERS
        has_mark = any(w.is_quote or w.text in MARKS for w in words)
        if has_mark and self._reading.is_quoted(last):
            # "In a letter, “…,” X said": the adjunct is the writer's.
            begins = self._quotation_start(last) if opens_adjunct and not has_verb else first
            return ((begins, last),)
        is_adjunct = opens_adjunct and not self._has_main_clause(first, last)
        if not has_verb or last - first < 2 or is_adjunct:  # noqa: PLR2004 - a clause has three words
            return ()
        return ((first, last),)

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

    def _clause_after(self, cue: Cue, end: int, *, has_before: bool) -> tuple[Range, ...]:
        """The clause that follows a cue and its source, which together end at `end`."""
        limit = self.last_word(cue.word)
        first = self._opening(end, limit, has_before=has_before)
        if first is None and has_before:
            return ()
        if first is None:
            clause = _complement(self._doc[cue.word])
            if clause is not None and clause.left_edge.i > cue.last:
                first = max(clause.left_edge.i, end + 1)
        if first is None:
            first = self._bare_clause(end + 1, limit)
        if first is None:
            return ()
        return trimmed(self._doc, first, self._before_next_speaker(first, limit))

    def _opening(self, end: int, limit: int, *, has_before: bool) -> int | None:
        """Where content opens with a mark of its own: a quotation, "that", a colon."""
        for i in range(end + 1, min(limit, end + _FARTHEST_OPENING) + 1):
            word = self._doc[i]
            if word.text in MARKS or word.is_quote:
                return self._with_negation(i, end + 1)
            if has_before and word.text in (",", ";"):
                return i + 1 if self._carries_on(i + 1, limit) else None
            if has_before:
                continue
            if word.text == ":":
                return i + 1
            if word.lower_ in _SUBORDINATORS and word.tag_ in ("IN", "WRB"):
                return i
            if _opens_bare_clause(word):
                return None
        return None

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

    def _bare_clause(self, first: int, last: int) -> int | None:
        """Where a clause with no "that" starts: "said they fear Egypt may cease mediating"."""
        for i in range(first, last + 1):
            word = self._doc[i]
            is_pronoun = word.tag_ == "PRP" and word.dep_ != "obj"
            if is_pronoun or word.dep_.startswith(("nsubj", "expl")):
                return word.left_edge.i if word.left_edge.i >= first else i
            if word.text in (",", ";"):
                return None
        return None

    def _before_next_speaker(self, first: int, limit: int) -> int:
        """Last word of content that starts at `first`, before another speaker takes over."""
        for i in range(first + 1, limit + 1):
            word = self._doc[i]
            is_cue = word.tag_.startswith("VB") and verb_cue(word) is not None
            if not is_cue or self._reading.is_quoted(word):
                continue
            joint = self._joint_before(word)
            if joint > first and self._goes_back(word, first):
                return joint - 1
            subject = next((c for c in word.lefts if c.dep_ in ("nsubj", "nsubj:pass")), None)
            if subject is None or subject.i <= first or not self._speakers.can_speak(subject):
                continue
            edge = self._mark_before_joining(subject.left_edge.i - 1, first)
            if edge is not None:
                return edge - 1
        return limit

    def _joint_before(self, verb: Token) -> int:
        """The "and" or "but" right before a verb and its helpers; 0 where there is none."""
        i = verb.i - 1
        while i > self._sentence.start and self._doc[i].tag_ in ("VBP", "VBZ", "VBD", "RB"):
            i -= 1
        return i if self._doc[i].lower_ in ("and", "but") else 0

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
        return i if joins and self._doc[i].text in (",", ";", *_DASHES) else None

    def _holds_quotation(self, content: tuple[Range, ...]) -> bool:
        return any(self._reading.is_quoted(i) for bounds in content for i in bounds)

    # --- what is acted on ------------------------------------------------------------------------

    def _object(self, cue: Cue) -> tuple[Range, ...]:
        word = self._doc[cue.word]
        has_object = any(c.dep_ in _OBJECT_RELATIONS and c.i > word.i for c in word.children)
        after = cue.last + 1
        is_followed = after < self._sentence.end and self._doc[after].tag_ in _OBJECT_TAGS
        return self._predicate(cue) if has_object or is_followed else ()

    def _predicate(self, cue: Cue) -> tuple[Range, ...]:
        """From after the cue to the end of what hangs on it, or to the next cue in its row."""
        word = self._doc[cue.word]
        last = min(max(word.right_edge.i, cue.last), self.last_word(word.i))
        for i in range(cue.last + 2, last):
            if self._doc[i].text == "," and self._opens_next_cue(i + 1, word):
                last = i - 1
                break
        return trimmed(self._doc, cue.last + 1, max(last, cue.last), least=1)

    def _opens_next_cue(self, i: int, cue: Token) -> bool:
        """Whether a further statement opens at word `i`: ", saying that", ", and warned"."""
        if self._doc[i].lower_ in ("and", "but"):
            i += 1
        word = self._doc[i] if i < self._sentence.end else None
        if word is None or word.tag_ not in ("VBG", "VBD", "VBZ") or self._reading.is_quoted(word):
            return False
        return word is not cue and verb_cue(word) is not None


def trimmed(doc: Doc, first: int, last: int, *, least: int = 2) -> tuple[Range, ...]:
    """The range without "that" and marks at its ends; nothing where too few words stay."""
    while first <= last and _is_edge(doc[first]):
        first += 1
    while last >= first and doc[last].text in _EDGES:
        last -= 1
    return ((first, last),) if last - first + 1 >= least else ()


def _is_edge(word: Token) -> bool:
    return word.text in _EDGES or (word.lower_ == "that" and word.tag_ in ("IN", "WDT"))


def _closes_clause(word: Token) -> bool:
    return word.is_quote or word.text in (",", *_DASHES, *MARKS)


def _opens_bare_clause(word: Token) -> bool:
    """Whether a clause with no "that" opens here."""
    is_subject = word.dep_.startswith("nsubj") and word.head.i > word.i
    return is_subject and not word.head.dep_.startswith("acl")


def _complement(word: Token) -> Token | None:
    return next((c for c in word.rights if c.dep_ in _CLAUSES), None)


def _has_infinitive(word: Token) -> bool:
    return any(
        c.dep_ in ("xcomp", "advcl", "ccomp") and any(g.lower_ == "to" for g in c.lefts)
        for c in word.rights
    )
