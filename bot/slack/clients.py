"""Slack's Web API as we call it: one client that never sends twice, one that reads with patience.

They know no destination and no briefing.
"""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Final

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.refusals import UNNAMED_WAIT, read_wait

API_URL: Final = "https://slack.com/api/"
#: Seconds that one call may take.
_CALL: Final = 30
#: A longer wait, in seconds, is not slept through while somebody looks at the screen.
LONGEST_WAIT: Final = 15.0
#: Tokens, the ticket of a websocket's address, and addresses that anyone may post to.
_SECRETS = re.compile(
    r"(?:xox[a-z]|xapp)-[\w.-]+"
    r"|(?<=[?&]ticket=)[^\s&'\"]+"
    r"|https?://[^\s'\"]*/(?:commands|actions|services|workflows)/[^\s'\"]+"
)


class Redacted(logging.Filter):
    """Takes secrets out of whatever the SDK logs, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def redact(text: str) -> str:
    """`text` without tokens, tickets and addresses to answer to."""
    return _SECRETS.sub("***", text)


def sdk_logger() -> logging.Logger:
    """Where the SDK logs: without secrets, and never the bodies that it shows below INFO."""
    logger = logging.getLogger("bot.slack.sdk")
    if not any(isinstance(known, Redacted) for known in logger.filters):
        logger.addFilter(Redacted())
    logger.setLevel(logging.INFO)
    return logger


class _ShortWaits(AsyncRateLimitErrorRetryHandler):
    """Waits as Slack asks, unless that is long."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or not await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        ):
            return False
        return _wait_of(response) <= LONGEST_WAIT

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002  # as the SDK declares it
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        state.next_attempt_requested = True
        await asyncio.sleep(_wait_of(response) if response else 0)
        state.increment_current_attempt()


def _wait_of(response: HttpResponse) -> float:
    named = read_wait({name.lower(): str(found[0]) for name, found in response.headers.items()})
    return UNNAMED_WAIT if named is None else named


def posting_client(token: str, api_url: str = API_URL) -> AsyncWebClient:
    """For what must not happen twice: it never sends again by itself.

    The SDK's own handler sends again after a dropped connection: one call, two posts. Each call
    takes a connection of its own, so that one which Slack closed meanwhile is not taken for a
    message that may have been posted.
    """
    return _client(token, api_url, [])


def reading_client(token: str, api_url: str = API_URL) -> AsyncWebClient:
    """For what may be asked again: once more after a fault, or after a short wait."""
    handlers = [
        AsyncConnectionErrorRetryHandler(),
        AsyncServerErrorRetryHandler(),
        _ShortWaits(max_retry_count=2),
    ]
    return _client(token, api_url, handlers)


def answer_client(response_url: str) -> AsyncWebhookClient:
    """For one response_url; what Slack refused for the moment is sent again after a short wait."""
    return AsyncWebhookClient(
        response_url,
        timeout=_CALL,
        logger=sdk_logger(),
        retry_handlers=[_ShortWaits(max_retry_count=2)],
    )


def _client(token: str, api_url: str, handlers: list[AsyncRetryHandler]) -> AsyncWebClient:
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        timeout=_CALL,
        retry_handlers=handlers,
        logger=sdk_logger(),
    )
