"""Tells the words under pictures from the report: captions and the credits that follow them.

By how newspapers mark them, and by their form; it leaves the text itself as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Span as Words

from briefings.article import Sentence
from briefings.language import lexicon

#: A caption has at most so many sentences; what is longer is a paragraph before a picture.
_LONGEST = 2
_PRESENT, _PAST = {"VBZ", "VBP"}, {"VBD", "MD"}
#: So many words at the end of a line hold its date.
_DATE_WORDS = 8
_FULL_DATE = re.compile(r"\b(?:1[89]|20)\d\d[.\s]*$")


def find_captions(
    text: str, sentences: Sequence[Sentence], sents: Sequence[Words]
) -> frozenset[int]:
    """Numbers of the sentences that belong to a picture; `sents` are their words, in order."""
    paragraphs: dict[int, list[int]] = {}
    for sentence in sentences:
        if sentence.paragraph:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.index)
    found: set[int] = set()
    before: list[int] = []
    for numbers in paragraphs.values():
        line = text[sentences[numbers[0]].start : sentences[numbers[-1]].end]
        if _pattern("credit").search(line):
            found.update(numbers)
            # "Picture taken June 15." may stand between a caption and its credit.
            if len(before) <= _LONGEST and _is_shown(text, sentences, sents, before):
                found.update(before)
        elif _is_caption(line, numbers, sents):
            found.update(numbers)
        if not (numbers[0] in found and line.lower().startswith("picture")):
            before = numbers
    return frozenset(found)


def _is_caption(line: str, numbers: list[int], sents: Sequence[Words]) -> bool:
    """Whether a paragraph says of itself, by how it opens, closes or reads, that it is one."""
    if _pattern("opens").search(line) or _pattern("closes").search(line):
        return True
    return len(numbers) == 1 and _is_dated_scene(line, sents[numbers[0]])


def _is_shown(
    text: str, sentences: Sequence[Sentence], sents: Sequence[Words], numbers: list[int]
) -> bool:
    """Whether what stands before a credit tells what a picture shows, in the present."""
    if not numbers:
        return False
    line = text[sentences[numbers[0]].start : sentences[numbers[-1]].end]
    tags = {word.tag_ for word in sents[numbers[0]]}
    return bool(_FULL_DATE.search(line)) or not tags & _PAST


def _is_dated_scene(line: str, words: Words) -> bool:
    """Whether a line is in the present and ends on a full date: a woman walks by, June 15, 2017."""
    if not _FULL_DATE.search(line):
        return False
    tags = {word.tag_ for word in words}
    months = {form for forms in lexicon.load("dates")["months"] for form in forms}
    has_month = any(word.lower_.rstrip(".") in months for word in words[-_DATE_WORDS:])
    # "Residents pass by" is easily read as a bare infinitive.
    is_present = bool(tags & _PRESENT) or words.root.tag_ == "VB"
    return has_month and is_present and not tags & _PAST


@cache
def _pattern(key: str) -> re.Pattern[str]:
    flags = re.VERBOSE if key == "credit" else re.VERBOSE | re.IGNORECASE
    return re.compile(lexicon.load("captions")[key], flags)
