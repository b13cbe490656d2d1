"""Writes what a model is sent: our instructions, and apart from them the article as data.

The article's words never stand where instructions do. It sends nothing and reads no answer.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefings.article import Article
from briefings.errors import ModelFailed
from briefings.language.sentences import split_sentences
from briefings.languages import ENGLISH, name_language

NAME = "llm"
#: Stands in the names of the prompts' files and in `engine.prompt`; a test holds each version's
#: words fast.
VERSION = "v1"
#: In a wheel the prompts stand beside this file, in a checkout where they are written.
_PLACES = (Path(__file__).parent / "prompts", Path(__file__).parents[3] / "config" / "prompts")
#: English has some four characters a token in the tokenizers of today's models; three overestimates
#: on purpose, for a limit that is passed costs the whole exchange.
_CHARACTERS_PER_TOKEN = 3
#: Tokens that are left free for an answer; the fullest answers in our shape have some 3,500.
ANSWER_TOKENS = 4_000
#: Tokens of the answer's shape, which goes with each exchange, and of a provider's own frame.
_SHAPE_TOKENS = 1_500
_MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Prompt:
    """One message: what to do, and the fenced text that it is to be done with."""

    instructions: str
    message: str

    @property
    def tokens(self) -> int:
        """An estimate from above of what is sent, without the shape of the answer."""
        return estimate_tokens(self.instructions) + estimate_tokens(self.message)


def estimate_tokens(text: str) -> int:
    """How many tokens a text has at most, near enough."""
    return math.ceil(len(text) / _CHARACTERS_PER_TOKEN)


@cache
def load_prompt(name: str) -> str:
    """The words of a prompt's file, such as "briefing"."""
    places = [place / f"{name}.{VERSION}.md" for place in _PLACES]
    return next(place for place in places if place.is_file()).read_text(encoding="utf-8")


def write_prompts(article: Article, *, tokens: int, into: str = ENGLISH) -> tuple[Prompt, ...]:
    """One prompt for each part of the article, none larger than `tokens` with its answer.

    `into`: the code of the language that lines are translated into.

    Raises ModelFailed where not even one sentence fits.
    """
    instructions = _instructions("briefing", article, into)
    mark = article.sha256[:_MARK_LENGTH]
    frame = estimate_tokens(instructions) + estimate_tokens(
        _fence("article", mark, _facts(article))
    )
    room = tokens - frame - ANSWER_TOKENS - _SHAPE_TOKENS
    parts = _split(number_sentences(article), room)
    return tuple(
        Prompt(instructions, _fence("article", mark, [*_facts(article), *part])) for part in parts
    )


def write_merge(replies: Sequence[str], article: Article, *, tokens: int) -> Prompt:
    """The prompt that makes one briefing of those of the parts, each a JSON object on one line.

    Raises ModelFailed where they are too much for one exchange.
    """
    mark = hashlib.sha256("\n".join((article.sha256, *replies)).encode()).hexdigest()
    prompt = Prompt(load_prompt("merge"), _fence("parts", mark[:_MARK_LENGTH], replies))
    if prompt.tokens + ANSWER_TOKENS + _SHAPE_TOKENS > tokens:
        raise ModelFailed(
            NAME, "the parts' briefings fill more than an exchange", reason="too long"
        )
    return prompt


def write_repair(lines: Sequence[str], article: Article, *, tokens: int, into: str) -> Prompt:
    """The prompt that gives lines back that did not hold, each a JSON object, with the article.

    Raises ModelFailed where that is too much for one exchange.
    """
    mark = hashlib.sha256("\n".join((article.sha256, *lines)).encode()).hexdigest()[:_MARK_LENGTH]
    sentences = [*_facts(article), *number_sentences(article)]
    message = "\n".join([_fence("article", mark, sentences), _fence("rejected", mark, lines)])
    prompt = Prompt(_instructions("repair", article, into), message)
    if prompt.tokens + ANSWER_TOKENS + _SHAPE_TOKENS > tokens:
        raise ModelFailed(NAME, "what is to be put right fills an exchange", reason="too long")
    return prompt


def _instructions(name: str, article: Article, into: str) -> str:
    """A prompt's words, with what holds for articles and briefings in other languages."""
    parts = [load_prompt(name)]
    languages = {"theirs": name_language(article.language), "ours": name_language(into)}
    if article.language != ENGLISH:
        parts.append(load_prompt("foreign").format(**languages))
    if into != article.language:
        parts.append(load_prompt("translation").format(**languages))
    return "\n".join(parts)


def number_sentences(article: Article) -> list[str]:
    """Each sentence on one line with its number, the one that it has in a Reading."""
    texts = (article.text[s.start : s.end] for s in split_sentences(article))
    return [f"[{i}] {_flatten(text)}" for i, text in enumerate(t for t in texts if t.strip())]


def _facts(article: Article) -> list[str]:
    facts = (("published", article.published), ("outlet", article.outlet))
    return [f"({name}: {_flatten(str(value))})" for name, value in facts if value]


def _flatten(text: str) -> str:
    """Without line ends and what can't be seen: a line of the article stays one line."""
    shown = (c if c.isspace() or unicodedata.category(c)[0] != "C" else "" for c in text)
    return " ".join("".join(shown).split())


def _fence(what: str, mark: str, lines: Sequence[str]) -> str:
    """Lines between markers that no text can hold: the mark is drawn from the text itself."""
    return "\n".join([f"<{what} {mark}>", *lines, f"</{what} {mark}>"])


def _split(lines: Sequence[str], room: int) -> list[list[str]]:
    """Parts of near enough equal size, each within `room` tokens."""
    sizes = [estimate_tokens(line) + 1 for line in lines]
    if not lines or max(sizes) > room:
        raise ModelFailed(NAME, "a sentence fills more than an exchange", reason="too long")
    count = math.ceil(sum(sizes) / room)
    while len(parts := _fill(lines, sizes, min(room, math.ceil(sum(sizes) / count)))) > count:
        count += 1
        if count > len(lines):
            return _fill(lines, sizes, room)
    return parts


def _fill(lines: Sequence[str], sizes: Sequence[int], room: int) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    filled = 0
    for line, size in zip(lines, sizes, strict=True):
        if parts[-1] and filled + size > room:
            parts.append([])
            filled = 0
        parts[-1].append(line)
        filled += size
    return parts
