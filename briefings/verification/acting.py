"""Tells who acts in some sentences: who does what their verbs say, by the parse or by the order.

It does not ask what is done, nor whether it is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.cues import verb_cue
from briefings.verification.proposed import ReadLine
from briefings.verification.sources import name_words
from briefings.verification.stems import stem

_BY = ("by", "from", "including", "among")
_ACTING = ("nsubj", "obl:agent")
_OF_NAME = ("flat", "compound", "appos", "conj")
#: The words of a name stand so near.
_NEAR = 6
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_IN_PHRASE = ("NN", "DT", "HYPH", "JJ", "CC", "POS")
_PREPOSITIONS = ("of", "in", "with", "to", "on", "against")
#: Both of two, whoever they are: "each side", "both".
_BOTH = ("each", "both")


def acts_in(read: ReadLine, evidence: list[Token], name: str) -> bool:
    """Whether somebody, by the cast or by word, is who acts in some sentences."""
    return any(True for _ in acting_words(read, evidence, name))


def acting_words(read: ReadLine, evidence: list[Token], name: str) -> Iterator[Token]:
    """The words for somebody who acts."""
    called = read.ground.members_called(name)
    words = name_words(name)
    is_there = any(read.ground.member_at(w.i) in called for w in evidence)
    for word in evidence:
        member = read.ground.member_at(word.i)
        is_meant = member is not None and any(m is member for m in called)
        is_both = is_there and _is_both(word)
        if not (is_meant or is_both or stem(word.text) in words) or not _is_acting(word):
            continue
        near = {stem(w.text) for w in word.doc[max(0, word.i - _NEAR) : word.i + _NEAR]}
        if is_meant or is_both or words <= near or _is_short(word, name, words):
            yield word


def _is_both(word: Token) -> bool:
    return word.lower_ in _BOTH or (
        word.lower_ in ("side", "sides", "party", "parties")
        and any(c.lower_ in _BOTH for c in word.children)
    )


def _is_short(word: Token, name: str, words: set[str]) -> bool:
    """Whether a word with "the" is the name's last: "the inquiry" for a parliamentary one."""
    if stem(word.text) != stem(name.rsplit(maxsplit=1)[-1]) or word.text[:1].isupper():
        return False
    own = [c for c in word.children if c.i < word.i]
    return any(c.lower_ == "the" for c in own) and all(
        c.lower_ == "the" or stem(c.text) in words for c in own
    )


def _is_acting(word: Token) -> bool:
    """Whether a word is, or belongs to the name of, who does something."""
    if _stands_before_verb(word):
        return True
    while word.head is not word and (word.dep_.startswith(_OF_NAME) or _is_body_of(word)):
        word = word.head
    if word.dep_ == "ROOT" and not word.tag_.startswith("VB"):
        return True  # the parse took who acts for the sentence
    marks = {c.lower_ for c in word.children if c.dep_ == "case"}
    is_aside = word.head.dep_.startswith("acl") and verb_cue(word.head) is None
    is_by = word.dep_.startswith(("obl", "nmod")) and bool(marks & set(_BY)) and not is_aside
    is_according = word.i > 1 and any(
        c.nbor(-1).lower_ == "according" for c in word.subtree if c.lower_ == "to" and c.i > 0
    )
    return word.dep_.startswith(_ACTING) or is_by or is_according


def _stands_before_verb(word: Token) -> bool:
    """Whether a verb follows as it does on who acts, whatever the parse makes of it."""
    i, end = word.i + 1, word.sent.end
    while i < end and (word.doc[i].tag_ in ("RB", "NNP", "HYPH") or word.doc[i].lower_ == "had"):
        i += 1
    after_comma = i < end and word.doc[i].text == ","
    i += after_comma
    if i >= end or (after_comma and word.doc[i].tag_ not in ("VBD", "VBZ")):
        return False
    verb = word.doc[i]
    has_own = any(c.dep_.startswith("nsubj") and c.i > i for c in verb.children)
    is_other = verb.dep_.startswith("acl") and any(c.lower_ in ("by", "as") for c in verb.children)
    return (
        verb.tag_ in _FINITE
        and verb.lemma_.lower() not in ("be", "have")
        and not has_own
        and not is_other
        and not _hangs_on_other(word)
    )


def _hangs_on_other(word: Token) -> bool:
    """Whether a preposition or verb right before makes it part of something: "officials of X"."""
    i = word.i - 1
    while i >= word.sent.start and word.doc[i].tag_.startswith(_IN_PHRASE):
        i -= 1
    if i < word.sent.start:
        return False
    before = word.doc[i]
    return before.lower_ in _PREPOSITIONS or before.tag_.startswith("VB")


def _is_body_of(word: Token) -> bool:
    """Whether a name is that of what it hangs on: "the village of X", "X's government"."""
    is_hanging = word.dep_.startswith("nmod")
    return is_hanging and word.head.lemma_.lower() in listed("verification.speaking_for", "heads")
