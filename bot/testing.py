"""Hand-written stand-ins for tests: a platform whose outcomes are queued beforehand, and a store.

Nothing that runs for a user imports it.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.errors import DeliveryUncertain
from bot.platform import Destination, Message, PlatformName, Posted, Rights
from bot.store.memory import MemoryStore, Tables
from briefings.rendering.nodes import Document

__all__ = ["FakePlatform", "FakeTime", "MemoryStore", "Post", "Tables"]


@dataclass(frozen=True, slots=True)
class Post:
    """A message that stands in a channel of the fake platform."""

    destination: Destination
    message: Message
    nonce: str
    thread_id: str | None
    id: str


class FakeTime:
    """A clock for all that waits: when nothing else can go on, it leaps to the next awakening."""

    def __init__(self, instant: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self._start = instant
        self.seconds = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._leaping: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.seconds + seconds, next(self._order), awake))
        if self._leaping is None or self._leaping.done():
            self._leaping = asyncio.ensure_future(self._leap())
        await awake

    async def _leap(self) -> None:
        while self._sleepers:
            for _ in range(100):  # rounds of the loop: enough for what runs in memory to settle
                await asyncio.sleep(0)
            until, _, awake = heapq.heappop(self._sleepers)
            self.seconds = max(self.seconds, until)
            if not awake.done():
                awake.set_result(None)


class FakePlatform:
    """Posts into `posted`, a list. What was queued for a call to `post` happens there instead.

    `calls` counts the calls, those that failed too.
    """

    def __init__(self, name: PlatformName = "slack") -> None:
        self._name = name
        self.posted: list[Post] = []
        self.calls = 0
        #: By channel: what the platform says of rights there. None missing unless set.
        self.rights_of: dict[str, Rights] = {}
        #: While it is True, nobody can tell what stands in a channel.
        self.is_blind = False
        self._queued: defaultdict[str, deque[tuple[BaseException | None, bool]]] = defaultdict(
            deque
        )
        #: Awaited at the beginning of every call to `post`, where a test sets one.
        self.before: Callable[[Destination], Awaitable[None]] | None = None
        self._ids = count(1)

    @property
    def name(self) -> PlatformName:
        return self._name

    def queue(self, channel_id: str, outcome: BaseException | None, *, lands: bool = False) -> None:
        """The next call for this channel raises `outcome`; None: it succeeds after all.

        `lands`: the message stands in the channel all the same, as after a lost answer.
        """
        self._queued[channel_id].append((outcome, lands))

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        parts = [Message({"text": top.title})]
        if details is not None:
            parts.append(Message({"text": details.title}, is_detail=True))
        return tuple(parts)

    def to_body(
        self,
        destination: Destination,  # noqa: ARG002  # the port's
        message: Message,
        *,
        nonce: str,
        thread_id: str | None,  # noqa: ARG002
    ) -> Mapping[str, Any]:
        return {**message.body, "nonce": nonce}

    async def post(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Posted:
        self.calls += 1
        if self.before:
            await self.before(destination)
        queued = self._queued[destination.channel_id]
        outcome, lands = queued.popleft() if queued else (None, True)
        post = Post(destination, message, nonce, thread_id, f"m{next(self._ids)}")
        if outcome is None or lands:
            self.posted.append(replace(post))
        if outcome is not None:
            raise outcome
        return Posted(post.id, thread_id or post.id)

    async def find_posted(
        self,
        destination: Destination,
        nonce: str,
        attempted_at: datetime,  # noqa: ARG002  # the port's
        *,
        thread_id: str | None,
    ) -> Posted | None:
        if self.is_blind:
            raise DeliveryUncertain(destination, "history can't be read")
        for post in self.posted:
            where = (post.destination, post.nonce, post.thread_id)
            if where == (destination, nonce, thread_id):
                return Posted(post.id, post.thread_id or post.id)
        return None

    async def rights(
        self,
        destination: Destination,
        asker_id: str | None = None,  # noqa: ARG002  # the port's
    ) -> Rights:
        return self.rights_of.get(destination.channel_id, Rights(may_manage=True))
