"""Brings words to a common form, so that "captured" is found in "capture"; no dictionary needed.

Two words of one form are taken to say the same; it knows nothing of synonyms.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from briefings.language.lexicon import words as listed

#: The longest first; one is taken off, and what is left has this many letters at least.
_ENDINGS = (
    "izations", "ization", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ings",
    "ing", "ions", "ion", "ians", "ian", "edly", "ied", "ies", "ers", "er", "ed", "es", "ese",
    "ly", "al", "an", "ns", "s", "e", "y", "i", "n",
)  # fmt: skip
_SHORTEST = 4
_CONTENT_TAGS = ("NN", "VB", "JJ", "RB", "CD")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word in lower case without a possessive and one ending."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip(".'-")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
            return _single(plain.removesuffix(ending))
    return plain


def _single(plain: str) -> str:
    """Without a doubled last letter: "stopped", "stop"."""
    return plain[:-1] if len(plain) > _SHORTEST and plain[-1] == plain[-2] else plain


@lru_cache(maxsize=8192)
def _irregular(lemma: str) -> str:
    return stem(lemma)


def stems_of(word: Token) -> frozenset[str]:
    """Of a word and of its lemma: "fell" is found in "fall"."""
    return frozenset((stem(word.text), _irregular(word.lemma_)))


def is_content(word: Token) -> bool:
    """Whether a word says something of its own: no article, preposition, auxiliary or mark."""
    if not word.text[:1].isalnum() or word.lower_ in listed("verification", "empty"):
        return False
    return word.tag_.startswith(_CONTENT_TAGS) and not (word.is_stop and word.tag_ != "CD")
