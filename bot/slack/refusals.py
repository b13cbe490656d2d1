"""What Slack refuses, in our errors: which were certainly not posted, and which may have been.

It calls nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import (
    DeliveryError,
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    DestinationGone,
    PermissionMissing,
    RateLimited,
)
from bot.platform import Destination

#: What Slack's words mean (docs.slack.dev/reference/methods/chat.postMessage, "Errors"). A word
#: that is not here, answered with status 200, is a message that Slack took for malformed.
MEANINGS: Final[Mapping[type[DeliveryError], frozenset[str]]] = {
    DestinationGone: frozenset(
        {
            "account_inactive",
            "channel_not_found",
            "is_archived",
            "is_inactive",
            "org_login_required",
            "team_not_found",
            "token_revoked",
            "user_not_found",
        }
    ),
    PermissionMissing: frozenset(
        {
            "access_denied",
            "as_user_not_supported",
            "cannot_dm_bot",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "invalid_auth",
            "messages_tab_disabled",
            "method_not_supported_for_channel_type",
            "missing_scope",
            "no_permission",
            "not_allowed_token_type",
            "not_authed",
            "not_in_channel",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
            "team_access_not_granted",
            "token_expired",
            "two_factor_setup_required",
            "user_is_restricted",
            "user_not_in_channel",
        }
    ),
    RateLimited: frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"}),
    DeliveryFailed: frozenset({"accesslimited", "team_added_to_org"}),
    # "It's possible some aspect of the operation succeeded before the error was raised."
    DeliveryUncertain: frozenset(
        {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
    ),
}
_KINDS: Final = {word: kind for kind, words in MEANINGS.items() for word in words}
#: Seconds to wait where Slack says "too many" and not for how long; longer with each further try,
#: past a minute, as its limits count by the minute.
UNNAMED_WAIT: Final = 5.0
_TOO_MANY, _SERVER_FAULT = 429, 500
#: Nothing was sent: the connection itself was not made.
_NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
#: What a call can raise; the last where a proxy answers with plain text and status 200.
CALL_FAILED: Final = (
    aiohttp.ClientError,
    asyncio.TimeoutError,
    OSError,
    SlackApiError,
    AttributeError,
)


def to_error(destination: Destination, error: Exception) -> DeliveryError:
    """Our error for what a call of the Web API raised: one of CALL_FAILED."""
    if isinstance(error, _NOT_REACHED):
        return DeliveryFailed(destination, type(error).__name__)
    if not isinstance(error, SlackApiError):
        return DeliveryUncertain(destination, type(error).__name__)
    status, word = status_of(error), word_of(error)
    kind = _KINDS.get(word)
    if status == _TOO_MANY or kind is RateLimited:
        named = wait_of(error)
        wait = UNNAMED_WAIT if named is None else named
        return RateLimited(destination, retry_after=wait, is_guess=named is None)
    if kind is None:
        is_answer = bool(word) and status < _SERVER_FAULT
        kind = DeliveryRefused if is_answer else DeliveryUncertain
    return kind(destination, word or f"status {status}")


def to_doubt(destination: Destination, error: Exception) -> DeliveryError:
    """For a look-up that failed: nothing is proved by it, though it may be asked again."""
    ours = to_error(destination, error)
    return ours if ours.retryable else DeliveryUncertain(destination, ours.detail)


def word_of(error: SlackApiError) -> str:
    """Slack's own word for what is wrong; empty where it gave none, or no JSON."""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or "") if isinstance(answer, Mapping) else ""


def status_of(error: SlackApiError) -> int:
    """The answer's HTTP status."""
    response: Any = error.response
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


def wait_of(error: SlackApiError) -> float | None:
    """Seconds that Slack asks us to wait: its header Retry-After; None where it says none."""
    headers = getattr(error.response, "headers", None) or {}
    return read_wait({str(name).lower(): str(value) for name, value in headers.items()})


def read_wait(headers: Mapping[str, str]) -> float | None:
    """The same of headers with names in lower case."""
    try:
        return max(float(headers.get("retry-after", "")), 0.0)
    except ValueError:
        return None
