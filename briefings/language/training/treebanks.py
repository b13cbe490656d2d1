"""Turns Universal Dependencies treebanks (CoNLL-U) into spaCy training documents.

Reads files and nothing else: it fetches no treebank and knows nothing of the trained pipeline.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import conllu
from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Sentences of one document are grouped in runs of one to this many, so that the parser sees
#: what it will see in an article: sentences with neighbours.
LONGEST_RUN = 4
#: Newspapers set curly quotation marks; the treebanks mostly have straight ones.
CURLY_SHARE = 0.5


class Sentence:
    """Words, spaces and annotations of one treebank sentence, as parallel lists."""

    def __init__(self, tokens: conllu.TokenList) -> None:
        text = str(tokens.metadata["text"])
        rows = [row for row in tokens if isinstance(row["id"], int)]
        self.words = [str(row["form"]) for row in rows]
        self.spaces = spaces_between(self.words, text)
        self.tags = [str(row["xpos"]) for row in rows]
        self.lemmas = [str(row["lemma"]) for row in rows]
        self.deps = [
            "ROOT" if row["deprel"] == "root" else str(row["deprel"] or "dep") for row in rows
        ]
        self.heads = [
            i if row["head"] in (0, None) else row["head"] - 1 for i, row in enumerate(rows)
        ]


def spaces_between(words: list[str], text: str) -> list[bool]:
    """For each word, whether white space follows it in `text`; ValueError if they disagree."""
    spaces, at = [], 0
    for word in words:
        at = text.index(word, at) + len(word)
        spaces.append(at < len(text) and text[at].isspace())
    return spaces


def read_sentences(path: Path) -> Iterator[tuple[bool, Sentence]]:
    """Yield each sentence of a treebank with whether it opens a new document."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for tokens in conllu.parse_incr(lines):
            try:
                sentence = Sentence(tokens)
            except ValueError:
                continue  # a few sentences have words that their text does not hold
            yield "newdoc id" in tokens.metadata, sentence


def to_doc(vocab: Vocab, run: list[Sentence]) -> Doc:
    """One spaCy Doc from consecutive sentences."""
    words, spaces, tags, lemmas, deps, heads = [], [], [], [], [], []  # type: ignore[var-annotated]
    starts: list[bool | int | None] = []
    for sentence in run:
        offset = len(words)
        words += sentence.words
        spaces += sentence.spaces
        spaces[-1] = True
        tags += sentence.tags
        lemmas += sentence.lemmas
        deps += sentence.deps
        heads += [offset + head for head in sentence.heads]
        starts += [i == 0 for i in range(len(sentence.words))]
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        lemmas=lemmas,
        deps=deps,
        heads=heads,
        sent_starts=starts,
    )


def curl(sentence: Sentence) -> None:
    """Set the sentence's straight quotation marks and apostrophes as a newspaper does."""
    opened = False
    for i, word in enumerate(sentence.words):
        if word in ('"', "``", "''"):
            sentence.words[i] = sentence.lemmas[i] = "”" if opened else "“"
            sentence.tags[i] = "''" if opened else "``"
            opened = not opened
        elif "'" in word:
            sentence.words[i] = word.replace("'", "’")


def training_docs(vocab: Vocab, paths: list[Path], *, augment: bool, seed: int) -> Iterator[Doc]:
    """Documents of one to LONGEST_RUN sentences; with `augment`, some in curly quotation marks."""
    rng = random.Random(seed)
    run: list[Sentence] = []
    length = 1
    for path in paths:
        for is_new, sentence in read_sentences(path):
            if run and (is_new or len(run) >= length):
                yield to_doc(vocab, run)
                run, length = [], rng.randint(1, LONGEST_RUN)
            if augment and rng.random() < CURLY_SHARE:
                curl(sentence)
            run.append(sentence)
    if run:
        yield to_doc(vocab, run)
