"""Finds the noun phrases of headline and lead that could name what a dispute is about.

It gives each a bonus for where and how it stands; which one is taken is decided in `issue`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.briefing import MAX_ISSUE_WORDS
from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.draft import FINITE

_DETERMINERS = ("a", "an", "the", "its", "his", "her", "their")
#: What hangs on a noun by one of these is no part of its phrase.
_BREAKING = ("punct", "appos", "acl:relcl", "parataxis", "cc", "conj", "dep")
BREAKING_MARKS = (",", ";", "—", "--", "(", ":")
_BREAKING_WORDS = ("who", "which", "when", "after", "while")
_ENDS_OF_SENTENCES = (".", "!", "?", "”", '"', "''", "’")
#: What is found behind one of these is where something happens.
_OF_PLACES = ("in", "at", "within", "inside", "outside", "near", "from", "behind", "above")
# All numbers here were set by hand on the development articles.
#: The phrase is looked for in the headline and this many whole sentences.
_LEAD_SENTENCES = 4
#: "Its app" is no matter that a reader understands alone.
_UNCLEAR = 0.6
#: Bonuses of a phrase: a word of dispute leads to it; it is a headline's, which leaves out small
#: words; it is a subject, so rather somebody than something; the lead tells what is done to it;
#: it is a body or a place; it is where something happens.
_THE_MATTER, _HEADLINE, _SUBJECT, _DONE_TO, _BODY, _SCENE = 1.25, 0.8, 0.9, 1.2, 0.5, 0.5
#: What parties argue about by its nature weighs so much more: a tax, a raid.
_ARGUED = 1.2
#: What deeds end in.
_DEED_ENDINGS = ("tion", "sion", "ment", "ing", "ance", "ure")
_LONGEST_FIRST = MAX_ISSUE_WORDS - 6

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matter:
    """Words that could name the issue, behind `opening` where they are a clause, and a bonus."""

    ranges: tuple[Range, ...]
    bonus: float
    opening: str | None = None

    @property
    def length(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)


def lead_numbers(reading: Reading, most: int = _LEAD_SENTENCES) -> list[int]:
    """Numbers of the headline and the first whole sentences: no byline, caption or subheading."""
    whole = (
        n
        for n, sent in enumerate(reading.sents)
        if n and n not in reading.captions and sent[-1].text in _ENDS_OF_SENTENCES
    )
    return [0, *(n for n, _ in zip(whole, range(most), strict=False))]


def head_of(reading: Reading, bounds: Range) -> Token:
    """The main word of a phrase."""
    return reading.doc[bounds[0] : bounds[1] + 1].root


def find_phrases(
    reading: Reading, least: int = 2, *, trusts_headline: bool = False
) -> Iterator[Matter]:
    """Noun phrases of the headline and the lead with what hangs on them, each with a bonus.

    A headline's phrase must have its nouns in the body as nouns, unless the headline is trusted.
    """
    nouns = {w.lemma_.lower() for w in reading.doc[reading.sents[0].end :] if w.tag_[:2] == "NN"}
    verbs = {w.lemma_.lower() for w in reading.doc if w.tag_.startswith("VB")}
    for place, number in enumerate(lead_numbers(reading)):
        for word in reading.sents[number]:
            if not _can_head(reading, word):
                continue
            bonus = _bonus(reading, word, place)
            first = _start(word)
            if _is_infinitive(word.doc[first], verbs):
                continue
            for end in ends_of(word):
                last = _with_complement(word.sent, first, end) if number == 0 else end
                if number == 0 and not (trusts_headline or _are_nouns(reading, first, end, nouns)):
                    continue
                if number == 0 and _has_verb_for_noun(reading, first, end):
                    continue  # a headline's verb is easily taken for a noun: "regulator fines firm"
                if not _is_whole(reading, first, last) or tells(reading, (first, last)):
                    continue
                if least <= last - first + 1 <= _LONGEST_FIRST:
                    yield Matter(((first, last),), bonus)


def _bonus(reading: Reading, word: Token, place: int) -> float:
    """What a noun's phrase gains and loses; `place` counts the sentences from the headline."""
    is_argued = word.lemma_.lower() in listed("dispute", "arguable")
    is_the_matter = _is_the_matter(word)
    bonus = _THE_MATTER if is_the_matter else 1.0
    bonus *= _ARGUED if is_argued else 1.0
    bonus *= 1.0 if place else _HEADLINE
    bonus *= _SUBJECT if word.dep_.startswith("nsubj") else 1.0
    bonus *= _BODY if names_body(reading, (word.i, word.i)) else 1.0
    bonus *= _DONE_TO if place == 1 and word.dep_ in ("obj", "nsubj:pass") else 1.0
    bonus *= _SCENE if _is_scene(word) and not (is_argued or is_the_matter) else 1.0
    return bonus * (_UNCLEAR if any(w.tag_ in ("PRP", "PRP$") for w in word.subtree) else 1.0)


