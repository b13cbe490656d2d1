"""A briefing as it was proposed, before anything of it was checked.

These values hold what an engine said, right or wrong; nothing here is ever shown to a reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefings.briefing import ActorType, ClaimKind, StakeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLine:
    """What all lines have in common.

    `text`: the words a reader would see. `quote_sentences`: numbers of the reading's sentences
    (0 is the title) that are given as evidence, possibly none or none that exist. `quotes`:
    passages of these sentences, copied letter for letter, in quotation marks there or not.
    `translation`: of the text, for an actor of the role; no check of lines looks at it.
    """

    text: str
    quote_sentences: tuple[int, ...] = ()
    quotes: tuple[str, ...] = ()
    translation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedClaim(ProposedLine):
    """`speaker_name`: whose statement, as worded; `verb`: the cue; `about`: names of actors."""

    speaker_name: str
    verb: str
    kind: ClaimKind
    about: tuple[str, ...] = ()
    via: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedActor(ProposedLine):
    """`text` is the name; `role`: who the article says they are; `affiliation`: another's name."""

    type: ActorType
    role: str | None = None
    aliases: tuple[str, ...] = ()
    affiliation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSide(ProposedLine):
    """`text` is the position, "" where none is given; `actors` are names, the lead party first."""

    label: str
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStake(ProposedLine):
    """`according_to`: the name of whoever says so; None: the article itself."""

    status: StakeStatus
    according_to: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEvent(ProposedLine):
    """`when`: the article's words; `date`: the ISO day, month or year given for them."""

    when: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedUnknown(ProposedLine):
    """What the article is said to call unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFigure(ProposedLine):
    """`value` in `unit`; `according_to`: the name of whoever gives it."""

    value: float
    unit: str | None = None
    according_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A whole proposed briefing; `summary` and `issue` are None where none was given."""

    summary: ProposedLine | None = None
    contested: bool = False
    actors: tuple[ProposedActor, ...] = ()
    issue: ProposedLine | None = None
    sides: tuple[ProposedSide, ...] = ()
    claims: tuple[ProposedClaim, ...] = ()
    stakes: tuple[ProposedStake, ...] = ()
    timeline: tuple[ProposedEvent, ...] = ()
    unknowns: tuple[ProposedUnknown, ...] = ()
    figures: tuple[ProposedFigure, ...] = ()

    def lines(self) -> Iterator[tuple[str, ProposedLine]]:
        """Every line with the path of its part, such as `claims[3]` or `dispute.sides[0]`."""
        if self.summary:
            yield "summary", self.summary
        if self.issue:
            yield "dispute.issue", self.issue
        yield from ((f"dispute.sides[{i}]", side) for i, side in enumerate(self.sides))
        for name in ("actors", "claims", "stakes", "timeline", "unknowns", "figures"):
            yield from ((f"{name}[{i}]", line) for i, line in enumerate(getattr(self, name)))

    def wordings(self) -> Iterator[tuple[str, str]]:
        """All that can be stopped, with its path: every line, the actors' roles, translations."""
        for part, line in self.lines():
            yield part, line.text
            if isinstance(line, ProposedActor) and line.role:
                yield f"{part}.role", line.role
            if line.translation:
                yield f"{part}.translation", line.translation


@dataclass(frozen=True, slots=True)
class Rejection:
    """A line that does not hold: `part` is its path in the proposal, `reason` one word for why."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What of a proposal holds, everything else left out, and why the rest does not.

    `kept` still has names for actors and numbers for sentences: an engine makes its briefing of it.
    """

    kept: Proposal
    rejections: tuple[Rejection, ...] = ()
