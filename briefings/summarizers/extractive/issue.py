"""Names what a dispute is about: one noun phrase of the article's own words.

It takes a phrase that stands in the article; it never writes one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Token

from briefings.briefing import MAX_ISSUE_WORDS
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement

_CONTENT_TAGS = ("NN", "NNS", "NNP", "NNPS", "VB", "VBG", "VBN", "VBD", "VBZ", "VBP", "JJ")
_LEAD_SENTENCES = 4
_EMPTY = (
    "say",
    "be",
    "have",
    "do",
    "make",
    "get",
    "take",
    "go",
    "come",
    "tell",
    "would",
    "could",
    "mr.",
    "ms.",
    "year",
    "week",
    "day",
    "people",
    "time",
    "%",
    "report",
)


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue as text with the words it was taken from."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def name_issue(
    reading: Reading, statements: tuple[Statement, ...], parties: frozenset[str]
) -> Issue | None:
    """The phrase of headline or lead that holds most of what the parties speak about.

    `parties` are words of the sides' names, lower case: who they are is not what it is about.
    """
    weights = _term_weights(reading, statements)
    weights = {term: w * (0.35 if term in parties else 1.0) for term, w in weights.items()}
    best: tuple[float, tuple[int, int]] | None = None
    for first, last, bonus in _candidates(reading):
        terms = {w.lemma_.lower() for w in reading.doc[first : last + 1] if w.tag_ in _CONTENT_TAGS}
        score = sum(weights.get(term, 0.0) for term in terms) * bonus
        score /= (last - first + 6) ** 0.35  # a long phrase has to earn its words
        if best is None or score > best[0]:
            best = (score, (first, last))
    if best is None:
        return None
    first, last = best[1]
    return _issue(reading, [(first, last), *_second(reading, best[1], weights)])


def _term_weights(reading: Reading, statements: tuple[Statement, ...]) -> dict[str, float]:
    """How much the article and the parties' statements are about each word."""
    counts: Counter[str] = Counter()
    for word in reading.doc:
        if word.tag_ in _CONTENT_TAGS and word.lemma_.lower() not in _EMPTY:
            counts[word.lemma_.lower()] += 1
    said: Counter[str] = Counter()
    for statement in statements:
        for first, last in statement.attribution.content:
            said.update(
                {w.lemma_.lower() for w in reading.doc[first : last + 1] if w.tag_ in _CONTENT_TAGS}
            )
    in_title = {w.lemma_.lower() for w in reading.sents[0]}
    return {
        term: (n + 0.7 * said[term]) ** 0.7 * (1.8 if term in in_title else 1.0)
        for term, n in counts.items()
        if n > 1 or term in in_title
    }


def _candidates(reading: Reading) -> list[tuple[int, int, float]]:
    """Noun phrases of the headline and the lead with what hangs on them, each with a bonus."""
    found = []
    for number, sent in enumerate(reading.sents[: _LEAD_SENTENCES + 1]):
        for word in sent:
            if not word.tag_.startswith("NN") or word.dep_ in ("compound", "flat", "nmod:poss"):
                continue
            if reading.is_quoted(word) or word.lemma_.lower() in _EMPTY:
                continue
            bonus = 1.25 if _is_the_matter(word) else 1.0
            bonus *= 1.0 if number else 0.8  # a headline leaves out its small words
            bonus *= 0.9 if word.dep_.startswith("nsubj") else 1.0
            for last in _ends(word):
                first = _start(word)
                if 1 < last - first + 1 <= MAX_ISSUE_WORDS - 6:
                    found.append((first, last, bonus))
    return found


def _is_the_matter(word: Token) -> bool:
    """Whether a word of dispute leads to it: "rift over capture", "threat to block leases"."""
    prepositions = {c.lower_ for c in word.children if c.dep_ == "case"}
    if word.lemma_.lower() in listed("dispute", "nouns"):
        return True
    return bool(prepositions & listed("dispute", "over")) and word.head.lemma_.lower() in (
        listed("dispute", "nouns") | listed("dispute", "hostile")
    )


def _start(word: Token) -> int:
    first = word.left_edge.i
    while first < word.i and (
        word.doc[first].is_punct
        or word.doc[first].dep_ in ("case", "mark", "cc")
        or word.doc[first].lower_ in ("a", "an", "the", "its", "his", "her", "their")
    ):
        first += 1
    return first


def _ends(word: Token) -> list[int]:
    """Where the phrase may close: after the noun, and after each thing that hangs on it in turn."""
    ends = [word.i]
    for child in word.rights:
        if (
            child.dep_ in ("punct", "appos", "acl:relcl", "parataxis", "cc", "conj", "dep")
            or child.left_edge.i != ends[-1] + 1
        ):
            break
        for i in range(child.left_edge.i, child.right_edge.i + 1):
            if word.doc[i].text in (",", ";", "—", "--", "(", ":") or word.doc[i].lower_ in (
                "who",
                "which",
                "when",
                "after",
                "while",
            ):
                return ends
        ends.append(child.right_edge.i)
    return ends


def _second(
    reading: Reading, taken: tuple[int, int], weights: dict[str, float]
) -> list[tuple[int, int]]:
    """A further matter that the first phrase lacks, where the article is as much about it."""
    held = {w.lemma_.lower() for w in reading.doc[taken[0] : taken[1] + 1]}
    best: tuple[float, tuple[int, int]] | None = None
    for first, last, bonus in _candidates(reading):
        if first <= taken[1] and last >= taken[0] or last - first + 1 > 9:  # noqa: PLR2004 - a short one
            continue
        terms = {w.lemma_.lower() for w in reading.doc[first : last + 1] if w.tag_ in _CONTENT_TAGS}
        score = sum(weights.get(t, 0.0) for t in terms - held) * bonus / (last - first + 3) ** 0.5
        if best is None or score > best[0]:
            best = (score, (first, last))
    length = taken[1] - taken[0] + 1
    if best is None or length + best[1][1] - best[1][0] + 2 > MAX_ISSUE_WORDS:
        return []
    return [best[1]]


def _issue(reading: Reading, ranges: list[tuple[int, int]]) -> Issue:
    texts = [reading.span(first, last).quote for first, last in ranges]
    joined = "; ".join(texts)
    return Issue(" ".join(joined.split()), tuple(ranges))
