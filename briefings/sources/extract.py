"""A page's HTML to the facts of its article, by trafilatura; runs in the sandbox's child.

It reports what the page shows and declares; whether that is an article is `reader`'s to decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from briefings.sources.draft import MAX_PARSED_BYTES, parse_instant
from briefings.sources.letters import clean_line, decode
from briefings.sources.phrases import Phrases, load_phrases
from briefings.sources.unseen import drop_unseen
from briefings.sources.walls import PageSigns, Wall, looks_cut, tell_wall

#: How much of what the page shows is looked through for the words of walls.
_SHOWN_CHARACTERS = 20_000
_META_BYTES = 4_096
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

_DATE_METAS = ("article:published_time", "datePublished", "date", "dc.date", "dcterms.created")
_LIST_MARK = re.compile(r"^[-•*]\s+")
_NO_NAME = re.compile(r"https?:|@|\d{3}")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page holds. `published` in ISO 8601."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    canonical: str | None = None
    wall: Wall | None = None
    #: For subscribers by its own account, and yet with a text worth reading.
    may_be_cut: bool = False
    is_too_large: bool = False


def extract_page(body: bytes, *, url: str | None, charset: str | None) -> dict[str, Any]:
    """The PageFacts of an HTML page, as a dictionary; `charset` as HTTP declared it."""
    tree = _parse(decode(body, charset or _declared_charset(body)))
    if tree is None:
        return asdict(PageFacts())
    ledgers = list(_linked_data(tree))
    drop_unseen(tree)
    shown = clean_line(" ".join(tree.xpath("//body//text()[not(ancestor::script)]")))
    shown = shown[:_SHOWN_CHARACTERS]
    if len(lxml.html.tostring(tree)) > MAX_PARSED_BYTES:
        return asdict(PageFacts(is_too_large=True))
    found = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # Without it any date on the page, a copyright notice's included, would do.
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": date.today().isoformat(),  # noqa: DTZ011 - a bound, not a fact
        },
    )
    document = found if isinstance(found, Document) else Document()
    return asdict(_to_facts(document, tree, ledgers, shown=shown, url=url))


def _parse(text: str) -> HtmlElement | None:
    # Python's strings carry no encoding, and the parser refuses those that declare one.
    text = _XML_DECLARATION.sub("", text.replace("\x00", ""), count=1)
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(text, parser=parser, ensure_head_body=True)


def _declared_charset(body: bytes) -> str | None:
    start = body[:_META_BYTES]
    declared = _META_CHARSET.search(start) or _XML_ENCODING.search(start)
    return declared[1].decode("ascii", "replace") if declared else None


def _to_facts(
    found: Document,
    tree: HtmlElement,
    ledgers: list[dict[str, Any]],
    *,
    shown: str,
    url: str | None,
) -> PageFacts:
    phrases = load_phrases()
    outlet = _outlet(found.sitename, urlsplit(url or found.url or "").hostname)
    title = _strip_outlet(clean_line(found.title or "") or _heading(tree), outlet)
    signs = PageSigns(
        paragraphs=tuple(_paragraphs(found.text or "", title, phrases)),
        shown=shown,
        host=urlsplit(url or "").hostname or "",
        is_locked=any(
            str(entry.get("isAccessibleForFree")).lower() == "false" for entry in ledgers
        ),
    )
    return PageFacts(
        title=title,
        paragraphs=tuple(signs.paragraphs),
        outlet=outlet,
        authors=_authors(found.author),
        published=_published(found.date, tree, ledgers),
        canonical=found.url,
        wall=tell_wall(signs, phrases),
        may_be_cut=looks_cut(signs, phrases),
    )


def _outlet(sitename: str | None, hostname: str | None) -> str | None:
    """The name that the site gives itself; its host, trafilatura's last resort, is none."""
    name = clean_line(sitename or "")
    is_host = name.lower().removeprefix("www.") == (hostname or "").lower().removeprefix("www.")
    return None if not name or is_host else name


def _authors(names: str | None) -> tuple[str, ...]:
    cleaned = (clean_line(name) for name in (names or "").split(";"))
    return tuple(name for name in cleaned if name and not _NO_NAME.search(name))


def _paragraphs(text: str, title: str, phrases: Phrases) -> Iterator[str]:
    """The article's lines in order: neither its title again, nor the page's furniture."""
    heading = _letters_of(title)
    for line in text.split("\n"):
        paragraph = _LIST_MARK.sub("", clean_line(line))
        if not paragraph or phrases.are_boilerplate(paragraph):
            continue
        if heading and _letters_of(paragraph) == heading:
            continue
        yield paragraph


def _letters_of(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _heading(tree: HtmlElement) -> str:
    """The page's own heading, or else the title that a browser's tab shows."""
    for path in ("//h1", "//head/title"):
        for element in tree.xpath(path):
            if heading := clean_line(element.text_content()):
                return heading
    return ""


def _strip_outlet(title: str, outlet: str | None) -> str:
    """The title without the outlet's name that browsers' tabs show after it."""
    if not outlet:
        return title
    bare = re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}\s*$", "", title, flags=re.IGNORECASE)
    return bare or title


def _published(day: str | None, tree: HtmlElement, ledgers: list[dict[str, Any]]) -> str | None:
    """The publication date that trafilatura found, with the time where the page declares it."""
    declared = [str(entry["datePublished"]) for entry in ledgers if entry.get("datePublished")]
    for name in _DATE_METAS:
        declared += tree.xpath("//meta[@property=$n or @name=$n or @itemprop=$n]/@content", n=name)
    declared += tree.xpath(
        "//time[@datetime and (@pubdate or @itemprop='datePublished')]/@datetime"
    )
    for stated in declared:
        instant = parse_instant(stated)
        if instant and (not day or instant.isoformat().startswith(day)):
            return instant.isoformat()
    return day


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD blocks, nested ones included."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            pending = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                yield value
                pending += value.values()
            elif isinstance(value, list):
                pending += value
