"""Calls Discord's HTTP API for delivery, and knows of each call whether it can have arrived.

It opens no gateway: posting works while that is down, and in a process that runs none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, TypeVar

import aiohttp
import discord
from discord.http import Route
from discord.voice_client import VoiceClient

#: The least that discord.py takes: a longer wait is raised as RateLimited instead of slept.
LONGEST_WAIT: Final = 30.0
_SERVER_ERROR: Final = 500
_UNAUTHORIZED: Final = 401
# We play no sound, and nobody need read in each log that we could not.
VoiceClient.warn_nacl = VoiceClient.warn_dave = False

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Attempt:
    """What is known of one call. discord.py tries up to five times, so it may be several requests.

    `unanswered`: requests that left and were not answered below 500: each may have taken effect.
    `status`, `retry_after`: of the last answer.
    """

    unanswered: int = 0
    status: int | None = None
    retry_after: float | None = None


class DiscordApi:
    """One logged-in HTTP client, made with the first call.

    `deadline`: seconds for one call, waiting for limits included. A token that Discord refused is
    never shown to it again: 10,000 refused requests in 10 minutes ban the address (Discord,
    "Invalid Request Limit").
    """

    def __init__(self, token: str, *, deadline: float) -> None:
        self._token = token
        self._deadline = deadline
        self._client: discord.Client | None = None
        self._is_refused = False
        self._opening = asyncio.Lock()

    async def client(self) -> discord.Client:
        """The client, logged in. Raises LoginFailure, HTTPException, aiohttp's errors, OSError."""
        async with self._opening:
            if self._is_refused:
                raise discord.LoginFailure("refused before")
            if self._client is None:
                self._client = await self._log_in()
            return self._client

    async def call(
        self,
        attempt: Attempt,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        **parameters: str,
    ) -> Any:  # noqa: ANN401  # JSON: each caller knows the shape of its answer
        """The decoded answer. `path` with `parameters` in braces; `attempt` is filled in."""
        client = await self.client()
        options: dict[str, Any] = {"trace_request_ctx": attempt}
        if body is not None:
            options["json"] = body
        if params is not None:
            options["params"] = params
        try:
            return await self.within(
                client, client.http.request(Route(method, path, **parameters), **options)
            )
        except discord.HTTPException as error:
            self._is_refused |= error.status == _UNAUTHORIZED
            raise

    async def within(self, client: discord.Client, work: Awaitable[Answer]) -> Answer:
        """`work` of this client, within the deadline. Raises TimeoutError."""
        async with asyncio.timeout(self._deadline):
            try:
                return await work
            except asyncio.CancelledError:
                # Stopped while it waits out a limit of the whole bot, discord.py 2.7 would never
                # let another request through.
                client.http._global_over.set()  # noqa: SLF001
                raise

    async def close(self) -> None:
        """Hang up. What is under way by then fails."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _log_in(self) -> discord.Client:
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            http_trace=_trace(),
        )
        try:
            async with asyncio.timeout(self._deadline):
                await client.login(self._token)
        except BaseException as error:
            self._is_refused = isinstance(error, discord.LoginFailure)
            await client.close()
            raise
        return client


def _trace() -> aiohttp.TraceConfig:
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_note_sent)
    trace.on_request_end.append(_note_answer)
    return trace


async def _note_sent(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
    attempt = context.trace_request_ctx
    if attempt is not None:
        attempt.unanswered += 1


async def _note_answer(
    _: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    attempt = context.trace_request_ctx
    if attempt is None:
        return
    attempt.status = params.response.status
    attempt.retry_after = _seconds(params.response.headers.get("Retry-After"))
    if attempt.status < _SERVER_ERROR:
        attempt.unanswered -= 1


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None  # HTTP also allows a date there; Discord sends seconds
