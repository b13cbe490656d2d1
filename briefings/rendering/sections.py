"""From a briefing to the tree of nodes: what each section says, in the order a reader wants it.

A contested matter is never told in our own voice: claims stand with speaker and verb. Nothing here
knows a platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefings.briefing import (
    Actor,
    Briefing,
    Claim,
    Event,
    Figure,
    Side,
    Stake,
    Summary,
    Unknown,
)
from briefings.evidence import Span
from briefings.languages import ENGLISH, is_language, name_language
from briefings.rendering import wording
from briefings.rendering.attribution import attribute
from briefings.rendering.citations import CitationIndex, is_verbatim
from briefings.rendering.links import link_address
from briefings.rendering.nodes import (
    Block,
    BulletList,
    Document,
    Line,
    Paragraph,
    Run,
    Runs,
    Section,
    Style,
)

#: What `--section` takes, in the order of the briefing.
SECTIONS: Final = tuple(wording.HEADINGS)


def build_document(briefing: Briefing, sections: Iterable[str] | None = None) -> Document:
    """The tree of the whole briefing, or of the `sections` asked for, always in our order.

    Left to itself an empty section is left out; asked for, it says that the article gives nothing.
    ValueError for a name that is none of SECTIONS.
    """
    asked = None if sections is None else set(sections)
    if asked is not None and (strange := asked.difference(SECTIONS)):
        raise ValueError(f"no such section: {', '.join(sorted(strange))}")
    writer = _SectionWriter(briefing)
    chosen = [name for name in SECTIONS if asked is None or name in asked]
    built = (writer.section(name, always=asked is not None) for name in chosen)
    return Document(
        title=Run("plain", briefing.source.title).text,
        byline=_byline(briefing),
        link=_link(briefing),
        sections=tuple(section for section in built if section),
        footer=_footer(briefing),
    )


def build_evidence(briefing: Briefing) -> Document:
    """The lines of the main sections, each with every one of the article's words behind it."""
    whole = build_document(briefing, ("summary", "dispute", "stakes", "claims"))
    sections = tuple(
        Section(section.name, section.heading, tuple(_with_quotes(section)))
        for section in whole.sections
    )
    return replace(whole, sections=sections)


