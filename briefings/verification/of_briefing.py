"""Holds a finished briefing against its article, whoever made it, and leaves out what falls.

For engines whose lines are made of spans: what they only chose and shortened is checked all the
same. It words nothing anew; a summary that falls gives way to the headline.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from briefings.briefing import (
    MIN_SIDES,
    Actor,
    Briefing,
    Checks,
    Claim,
    Dispute,
    Dropped,
    Event,
    Figure,
    Side,
    Stake,
    Summary,
)
from briefings.errors import ReplyRejected
from briefings.evidence import Span
from briefings.explanation import LeftOut
from briefings.explanation import Reason as Why
from briefings.language.reading import Reading
from briefings.summarizers.notes import note, note_left_out, noted
from briefings.verification.checks import check_lines
from briefings.verification.ground import Ground
from briefings.verification.line import Line, Reason

Part = TypeVar("Part", Actor, Side, Dispute)

_LISTS = ("claims", "stakes", "timeline", "unknowns", "figures")


def hold(briefing: Briefing, ground: Ground) -> Briefing:
    """The briefing without the lines that its article does not carry, recorded in `engine.checks`.

    A position falls alone; a side falls with its label, the dispute with its issue or where fewer
    sides are left than make one. Raises ReplyRejected where neither summary nor headline stands.
    """
    lines = list(_lines(briefing, ground))
    found = zip(lines, check_lines(lines, ground), strict=True)
    stopped: dict[str, Reason] = {}
    for line, reason in found:
        if reason is not None and line.part not in stopped:
            stopped[line.part] = reason
            note_left_out(_why_stopped, ground, line, reason)
    return _without(briefing, stopped, ground) if stopped else briefing


def _why_stopped(ground: Ground, line: Line, reason: Reason) -> LeftOut:
    spans = tuple(ground.reading.span_of_sentence(n) for n in line.sentences)
    rule = f"its evidence does not carry it: {reason}"
    why = Why(about="line", rule=rule, where=("verification/checks.py: check_lines",), words=spans)
    section = line.part.partition("[")[0].partition(".")[0]
    return LeftOut(section=section, text=line.text.strip() or "(nothing)", reasons=(why,))


def _lines(briefing: Briefing, ground: Ground) -> Iterator[Line]:
    numbers = _Numbers(ground.reading)
    names = {actor.id: actor.name for actor in briefing.actors}
    yield Line("summary", briefing.summary.text, numbers.of(briefing.summary.evidence))
    for i, actor in enumerate(briefing.actors):
        where = numbers.of(actor.evidence)
        yield Line(f"actors[{i}]", actor.name, where, is_label=True)
        if actor.role:
            told = {*where, *_telling(actor, ground)}
            yield Line(f"actors[{i}].role", actor.role, tuple(sorted(told)), is_label=True)
    if briefing.dispute:
        shown = {actor.id: actor.evidence for actor in briefing.actors}
        yield from _dispute_lines(briefing.dispute, numbers, shown)
    for name in _LISTS:
        for i, part in enumerate(getattr(briefing, name)):
            yield _line(f"{name}[{i}]", part, numbers.of(part.evidence), names)


def _telling(actor: Actor, ground: Ground) -> Iterator[int]:
    """The sentences that mention an actor in words of its role."""
    called = ground.members_called(actor.name)
    for part in (actor.role or "").split("; "):
        for number in range(len(ground.reading.sents)):
            is_there = part in ground.text([number])
            if is_there and any(member in called for member in ground.members_in([number])):
                yield number


def _dispute_lines(
    dispute: Dispute, numbers: _Numbers, shown: Mapping[str, Iterable[Span]]
) -> Iterator[Line]:
    """`shown`: the evidence of the actors by their ids, where the names of sides stand too."""
    yield Line("dispute", dispute.issue, numbers.of(dispute.evidence), is_label=True)
    for i, side in enumerate(dispute.sides):
        where = numbers.of(side.evidence)
        named = numbers.of(span for ref in side.actors for span in shown.get(ref, ()))
        either = tuple(sorted({*where, *named}))
        yield Line(f"dispute.sides[{i}]", side.label, either, is_label=True)
        if side.position:
            yield Line(f"dispute.sides[{i}].position", side.position, where, is_position=True)


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


def _without(briefing: Briefing, stopped: dict[str, Reason], ground: Ground) -> Briefing:
    lists = {
        name: tuple(
            p for i, p in enumerate(getattr(briefing, name)) if f"{name}[{i}]" not in stopped
        )
        for name in _LISTS
    }
    dispute = briefing.dispute and _dispute(briefing.dispute, stopped)
    left = briefing.model_copy(
        update={
            **lists,
            "actors": _actors(briefing, stopped),
            "dispute": dispute,
            "contested": dispute is not None,
            "summary": _headline(ground) if "summary" in stopped else briefing.summary,
            "engine": briefing.engine.model_copy(
                update={"checks": _recorded(briefing.engine.checks, stopped)}
            ),
        }
    )
    Briefing.model_validate(left.model_dump())
    return left  # whose parts are the ones that notes were taken of


def _dispute(dispute: Dispute, stopped: dict[str, Reason]) -> Dispute | None:
    """What stands of a dispute, None where that is none."""
    sides = tuple(
        _changed(side, position=None) if f"dispute.sides[{i}].position" in stopped else side
        for i, side in enumerate(dispute.sides)
        if f"dispute.sides[{i}]" not in stopped
    )
    if "dispute" in stopped or len(sides) < MIN_SIDES:
        note("dispute", _why_none, dispute)
        return None
    return dispute if sides == dispute.sides else _changed(dispute, sides=sides)


def _why_none(dispute: Dispute) -> tuple[Why, ...]:
    rule = "its issue, or too many of its sides, are not what their evidence carries"
    where = ("verification/checks.py: check_lines",)
    return (Why(about="line", rule=rule, where=where, words=dispute.evidence),)


def _actors(briefing: Briefing, stopped: dict[str, Reason]) -> tuple[Actor, ...]:
    """The actors with what stands of their roles; all stay whom another line refers to."""
    referred = {ref for _, ref in briefing.references()}
    return tuple(
        _changed(actor, role=None) if f"actors[{i}].role" in stopped else actor
        for i, actor in enumerate(briefing.actors)
        if f"actors[{i}]" not in stopped or actor.id in referred
    )


def _changed(part: Part, **update: object) -> Part:
    """A part with something else in it and the reasons that were noted for it."""
    changed = part.model_copy(update=update)
    note(changed, noted, part)
    return changed


def _recorded(checks: Checks, stopped: dict[str, Reason]) -> Checks:
    dropped = tuple(Dropped(part=part, reason=reason) for part, reason in stopped.items())
    kept = max(0, checks.kept - len(dropped))
    return checks.model_copy(update={"kept": kept, "dropped": (*checks.dropped, *dropped)})


def _headline(ground: Ground) -> Summary:
    reading = ground.reading
    for number in range(len(reading.sents)):
        span = reading.span_of_sentence(number)
        line = Line("summary", span.quote, (number,), is_label=number == 0)
        if check_lines([line], ground) == [None]:
            return Summary(text=span.quote, evidence=(span,))
    raise ReplyRejected("verification", "no line stands")
