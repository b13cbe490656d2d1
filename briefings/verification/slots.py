"""Checks that nothing was exchanged: what stands between the same two words is the same.

Names, numbers and days of the evidence that changed places are all there, and say something else.
It compares neighbours, not meanings.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Token

from briefings.language.titles import is_listed
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import stem

#: What stands in a list may stand in another order.
_LISTING = frozenset(("and", "or", ",", "&", "with", "the"))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A name, number or day and the words on both sides of it."""

    sort: Reason
    words: tuple[str, ...]
    before: str
    behind: str
    is_matched: bool = False


def check_slots(read: ReadLine) -> Reason | None:
    """No slot of the line is filled otherwise in the evidence."""
    if all(word.i in read.matches for word in read.words):
        return None  # what stands where the evidence has it changed places with nothing
    if _changed_places(read):
        return "direction"
    theirs = _slots_of_evidence(read)
    for slot in _slots_of_line(read):
        same_place = [
            s
            for s in theirs
            if s.sort == slot.sort and (s.before, s.behind) == (slot.before, slot.behind)
        ]
        if same_place and not any(_is_same(s, slot) for s in same_place):
            return "direction" if slot.sort == "name" else slot.sort
    return None


def _changed_places(read: ReadLine) -> bool:
    """Whether two names stand the other way round with the same words between them."""
    theirs = [word.lower_ for word in read.evidence]
    for (a, b), (c, d) in combinations(read.name_groups, 2):
        first = _only_place(theirs, [w.lower_ for w in read.words[a:b]])
        second = _only_place(theirs, [w.lower_ for w in read.words[c:d]])
        if first is None or second is None or second >= first:
            continue
        ours = _plain(read.words[b:c])
        between = _plain(read.evidence[second + d - c : first])
        is_list = set(ours) <= _LISTING and not (ours == [","] and _is_apposed(read.words, a, d))
        if ours == between and ours and not is_list:
            return True
    return False


def _only_place(words: list[str], wanted: list[str]) -> int | None:
    """Where some words stand one after another, None where nowhere or more than once."""
    size = len(wanted)
    found = [k for k in range(len(words) - size + 1) if words[k : k + size] == wanted]
    return found[0] if len(found) == 1 else None


def _plain(words: list[Token]) -> list[str]:
    """Words between names: titles and other parts of names left out."""
    return [w.lower_ for w in words if not w.tag_.startswith("NNP")]


def _is_apposed(words: list[Token], first: int, end: int) -> bool:
    """Whether a comma parts a name from what explains it: no "and" before or behind them."""
    near = (*words[max(0, first - 2) : first], *words[end : end + 3])
    return all(word.lower_ not in ("and", "or", "&") for word in near)


def _is_same(one: _Slot, other: _Slot) -> bool:
    if bool(set(one.words) & set(other.words)):
        return True
    # "Forty" and "40" are compared as numbers elsewhere.
    return one.sort == "number" and _is_in_figures(one) != _is_in_figures(other)


def _is_in_figures(slot: _Slot) -> bool:
    return any(word[:1].isdigit() for word in slot.words)


def _slots_of_line(read: ReadLine) -> list[_Slot]:
    """Those whose words are not where the evidence has them."""
    slots = _slots(read, read.words, read.name_groups)
    return [slot for slot in slots if not slot.is_matched]


def _slots_of_evidence(read: ReadLine) -> list[_Slot]:
    """The names here are runs of capitals: the place matters, not who it is."""
    groups, i, words = [], 0, read.evidence
    while i < len(words):
        j = i
        while j < len(words) and words[j].text[:1].isupper() and words[j].tag_.startswith("NNP"):
            j += 1
        if j > i:
            groups.append((i, j))
        i = max(j, i + 1)
    return _slots(read, words, groups)


def _slots(read: ReadLine, words: list[Token], names: list[tuple[int, int]]) -> list[_Slot]:
    named = {i for a, b in names for i in range(a, b)}
    days = [(i, i + 1) for i, w in enumerate(words) if i not in named and _is_day(w)]
    figures = [(i, i + 1) for i, w in enumerate(words) if w.tag_ == "CD" and i not in named]
    found = []
    for sort, groups in (("name", names), ("date", days), ("number", figures)):
        for a, b in groups:
            keys = tuple(_keys(read, words[a:b]))
            is_matched = all(w.i in read.matches for w in words[a:b]) and words is read.words
            beside = _beside(words, a - 1, -1), _beside(words, b, 1)
            found.append(_Slot(sort, keys, *beside, is_matched))  # type: ignore[arg-type]
    return found


def _is_day(word: Token) -> bool:
    return word.text[:1].isupper() and is_listed("calendar", word.text)


def _keys(read: ReadLine, words: list[Token]) -> list[str]:
    """What a slot's filling is known by: its words, and whoever the cast has under them."""
    keys = [stem(w.text) for w in words if w.text[:1].isalnum()]
    text = " ".join(w.text for w in words)
    return keys + [f"#{m.number}" for m in read.ground.members_called(text)]


def _beside(words: list[Token], i: int, step: int) -> str:
    """The next word on one side, marks skipped; "" at the end of the line."""
    while 0 <= i < len(words) and words[i].is_punct:
        i += step
    return stem(words[i].text) if 0 <= i < len(words) else ""
