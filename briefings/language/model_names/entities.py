"""Finds persons, organizations and places in a reading with the trained names component.

Says what the weights say and no more: rules and lexicons are joined with it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab
from thinc.api import use_ops

from briefings.language.model_names.marks import mark_words
from briefings.language.reading import Reading

WEIGHTS = Path(__file__).parent
#: Memory grows with the words of one part; a long article is read in several.
_WORDS_AT_ONCE = 1_000
EntityType = Literal["PER", "ORG", "LOC"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name found: words `first` to `last` of the reading, both included, and its type."""

    first: int
    last: int
    type: EntityType


@cache
def load_names(folder: Path = WEIGHTS) -> Language:
    """The trained names component; read from disk once.

    It multiplies with OpenBLAS: on matrices of this size three times as fast as thinc's default.
    """
    with use_ops("numpy", use_blis=False):
        return spacy.load(folder)


def find_entities(
    reading: Reading, *, sentences: Iterable[int] | None = None, folder: Path = WEIGHTS
) -> tuple[Entity, ...]:
    """Every name the component finds, in order; with `sentences` only those in these, by number.

    The reading itself is left as it is.
    """
    pipeline = load_names(folder)
    numbers = range(len(reading.sents)) if sentences is None else sorted(set(sentences))
    found: list[Entity] = []
    for words in _parts(reading, numbers):
        doc = marked_doc(
            pipeline.vocab,
            [word.text for word in words],
            [word.tag_ for word in words],
            [bool(word.is_sent_start) for word in words],
        )
        for _, component in pipeline.pipeline:
            doc = component(doc)
        found += [Entity(words[e.start].i, words[e.end - 1].i, e.label_) for e in doc.ents]  # type: ignore[arg-type]  # its labels are these
    return tuple(found)


def _parts(reading: Reading, numbers: Iterable[int]) -> Iterator[list[Token]]:
    """The words of these sentences, so many whole sentences at a time."""
    part: list[Token] = []
    for number in numbers:
        sentence = list(reading.sents[number])
        if part and len(part) + len(sentence) > _WORDS_AT_ONCE:
            yield part
            part = []
        part += sentence
    if part:
        yield part


def marked_doc(
    vocab: Vocab, words: list[str], tags: list[str], starts: list[bool | int | None]
) -> Doc:
    """What the component reads: words with Penn tags, and their marks as ids of an entry.

    spaCy's embedding takes any attribute of a token; ENT_KB_ID is one that is free here.
    """
    doc = Doc(vocab, words=words, tags=tags, sent_starts=starts)
    for word, mark in zip(doc, mark_words(words), strict=True):
        if mark:
            word.ent_kb_id_ = mark
    return doc
