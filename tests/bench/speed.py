"""Time the command and the summarizer: `uv run poe bench`. It prints figures and judges none.

Articles of each length are put together from the paragraphs of tests/data/articles, every round
with other names, so that a long one is no copy of a short one.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from briefings.article import Article

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "tests/data/articles").glob("*.txt"))
LENGTHS = (300, 700, 3_000, 20_000)
#: Runs of each kind; the median is printed.
COLD_RUNS = 5
WARM_SECONDS = 3.0
FEWEST_WARM_RUNS = 3
#: A family name: a capitalised word of some length after another capitalised word.
FAMILY_NAME = re.compile(r"(?<=[a-z] )(?:[A-Z][a-z]+ )([A-Z][a-z]{3,})\b")
SYLLABLES = (
    ("Ka", "Lo", "Mi", "Ne", "Or", "Pa", "Ri", "Su", "Ta", "Ve"),
    ("ran", "lek", "mund", "sto"),
)


def compose(words: int, seed: int) -> Article:
    """An article of about `words` words (it ends with a whole paragraph); another for each seed."""
    rng = random.Random(seed)  # noqa: S311  # names are no secrets
    title, paragraphs, count = "", [], 0
    for turn in itertools.count(seed):
        lines = _vary(ARTICLES[turn % len(ARTICLES)].read_text(encoding="utf-8"), turn, rng)
        title = title or lines[0]
        for line in lines[1:]:
            if count >= words:
                return Article.compose(
                    title,
                    paragraphs,
                    retrieved_at=datetime(2026, 3, 2, tzinfo=UTC),
                    published=date(2026, 3, 1),
                )
            paragraphs.append(line)
            count += len(line.split())
    raise AssertionError("itertools.count has no end")


def _vary(text: str, turn: int, rng: random.Random) -> list[str]:
    """The article's lines; from its second use on, under other family names."""
    if turn >= len(ARTICLES):
        for name in sorted(set(FAMILY_NAME.findall(text))):
            fresh = "".join(rng.choice(part) for part in SYLLABLES)
            text = re.sub(rf"\b{name}\b", fresh, text)
    return [line for line in text.splitlines() if line.strip()]


def environment() -> dict[str, str]:
    """As on a machine in daily use, on one core: compiled modules are kept from run to run."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {**kept, **threads, "PYTHONPATH": str(ROOT)}


def run(*command: str) -> tuple[float, bytes]:
    """Seconds that a command took, and what it printed."""
    began = time.perf_counter()
    done = subprocess.run(command, env=environment(), check=True, stdout=subprocess.PIPE)
    return time.perf_counter() - began, done.stdout


def time_cold(label: str, *arguments: str) -> None:
    command = (sys.executable, "-c", "from bot.cli import main; main()", *arguments)
    run(*command)  # leaves compiled modules and a warm disk cache behind
    seconds = sorted(run(*command)[0] for _ in range(COLD_RUNS))
    print(
        f"cold   {label:<42} {statistics.median(seconds):6.2f} s   "
        f"({seconds[0]:.2f} to {seconds[-1]:.2f}, {COLD_RUNS} runs)"
    )


def time_warm(words: int) -> dict[str, float]:
    """Called in a child of its own, so that its peak memory is one length's."""
    from briefings.summarizers.embedded import ExtractiveSummarizer  # noqa: PLC0415

    summarizer = ExtractiveSummarizer()
    articles = [compose(words, seed) for seed in range(5)]
    asyncio.run(summarizer.summarize(compose(300, 99)))  # loads the model
    seconds: list[float] = []
    for article in itertools.cycle(articles):
        began = time.perf_counter()
        asyncio.run(summarizer.summarize(article))
        seconds.append(time.perf_counter() - began)
        if len(seconds) >= FEWEST_WARM_RUNS and sum(seconds) > WARM_SECONDS:
            break
    return {
        "words": statistics.mean(len(article.text.split()) for article in articles),
        "seconds": statistics.median(seconds),
        "runs": len(seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def print_warm() -> None:
    per_word = {}
    for words in LENGTHS:
        _, printed = run(sys.executable, str(Path(__file__)), "--warm", str(words))
        found = json.loads(printed)
        per_word[words] = found["seconds"] / found["words"]
        label = f"article of {found['words']:,.0f} words"
        print(
            f"warm   {label:<42} "
            f"{found['seconds'] * 1000:6.0f} ms  {found['words'] / found['seconds']:9,.0f} words/s"
            f"  peak {found['peak_mb']:4.0f} MB  ({found['runs']} runs)"
        )
    print(f"ratio  time per word, 20,000 to 700 words {per_word[20_000] / per_word[700]:15.2f}")


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if sys.argv[1:2] == ["--warm"]:
        print(json.dumps(time_warm(int(sys.argv[2]))))
        return
    names = ", ".join(path.name for path in ARTICLES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"Python {platform.python_version()}, one core of {platform.machine()}, load {load}")
    print(f"input  {names}, and articles put together from their paragraphs")
    time_cold("briefbot --version", "--version")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_text(compose(700, 0).text, encoding="utf-8")
        time_cold(
            "briefbot brief, 700 words, --format json", "brief", str(file), "--format", "json"
        )
        time_cold("briefbot brief, 700 words, --format text", "brief", str(file))
    print_warm()


if __name__ == "__main__":
    main()
