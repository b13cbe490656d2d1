"""Work that goes on after an acknowledgement: so much at once, so much waiting, and an end.

It knows nothing of Slack.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


class Workers:
    """At most `at_once` pieces of work under way, and `waiting` more in line."""

    def __init__(self, *, at_once: int = 16, waiting: int = 400) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> bool:
        """Begin, or stand in line; False, and nothing is done, where the line is full."""
        if len(self._tasks) >= self._most:
            work.close()
            return False
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def finish(self, within: float) -> int:
        """Wait up to `within` seconds for what was begun; how much had to be cut short."""
        if not self._tasks:
            return 0
        _, unfinished = await asyncio.wait(set(self._tasks), timeout=within)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return len(unfinished)

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._room:
                await work
        except asyncio.CancelledError:
            work.close()  # it may not have begun
            raise
        except Exception:  # noqa: BLE001  # or asyncio reports it late, in its own words
            _log.exception("work after an acknowledgement failed")
