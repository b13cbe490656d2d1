"""Decide whether a text is English, at the price the case deserves.

The share of English function words settles almost every article in a millisecond; only what it
leaves open starts the trained identifier, in the sandbox. Short texts get the benefit of doubt.
"""

from __future__ import annotations

import re

from briefings.sources.sandbox import run_parser

#: Frequent English words that no other language in Latin letters shares among its frequent ones
#: ("in", "was", "a", "on", "me" and "die" are left out for that).
_LISTED = """
    the and of to that with for from which has have had been were their would said by it they this
    after who not but its are be is as at he his she her will than when what there about into could
    should our your these those while where because
"""
_FUNCTION_WORDS = frozenset(_LISTED.split())
#: Of the words of an English news article, 30 to 40 % are among them; of other languages', under
#: 8 % (Dutch and Scandinavian "is", "of", "for", "at").
_ENGLISH_SHARE = 0.18
_ENOUGH_WORDS = 25
#: Fewer words than this in Latin letters tell nothing: names alone look like any language.
_FEWEST_WORDS = 4
#: A short text is refused only when the identifier is this certain.
_CERTAIN = 0.9
_SAMPLE_CHARACTERS = 6_000
_WORD = re.compile(r"[^\W\d_]+")


def is_plainly_english(text: str) -> bool:
    """Whether the words alone settle it; False leaves it open."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE_CHARACTERS])]
    if len(words) < _FEWEST_WORDS:
        return all(word.isascii() for word in words)
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    return share >= _ENGLISH_SHARE and len(words) >= _ENOUGH_WORDS


async def foreign_language(text: str, *, source: str) -> str | None:
    """The ISO 639-1 code of the language that the text is in; None where it passes as English."""
    if is_plainly_english(text):
        return None
    sample = text[:_SAMPLE_CHARACTERS]
    found = await run_parser("language", sample.encode(), {}, source=source)
    is_long = len(_WORD.findall(sample)) >= _ENOUGH_WORDS
    if found["language"] == "en" or not (is_long or found["certainty"] >= _CERTAIN):
        return None
    return str(found["language"])
