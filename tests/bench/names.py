"""Measures names: `python -m tests.bench.names --names FOLDER [--measure FOLDER]`.

On the EWT test names of Universal NER (FOLDER/uner_en_ewt-ud-test.iob2[.gz]) and on the names we
marked in newsdiscourse_validation.jsonl: the trained component alone, the rules alone, and both
combined. A name counts where both its bounds and its type are right; a leading "the" does not
count. It prints figures and judges none.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefings.article import Article
from briefings.language.model_names.combine import combine, rule_type
from briefings.language.model_names.entities import WEIGHTS, Entity, find_entities
from briefings.language.names import find_names
from briefings.language.reading import Reading, read
from briefings.language.training.name_corpora import Folders, Marked, documents

MARKS = Path(__file__).parent / "marks" / "newsdiscourse_names.json"
TYPES = ("PER", "ORG", "LOC")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Case:
    """An article, its true names as offsets with a type, and the stretches that were marked."""

    article: Article
    names: frozenset[Span]
    marked: tuple[tuple[int, int], ...]


def to_article(title: str, paragraphs: list[str]) -> Article:
    return Article.compose(title, paragraphs, retrieved_at=datetime(2026, 3, 2, tzinfo=UTC))


def cases_of(sentences: Iterable[Marked]) -> Iterator[Case]:
    """A case a document: its sentences run on in one paragraph under a bare title."""
    return map(_case, documents(sentences))


def _case(document: list[Marked]) -> Case:
    at = start = len("Text\n\n")
    names = set()
    for sentence in document:
        names |= {(at + first, at + end, kind) for first, end, kind in sentence.names}
        at += len(sentence.text) + 1
    article = to_article("Text", [" ".join(sentence.text for sentence in document)])
    return Case(article, frozenset(names), ((start, len(article.text)),))


def cases_of_news(path: Path) -> Iterator[Case]:
    """The articles of NewsDiscourse that we marked, whole: every sentence a paragraph."""
    marks = json.loads(MARKS.read_text("utf-8"))
    chosen = {tuple(pair) for pair in marks["sentences"]}
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if not any(article == record["id"] for article, _ in chosen):
            continue
        title = " ".join(record["headline"].split())
        article = to_article(title, [sentence["text"] for sentence in record["sents"]])
        starts, at = {}, len(title) + 2
        for sentence in record["sents"]:
            starts[sentence["id"]] = (at, at + len(sentence["text"]))
            at += len(sentence["text"]) + 2
        yield Case(
            article,
            frozenset(
                (starts[sentence][0] + first, starts[sentence][0] + end, kind)
                for name, sentence, first, end, kind in marks["names"]
                if name == record["id"]
            ),
            tuple(starts[sentence] for name, sentence in chosen if name == record["id"]),
        )


def without_article(text: str, span: Span) -> Span:
    first, end, kind = span
    for word in ("the ", "The ", "THE "):
        if text.startswith(word, first) and first + len(word) < end:
            return first + len(word), end, kind
    return span


def measure(name: str, cases: list[Case], find: Callable[[Reading], Iterable[Span]]) -> None:
    """Print precision, recall and F1 in percent, over all types and for each."""
    right, ours, gold = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        text = case.article.text
        true = {without_article(text, span) for span in case.names}
        found = {
            without_article(text, span)
            for span in find(read(case.article))
            if any(first <= span[0] and span[1] <= end for first, end in case.marked)
        }
        ours.update(kind for _, _, kind in found)
        gold.update(kind for _, _, kind in true)
        right.update(kind for _, _, kind in found & true)
    cells = []
    for kinds in (TYPES, *((kind,) for kind in TYPES)):
        r, o, g = (sum(count[kind] for kind in kinds) for count in (right, ours, gold))
        cells.append(
            f"{100 * r / max(o, 1):5.1f} {100 * r / max(g, 1):5.1f} {200 * r / max(o + g, 1):5.1f}"
        )
    print(f"{name:<28}  " + "   ".join(cells), flush=True)


def as_spans(reading: Reading, entities: Iterable[Entity]) -> set[Span]:
    return {(reading.starts[e.first], reading.ends[e.last], e.type) for e in entities}


def by_component(reading: Reading, folder: Path) -> set[Span]:
    return as_spans(reading, find_entities(reading, folder=folder))


def by_rules(reading: Reading) -> set[Span]:
    typed = [(name, rule_type(reading.doc, name)) for name in find_names(reading)]
    return as_spans(reading, [Entity(name.first, name.last, kind) for name, kind in typed if kind])


def by_both(reading: Reading, folder: Path) -> set[Span]:
    found = find_entities(reading, folder=folder)
    return as_spans(reading, combine(reading.doc, find_names(reading), found))


def time_component(cases: list[Case], folder: Path) -> None:
    """Print the milliseconds that 700 words take, reading and rules left out."""
    readings = [read(case.article) for case in cases]
    words = sum(len(reading.article.text.split()) for reading in readings)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        for reading in readings:
            find_entities(reading, folder=folder)
        seconds.append(time.perf_counter() - began)
    print(f"component alone: {700_000 * min(seconds) / words:.1f} ms per 700 words")


def main() -> None:
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--names", type=Path, required=True, help="folder with the UNER files")
    cli.add_argument("--treebanks", type=Path, help="folder with GUM: measures its test part too")
    cli.add_argument("--measure", type=Path, help="folder with newsdiscourse_validation.jsonl")
    cli.add_argument("--weights", type=Path, default=WEIGHTS, help="another folder of weights")
    args = cli.parse_args()
    folders = Folders(args.treebanks, args.names)
    sets = {"EWT test": list(cases_of(folders.uner("test")))}
    if args.treebanks:
        sets["GUM test"] = list(cases_of(folders.gum("test")))
    if args.measure:
        sets["news"] = list(cases_of_news(args.measure / "newsdiscourse_validation.jsonl"))
    ways: dict[str, Callable[[Reading], set[Span]]] = {
        "component alone": lambda reading: by_component(reading, args.weights),
        "rules alone": by_rules,
        "combined": lambda reading: by_both(reading, args.weights),
    }
    print(f"{'':<28}  " + "   ".join(f"{kind:<17}" for kind in ("all: P R F1", *TYPES)))
    for title, cases in sets.items():
        for way, find in ways.items():
            measure(f"{title}, {way}", cases, find)
    time_component(sets.get("news", sets["EWT test"]), args.weights)


if __name__ == "__main__":
    main()
