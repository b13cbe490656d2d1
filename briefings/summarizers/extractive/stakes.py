"""Ranks what is at stake: consequences under way, risks, and what comes next, with whose view it is.

It scores sentences by what their words do (modality, consequence, calendar, magnitude) and by how
central they are to the article; it weighs no side against the other.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from briefings.briefing import MAX_STAKES, Stake, StakeStatus
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.shorten import shorten

_WORDS = 18
_SHORTEST = 7
_TOO_ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class _Scored:
    number: int
    score: float
    status: StakeStatus


def find_stakes(
    reading: Reading,
    cast: Cast,
    statements: tuple[Statement, ...],
    ids: dict[int, str],
    *,
    most: int = MAX_STAKES,
) -> tuple[Stake, ...]:
    """The stakes an editor would print first, best first."""
    centrality = central(reading)
    scored = [_score(reading, n, centrality[n], statements) for n in range(1, len(reading.sents))]
    scored.sort(key=lambda s: (-s.score, s.number))
    kept: list[_Scored] = []
    for candidate in scored:
        if candidate.score <= 0 or len(kept) == most:
            break
        if all(_likeness(reading, candidate.number, k.number) < _TOO_ALIKE for k in kept):
            kept.append(candidate)
    return tuple(_to_stake(reading, cast, s, statements, ids) for s in kept)


def _score(
    reading: Reading, number: int, centrality: float, statements: tuple[Statement, ...]
) -> _Scored:
    sent = reading.sents[number]
    words = [w.lower_ for w in sent]
    counts = {
        key: sum(w in listed("stakes", key) for w in words)
        for key in ("risk", "consequence", "next", "magnitude")
    }
    text = sent.text.lower()
    background = any(sign in text for sign in listed("stakes", "background"))
    if (
        len(words) < _SHORTEST
        or background
        or text.endswith("?")
        or not any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in sent)
    ):
        return _Scored(number, 0.0, "happening")
    score = 0.9 * min(counts["risk"], 3) + 0.7 * min(counts["consequence"], 3)
    score += 0.5 * min(counts["next"], 2) + 0.5 * min(counts["magnitude"], 3)
    score *= 0.45 + centrality
    score *= (
        1.15
        if any(s.kind in ("warn", "threaten") and number in s.sentences for s in statements)
        else 1.0
    )
    score *= 1.0 - 0.25 * number / max(1, len(reading.sents))
    return _Scored(number, score, _status(reading, number, counts))


def _status(reading: Reading, number: int, counts: dict[str, int]) -> StakeStatus:
    sent = reading.sents[number]
    modal = {w.lower_ for w in sent if w.tag_ == "MD"}
    if modal & {"could", "may", "might", "would", "can"} or {
        "if",
        "unless",
        "risk",
        "threatened",
        "fear",
        "fears",
    } & {w.lower_ for w in sent}:
        return "risk"
    if modal & {"will", "shall", "’ll"} or any(
        w.lower_ in ("scheduled", "due", "expected", "upcoming") for w in sent
    ):
        return "next"
    return "risk" if counts["risk"] > counts["consequence"] + counts["next"] else "happening"


def central(reading: Reading) -> list[float]:
    """How close each sentence is to the article as a whole, 0 to 1: cosine over its rarer words."""
    bags = [_bag(reading, n) for n in range(len(reading.sents))]
    total: Counter[str] = Counter()
    for n, bag in enumerate(bags):
        for word, count in bag.items():
            total[word] += count * (2 if n <= 2 else 1)  # noqa: PLR2004 - headline and lead count twice
    size = math.sqrt(sum(v * v for v in total.values())) or 1.0
    found = []
    for bag in bags:
        own = math.sqrt(sum(v * v for v in bag.values())) or 1.0
        found.append(sum(bag[w] * total[w] for w in bag) / (own * size))
    top = max(found, default=1.0) or 1.0
    return [value / top for value in found]


def _bag(reading: Reading, number: int) -> Counter[str]:
    return Counter(
        w.lemma_.lower()
        for w in reading.sents[number]
        if w.tag_.startswith(("NN", "VB", "JJ")) and not w.is_stop
    )


def _likeness(reading: Reading, a: int, b: int) -> float:
    one, two = set(_bag(reading, a)), set(_bag(reading, b))
    return len(one & two) / max(1, min(len(one), len(two)))


def _to_stake(
    reading: Reading, cast: Cast, s: _Scored, statements: tuple[Statement, ...], ids: dict[int, str]
) -> Stake:
    sent = reading.sents[s.number]
    owner = next(
        (x.speaker for x in statements if s.number in x.sentences and x.speaker is not None), None
    )
    actors = [ids[m.number] for m in cast.member_in(sent.start, sent.end - 1) if m.number in ids]
    return Stake(
        text=shorten(reading, sent.start, sent.end - 1, max_words=_WORDS, end="."),
        status=s.status,
        according_to=ids.get(owner.number) if owner else None,
        actors=tuple(actors[:6]),
        evidence=(reading.span_of_sentence(s.number),),
    )
