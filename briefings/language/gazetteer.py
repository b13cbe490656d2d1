"""What the lexicons know about a phrase: states, bodies, groups, media, places, titles, names.

It answers from tables alone; it never looks at the sentence around a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from briefings.language.gazetteer_tables import WORD, Known, bare, fold, key_of, split, tables
from briefings.language.lexicon import load

__all__ = [
    "Known", "candidates", "forms_of", "gender_of", "is_first_name", "is_media", "is_title",
    "longest_match", "lookup", "outlet_at", "party_state", "role_noun",
]  # fmt: skip

Gender = Literal["f", "m"]
RoleKind = Literal["person", "group", "organization"]

_POSSESSIVE = re.compile(r"(?<=[\w.])'s?$")
_PARTY_TAG = re.compile(r"\(?([A-Z])-([A-Z][\w. ]+)\)?")


def lookup(phrase: str) -> Known | None:
    """What an exact phrase names, or None; of several meanings the preferred one.

    Case counts as in running text ("US" is not "us"), but a phrase all in capitals also finds a
    name ("CAIRO"). A leading "the", a possessive ending and the kind of apostrophe do not count.
    """
    found = candidates(phrase)
    return found[0] if found else None


def is_spelt_so(phrase: str) -> bool:
    """Whether a list has a name letter for letter, its possessive ending with it: "McDonald's"."""
    return bool(_find(key_of(phrase)))


def candidates(phrase: str) -> tuple[Known, ...]:
    """Everything an exact phrase can name, the preferred meaning first: `lookup` for doubters."""
    key = key_of(phrase)
    tries = [key]
    if key[:4] in ("the ", "The "):
        tries.append(key[4:])
    for each in tries:
        found = _find(each) or _find(_POSSESSIVE.sub("", each))
        if found:
            return found
    return ()


def longest_match(words: Sequence[str], start: int) -> tuple[int, Known] | None:
    """The longest known phrase that begins with `words[start]`: its number of words and meaning.

    A "the" before a name is a word of its own and not matched, unless it is part of the name
    ("The Hague"). Papers called "The Australian" are left to `lookup`: at the start of a sentence
    they can't be told from an article. Words may be split at hyphens and before "'s".
    """
    head = WORD.search(words[start])
    limit = tables().reach.get(head.group().casefold(), 0) if head else 0
    best: tuple[int, Known] | None = None
    for end in range(start + 1, len(words) + 1):
        key = key_of(" ".join(words[start:end]))
        if len(key) > limit:
            break
        found = _find(key)
        if found and not _could_be_article(words[start], end - start, found[0]):
            best = end - start, found[0]
    if best is None and limit:
        found = _find(_POSSESSIVE.sub("", key_of(words[start])))
        best = (1, found[0]) if found else None
    return best


def _could_be_article(first: str, count: int, known: Known) -> bool:
    return first == "The" and count <= 2 and known.kind == "media"  # noqa: PLR2004 - The and a word


def forms_of(state: str) -> tuple[str, ...]:
    """Every way the lexicon has of naming a state, given by canonical name: longest first."""
    return tables().forms.get(state, ())


def party_state(tag: str) -> tuple[str, Known] | None:
    """A lawmaker's tag, "R-Utah" or "(D-Mass.)": the party's letter and the US state, or None."""
    match = _PARTY_TAG.fullmatch(tag.strip())
    if not match:
        return None
    where = match[2].strip()
    table: dict[str, dict[str, str]] = load("states")["units"]["United States"]
    for name, entry in table.items():
        codes = [name, *split(entry.get("short", "")), *split(entry.get("postal", ""))]
        if where in codes or where.rstrip(".") in [code.rstrip(".") for code in codes]:
            return match[1], Known("state", bare(name), "acronym", "United States", "sub")
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
    names, plain = _given_names(), fold(word)
    return names.get(plain) or (names.get(plain.partition("-")[0]) if "-" in plain else None)


@cache
def _titles() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(split(text)) for key, text in load("titles").items()}


@cache
def _roles() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(text.split()) for key, text in load("roles").items()}


@cache
def _domains() -> Mapping[str, str]:
    outlets: dict[str, str] = load("media")["outlets"]
    return {
        part: bare(name)
        for name, text in outlets.items()
        for part in split(text)
        if "." in part and " " not in part and part == part.lower()
    }


@cache
def _outlet_words() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(split(text)) for key, text in load("media")["patterns"].items()}


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


def _find(key: str) -> tuple[Known, ...]:
    meanings = tables().meanings
    found = meanings.get(key)
    if not found and not key.isascii():
        found = meanings.get(fold(key))
    if not found and key.isupper():
        found = tables().shouted.get(fold(key))
    return found or ()
