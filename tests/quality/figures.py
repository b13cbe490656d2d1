"""How good a briefing is beside its annotation: one function a figure, each from 0 to 1.

A figure is None where the annotation gives nothing to measure. It compares and prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple, Protocol

from briefings.article import Article
from briefings.briefing import MAX_WORDS, Briefing, Claim, Side
from briefings.evidence import Span
from tests.quality.gold import Gold, GoldClaim, GoldSide, Passage
from tests.quality.lines import (
    is_grounded,
    leading_lines,
    printed_lines,
    stands_alone,
    words_of_text,
)
from tests.quality.names import any_same, pair_actors, speakers_of

#: Two passages touch when they share this many characters, or the shorter one as a whole.
TOUCH_CHARACTERS = 12
#: A side may rest its position on this many passages, the first ones.
MAX_POSITION_SPANS = 8
#: About fifteen sentences: a summary that points at more of the article leads nobody.
MAX_LEAD_CHARACTERS = 2_250


class Stretch(Protocol):
    """Anything with offsets: a span of a briefing, a passage of an annotation."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Case(NamedTuple):
    """A briefing, and what it is measured against."""

    briefing: Briefing
    gold: Gold
    article: Article


def touches(some: Iterable[Stretch], others: Iterable[Stretch]) -> bool:
    others = tuple(others)
    return any(
        min(a.end, b.end) - max(a.start, b.start)
        >= min(TOUCH_CHARACTERS, a.end - a.start, b.end - b.start)
        for a in some
        for b in others
    )


def share(hits: Iterable[bool], *, of_none: float | None = None) -> float | None:
    """The share of true ones; `of_none` where there are none at all."""
    marks = tuple(hits)
    return sum(marks) / len(marks) if marks else of_none


def f1(recall: float | None, precision: float | None) -> float | None:
    """None in `recall`: nothing to find. Then silence is right (1), and any line is wrong (0)."""
    if recall is None:
        return 1.0 if precision is None else 0.0
    precision = precision or 0.0
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def actors_recall(case: Case) -> float | None:
    found = pair_actors(case.briefing.actors, case.gold).values()
    return share(actor in found for actor in case.gold.actors if actor.tier == 1)


def actors_precision(case: Case) -> float | None:
    pairs = pair_actors(case.briefing.actors, case.gold)
    return share((actor.id in pairs for actor in case.briefing.actors), of_none=0)


def roles(case: Case) -> float | None:
    """Of the tier-1 actors found, those whose role says a keyword; a telling name needs no role."""
    pairs = pair_actors(case.briefing.actors, case.gold)
    said = [
        any(word in (actor.role or actor.name).casefold() for word in pairs[actor.id].role)
        for actor in case.briefing.actors
        if actor.id in pairs and pairs[actor.id].tier == 1
    ]
    return share(said, of_none=0)


def contested(case: Case) -> float:
    return float(case.briefing.contested == case.gold.contested)


def issue(case: Case) -> float | None:
    dispute = case.briefing.dispute
    line = dispute.issue.casefold() if dispute else ""
    return share(any(word in line for word in group) for group in case.gold.issue)


def pair_sides(case: Case) -> list[tuple[GoldSide, Side | None]]:
    """The annotated sides, each with the side of ours that holds it, in the best pairing.

    A side of ours holds one of the annotation's if a member of that one is among its actors or in
    its label, and no member of the other.
    """
    ours: Sequence[Side] = case.briefing.dispute.sides if case.briefing.dispute else ()
    gold = case.gold.sides
    best: list[tuple[GoldSide, Side | None]] = [(side, None) for side in gold]
    for order in permutations(ours, len(gold)):
        pairing = [
            (side, mine if _holds(case, mine, side) else None)
            for side, mine in zip(gold, order, strict=True)
        ]
        if sum(mine is not None for _, mine in pairing) > sum(mine is not None for _, mine in best):
            best = pairing
    return best


def _holds(case: Case, ours: Side, gold: GoldSide) -> bool:
    rivals = (side for side in case.gold.sides if side is not gold)
    return _shares_member(case, ours, gold) and not any(
        _shares_member(case, ours, rival) for rival in rivals
    )


def _shares_member(case: Case, ours: Side, gold: GoldSide) -> bool:
    names = [ours.label, *(case.briefing.actor(ref).name for ref in ours.actors)]
    members = (case.gold.by_name[member] for member in gold.members)
    return any(any_same(names, member.names) for member in members)


def sides(case: Case) -> float | None:
    return share(ours is not None for _, ours in pair_sides(case))


def positions(case: Case) -> float | None:
    return share(
        ours is not None
        and ours.position is not None
        and touches(ours.evidence[:MAX_POSITION_SPANS], side.position)
        for side, ours in pair_sides(case)
    )


