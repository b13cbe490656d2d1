"""Slack's requests over signed HTTP: what is not signed by Slack, or stale, goes no further.

bolt checks as well, but writes a refused request's whole body to the log; it sees none of those.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final, Protocol
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

PATH: Final = "/slack/events"
#: Bytes of a request: a message with all its blocks has far fewer.
_LARGEST: Final = 1_000_000
#: Seconds that answers under way get when we stop; each is an acknowledgement.
_CLOSING: Final = 3.0

_log = logging.getLogger(__name__)


class OnChange(Protocol):
    """Hears whether Slack can reach us."""

    def __call__(self, *, is_connected: bool) -> None: ...


async def serve_http(
    app: AsyncApp,
    signing_secret: str,
    stop: asyncio.Event,
    *,
    host: str,
    port: int,
    path: str,
    on_change: OnChange,
) -> None:
    """Serve until `stop`. Raises OSError where the port is taken."""
    runner = web.AppRunner(
        build_web_app(app, signing_secret, path), access_log=None, shutdown_timeout=_CLOSING
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        on_change(is_connected=True)
        await stop.wait()
    finally:
        await runner.cleanup()


def build_web_app(app: AsyncApp, signing_secret: str, path: str = PATH) -> web.Application:
    """The web application that takes what Slack sends to `path`."""
    if not signing_secret:
        raise ValueError("requests can't be checked without a signing secret")
    verifier = SignatureVerifier(signing_secret)

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if not (_is_signed(verifier, request, body) or _is_certificate_check(body)):
            _log.warning("a request with a wrong or stale signature was refused")
            return web.json_response({"error": "invalid request"}, status=401)
        asked = await _read(request)
        if asked is None:
            _log.warning("a signed request that can't be read was refused")
            return web.json_response({"error": "malformed request"}, status=400)
        return await to_aiohttp_response(await app.async_dispatch(asked))

    async def tell_alive(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    served = web.Application(client_max_size=_LARGEST)
    served.add_routes([web.post(path, take), web.get(path, tell_alive)])
    return served


async def _read(request: web.Request) -> AsyncBoltRequest | None:
    """What bolt takes; None for a body that is neither a form nor a JSON object."""
    try:
        asked = await to_bolt_request(request)
    except (AttributeError, TypeError, ValueError):
        return None
    return asked if isinstance(asked.body, dict) else None


def _is_signed(verifier: SignatureVerifier, request: web.Request, body: bytes) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    try:
        return bool(verifier.is_valid(body, timestamp, signature))
    except (TypeError, ValueError):  # a timestamp, signature or body that is no such thing
        return False


def _is_certificate_check(body: bytes) -> bool:
    """Slack asks now and then whether the certificate holds; bolt answers, and nothing is done."""
    return parse_qs(body.decode(errors="replace")).get("ssl_check") == ["1"]