def _with_quotes(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        for line in [block.line] if isinstance(block, Paragraph) else block.lines:
            yield Paragraph(Line(line.runs))
            quotes = [
                Line((Run("quotation", c.quote), Run("muted", f" {c.place}")))
                for c in line.citations
            ]
            if quotes:
                yield BulletList(tuple(quotes))


class _SectionWriter:
    """Writes the sections of one briefing."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._index = CitationIndex(briefing)

    def section(self, name: str, *, always: bool) -> Section | None:
        """The section, or None where it is empty and nobody asked for it."""
        write: Callable[[], tuple[Block, ...]] = getattr(self, f"_{name}")
        blocks = write()
        # That there is no dispute is news of its own and always said.
        if not blocks and (always or name == "dispute"):
            blocks = (Paragraph(Line((Run("plain", wording.NOTHING[name]),))),)
        return Section(name, wording.HEADINGS[name], blocks) if blocks else None

    def _summary(self) -> tuple[Block, ...]:
        summary = self._briefing.summary
        text = wording.close_line(summary.translation or summary.text)
        runs = (Run("plain", text), *_mark(summary.translation))
        return (Paragraph(self._line(runs, summary.evidence, _said(summary))),)

    def _dispute(self) -> tuple[Block, ...]:
        dispute = self._briefing.dispute
        if dispute is None:
            return ()
        issue = wording.close_line(wording.open_line(dispute.translation or dispute.issue))
        sides = BulletList(tuple(self._side(side) for side in dispute.sides))
        runs = (Run("plain", issue), *_mark(dispute.translation))
        said = "" if dispute.translation else dispute.issue
        opening = self._line(runs, dispute.evidence, said)
        return (Paragraph(opening), sides)

    def _side(self, side: Side) -> Line:
        names = [self._name(ref) for ref in side.actors]
        members = wording.join_names([name for name in names if name != side.label])
        held = side.translation or side.position
        position = wording.close_line(held) if held else wording.NO_POSITION
        style: Style = "plain" if side.position else "muted"
        runs = (
            Run("strong", wording.open_line(side.label)),
            *((Run("muted", f" ({members})"),) if members else ()),
            Run("plain", ": "),
            Run(style, position),
            *_mark(side.translation),
        )
        said = "" if side.translation else side.position or side.label
        return self._line(runs, side.evidence, said)

    def _stakes(self) -> tuple[Block, ...]:
        return _list(self._stake(stake) for stake in self._briefing.stakes)

    def _stake(self, stake: Stake) -> Line:
        owner = self._owner(stake.according_to)
        if not owner and not any(wording.names_source(span.quote) for span in stake.evidence):
            owner = wording.OWN_ACCOUNT
        told = wording.close_line(wording.open_line(stake.translation or stake.text), owner)
        label = Run("label", f"{wording.STATUS[stake.status]}:")
        runs = (label, Run("plain", f" {told}"), *_mark(stake.translation))
        return self._line(runs, stake.evidence, _said(stake))

    def _claims(self) -> tuple[Block, ...]:
        return _list(self._claim(claim) for claim in self._briefing.claims)

    def _claim(self, claim: Claim) -> Line:
        return self._line(attribute(claim, self._briefing), claim.evidence, _said(claim))

    def _timeline(self) -> tuple[Block, ...]:
        return _list(self._event(event) for event in self._briefing.timeline)

    def _event(self, event: Event) -> Line:
        day = wording.complete_date(event.when, event.date) if event.date else None
        runs = (
            Run("strong", wording.open_line(event.when)),
            *((Run("muted", f" ({day})"),) if day else ()),
            Run("plain", f": {wording.close_line(event.translation or event.text)}"),
            *_mark(event.translation),
        )
        return self._line(runs, event.evidence, _said(event))

    def _unknowns(self) -> tuple[Block, ...]:
        return _list(
            self._line(
                (
                    Run("plain", wording.close_line(wording.open_line(_shown(unknown)))),
                    *_mark(unknown.translation),
                ),
                unknown.evidence,
                _said(unknown),
            )
            for unknown in self._briefing.unknowns
        )

    def _actors(self) -> tuple[Block, ...]:
        return _list(self._actor(actor) for actor in self._briefing.actors)

    def _actor(self, actor: Actor) -> Line:
        owner = f", {self._name(actor.affiliation)}" if actor.affiliation else ""
        runs = (
            Run("strong", wording.open_line(actor.name)),
            Run("muted", f" ({actor.type}{owner})"),
            # A colon: a role may be a title ("foreign minister") or a deed ("closed the port").
            *((Run("plain", f": {actor.translation or actor.role}"),) if actor.role else ()),
            *_mark(actor.translation),
        )
        # Each fact on its own: a name and a role seldom stand side by side in the article.
        said = ". ".join(fact for fact in (actor.name, actor.role) if fact)
        said = "" if actor.translation else said
        return self._line(runs, actor.evidence, said)

    def _figures(self) -> tuple[Block, ...]:
        return _list(self._figure(figure) for figure in self._briefing.figures)

    def _figure(self, figure: Figure) -> Line:
        owner = self._owner(figure.according_to)
        told = wording.close_line(wording.open_line(_shown(figure)), owner)
        runs = (Run("plain", told), *_mark(figure.translation))
        return self._line(runs, figure.evidence, _said(figure))

    def _owner(self, ref: str | None) -> str:
        if ref is None:
            return ""
        return f"according to {wording.name_within(self._name(ref), self._briefing.text)}"

    def _name(self, ref: str) -> str:
        return self._briefing.actor(ref).name

    def _line(self, runs: Runs, evidence: Sequence[Span], said: str) -> Line:
        """`said`: the part of the line that is checked against its evidence, word for word."""
        return Line(runs, self._index.cite(evidence), verbatim=is_verbatim(said, evidence))


def _shown(part: Unknown | Figure) -> str:
    return part.translation or part.text


def _said(part: Summary | Claim | Stake | Event | Unknown | Figure) -> str:
    """The words of a line that stand in the article; a translation's stand nowhere in it."""
    return "" if part.translation else part.text


def _mark(translation: str | None) -> Runs:
    return (Run("muted", f" {wording.TRANSLATED}"),) if translation else ()


def _list(lines: Iterable[Line]) -> tuple[Block, ...]:
    listed = tuple(lines)
    return (BulletList(listed),) if listed else ()


def _byline(briefing: Briefing) -> Line:
    source = briefing.source
    facts = [
        source.outlet,
        wording.say_day(source.published) if source.published else None,
        f"by {wording.join_names(source.authors)}" if source.authors else None,
    ]
    return Line((Run("muted", " · ".join(fact for fact in facts if fact)),) if any(facts) else ())


def _link(briefing: Briefing) -> Run | None:
    url = link_address(briefing.source.url)
    return Run("link", wording.READ_IT, url) if url else None


def _footer(briefing: Briefing) -> tuple[Line, ...]:
    engine = briefing.engine
    checks = engine.checks
    maker = f"{engine.name} {engine.version}" + (f" ({engine.model})" if engine.model else "")
    made = (
        f"Made by {maker} from the article as read on"
        f" {wording.say_instant(briefing.source.retrieved)}:"
        f" {wording.say_count(checks.proposed, 'line')} proposed, {checks.kept} kept,"
        f" {len(checks.dropped)} dropped."
    )
    texts = [wording.EVIDENCE_NOTE, made]
    if engine.fallback:
        why = wording.FALLBACKS[engine.fallback]
        texts.append(wording.INSTEAD_OF_MODEL.format(why=why))
    if engine.language:
        texts.append(wording.TRANSLATION_NOTE.format(language=name_language(engine.language)))
    if briefing.source.language != ENGLISH and is_language(briefing.source.language):
        language = name_language(briefing.source.language)
        texts.append(wording.FOREIGN_NOTE.format(language=language))
    return tuple(Line((Run("muted", text),)) for text in texts)
