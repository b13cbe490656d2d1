"""RSS, Atom and JSON feeds to plain entries, by feedparser; runs in the sandbox's child.

It follows no link and opens no address: the parser is given bytes, never a name.
"""

from __future__ import annotations

import html
import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from briefings.sources.draft import parse_instant
from briefings.sources.letters import clean_line, decode
from briefings.sources.urls import resolve_link

MAX_ENTRIES = 200
#: Entries that the parser is given: enough for a feed that lists its oldest first, and few enough
#: to be done in a second (50,000 take seven).
_PARSED_ENTRIES = 1_000
_CONTENT_CHARACTERS = 200_000
_ENTRY_END = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(rss|feed|(?:\w+:)?RDF)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
# RSS 2.0 asks for an e-mail address with the name in brackets behind it.
_MAIL = re.compile(r"^\S+@\S+(?:\s*\((?P<name>[^)]+)\))?$")
_JSON_FEED = "jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed holds: entries as dictionaries with Entry's fields, newest first.

    `is_feed` is False for what answered and is none. Dates are in ISO 8601.
    """

    is_feed: bool
    title: str = ""
    entries: tuple[dict[str, Any], ...] = ()


def parse_feed(body: bytes, *, url: str | None, charset: str | None) -> dict[str, Any]:
    """The FeedFacts of a feed's bytes, as a dictionary; relative links resolved against `url`."""
    is_json = decode(body[:64], charset).lstrip("\ufeff \r\n\t").startswith("{")
    return asdict(_parse_json(body, url, charset) if is_json else _parse_xml(body, url, charset))


def _parse_xml(body: bytes, url: str | None, charset: str | None) -> FeedFacts:
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    parsed = feedparser.parse(
        io.BytesIO(_shorten(body)),
        response_headers={**headers, **({"content-location": url} if url else {})},
    )
    if not parsed.version and not parsed.entries:
        return FeedFacts(is_feed=False)
    entries = [_to_entry(entry, url) for entry in parsed.entries]
    return FeedFacts(is_feed=True, title=_plain(parsed.feed.get("title")), entries=_newest(entries))


def _shorten(body: bytes) -> bytes:
    """The feed with its first entries only, closed as it was opened."""
    for count, end in enumerate(_ENTRY_END.finditer(body), start=1):
        root = _ROOT.search(body) if count == _PARSED_ENTRIES else None
        if root:
            name = root[1]
            channel = b"</channel>" if name.lower() == b"rss" else b""
            return body[: end.end()] + channel + b"</" + name + b">"
    return body


def _to_entry(entry: Mapping[str, Any], url: str | None) -> dict[str, Any]:
    instant = entry.get("published_parsed") or entry.get("updated_parsed")
    published = datetime.fromtimestamp(timegm(instant), UTC).isoformat() if instant else None
    authors = [author.get("name") for author in entry.get("authors", ())]
    # The parser takes addresses apart as if no top-level domain had more than four letters.
    if "@" in entry.get("author", "") or not any(authors):
        authors = [entry.get("author")]
    contents = [content.get("value", "") for content in entry.get("content", ())]
    content = max([*contents, entry.get("summary", "")], key=len)
    return _entry(
        title=entry.get("title"),
        url=resolve_link(url, entry.get("link")),
        published=published,
        authors=authors,
        content=content,
        guid=entry.get("id"),
    )


def _parse_json(body: bytes, url: str | None, charset: str | None) -> FeedFacts:
    try:
        feed = json.loads(decode(body, charset))
    except (ValueError, RecursionError):
        return FeedFacts(is_feed=False)
    if not isinstance(feed, dict) or _JSON_FEED not in str(feed.get("version")):
        return FeedFacts(is_feed=False)
    listed = feed.get("items")
    listed = listed[:_PARSED_ENTRIES] if isinstance(listed, list) else []
    entries = [_to_json_entry(entry, url) for entry in listed if isinstance(entry, dict)]
    return FeedFacts(is_feed=True, title=_plain(feed.get("title")), entries=_newest(entries))


def _to_json_entry(entry: dict[str, Any], url: str | None) -> dict[str, Any]:
    """An item of JSON Feed 1.1 (jsonfeed.org/version/1.1), or of 1.0 with its single author."""
    listed = entry.get("authors") or [entry.get("author")]
    instant = parse_instant(_text(entry.get("date_published") or entry.get("date_modified")))
    content = _text(entry.get("content_html"))
    if not content:
        lines = _text(entry.get("content_text")).split("\n")
        content = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    return _entry(
        title=entry.get("title"),
        url=resolve_link(url, _text(entry.get("url") or entry.get("external_url"))),
        published=instant.isoformat() if instant else None,
        authors=[author.get("name") for author in listed if isinstance(author, dict)],
        content=content or _text(entry.get("summary")),
        guid=entry.get("id"),
    )


def _entry(
    *,
    title: object,
    url: str | None,
    published: str | None,
    authors: list[Any],
    content: str,
    guid: object,
) -> dict[str, Any]:
    content = content[:_CONTENT_CHARACTERS]
    names = (_name_of(clean_line(_text(name))) for name in authors)
    return {
        # Posts of small sites often have no title; their first words tell them apart.
        "title": _plain(title) or _first_words(content) or url or "",
        "url": url,
        "published": published,
        "authors": [name for name in names if name],
        "content_html": content,
        "guid": _text(guid) or None,
    }


def _name_of(author: str) -> str:
    mail = _MAIL.match(author)
    return mail["name"] or "" if mail else author


def _newest(entries: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Newest first; entries without a date keep their place behind the one listed before them."""
    keyed: list[tuple[float, dict[str, Any]]] = []
    last = float("inf")
    for entry in entries:
        last = _timestamp(entry["published"]) or last
        keyed.append((last, entry))
    keyed.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(entry for _, entry in keyed[:MAX_ENTRIES])


def _timestamp(published: str | None) -> float | None:
    if not published:
        return None
    instant = datetime.fromisoformat(published)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()


def _first_words(content: str, count: int = 12) -> str:
    words = _plain(content[:2_000]).split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")


def _plain(markup: object) -> str:
    """One line of text from a title that may hold markup and entities."""
    return clean_line(html.unescape(_TAG.sub(" ", _text(markup))))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
