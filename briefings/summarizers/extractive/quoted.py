"""Gives attributions the whole of the quotations they open, over sentences and paragraphs.

It adds words to the content of attributions that were found; it finds no new ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from briefings.language.quotes import MARKS
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution, Range

#: A word or two in quotation marks is no speech. Set by hand on the development articles.
_FEWEST_WORDS = 4
_SPEAKING = ("say", "phrase", "act")


def with_whole_quotations(reading: Reading, found: list[Attribution]) -> list[Attribution]:
    """The same attributions, each with all of the quotation its content touches or that goes on.

    A sentence that is all quotation and has no cue of its own goes on from the speaker before.
    """
    out = list(found)
    touching: dict[int, set[int]] = defaultdict(set)
    for i, a in enumerate(found):
        for n in _sentences_of(reading, a):
            touching[n].add(i)
    claimed = set(touching)
    with_cue = {_paragraph(reading, reading.sentence_number(a.cue[0])) for a in found}
    for first, last in _whole_quotations(reading):
        if last - first + 1 < _FEWEST_WORDS:
            continue
        numbers = _sentences_between(reading, (first, last))
        loose = [n for n in numbers if n not in claimed and _is_all_quoted(reading, n)]
        near = _speaking_near(out, touching, numbers) if loose else []
        owner = _owner_of(reading, near, numbers, with_cue)
        if owner is None:
            continue
        extra = (_within(reading, n, (first, last)) for n in loose)
        out[owner] = replace(out[owner], content=tuple(sorted({*out[owner].content, *extra})))
        claimed |= set(loose)
        for n in loose:
            touching[n].add(owner)
    return out


def _whole_quotations(reading: Reading) -> list[Range]:
    """First and last word of each quotation; parts of one that no mark opens anew are joined."""
    whole: list[Range] = []
    for quotation in reading.quotations:
        inside = reading.words_between(quotation.start, quotation.end)
        if len(inside) == 0:
            continue
        is_part = not (inside[0].is_quote or inside[0].text in MARKS)
        first = whole.pop()[0] if is_part and whole else inside.start
        whole.append((first, inside.end - 1))
    return whole


def _is_all_quoted(reading: Reading, number: int) -> bool:
    """Whether a sentence is nothing but quotation: a term in quotation marks is no speech."""
    sent = reading.sents[number]
    words = [word for word in sent if not word.is_punct]
    if all(word.is_upper for word in words):
        return False  # a heading between paragraphs
    return bool(words) and all(reading.is_quoted(word) for word in (words[0], words[-1]))


def _sentences_of(reading: Reading, a: Attribution) -> set[int]:
    """The sentences at the ends of a content, and that of its cue."""
    ends = {reading.sentence_number(i) for bounds in a.content for i in bounds}
    return ends | {reading.sentence_number(a.cue[0])}


def _sentences_between(reading: Reading, bounds: Range) -> range:
    first, last = map(reading.sentence_number, bounds)
    return range(first, last + 1)


def _within(reading: Reading, number: int, bounds: Range) -> Range:
    """The words of a sentence that lie within a range."""
    sent = reading.sents[number]
    return max(sent.start, bounds[0]), min(sent.end - 1, bounds[1])


def _speaking_near(
    found: list[Attribution], touching: Mapping[int, set[int]], numbers: range
) -> list[tuple[int, Attribution]]:
    """The attributions of speech that touch these sentences or the one before, with their index."""
    near = set().union(*(touching.get(n, ()) for n in range(numbers[0] - 1, numbers[-1] + 1)))
    return [(i, found[i]) for i in sorted(near) if found[i].frame in _SPEAKING]


def _owner_of(
    reading: Reading, says: list[tuple[int, Attribution]], numbers: range, with_cue: set[int]
) -> int | None:
    """Index of the attribution that a quotation is part of, else of the one it goes on.

    `with_cue` holds the paragraphs in which somebody is said to speak.
    """
    inside = (i for i, a in says if _quotes_within(reading, a, numbers))
    before = (
        i
        for i, a in reversed(says)
        if _goes_on(reading, a, numbers[0])
        and (
            _same_paragraph(reading, a, numbers[0])
            or _paragraph(reading, numbers[0]) not in with_cue
        )
    )
    return next(inside, next(before, None))


def _quotes_within(reading: Reading, a: Attribution, numbers: range) -> bool:
    """Whether the content begins or ends with quoted words in one of these sentences."""
    return any(
        reading.sentence_number(i) in numbers and reading.is_quoted(i)
        for bounds in a.content
        for i in bounds
    )


def _paragraph(reading: Reading, number: int) -> int:
    return reading.sentences[number].paragraph


def _same_paragraph(reading: Reading, a: Attribution, number: int) -> bool:
    return _paragraph(reading, reading.sentence_number(a.cue[0])) == _paragraph(reading, number)


def _goes_on(reading: Reading, a: Attribution, number: int) -> bool:
    """Whether an attribution ends right before a sentence, a paragraph further on at most."""
    cue = reading.sentence_number(a.cue[0])
    last = max(cue, *(reading.sentence_number(last) for _, last in a.content))
    gap = reading.sentences[number].paragraph - reading.sentences[cue].paragraph
    return number - last == 1 and gap <= 1
