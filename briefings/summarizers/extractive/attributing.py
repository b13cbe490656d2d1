"""Finds attributions: by verbs ("denounced"), "according to", nouns ("a threat to …"), adjectives.

It keeps to words: who the source is, the cast knows, and what becomes a claim `claims` decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.briefing import ClaimKind
from briefings.language.lexicon import words as listed
from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution, Range
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.contents import Contents
from briefings.summarizers.extractive.cues import (
    Cue,
    adjective_cue,
    first_of_negated,
    is_negated,
    is_unreal,
    noun_cue,
    verb_cue,
)
from briefings.summarizers.extractive.edges import trimmed
from briefings.summarizers.extractive.quoted import with_whole_quotations
from briefings.summarizers.extractive.speakers import Speakers, is_document

#: Who did not do one of these made no statement.
_SILENT_UNLESS_DONE = ("respond", "answer", "comment", "reply", "say", "know", "see")
#: What an act becomes when it is negated; one that is not here is then no statement.
_NEGATED: dict[ClaimKind, ClaimKind] = {
    "deny": "state", "accuse": "state", "support": "refuse", "refuse": "state", "demand": "state",
    "threaten": "state", "warn": "state", "state": "state",
}  # fmt: skip
#: Tags and marks at which the source of "according to" ends.
_AFTER_SOURCE_TAGS = ("VBD", "VBZ", "WDT")
_RELATIVE = ("who", "which", "that", "whom")
_AFTER_SOURCE = (",", ";", "(", ")", *MARKS)


def find_attributions(reading: Reading, cast: Cast) -> tuple[Attribution, ...]:
    """Every attribution of the article, in the order of the text."""
    speakers = Speakers(reading, cast)
    found: list[Attribution] = []
    for sentence in reading.sents:
        found += _Finder(reading, speakers, sentence).find()
    found = [a for a in found if _says_something(reading, a)]
    found = _without_doubles(with_whole_quotations(reading, found))
    return tuple(sorted(found, key=lambda a: (a.first, a.cue)))


class _Finder:
    """The attributions of one sentence, quotations that go on in the next left aside."""

    def __init__(self, reading: Reading, speakers: Speakers, sentence: Words) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._speakers = speakers
        self._sentence = sentence
        self._contents = Contents(reading, speakers, sentence)

    def find(self) -> Iterator[Attribution]:
        for word in self._sentence:
            found = self._at(word)
            if found:
                yield found

    def _at(self, word: Token) -> Attribution | None:
        is_quoted = self._reading.is_quoted(word)
        cue = verb_cue(word) if self._is_verb(word) else None
        if cue and not is_quoted:
            return self._by_verb(cue)
        if self._is_according_to(word):
            return self._according_to(word)
        return None if is_quoted else self._by_noun(word) or self._by_adjective(word)

    def _is_verb(self, word: Token) -> bool:
        """Whether a verb form acts as one: no "alleged plan", but "Berg criticized attempts"."""
        return word.dep_ not in ("amod", "compound") or self._speakers.follows_name(word)

    def _by_verb(self, cue: Cue) -> Attribution | None:
        word = self._doc[cue.word]
        is_silence = is_negated(word) and word.lemma_ in _SILENT_UNLESS_DONE
        if is_silence or (is_unreal(word) and not _is_reported_intent(word)):
            return None
        source = self._speakers.source_of(word)
        if source is None:
            return None
        for frame, found in self._contents.of(cue, source.words):
            kind = cue.kind_in(frame)
            content = self._with_object(word, kind, found) if frame == "act" else found
            if kind and content:
                first = first_of_negated(word)
                if first < cue.first:
                    kind = _NEGATED.get(kind)
                if kind is None or (first < cue.first and frame == "say" and kind == "state"):
                    continue  # "has not explained why" explains nothing
                return Attribution(
                    cue=(first, cue.last), frame=frame, kind=kind, source=source.words,
                    source_head=source.head, content=content, is_negated=first < cue.first,
                )  # fmt: skip
        return None

    def _with_object(
        self, word: Token, kind: ClaimKind | None, content: tuple[Range, ...]
    ) -> tuple[Range, ...]:
        """Content with the noun before a clause that it acts on: "the crime … on outsiders"."""
        noun = word.head
        if not content or not _lacks_its_object(word):
            return content
        while noun.dep_.startswith("nmod") and noun.head.tag_.startswith("NN"):
            noun = noun.head  # "the stabbing of a man": not the man
        edges = [noun.left_edge.i, *(c.i + 1 for c in noun.lefts if c.dep_ == "case")]
        last = max(noun.i, min(word.left_edge.i, content[0][0]) - 1)
        before = trimmed(self._doc, max(edges), last)
        is_told = kind not in ("state", "propose") and noun.tag_.startswith("NN")
        return (*before, *content) if before and is_told else ()

    # --- phrases ---------------------------------------------------------------------------------

    def _is_according_to(self, word: Token) -> bool:
        is_inside = word.lower_ == "according" and word.i + 2 < self._sentence.end
        return is_inside and word.nbor(1).lower_ == "to"

    def _according_to(self, word: Token) -> Attribution | None:
        """Reads "According to X, …" and "…, according to X"."""
        if self._is_in_relative(word):
            return None  # "the widow, who, according to Berg, died": it says nothing alone
        limit = self._contents.last_word(word.i)
        first = last = word.i + 2
        while last < limit and not _ends_source(self._doc[last + 1]):
            last += 1
        behind = self._past_clause(last + 1, limit)
        head = self._head_between(first, last)
        if head is None:
            return None
        content = trimmed(self._doc, self._sentence.start, word.i - 1)
        content = content or trimmed(self._doc, self._past_aside(behind, limit), limit)
        if not content:
            return None
        return Attribution(
            cue=(word.i, word.i + 1), frame="phrase", kind="state", source=(first, last),
            source_head=head, content=content,
        )  # fmt: skip

    def _is_in_relative(self, word: Token) -> bool:
        before = self._doc[max(self._sentence.start, word.i - 2) : word.i]
        return [w.text for w in before[1:]] == [","] and before[0].lower_ in _RELATIVE

    def _past_clause(self, end: int, limit: int) -> int:
        """The comma that ends what a source told: "According to what Berg told the court,"."""
        if end > limit or self._doc[end].tag_ not in _AFTER_SOURCE_TAGS:
            return end
        return next((i for i in range(end, limit) if self._doc[i].text == ","), end)

    def _past_aside(self, comma: int, limit: int) -> int:
        """Where the clause starts behind a source: past ", a colleague of X,"."""
        end = next((i for i in range(comma + 1, limit) if self._doc[i].text == ","), None)
        if self._doc[comma].text != "," or end is None:
            return comma
        aside = self._doc[comma + 1 : end]
        opens = aside[0].lower_ in ("who", "which", "whose")
        is_noun = aside[0].tag_ in ("DT", "NN", "NNP", "PRP$", "CD", "JJ")
        has_verb = any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in aside)
        return end if opens or (is_noun and not has_verb) else comma

    def _head_between(self, first: int, last: int) -> int | None:
        """The main word of the first member or writing among these words."""
        inside = range(first, last + 1)
        members = [i for i in inside if self._speakers.is_in_cast(i)]
        member = next((i for i in members if not self._only_owns(i, members)), None)
        if member is not None:
            return self._speakers.head_of_mention(member)
        return next((i for i in inside if is_document(self._doc[i])), None)

    def _only_owns(self, i: int, members: list[int]) -> bool:
        """Whether word `i` only tells whose the speaker is: "the country's Observatory of …"."""
        following = self._doc[i + 1]
        if following.tag_ != "POS":
            return False
        after = (j for j in members if j > following.i)
        between = self._doc[following.i + 1 : next(after, following.i)]
        return len(between) > 0 or following.i + 1 in members

    # --- nouns and adjectives --------------------------------------------------------------------

    def _by_noun(self, word: Token) -> Attribution | None:
        cue = noun_cue(word)
        clause = next(filter(_is_noun_content, word.rights), None)
        if cue is None or clause is None:
            return None
        return self._from_clause(cue, self._noun_owner(word), clause)

    def _noun_owner(self, word: Token) -> Token | None:
        """Whose a noun is: "X's demand", "a demand from X", "X made a demand"."""
        for child in word.children:
            is_from = child.dep_ == "nmod" and _has_word(child, ("by", "from", "among"))
            if child.dep_ == "nmod:poss" or is_from:
                return child
        verb = word.head
        is_light = verb.lemma_.lower() in listed("cues.light", "words")
        if is_light and verb.tag_.startswith("VB"):
            return next(self._speakers.own_subjects(verb, verb), None)
        return None

    def _by_adjective(self, word: Token) -> Attribution | None:
        cue = adjective_cue(word)
        is_said_of = any(c.dep_ in ("cop", "aux:pass") for c in word.children)
        if cue is None or not is_said_of or is_unreal(word):
            return None
        relations = ("ccomp", "xcomp", "advcl", "obl")
        clause = next((c for c in word.rights if c.dep_ in relations), None)
        if clause is None:
            return None
        subject = next(self._speakers.own_subjects(word, word), None)
        return self._from_clause(cue, subject, clause)

    def _from_clause(self, cue: Cue, owner: Token | None, clause: Token) -> Attribution | None:
        """The attribution of a noun or adjective with its clause to `owner`, if that can speak."""
        if owner is None or not self._speakers.can_speak(owner):
            return None
        word = self._doc[cue.word]
        content = self._contents.of_clause(clause, word)
        if not content:
            return None
        frame, kind = cue.kinds[0]
        source = self._speakers.to_source(owner)
        if self._speakers.is_nobody(source):
            return None
        return Attribution(
            cue=(cue.first, cue.last), frame=frame, kind=kind, source=source.words,
            source_head=source.head, content=content,
            is_negated=frame == "adjective" and is_negated(word),
        )  # fmt: skip


def _ends_source(word: Token) -> bool:
    return word.text in _AFTER_SOURCE or word.tag_ in _AFTER_SOURCE_TAGS


def _is_noun_content(child: Token) -> bool:
    """What hangs on a noun as its content: "demand that …", "plan to …", "call for …"."""
    if child.doc[child.left_edge.i - 1].text == ",":
        return False  # "the guilty plea, to be entered in May"
    if child.dep_ == "nmod":
        is_verb_clause = child.tag_.startswith("VB") and _has_left_word(child)
        return is_verb_clause or _has_word(child, ("for", "of", "about", "against"))
    is_clause = child.dep_ in ("acl", "ccomp", "acl:relcl")
    is_verb = child.tag_.startswith("VB") or any(c.dep_.startswith("cop") for c in child.lefts)
    return is_clause and is_verb and _has_left_word(child)


def _has_word(word: Token, wanted: tuple[str, ...]) -> bool:
    return any(child.lower_ in wanted for child in word.children)


def _has_left_word(clause: Token) -> bool:
    return any(child.lower_ in ("that", "to") for child in clause.lefts)


def _is_reported_intent(word: Token) -> bool:
    """Whether an infinitive tells what was said all the same: "continued to argue"."""
    if word.lemma_ in ("say", "tell"):
        return False
    has_to = any(c.lower_ == "to" for c in word.lefts)
    return has_to and word.head.lemma_ in listed("cues.carrying_on", "words")


def _lacks_its_object(word: Token) -> bool:
    """Whether what a verb is done to stands before its clause: "the deal it wants with Sarn"."""
    subject = next((c for c in word.lefts if c.dep_.startswith("nsubj")), None)
    is_gapped = word.dep_ == "acl:relcl" and subject is not None and subject.lower_ not in _RELATIVE
    has_more = any(c.dep_ in ("obj", "ccomp", "xcomp", "parataxis", "advcl") for c in word.rights)
    return is_gapped and not has_more


def _says_something(reading: Reading, a: Attribution) -> bool:
    """Whether the content has more than a preposition and a pronoun: not "asked: for it"."""
    words = [w for first, last in a.content for w in reading.doc[first : last + 1]]
    is_refusal = a.frame == "act" and a.kind in ("deny", "refuse")
    empty = ("IN", "TO", "RP", "CC", "PRP", "DT", "RB", "PRP$")
    said = [
        word
        for word in words
        if word.lower_ in ("not", "n't", "n’t")
        or (word.is_alpha and word.tag_ not in empty and word.lemma_ not in ("be", "do"))
        or word.like_num
    ]
    return bool(said) or (is_refusal and len(words) > 0)


def _without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Of two attributions by one source with the same cue, the one with more content."""
    best: dict[tuple[int, int], Attribution] = {}
    for a in found:
        key = (a.cue[0], a.source_head)
        held = best.get(key)
        if held is None or a.content_length > held.content_length:
            best[key] = a
    return list(best.values())
