"""Reads corpora with marked names into sentences of one shape: text, and spans of PER, ORG, LOC.

Reads files and nothing else: it fetches no corpus and knows nothing of the trained component.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import conllu

from briefings.language import gazetteer
from briefings.language.training.treebanks import spaces_between

Row = dict[str, object]

TYPES = ("PER", "ORG", "LOC")
#: The fine types of CrossNER (Liu et al. 2021) that are one of ours; the others are no names here.
CROSSNER_TYPES = {
    **dict.fromkeys(("person", "politician", "writer", "scientist", "researcher"), "PER"),
    "musicalartist": "PER",
    **dict.fromkeys(("organisation", "politicalparty", "band", "university"), "ORG"),
    **dict.fromkeys(("country", "location"), "LOC"),
}
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
_BRACKET = re.compile(r"\((?P<open>\d+)-(?P<kind>[a-z]+)-[^()]*(?P<single>\)?)|(?P<close>\d+)\)")
_NAME_TAGS = ("NNP", "NNPS")
#: Words inside a name that are no proper nouns: "University of Portsmouth", "Procter & Gamble".
_INNER = (
    "of",
    "the",
    "for",
    "and",
    "&",
    "-",
    "–",
    "'s",
    "’s",
    *("de", "la", "del", "al", "van", "von"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and its names: (start, end, type) in code points of `text`, none overlapping."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    is_new: bool = False  # whether it opens a document


def unpacked(path: Path) -> TextIO:
    """A text file open for reading, packed or not."""
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def read_lines(path: Path) -> Iterator[str]:
    with unpacked(path) as lines:
        yield from lines


def marked(words: list[str], spaces: list[bool], tags: list[str], *, is_new: bool) -> Marked:
    """A sentence from its words and their B-, I- and O tags (types not in TYPES are dropped)."""
    text, names, at = "", [], 0
    open_at, kind = None, ""
    for word, space, tag in zip([*words, ""], [*spaces, False], [*tags, "O"], strict=True):
        if open_at is not None and tag != f"I-{kind}":
            names.append((open_at, len(text.rstrip()), kind))
            open_at = None
        if open_at is None and tag != "O" and tag[2:] in TYPES:
            open_at, kind = at, tag[2:]
        text += word + (" " if space else "")
        at = len(text)
    return Marked(text.rstrip(), tuple(names), is_new)


def read_uner(path: Path) -> Iterator[Marked]:
    """Universal NER (Mayhew et al. 2024), IOB2 beside the words; the text stands in a comment."""
    text, is_new, rows = "", False, list[list[str]]()
    for raw in [*read_lines(path), "\n"]:
        line = raw.rstrip("\n")
        if line.startswith("# newdoc"):
            is_new = True
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            words = [row[1] for row in rows]
            try:
                spaces = spaces_between(words, text)
                yield marked(words, spaces, [row[2] for row in rows], is_new=is_new)
                is_new = False
            except ValueError:
                pass  # a few sentences have words that their text does not hold
            rows = []


def read_crossner(path: Path) -> Iterator[Marked]:
    """CrossNER (Liu et al. 2021): a word and its tag a line. Every sentence is its own document."""
    rows: list[tuple[str, str]] = []
    for raw in [*read_lines(path), "\n"]:
        word, _, tag = raw.strip().partition("\t")
        if word:
            kind = CROSSNER_TYPES.get(tag[2:])
            rows.append((word, tag[:2] + kind if kind else "O"))
        elif rows:
            words = [word for word, _ in rows]
            yield marked(words, [True] * len(words), [tag for _, tag in rows], is_new=True)
            rows = []


def read_gum(path: Path) -> Iterator[Marked]:
    """GUM (Zeldes 2017): of its entity mentions those that are names, without title and article."""
    for tokens in read_trees(path):
        rows: list[Row] = [row for row in tokens if isinstance(row["id"], int)]
        words = [str(row["form"]) for row in rows]
        try:
            spaces = spaces_between(words, str(tokens.metadata["text"]))
        except ValueError:
            continue
        tags = ["O"] * len(rows)
        for first, last, kind in sorted(gum_mentions(rows), key=lambda m: m[0] - m[1]):
            name = name_in(rows, first, last, GUM_TYPES.get(kind, ""))
            if name and all(tags[i] == "O" for i in range(name[0], name[1] + 1)):
                kept = _settled(words[name[0] : name[1] + 1], GUM_TYPES[kind])
                tags[name[0] : name[1] + 1] = [f"B-{kept}"] + [f"I-{kept}"] * (name[1] - name[0])
        yield marked(words, spaces, tags, is_new="newdoc id" in tokens.metadata)


def read_trees(path: Path) -> Iterator[conllu.TokenList]:
    with unpacked(path) as lines:
        yield from conllu.parse_incr(lines)


def _settled(words: list[str], kind: str) -> str:
    """GUM calls a state that acts an organization; we and Universal NER call it a place."""
    known = gazetteer.lookup(" ".join(words))
    return "LOC" if known and known.kind in ("state", "place") and kind == "ORG" else kind


def gum_mentions(rows: list[Row]) -> Iterator[tuple[int, int, str]]:
    """First and last row and type of every entity mention that closes within the sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, row in enumerate(rows):
        notes = row["misc"] if isinstance(row["misc"], dict) else {}
        for match in _BRACKET.finditer(str(notes.get("Entity", ""))):
            if match["open"] and match["single"]:
                yield i, i, match["kind"]
            elif match["open"]:
                opened.setdefault(match["open"], []).append((i, match["kind"]))
            elif opened.get(match["close"]):
                first, kind = opened[match["close"]].pop()
                yield first, i, kind


