"""Builds the gazetteer's tables: every phrase of the place and actor lexicons with its meaning.

It reads the lexicons once and knows their notation; what a phrase is asked for is not its business.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefings.language.lexicon import load

Kind = Literal["state", "body", "group", "media", "place"]
Form = Literal["name", "demonym", "capital", "acronym", "people", "government"]
Level = Literal["nation", "sub"]
_Named = tuple[str, "Known"]

WORD = re.compile(r"\w+")
_AT_SIGN = re.compile(r" ?([-'&/,+]) ?")
_NOTE = re.compile(r" \([^)]*\)$")
_SAME_SIGN = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "‐": "-"})
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans("łŁøØđĐıðÐþÞ", "lLoOdDidDtT")
_LONGEST_DOTTED = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What a lexicon knows about a phrase.

    `name` is canonical ("Egypt"), `form` how the phrase names it (Egypt, Egyptian, Cairo, UN,
    Egyptians, Kremlin). `state` is the state it belongs to, a nation belonging to itself, None
    where it has none or the lexicon does not say. `level` tells nations from the units below
    them and is None for whatever is no state.
    """

    kind: Kind
    name: str
    form: Form
    state: str | None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """`meanings` by key; `reach`: longest key that opens with a word; `forms` of each state."""

    meanings: Mapping[str, tuple[Known, ...]]
    shouted: Mapping[str, tuple[Known, ...]]
    reach: Mapping[str, int]
    forms: Mapping[str, tuple[str, ...]]


@cache
def tables() -> Tables:
    meanings: dict[str, list[Known]] = {}
    reach: dict[str, int] = defaultdict(int)
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    owner: dict[str, str | None] = {}  # Georgia's forms are the nation's, not the US state's
    for phrase, known in _everything():
        if known.kind == "state" and owner.setdefault(known.name, known.state) == known.state:
            forms[known.name][phrase] = None
        key = key_of(phrase)
        _note(meanings, reach, key, known, phrase)
        if not phrase.isascii():
            _note(meanings, reach, fold(key), known, fold(phrase))
    _put_preferred_first(meanings)
    fixed = {key: tuple(held) for key, held in meanings.items()}
    # Only longer names: a short word in capitals is an acronym of who knows what.
    shouted = {key.upper(): held for key, held in fixed.items() if len(key) > _LONGEST_DOTTED - 2}
    by_length = {name: tuple(sorted(all_, key=len, reverse=True)) for name, all_ in forms.items()}
    return Tables(fixed, shouted, dict(reach), by_length)


def _note(
    meanings: dict[str, list[Known]], reach: dict[str, int], key: str, known: Known, phrase: str
) -> None:
    held = meanings.setdefault(key, [])
    if not held or all(
        (k.kind, k.name, k.state) != (known.kind, known.name, known.state) for k in held
    ):
        held.append(known)
    head = WORD.search(phrase)
    if head:
        start = head.group().casefold()
        reach[start] = max(reach[start], len(key))


def preferences() -> Mapping[str, str]:
    """Phrases with several meanings: the name, or else the state, of the one usually meant."""
    files = ("states", "bodies", "places")
    return {k: v for file in files for k, v in load(file)["preferred"].items()}


def _put_preferred_first(meanings: Mapping[str, list[Known]]) -> None:
    for phrase, meant in preferences().items():
        for spelling in _spellings(phrase):
            meanings[key_of(spelling)].sort(key=lambda k: (k.state != meant, k.name != meant))


def _everything() -> Iterator[_Named]:
    """Every phrase of every lexicon with its meaning; earlier ones win where nothing is said."""
    for name, entry in load("states")["nations"].items():
        yield from _state(name, entry, name, "nation")
    for nation, units in load("states")["units"].items():
        for name, entry in units.items():
            yield from _state(name, entry, nation, "sub")
    yield from _bodies()
    for nation, groups in load("armed_groups")["groups"].items():
        for name, text in groups.items():
            yield from _aliases("group", name, text, nation or None)
    for name, text in load("media")["outlets"].items():
        yield from _aliases("media", name, text, None)
    yield from _places()


