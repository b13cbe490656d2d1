"""Tell what kind of content some bytes are: feed, page, Markdown, plain text, or nothing to read.

It looks at the declared type, the name and the first bytes; it parses nothing.
"""

from __future__ import annotations

import codecs
import re
from enum import Enum
from pathlib import PurePath


class Kind(Enum):
    """What can be read, each by a parser of its own."""

    FEED = "feed"
    PAGE = "page"
    MARKDOWN = "Markdown"
    TEXT = "text"

    @property
    def form(self) -> str:
        """What a person would call it: "feed", "page" or "text", with markup or without."""
        return "text" if self is Kind.MARKDOWN else self.value


#: Declared types that say nothing of what is inside: the first bytes decide.
_VAGUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown"})
_READABLE_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "text/xml",
        "application/xml",
        "application/json",
    }
)
_MARKDOWN_TYPES = frozenset({"text/markdown", "text/x-markdown"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
_TYPE_NAMES = {
    "application/pdf": "PDF",
    "application/zip": "archive",
    "application/gzip": "archive",
    "application/msword": "word processor file",
    "application/rtf": "word processor file",
    "text/rtf": "word processor file",
}
#: First bytes of what people take for articles (the list of file(1)), with its name for them.
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image, audio or video"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"PK\x03\x04", "archive or word processor file"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\xd0\xcf\x11\xe0", "word processor file"),
    (b"{\\rtf", "word processor file"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PROBE_BYTES = 2_048
#: Text in UTF-16 has a NUL beside each letter; a little less than half allows for other signs.
_UTF16_NULS = 0.3
_XML_PREAMBLE = re.compile(rb"^\s*(?:<\?xml.*?\?>|<!--.*?-->|<\?.*?\?>|\s)*", re.DOTALL)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF|channel)[\s>]", re.IGNORECASE)
_PAGE_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|title|meta)\b[^>]*>", re.IGNORECASE
)
_MARKDOWN_START = re.compile(rb"^#{1,2}\s+\S")


def why_type_unreadable(media_type: str) -> str | None:
    """The name of a declared kind that holds no readable text; None where it may hold some."""
    major, _, minor = media_type.partition("/")
    if media_type in _VAGUE_TYPES or media_type in _READABLE_TYPES:
        return None
    if major == "application" and minor.endswith(("+xml", "+json")):
        return None
    if major in {"image", "video", "audio"}:
        return major
    is_office = "officedocument" in minor or "opendocument" in minor
    return "word processor file" if is_office else _TYPE_NAMES.get(media_type, media_type)


def why_bytes_unreadable(body: bytes) -> str | None:
    """The name of the kind that these bytes are, where it holds no readable text."""
    for magic, name in _MAGIC:
        if body.startswith(magic) and (magic != b"BM" or b"\x00" in body[:32]):
            return name
    if body[4:8] == b"ftyp":
        return "video"
    probe = body[:_PROBE_BYTES]
    is_utf16 = probe.startswith(_UTF16_MARKS) or probe.count(0) > _UTF16_NULS * len(probe)
    return "binary file" if b"\x00" in probe and not is_utf16 else None


def tell_kind(body: bytes, media_type: str = "", name: str = "") -> Kind | None:
    """The kind of content; None for JSON that is no feed.

    `media_type` as declared, empty for none; `name`: the file's, for its suffix.
    """
    # NULs dropped, UTF-16 shows the same first letters as every encoding built on ASCII.
    start = _plain_start(body)
    root = _XML_PREAMBLE.sub(b"", start, count=1)
    if _FEED_ROOT.match(root) or (root.startswith(b"{") and b"jsonfeed.org/version" in body):
        return Kind.FEED
    if media_type in _MARKDOWN_TYPES or PurePath(name).suffix.lower() in _MARKDOWN_SUFFIXES:
        return Kind.MARKDOWN
    if _PAGE_START.match(root) or media_type in {"text/html", "application/xhtml+xml"}:
        return Kind.PAGE
    if media_type.endswith("xml") or start.startswith(b"<?xml"):
        return Kind.FEED
    if media_type.endswith("json") or root.startswith((b'{"', b"[{")):
        return None
    return Kind.MARKDOWN if _MARKDOWN_START.match(root) else Kind.TEXT


def _plain_start(body: bytes) -> bytes:
    start = body[: 2 * _PROBE_BYTES].replace(b"\x00", b"")
    for mark in (codecs.BOM_UTF8, *_UTF16_MARKS):
        start = start.removeprefix(mark)
    return start.lstrip()