def name_in(rows: list[Row], first: int, last: int, kind: str) -> tuple[int, int] | None:
    """The name that heads a mention, or None: "the late President Barack Obama" has two words."""
    ids = range(first + 1, last + 2)
    heads = [i for i in range(first, last + 1) if rows[i]["head"] not in ids]
    if not kind or not heads or rows[heads[0]]["xpos"] not in _NAME_TAGS:
        return None
    start = end = heads[0]
    while start > first and _belongs(rows, start - 1, first, last):
        start -= 1
    while end < last and _belongs(rows, end + 1, first, last):
        end += 1
    while start < end and _form(rows, start).lower() in _INNER:
        start += 1
    while end > start and _form(rows, end).lower() in _INNER:
        end -= 1
    return _person(rows, start, end) if kind == "PER" else (start, end)


def _form(rows: list[Row], i: int) -> str:
    return str(rows[i]["form"])


def _belongs(rows: list[Row], i: int, first: int, last: int) -> bool:
    """Whether a word beside a name is part of it, names on both sides of inner words granted."""
    word = str(rows[i]["form"])
    if rows[i]["xpos"] in _NAME_TAGS or (word[:1].isupper() and rows[i]["deprel"] in _NAMELIKE):
        return True
    if word.lower() not in _INNER or (rows[i]["xpos"] == "CC" and word == "and"):
        return False
    return any(
        first <= j <= last and rows[j]["xpos"] in _NAME_TAGS
        for side in (-1, 1)
        for j in (i + side, i + 2 * side)
    )


_NAMELIKE = ("amod", "compound", "flat", "nummod")


def _person(rows: list[Row], start: int, end: int) -> tuple[int, int] | None:
    """A person's name: no title before it, no "of Athens" after it; None for a people."""
    words = [_form(rows, i) for i in range(start, end + 1)]
    skip = max((n for n in range(1, len(words) + 1) if _is_title(words[:n])), default=0)
    words = words[skip:]
    if "of" in words:
        words = words[: words.index("of")]
    if not words or (len(words) == 1 and rows[start + skip]["xpos"] == "NNPS"):
        return None
    return start + skip, start + skip + len(words) - 1


def _is_title(words: list[str]) -> bool:
    return gazetteer.is_title(" ".join(words)) or gazetteer.role_noun(words[-1].lower()) == "person"


def read_causal(path: Path) -> Iterator[str]:
    """News sentences of the Causal News Corpus (Tan et al. 2022), unmarked, spaced as in print."""
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield _OPENING.sub(r"\1", _CLOSING.sub(r"\1", row["text"]))


_CLOSING = re.compile(r" ([,.;:)”]|['’]s\b|n['’]t\b)")
_OPENING = re.compile(r"([(“]) ")


def read_texts(path: Path) -> Iterator[str]:
    """The text of every document of a treebank, without its annotations."""
    sentences: list[str] = []
    for tokens in read_trees(path):
        if "newdoc id" in tokens.metadata and sentences:
            yield " ".join(sentences)
            sentences = []
        sentences.append(str(tokens.metadata["text"]))
    yield " ".join(sentences)


def documents(sentences: Iterable[Marked]) -> Iterator[list[Marked]]:
    """The sentences of each document."""
    document: list[Marked] = []
    for sentence in sentences:
        if sentence.is_new and document:
            yield document
            document = []
        document.append(sentence)
    if document:
        yield document


def in_runs(sentences: Iterable[Marked], lengths: Iterator[int]) -> Iterator[list[Marked]]:
    """Consecutive sentences of one document, as many together as `lengths` says next."""
    run: list[Marked] = []
    length = next(lengths)
    for sentence in sentences:
        if run and (sentence.is_new or len(run) >= length):
            yield run
            run, length = [], next(lengths)
        run.append(sentence)
    if run:
        yield run


class Folders:
    """Where the corpora lie; every reader exits with a sentence where a file is missing."""

    def __init__(self, treebanks: Path, names: Path, news: Path | None = None) -> None:
        self.treebanks = treebanks
        self.names = names
        self.news = news

    def gum(self, split: str) -> Iterator[Marked]:
        return read_gum(_existing(self.treebanks, f"en_gum-free-{split}.conllu"))

    def uner(self, split: str) -> Iterator[Marked]:
        return read_uner(_existing(self.names, f"uner_en_ewt-ud-{split}.iob2"))

    def crossner(self, field: str, split: str) -> Iterator[Marked]:
        return read_crossner(_existing(self.names / "crossner", f"{field}-{split}.txt"))

    def unmarked(self) -> Iterator[str]:
        """Texts without marked names: the training part of EWT, and news where we have it."""
        yield from read_texts(_existing(self.treebanks, "en_ewt-train.conllu"))
        if self.news is not None:
            for split in ("train", "dev"):
                yield from read_causal(_existing(self.news, f"{split}_subtask1.csv"))


def _existing(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.gz", folder / name):
        if path.exists():
            return path
    sys.exit(f"{folder} holds no {name} or {name}.gz: get the corpus first.")
