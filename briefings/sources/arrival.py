"""Bring a source's bytes in: from standard input, a file, or the web.

It opens and fetches; what the bytes are is `kinds`', what they say is the parsers'.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from briefings.errors import NotAnArticle, NoText, SourceMissing, TooLarge
from briefings.ports import Fetcher
from briefings.sources.kinds import Kind, tell_kind, why_bytes_unreadable
from briefings.sources.urls import canonical_url, is_url

STDIN = "-"
MAX_FILE_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source's bytes. `source` as asked for; `url`: where they came from on the web, if there."""

    source: str
    body: bytes
    kind: Kind
    url: str | None = None
    charset: str | None = None


async def arrive(source: str, *, fetcher: Fetcher, stdin: bytes | None = None) -> Arrival:
    """The bytes behind a path, an address or "-". Raises SourceError."""
    if is_url(source):
        return await _from_web(source.strip(), fetcher)
    if source == STDIN:
        if stdin is None:
            raise SourceMissing(source, "nothing on standard input")
        return _arrived(source, stdin)
    body = await asyncio.to_thread(read_file, source)
    return _arrived(source, body, name=source)


async def _from_web(url: str, fetcher: Fetcher) -> Arrival:
    fetched = await fetcher.fetch(url)
    arrival = _arrived(url, fetched.body, media_type=fetched.media_type)
    return Arrival(
        source=url,
        body=arrival.body,
        kind=arrival.kind,
        url=canonical_url(fetched.url),
        charset=fetched.charset,
    )


def _arrived(source: str, body: bytes, *, media_type: str = "", name: str = "") -> Arrival:
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NoText(source, "empty")
    if unreadable := why_bytes_unreadable(body):
        raise NotAnArticle(source, unreadable)
    kind = tell_kind(body, media_type, name)
    if kind is None:
        raise NotAnArticle(source, "JSON")
    return Arrival(source=source, body=body, kind=kind)


def read_file(path: str) -> bytes:
    """The whole file, at most MAX_FILE_BYTES of it. Raises SourceMissing or TooLarge.

    The detail of TooLarge is the file's form: "text", "page", "feed", or "file" for all else.
    """
    try:
        if Path(path).is_dir():
            raise SourceMissing(path, "it is a folder")
        with Path(path).open("rb") as file:
            body = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceMissing(path, "no such file") from error
    except PermissionError as error:
        raise SourceMissing(path, "no permission to read it") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise SourceMissing(path) from error
    if len(body) > MAX_FILE_BYTES:
        raise TooLarge(path, _form_of(body, path), limit=MAX_FILE_BYTES)
    return body


def _form_of(body: bytes, name: str) -> str:
    """What a file is, for the advice that its reader needs: "text", "page", "feed" or "file"."""
    kind = None if why_bytes_unreadable(body) else tell_kind(body, name=name)
    return kind.form if kind else "file"
