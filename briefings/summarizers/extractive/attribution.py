"""Finds attributions: a source, the cue that carries it, and the content it is the source of.

Direct and indirect speech, acts that are statements ("denounced"), "according to", nouns
("a threat to …"), quotations over several sentences. It keeps to words and leaves the question
who the source is to the cast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.briefing import ClaimKind
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.cues import (
    Cue,
    Frame,
    adjective_cue,
    is_negated,
    is_unreal,
    noun_cue,
    verb_cue,
)

Range = tuple[int, int]

_QUOTES = ("“", "”", '"', "``", "''", "„", "«", "»")
_COLLECTIVE = ("police", "media", "staff", "public", "people", "majority", "some", "many", "others", "both", "critics")
_AUXILIARY = ("aux", "aux:pass", "cop")
#: A "that" or a quotation farther from its cue than this belongs to something else.
_FARTHEST_OPENING = 14
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
_CLAUSES = ("ccomp", "parataxis", "csubj", "ccomp:cleft")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`, None where the text names none), by which cue, is said to say `content`.

    All are ranges of words of the reading, both ends included.
    """

    cue: Range
    frame: Frame
    kind: ClaimKind
    source: Range
    source_head: int
    content: tuple[Range, ...]
    is_negated: bool = False

    @property
    def first(self) -> int:
        return min(self.source[0], self.cue[0], *(a for a, _ in self.content))


def find_attributions(reading: Reading, cast: Cast) -> tuple[Attribution, ...]:
    """Every attribution in the order of the text."""
    finder = _Finder(reading, cast)
    found: list[Attribution] = []
    for number in range(len(reading.sents)):
        found += finder.in_sentence(number)
    found = _with_whole_quotations(reading, found)
    return tuple(sorted(_without_doubles(found), key=lambda a: (a.first, a.cue)))