def _is_scene(word: Token) -> bool:
    """Whether a noun says where something happens: "at the town hall"."""
    return any(c.dep_ == "case" and c.lower_ in _OF_PLACES for c in word.lefts)


def _is_infinitive(word: Token, verbs: set[str]) -> bool:
    """Whether what is read as a noun behind "to" is a verb elsewhere: "force firms to tap calls".

    `verbs` are the lemmas of the article's verbs.
    """
    if not word.i or word.nbor(-1).lower_ != "to" or word.tag_ != "NN":
        return False
    return word.lemma_.lower() in verbs


def is_arguable(head: Token) -> bool:
    """Whether a noun names a deed or a thing that parties argue about, no scene and no setting."""
    lemma = head.lemma_.lower()
    if lemma in listed("dispute", "arguable") | listed("dispute", "nouns") | listed(
        "dispute", "laws"
    ):
        return True
    is_deed = lemma.endswith(_DEED_ENDINGS) and lemma not in listed("dispute", "no_deeds")
    return is_deed or lemma in listed("dispute", "deeds")


def _is_whole(reading: Reading, first: int, last: int) -> bool:
    """Whether a phrase has no comma in it and no adverb at its end, as a misread clause has."""
    words = reading.doc[first : last + 1]
    return words[-1].tag_ != "RB" and not any(w.text in BREAKING_MARKS for w in words)


def _can_head(reading: Reading, word: Token) -> bool:
    """Whether a word can be the main word of the phrase."""
    is_noun = word.tag_ in ("NN", "NNS") and word.dep_ not in ("compound", "flat", "nmod:poss")
    lemma = word.lemma_.lower()
    is_somebody = gazetteer.role_noun(lemma) in ("person", "group") or word.text[:1].isupper()
    is_telling = lemma not in listed("dispute", "empty") and not is_somebody
    return is_noun and is_telling and not reading.is_quoted(word)


def _are_nouns(reading: Reading, first: int, last: int, nouns: set[str]) -> bool:
    """Whether the body has every noun of a phrase as a noun too, or it can be nothing else."""
    words = reading.doc[first : last + 1]
    return all(
        w.lemma_.lower() in nouns or w.lemma_.lower().endswith(_DEED_ENDINGS)
        for w in words
        if w.tag_ in ("NN", "NNS")
    )


def _has_verb_for_noun(reading: Reading, first: int, last: int) -> bool:
    """Whether a headline's verb may pass for a plural behind a name: "Department probes chief"."""
    verbs = (
        listed("dispute", "hostile") | listed("dispute", "pursuing") | listed("dispute", "friendly")
    )
    doc = reading.doc
    plurals = [w for w in doc[first + 1 : last + 1] if w.tag_ == "NNS" and w.nbor(-1).tag_ == "NNP"]
    if any(w.i < last and w.lemma_.lower() in verbs for w in plurals):
        return True
    # "Norland orders Chinese-built port": the plural ends the phrase, and its object follows.
    ends_so = bool(plurals) and plurals[-1].i == last
    return ends_so and doc[last + 1].tag_.startswith(("JJ", "NN", "DT", "PRP"))


