"""What a slot's briefings look like in a channel: one document for each article, or one for all.

It selects nothing and sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.messages.commands import ALSO, DIGEST
from briefings.briefing import Briefing
from briefings.rendering.links import link_address
from briefings.rendering.nodes import (
    Block,
    BulletList,
    Document,
    Line,
    Paragraph,
    Run,
    Section,
)
from briefings.rendering.sections import build_document

#: What stands in the channel; the rest is in the thread below, or behind buttons.
TOP_SECTIONS = ("summary", "dispute", "stakes")
DETAIL_SECTIONS = ("claims", "timeline", "unknowns", "actors", "figures")
_DIGEST_SECTIONS = ("summary", "dispute")


@dataclass(frozen=True, slots=True)
class Report:
    """An article's briefing with the other outlets' reports of the same story: (name, address)."""

    briefing: Briefing
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One message: its top for the channel, its details for the thread."""

    top: Document
    details: Document | None = None


def posts_of(reports: Sequence[Report], mode: str, name: str) -> tuple[Post, ...]:
    """A post for each report, or for "digest" one of all; a digest of one is a post like others."""
    if mode == "digest" and len(reports) > 1:
        return (_digest(reports, name),)
    return tuple(_single(report) for report in reports)


def sections_of(posts: Sequence[Post]) -> tuple[Section, ...]:
    """What posts show in the channel, each section under its post's title: for a preview."""
    return tuple(
        replace(section, heading=f"{post.top.title}: {section.heading}")
        for post in posts
        for section in post.top.sections
    )


def top_of(briefing: Briefing) -> Document:
    """What a briefing shows in the channel."""
    # Asked for by name, an empty section would say that it is empty.
    return build_document(briefing, [n for n in TOP_SECTIONS if n != "stakes" or briefing.stakes])


def details_of(briefing: Briefing) -> Document | None:
    """What a briefing shows in the thread below; None where nothing is left to show."""
    present = [name for name in DETAIL_SECTIONS if getattr(briefing, name)]
    return replace(build_document(briefing, present), footer=()) if present else None


def _single(report: Report) -> Post:
    top = top_of(report.briefing)
    return Post(replace(top, sections=(*top.sections, *_also(report))), details_of(report.briefing))


def _also(report: Report) -> Iterator[Section]:
    links = [
        Line((Run("link", name, address),))
        for name, url in report.also
        if (address := link_address(url))
    ]
    if links:
        yield Section("also", ALSO, (BulletList(tuple(links)),))


def _digest(reports: Sequence[Report], name: str) -> Post:
    whole = [build_document(report.briefing, _DIGEST_SECTIONS) for report in reports]
    sections = [_in_digest(*pair) for pair in zip(reports, whole, strict=True)]
    footer = tuple(dict.fromkeys(line for document in whole for line in _of_digest(document)))
    top = Document(
        title=DIGEST.format(name=name, count=len(reports)),
        byline=Line(()),
        link=None,
        sections=tuple(sections),
        footer=footer,
    )
    details = [section for report in reports for section in _details_in_digest(report)]
    return Post(top, replace(top, sections=tuple(details), footer=()) if details else None)


def _of_digest(document: Document) -> tuple[Line, ...]:
    """Of an article's footer what holds for others too: not how many lines were proposed for it."""
    return document.footer[:1] + document.footer[2:]


def _in_digest(report: Report, document: Document) -> Section:
    """One article of a digest: its summary, its dispute, and the ways to the article."""
    blocks: list[Block] = [block for section in document.sections for block in section.blocks]
    links = [line for section in _also(report) for line in _lines(section)]
    if document.link:
        links.insert(0, Line((document.link,)))
    head = [Paragraph(document.byline)] if document.byline.runs else []
    return Section(
        "article", document.title, (*head, *blocks, *([BulletList(tuple(links))] if links else []))
    )


def _details_in_digest(report: Report) -> Iterator[Section]:
    details = details_of(report.briefing)
    for section in details.sections if details else ():
        yield replace(section, heading=f"{report.briefing.source.title}: {section.heading}")


def _lines(section: Section) -> Iterator[Line]:
    for block in section.blocks:
        yield from block.lines if isinstance(block, BulletList) else (block.line,)
