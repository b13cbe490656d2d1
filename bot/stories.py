"""Whether two entries tell the same story, from their titles and teasers alone.

Pure. It would rather post a story twice than hide one: only a clear likeness counts.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, TypeVar

#: Words of a teaser that are looked at: its first two sentences or so.
_LEAD_WORDS: Final = 45
#: Shares of shared content words, and counts, chosen on the pairs of tests/data/stories.toml.
_SAME_TITLE: Final = 0.6
_LIKE_TITLE: Final = 0.3
_LEAST_TOLD: Final = 0.6
_MOST_TOLD: Final = 0.7
_SAME_LEAD: Final = 0.5
_FEWEST_SHARED: Final = 3
#: Words of a shingle, and how many shingles make a teaser that can be compared by them (A. Broder,
#: "On the resemblance and containment of documents", 1997).
_SHINGLE: Final = 4
_FEWEST_SHINGLES: Final = 6
T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:(?:['’]|(?<=\d)[.,](?=\d))[^\W_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[\"'“‘(]*$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of an entry is compared: stems of content words, names and numbers, shingles."""

    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    shingles: frozenset[tuple[str, ...]]


def liken(title: str, teaser: str) -> Likeness:
    """Prepare a title and a teaser, plain text both, for `is_same_story`."""
    lead = " ".join(teaser.split()[:_LEAD_WORDS])
    in_title, in_lead = _stems(title), _stems(lead)
    stems = [stem for stem in in_lead if stem]
    return Likeness(
        title=frozenset(in_title),
        words=frozenset([*in_title, *in_lead]),
        names=frozenset(_names(lead) | _names(title if not _is_title_case(title) else "")),
        numbers=frozenset(stem for stem in in_title if any(map(str.isdigit, stem))),
        shingles=frozenset(
            tuple(stems[at : at + _SHINGLE]) for at in range(len(stems) - _SHINGLE + 1)
        ),
    )


def is_same_story(one: Likeness, other: Likeness) -> bool:
    """Whether both tell of the same event, not just of the same matter.

    Either the teasers are the same copy, or the titles are near-duplicates, or each tells most of
    the other's title and they share a name or number as well as words that are neither. Names or
    numbers that contradict each other tell two events apart.
    """
    if _share(one.shingles, other.shingles, _FEWEST_SHINGLES) >= _SAME_LEAD:
        return True
    if _contradict(one, other):
        return False
    shared = one.title & other.title
    titles = _share(one.title, other.title, _FEWEST_SHARED)
    if titles >= _SAME_TITLE and len(shared) >= _FEWEST_SHARED:
        return True
    names = one.names | other.names | _lexicon()[1]
    words = one.words & other.words
    told = sorted(_told(*pair) for pair in ((one, other), (other, one)))
    return (
        titles >= _LIKE_TITLE
        and told[0] >= _LEAST_TOLD
        and told[1] >= _MOST_TOLD
        and len(words - names) >= _FEWEST_SHARED
        and not shared.isdisjoint(one.names | other.names | one.numbers | other.numbers)
        and bool(shared - names)
    )


def _contradict(one: Likeness, other: Likeness) -> bool:
    """Whether each has a name or a number in its title where the other has another."""
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return True
    only = [(a.title & a.names) - b.words for a, b in ((one, other), (other, one))]
    return all(only)


def _told(one: Likeness, other: Likeness) -> float:
    """How much of one's title the other tells in its title or lead."""
    return len(one.title & other.words) / len(one.title) if one.title else 0.0


def plain_text(markup: str) -> str:
    """A feed's HTML as text, for comparing and filtering; never to be shown."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", markup)).split())


def fold(text: str) -> str:
    """The text without case, accents and typographic apostrophes."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _share(one: frozenset[T], other: frozenset[T], fewest: int) -> float:
    """Jaccard's index; 0 where either has too few to be compared."""
    if min(len(one), len(other)) < fewest:
        return 0.0
    return len(one & other) / len(one | other)


def _stems(text: str) -> list[str]:
    plain, _, digits = _lexicon()
    words = [word.removesuffix("'s") for word in _WORD.findall(fold(text))]
    return [_stem(digits.get(word, word)) for word in words if word not in plain]


def _stem(word: str) -> str:
    """Without the commonest endings, so that "strikes", "striking" and "strike" meet."""
    for ending, least in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 5)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def _names(text: str) -> set[str]:
    """Stems of words with a capital that no sentence's start explains."""
    plain, _, _ = _lexicon()
    return {
        _stem(fold(match[0]).removesuffix("'s"))
        for match in _WORD.finditer(text)
        if match[0][0].isupper()
        and not _SENTENCE_START.search(text[: match.start()])
        and fold(match[0]) not in plain
    }


def _is_title_case(title: str) -> bool:
    """Whether nearly every word has a capital, so that capitals say nothing."""
    words: list[str] = [word for word in _WORD.findall(title) if len(word) > 3]  # noqa: PLR2004  # not "of", "the"
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Words that tell nothing, stems of roles, and digits by their words."""
    text = resources.files("bot").joinpath("stories.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    roles = frozenset(map(_stem, lists["roles"].split()))
    return frozenset(lists["plain"].split()), roles, lists["digits"]
