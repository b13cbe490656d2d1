"""Trains the names component from folders of corpora, and writes its card.

    uv run poe train-names --treebanks FOLDER --names FOLDER [--news FOLDER] [--output FOLDER]

--treebanks holds en_ewt-train and en_gum-free-{train,dev,test}.conllu[.gz]; --names holds
uner_en_ewt-ud-{dev,test}.iob2[.gz] and crossner/*.txt; --news {train,dev}_subtask1.csv. A first
component, trained on marked names, labels unmarked texts together with the rules; the second,
which is kept, learns from both. One processor, about five minutes. It fetches nothing, and reads
the test parts only to score what is trained.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__
from spacy.cli.init_config import fill_config
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as Words
from spacy.training import Example
from spacy.util import load_config, registry
from thinc.api import NumpyOps, set_current_ops

from briefings.article import Article
from briefings.language.model_names.combine import combine
from briefings.language.model_names.entities import WEIGHTS, Entity, find_entities, marked_doc
from briefings.language.names import find_names
from briefings.language.parsing import load_pipeline
from briefings.language.reading import read
from briefings.language.training.name_corpora import (
    TYPES,
    Folders,
    Marked,
    documents,
    in_runs,
)
from briefings.language.training.treebanks import CURLY_SHARE, LONGEST_RUN

HERE = Path(__file__).parent
_SEED = 0
_NAMELESS_DROPPED = 0.6
#: Every fourth document of the UNER part is kept for tuning; the whole is small and web text.
_TUNE_EVERY = 4
#: UNER is small, and the only part marked throughout by the rules we follow: it counts twice.
_UNER_TIMES = 2
_OTHER_FIELDS = ("ai", "literature", "music", "science")
_KEPT_ATTRIBUTES = ("TAG", "ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY")


def training_streams(folders: Folders) -> list[Iterable[Marked]]:
    kept = [s for i, document in _numbered(folders) if i % _TUNE_EVERY for s in document]
    others = [folders.crossner(f, s) for f in _OTHER_FIELDS for s in ("train", "dev", "test")]
    return [
        *[kept] * _UNER_TIMES,
        folders.gum("train"),
        folders.crossner("politics", "dev"),
        *others,
    ]


def tuning_streams(folders: Folders) -> list[Iterable[Marked]]:
    kept = [s for i, document in _numbered(folders) if not i % _TUNE_EVERY for s in document]
    return [kept, folders.gum("dev"), folders.crossner("politics", "train")]


def _numbered(folders: Folders) -> Iterator[tuple[int, list[Marked]]]:
    return enumerate(documents(folders.uner("dev")), 1)


def curl(text: str) -> str:
    """The text with straight quotation marks and apostrophes set as a newspaper sets them."""
    parts = text.replace("'", "’").split('"')
    return "".join(part + "“”"[i % 2] for i, part in enumerate(parts[:-1])) + parts[-1]


def to_docs(streams: Iterable[Iterable[Marked]], *, augment: bool) -> Iterator[Doc]:
    """Documents of one to LONGEST_RUN sentences; with `augment`, some in curly quotation marks."""
    rng = random.Random(_SEED)
    lengths: Iterator[int] = iter(lambda: rng.randint(1, LONGEST_RUN), 0)
    for stream in streams:
        for run in in_runs(stream, lengths):
            curled = [augment and rng.random() < CURLY_SHARE for _ in run]
            texts = [curl(s.text) if c else s.text for s, c in zip(run, curled, strict=True)]
            doc = to_doc(texts, [sentence.names for sentence in run])
            if len(doc):
                yield doc


def to_doc(texts: list[str], names: list[tuple[tuple[int, int, str], ...]]) -> Doc:
    """Sentences as the reader would part them into words, tagged by it, with their true names."""
    pipeline = load_pipeline()
    words: list[str] = []
    starts: list[bool | int | None] = []
    spans: list[tuple[int, int, str]] = []
    for text, marks in zip(texts, names, strict=True):
        parsed = pipeline.tokenizer(text)
        number = {w.i: len(words) + n for n, w in enumerate(w for w in parsed if not w.is_space)}
        for first, end, kind in marks:
            span = parsed.char_span(first, end, alignment_mode="expand")
            if span is not None:
                spans.append((number[span.start], number[span.end - 1] + 1, kind))
        starts += [n == 0 for n in range(len(number))]
        words += [parsed[i].text for i in number]
    doc = Doc(pipeline.vocab, words=words, sent_starts=starts)
    for name in ("tok2vec", "tagger"):
        doc = pipeline.get_pipe(name)(doc)
    doc.set_ents(spacy.util.filter_spans([Words(doc, a, b, label=k) for a, b, k in spans]))
    return doc


@registry.readers("briefings.MarkedNames.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def marked_names(path: Path | None) -> Callable[[Language], Iterator[Example]]:
    """A reader of what `write_docs` wrote: the component sees tags and marks, as it will later."""

    def examples(pipeline: Language) -> Iterator[Example]:
        if path is not None:
            for doc in DocBin().from_disk(path).get_docs(pipeline.vocab):
                yield to_example(doc)

    return examples


def to_example(doc: Doc) -> Example:
    seen = marked_doc(
        doc.vocab,
        [word.text for word in doc],
        [word.tag_ for word in doc],
        [bool(word.is_sent_start) for word in doc],
    )
    return Example(seen, doc)


def write_docs(docs: list[Doc], output: Path) -> None:
    DocBin(attrs=_KEPT_ATTRIBUTES, docs=docs).to_disk(output)
    count = sum(len(doc.ents) for doc in docs)
    print(f"{output.stem}: {len(docs):,} documents, {sum(map(len, docs)):,} words, {count:,} names")


def labelled(texts: Iterable[str], folder: Path) -> Iterator[Doc]:
    """Sentences whose names rules and a trained component agree to type: more to learn from.

    A sentence with a name that neither can type is left out, and most sentences without names.
    """
    rng = random.Random(_SEED)
    for text in texts:
        reading = read(Article.compose("Text", [text], retrieved_at=datetime.now(UTC)))
        names = find_names(reading)
        found = combine(reading.doc, names, find_entities(reading, folder=folder))
        typed = {i for entity in found for i in range(entity.first, entity.last + 1)}
        untyped = {
            i
            for name in names
            if name.kind == "unknown" and typed.isdisjoint((name.first, name.last))
            for i in range(name.first, name.last + 1)
        }
        for sentence in reading.sents[1:]:
            words = range(sentence.start, sentence.end)
            is_empty = typed.isdisjoint(words)
            if untyped.isdisjoint(words) and not (is_empty and rng.random() < _NAMELESS_DROPPED):
                yield _labelled(sentence, found)


def _labelled(sentence: Words, found: Iterable[Entity]) -> Doc:
    doc = sentence.as_doc()
    doc.set_ents(
        [
            Words(doc, e.first - sentence.start, e.last + 1 - sentence.start, label=e.type)
            for e in found
            if sentence.start <= e.first and e.last < sentence.end
        ]
    )
    return doc


def score(pipeline: Language, stream: Iterable[Marked]) -> list[float]:
    """Precision, recall, F1, then F1 of each type, in percent."""
    scores: dict[str, Any] = pipeline.evaluate(
        [to_example(doc) for doc in to_docs([stream], augment=False)]
    )
    types = [scores["ents_per_type"][kind]["f"] for kind in TYPES]
    return [100 * x for x in (scores["ents_p"], scores["ents_r"], scores["ents_f"], *types)]


def write_card(pipeline: Language, folders: Folders, output: Path) -> None:
    """CARD.md beside the weights: what they are, from what, under which licence, how good."""
    tests = {
        "UNER EWT test (web)": folders.uner("test"),
        "GUM test (ten genres)": folders.gum("test"),
        "CrossNER politics test": folders.crossner("politics", "test"),
    }
    rows = []
    for name, stream in tests.items():
        cells = " | ".join(f"{value:.1f}" for value in score(pipeline, stream))
        rows.append(f"| {name} | {cells} |")
        print(rows[-1])
    size = sum(p.stat().st_size for p in output.rglob("*") if p.is_file() and p.suffix != ".pyc")
    text = (WEIGHTS / "card_template.md").read_text("utf-8")
    text = text.format(rows="\n".join(rows), size=f"{size / 1e6:.1f}", spacy=__version__)
    (output / "CARD.md").write_text(text, "utf-8")


def write_weights(trained: Path, output: Path) -> None:
    """Put the trained component beside the code that reads it: no words, no training options."""
    pipeline = spacy.load(trained)
    output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(output / "ner", ignore_errors=True)
    pipeline.to_disk(output, exclude=["vocab"])
    config = load_config(output / "config.cfg")
    for section in ("paths", "corpora", "training", "pretraining", "initialize"):
        config[section] = {}
    config.to_disk(output / "config.cfg")
    meta = json.loads((output / "meta.json").read_text("utf-8"))
    meta |= {"name": "briefbot_names", "version": "1.0.0", "license": "CC BY-SA 4.0"}
    meta.pop("performance", None)
    (output / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


def main() -> None:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--treebanks", type=Path, required=True, help="folder with the CoNLL-U files")
    cli.add_argument("--names", type=Path, required=True, help="folder with UNER and CrossNER")
    cli.add_argument("--news", type=Path, help="folder with the Causal News Corpus, if at hand")
    cli.add_argument("--output", type=Path, default=WEIGHTS, help="where the weights go")
    args = cli.parse_args()
    # OpenBLAS multiplies matrices of this size some three times as fast as thinc's default.
    set_current_ops(NumpyOps(use_blis=False))
    folders = Folders(args.treebanks, args.names, args.news)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        fill_config(work / "full.cfg", HERE / "names.cfg", silent=True)
        write_docs(list(to_docs(tuning_streams(folders), augment=False)), work / "dev.spacy")
        gold = list(to_docs(training_streams(folders), augment=True))
        teacher = train_on(gold, work, "teacher")
        more = list(labelled(folders.unmarked(), teacher))
        write_weights(train_on(gold + more, work, "final"), args.output)
    write_card(spacy.load(args.output), folders, args.output)


def train_on(docs: list[Doc], work: Path, name: str) -> Path:
    """Train on some documents and return the folder of the best pipeline."""
    write_docs(docs, work / f"{name}.spacy")
    overrides = {"paths.train": str(work / f"{name}.spacy"), "paths.dev": str(work / "dev.spacy")}
    train(work / "full.cfg", work / name, overrides=overrides)
    return work / name / "model-best"


if __name__ == "__main__":
    main()
