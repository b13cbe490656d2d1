"""What the lexicons know about a phrase: states, bodies, groups, media, places, titles, names.

It answers from tables alone; it never looks at the sentence around a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefings.language.lexicon import load

Kind = Literal["state", "body", "group", "media", "place"]
Form = Literal["name", "demonym", "capital", "acronym", "people", "government"]
Level = Literal["nation", "sub"]
Gender = Literal["f", "m"]
RoleKind = Literal["person", "group", "organization"]
_Named = tuple[str, "Known"]

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"(?<=\w)'s?$")
_NOTE = re.compile(r" \([^)]*\)$")
_SAME_SIGN = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "‐": "-"})
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans("łŁøØđĐıðÐþÞ", "lLoOdDidDtT")
_PARTY_TAG = re.compile(r"\(?([A-Z])-([A-Z][\w. ]+)\)?")
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


def lookup(phrase: str) -> Known | None:
    """What an exact phrase names, or None; of several meanings the preferred one.

    Case counts as in running text ("US" is not "us"), but a phrase all in capitals also finds a
    name ("CAIRO"). A leading "the", a possessive ending and the kind of apostrophe do not count.
    """
    found = candidates(phrase)
    return found[0] if found else None


def candidates(phrase: str) -> tuple[Known, ...]:
    """Everything an exact phrase can name, the preferred meaning first: `lookup` for doubters."""
    key = _key(phrase)
    tries = [key]
    if key[:3] in ("the", "The") and phrase[3:4].isspace():
        tries.append(key[3:])
    for each in tries:
        found = _find(each) or _find(_POSSESSIVE.sub("", each))
        if found:
            return found
    return ()


def longest_match(words: Sequence[str], start: int) -> tuple[int, Known] | None:
    """The longest known phrase that begins with `words[start]`: its number of words and meaning.

    A "the" before a name is a word of its own and not matched, unless it is part of the name
    ("The Hague"). Words may be split at hyphens and before "'s".
    """
    head = _WORD.search(words[start])
    limit = _tables().reach.get(head.group().casefold(), 0) if head else 0
    key, best = "", None
    for count, word in enumerate(words[start:], 1):
        key += _key(word)
        if len(key) > limit:
            break
        found = _find(key)
        if found:
            best = count, found[0]
    if best is None and limit:
        found = _find(_POSSESSIVE.sub("", _key(words[start])))
        best = (1, found[0]) if found else None
    return best


def forms_of(state: str) -> tuple[str, ...]:
    """Every way the lexicon has of naming a state, given by canonical name: longest first."""
    return _tables().forms.get(state, ())


def party_state(tag: str) -> tuple[str, Known] | None:
    """A lawmaker's tag, "R-Utah" or "(D-Mass.)": the party's letter and the US state, or None."""
    match = _PARTY_TAG.fullmatch(tag.strip())
    if not match:
        return None
    where = match[2].strip()
    table: dict[str, dict[str, str]] = load("states")["units"]["United States"]
    for name, entry in table.items():
        codes = [name, *_split(entry.get("short", "")), *_split(entry.get("postal", ""))]
        if where in codes or where.rstrip(".") in [code.rstrip(".") for code in codes]:
            return match[1], Known("state", name, "acronym", "United States", "sub")
    return None


def is_media(phrase: str) -> bool:
    """Whether a phrase names an outlet: a known one, its domain, or by how it is built."""
    known = lookup(phrase)
    if known:
        return known.kind == "media"
    return outlet_at(phrase) is not None or _looks_like_outlet(phrase)


def outlet_at(domain: str) -> str | None:
    """The outlet whose site a domain is ("www.reuters.com" gives "Reuters"), or None."""
    parts = domain.lower().split(".")
    hosts = [".".join(parts[i:]) for i in range(len(parts) - 1)]
    return next((_domains()[host] for host in hosts if host in _domains()), None)


def is_title(phrase: str) -> bool:
    """Whether a capitalised phrase is a title as it stands before a name: Mr., Prime Minister."""
    titles = _titles()
    words = phrase.split()
    if not words or not words[0][:1].isupper():
        return False
    if " ".join(words) in titles["fixed"]:
        return True
    if words[-1] not in titles["head"] and " ".join(words[-2:]) not in titles["fixed"]:
        return False
    return all(word in titles["modifier"] or word in titles["head"] for word in words[:-1])


def role_noun(word: str) -> RoleKind | None:
    """What a lower-case lemma says its bearer is: minister, crowd, ministry; None for others."""
    roles = _roles()
    base = re.sub(r"^(co|ex|vice|then|sub|mid|anti|pro)-", "", word)
    for kind in ("person", "group", "organization"):
        if word in roles[kind] or base in roles[kind]:
            return kind
    if base in roles["not_men"]:
        return None
    return "person" if base.endswith(("woman", "sman", "person", "ologist")) else None


def is_first_name(word: str) -> bool:
    """Whether a capitalised word is a common given name somewhere in the world."""
    return _given_name(word) is not None


def gender_of(word: str) -> Gender | None:
    """The gender a given name, title or role noun shows; None where it is open."""
    roles, lower = _roles(), word.lower()
    if lower in roles["female"]:
        return "f"
    if lower in roles["male"]:
        return "m"
    if word == lower and word not in roles["not_men"]:  # in capitals it is a surname: Goodman
        if word.endswith(("woman", "women")):
            return "f"
        if word.endswith(("man", "men")) and len(word) > len("human"):
            return "m"
    name = _given_name(word)
    return name if name in ("f", "m") else None


@cache
def _given_names() -> Mapping[str, Literal["f", "m", "either"]]:
    table: dict[str, str] = load("persons")
    names: dict[str, Literal["f", "m", "either"]] = {}
    for key, mark in (("female", "f"), ("male", "m"), ("either", "either")):
        names |= dict.fromkeys(table[key].split(), mark)  # type: ignore[arg-type]  # as above
    return names


def _given_name(word: str) -> Literal["f", "m", "either"] | None:
    if not word[:1].isupper():
        return None
    names, plain = _given_names(), _fold(word)
    return names.get(plain) or (names.get(plain.partition("-")[0]) if "-" in plain else None)


@cache
def _titles() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(_split(text)) for key, text in load("titles").items()}


@cache
def _roles() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(text.split()) for key, text in load("roles").items()}


@cache
def _domains() -> Mapping[str, str]:
    outlets: dict[str, str] = load("media")["outlets"]
    return {
        part: _bare(name)
        for name, text in outlets.items()
        for part in _split(text)
        if "." in part and " " not in part and part == part.lower()
    }


@cache
def _outlet_words() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(_split(text)) for key, text in load("media")["patterns"].items()}


def _looks_like_outlet(phrase: str) -> bool:
    table, words = _outlet_words(), phrase.split()
    size = 2 if " ".join(words[-2:]) in table["last"] else 1
    front = words[:-size]
    if not front or not all(w[:1].isupper() or w in ("of", "the", "and", "&") for w in words):
        return False
    if " ".join(words[-size:]) not in table["last"] or front[-1] in table["undone"]:
        return False
    strong = size > 1 or words[-1] not in table["weak"]
    return strong or front[0] in table["before"] or lookup(" ".join(front)) is not None


@dataclass(frozen=True, slots=True)
class _Tables:
    """`meanings` by key; `reach`: longest key that opens with a word; `forms` of each state."""

    meanings: Mapping[str, tuple[Known, ...]]
    shouted: Mapping[str, tuple[Known, ...]]
    reach: Mapping[str, int]
    forms: Mapping[str, tuple[str, ...]]


def _find(key: str) -> tuple[Known, ...]:
    tables = _tables()
    found = tables.meanings.get(key) or tables.meanings.get(_fold(key))
    if not found and key.isupper():
        found = tables.shouted.get(_fold(key))
    return found or ()


@cache
def _tables() -> _Tables:
    meanings: dict[str, list[Known]] = {}
    reach: dict[str, int] = defaultdict(int)
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for phrase, known in _everything():
        if known.kind == "state":
            forms[known.name][phrase] = None
        for key in {_key(phrase), _fold(_key(phrase))}:
            held = meanings.setdefault(key, [])
            if all((k.kind, k.name) != (known.kind, known.name) for k in held):
                held.append(known)
        head = _WORD.search(phrase)
        if head:
            for start in (head.group().casefold(), _fold(head.group()).casefold()):
                reach[start] = max(reach[start], len(_key(phrase)))
    _put_preferred_first(meanings)
    fixed = {key: tuple(held) for key, held in meanings.items()}
    # Only longer names: a short word in capitals is an acronym of who knows what.
    shouted = {key.upper(): held for key, held in fixed.items() if len(key) > _LONGEST_DOTTED - 2}
    by_length = {name: tuple(sorted(all_, key=len, reverse=True)) for name, all_ in forms.items()}
    return _Tables(fixed, shouted, dict(reach), by_length)


def preferences() -> Mapping[str, str]:
    """Phrases with several meanings, each with the name meant when nothing else is known."""
    return {k: v for file in ("states", "bodies") for k, v in load(file)["preferred"].items()}


def _put_preferred_first(meanings: Mapping[str, list[Known]]) -> None:
    for phrase, name in preferences().items():
        for spelling in _spellings(phrase):
            meanings[_key(spelling)].sort(key=lambda known: known.name != name)


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
    adjectives = _split(entry.get("adj", ""))
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
        for phrase in _split(text):
            for spelling in _spellings(phrase):
                yield _bare(spelling), Known("state", name, form, nation, level)


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
        yield from ((phrase, Known("body", name, "capital", None)) for phrase in _split(text))
    for name, entry in lexicon["members"].items():
        for phrase in _split(entry.get("adj", "")):
            yield phrase, Known("body", name, "demonym", owners.get(name))
        for phrase in _split(entry["people"]):
            yield phrase, Known("body", name, "people", owners.get(name))


def _places() -> Iterator[_Named]:
    lexicon = load("places")
    for nation, text in lexicon["places"].items():
        for part in _split(text):
            phrase, _, name = part.partition(" = ")
            yield _bare(phrase), Known("place", _bare(name or phrase), "name", nation)
    for name, text in lexicon["regions"].items():
        yield name, Known("place", name, "name", None)
        for part in filter(None, text.split(" | ")):
            label, _, phrases = part.partition(": ")
            form: Form = {"adj": "demonym", "people": "people"}.get(label, "name")  # type: ignore[assignment]  # get() widens the literals
            yield from ((phrase, Known("place", name, form, None)) for phrase in _split(phrases))
    for name, text in lexicon["peoples"].items():
        yield name, Known("group", name, "people", None)
        for phrase in _split(text):
            yield phrase, Known("group", name, "demonym", None)


def _aliases(kind: Kind, name: str, text: str, state: str | None) -> Iterator[_Named]:
    for phrase in [_bare(name), *_split(text)]:
        form: Form = "acronym" if phrase.isupper() and " " not in phrase else "name"
        for spelling in _spellings(phrase):
            yield spelling, Known(kind, _bare(name), form, state)


def _spellings(phrase: str) -> Iterator[str]:
    """The phrase, and a plain acronym with points as well: UN, U.N."""
    yield phrase
    if phrase.isalpha() and phrase.isupper() and 1 < len(phrase) <= _LONGEST_DOTTED:
        yield "".join(f"{letter}." for letter in phrase)


def _bare(name: str) -> str:
    """A name without the note that tells it from a namesake: "ABC (Australia)" is called ABC."""
    return _NOTE.sub("", name)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _key(phrase: str) -> str:
    """How phrases are compared: no blanks, one kind of apostrophe and hyphen."""
    return _SPACE.sub("", unicodedata.normalize("NFC", phrase).translate(_SAME_SIGN))


def _fold(text: str) -> str:
    """Without accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(char for char in apart if not unicodedata.combining(char))
