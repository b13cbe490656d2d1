"""Reads what a person typed after a slash command into named options.

It knows the words of the commands; whether a value makes sense is decided where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.errors import CommandNotUnderstood

#: What follows /briefing.
SUBCOMMANDS: Final = (
    "add",
    "list",
    "show",
    "edit",
    "pause",
    "resume",
    "remove",
    "run",
    "preview",
    "log",
    "help",
)
#: Words that open an option, and the option's name. The option lasts until the next such word.
KEYWORDS: Final[Mapping[str, str]] = {
    "at": "times",
    "in": "zone",
    "any": "any",
    "all": "all",
    "none": "none",
    "matching": "matching",
    "max": "max",
    "within": "within",
    "name": "name",
    "channel": "channel",
    "engine": "engine",
    "language": "language",
}
#: Words of /brief that open an option of one word, or hold it: "engine llm", "engine:llm".
_BRIEF_KEYWORDS: Final = ("engine", "language")
#: Words that are the option "mode" as they stand, and the one that keeps a briefing private.
MODES: Final = ("each", "digest")
PRIVATE: Final = "private"
#: Stands for "nothing" where leaving an option out would keep what stands: "edit k3 none -".
CLEAR: Final = "-"
CLEARABLE: Final = ("any", "all", "none", "matching", "name", "engine", "language")
#: Stands for what the settings say.
DEFAULT: Final = "default"
#: Every option of every command: what a platform with typed options calls them.
OPTIONS: Final = ("urls", "url", "section", "id", "value", "mode", "private", *KEYWORDS.values())
_MANY_URLS: Final = ("add", "edit")
#: Those that open options and know flags; in the others such words are words like any other.
_WITH_OPTIONS: Final = _MANY_URLS
_WITH_ID: Final = ("show", "edit", "pause", "resume", "remove", "run", "preview", "log")

#: A quoted stretch, Slack's way of writing an address, or a word.
_TOKEN = re.compile(r"\"([^\"]*)\"|“([^”]*)”|<(https?://[^>|]+)(?:\|[^>]*)?>|(\S+)")
#: Whatever holds it is meant for an address; whether it is one that can be read shows later.
_SCHEME = "://"
#: Keeps a platform from reading mark-up into what it shows: America/New_York copied from an answer
#: holds it behind the underscore.
_INVISIBLE = "\u200b"
#: A bare host, as people type it: "news.example/feed".
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


def read_command(name: str, options: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """The full name of a command and its options by name.

    A platform's line of text, under "text", is read; typed options are passed through. An empty
    one is left out, but to change a schedule it clears what a form shows as empty. Raises
    CommandNotUnderstood.
    """
    blank = CLEAR if name == "briefing edit" else ""
    bare = {key: value.replace(_INVISIBLE, "") for key, value in options.items()}
    filled = {
        key: value.strip() or (blank if key in CLEARABLE else "") for key, value in bare.items()
    }
    typed = {key: value for key, value in filled.items() if value}
    text = typed.pop("text", "")
    if name == "brief":
        return name, typed or _read_brief(text)
    if name != "briefing":
        return name, typed
    word, _, rest = text.partition(" ")
    subcommand = word.lower() or "help"
    if subcommand not in SUBCOMMANDS:
        raise CommandNotUnderstood(word, expected=SUBCOMMANDS)
    return f"briefing {subcommand}", {**_read_options(subcommand, rest), **typed}


def split_list(value: str) -> tuple[str, ...]:
    """Words or phrases parted by commas, quoted or not."""
    pieces = re.findall(r"\s*(?:\"([^\"]*)\"|“([^”]*)”|([^,]+))\s*,?", value)
    return tuple(text for piece in pieces if (text := "".join(piece).strip()))


def split_addresses(value: str) -> tuple[str, ...]:
    """Addresses parted by spaces or commas, https where no scheme was typed, each once."""
    words = [match[2] or match[3] or "" for match in map(_parts, _TOKEN.finditer(value))]
    pieces = (piece for word in words for piece in word.split(",") if piece)
    return tuple(dict.fromkeys(p if _SCHEME in p else f"https://{p}" for p in pieces))


def _read_brief(text: str) -> Mapping[str, str]:
    """An address, then perhaps a section, an engine, a language, and the word "private"."""
    options: dict[str, str] = {}
    current = ""
    for word, is_quoted in _tokens(text):
        key, colon, value = word.partition(":")
        if current:
            options[current], current = word, ""
        elif key.lower() in _BRIEF_KEYWORDS and not is_quoted and (value or not colon):
            options[key.lower()], current = value, "" if value else key.lower()
        elif word.lower() == PRIVATE and not is_quoted:
            options["private"] = "yes"
        elif "url" not in options:
            options["url"] = next(iter(split_addresses(word)), word)
        else:
            options["section"] = f"{options.get('section', '')} {word}".strip().lower()
    return options


def _read_options(subcommand: str, text: str) -> Mapping[str, str]:
    """The options of a /briefing command: addresses or an id first, then words with values."""
    found: dict[str, list[str]] = {}
    current = ""
    for word, is_quoted in _tokens(text):
        key = word.lower() if subcommand in _WITH_OPTIONS and not is_quoted else ""
        opener, _, value = key.partition(":")
        if value and opener in _BRIEF_KEYWORDS:
            found[opener] = [value]
        elif key in KEYWORDS:
            current = KEYWORDS[key]
            found.setdefault(current, [])
        elif key in MODES:
            found["mode"] = [key]
        else:
            name = current or _opening(subcommand, word, found)
            kept = f'"{word}"' if is_quoted and name in ("any", "all", "none") else word
            found.setdefault(name, []).append(kept)
    return {name: " ".join(words) for name, words in found.items()}


def _opening(subcommand: str, word: str, found: Mapping[str, object]) -> str:
    """Which option a word belongs to that no keyword opened."""
    if subcommand in _WITH_ID and "id" not in found:
        return "id"
    if subcommand in _MANY_URLS and (_SCHEME in word or _HOST.fullmatch(word)):
        return "urls"
    if subcommand in _MANY_URLS:
        return "times"  # "add https://news.example/feed weekdays 08:00"
    raise CommandNotUnderstood(word, expected=())


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Words with whether they stood in quotation marks."""
    for match in _TOKEN.finditer(text):
        quoted, curly, address, word = match.groups()
        value = next(part for part in (quoted, curly, address, word) if part is not None)
        yield value, quoted is not None or curly is not None


def _parts(match: re.Match[str]) -> tuple[str | None, ...]:
    return match.groups()
