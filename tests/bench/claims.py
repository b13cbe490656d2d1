"""Measures claims against the attributions of PolNeAR: `python -m tests.bench.claims FILE.jsonl`.

An attribution of ours counts where its source overlaps a marked source and its content overlaps
that attribution's content; each marked one is found once.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from briefings.article import Article
from briefings.language.reading import read
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.cast import Cast

Spans = list[list[int]]


def overlap(a: Spans, b: Spans) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def found_in(text: str) -> list[tuple[Spans, Spans, str]]:
    """Source spans, content spans and cue of every attribution of an article, by our engine."""
    title = text.split("\n", 1)[0]
    reading = read(Article(title=title, text=text, retrieved_at=datetime.now(UTC)))
    out = []
    for a in find_attributions(reading, Cast(reading)):
        source = [[reading.starts[a.source[0]], reading.ends[a.source[1]]]]
        content = [[reading.starts[first], reading.ends[last]] for first, last in a.content]
        out.append((source, content, reading.span(*a.cue).quote))
    return out


def main(path: Path, *, show: int = 0) -> None:
    ours = gold = right = found = 0
    shown = 0
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        marked = [a for a in record["attributions"] if a.get("Source") and a.get("Content")]
        mine = found_in(record["text"])
        matched = [
            any(overlap(s, g["Source"]) and overlap(c, g["Content"]) for g in marked)
            for s, c, _ in mine
        ]
        hits = [
            any(overlap(s, g["Source"]) and overlap(c, g["Content"]) for s, c, _ in mine)
            for g in marked
        ]
        ours, gold = ours + len(mine), gold + len(marked)
        right, found = right + sum(matched), found + sum(hits)
        if shown < show:
            shown += 1
            report(record["text"], mine, matched, marked, hits)
    precision, recall = right / ours, found / gold
    f1 = 2 * precision * recall / (precision + recall)
    print(f"marked {gold}, ours {ours}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


def report(
    text: str,
    mine: list[tuple[Spans, Spans, str]],
    matched: list[bool],
    marked: list[dict[str, Spans]],
    hits: list[bool],
) -> None:
    def words(spans: Spans) -> str:
        return " … ".join(text[a:b] for a, b in spans).replace("\n", " ")[:110]

    for (s, c, cue), ok in zip(mine, matched, strict=True):
        if not ok:
            print(f"  wrong  [{words(s)}] {cue}: {words(c)}")
    for g, ok in zip(marked, hits, strict=True):
        if not ok:
            print(
                f"  missed [{words(g['Source'])}] {words(g.get('Cue', []))}: {words(g['Content'])}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), show=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
