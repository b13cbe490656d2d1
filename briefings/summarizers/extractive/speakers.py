"""Tells who the source of a cue is: its own subject, an inverted one, one it shares, its agent.

It keeps to words and to whether they can speak; what was said is found in `contents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Range
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.cues import verb_cue
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.surface import subject_by_order
from briefings.summarizers.extractive.voices import (
    RELATIVE,
    agents,
    agree,
    has_subject,
    is_in_misread_relative,
    is_main_past,
    is_misplaced,
    is_passive,
)

_AUXILIARY = ("aux", "aux:pass", "cop")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
#: How a verb may hang on another whose subject it shares.
_SHARING = ("conj", "advcl", "xcomp", "ccomp", "parataxis", "acl:relcl", "acl", "dep")
#: A verb that opens a clause of its own shares no subject with what is above it.
_OWN_CLAUSE = ("ROOT", "ccomp", "parataxis")
_PAST_OR_THIRD = ("VBD", "VBZ")
#: After a noun phrase, these tags begin what is said of it.
_BEYOND_PHRASE = ("WP", "WDT", *FINITE)
_NAME_TAGS = ("NN", "NNP", "NNPS", "DT", "PRP$", "POS", "JJ")
_OPENERS = (",", "“", '"', "and", "but", "that")
_NO_SPEAKER_FIRST = ("that", "in", "on", "to", "at", "he", "she")
#: How far up the tree a shared subject is looked for; deeper, parses are seldom right. This and
#: the next were set by hand on the development articles.
_HIGHEST = 5
#: An inverted speaker opens within this many words of the verb: "said on Monday the minister".
_FARTHEST_INVERTED = 8
#: Words of a title that opens with a name, the name of its bearer with it.
_LONGEST_TITLE = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its main word and the words of its noun phrase."""

    head: int
    words: Range


