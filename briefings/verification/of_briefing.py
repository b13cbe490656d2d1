"""Holds a finished briefing against its article, whoever made it, and leaves out what falls.

For engines whose lines are made of spans: what they only chose and shortened is checked all the
same. It words nothing anew; a summary that falls gives way to the headline.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from briefings.briefing import (
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Dropped,
    Event,
    Figure,
    Stake,
    Summary,
)
from briefings.errors import ReplyRejected
from briefings.evidence import Span
from briefings.language.reading import Reading
from briefings.verification.checks import check_lines
from briefings.verification.ground import Ground
from briefings.verification.line import Line, Reason

_LISTS = ("claims", "stakes", "timeline", "unknowns", "figures")


def hold(briefing: Briefing, reading: Reading, ground: Ground | None = None) -> Briefing:
    """The briefing without the lines that its article does not carry, recorded in `engine.checks`.

    Raises ReplyRejected where neither summary nor headline stands.
    """
    ground = ground or Ground(reading)
    lines = list(_lines(briefing, ground))
    found = zip(lines, check_lines(lines, ground), strict=True)
    stopped: dict[str, Reason] = {}
    for line, reason in found:
        if reason is not None:
            stopped.setdefault(line.part, reason)
    return _without(briefing, reading, stopped, ground) if stopped else briefing


def _lines(briefing: Briefing, ground: Ground) -> Iterator[Line]:
    numbers = _Numbers(ground.reading)
    names = {actor.id: actor.name for actor in briefing.actors}
    yield Line("summary", briefing.summary.text, numbers.of(briefing.summary.evidence))
    for i, actor in enumerate(briefing.actors):
        where = numbers.of(actor.evidence)
        yield Line(f"actors[{i}]", actor.name, where, is_label=True)
        if actor.role:
            yield Line(f"actors[{i}].role", actor.role, where, is_label=True)
    if briefing.dispute:
        yield from _dispute_lines(briefing.dispute, numbers)
    for name in _LISTS:
        for i, part in enumerate(getattr(briefing, name)):
            yield _line(f"{name}[{i}]", part, numbers.of(part.evidence), names)


def _dispute_lines(dispute: Dispute, numbers: _Numbers) -> Iterator[Line]:
    yield Line("dispute", dispute.issue, numbers.of(dispute.evidence), is_label=True)
    for side in dispute.sides:
        where = numbers.of(side.evidence)
        yield Line("dispute", side.label, where, is_label=True)
        if side.position:
            yield Line("dispute", side.position, where, is_position=True)


def _line(path: str, part: object, where: tuple[int, ...], names: dict[str, str]) -> Line:
    match part:
        case Claim():
            return Line(path, part.text, where, speaker=part.speaker_text, verb=part.verb)
        case Event():
            return Line(path, part.text, where, when=part.when, date=part.date)
        case Stake() | Figure():
            return Line(path, part.text, where, speaker=names.get(part.according_to or ""))
        case _:
            return Line(path, part.text, where)  # type: ignore[attr-defined]


class _Numbers:
    """Numbers of the sentences that spans lie in."""

    def __init__(self, reading: Reading) -> None:
        self._starts = [sentence.start for sentence in reading.sentences]
        self._ends = [sentence.end for sentence in reading.sentences]

    def of(self, spans: Iterable[Span]) -> tuple[int, ...]:
        found: set[int] = set()
        for span in spans:
            first = bisect_left(self._ends, span.start + 1)
            found.update(range(first, bisect_left(self._starts, span.end)))
        return tuple(sorted(found))


def _without(
    briefing: Briefing, reading: Reading, stopped: dict[str, Reason], ground: Ground
) -> Briefing:
    lists = {
        name: tuple(
            p for i, p in enumerate(getattr(briefing, name)) if f"{name}[{i}]" not in stopped
        )
        for name in _LISTS
    }
    dispute = None if "dispute" in stopped else briefing.dispute
    actors = _actors(briefing, stopped)
    left = briefing.model_copy(
        update={
            **lists,
            "actors": actors,
            "dispute": dispute,
            "contested": dispute is not None,
            "summary": _headline(reading, ground) if "summary" in stopped else briefing.summary,
            "engine": briefing.engine.model_copy(
                update={"checks": _recorded(briefing.engine.checks, stopped)}
            ),
        }
    )
    return Briefing.model_validate(left.model_dump())


def _actors(briefing: Briefing, stopped: dict[str, Reason]) -> tuple[Actor, ...]:
    """The actors with what stands of their roles; all stay whom another line refers to."""
    referred = {ref for _, ref in briefing.references()}
    return tuple(
        actor.model_copy(update={"role": None}) if f"actors[{i}].role" in stopped else actor
        for i, actor in enumerate(briefing.actors)
        if f"actors[{i}]" not in stopped or actor.id in referred
    )


def _recorded(checks: Checks, stopped: dict[str, Reason]) -> Checks:
    dropped = tuple(Dropped(part=part, reason=reason) for part, reason in stopped.items())
    kept = max(0, checks.kept - len(dropped))
    return checks.model_copy(update={"kept": kept, "dropped": (*checks.dropped, *dropped)})


def _headline(reading: Reading, ground: Ground) -> Summary:
    for number in range(len(reading.sents)):
        span = reading.span_of_sentence(number)
        line = Line("summary", span.quote, (number,), is_label=number == 0)
        if check_lines([line], ground) == [None]:
            return Summary(text=span.quote, evidence=(span,))
    raise ReplyRejected("verification", "no line stands")
