"""Compares what stands between the words that a line and its evidence share.

A line that keeps the words on both sides of a "not" and leaves it out says the opposite, whatever
the parse makes of it. It looks at short gaps only: over long ones a line may have been worded anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from briefings.verification.scope import family

#: Longer gaps are another wording.
_LONGEST = 8
#: What takes the place of what: who is told to do something will, by the one who tells.
_ALIKE = {"predicted": ("predicted", "obliged"), "obliged": ("obliged", "predicted")}


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of the line and of the evidence between two pairs of words that match, or at an end."""

    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]


def find_gaps(
    words: list[Token], evidence: list[Token], matches: dict[int, int], told: frozenset[str]
) -> Iterator[Gap]:
    """The short gaps that hold anything, in order; words of the evidence in `told` left out."""
    at = {word.i: k for k, word in enumerate(words)}
    place = {word.i: k for k, word in enumerate(evidence)}
    pairs = sorted((at[a], place[b]) for a, b in matches.items())
    if not pairs:
        return
    first, last = pairs[0], pairs[-1]
    start = evidence[first[1]].sent.start
    front = [k for k in range(max(0, first[1] - first[0]), first[1]) if evidence[k].i >= start]
    bounds: list[tuple[Sequence[int], Sequence[int]]] = [(range(first[0]), front)]
    bounds += [(range(a + 1, c), range(b + 1, d)) for (a, b), (c, d) in pairwise(pairs) if b < d]
    bounds.append((range(last[0] + 1, len(words)), ()))
    for ours, theirs in bounds:
        if (len(ours) or len(theirs)) and len(ours) <= _LONGEST and len(theirs) <= _LONGEST:
            left = (evidence[k] for k in theirs if evidence[k].lower_ not in told)
            yield Gap(tuple(words[k] for k in ours), tuple(left))


def differs_in(gap: Gap, kind: str) -> bool:
    """Whether one side of a gap has words of a family and the other has none."""
    alike = _ALIKE.get(kind, (kind,))
    ours = any(_is_of(w, kind) for w in gap.ours)
    theirs = any(_is_of(w, kind) for w in gap.theirs)
    if ours == theirs:
        return False
    other = gap.theirs if ours else gap.ours
    return not any(_is_of(w, k) for w in other for k in alike)


def _is_of(word: Token, kind: str) -> bool:
    if kind == "possible" and word.text == "May":
        return False  # the month, or somebody's name
    return word.lower_ in family(kind)