class _Finder:
    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.cast = cast
        #: In this sentence, the word at which a closing attribution (", the daily reported") begins.
        self._tail: int | None = None

    def in_sentence(self, number: int) -> Iterator[Attribution]:
        sent = self.reading.sents[number]
        self._tail = None
        self._tail = self._closing_attribution(sent)
        for word in sent:
            cue = verb_cue(word) if self._is_verb(word) else None
            if cue and not self.reading.is_quoted(word):
                found = self._by_verb(cue)
                if found:
                    yield found
            elif word.lower_ == "according" and word.i + 2 < sent.end and word.nbor(1).lower_ == "to":
                found = self._according_to(word)
                if found:
                    yield found
            elif not self.reading.is_quoted(word):
                found = self._by_noun(word) or self._by_adjective(word)
                if found:
                    yield found

    def _closing_attribution(self, sent: Words) -> int | None:
        """Where ", X reported on Tuesday." begins: what stands before is its content, not its own."""
        for word in reversed(list(sent)):
            cue = verb_cue(word) if word.tag_ in ("VBD", "VBZ") else None
            if cue is None or cue.kind_in("say") is None or self.reading.is_quoted(word):
                continue
            source = self._source(word)
            if source is None:
                continue
            start = min(source[1][0], cue.first)
            if self._clause_before(start, sent.start) and self._stands_apart(max(source[1][1], cue.last)):
                return start - 1
        return None

    def _stands_apart(self, end: int) -> bool:
        """Whether an attribution that ends at `end` closes there, or goes on with an adjunct only."""
        following = self.doc[end + 1] if end + 1 < len(self.doc) else None
        if following is None or following.is_sent_start or following.is_punct or following.is_quote:
            return True
        return following.tag_ in ("IN", "TO", "VBG", "RB", "WP", "WDT") or following.lower_ in listed("names", "calendar")

    def _is_verb(self, word: Token) -> bool:
        """Whether a verb form acts as one: no "alleged plan", but "Berg criticized attempts"."""
        return word.dep_ not in ("amod", "compound") or self._follows_name(word)

    def _follows_name(self, word: Token) -> bool:
        """Whether a named speaker that opens its clause stands right before the word."""
        before = word.i - 1
        if before < word.sent.start or before not in self.cast.at or word.tag_ not in ("VBD", "VBN"):
            return False
        mention = next((m for m in self.cast.at[before].mentions if m.last == before), None)
        if mention is None or mention.form != "name" or mention.type not in ("person", "organization", "state"):
            return False
        opens = mention.first == word.sent.start or self.doc[mention.first - 1].text in (",", "“", '"', "and", "but", "that")
        follows_by = word.i + 1 < len(self.doc) and self.doc[word.i + 1].lower_ in ("by", "as")
        return opens and not follows_by

    # --- verbs -------------------------------------------------------------------------------

    def _by_verb(self, cue: Cue) -> Attribution | None:
        word = self.doc[cue.word]
        if is_unreal(word) and not _is_reported_intent(word):
            return None
        if is_negated(word) and word.lemma_ in ("respond", "answer", "comment", "reply", "say", "know", "see"):
            return None  # who said nothing made no statement
        source = self._source(word)
        if source is None:
            return None
        head, bounds = source
        for frame, content in self._contents(cue, bounds):
            kind = cue.kind_in(frame)
            if kind and content:
                return Attribution(self._cue_words(cue), frame, kind, bounds, head.i, content, is_negated(word))
        return None

    def _cue_words(self, cue: Cue) -> Range:
        return cue.first, cue.last

    def _source(self, word: Token) -> tuple[Token, Range] | None:
        """The subject of a cue verb: its own, an inverted one, or that of the verb it hangs on."""
        for candidate in self._subjects(word):
            named = self.doc[self.cast.explains.get(candidate.i, candidate.i)]
            if self._can_speak(named):
                return named, self._noun_phrase(named)
        return None

    def _subjects(self, word: Token) -> Iterator[Token]:
        """Who could be the source of a verb, likeliest first."""
        if _is_passive(word) and not self._follows_name(word):
            yield from self._agents(word)
            return
        inverted = self._inverted(word)
        if inverted is not None:
            yield inverted
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubj:outer"):
                yield self._antecedent(child, word)
        before = self._right_before(word)
        if before is not None:
            yield before
        if not any(child.dep_.startswith("nsubj") for child in word.children):
            yield from self._inherited(word)
        if word.dep_ == "acl" and word.tag_ == "VBG":
            yield word.head

    def _agents(self, word: Token) -> Iterator[Token]:
        """Who a passive names as its doer: "are believed by the prosecutor to have formed"."""
        for child in word.children:
            if child.dep_ == "obl:agent" or any(c.lower_ == "by" and c.dep_ == "case" for c in child.children):
                yield child

    def _inverted(self, word: Token) -> Token | None:
        """The speaker after a verb of saying: “…,” said X."""
        after = word.i + 1
        if after >= word.sent.end or word.tag_ not in ("VBD", "VBZ") or word.i == word.sent.start:
            return None
        before = self.doc[word.i - 1]
        if not (before.text in (",", *_QUOTES, "—", "--") or before.is_quote):
            return None
        speaker = self._mention_starting(after)
        if speaker is None:
            return None
        following = self.cast.last_of(speaker.i) + 1
        runs_on = following < word.sent.end and self.doc[following].tag_ in ("MD", "VBD", "VBZ", "VBP")
        return None if runs_on else speaker

    def _right_before(self, word: Token) -> Token | None:
        """The speaker right before a verb of saying, whatever the parse: …, X said."""
        sentence = word.sent
        i = word.i - 1
        while i > sentence.start and self.doc[i].tag_ in ("RB", "MD", "VBZ", "VBD", "VBP") and self.doc[i].dep_ in ("advmod", *_AUXILIARY):
            i -= 1
        if i >= sentence.start and i in self.cast.at and word.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
            head = self._mention_ending(i)
            if head is not None and head.dep_ not in ("nmod", "nmod:poss") and not self._hangs_before(head):
                return head
        return None

    def _hangs_before(self, head: Token) -> bool:
        return any(child.dep_ == "case" for child in head.children)

    def _mention_starting(self, i: int) -> Token | None:
        """The main word of a mention that opens within a few words of `i`, articles passed over."""
        for j in range(i, min(i + 8, self.doc[i].sent.end)):
            if self.doc[j].text in (",", ".", ";", ":") or self.doc[j].lower_ in ("that", "in", "on", "to", "at", "he", "she") and j == i and self.doc[j].tag_ not in ("PRP",):
                return None
            if j in self.cast.at:
                return self.doc[self._main_word(j, self.cast.last_of(j))]
        return None

    def _mention_ending(self, i: int) -> Token | None:
        first = i
        while first > 0 and self.cast.at.get(first - 1) is self.cast.at[i]:
            first -= 1
        return self.doc[self._main_word(first, i)]

    def _main_word(self, first: int, last: int) -> int:
        inside = range(first, last + 1)
        return next((i for i in inside if self.doc[i].head.i not in inside), last)

    def _antecedent(self, subject: Token, verb: Token) -> Token:
        """"who" and "which" stand for the noun their clause hangs on, the nearest that agrees."""
        if subject.lower_ not in ("who", "which", "that") or not subject.head.dep_.startswith("acl"):
            return subject
        noun = subject.head.head
        while not self._agree(noun, verb) and noun.head is not noun and noun.dep_.startswith("nmod"):
            noun = noun.head
        return noun

    def _agree(self, subject: Token, verb: Token) -> bool:
        """Whether a subject and a finite verb agree in number, as far as their forms show it."""
        finite = next((c for c in verb.lefts if c.dep_.startswith(("aux", "cop")) and c.tag_ in ("VBP", "VBZ")), verb)
        is_plural = subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we", "i", "you", "who", "which", "that") or any(c.dep_ == "conj" for c in subject.children)
        if finite.tag_ == "VBP":
            return is_plural or subject.tag_ in ("CD", "DT") or subject.lower_ in _COLLECTIVE
        if finite.tag_ == "VBZ":
            return subject.tag_ not in ("NNS",) and subject.lower_ not in ("they", "we", "i", "you")
        return True

    def _inherited(self, word: Token) -> Iterator[Token]:
        """The subject that a verb without one shares: "visited …, saying …", "said … and warned"."""
        above = word
        for _ in range(5):
            if above.dep_ in ("ROOT", "ccomp", "parataxis") and above is not word:
                return
            if above.dep_ == "acl" and above.head.tag_.startswith("NN"):
                yield from self._own_subjects(above.head.head, word)
                return
            if above.dep_ not in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "acl:relcl", "acl", "dep"):
                return
            misplaced = above.dep_ == "conj" and _is_infinitive(above.head) and not _is_infinitive(word)
            above = above.head
            subjects = [s for s in self._own_subjects(above, word) if self._agree(s, word)]
            if subjects and not misplaced:
                yield from subjects
                return
            if misplaced or list(self._own_subjects(above, word)):
                above = above.head if above.dep_ in ("ccomp", "xcomp", "advcl", "conj") else above
                subjects = [s for s in self._own_subjects(above, word) if self._agree(s, word)]
                if subjects:
                    yield from subjects
                    return

    def _own_subjects(self, verb: Token, cue: Token) -> Iterator[Token]:
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                yield self._antecedent(child, cue)

    def _can_speak(self, word: Token) -> bool:
        """Somebody in the cast, a pronoun for one, or a writing that speaks for its author."""
        if word.i in self.cast.at:
            member = self.cast.at[word.i]
            return not (member.is_place or member.is_thing)
        if word.tag_ == "PRP":
            return word.lower_ in ("he", "she", "they", "it")
        lemma = word.lemma_.lower()
        if lemma in listed("cues.documents", "words"):
            return True
        return word.tag_ in ("DT", "CD", "JJ", "NNS") and word.lower_ in ("some", "many", "others", "several", "critics", "both", "most", "few", "two", "three", "one")

    def _noun_phrase(self, head: Token) -> Range:
        """The words of a source, what is set off by commas left out."""
        first = head.left_edge.i
        last = head.i
        for i in range(head.i + 1, head.right_edge.i + 1):
            word = self.doc[i]
            if word.text in (",", "(", "—", "--", ":", *_QUOTES) or word.tag_ in ("WP", "WDT", "VBD", "VBZ", "VBP", "MD"):
                break
            last = i
        if head.i in self.cast.at:
            last = max(last, self.cast.last_of(head.i))
        while first < head.i and (self.doc[first].is_punct or self.doc[first].tag_ in ("CC", "RB", "IN")):
            first += 1
        return first, last

    # --- contents ------------------------------------------------------------------------------

    def _contents(self, cue: Cue, source: Range) -> Iterator[tuple[Frame, tuple[Range, ...]]]:
        word = self.doc[cue.word]
        frames = [frame for frame, _ in cue.kinds]
        if "intend" in frames and self._infinitive(word):
            yield "intend", self._predicate(cue)
        if "say" in frames:
            said = self._said(cue, source)
            if word.lemma_.lower() not in listed("cues.quoting", "words") or self._holds_quotation(said):
                yield "say", said
        if "act" in frames:
            yield "act", self._object(cue)

    def _holds_quotation(self, content: tuple[Range, ...]) -> bool:
        return any(self.reading.is_quoted(i) for first, last in content for i in (first, last))

    def _infinitive(self, word: Token) -> Token | None:
        return next((c for c in word.rights if c.dep_ in ("xcomp", "advcl", "ccomp") and any(g.lower_ == "to" for g in c.lefts)), None)

    def _said(self, cue: Cue, source: Range) -> tuple[Range, ...]:
        word, sent = self.doc[cue.word], self.doc[cue.word].sent
        clause = self._complement(word)
        start, end = min(source[0], cue.first), max(source[1], cue.last)
        if source[1] < cue.first - 12 or source[0] > cue.last + 12:
            start, end = cue.first, cue.last
        before = self._clause_before(start, sent.start) if self._stands_apart(end) else ()
        if cue.last + 1 < sent.end and self.doc[cue.last + 1].lower_ == "it" and not before and self.doc[cue.last + 2].tag_ in ("RB", "JJ"):
            return self._predicate(cue)  # "found it galling that …"
        after = self._clause_after(cue, end, clause, has_before=bool(before))
        return (*before, *after)

    def _complement(self, word: Token) -> Token | None:
        return next((c for c in word.rights if c.dep_ in _CLAUSES and c.i > word.i), None)

    def _clause_before(self, start: int, sentence_start: int) -> tuple[Range, ...]:
        """What stands before ", X said" or "” X said": the content of an inverted attribution."""
        i = start - 1
        if i <= sentence_start:
            return ()
        if not (self.doc[i].text in (",", "—", "--") or self.doc[i].text in _QUOTES or self.doc[i].is_quote):
            return ()
        last = i
        while last > sentence_start and (self.doc[last].text in (",", "—", "--")):
            last -= 1
        first = sentence_start
        words = self.doc[first : last + 1]
        has_verb = any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in words)
        is_quote = any(w.is_quote or w.text in _QUOTES for w in words)
        opens = words[0].dep_ in ("case", "mark") or words[0].tag_ in ("IN", "WRB", "VBG", "TO", "VBN")
        if is_quote and self.reading.is_quoted(last):
            quotation = self.reading.quotation_at(self.reading.starts[last])
            assert quotation is not None  # noqa: S101 - is_quoted said so
            inside = self.reading.words_between(quotation.start, quotation.end)
            begins = max(sentence_start, inside.start) if opens and not has_verb else sentence_start
            return ((begins, last),)
        if not has_verb or last - first < 2 or (opens and not self._has_main_clause(first, last)):  # noqa: PLR2004
            return ()
        return ((first, last),)

    def _has_main_clause(self, first: int, last: int) -> bool:
        """Whether these words hold a clause that could stand alone, not only an adjunct."""
        comma = next((i for i in range(first, last) if self.doc[i].text == ","), None)
        return comma is not None and any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in self.doc[comma + 1 : last + 1]) and any(
            w.dep_.startswith("nsubj") for w in self.doc[comma + 1 : last + 1]
        )

    def _clause_after(self, cue: Cue, end: int, clause: Token | None, *, has_before: bool) -> tuple[Range, ...]:
        sent = self.doc[cue.word].sent
        limit = self._last_content_word(sent.end, cue.word)
        first = self._opening(end, limit, has_before=has_before)
        if first is not None:
            return self._trimmed(first, self._before_next(cue, first, limit))
        if has_before:
            return ()
        if clause is not None and clause.left_edge.i > cue.last:
            first = max(clause.left_edge.i, end + 1)
            return self._trimmed(first, self._before_next(cue, first, limit))
        return self._bare_clause(cue, end + 1, limit)

    def _opening(self, end: int, limit: int, *, has_before: bool) -> int | None:
        """Where content opens with a mark of its own: a quotation, "that", a colon."""
        for i in range(end + 1, min(limit, end + _FARTHEST_OPENING) + 1):
            word = self.doc[i]
            if word.text in _QUOTES or word.is_quote:
                return i
            if word.text == ":":
                return i + 1
            if has_before and word.text in (",", ";"):
                return i + 1 if limit - i > 3 and self._adds(i + 1, limit) else None  # noqa: PLR2004
            if word.lower_ in ("that", "whether", "how", "why") and word.tag_ in ("IN", "WRB"):
                return i
            if word.dep_.startswith("nsubj") and word.head.i > i and not word.head.dep_.startswith("acl"):
                return None  # a clause with no "that" opens here
        return None

    def _before_next(self, cue: Cue, first: int, limit: int) -> int:
        """Last word of content that starts at `first`, before another speaker takes over."""
        for i in range(first + 1, limit + 1):
            word = self.doc[i]
            if not word.tag_.startswith("VB") or self.reading.is_quoted(word) or verb_cue(word) is None:
                continue
            subject = next((c for c in word.lefts if c.dep_ in ("nsubj", "nsubj:pass")), None)
            if subject is None or subject.i <= first or not self._can_speak(subject):
                continue
            start = subject.left_edge.i - 1
            joins = self.doc[start].lower_ in ("and", "but", "while", "after", "as", "though", "although", "before")
            while start > first and self.doc[start].lower_ in ("and", "but", "while", "after", "as", "though", "although", "before"):
                start -= 1
            if joins and self.doc[start].text in (",", ";", "—", "--"):
                return start - 1
        return limit

    def _adds(self, first: int, last: int) -> bool:
        return any(w.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBG") for w in self.doc[first : last + 1])

    def _bare_clause(self, cue: Cue, first: int, last: int) -> tuple[Range, ...]:
        """A clause with no "that": "said they fear Egypt may cease mediating"."""
        for i in range(first, last + 1):
            word = self.doc[i]
            if word.dep_.startswith(("nsubj", "expl")) or (word.tag_ == "PRP" and word.dep_ != "obj"):
                start = word.left_edge.i if word.left_edge.i >= first else i
                return self._trimmed(start, self._before_next(cue, start, last))
            if word.text in (",", ";"):
                break
        return ()

    def _last_content_word(self, sentence_end: int, before: int) -> int:
        """Last word that content of a cue at `before` may reach."""
        last = sentence_end - 1
        if self._tail is not None and before < self._tail:
            last = self._tail
        while last > 0 and self.doc[last].text in (".", "!", "?", "…", ","):
            last -= 1
        return last

    def _object(self, cue: Cue) -> tuple[Range, ...]:
        word = self.doc[cue.word]
        wanted = ("obj", "obl", "xcomp", "ccomp", "advcl", "iobj", "nmod", "obl:agent", "parataxis", "compound:prt")
        has_object = any(c.dep_ in wanted and c.i > word.i for c in word.children)
        following = self.doc[cue.last + 1] if cue.last + 1 < word.sent.end else None
        if not has_object and not (following is not None and following.tag_ in ("DT", "NN", "NNS", "NNP", "JJ", "PRP$", "PRP", "IN", "TO")):
            return ()
        return self._predicate(cue)

    def _predicate(self, cue: Cue) -> tuple[Range, ...]:
        """From after the cue to the end of what hangs on it, next clauses of its own left out."""
        word = self.doc[cue.word]
        last = cue.last
        edge = min(max(word.right_edge.i, cue.last), self._last_content_word(word.sent.end, word.i))
        for i in range(cue.last + 1, edge + 1):
            this = self.doc[i]
            if this.dep_ in ("cc",) and this.head.dep_ == "conj" and this.head.head is word and any(c.dep_.startswith("nsubj") for c in this.head.children):
                break
            if this.dep_ == "punct" and this.head.dep_ in ("conj", "advcl", "parataxis") and this.head.head is word and verb_cue(this.head):
                break
            last = i
        return self._trimmed(cue.last + 1, last)

    def _trimmed(self, first: int, last: int) -> tuple[Range, ...]:
        while first <= last and (self.doc[first].text in (",", ":", ";", "—", "--", ".") or self.doc[first].lower_ == "that" and self.doc[first].tag_ in ("IN", "WDT")):
            first += 1
        while last >= first and self.doc[last].text in (",", ":", ";", "—", "--", "."):
            last -= 1
        return ((first, last),) if last - first >= 1 else ()

    # --- phrases, nouns, adjectives ---------------------------------------------------------------

    def _according_to(self, word: Token) -> Attribution | None:
        sent, start = word.sent, word.i + 2
        end = start
        limit = self._last_content_word(sent.end, word.i)
        while end < limit and not (self.doc[end + 1].text in (",", ";", "(", ")", *_QUOTES) or self.doc[end + 1].tag_ in ("VBD", "VBZ", "WDT")):
            end += 1
        heads = [i for i in range(start, end + 1) if i in self.cast.at] or [i for i in range(start, end + 1) if self.doc[i].lemma_.lower() in listed("cues.documents", "words")]
        if not heads:
            return None
        head = self._main_word(heads[0], heads[0]) if heads[0] not in self.cast.at else self._name_head(heads[0])
        before = self._trimmed(sent.start, word.i - 1) if word.i > sent.start else ()
        after = self._trimmed(end + 1, limit) if not before else ()
        content = before or after
        if not content:
            return None
        return Attribution((word.i, word.i + 1), "phrase", "state", (start, end), head, content)

    def _name_head(self, i: int) -> int:
        return self._main_word(i, self.cast.last_of(i))

    def _by_noun(self, word: Token) -> Attribution | None:
        cue = noun_cue(word)
        if cue is None:
            return None
        clause = next((c for c in word.rights if c.dep_ in ("acl", "ccomp", "acl:relcl", "nmod") and (c.tag_.startswith("VB") and any(g.lower_ in ("that", "to") for g in c.lefts) or c.dep_ == "nmod" and any(g.lower_ in ("for", "of", "about", "against") for g in c.children))), None)
        if clause is None:
            return None
        owner = self._noun_owner(word, clause)
        if owner is None or not self._can_speak(owner):
            return None
        content = self._trimmed(clause.left_edge.i, min(clause.right_edge.i, self._last_content_word(word.sent.end, word.i)))
        kind = cue.kind_in("noun")
        if not content or kind is None:
            return None
        return Attribution((cue.first, cue.last), "noun", kind, self._noun_phrase(owner), owner.i, content)

    def _noun_owner(self, word: Token, clause: Token) -> Token | None:
        for child in word.children:
            if child.dep_ == "nmod:poss":
                return child
            if child.dep_ == "nmod" and child is not clause and any(g.lower_ in ("by", "from", "among") for g in child.children):
                return child
        verb = word.head
        is_light = verb.lemma_.lower() in ("make", "issue", "express", "voice", "raise", "repeat", "renew", "file", "give", "offer", "reject", "deliver", "send", "enter", "have", "submit", "launch")
        if is_light and verb.tag_.startswith("VB"):
            return next(self._own_subjects(verb, verb), None)
        return None

    def _by_adjective(self, word: Token) -> Attribution | None:
        cue = adjective_cue(word)
        if cue is None or not any(c.dep_ == "cop" or c.dep_ == "aux:pass" for c in word.children):
            return None
        clause = next((c for c in word.rights if c.dep_ in ("ccomp", "xcomp", "advcl", "obl")), None)
        subject = next(self._own_subjects(word, word), None)
        if clause is None or subject is None or not self._can_speak(subject):
            return None
        content = self._trimmed(clause.left_edge.i, min(clause.right_edge.i, self._last_content_word(word.sent.end, word.i)))
        kind = cue.kind_in("adjective")
        if not content or kind is None:
            return None
        return Attribution((word.i, word.i), "adjective", kind, self._noun_phrase(subject), subject.i, content, is_negated(word))


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ in ("MD", "TO") for c in verb.lefts)


