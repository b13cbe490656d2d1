"""Marks each word with what the lexicons know of it: the trained names component reads these marks.

The weights are bound to these marks: who changes them trains the component anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed

#: Lists of lexicons/names.toml in order of trust, and the mark of a capitalised word on them.
_LISTS = ("organization", "place", "thing", "calendar", "creed")


def mark_words(words: Sequence[str]) -> list[str]:
    """One mark a word, empty for most.

    "Bstate" and "Istate" for the words of a listed state's name, "first" for a given name,
    "organization" for a word that heads such names, "role-person" for a role noun, and so on.
    """
    marks = [""] * len(words)
    i = 0
    while i < len(words):
        count = _mark_listed(words, i, marks) if words[i][:1].isupper() else 0
        if not count:
            marks[i] = _mark(words[i])
            count = 1
        i += count
    return marks


def _mark_listed(words: Sequence[str], start: int, marks: list[str]) -> int:
    """Mark the longest listed name that starts here; the number of its words, 0 for none."""
    match = gazetteer.longest_match(words, start)
    if match is None:
        return 0
    count, known = match
    if not words[start + count - 1][:1].isupper():
        return 0
    kind = known.kind + ("-demonym" if known.form == "demonym" else "")
    marks[start : start + count] = [f"B{kind}"] + [f"I{kind}"] * (count - 1)
    return count


def _mark(word: str) -> str:
    lower = word.lower()
    if word[:1].isupper():
        if gazetteer.is_first_name(word):
            return "first"
        if gazetteer.is_title(word):
            return "title"
        for key in _LISTS:
            if lower in listed("names", key):
                return key
        return "surname" if lower in _surnames() else ""
    role = gazetteer.role_noun(word) if word.isalpha() else None
    if role:
        return f"role-{role}"
    return "particle" if lower in listed("names", "particle") else ""


@cache
def _surnames() -> frozenset[str]:
    """Family names of office-holders of the world, lower-case; the card says where from."""
    text = (Path(__file__).parent / "surnames.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
