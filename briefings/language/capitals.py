"""Tells whether a capitalised word is part of a name, or capitalised only for where it stands.

It looks at the word and its place in the sentence; where a name begins and ends is for `names`.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.reading import Reading
from briefings.language.titles import OF, is_listed

#: What a capitalised word is no part of a name with, where only names have capitals.
_NO_NAME_TAGS = ("PRP", "PRP$", "IN", "CC", "TO", "MD", "WP", "WRB", "WDT", "UH", "EX")


#: Before one of these a month is no family name: "in May", "last August".
_BEFORE_MONTH = (
    "in", "on", "by", "of", "from", "to", "since", "until", "till", "before", "after", "during",
    "last", "next", "this", "early", "late", "mid", "-", "each", "every", "and", "through",
)  # fmt: skip


def is_capital(reading: Reading, word: Token) -> bool:
    """Whether a word has a capital, and not only because it is a day, month or era."""
    if not word.text[:1].isupper():
        return False
    return not is_listed("calendar", word.text) or _is_family_name(reading, word)


def can_be_name(reading: Reading, word: Token) -> bool:
    """A capitalised word that is part of a name, as far as the word itself can tell."""
    if not is_capital(reading, word) or is_listed("not_a_name", word.text):
        return False
    return not _is_common_opener(reading, word) and _reads_as_name(reading, word)


def _reads_as_name(reading: Reading, word: Token) -> bool:
    if word.tag_ in ("NNP", "NNPS"):
        return True
    if word.text in _capitals_inside(reading):
        return True  # the tagger need not know the word again where it opens a sentence
    if opens(reading, word):
        return gazetteer.lookup(word.text) is not None and word.tag_ not in _NO_NAME_TAGS
    if word.tag_ in ("DT", "PDT"):
        return word.lower_ == "all"  # "the All India Online Vendors Association"
    return word.tag_ not in _NO_NAME_TAGS


@lru_cache(maxsize=4)
def _capitals_inside(reading: Reading) -> frozenset[str]:
    """Words that a sentence of the body has with a capital where not every word would have one."""
    return frozenset(
        word.text
        for word in reading.doc
        if word.tag_ in ("NNP", "NNPS")
        and not word.is_stop
        and not opens(reading, word)
        and reading.sentence_of(word).paragraph > 0
    )


def _is_common_opener(reading: Reading, word: Token) -> bool:
    """Whether a lone word opens its sentence that the article else has as a common noun."""
    if not opens(reading, word) or word.lower_ not in _common_nouns(reading):
        return False
    follows = word.nbor(1).text[:1] if word.i + 1 < word.sent.end else ""
    return not follows.isupper() and word.text not in _names_inside(reading)


@lru_cache(maxsize=4)
def _common_nouns(reading: Reading) -> frozenset[str]:
    return frozenset(w.text for w in reading.doc if w.tag_ in ("NN", "NNS") and w.text.islower())


@lru_cache(maxsize=4)
def _names_inside(reading: Reading) -> frozenset[str]:
    """Words that end a name inside a sentence: no "Publishers" from "Publishers Group West"."""
    inside = _capitals_inside(reading)
    return frozenset(
        word.text
        for word in reading.doc
        if word.text in inside
        and not opens(reading, word)
        and word.nbor(-1).lower_ not in OF
        and not (word.i + 1 < len(reading.doc) and word.nbor(1).text[:1].isupper())
    )


def _is_family_name(reading: Reading, word: Token) -> bool:
    """Whether a month's name is a person's here: "Theresa May", then "May" where no date is."""
    if word.tag_ == "CD" or (word.i + 1 < len(word.doc) and word.nbor(1).text[:1].isdigit()):
        return False
    if _follows_given_name(word):
        return True
    is_dated = word.i > 0 and word.nbor(-1).lower_ in _BEFORE_MONTH
    return not is_dated and word.text in _calendar_surnames(reading)


@lru_cache(maxsize=4)
def _calendar_surnames(reading: Reading) -> frozenset[str]:
    return frozenset(
        word.text
        for word in reading.doc
        if is_listed("calendar", word.text) and _follows_given_name(word)
    )


def _follows_given_name(word: Token) -> bool:
    if word.is_sent_start or not word.text[:1].isupper() or word.is_punct:
        return False
    before = word.nbor(-1)
    return gazetteer.is_first_name(before.text) and not is_listed("calendar", before.text)


def opens(reading: Reading, word: Token) -> bool:
    """Whether every word would be capitalised here: first of a sentence or a quotation."""
    if word.is_sent_start:
        return True
    before = reading.doc[word.i - 1]
    if before.is_quote or before.text in ("``", "''"):
        return reading.is_quoted(word)  # after a closing mark nothing opens: “…,” Dorvath said
    return before.text in (":", "—", "--", "•")
