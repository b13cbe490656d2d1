"""Checks that what is denied in the evidence is denied in the line, and nothing else.

Compared word by word on what the line and its evidence share; a synonym's sense it cannot know.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.verification.gaps import differs_in
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.scope import any_of, beside, family, governing
from briefings.verification.speakers import own_content

_CARRYING = ("VB", "JJ", "NN")


def check_polarity(read: ReadLine) -> Reason | None:
    """A negation stands at a word of the line exactly if it stands at that word in the evidence."""
    if "negative" not in read.colours:
        return None
    if any(differs_in(gap, "negative") for gap in read.gaps):
        return "polarity"
    inside = own_content(read) or {word.i for word in read.evidence}
    line = {word.i for word in read.words}
    for word in read.words:
        there = read.match(word)
        if there is None or not word.tag_.startswith(_CARRYING) or there.i not in inside:
            continue
        if _differs(read, word, there, line, inside):
            return "polarity"
    return "polarity" if _lost(read, inside) or _invented(read) else None


def _differs(read: ReadLine, word: Token, there: Token, line: set[int], inside: set[int]) -> bool:
    ours = [w for w in beside(word, "negative") if w.i in line]
    theirs = [w for w in beside(there, "negative") if w.i in inside]
    if bool(ours) == bool(theirs):
        return False
    if ours:
        return not governing(there, "negative", inside) and not _stand_near(ours, read)
    # Said in another way: "has not agreed" as "refuses to agree".
    return not (governing(word, "negative", line) or any_of(read.words, "negative"))


def _stand_near(ours: list[Token], read: ReadLine) -> bool:
    """Whether the parse alone differs: the evidence has the same negation matched to it."""
    return all(w.i in read.matches for w in ours)


def _lost(read: ReadLine, inside: set[int]) -> bool:
    """Whether a negation, or what denies, fell out between words that the line keeps."""
    if any_of(read.words, "negative"):
        return False
    kept = set(read.matches.values())
    for i in sorted(inside - kept):
        word = read.ground.reading.doc[i]
        if not any_of((word,), "negative") or word.lower_ in read.cue:
            continue
        if word.lower_ in family("negative"):
            if word.head.i in kept and {i - 1, i + 1} & kept:
                return True
        elif (
            any(c.i in kept for c in word.children if c.dep_ in ("xcomp", "ccomp", "obj"))
            and i - 1 in kept
        ):
            return True
    return False


def _invented(read: ReadLine) -> bool:
    """Whether the line denies and nothing in its evidence does."""
    plain = [w for w in read.words if w.lower_ in family("negative")]
    return bool(plain) and not any_of(read.evidence, "negative")
