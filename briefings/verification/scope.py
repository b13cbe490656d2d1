"""Tells which small words bear on a word of a sentence: "not", "may", "alleged" and their like.

It follows the parse from a word to what governs it; whether a line keeps them is for the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from spacy.tokens import Token

from briefings.language.lexicon import load

#: How a clause hangs on the verb that governs its truth: "expected to fall", "refused to go".
_GOVERNED = ("xcomp", "ccomp", "acl", "advcl", "nmod", "obj", "obl")
#: What may colour what a line says.
FAMILIES = ("negative", "possible", "predicted", "alleged", "obliged")
_HELPERS = ("aux", "advmod", "neg", "det", "cc:preconj", "cop", "aux:pass", "mark", "amod")
_PARTS = ("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "advmod")


@cache
def family(kind: str) -> frozenset[str]:
    """The words of one family in the lexicon: plain ones that bear on what they stand beside."""
    return frozenset(load("verification")[kind]["words"])


@cache
def governors(kind: str) -> frozenset[str]:
    """Lemmas under which what hangs on them has the family's colour: "refuse to", "expect to"."""
    return frozenset(load("verification")[kind]["governors"])


def beside(word: Token, kind: str) -> list[Token]:
    """The words of a family that stand at a word itself, its helpers or its arguments."""
    found = [c for c in word.children if c.dep_ in _HELPERS and c.lower_ in family(kind)]
    if kind == "negative":
        for part in word.children:
            if part.dep_ in _PARTS:
                found += [c for c in part.children if c.dep_ == "det" and c.lower_ in family(kind)]
                found += [part] if part.lower_ in family(kind) else []
    if word.dep_ == "conj" and kind != "negative" and not found:
        shares_subject = not any(c.dep_.startswith("nsubj") for c in word.children)
        found = beside(word.head, kind) if shares_subject and word.head is not word else found
    return found


def governing(word: Token, kind: str, within: Iterable[int]) -> list[Token]:
    """The words above it whose colour it takes on, inside a stretch of words."""
    inside, found, at = set(within), [], word
    for above in _heads(word):
        if above.i not in inside or at.dep_.split(":")[0] not in _GOVERNED:
            break
        if at.dep_ == "acl:relcl":
            break  # the writer's own aside: "the season, which begins in June"
        if above.lemma_.lower() in governors(kind) or above.lower_ in governors(kind):
            found.append(above)
        found += [
            c
            for c in above.children
            if c.dep_ in _HELPERS
            and c.lower_ in family(kind)
            and c.i in inside
            and kind != "negative"
        ]
        at = above
    return found


def _heads(word: Token) -> Iterator[Token]:
    while word.head is not word:
        word = word.head
        yield word


def bearing(word: Token, kind: str, within: Iterable[int]) -> list[Token]:
    """Everything of a family that bears on a word."""
    inside = set(within)
    return [w for w in (*beside(word, kind), *governing(word, kind, inside)) if w.i in inside]


def any_of(words: Iterable[Token], kind: str) -> bool:
    """Whether any of these words is of a family, or governs as one."""
    return any(kind in colours_of(w.lower_, w.lemma_) for w in words)


@lru_cache(maxsize=16384)
def colours_of(lower: str, lemma: str) -> frozenset[str]:
    """The families that a word belongs to, or governs as."""
    return frozenset(
        kind for kind in FAMILIES if lower in family(kind) or lemma.lower() in governors(kind)
    )
