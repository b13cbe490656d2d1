"""Socket Mode, supervised: a connection that stays lost is replaced by a new one.

The SDK reconnects by itself but for this: once an address was given out and its handshake failed,
it tries the same address for ever, though Slack takes each only once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any, Final

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.over_http import OnChange
from bot.slack.refusals import CALL_FAILED, word_of

#: Seconds: to connect, between looks at the connection, until a lost one is replaced, to close.
CONNECT, LOOK, LOST, CLOSE = 20.0, 1.0, 15.0, 5.0
#: Seconds between pings; so long may a dropped line go unnoticed.
PING: Final = 3
#: Seconds between connections that failed: the first, and the longest.
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
#: Slack's words for an app token that will never do.
_REFUSED: Final = frozenset(
    {
        "account_inactive",
        "forbidden_team",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_revoked",
    }
)

_log = logging.getLogger(__name__)


async def keep_connected(
    app: AsyncApp,
    client: AsyncWebClient,
    app_token: str,
    stop: asyncio.Event,
    *,
    on_change: OnChange,
    lost: float = LOST,
) -> None:
    """Stay connected until `stop`. Raises SlackApiError for a token that Slack refuses."""
    wait = _FIRST_WAIT
    while not stop.is_set():
        handler = AsyncSocketModeHandler(app, app_token, web_client=client, ping_interval=PING)
        try:
            if await _unless(stop, _connect(handler)):
                wait = _FIRST_WAIT
                await _watch(handler, stop, on_change, lost)
        except CALL_FAILED as error:
            if isinstance(error, SlackApiError) and word_of(error) in _REFUSED:
                raise
            _log.warning("slack: no connection (%s); next try in %g s", type(error).__name__, wait)
        finally:
            on_change(is_connected=False)
            await _close(handler)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """Connect to a fresh address, within a limit."""
    async with asyncio.timeout(CONNECT):
        # Asked for here: inside connect() the SDK swallows Slack's refusal of the token.
        handler.client.wss_uri = await handler.client.issue_new_wss_url()
        await handler.client.connect()  # type: ignore[no-untyped-call]  # as the SDK has it


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work unless `stop` is set first; whether it was done."""
    tasks = (asyncio.create_task(work), asyncio.create_task(stop.wait()))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0].done() and tasks[0].result() is None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(
    handler: AsyncSocketModeHandler, stop: asyncio.Event, on_change: OnChange, lost: float
) -> None:
    """Return when `stop` is set, or when the connection has been lost for `lost` seconds."""
    loop = asyncio.get_running_loop()
    seen_at = loop.time()
    while not stop.is_set() and loop.time() - seen_at < lost:
        is_connected = await handler.client.is_connected()
        on_change(is_connected=is_connected)
        if is_connected:
            seen_at = loop.time()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK)


async def _close(handler: AsyncSocketModeHandler) -> None:
    """Close, and wait for the SDK's tasks, which it only asks to end."""
    client = handler.client
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    try:
        async with asyncio.timeout(CLOSE):
            await client.close()  # type: ignore[no-untyped-call]  # as the SDK has it
    except CALL_FAILED as error:
        _log.info("slack: the connection was not closed in order (%s)", type(error).__name__)
    await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
