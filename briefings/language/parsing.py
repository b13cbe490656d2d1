"""Runs the trained pipeline over some sentences: tags and lemmas of all at once, trees one by one.

It gives the library's own document; what an article's words and offsets are, `reading` knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from briefings.language import lexicon
from briefings.language.stand_ins import lemma_of_name, show_known_names

MODEL = Path(__file__).parent / "model"
#: In characters: spaCy refuses longer texts for components that need memory by the square of the
#: length, and no component of ours does.
_MAX_LENGTH = 10_000_000
_PARSER = "parser"
#: Columns of the library's tables of a document: what a word is, and where it hangs.
_FORMS: list[int | str] = ["TAG", "LEMMA"]
_TREE: list[int | str] = ["HEAD", "DEP"]


@cache
def load_pipeline() -> Language:
    """The trained pipeline that ships with the package; read from disk once."""
    # On matrices of this size OpenBLAS is three times as fast as thinc's default.
    with use_ops("numpy", use_blis=False):
        pipeline = spacy.load(MODEL)
    pipeline.max_length = _MAX_LENGTH
    tokenizer: Any = pipeline.tokenizer  # spaCy declares it as any function on text
    for word in lexicon.words("abbreviations", "before_name"):
        for form in (word, word.capitalize()):
            tokenizer.add_special_case(f"{form}.", [{"ORTH": f"{form}."}])
    return pipeline


@dataclass(slots=True)
class Part:
    """So many whole sentences as the pipeline reads at once; parallel lists, one entry a word."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    is_first: list[bool | int | None] = field(default_factory=list)

    def add(self, words: list[str], spaces: list[bool]) -> None:
        """One more sentence: its words, and whether a space follows each."""
        self.words += words
        self.spaces += spaces
        self.is_first += [i == 0 for i in range(len(words))]


def parse(part: Part) -> Doc:
    """The words of a part with tags, lemmas and trees."""
    pipeline = load_pipeline()
    if not part.words:
        return Doc(pipeline.vocab)
    shown = show_known_names(part.words, part.is_first, _known_words())
    doc = Doc(pipeline.vocab, words=shown, spaces=part.spaces, sent_starts=part.is_first)
    for name, component in pipeline.pipeline:
        doc = doc if name == _PARSER else component(doc)
    trees = _trees(pipeline, doc, shown, part)
    forms: Any = doc.to_array(_FORMS)
    for i, (word, known) in enumerate(zip(part.words, shown, strict=True)):
        if word != known:
            forms[i, 1] = pipeline.vocab.strings.add(lemma_of_name(word))
    columns: Any = np.hstack([forms, trees])
    whole = Doc(pipeline.vocab, words=part.words, spaces=part.spaces)
    return whole.from_array([*_FORMS, *_TREE], columns)


def _trees(pipeline: Language, doc: Doc, shown: list[str], part: Part) -> NDArray[np.uint64]:
    """How far from each word its head stands, and the relation between the two.

    The parser takes all sentences a step further at a time, in half the time that it takes for
    them one behind the other. Each has the first word of the next behind it, which is all that the
    parser sees of that: so its trees are those that it would make of the whole.
    """
    parser: Any = pipeline.get_pipe(_PARSER)
    bounds = [*(i for i, opens in enumerate(part.is_first) if opens), len(shown)]
    sentences = list(_sentences(doc, shown, bounds))
    parser.set_annotations(sentences, parser.predict(sentences))
    trees = (
        s.to_array(_TREE)[: b - a] for (a, b), s in zip(pairwise(bounds), sentences, strict=True)
    )
    return np.concatenate(list(trees))


def _sentences(doc: Doc, shown: list[str], bounds: list[int]) -> Iterator[Doc]:
    """Every sentence with one word more, and with what the pipeline has made of these words."""
    for start, end in pairwise(bounds):
        words = shown[start : end + 1]
        opens: list[bool | int | None] = [i in (0, end - start) for i in range(len(words))]
        sentence = Doc(doc.vocab, words=words, sent_starts=opens)
        sentence.tensor = doc.tensor[start : end + 1]
        yield sentence


@cache
def _known_words() -> frozenset[str]:
    """The words that the pipeline ships with; what it reads later is added to its vocabulary."""
    return frozenset(json.loads((MODEL / "vocab" / "strings.json").read_text("utf-8")))
