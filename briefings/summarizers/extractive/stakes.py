"""Ranks what is at stake: consequences under way, risks, what comes next, and whose view each is.

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
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.shorten import shorten

# All numbers here were set by hand on the development articles.
_WORDS = 18
_MOST_ACTORS = 6
#: A sentence of fewer words is a caption or a cry.
_SHORTEST = 7
#: Of two sentences that share this much of the shorter one's words, one is enough.
_TOO_ALIKE = 0.55
#: What a word of each list is worth, and how many of them count.
_POINTS = {
    "risk": (0.9, 3),
    "consequence": (0.7, 3),
    "next": (0.5, 2),
    "magnitude": (0.5, 3),
}
#: A sentence far from what the article is about keeps so much of its points.
_LEAST_CENTRAL = 0.45
#: A warning counts for more; the last sentence for so much less than the first.
_WARNING = 1.15
_AT_THE_END = 0.25
#: Headline and lead end with the sentence of this number, and count so often for what is central.
_LEAD_END = 2
_LEAD_COUNTS = 2
_RISK_MODALS = frozenset(("could", "may", "might", "would", "can"))
_RISK_WORDS = frozenset(("if", "unless", "risk", "threatened", "fear", "fears"))
_NEXT_MODALS = frozenset(("will", "shall", "’ll"))
_NEXT_WORDS = frozenset(("scheduled", "due", "expected", "upcoming"))


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
    """The stakes an editor would print first, best first, at most `most`.

    `ids` maps the numbers of the members that are listed as actors to their ids.
    """
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
    words = [w.lower_ for w in reading.sents[number]]
    counts = {key: sum(w in listed("stakes", key) for w in words) for key in _POINTS}
    if not _can_tell(reading, number):
        return _Scored(number, 0.0, "happening")
    score = _points(counts, "risk") + _points(counts, "consequence")
    score += _points(counts, "next") + _points(counts, "magnitude")
    score *= _LEAST_CENTRAL + centrality
    is_warning = any(s.kind in ("warn", "threaten") and number in s.sentences for s in statements)
    score *= _WARNING if is_warning else 1.0
    score *= 1.0 - _AT_THE_END * number / max(1, len(reading.sents))
    return _Scored(number, score, _status(reading, number, counts))


def _points(counts: dict[str, int], key: str) -> float:
    worth, most = _POINTS[key]
    return worth * min(counts[key], most)


def _can_tell(reading: Reading, number: int) -> bool:
    """Whether a sentence can tell a stake: whole, no question, no look back."""
    sent = reading.sents[number]
    text = sent.text.lower()
    is_background = any(sign in text for sign in listed("stakes", "background"))
    is_whole = len(sent) >= _SHORTEST and any(w.tag_ in FINITE for w in sent)
    return is_whole and not is_background and not text.endswith("?")


def _status(reading: Reading, number: int, counts: dict[str, int]) -> StakeStatus:
    words = {w.lower_ for w in reading.sents[number]}
    modals = {w.lower_ for w in reading.sents[number] if w.tag_ == "MD"}
    if modals & _RISK_MODALS or words & _RISK_WORDS:
        return "risk"
    if modals & _NEXT_MODALS or words & _NEXT_WORDS:
        return "next"
    return "risk" if counts["risk"] > counts["consequence"] + counts["next"] else "happening"


def central(reading: Reading) -> list[float]:
    """How close each sentence is to the article as a whole, 0 to 1: cosine over its rarer words."""
    bags = [_bag(reading, n) for n in range(len(reading.sents))]
    total: Counter[str] = Counter()
    for n, bag in enumerate(bags):
        for word, count in bag.items():
            total[word] += count * (_LEAD_COUNTS if n <= _LEAD_END else 1)
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
    speakers = (x.speaker for x in statements if s.number in x.sentences)
    owner = next(filter(None, speakers), None)
    actors = [ids[m.number] for m in cast.member_in(sent.start, sent.end - 1) if m.number in ids]
    return Stake(
        text=shorten(reading, sent.start, sent.end - 1, max_words=_WORDS, end="."),
        status=s.status,
        according_to=ids.get(owner.number) if owner else None,
        actors=tuple(actors[:_MOST_ACTORS]),
        evidence=(reading.span_of_sentence(s.number),),
    )
