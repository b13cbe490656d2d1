"""The swap test: exchange the two main parties' names, and the briefing differs in nothing else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ARTICLES = Path(__file__).parents[3] / "data" / "articles"
#: Fields that count letters of the article or are made from them.
_OFFSETS = ("start", "end", "retrieved", "sha256")

# For each article the names to exchange: of two lands with their adjectives and peoples, of two
# families with their plurals, of the two persons who speak for the parties. Both names of a pair
# have one form, so that nothing but the name is exchanged.
PAIRS = {
    "river-dam": ("Talmira/Kessara", "Talmiran/Kessaran", "Talmirans/Kessarans"),
    "border-ceasefire": ("Lethia/Vask", "Lethian/Vaskian"),
    "hedge-neighbours": ("Penrose/Whitcombe", "Penroses/Whitcombes"),
    "dock-strike": ("Okafor/Marsh",),
    "election-recount": ("Quintero/Luarca",),
    "sanctions": ("Brandic/Kovrig",),
    "grocery-merger": ("Adair/Whitfield",),
    "app-regulator": ("Strand/Solberg",),
    "court-ruling": ("Voss/Oswin",),
    "farmers-protest": ("Amsel/Lindner",),
    "museum-bronze": ("Munro/Selim",),
    "port-lease": ("Rajoelis/Bakoto",),
    "school-board": ("Kessler/Prescott",),
}


def exchange(text: str, pairs: tuple[str, ...]) -> str:
    """Put each name of every pair in the place of the other, as words of their own."""
    other: dict[str, str] = {}
    for pair in pairs:
        one, two = pair.split("/")
        other |= {one: two, two: one}
    names = "|".join(map(re.escape, other))
    return re.sub(rf"\b(?:{names})\b", lambda match: other[match[0]], text)


def comparable(part: Any, pairs: tuple[str, ...] = ()) -> Any:
    """A briefing without offsets, the names of `pairs` exchanged in every text of it."""
    if isinstance(part, dict):
        return {k: comparable(v, pairs) for k, v in part.items() if k not in _OFFSETS}
    if isinstance(part, list):
        return [comparable(each, pairs) for each in part]
    return exchange(part, pairs) if isinstance(part, str) and pairs else part


@pytest.mark.parametrize(("name", "pairs"), [pytest.param(*x, id=x[0]) for x in PAIRS.items()])
def test_only_the_names_change_when_they_are_exchanged(brief, name: str, pairs) -> None:
    """No part of a briefing depends on which party bears which name."""

    def made_of(text: str) -> Any:
        title, *paragraphs = (part.strip() for part in text.split("\n\n"))
        return json.loads(brief(*paragraphs, title=title).model_dump_json(by_alias=True))

    text = (ARTICLES / f"{name}.txt").read_text("utf-8").strip()
    exchanged = exchange(text, pairs)
    assert exchanged != text
    assert comparable(made_of(exchanged), pairs) == comparable(made_of(text))
