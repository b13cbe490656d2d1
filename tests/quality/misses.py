"""What a briefing lacks beside its annotation and what it has too much, as lines for a developer.

It repeats the figures' own comparisons and adds no rule to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.evidence import Span
from tests.quality.figures import Case, agrees, pair_sides, touches
from tests.quality.gold import GoldEvent, GoldLine, Passage
from tests.quality.names import pair_actors, speakers_of

WIDTH = 110


def list_misses(case: Case) -> list[str]:
    """Lines such as "  claims missed: Solberg (accuse): “Consent given by …”"."""
    return [
        *_miss_actors(case),
        *_miss_sides(case),
        *_miss_claims(case),
        *_miss_lines(case, "stakes", case.gold.stakes),
        *_miss_lines(case, "unknowns", case.gold.unknowns),
        *_miss_lines(case, "timeline", case.gold.timeline),
    ]


def _miss_actors(case: Case) -> Iterator[str]:
    pairs = pair_actors(case.briefing.actors, case.gold)
    for actor in case.gold.actors:
        if actor.tier == 1 and actor not in pairs.values():
            yield f"  actor missed: {actor.name}"
    for ours in case.briefing.actors:
        if ours.id not in pairs:
            yield f"  actor beside: {ours.name} ({', '.join(ours.aliases)})"
        elif not any(word in (ours.role or ours.name).casefold() for word in pairs[ours.id].role):
            yield f"  role beside: {ours.name}: {ours.role}"


def _miss_sides(case: Case) -> Iterator[str]:
    if case.briefing.contested != case.gold.contested:
        yield f"  contested: {case.briefing.contested}"
    if case.briefing.dispute:
        yield f"  issue as printed: {case.briefing.dispute.issue}"
        for printed in case.briefing.dispute.sides:
            names = ", ".join(case.briefing.actor(ref).name for ref in printed.actors)
            yield f"  side as printed: {printed.label} ({names}): {printed.position}"
    for side, ours in pair_sides(case):
        if ours is None:
            yield f"  side missed: {side.label}"


def _miss_claims(case: Case) -> Iterator[str]:
    for gold in case.gold.claims:
        found = [claim for claim in case.briefing.claims if agrees(case, claim, gold)]
        if not found and not gold.minor:
            words = _words(case, gold.says)
            yield f"  claim missed: {gold.speaker} ({gold.kind}): {words}"
        elif found and gold.kind not in {claim.kind for claim in found}:
            kinds = ", ".join(sorted({claim.kind for claim in found}))
            yield f"  kind beside: {kinds}, not {gold.kind}: {_words(case, gold.says)}"
    for claim in case.briefing.claims:
        if not any(agrees(case, claim, gold) for gold in case.gold.claims):
            names = " = ".join(speakers_of(claim, case.briefing))
            yield f"  claim beside: {names} {claim.verb} ({claim.kind}): {claim.text[:WIDTH]}"


def _miss_lines(case: Case, part: str, gold: Sequence[GoldLine | GoldEvent]) -> Iterator[str]:
    lines = getattr(case.briefing, part)
    for one in gold:
        if not any(touches(line.evidence, one.says) for line in lines):
            label = one.when if isinstance(one, GoldEvent) else one.label
            yield f"  {part} missed: {label}: {_words(case, one.says)}"
    for line in lines:
        if not any(touches(line.evidence, one.says) for one in gold):
            yield f"  {part} beside: {line.text[:WIDTH]}"


def _words(case: Case, passages: Sequence[Passage | Span]) -> str:
    first = passages[0]
    return case.article.text[first.start : first.end][:WIDTH]