def tells(reading: Reading, bounds: Range) -> bool:
    """Whether the words tell a story instead of naming a matter: a finite verb, a day, a number."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    is_dated = any(w.lower_ in listed("names", "calendar") for w in words)
    is_counted = any(w.tag_ == "CD" and not w.is_alpha for w in words)
    return is_dated or is_counted or any(w.tag_ in FINITE and w.dep_ != "amod" for w in words)


def _is_the_matter(word: Token) -> bool:
    """Whether a word of dispute leads to it: "rift over capture", "threat to block leases"."""
    prepositions = {c.lower_ for c in word.children if c.dep_ == "case"}
    if word.lemma_.lower() in listed("dispute", "nouns"):
        return True
    if "of" in prepositions and word.head.dep_ in ("obj", "nsubj:pass"):
        return word.head.head.lemma_.lower() in listed("dispute", "accusing")
    return bool(prepositions & listed("dispute", "over")) and word.head.lemma_.lower() in (
        listed("dispute", "nouns") | listed("dispute", "hostile")
    )


def _start(word: Token) -> int:
    first = word.left_edge.i
    while first < word.i and _is_no_start(word.doc[first]):
        first += 1
    return _behind_misread(word, first)


def _behind_misread(word: Token, first: int) -> int:
    """The start behind a plural that an adjective follows: "gives buyers special treatment"."""
    doc, start = word.doc, first
    for i in range(first, word.i - 1):
        if doc[i].tag_ == "NNS" and doc[i + 1].tag_ == "JJ":
            start = i + 1
    return start


def _with_complement(title: Words, first: int, last: int) -> int:
    """The end of a headline's phrase with the adjective that closes it: "on taking it private"."""
    doc, behind = title.doc, last + 1
    if not any(word.tag_ == "VBG" for word in doc[first:last]):
        return last
    is_adjective = behind < title.end and doc[behind].tag_ == "JJ" and doc[last].tag_ != "JJ"
    closes = behind + 1 == title.end or (behind < title.end and doc[behind + 1].is_punct)
    return behind if is_adjective and closes else last


def _is_no_start(word: Token) -> bool:
    is_small = word.tag_ in ("RB", "IN", "DT", "PDT") or word.dep_ in ("case", "mark", "cc")
    return word.is_punct or is_small or word.lower_ in _DETERMINERS


def ends_of(word: Token) -> list[int]:
    """Where the phrase may close: after the noun, and after each thing that hangs on it in turn."""
    ends = [word.i]
    # "An accusation by X" says who made it and not what it was.
    is_charge = word.lemma_.lower() in listed("dispute", "charges")
    for child in word.rights:
        if is_charge and child.left_edge.lower_ in ("by", "from"):
            break
        if child.dep_ in _BREAKING or child.left_edge.i != ends[-1] + 1:
            break
        if _is_charge(word, child):
            break
        words = word.doc[child.left_edge.i : child.right_edge.i + 1]
        if any(w.text in BREAKING_MARKS or w.lower_ in _BREAKING_WORDS for w in words):
            break
        ends.append(child.right_edge.i)
    return ends


def _is_charge(word: Token, child: Token) -> bool:
    """Whether an "of" behind somebody accused says of what: "accuses forces of killings"."""
    accusing = listed("dispute", "accusing")
    is_accused = word.dep_ in ("obj", "nsubj:pass") and word.head.lemma_.lower() in accusing
    return is_accused and any(c.lower_ == "of" for c in child.lefts)


def names_body(reading: Reading, bounds: Range) -> bool:
    """Whether a phrase names a body or a place, which is party or scene rather than matter."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    lemmas = [w.lemma_.lower() for w in words if w.tag_.startswith("NN")]
    return any(
        gazetteer.role_noun(lemma) is not None or lemma in listed("names", "place")
        for lemma in lemmas
    )
