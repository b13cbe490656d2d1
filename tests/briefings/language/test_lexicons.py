"""The word lists are well-formed: each loads, holds nothing twice, uses the contract's words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from briefings.briefing import ClaimKind
from briefings.language import lexicon

FOLDER = Path(lexicon.__file__).parent / "lexicons"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
#: Tables of cues.toml whose keys are kinds of claims.
BY_KIND = ("say", "act", "intend", "noun", "adjective", "content")


def lists_of(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each list of words in a table and the tables inside it, with its path."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists_of(value, f"{path}{key}.")
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            yield path + key, value


def test_there_are_lexicons():
    """The folder is where the package looks for it."""
    assert "cues" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_loads(name):
    """Every file is TOML and holds something."""
    assert lexicon.load(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_list_holds_a_word_twice(name):
    """A doubled word is a slip of whoever added it."""
    doubled = {
        path: [word for word, count in Counter(words).items() if count > 1]
        for path, words in lists_of(lexicon.load(name))
    }
    assert {path: words for path, words in doubled.items() if words} == {}


@pytest.mark.parametrize("table", BY_KIND)
def test_every_cue_kind_is_a_claim_kind(table):
    """A cue makes a statement of a kind that the briefing knows."""
    kinds = set(lexicon.load("cues")[table])
    assert kinds
    assert kinds <= set(get_args(ClaimKind))


def test_a_list_inside_a_table_is_found_by_its_path():
    """A file, its table and a key give a list as a set."""
    assert "report" in lexicon.words("cues.documents", "words")
