"""Loads the word lists beside it: TOML files with a comment on where each list comes from.

Gives plain sets and mappings; what a list means is the business of whoever asks for it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of `lexicons/<name>.toml`, read once; FileNotFoundError where there is none."""
    return tomllib.loads((files(__package__) / "lexicons" / f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of a lexicon as a set; `name` may be "file.table" for a list inside a table.

    KeyError where the lexicon has no such table or list.
    """
    file, _, table = name.partition(".")
    lists = load(file)
    return frozenset((lists[table] if table else lists)[key])
