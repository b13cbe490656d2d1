"""Makes a briefing of what held of a proposal, and of the embedded engine's for the rest.

It checks nothing and words nothing: both were done before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from briefings.briefing import (
    MAX_ISSUE_WORDS,
    MAX_STAKES,
    MAX_WORDS,
    Briefing,
    Claim,
    Dispute,
    Event,
    Figure,
    Side,
    Stake,
    Summary,
    Unknown,
)
from briefings.evidence import Span
from briefings.language.reading import Reading
from briefings.summarizers.llm.roster import Roster
from briefings.summarizers.llm.spans import find_evidence
from briefings.verification.proposal import (
    Proposal,
    ProposedClaim,
    ProposedEvent,
    ProposedFigure,
    ProposedLine,
    ProposedStake,
    ProposedUnknown,
)

P = TypeVar("P", bound=ProposedLine)
T = TypeVar("T")
_FEWEST_SIDES, _MOST_SIDES = 2, 3
#: While a briefing is too long, the last unknown goes first, then the last stake.
_ENOUGH_UNKNOWNS = 2


@dataclass(frozen=True, slots=True)
class Assembly:
    """A briefing whose engine is still the embedded one's, and where its lines come from.

    `stood_in`: the sections for which the embedded engine's lines stand; `too_much`: how many lines
    held and found no room.
    """

    briefing: Briefing
    stood_in: frozenset[str]
    too_much: int


def assemble(reading: Reading, embedded: Briefing, proposed: Proposal, kept: Proposal) -> Assembly:
    """The briefing of what was kept.

    A section that a model filled, and of which nothing held, is the embedded engine's.
    """
    maker = _Maker(reading, embedded, kept)
    parts: dict[str, Any] = {"summary": maker.summary(), "dispute": maker.dispute(proposed)}
    stood_in = {name for name in parts if parts[name] is getattr(embedded, name)}
    for name, make in maker.lists.items():
        lines = tuple(map(make, getattr(kept, name)))
        if not lines and getattr(proposed, name):
            lines = maker.take_over(getattr(embedded, name))
            stood_in.add(name)
        parts[name] = lines
    held = len(parts["stakes"]) + len(parts["unknowns"])
    parts["stakes"], parts["unknowns"] = within_words(parts)
    parts["actors"] = maker.roster.actors()
    frame = {"contested": parts["dispute"] is not None, "source": embedded.source}
    briefing = Briefing(text=embedded.text, engine=embedded.engine, **frame, **parts)
    return Assembly(
        briefing,
        frozenset(stood_in),
        held - len(briefing.stakes) - len(briefing.unknowns),
    )


class _Maker:
    """Makes parts of a briefing of kept lines."""

    def __init__(self, reading: Reading, embedded: Briefing, kept: Proposal) -> None:
        self._reading = reading
        self._embedded = embedded
        self._kept = kept
        self.roster = Roster(reading, embedded.actors, kept.actors)
        self.lists: dict[str, Callable[[Any], Any]] = {
            "claims": self._claim,
            "stakes": self._stake,
            "timeline": self._event,
            "unknowns": self._unknown,
            "figures": self._figure,
        }

    def take_over(self, parts: Iterable[Any]) -> tuple[Any, ...]:
        """Parts of the embedded engine, with everybody that they refer to."""
        parts = tuple(parts)
        for part in parts:
            self._refer_to(part)
        return parts

    def _refer_to(self, part: Any) -> None:  # noqa: ANN401  # any part that refers to actors
        single = (getattr(part, name, None) for name in ("speaker", "according_to"))
        several = (ref for name in ("about", "actors") for ref in getattr(part, name, ()))
        self.roster.keep([*single, *several])

    def summary(self) -> Summary:
        line = self._kept.summary
        if line is None:
            return self._embedded.summary
        return Summary(text=line.text, translation=line.translation, evidence=self._evidence(line))

    def dispute(self, proposed: Proposal) -> Dispute | None:
        """The dispute as proposed, if enough of it held; else as the embedded engine has it."""
        if not proposed.contested:
            return None
        issue, sides = self._kept.issue, self._kept.sides[:_MOST_SIDES]
        fits = issue is not None and len(issue.text.split()) <= MAX_ISSUE_WORDS
        if issue is None or not fits or len(sides) < _FEWEST_SIDES:
            if self._embedded.dispute:
                self.take_over(self._embedded.dispute.sides)
            return self._embedded.dispute
        made = tuple(
            Side(
                label=side.label,
                actors=self.roster.ids_of(side.actors),
                position=side.text or None,
                translation=side.translation,
                evidence=self._evidence(side),
            )
            for side in sides
        )
        return Dispute(
            issue=issue.text,
            translation=issue.translation,
            sides=made,
            evidence=self._evidence(issue),
        )

    def _evidence(self, line: ProposedLine) -> tuple[Span, ...]:
        return find_evidence(self._reading, line)

    def _claim(self, line: ProposedClaim) -> Claim:
        return Claim(
            speaker=self.roster.id_of(line.speaker_name),
            speaker_text=line.speaker_name,
            kind=line.kind,
            verb=line.verb,
            text=line.text,
            translation=line.translation,
            quoted=self._is_quoted(line),
            via=line.via,
            about=self.roster.ids_of(line.about),
            evidence=self._evidence(line),
        )

    def _is_quoted(self, line: ProposedLine) -> bool:
        """Whether the words are a quotation in the article, or hold one."""
        spans = (self._reading.text.find(q) for q in (line.text.strip('“”"'), *line.quotes))
        return any(at >= 0 and self._reading.quotation_at(at) is not None for at in spans)

    def _stake(self, line: ProposedStake) -> Stake:
        return Stake(
            text=line.text,
            translation=line.translation,
            status=line.status,
            according_to=self.roster.id_of(line.according_to),
            actors=self.roster.ids_of(line.actors),
            evidence=self._evidence(line),
        )

    def _event(self, line: ProposedEvent) -> Event:
        return Event(
            when=line.when,
            date=line.date,
            text=line.text,
            translation=line.translation,
            evidence=self._evidence(line),
        )

    def _unknown(self, line: ProposedUnknown) -> Unknown:
        return Unknown(text=line.text, translation=line.translation, evidence=self._evidence(line))

    def _figure(self, line: ProposedFigure) -> Figure:
        return Figure(
            text=line.text,
            translation=line.translation,
            value=line.value,
            unit=line.unit,
            according_to=self.roster.id_of(line.according_to),
            evidence=self._evidence(line),
        )


def within_words(parts: dict[str, Any]) -> tuple[tuple[Stake, ...], tuple[Unknown, ...]]:
    """As many stakes and unknowns as print within MAX_WORDS with summary and dispute."""
    stakes, unknowns = list(parts["stakes"])[:MAX_STAKES], list(parts["unknowns"])
    dispute: Dispute | None = parts["dispute"]
    texts = [_shown(parts["summary"])]
    if dispute:
        texts.append(dispute.translation or dispute.issue)
        texts += [side.translation or side.position or "" for side in dispute.sides]
    left = MAX_WORDS - _words(texts)
    while _words(map(_shown, (*stakes, *unknowns))) > left and (stakes or unknowns):
        too_many = len(unknowns) > _ENOUGH_UNKNOWNS or not stakes
        (unknowns if too_many else stakes).pop()
    return tuple(stakes), tuple(unknowns)


def _shown(line: Summary | Stake | Unknown) -> str:
    return line.translation or line.text


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)
