"""Measures how close each sentence is to what the whole article is about, and to other sentences.

It compares words only; what a sentence is worth to a section is decided there.
"""

from __future__ import annotations

import math
from collections import Counter

from briefings.language.once import once
from briefings.language.reading import Reading

#: Words of the headline and of this many sentences after it count twice.
_LEAD = 2
_CONTENT_TAGS = ("NN", "VB", "JJ")


@once
def centrality(reading: Reading) -> tuple[float, ...]:
    """For each sentence the cosine of its words with the article's, as a share of the highest."""
    bags = [content_words(reading, n) for n in range(len(reading.sents))]
    total: Counter[str] = Counter()
    for n, bag in enumerate(bags):
        for word, count in bag.items():
            total[word] += count * (2 if n <= _LEAD else 1)
    whole = _size(total)
    found = [sum(bag[word] * total[word] for word in bag) / (_size(bag) * whole) for bag in bags]
    top = max(found, default=0.0) or 1.0
    return tuple(value / top for value in found)


def likeness(reading: Reading, a: int, b: int) -> float:
    """The share of the shorter sentence's content words that the other one has, 0 to 1."""
    one, two = set(content_words(reading, a)), set(content_words(reading, b))
    return len(one & two) / max(1, min(len(one), len(two)))


def content_words(reading: Reading, number: int) -> Counter[str]:
    """Lemmas of a sentence's nouns, verbs and adjectives, the commonest words left out."""
    return Counter(
        word.lemma_.lower()
        for word in reading.sents[number]
        if word.tag_.startswith(_CONTENT_TAGS) and not word.is_stop
    )


def _size(counts: Counter[str]) -> float:
    """The length of a bag of words as a vector; 1 for an empty one."""
    return math.sqrt(sum(count * count for count in counts.values())) or 1.0
