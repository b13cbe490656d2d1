"""Names of languages as people write them, and their codes.

It knows which languages there are; who can write or read one is decided elsewhere.
"""

from __future__ import annotations

from functools import cache

#: What the embedded engine reads and writes.
ENGLISH = "en"
_CODE_LENGTH = 2


def read_language(text: str) -> str:
    """The ISO 639-1 code of a language: "de", "German" or "Deutsch" is "de".

    Raises ValueError for what names none.
    """
    wanted = text.strip().casefold().partition("-")[0].partition("_")[0]
    code = _codes().get(wanted)
    if code is None:
        raise ValueError(text)
    return code


def name_language(code: str) -> str:
    """The English name of a language, or its code where it has none."""
    return _english_names().get(code, code)


def is_language(code: str) -> bool:
    """Whether it is the code of a language that has a name."""
    return code in _english_names()


def suggest_languages(typed: str, most: int) -> tuple[str, ...]:
    """English names that begin with what was typed, then those that hold it."""
    wanted = typed.strip().casefold()
    found = [name for name in _english_names().values() if wanted in name.casefold()]
    return tuple(sorted(found, key=lambda n: (not n.casefold().startswith(wanted), n))[:most])


@cache
def _english_names() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415  # its tables are slow to load

    names = Locale(ENGLISH).languages.items()
    return {code: name for code, name in names if len(code) == _CODE_LENGTH}


@cache
def _codes() -> dict[str, str]:
    """Codes by code, by English name, and by the language's own name for itself."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    found = {code: code for code in _english_names()}
    for code, name in _english_names().items():
        found.setdefault(name.casefold(), code)
        try:
            own = Locale.parse(code).languages.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if own:
            found.setdefault(own.casefold(), code)
    return found
