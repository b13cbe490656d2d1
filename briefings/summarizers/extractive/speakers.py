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
from briefings.summarizers.extractive.draft import FINITE

_AUXILIARY = ("aux", "aux:pass", "cop")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
#: How a verb may hang on another whose subject it shares.
_SHARING = ("conj", "advcl", "xcomp", "ccomp", "parataxis", "acl:relcl", "acl", "dep")
#: A verb that opens a clause of its own shares no subject with what is above it.
_OWN_CLAUSE = ("ROOT", "ccomp", "parataxis")
_PAST_OR_THIRD = ("VBD", "VBZ")
#: After a noun phrase, these tags begin what is said of it.
_BEYOND_PHRASE = ("WP", "WDT", *FINITE)
_PERSONAL_PLURAL = ("they", "we", "i", "you")
_RELATIVE = ("who", "which", "that")
_OPENERS = (",", "“", '"', "and", "but", "that")
_NO_SPEAKER_FIRST = ("that", "in", "on", "to", "at", "he", "she")
#: How far up the tree a shared subject is looked for; deeper, parses are seldom right. This and
#: the next were set by hand on the development articles.
_HIGHEST = 5
#: An inverted speaker opens within this many words of the verb: "said on Monday the minister".
_FARTHEST_INVERTED = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its main word and the words of its noun phrase."""

    head: int
    words: Range


class Speakers:
    """Who may be the source of which word, in one reading with its cast."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._doc = reading.doc
        self._cast = cast

    def source_of(self, verb: Token) -> Source | None:
        """The first likely subject of a cue verb that can speak; None where there is none."""
        for candidate in self._subjects(verb):
            named = self._doc[self._cast.explains.get(candidate.i, candidate.i)]
            if self.can_speak(named):
                return _short_of(self.to_source(named), verb.i)
        return None

    def to_source(self, head: Token) -> Source:
        """A source from its main word; what is set off by commas is left out."""
        last = self._phrase_end(head)
        if head.i in self._cast.at:
            last = max(last, self._cast.last_of(head.i))
        first = head.left_edge.i
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
        is_bare = word.tag_ in ("DT", "CD", "JJ", "NNS")
        return is_bare and word.lower_ in listed("cues.speakers", "bare")

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
        if _is_passive(verb) and not self.follows_name(verb):
            yield from _agents(verb)
            return
        inverted = self._inverted(verb)
        if inverted is not None:
            yield inverted
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubj:outer"):
                yield self._antecedent(child, verb)
        before = self._right_before(verb)
        if before is not None:
            yield before
        if not _has_subject(verb):
            yield from self._inherited(verb)
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            yield verb.head

    def _inverted(self, verb: Token) -> Token | None:
        """The speaker after a verb of saying: “…,” said X."""
        sentence, after = verb.sent, verb.i + 1
        is_inside = sentence.start < verb.i and after < sentence.end
        if not is_inside or verb.tag_ not in _PAST_OR_THIRD:
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

    def _mention_starting(self, i: int) -> Token | None:
        """The main word of a mention that opens within a few words of `i`, articles passed over."""
        for j in range(i, min(i + _FARTHEST_INVERTED, self._doc[i].sent.end)):
            word = self._doc[j]
            opens_else = j == i and word.tag_ != "PRP" and word.lower_ in _NO_SPEAKER_FIRST
            if word.text in (",", ".", ";", ":") or opens_else:
                return None
            if j in self._cast.at:
                return self._doc[self.head_of_mention(j)]
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
            is_misplaced = _is_misplaced(above, cue)
            above = above.head
            subjects = self._agreeing(above, cue)
            if is_misplaced or (not subjects and list(self.own_subjects(above, cue))):
                above = above.head if above.dep_ in ("ccomp", "xcomp", "advcl", "conj") else above
                subjects = self._agreeing(above, cue)
            if subjects:
                yield from subjects
                return

    def _agreeing(self, verb: Token, cue: Token) -> list[Token]:
        return [subject for subject in self.own_subjects(verb, cue) if _agree(subject, cue)]

    def _antecedent(self, subject: Token, verb: Token) -> Token:
        """What "who" and "which" stand for: the noun their clause hangs on, if it agrees."""
        if subject.lower_ not in _RELATIVE or not subject.head.dep_.startswith("acl"):
            return subject
        noun = subject.head.head
        while noun.dep_.startswith("nmod") and not _agree(noun, verb):
            noun = noun.head
        return noun

    # --- the noun phrase -----------------------------------------------------------------------

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


def _short_of(source: Source, verb: int) -> Source:
    """A source that ends before its verb, however the parse hangs things on it."""
    first, last = source.words
    return Source(source.head, (first, min(last, verb - 1))) if source.head < verb else source


def _is_no_start(word: Token) -> bool:
    is_joined = word.i + 1 < len(word.doc) and word.nbor(1).text == "-"  # "far-right factions"
    return word.is_punct or (word.tag_ in ("CC", "RB", "IN") and not is_joined)


def is_document(word: Token) -> bool:
    """Whether a word names a writing or ruling that speaks for its author: "the report said"."""
    return word.lemma_.lower() in listed("cues.documents", "words")


def _has_subject(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)


def _is_misplaced(verb: Token, cue: Token) -> bool:
    """Whether the parse joins a finite cue to an infinitive: "agreed to visit and said"."""
    return verb.dep_ == "conj" and _is_infinitive(verb.head) and not _is_infinitive(cue)


def _can_part(word: Token) -> bool:
    """Whether a word may stand between a speaker and the verb: "Berg has often said"."""
    is_helper = word.dep_ in ("advmod", *_AUXILIARY)
    return is_helper and word.tag_ in ("RB", "MD", "VBZ", "VBD", "VBP")


def _agents(verb: Token) -> Iterator[Token]:
    """Who a passive names as its doer: "are believed by the prosecutor to have formed"."""
    for child in verb.children:
        has_by = any(c.lower_ == "by" and c.dep_ == "case" for c in child.children)
        if has_by or child.dep_ == "obl:agent":
            yield child


def _agree(subject: Token, verb: Token) -> bool:
    """Whether a subject and a finite verb agree in number, as far as their forms show it."""
    helpers = (c for c in verb.lefts if c.dep_.startswith(("aux", "cop")))
    finite = next((c for c in helpers if c.tag_ in ("VBP", "VBZ")), verb)
    if finite.tag_ == "VBP":
        may_be_plural = subject.tag_ in ("CD", "DT")
        is_collective = subject.lower_ in listed("cues.speakers", "collective")
        return may_be_plural or is_collective or _is_plural(subject)
    if finite.tag_ == "VBZ":
        return subject.tag_ != "NNS" and subject.lower_ not in _PERSONAL_PLURAL
    return True


def _is_plural(subject: Token) -> bool:
    return (
        subject.tag_ in ("NNS", "NNPS")
        or subject.lower_ in (*_PERSONAL_PLURAL, *_RELATIVE)
        or any(c.dep_ == "conj" for c in subject.children)
    )


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ in ("MD", "TO") for c in verb.lefts)


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    has_have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if has_have or verb.dep_ == "conj" or verb.lower_ in ("said", "told", "wrote"):
        return False
    return verb.tag_ == "VBN" or (verb.dep_ in ("acl", "amod") and not _has_subject(verb))