def _is_passive(word: Token) -> bool:
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in word.children):
        return True
    if word.tag_ not in ("VBN", "VBD"):
        return False
    has_have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in word.children)
    if has_have or word.dep_ == "conj" or word.lower_ in ("said", "told", "wrote"):
        return False
    return word.tag_ == "VBN" or (
        word.dep_ in ("acl", "amod") and not any(c.dep_.startswith("nsubj") for c in word.children)
    )


def _is_reported_intent(word: Token) -> bool:
    """"wants to say" reports nothing, but "refused to accept" hangs on a cue of its own."""
    return False if word.lemma_ in ("say", "tell") else any(c.lower_ == "to" for c in word.lefts) and word.head.lemma_ in ("continue", "go", "use")


def _with_whole_quotations(reading: Reading, found: list[Attribution]) -> list[Attribution]:
    """Give each attribution the whole of the quotation its content touches, and those that follow.

    A sentence that is all quotation and has no cue of its own goes on from the speaker before.
    """
    out = list(found)
    claimed = {reading.sentence_number(i) for a in found for first, last in a.content for i in (first, last)}
    claimed |= {reading.sentence_number(a.cue[0]) for a in found}
    for quotation in reading.quotations:
        inside = reading.words_between(quotation.start, quotation.end)
        if len(inside) < 4:  # noqa: PLR2004 - a word in quotation marks is no speech
            continue
        numbers = range(reading.sentence_number(inside.start), reading.sentence_number(inside.end - 1) + 1)
        loose = [n for n in numbers if n not in claimed]
        if not loose:
            continue
        owner = _owner_of_quotation(reading, out, numbers)
        if owner is None:
            continue
        extra = tuple((max(reading.sents[n].start, inside.start), min(reading.sents[n].end, inside.end) - 1) for n in loose)
        out[owner] = replace(out[owner], content=tuple(sorted({*out[owner].content, *extra})))
        claimed |= set(loose)
    return out


