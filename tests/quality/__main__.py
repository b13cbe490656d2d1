"""Prints how good our briefings are: `uv run poe quality [ARTICLE…] [--misses] [--record]`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click

from tests.quality import suite
from tests.quality.figures import FIGURES
from tests.quality.misses import list_misses

#: Heads as wide as a figure: the first letters of the words, enough to tell them apart.
HEADS = {
    "actors_recall": "actR",
    "actors_precision": "actP",
    "roles": "role",
    "contested": "cont",
    "issue": "issu",
    "sides": "side",
    "positions": "posi",
    "claims_recall": "claR",
    "claims_precision": "claP",
    "kinds": "kind",
    "stakes_recall": "stkR",
    "stakes_precision": "stkP",
    "unknowns_f1": "unkn",
    "timeline_f1": "time",
    "lead": "lead",
    "verbatim": "verb",
    "grounded": "grou",
    "standing": "stan",
    "brevity": "brev",
}


def format_table(rows: Mapping[str, suite.Figures]) -> str:
    """A row an article, in hundredths; "-" where there is nothing to measure; means at the end."""
    means = suite.average_each(rows)
    width = max(map(len, [*rows, "mean"]))
    lines = [_format_row("", [HEADS[name] for name in FIGURES], "mean", width)]
    for title, row in [*rows.items(), ("mean", means)]:
        cells = [_format_figure(row[name]) for name in FIGURES]
        lines.append(_format_row(title, cells, _format_figure(suite.average(row.values())), width))
    return "\n".join(lines)


def _format_row(title: str, cells: list[str], mean: str, width: int) -> str:
    return f"{title:<{width}} {' '.join(f'{cell:>4}' for cell in cells)}  {mean:>4}"


def _format_figure(figure: float | None) -> str:
    return "-" if figure is None else f"{figure * 100:.0f}"


def format_means(rows: Mapping[str, suite.Figures]) -> str:
    """The means by their full names, to three places."""
    means = suite.average_each(rows)
    lines = [f"{name:<17} {mean:.3f}" for name, mean in means.items() if mean is not None]
    overall = suite.average(means.values())
    return "\n".join([*lines, f"{'mean of these':<17} {overall or 0.0:.3f}"])


@click.command()
@click.argument("articles", nargs=-1, type=click.Choice(suite.known_articles()))
@click.option("--misses", is_flag=True, help="List what was not found and what is not annotated.")
@click.option("--record", is_flag=True, help="Expect the figures of today from now on.")
def main(articles: tuple[str, ...], misses: bool, record: bool) -> None:
    """Brief our annotated articles and measure the briefings; all of them, or those named."""
    if record and articles:
        raise click.UsageError("--record takes all articles.")
    known = suite.known_articles()
    cases = asyncio.run(suite.brief(articles or known))
    rows = suite.measure(cases)
    if misses:
        for case in cases.values():
            click.echo("\n".join([case.gold.article, *list_misses(case), ""]))
    click.echo(f"{format_table(rows)}\n\n{format_means(rows)}\n")
    click.echo(f"{len(rows)} of {len(known)} articles shown, from tests/data/articles.")
    if record:
        suite.record(rows)
        click.echo(f"Recorded in tests/quality/{suite.EXPECTED.name}: commit it, and say why.")


if __name__ == "__main__":
    main(prog_name="poe quality")
