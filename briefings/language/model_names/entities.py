"""Finds persons, organizations and places in a reading with the trained names component.

Says what the weights say and no more: rules and lexicons are joined with it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Words
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


def find_entities(reading: Reading, *, folder: Path = WEIGHTS) -> tuple[Entity, ...]:
    """Every name the component finds, in order. The reading itself is left as it is."""
    pipeline = load_names(folder)
    found: list[Entity] = []
    for words in _parts(reading):
        doc = marked_doc(
            pipeline.vocab,
            [word.text for word in words],
            [word.tag_ for word in words],
            [bool(word.is_sent_start) for word in words],
        )
        for _, component in pipeline.pipeline:
            doc = component(doc)
        at = words.start
        found += [Entity(at + e.start, at + e.end - 1, e.label_) for e in doc.ents]  # type: ignore[arg-type]  # its labels are these
    return tuple(found)


def _parts(reading: Reading) -> Iterator[Words]:
    """The reading in stretches of whole sentences."""
    start = end = 0
    for sentence in reading.sents:
        if sentence.end - start > _WORDS_AT_ONCE and end > start:
            yield reading.doc[start:end]
            start = end
        end = sentence.end
    if end > start:
        yield reading.doc[start:end]


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
