"""How fast a platform may be posted to: each channel, and the bot as a whole.

One for the whole process: whoever posts takes a turn here first. It sends nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.platform import Destination, PlatformName

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` turns in any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows a channel, and all of them together where it limits that."""

    channel: Rate
    whole: Rate | None = None


#: docs.slack.dev, "Rate limits"; discord.com/developers/docs/topics/rate-limits. Slack's further
#: cap for a workspace is unpublished: its 429 is obeyed.
PUBLISHED: Final[Mapping[PlatformName, Limits]] = {
    "slack": Limits(Rate(1, 1.0)),
    "discord": Limits(Rate(5, 5.0), Rate(50, 1.0)),
}


class _Bucket:
    """Turns taken of one rate; they are given in the order in which they were asked for."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._given = deque[float](maxlen=rate.count)
        self._not_before = 0.0

    def reserve(self, now: float) -> float:
        """The instant of the next turn, which is taken with this."""
        turn = max(now, self._not_before)
        if len(self._given) == self._rate.count:
            turn = max(turn, self._given[0] + self._rate.seconds)
        self._given.append(turn)
        return turn

    def hold(self, until: float) -> None:
        self._not_before = max(self._not_before, until)

    def is_idle(self, now: float) -> bool:
        """Whether a new bucket would give the same turns."""
        latest = self._given[-1] if self._given else 0.0
        return now > max(self._not_before, latest + self._rate.seconds)


class Pace:
    """The shared limiter. `monotonic`: seconds of a clock that nobody sets; `sleep`: waits them."""

    def __init__(
        self,
        limits: Mapping[PlatformName, Limits] = PUBLISHED,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._sleep = sleep
        self._channels: dict[Destination, _Bucket] = {}
        self._whole = {
            name: _Bucket(limit.whole) for name, limit in limits.items() if limit.whole is not None
        }
        self._swept_at = monotonic()

    async def turn(self, destination: Destination) -> None:
        """Wait until a message may go to this channel."""
        limit = self._limits.get(destination.platform)
        if limit is None:
            return
        await self._wait(self._channel(destination, limit))
        # Only who may go to its channel stands in line for the bot: a slow channel holds up none.
        whole = self._whole.get(destination.platform)
        if whole is not None:
            await self._wait(whole)

    def hold(self, destination: Destination, seconds: float) -> None:
        """Let nothing go to this channel for so long: its platform asked for it."""
        limit = self._limits.get(destination.platform)
        if limit is not None:
            self._channel(destination, limit).hold(self._monotonic() + seconds)

    async def _wait(self, bucket: _Bucket) -> None:
        now = self._monotonic()
        turn = bucket.reserve(now)
        if turn > now:
            await self._sleep(turn - now)

    def _channel(self, destination: Destination, limit: Limits) -> _Bucket:
        self._sweep()
        return self._channels.setdefault(destination, _Bucket(limit.channel))

    def _sweep(self) -> None:
        """Once a minute, forget channels that nobody posted to of late."""
        now = self._monotonic()
        if now - self._swept_at > 60:  # noqa: PLR2004  # seconds
            self._swept_at = now
            self._channels = {d: b for d, b in self._channels.items() if not b.is_idle(now)}
