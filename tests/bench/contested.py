"""Measures the contested flag on stories chosen by reading: `python -m tests.bench.contested FILE`.

FILE is NewsDiscourse's validation part as JSON lines; `marks/newsdiscourse_contested.json` says
which of its stories we read as a dispute and which as a disaster, a finding, a market or a
ceremony. It prints both shares and every story on the wrong side; it holds no text itself.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from briefings.article import Article
from briefings.language.reading import read
from briefings.summarizers.embedded import brief
from briefings.verification.ground import Ground

MARKS = Path(__file__).parent / "marks" / "newsdiscourse_contested.json"


def is_contested(record: dict[str, object]) -> bool:
    """Whether our engine calls a story of the set contested."""
    sentences = [str(s["text"]) for s in record["sents"]]  # type: ignore[attr-defined]
    title = str(record["headline"]).strip()
    article = Article.compose(title, sentences, retrieved_at=datetime.now(UTC))
    return brief(Ground(read(article))).contested


def main(path: Path) -> None:
    marks: dict[str, list[str]] = json.loads(MARKS.read_text("utf-8"))
    records = {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())}
    for kind, ids in marks.items():
        wrong = [i for i in ids if is_contested(records[i]) != (kind == "contested")]
        share = 100 * (len(ids) - len(wrong)) / len(ids)
        print(f"{kind}: {len(ids)} stories, {share:.0f} % right")
        for i in wrong:
            print(f"  wrong: {i} {records[i]['headline'].strip()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