class Speakers:
    """Who may be the source of which word, in one reading with its cast."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._cast = cast

    def source_of(self, verb: Token) -> Source | None:
        """The first likely subject of a cue verb that can speak; None where there is none."""
        for candidate in self._subjects(verb):
            named = self._doc[self._cast.explains.get(candidate.i, candidate.i)]
            if not self.can_speak(named) or _speaks_later(candidate, verb):
                continue
            source = _short_of(self.to_source(named), verb.i)
            # Whom another statement is attributed to says not this one.
            if self._doc[source.words[0]].lower_ != "according":
                return None if self.is_nobody(source) else source
        return None

    def is_nobody(self, source: Source) -> bool:
        """Whether what is said is said not to be: "Not all members agree", "No member said"."""
        first = source.words[0]
        before = self._doc[first - 1].lower_ if first else ""
        return before in ("not", "no") or self._doc[first].lower_ in (
            "no",
            "none",
            "nobody",
            "neither",
        )

    def to_source(self, head: Token) -> Source:
        """A source from its main word; what is set off by commas is left out."""
        last = self._phrase_end(head)
        if head.i in self._cast.at:
            last = max(last, self._cast.last_of(head.i))
        first = self._name_start(head)
        while first < head.i and _is_no_start(self._doc[first]):
            first += 1
        return Source(head.i, (first, last))

    def can_speak(self, word: Token) -> bool:
        """Somebody in the cast, a pronoun for one, or a writing that speaks for its author."""
        if word.i in self._cast.at:
            member = self._cast.at[word.i]
            return not (member.is_place or member.is_thing)
        if word.tag_ == "PRP":
            return word.lower_ in ("he", "she", "they", "it")
        if is_document(word):
            return True
        is_bare = word.tag_ in ("DT", "CD", "JJ", "NN", "NNS", "RB")
        if is_bare and word.lower_ in listed("cues.speakers", "bare"):
            return True
        return word.tag_ in ("NN", "NNS") and word.lemma_.lower() in listed(
            "cues.speakers", "nouns"
        )

    def follows_name(self, word: Token) -> bool:
        """Whether a named speaker that opens its clause stands right before the word."""
        before = word.i - 1
        is_cast = before >= word.sent.start and before in self._cast.at
        if not is_cast or word.tag_ not in ("VBD", "VBN"):
            return False
        mentions = self._cast.at[before].mentions
        mention = next((m for m in mentions if m.last == before), None)
        if mention is None or mention.form != "name":
            return False
        if mention.type not in ("person", "organization", "state"):
            return False
        is_first = mention.first == word.sent.start
        opens = is_first or self._doc[mention.first - 1].text in _OPENERS
        goes_on = word.i + 1 < len(self._doc) and self._doc[word.i + 1].lower_ in ("by", "as")
        return opens and not goes_on

    def own_subjects(self, verb: Token, cue: Token) -> Iterator[Token]:
        """The subjects that hang on `verb`, as those of `cue`; "who" gives its antecedent."""
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                yield self._antecedent(child, cue)
            elif child.dep_ == "obl" and any(c.lower_ == "according" for c in child.children):
                # "According to Ynet, the delegation tried …" is easily read as an apposition.
                yield from (c for c in child.children if c.dep_ == "appos")

    def head_of_mention(self, i: int) -> int:
        """The main word of the mention that word `i` opens."""
        return self._main_word(i, self._cast.last_of(i))

    def is_in_cast(self, i: int) -> bool:
        """Whether word `i` mentions a member of the cast."""
        return i in self._cast.at

    # --- candidates ----------------------------------------------------------------------------

    def _subjects(self, verb: Token) -> Iterator[Token]:
        """Who could be the source of a verb, likeliest first."""
        if is_passive(verb) and not self.follows_name(verb):
            yield from agents(verb)
            return
        yield from filter(None, (self._inverted(verb),))
        speaking = self._said_just_before(verb)
        if speaking is not None:
            yield from self._subjects(speaking)
        if is_in_misread_relative(verb):
            yield verb.head.head
        # Of two, the nearer is its own: "The council, he said, did not care".
        for child in (*reversed(list(verb.lefts)), *verb.rights):
            if child.dep_ in ("nsubj", "nsubj:outer"):
                yield self._antecedent(child, verb)
        yield from filter(None, (self._right_before(verb), self._opening(verb)))
        before_quotation = self._cue_before_quotation(verb)
        if before_quotation is not None:
            yield from self._subjects(before_quotation)
            return
        if not has_subject(verb):
            yield from self._inherited(verb)
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            writer = self._writer_to(verb)
            yield from () if writer is None else self._subjects(writer)
            yield verb.head

    def _inverted(self, verb: Token) -> Token | None:
        """The speaker after a verb of saying: “…,” said X."""
        sentence, after = verb.sent, verb.i + 1
        is_first = sentence.start == verb.i and verb.lower_ == verb.text
        if verb.i == 0 or after >= sentence.end or verb.tag_ not in _PAST_OR_THIRD:
            return None
        if sentence.start == verb.i and not is_first:
            return None
        before = self._doc[verb.i - 1]
        opens = before.text in (",", *MARKS, "—", "--") or before.is_quote
        own = [c for c in verb.lefts if c.dep_.startswith("nsubj") and self.can_speak(c)]
        if not opens or own or verb.lemma_.lower() not in listed("cues.inverting", "words"):
            return None
        speaker = self._mention_starting(after)
        if speaker is None:
            return None
        following = self._cast.last_of(speaker.i) + 1
        runs_on = following < sentence.end and self._doc[following].tag_ in FINITE
        return None if runs_on else speaker

    def _said_just_before(self, verb: Token) -> Token | None:
        """The cue that a participle goes on from at once: "X said, citing …"."""
        if verb.tag_ != "VBG" or verb.i - 2 <= verb.sent.start or verb.nbor(-1).text != ",":
            return None
        before = verb.nbor(-2)
        is_cue = before.tag_ in _PAST_OR_THIRD and not self._reading.is_quoted(before)
        return before if is_cue and verb_cue(before) is not None else None

    def _cue_before_quotation(self, verb: Token) -> Token | None:
        """The cue that "adding" goes on from: “…,” X said, adding, “…”."""
        above = verb.head
        is_inside = self._reading.is_quoted(above) and not self._reading.is_quoted(verb)
        if verb.tag_ != "VBG" or above.i < verb.i or not is_inside:
            return None
        before = reversed(list(self._doc[verb.sent.start : verb.i]))
        cues = (w for w in before if w.tag_ in _PAST_OR_THIRD and not self._reading.is_quoted(w))
        return next((w for w in cues if verb_cue(w) is not None), None)

    def _writer_to(self, verb: Token) -> Token | None:
        """The verb whose subject says what follows whom it is said to: "wrote to X saying"."""
        i = verb.i - 1
        while i > verb.sent.start and (i in self._cast.at or self._doc[i].tag_ in _NAME_TAGS):
            i -= 1
        before = self._doc[i - 1]
        is_to = self._doc[i].lower_ == "to" and verb_cue(before) is not None
        return before if is_to and before.tag_ in _PAST_OR_THIRD else None

    def _opening(self, verb: Token) -> Token | None:
        """Who opens the clause of a finite verb that the parse gives no subject."""
        is_finite = verb.tag_ in _PAST_OR_THIRD or is_main_past(verb)
        if not is_finite or has_subject(verb):
            return None
        return subject_by_order(self._reading, self._cast, verb)

    def _mention_starting(self, i: int) -> Token | None:
        """The main word of a mention that opens within a few words of `i`, articles passed over."""
        for j in range(i, min(i + _FARTHEST_INVERTED, self._doc[i].sent.end)):
            word = self._doc[j]
            opens_else = j == i and word.tag_ != "PRP" and word.lower_ in _NO_SPEAKER_FIRST
            if word.text in (",", ".", ";", ":") or opens_else:
                return None
            if j in self._cast.at:
                return self._bearer(j) or self._doc[self.head_of_mention(j)]
        return None

    def _bearer(self, i: int) -> Token | None:
        """Whose title the name at word `i` opens: "said Kessaran Union envoy Perin Maldau"."""
        for k in range(i + 1, min(i + _LONGEST_TITLE, self._doc[i].sent.end)):
            member = self._cast.at.get(k)
            if member is None or member is self._cast.at[i]:
                continue
            near = member.mentions_between(k, k + _LONGEST_TITLE)
            bearer = next((m for m in near if m.first <= i and m.name is not None), None)
            if bearer is not None:
                return self._doc[bearer.head]
        return None

    def _right_before(self, verb: Token) -> Token | None:
        """The speaker right before a verb of saying, whatever the parse: …, X said."""
        start, i = verb.sent.start, verb.i - 1
        while i > start and _can_part(self._doc[i]):
            i -= 1
        is_verb = verb.tag_ in ("VBD", "VBZ", "VBP", "VBN")
        if i < start or i not in self._cast.at or not is_verb:
            return None
        head = self._mention_ending(i)
        hangs = head.dep_ in ("nmod", "nmod:poss") or any(c.dep_ == "case" for c in head.children)
        return None if hangs else head

    def _mention_ending(self, i: int) -> Token:
        first = i
        while first > 0 and self._cast.at.get(first - 1) is self._cast.at[i]:
            first -= 1
        return self._doc[self._main_word(first, i)]

    def _main_word(self, first: int, last: int) -> int:
        inside = range(first, last + 1)
        return next((i for i in inside if self._doc[i].head.i not in inside), last)

    # --- shared subjects -----------------------------------------------------------------------

    def _inherited(self, cue: Token) -> Iterator[Token]:
        """The subject that a cue without one shares: "visited …, saying …", "… and warned"."""
        above = cue
        for _ in range(_HIGHEST):
            if above != cue and above.dep_ in _OWN_CLAUSE:
                return
            if above.dep_ == "acl" and above.head.tag_.startswith("NN"):
                yield from self.own_subjects(above.head.head, cue)
                return
            if above.dep_ not in _SHARING:
                return
            is_astray = is_misplaced(above, cue)
            above = above.head
            subjects = self._agreeing(above, cue)
            if is_astray or (not subjects and list(self.own_subjects(above, cue))):
                above = above.head if above.dep_ in ("ccomp", "xcomp", "advcl", "conj") else above
                subjects = self._agreeing(above, cue)
            if subjects:
                yield from subjects
                return

    def _agreeing(self, verb: Token, cue: Token) -> list[Token]:
        # A subject right behind a finite cue is that of what was said: "acknowledged he paid".
        own = (s for s in self.own_subjects(verb, cue) if s.i != cue.i + 1 or cue.tag_ == "VBG")
        return [subject for subject in own if agree(subject, cue)]

    def _antecedent(self, subject: Token, verb: Token) -> Token:
        """What "who" and "which" stand for: the noun their clause hangs on, if it agrees."""
        if subject.lower_ not in RELATIVE or not subject.head.dep_.startswith("acl"):
            return subject
        noun = subject.head.head
        while noun.dep_.startswith("nmod") and not (
            agree(noun, verb) and self._fits_relative(noun, subject)
        ):
            noun = noun.head
        return noun

    def _fits_relative(self, noun: Token, relative: Token) -> bool:
        """Whether a noun can be what "who" stands for: no body that a person belongs to."""
        member = self._cast.at.get(noun.i)
        is_body = member is not None and member.type in ("organization", "state")
        return relative.lower_ != "who" or not is_body

    # --- the noun phrase -----------------------------------------------------------------------

    def _name_start(self, head: Token) -> int:
        """First word of a noun phrase; titles that the parse hangs elsewhere are taken in."""
        first = head.left_edge.i
        if head.i in self._cast.at and head.tag_ in ("NNP", "NNPS"):
            start = head.sent.start
            while first > start and self._doc[first - 1].tag_ in ("NNP", "NNPS"):
                first -= 1
            near = self._cast.at[head.i].mentions_between(head.i, head.i + 1)
            first = min([first, *(m.first for m in near)])
        return first

    def _phrase_end(self, head: Token) -> int:
        last = head.i
        for i in range(head.i + 1, head.right_edge.i + 1):
            word = self._doc[i]
            if word.text in (",", "(", "—", "--", ":", *MARKS) or word.tag_ in _BEYOND_PHRASE:
                break
            if word.tag_ == "IN" and word.nbor(1).lower_ in listed("names", "calendar"):
                break
            last = i
        return last


def _speaks_later(subject: Token, verb: Token) -> bool:
    """Whether a subject behind a finite verb is that of a later one: "It expects rain, X said"."""
    is_later = subject.i > verb.i and verb.tag_ in FINITE and subject.dep_ in _SUBJECTS
    return is_later and subject.head.i > subject.i


def _short_of(source: Source, verb: int) -> Source:
    """A source that ends before its verb, however the parse hangs things on it."""
    first, last = source.words
    return Source(source.head, (first, min(last, verb - 1))) if source.head < verb else source


def _is_no_start(word: Token) -> bool:
    if word.lower_ in listed("names", "calendar"):
        return True  # "On Saturday the minister said"
    is_joined = word.i + 1 < len(word.doc) and word.nbor(1).text == "-"  # "far-right factions"
    return word.is_punct or (word.tag_ in ("CC", "RB", "IN") and not is_joined)


def is_document(word: Token) -> bool:
    """Whether a word names a writing or ruling that speaks for its author: "the report said"."""
    return word.lemma_.lower() in listed("cues.documents", "words")


def _can_part(word: Token) -> bool:
    """Whether a word may stand between a speaker and the verb: "Berg has often said"."""
    is_helper = word.dep_ in ("advmod", *_AUXILIARY)
    return is_helper and word.tag_ in ("RB", "MD", "VBZ", "VBD", "VBP")
