"""What Discord's errors mean for a delivery, by its published error codes.

It decides only whether a message can have been posted, and what is to blame.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.discord.api import Attempt
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

#: Discord, "JSON Error Codes".
UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MEMBER: Final = 10007
UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_USER: Final = 10013
ALREADY_ACKNOWLEDGED: Final = 40060
THREAD_EXISTS: Final = 160004

#: Seconds where a 429 does not say how long; longer with each further try, up to minutes: so long
#: do Cloudflare's blocks last.
UNSAID_WAIT: Final = 5.0
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_TOO_MANY: Final = 429
_OK: Final = range(200, 300)
_REFUSED: Final = range(400, 500)


def to_delivery_error(
    error: BaseException, destination: Destination, attempt: Attempt
) -> DeliveryError:
    """Our error for one of discord.py's or aiohttp's, raised by the call that `attempt` is about.

    Uncertain as soon as one of its requests may have been obeyed, whatever came afterwards.
    """
    detail = describe(error, attempt)
    if attempt.unanswered:
        return DeliveryUncertain(destination, detail)
    status = error.status if isinstance(error, discord.HTTPException) else attempt.status
    if isinstance(error, discord.RateLimited) or status == _TOO_MANY:
        named = _wait_of(error, attempt)
        return RateLimited(destination, retry_after=named or UNSAID_WAIT, is_guess=not named)
    return _kind_of(error, status)(destination, detail)


def describe(error: BaseException, attempt: Attempt | None = None) -> str:
    """Discord's own words, or the kind of failure; never an address, which may hold a token."""
    if isinstance(error, discord.HTTPException):
        return f"{error.status} {error.code}: {error.text}"[:200]
    if isinstance(error, discord.LoginFailure):
        return "the token is refused"
    status = f" after HTTP {attempt.status}" if attempt and attempt.status else ""
    return f"{type(error).__name__}{status}"


def _kind_of(error: BaseException, status: int | None) -> type[DeliveryError]:
    if isinstance(error, discord.LoginFailure) or status == _UNAUTHORIZED:
        return PermissionMissing
    if status in {_FORBIDDEN, _NOT_FOUND} and not getattr(error, "code", 0):
        return DeliveryFailed  # without one of Discord's codes, something in between answered
    if status in _OK:
        return DeliveryUncertain
    kinds = {_FORBIDDEN: PermissionMissing, _NOT_FOUND: DestinationGone}
    return kinds.get(status or 0, DeliveryRefused if status in _REFUSED else DeliveryFailed)


def _wait_of(error: BaseException, attempt: Attempt) -> float | None:
    return error.retry_after if isinstance(error, discord.RateLimited) else attempt.retry_after