def agrees(case: Case, ours: Claim, gold: GoldClaim) -> bool:
    """The same speaker, in the same words of the article."""
    return touches(ours.evidence, gold.says) and any_same(
        speakers_of(ours, case.briefing), case.gold.names_of(gold)
    )


def claims_recall(case: Case) -> float | None:
    ours = case.briefing.claims
    due = (gold for gold in case.gold.claims if not gold.minor)
    return share(any(agrees(case, one, gold) for one in ours) for gold in due)


def claims_precision(case: Case) -> float | None:
    ours = case.briefing.claims
    hits = (any(agrees(case, one, gold) for gold in case.gold.claims) for one in ours)
    return share(hits, of_none=0)


def kinds(case: Case) -> float | None:
    """Of the annotated claims found, those that are given as the kind they are."""
    found = [
        {ours.kind for ours in case.briefing.claims if agrees(case, ours, gold)}
        for gold in case.gold.claims
    ]
    right = (gold.kind in kind for gold, kind in zip(case.gold.claims, found, strict=True) if kind)
    return share(right, of_none=0)


def stakes_recall(case: Case) -> float | None:
    return _recall([stake.evidence for stake in case.briefing.stakes], _says(case.gold.stakes))


def stakes_precision(case: Case) -> float | None:
    ours = [stake.evidence for stake in case.briefing.stakes]
    return _precision(ours, _says(case.gold.stakes)) or 0.0


def unknowns_f1(case: Case) -> float | None:
    ours = [unknown.evidence for unknown in case.briefing.unknowns]
    gold = _says(case.gold.unknowns)
    return f1(_recall(ours, gold), _precision(ours, gold))


def timeline_f1(case: Case) -> float | None:
    ours = [event.evidence for event in case.briefing.timeline]
    gold = _says(case.gold.timeline)
    return f1(_recall(ours, gold), _precision(ours, gold))


class _Says(Protocol):
    @property
    def says(self) -> tuple[Passage, ...]: ...


def _says(lines: Iterable[_Says]) -> list[tuple[Passage, ...]]:
    return [line.says for line in lines]


def _recall(ours: Sequence[Iterable[Span]], gold: Sequence[Iterable[Passage]]) -> float | None:
    return share(any(touches(line, passages) for line in ours) for passages in gold)


def _precision(ours: Sequence[Iterable[Span]], gold: Sequence[Iterable[Passage]]) -> float | None:
    return share(any(touches(line, passages) for passages in gold) for line in ours)


def lead(case: Case) -> float | None:
    """Lead sentences that summary, dispute and stakes rest on, less if they rest on too much."""
    spans = list(_leading_spans(case.briefing))
    hits = share(touches(spans, [passage]) for passage in case.gold.lead)
    covered = len({offset for span in spans for offset in range(span.start, span.end)})
    return (hits or 0.0) * min(1.0, MAX_LEAD_CHARACTERS / max(covered, 1))


def _leading_spans(briefing: Briefing) -> Iterator[Span]:
    yield from briefing.summary.evidence
    if briefing.dispute:
        yield from briefing.dispute.evidence
        yield from (span for side in briefing.dispute.sides for span in side.evidence)
    yield from (span for stake in briefing.stakes for span in stake.evidence)


def verbatim(case: Case) -> float | None:
    """Spans that stand in the article as it was read by us, not as the briefing gives it."""
    return share(
        (span.stands_in(case.article.text) for _, span in case.briefing.spans()), of_none=0
    )


def grounded(case: Case) -> float | None:
    """Lines with no number and no long word that the article lacks."""
    known = words_of_text(case.article.text)
    return share(is_grounded(line, known) for line in printed_lines(case.briefing))


def standing(case: Case) -> float | None:
    """Lines that can be read without the sentence before them in the article."""
    return share(stands_alone(line) for line in leading_lines(case.briefing))


def brevity(case: Case) -> float:
    """1 up to the length that a briefing may print, falling to 0 at twice that."""
    return min(1.0, max(0.0, 2 - case.briefing.printed_words() / MAX_WORDS))


FIGURES: dict[str, Callable[[Case], float | None]] = {
    measure.__name__: measure
    for measure in (
        actors_recall,
        actors_precision,
        roles,
        contested,
        issue,
        sides,
        positions,
        claims_recall,
        claims_precision,
        kinds,
        stakes_recall,
        stakes_precision,
        unknowns_f1,
        timeline_f1,
        lead,
        verbatim,
        grounded,
        standing,
        brevity,
    )
}


def measure_case(case: Case) -> dict[str, float | None]:
    """Every figure of one briefing."""
    return {name: measure(case) for name, measure in FIGURES.items()}
