"""Names what a dispute is about: one noun phrase of the article's own words.

It chooses among the phrases of `issue_phrases` and the clauses of `issue_clauses`, or joins two;
it never writes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from briefings.briefing import MAX_ISSUE_WORDS
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.issue_clauses import find_clauses
from briefings.summarizers.extractive.issue_phrases import (
    Matter,
    Range,
    find_phrases,
    head_of,
    is_arguable,
    names_body,
)

_CONTENT_TAGS = ("NN", "NNS", "NNP", "NNPS", "VB", "VBG", "VBN", "VBD", "VBZ", "VBP", "JJ")
# All numbers here were set by hand on the development articles.
#: What a word weighs: how often it stands in the article and, so much, in statements; more if it is
#: in the headline.
_IN_STATEMENT, _IN_TITLE = 0.7, 1.8
_COUNT_EXPONENT = 0.7
#: What the sides say against each other counts as so many more statements.
_AIMED = 1
#: What a phrase is worth by how many telling words it has: one or two alone say too little.
_TELLING = 0.5, 0.65, 0.85, 1.0
#: A long phrase has to earn its words: its score is divided by this power of its length and some.
_LENGTH_EXPONENT, _SPARE_WORDS = 0.35, 5
_SECOND_EXPONENT, _SECOND_SPARE = 0.5, 2
#: A further matter is named where it weighs at least so much of the first, word for word.
_WORTH_ADDING = 0.3
#: Where no phrase is worth so much, the headline's own are taken into account as they stand.
_WEAK = 3.0
#: A further matter is named in so many words at most, and room is left for one.
_LONGEST_SECOND = 9


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue as text with the words it was taken from."""

    text: str
    ranges: tuple[Range, ...]


def name_issue(
    reading: Reading,
    statements: tuple[Statement, ...],
    aimed: tuple[Statement, ...] = (),
    parties: frozenset[int] = frozenset(),
) -> Issue | None:
    """The phrase of headline or lead that holds most of what the parties speak about.

    `aimed` are the statements that the sides make against each other: they tell most of it.
    `parties` are the words that mention whoever is in the story, which head no issue.
    """
    weights = _term_weights(reading, statements, aimed)

    def worth(matter: Matter) -> float:
        return _worth(reading, matter, weights)

    phrases = _of_nobody(reading, find_phrases(reading), parties)
    matters = [*phrases, *find_clauses(reading)]
    if max(map(worth, matters), default=0.0) < _WEAK:
        trusted = find_phrases(reading, trusts_headline=True)
        matters += _of_nobody(reading, trusted, parties)
    matters = matters or _of_nobody(reading, find_phrases(reading, least=1), parties)
    if not matters:
        return None
    best = max(matters, key=worth)
    second = None if best.opening is not None else _second(reading, best, phrases, weights)
    return _to_issue(reading, best, second)


def _of_nobody(
    reading: Reading, matters: Iterable[Matter], parties: frozenset[int]
) -> list[Matter]:
    """The matters whose main word mentions none of the parties and explains none of them."""
    heads = ((matter, head_of(reading, matter.ranges[0])) for matter in matters)
    return [
        matter
        for matter, head in heads
        if head.i not in parties and not (head.dep_ == "appos" and head.head.i in parties)
    ]


def _worth(reading: Reading, matter: Matter, weights: dict[str, float]) -> float:
    """How much of what is spoken about a matter holds, for its length."""
    terms = _terms_of(reading, matter)
    score = fsum(weights.get(term, 0.0) for term in terms) * matter.bonus
    score /= float((matter.length + _SPARE_WORDS) ** _LENGTH_EXPONENT)
    return score * _TELLING[min(len(terms), len(_TELLING) - 1)]


def _terms_of(reading: Reading, matter: Matter) -> set[str]:
    return set().union(*(_terms(reading, bounds) for bounds in matter.ranges))


def _terms(reading: Reading, bounds: Range) -> set[str]:
    """Lemmas of the content words in a range, lower case."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    return {w.lemma_.lower() for w in words if w.tag_ in _CONTENT_TAGS}


def _term_weights(
    reading: Reading, statements: tuple[Statement, ...], aimed: tuple[Statement, ...]
) -> dict[str, float]:
    """How much the article and the parties' statements are about each word."""
    words = (w.lemma_.lower() for w in reading.doc if w.tag_ in _CONTENT_TAGS)
    counts = Counter(word for word in words if word not in listed("dispute", "empty"))
    said: Counter[str] = Counter()
    for statement in statements:
        for bounds in statement.attribution.content:
            said.update(_terms(reading, bounds))
    for statement in aimed:
        for bounds in statement.attribution.content:
            said.update(dict.fromkeys(_terms(reading, bounds), _AIMED))
    in_title = {w.lemma_.lower() for w in reading.sents[0]}
    return {
        term: float((n + _IN_STATEMENT * said[term]) ** _COUNT_EXPONENT)
        * (_IN_TITLE if term in in_title else 1.0)
        for term, n in counts.items()
        if n > 1 or term in in_title
    }


def _second(
    reading: Reading, first: Matter, phrases: list[Matter], weights: dict[str, float]
) -> Matter | None:
    """A further matter that the first phrase lacks, where the article is as much about it."""
    (taken,) = first.ranges
    held = {w.lemma_.lower() for w in reading.doc[taken[0] : taken[1] + 1]}
    best, most = None, 0.0
    for matter in phrases:
        if not _adds(reading, matter, taken, held):
            continue
        new = _terms_of(reading, matter) - held
        score = fsum(weights.get(term, 0.0) for term in new) * matter.bonus
        score /= (matter.length + _SECOND_SPARE) ** _SECOND_EXPONENT
        if score > most:
            best, most = matter, score
    own = fsum(weights.get(term, 0.0) for term in held) / len(held) ** _SECOND_EXPONENT
    if best is None or most < _WORTH_ADDING * own:
        return None
    return best if first.length + best.length < MAX_ISSUE_WORDS else None


def _adds(reading: Reading, matter: Matter, taken: Range, held: set[str]) -> bool:
    """Whether a phrase is short, lies apart from the first and names a deed that this does not."""
    ((first, last),) = matter.ranges
    overlaps = first <= taken[1] and last >= taken[0]
    if overlaps or matter.length > _LONGEST_SECOND or names_body(reading, (first, last)):
        return False
    head = head_of(reading, (first, last))
    # A protest is the quarrel itself and no matter of it.
    is_quarrel = head.lemma_.lower() in listed("dispute", "strong_nouns")
    is_same = reading.doc[last].lemma_.lower() in held
    return is_arguable(head) and not (is_same or is_quarrel)


def _to_issue(reading: Reading, best: Matter, second: Matter | None) -> Issue:
    joined = _text(reading, best)
    if second is not None:
        joined += f" and {_text(reading, second)}"
    return Issue(joined, best.ranges + (second.ranges if second is not None else ()))


def _text(reading: Reading, matter: Matter) -> str:
    parts = [matter.opening or "", *(reading.span(*bounds).quote for bounds in matter.ranges)]
    return " ".join(" ".join(parts).split())
