"""Finds the words of a line in its evidence where it is cut out of it, stretch by stretch.

It knows neither parse nor meaning: words are the same letter for letter or not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Token

from briefings.language.reading import split_words
from briefings.verification.ground import Ground

#: A line is cut out of its evidence where it has whole stretches of so many words: words picked
#: singly make another sentence.
_FEWEST = 4
#: May stand in such a line without standing there in the evidence.
_SENTENCE_END = re.compile(r"(?<=[.!?”\"]) +(?=[A-Z“\"])")
_MARKS = frozenset(".,;:…—–") | {"..."}


def cut_out(
    text: str, numbers: Sequence[int], ground: Ground, *, is_label: bool = False
) -> list[Token]:
    """The article's words that are those of a line, in order; none where one is not there.

    The first may have got its capital, and marks may stand between stretches and at the end. The
    words of a label may be picked singly: it says nothing of one another.
    """
    for number in numbers:
        words = _one_stretch(text, number, ground)
        if words:
            return words
    evidence = ground.words(numbers)
    places = _places(
        split_words(text), [word.text for word in evidence], 1 if is_label else _FEWEST
    )
    return [evidence[k] for k in places] or _whole_sentences(text, numbers, ground)


def _whole_sentences(text: str, numbers: Sequence[int], ground: Ground) -> list[Token]:
    """The words where a line is made of sentences of the evidence, in whatever order."""
    pieces = _SENTENCE_END.split(text)
    found = [_one_sentence(piece, numbers, ground) for piece in pieces if len(pieces) > 1]
    return [word for words in found for word in words] if all(found) else []


def _one_sentence(text: str, numbers: Sequence[int], ground: Ground) -> list[Token]:
    stretches = (_one_stretch(text, number, ground) for number in numbers)
    return next((words for words in stretches if len(words) >= _FEWEST), [])


def _one_stretch(text: str, number: int, ground: Ground) -> list[Token]:
    """The words where the whole line stands in one sentence: the common case, and a quick look."""
    reading = ground.reading
    sentence = reading.sentences[number]
    core = text.rstrip(" .…")
    # A capital that the line was given is the only letter that may differ.
    at = reading.text.find(core[1:], sentence.start + 1, sentence.end) - 1
    if len(core) < _FEWEST or at < sentence.start:
        return []
    if reading.text[at].lower() != core[0].lower():
        return []
    first, last = bisect_left(reading.starts, at), bisect_right(reading.ends, at + len(core))
    if last <= first or reading.starts[first] != at or reading.ends[last - 1] != at + len(core):
        return []
    return list(reading.doc[first:last])


def _places(words: list[str], evidence: list[str], fewest: int) -> list[int]:
    """Where the words of a line stand, stretch after stretch."""
    found: list[int] = []
    k = 0
    while k < len(words):
        at, size = _longest_run(words, k, evidence, found[-1] + 1 if found else 0)
        is_whole = k == 0 and all(word in _MARKS for word in words[size:])
        if size >= fewest or (size and is_whole):
            found += range(at, at + size)
            k += size
        elif words[k] in _MARKS:
            k += 1
        else:
            return []
    return found


def _longest_run(words: list[str], k: int, evidence: list[str], start: int) -> tuple[int, int]:
    """Where in the evidence, and how far, the words from `k` on run on; the first of equals."""
    best = (0, 0)
    opening = words[k].lower() if k == 0 else words[k]
    for at in range(start, len(evidence)):
        if evidence[at] != words[k] and (k or evidence[at].lower() != opening):
            continue
        size = 1
        limit = min(len(words) - k, len(evidence) - at)
        while size < limit and words[k + size] == evidence[at + size]:
            size += 1
        if size > best[1]:
            best = (at, size)
    return best