def _state(name: str, entry: Mapping[str, str], nation: str, level: Level) -> Iterator[_Named]:
    adjectives = split(entry.get("adj", ""))
    regular = "; ".join(f"{adj}s" for adj in adjectives if adj.endswith(("n", "i")))
    forms: list[tuple[Form, str]] = [
        ("name", f"{name}; {entry.get('names', '')}"),
        ("acronym", f"{entry.get('acronym', '')}; {entry.get('short', '')}"),
        ("demonym", "; ".join(adjectives)),
        ("people", entry.get("people", regular)),
        ("capital", entry.get("capital", "")),
        ("government", entry.get("government", "")),
    ]
    for form, text in forms:
        for phrase in split(text):
            if form == "capital" and level == "sub":  # more a place than the unit's government
                yield phrase, Known("place", phrase, form, nation)
                continue
            for spelling in _spellings(phrase):
                yield bare(spelling), Known("state", bare(name), form, nation, level)


def _bodies() -> Iterator[_Named]:
    lexicon = load("bodies")
    for name, text in lexicon["international"].items():
        yield from _aliases("body", name, text, None)
    owners = {name: nation for nation, table in lexicon["states"].items() for name in table}
    for nation, table in [*lexicon["states"].items(), *lexicon["firms"].items()]:
        for name, text in table.items():
            yield from _aliases("body", name, text, nation)
    for name, text in lexicon["anywhere"].items():
        yield from _aliases("body", name, text, None)
    for name, text in lexicon["seats"].items():
        yield from ((phrase, Known("body", name, "capital", None)) for phrase in split(text))
    for name, entry in lexicon["members"].items():
        for phrase in split(entry.get("adj", "")):
            yield phrase, Known("body", name, "demonym", owners.get(name))
        for phrase in split(entry["people"]):
            yield phrase, Known("body", name, "people", owners.get(name))


def _places() -> Iterator[_Named]:
    lexicon = load("places")
    for nation, text in lexicon["places"].items():
        for part in split(text):
            phrase, _, name = part.partition(" = ")
            yield bare(phrase), Known("place", bare(name or phrase), "name", nation)
    for name, text in lexicon["regions"].items():
        yield name, Known("place", name, "name", None)
        for part in filter(None, text.split(" | ")):
            label, _, phrases = part.partition(": ")
            form: Form = {"adj": "demonym", "people": "people"}.get(label, "name")  # type: ignore[assignment]  # get() widens the literals
            yield from ((phrase, Known("place", name, form, None)) for phrase in split(phrases))
    for name, text in lexicon["peoples"].items():
        yield name, Known("group", name, "people", None)
        for phrase in split(text):
            yield phrase, Known("group", name, "demonym", None)


def _aliases(kind: Kind, name: str, text: str, state: str | None) -> Iterator[_Named]:
    for phrase in [bare(name), *split(text)]:
        form: Form = "acronym" if phrase.isupper() and " " not in phrase else "name"
        for spelling in _spellings(phrase):
            yield spelling, Known(kind, bare(name), form, state)


def _spellings(phrase: str) -> Iterator[str]:
    """The phrase, and a plain acronym with points as well: UN, U.N."""
    yield phrase
    if phrase.isalpha() and phrase.isupper() and 1 < len(phrase) <= _LONGEST_DOTTED:
        yield "".join(f"{letter}." for letter in phrase)


def bare(name: str) -> str:
    """A name without the note that tells it from a namesake: "ABC (Australia)" is called ABC."""
    return _NOTE.sub("", name) if name.endswith(")") else name


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def key_of(phrase: str) -> str:
    """How phrases are compared: single blanks, none beside a sign at which words are split."""
    if not phrase.isascii():
        phrase = unicodedata.normalize("NFC", phrase).translate(_SAME_SIGN)
    plain = " ".join(phrase.split())
    return plain if plain.replace(" ", "").isalnum() else _AT_SIGN.sub(r"\1", plain)


def fold(text: str) -> str:
    """Without accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(char for char in apart if not unicodedata.combining(char))
