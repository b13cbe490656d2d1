"""Checks that what may be, is alleged or is to come is told as that, and facts as facts.

Words of each family count alike: "may" for "could" passes, "will" for "may" does not.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.verification.gaps import Gap, differs_in
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.scope import any_of, bearing, beside, family
from briefings.verification.speakers import own_content

_KINDS = ("possible", "predicted", "alleged", "obliged")
#: What may stand for what: what is feared is possible, what is asked for is to come.
_FOR = {
    "possible": ("possible",),
    "predicted": ("predicted", "obliged"),
    "alleged": ("alleged",),
    "obliged": ("obliged", "predicted"),
}
_CARRYING = ("VB", "JJ", "NN")


def check_modality(read: ReadLine) -> Reason | None:
    """The line is as sure as its evidence, neither more nor less."""
    if not read.colours & set(_KINDS):
        return None
    changed = [Gap(g.ours, tuple(w for w in g.theirs if not _is_told(read, w))) for g in read.gaps]
    if any(differs_in(gap, kind) for gap in changed for kind in ("possible", "alleged")):
        return "modality"
    inside = own_content(read) or {word.i for word in read.evidence}
    line = {word.i for word in read.words}
    for word in read.words:
        there = read.match(word)
        if there is None or not word.tag_.startswith(_CARRYING) or there.i not in inside:
            continue
        if _is_surer(read, word, there, line, inside) or _is_less_sure(
            read, word, there, line, inside
        ):
            return "modality"
    return "modality" if _lost(read, inside) or _invented(read) else None


def _is_surer(read: ReadLine, word: Token, there: Token, line: set[int], inside: set[int]) -> bool:
    for kind in read.colours.intersection(_KINDS):
        if kind != "alleged" and not _is_predicate(there):
            continue
        above = bearing(there, kind, inside) if _is_predicate(there) else beside(there, kind)
        theirs = [w for w in above if w.lower_ in family(kind) and not _is_told(read, w)]
        if theirs and not any(bearing(word, k, line) or any_of(read.words, k) for k in _FOR[kind]):
            return True
    return False


def _is_told(read: ReadLine, word: Token) -> bool:
    """Whether a word of doubt is the claim's own verb, or that of an aside left out as a whole.

    "Some believed dead", "a man suspected of theft": whose loss makes nothing else surer.
    """
    is_own = any(c.dep_.startswith("nsubj") and c.dep_ != "nsubj:pass" for c in word.children)
    is_behind = word.head.i < word.i and word.dep_.startswith("acl")
    is_whole = all(w.i not in read.matches.values() for w in word.subtree)
    is_aside = (is_own or (is_behind and word.right_edge.i > word.i)) and is_whole
    return word.lower_ in read.cue or (is_aside and word.tag_.startswith("VB"))


def _is_predicate(word: Token) -> bool:
    return word.tag_.startswith("VB") or any(c.dep_ == "cop" for c in word.children)


def _is_less_sure(
    read: ReadLine, word: Token, there: Token, line: set[int], inside: set[int]
) -> bool:
    for kind in read.colours.intersection(_KINDS):
        ours = [w for w in bearing(word, kind, line) if w.lower_ in family(kind)]
        if not ours or all(w.i in read.matches for w in ours):
            continue
        allowed = (*_FOR[kind], "predicted") if kind == "possible" else _FOR[kind]
        near = [read.ground.reading.doc[i] for i in inside]
        if not any(bearing(there, k, inside) or any_of(near, k) for k in _FOR[kind]):
            return True
        plain_possible = any(
            w.lower_ in family("possible") for w in bearing(there, "possible", inside)
        )
        if kind == "predicted" and plain_possible and "possible" not in allowed:
            return not any(w.lower_ in family("possible") for w in read.words)
    return False


def _lost(read: ReadLine, inside: set[int]) -> bool:
    """Whether a word of doubt fell out between words that the line keeps on both sides."""
    kept = set(read.matches.values())
    for kind in ("possible", "alleged", "predicted"):
        if any(any_of(read.words, k) for k in _FOR[kind]):
            continue
        for i in sorted(inside - kept):
            word = read.ground.reading.doc[i]
            is_near = bool({i - 1, i + 1} & kept) and word.head.i in kept
            if word.lower_ in family(kind) and is_near and not _is_told(read, word):
                return True
    return False


def _invented(read: ReadLine) -> bool:
    """Whether the line doubts where nothing in its evidence does."""
    return any(
        any(w.lower_ in family(kind) and w.i not in read.matches for w in read.words)
        and not any(any_of(read.evidence, k) for k in _FOR[kind])
        for kind in ("possible", "alleged")
    )
