"""How much each platform takes, and cutting what is longer into parts.

Nothing is dropped here: the parts together are the whole, but for white space where it was cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from briefings.rendering.nodes import Run, Runs


@dataclass(frozen=True, slots=True)
class DiscordSizes:
    """Characters unless said otherwise (Discord's documentation, "Embed limits")."""

    content: int = 2_000
    embed_title: int = 256
    embed_description: int = 4_096
    embed_footer: int = 2_048
    embed_author: int = 256
    #: Fields of one embed, counted.
    fields: int = 25
    field_name: int = 256
    field_value: int = 1_024
    #: All embeds of one message together.
    message: int = 6_000
    #: Embeds of one message, counted.
    embeds: int = 10
    #: Of `message`, left free for the mark by which a posted message is found again.
    mark: int = 40
    thread_name: int = 100


@dataclass(frozen=True, slots=True)
class SlackSizes:
    """Characters unless said otherwise (Slack's documentation, "Block Kit")."""

    section: int = 3_000
    field: int = 2_000
    #: Fields of one section, counted.
    fields: int = 10
    header: int = 150
    context: int = 2_000
    #: Elements of one context block, counted.
    context_elements: int = 10
    #: Blocks of one message, counted.
    blocks: int = 50
    #: The whole request; from about 11,300 Slack answers msg_blocks_too_long (bolt-js #2509).
    message: int = 9_900
    #: `text`, which notifications show; Slack advises 4,000 at most, and it counts as well.
    fallback: int = 600


DISCORD: Final = DiscordSizes()
SLACK: Final = SlackSizes()
#: A longer address is named, not linked: neither platform takes it.
MAX_LINK: Final = 2_000

#: The end of a sentence with its closing marks, and the space after it.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_WORD_END = re.compile(r"\s+")


def size_of(text: str) -> int:
    """Length in UTF-16 units: the strictest way that either platform could count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sentences_of(text: str) -> list[str]:
    """Rough sentences of `text`, for cutting; it takes an abbreviation for an end."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return [
        text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)
    ]


def split_runs(runs: Runs, fits: Callable[[Runs], bool]) -> Iterator[Runs]:
    """Cut runs into parts that each fit: after sentences, else after words, else anywhere.

    `fits` says whether runs, as the platform writes them, are short enough; one character must be.
    """
    text = _text_of(runs)
    start = 0
    while not fits(rest := _take(runs, start, len(text))):
        longest = _longest_prefix(rest, fits)
        cut = start + _best_cut(text[start:], longest)
        yield _take(runs, start, cut)
        start = cut
        if not text[start:].strip():
            return
    yield rest


def split_text(text: str, limit: int) -> list[str]:
    """`split_runs` for unadorned text: parts of at most `limit` characters, trimmed."""
    parts = split_runs((Run("plain", text),), lambda runs: size_of(_text_of(runs)) <= limit)
    return [_text_of(part).strip() for part in parts]


def _longest_prefix(runs: Runs, fits: Callable[[Runs], bool]) -> int:
    """How many characters of `runs` fit, short of all; at least 1, so that cutting gets on."""
    low, high = 1, len(_text_of(runs)) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_take(runs, 0, middle)) else (low, middle - 1)
    return low


def _best_cut(text: str, longest: int) -> int:
    # One character more is looked at: a space just behind the longest prefix ends a word in it.
    window = text[: longest + 1]
    # A sentence that ends in the first half would leave a part too small to be worth its place.
    for boundary, least in ((_SENTENCE_END, longest // 2), (_WORD_END, 0)):
        ends = [min(match.end(), longest) for match in boundary.finditer(window)]
        if ends and ends[-1] > least and text[: ends[-1]].strip():
            return ends[-1]
    return longest


def _text_of(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _take(runs: Runs, start: int, end: int) -> Runs:
    """The characters `start` to `end` of the runs' joined text, each still in its style."""
    taken: list[Run] = []
    offset = 0
    for run in runs:
        first, last = max(start - offset, 0), min(end - offset, len(run.text))
        if first < last:
            taken.append(run.part(first, last))
        offset += len(run.text)
    return tuple(taken)
