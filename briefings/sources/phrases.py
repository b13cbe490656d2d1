"""The wording of walls and page furniture, compiled from `phrases.toml`.

It says which phrases stand in a text, not what that means for the page.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: No furniture is longer; longer lines are prose, whatever they begin with.
_LONGEST_BOILERPLATE = 160


@dataclass(frozen=True, slots=True)
class Phrases:
    """Four vocabularies, each as patterns that ignore case."""

    consent: tuple[re.Pattern[str], ...]
    paywall: tuple[re.Pattern[str], ...]
    script: tuple[re.Pattern[str], ...]
    boilerplate: re.Pattern[str]

    def are_boilerplate(self, line: str) -> bool:
        """Whether the whole line is page furniture."""
        return len(line) <= _LONGEST_BOILERPLATE and bool(self.boilerplate.fullmatch(line))


def count_matches(patterns: Sequence[re.Pattern[str]], text: str) -> int:
    """How many of the patterns stand somewhere in the text."""
    return sum(bool(pattern.search(text)) for pattern in patterns)


@functools.cache
def load_phrases() -> Phrases:
    path = Path(__file__).with_name("phrases.toml")
    table: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Phrases(
        consent=_compile(table["consent"]),
        paywall=_compile(table["paywall"]),
        script=_compile(table["script"]),
        boilerplate=re.compile("|".join(f"(?:{p})" for p in table["boilerplate"]), re.IGNORECASE),
    )


def _compile(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
