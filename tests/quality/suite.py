"""Briefs our annotated articles and holds the figures against those on record.

It prints nothing, and renews the record only when asked to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from briefings.article import Article
from briefings.ports import Clock, Summarizer
from briefings.sources.reader import read_article
from briefings.summarizers.embedded import ExtractiveSummarizer
from briefings.testing import FakeFetcher, FixedClock
from tests.quality.figures import FIGURES, Case, measure_case
from tests.quality.gold import ARTICLES, GOLD, load

EXPECTED = Path(__file__).with_name("expected.json")
#: A mean may fall this far below its record before somebody has to look.
MARGIN = 0.03

Figures = Mapping[str, float | None]


def known_articles() -> list[str]:
    """The names of all articles, annotated or not, in order."""
    return sorted(file.stem for file in ARTICLES.glob("*.txt"))


def article_file(name: str) -> Path:
    return ARTICLES / f"{name}.txt"


def gold_file(name: str) -> Path:
    return GOLD / f"{name}.json"


async def read(name: str, clock: Clock) -> Article:
    """An article as the command reads it."""
    return await read_article(str(article_file(name)), fetcher=FakeFetcher(), clock=clock)


async def brief(names: Iterable[str], summarizer: Summarizer | None = None) -> dict[str, Case]:
    """The briefing of each article, beside its annotation. Raises SourceError or SummaryError."""
    summarizer = summarizer or ExtractiveSummarizer()
    clock = FixedClock(datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    cases = {}
    for name in names:
        article = await read(name, clock)
        gold = load(gold_file(name), article)
        cases[name] = Case(await summarizer.summarize(article), gold, article)
    return cases


def measure(cases: Mapping[str, Case]) -> dict[str, dict[str, float | None]]:
    """Every figure of every article."""
    return {name: measure_case(case) for name, case in cases.items()}


def average(figures: Iterable[float | None]) -> float | None:
    """The mean of those that there are."""
    known = [figure for figure in figures if figure is not None]
    return fmean(known) if known else None


def average_each(rows: Mapping[str, Figures]) -> dict[str, float | None]:
    """The mean of each figure over the articles that have it."""
    return {name: average(row[name] for row in rows.values()) for name in FIGURES}


def record(rows: Mapping[str, Figures], file: Path = EXPECTED) -> None:
    """Make the means of today what is expected from now on."""
    means = {name: round(mean or 0.0, 3) for name, mean in average_each(rows).items()}
    file.write_text(json.dumps({"articles": len(rows), "means": means}, indent=2) + "\n", "utf-8")


def find_falls(rows: Mapping[str, Figures], file: Path = EXPECTED) -> list[str]:
    """A line for each mean that lies more than MARGIN below its record, and one for each thing
    that the record does not fit any more; none when all is well."""
    expected = json.loads(file.read_text("utf-8"))
    if expected["articles"] != len(rows) or expected["means"].keys() != FIGURES.keys():
        return [f"the record is of {expected['articles']} articles and other figures"]
    return [
        f"{name}: {mean or 0.0:.3f}, and was {expected['means'][name]:.3f}"
        for name, mean in average_each(rows).items()
        if (mean or 0.0) < expected["means"][name] - MARGIN
    ]