def _owner_of_quotation(reading: Reading, found: list[Attribution], numbers: range) -> int | None:
    """The attribution whose quotation this is part of or goes on: same quotation, else the one before."""
    says = [(i, a) for i, a in enumerate(found) if a.frame in ("say", "phrase", "act")]
    for i, a in says:
        if any(reading.sentence_number(last) in numbers and reading.is_quoted(last) or reading.sentence_number(first) in numbers and reading.is_quoted(first) for first, last in a.content):
            return i
    paragraph = reading.sentences[numbers[0]].paragraph
    best = None
    for i, a in says:
        number = reading.sentence_number(a.cue[0])
        gap = paragraph - reading.sentences[number].paragraph
        last_sentence = max(reading.sentence_number(last) for _, last in a.content)
        if max(number, last_sentence) < numbers[0] and gap <= 1 and numbers[0] - max(number, last_sentence) == 1:
            best = i
    return best


def _without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Of two attributions by one source with the same cue, the one with more content."""
    best: dict[tuple[int, int], Attribution] = {}
    for a in found:
        key = (a.cue[0], a.source_head)
        held = best.get(key)
        if held is None or _size(a) > _size(held):
            best[key] = a
    return list(best.values())


def _size(a: Attribution) -> int:
    return sum(last - first + 1 for first, last in a.content)
