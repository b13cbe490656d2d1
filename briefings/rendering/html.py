"""A briefing as one self-contained page: the briefing beside the article it rests on.

The page asks no network for anything, and its policy forbids it to; scripts only move highlights.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefings.briefing import Briefing
from briefings.rendering.citations import CitationIndex
from briefings.rendering.clean import clean
from briefings.rendering.paragraphs import Stretch, number_paragraphs
from briefings.rendering.sections import build_document

_TEMPLATES: Final = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the article under the same citations; `key` names it within the page."""

    key: int
    text: str
    #: Numbers of the citations that it belongs to, none for words nothing rests on.
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CitedParagraph:
    """A paragraph of the article, cut where citations begin and end. `number` 0 is the title."""

    number: int
    segments: tuple[Segment, ...]


def render_html(briefing: Briefing, *, sections: Iterable[str] | None = None) -> str:
    """The whole page. The article is always there in full, whichever `sections` are shown."""
    paragraphs = tuple(cut_article(briefing))
    style, script = (_asset(name) for name in ("briefing.css", "briefing.js"))
    page = _environment().get_template("briefing.html")
    return page.render(
        document=build_document(briefing, sections),
        paragraphs=paragraphs,
        anchors=_anchors(paragraphs),
        language=clean(briefing.source.language),
        style=style,
        script=script,
        policy=content_policy(style, script),
    ).strip()


def cut_article(briefing: Briefing) -> Iterator[CitedParagraph]:
    """The article's paragraphs, in segments that carry the citations they belong to.

    Offsets are code points, so the cutting is done here: a script would count UTF-16 units.
    """
    numbered = CitationIndex(briefing).numbered()
    key = 0
    for stretch in number_paragraphs(briefing.text):
        segments = []
        for start, end in _pieces(stretch, numbered):
            cited = tuple(number for number, first, last in numbered if first <= start < last)
            segments.append(Segment(key, clean(briefing.text[start:end]), cited))
            key += 1
        yield CitedParagraph(stretch.number, tuple(segments))


def content_policy(style: str, script: str) -> str:
    """A policy under which nothing is loaded and only this style and this script run (CSP 3)."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def _pieces(
    stretch: Stretch, numbered: tuple[tuple[int, int, int], ...]
) -> Iterator[tuple[int, int]]:
    edges = {edge for _, start, end in numbered for edge in (start, end)}
    inner = sorted(edge for edge in edges if stretch.start < edge < stretch.end)
    yield from zip([stretch.start, *inner], [*inner, stretch.end], strict=True)


def _anchors(paragraphs: Iterable[CitedParagraph]) -> dict[int, int]:
    """For each citation the segment where it begins."""
    anchors: dict[int, int] = {}
    for paragraph in paragraphs:
        for segment in paragraph.segments:
            for number in segment.cited:
                anchors.setdefault(number, segment.key)
    return anchors


def _digest(source: str) -> str:
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> Markup:
    # Our own file, which holds no "</": it stands in the page as it is.
    return Markup((_TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - as said above


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
