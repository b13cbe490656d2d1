"""One HTTP exchange on aiohttp: dial only checked addresses, read a bounded, decoded body.

It follows no redirect and knows no deadline; both are `fetch`'s.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from importlib.metadata import version

import aiohttp
import yarl

from briefings.errors import AddressRefused, NotAnArticle, TooLarge, Unreachable
from briefings.ports import Fetched, Validators
from briefings.sources.fetch import FIRST_ERROR_STATUS, NOT_MODIFIED, REDIRECTS
from briefings.sources.guard import AllowedHosts, why_dial_refused
from briefings.sources.kinds import why_type_unreadable

USER_AGENT = f"Briefbot/{version('briefbot')} (news briefings, on a reader's request)"
ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/feed+json, application/xml;q=0.9, text/*;q=0.8, application/json;q=0.7"
)
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a redirect's `location`, or else what was fetched."""

    fetched: Fetched
    location: str | None = None


@dataclass(slots=True)
class _Dialler:
    """Opens sockets for one exchange, and remembers the dials that it refused and allowed."""

    is_opened: bool
    refused: list[str] = field(default_factory=list)
    dialled: int = 0

    def __call__(self, addr_info: aiohttp.AddrInfoType) -> socket.socket:
        # The one place that sees every dial, names and literal addresses alike: a check of the
        # name beforehand could be answered differently a moment later.
        family, kind, protocol, _, address = addr_info
        if not self.is_opened:
            rule = why_dial_refused(str(address[0]), int(address[1]))
            if rule:
                self.refused.append(rule)
                raise PermissionError(rule)
        self.dialled += 1
        return socket.socket(family, kind, protocol)


async def exchange(
    url: str, *, asked: str, validators: Validators, allowed: AllowedHosts, max_bytes: int
) -> Answer:
    """Ask for `url` once; errors name the address `asked` for."""
    try:
        target = yarl.URL(url)
        dialler = _Dialler(is_opened=allowed.admit(target.host or "", target.port or 0))
    except ValueError as error:
        raise AddressRefused(asked, _led_to(url, asked) + "malformed address") from error
    try:
        async with (
            _open_session(dialler) as session,
            session.get(target, headers=_headers(validators), allow_redirects=False) as response,
        ):
            return await _read_answer(response, asked, max_bytes)
    except aiohttp.InvalidURL as error:
        raise AddressRefused(asked, _led_to(url, asked) + "malformed address") from error
    except (aiohttp.ClientError, OSError) as error:
        _end_if_interrupted(error)
        if dialler.refused and not dialler.dialled:
            raise AddressRefused(asked, _led_to(url, asked) + dialler.refused[0]) from error
        raise Unreachable(asked, _led_to(url, asked) + _describe(error)) from error


def _end_if_interrupted(error: BaseException) -> None:
    """Raise KeyboardInterrupt where that is what broke the answer off.

    aiohttp 3.14 takes whatever is raised while a piece of the body arrives for a broken answer,
    Ctrl-C included (cb_on_body in _http_parser.pyx), and names it as the cause.
    """
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        cause = cause.__cause__


def _open_session(dialler: _Dialler) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=dialler, force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        # The deadline over all redirects is the caller's; a second clock would only blur it.
        timeout=aiohttp.ClientTimeout(total=None),
        read_bufsize=_CHUNK_BYTES,
    )


def _headers(validators: Validators) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ACCEPT,
        "Accept-Language": "en",
        "Accept-Encoding": "gzip, br",
    }
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


async def _read_answer(response: aiohttp.ClientResponse, asked: str, max_bytes: int) -> Answer:
    location = response.headers.get("Location")
    if response.status in REDIRECTS and location:
        response.close()
        return Answer(_to_fetched(response, b""), location)
    if response.status == NOT_MODIFIED:
        return Answer(_to_fetched(response, b""))
    if response.status >= FIRST_ERROR_STATUS or response.status in REDIRECTS:
        response.close()
        raise Unreachable(asked, f"status {response.status}", status=response.status)
    if kind := why_type_unreadable(_media_type(response)):
        response.close()
        raise NotAnArticle(asked, kind)
    return Answer(_to_fetched(response, await _read_body(response, asked, max_bytes)))


async def _read_body(response: aiohttp.ClientResponse, asked: str, max_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > max_bytes:
            response.close()
            raise TooLarge(asked, limit=max_bytes)
    return bytes(body)


def _media_type(response: aiohttp.ClientResponse) -> str:
    """The declared type in lower case; empty where the server declared none."""
    return response.content_type.lower() if "Content-Type" in response.headers else ""


def _to_fetched(response: aiohttp.ClientResponse, body: bytes) -> Fetched:
    return Fetched(
        url=str(response.url),
        status=response.status,
        media_type=_media_type(response),
        charset=response.charset.lower() if response.charset else None,
        body=body,
        validators=Validators(
            etag=response.headers.get("ETag"), last_modified=response.headers.get("Last-Modified")
        ),
    )


def _led_to(url: str, asked: str) -> str:
    return "" if url == asked else f"it leads to {url}: "


def _describe(error: Exception) -> str:
    """What happened on the wire, in words without addresses or codes."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "no such host"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "no secure connection"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case aiohttp.ClientPayloadError() | aiohttp.ClientResponseError():
            return "broken answer"
    return "connection lost"
