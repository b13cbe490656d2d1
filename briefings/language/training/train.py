"""Trains the embedded English pipeline from a folder of treebanks, and writes its card.

    uv run poe train --treebanks FOLDER [--output FOLDER]

FOLDER holds en_ewt-{train,dev,test}.conllu[.gz] and en_gum-free-{train,dev,test}.conllu[.gz]
(Universal Dependencies; the free genres of GUM). One processor, about half an hour. It fetches
nothing: what it trains on is what the folder holds.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.cli.init_config import fill_config
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

from briefings.language.training.treebanks import training_docs

HERE = Path(__file__).parent
MODEL = HERE.parent / "model"
TREEBANKS = ("en_ewt", "en_gum-free")
#: Genres of GUM that read like what we read, for a score of their own.
NEWS = ("en_gum-free",)
_SEED = 0


def find_treebank(folder: Path, name: str, split: str) -> Path:
    """The file of one split of a treebank, packed or not; without it, exits with a sentence."""
    for ending in (".conllu.gz", ".conllu"):
        path = folder / f"{name}-{split}{ending}"
        if path.exists():
            return path
    sys.exit(f"{folder} holds no {name}-{split}.conllu or .conllu.gz: get the treebank first.")


def write_docs(folder: Path, split: str, output: Path) -> None:
    """Convert one split of every treebank into a spaCy file."""
    vocab = spacy.blank("en").vocab
    paths = [find_treebank(folder, name, split) for name in TREEBANKS]
    docs = list(training_docs(vocab, paths, augment=split == "train", seed=_SEED))
    DocBin(docs=docs, store_user_data=False).to_disk(output)
    print(f"{split}: {len(docs):,} documents, {sum(map(len, docs)):,} words")


def score(pipeline: Language, path: Path) -> dict[str, float]:
    """Scores on raw text of one treebank file: TAG, UAS, LAS and LEMMA accuracy, in percent."""
    docs = training_docs(pipeline.vocab, [path], augment=False, seed=_SEED)
    examples = [Example(pipeline.make_doc(doc.text), doc) for doc in docs]
    scores = pipeline.evaluate(examples)
    wanted = {"TAG": "tag_acc", "UAS": "dep_uas", "LAS": "dep_las", "LEMMA": "lemma_acc"}
    return {name: round(100 * float(scores[key]), 1) for name, key in wanted.items()}


def write_card(pipeline: Language, folder: Path, output: Path) -> None:
    """CARD.md beside the weights: what they are, from what, under which licence, how good."""
    rows = []
    for name in TREEBANKS:
        scores = score(pipeline, find_treebank(folder, name, "test"))
        rows.append(
            f"| {name} test | " + " | ".join(f"{value:.1f}" for value in scores.values()) + " |"
        )
        print(rows[-1])
    size = sum(p.stat().st_size for p in output.rglob("*") if p.is_file()) / 1e6
    text = (HERE / "card.md").read_text("utf-8")
    (output / "CARD.md").write_text(
        text.format(rows="\n".join(rows), size=f"{size:.1f}", spacy=version("spacy")), "utf-8"
    )


def slim(output: Path) -> None:
    """Take out what is only needed to go on training, and what names the machine it ran on."""
    meta = json.loads((output / "meta.json").read_text("utf-8"))
    meta["name"], meta["version"] = "briefbot", "1.0.0"
    meta["license"] = "CC BY-SA 4.0"
    meta.pop("performance", None)
    (output / "meta.json").write_text(json.dumps(meta, indent=1), "utf-8")
    config = output / "config.cfg"
    text = re.sub(r'(?m)^(train|dev) = ".*"$', r"\1 = null", config.read_text("utf-8"))
    config.write_text(text, "utf-8")


def main() -> None:
    """Train, slim and score, as the arguments say."""
    cli = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--treebanks", type=Path, required=True, help="folder with the CoNLL-U files")
    cli.add_argument("--output", type=Path, default=MODEL, help="where the pipeline goes")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for split in ("train", "dev"):
            write_docs(args.treebanks, split, work / f"{split}.spacy")
        fill_config(work / "full.cfg", HERE / "parser.cfg", silent=True)
        overrides = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        train(work / "full.cfg", work / "out", overrides=overrides)
        shutil.rmtree(args.output, ignore_errors=True)
        shutil.copytree(work / "out" / "model-best", args.output)
    slim(args.output)
    write_card(spacy.load(args.output), args.treebanks, args.output)


if __name__ == "__main__":
    main()
