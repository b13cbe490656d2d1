"""One piece of work for all who ask for it while it is under way. It keeps no results."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Work by its key. An error reaches all who wait."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Future[T]] = {}

    async def run(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` gives, called only where no work of this key is under way."""
        work = self._under_way.get(key)
        if work is None:
            work = asyncio.ensure_future(make())
            self._under_way[key] = work
            work.add_done_callback(lambda done: self._forget(key, done))
        # Who gives up waiting takes nothing away from the others.
        return await asyncio.shield(work)

    def _forget(self, key: str, done: asyncio.Future[T]) -> None:
        del self._under_way[key]
        if not done.cancelled():
            done.exception()  # seen, even where nobody waits any more
