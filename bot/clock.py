"""The clock: APScheduler calls what has to be looked at every so often. Nothing else is here.

What is due is read from our own table at each tick; no schedule is ever a job of the library's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

Work = Callable[[], Awaitable[None]]


class Clock:
    """Calls each of its works again and again, one call of a work at a time."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            job_defaults={
                # The library drops what is a second late unless it is told not to.
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
            },
            timezone="UTC",
        )
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    def every(self, seconds: float, work: Work, name: str, *, at_once: bool = False) -> None:
        """Call `work` every so many seconds, counted from the minute; `at_once`: also now.

        Slots are due on the full minute: a look there finds them without delay.
        """
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        trigger = IntervalTrigger(seconds=seconds, start_date=minute, timezone="UTC")
        first = {"next_run_time": datetime.now(UTC)} if at_once else {}
        self._scheduler.add_job(self._call, trigger, (work,), id=name, **first)

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self, within: float) -> None:
        """Call nothing more; wait at most `within` seconds for what is under way."""
        self._is_stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)

    async def _call(self, work: Work) -> None:
        task = asyncio.ensure_future(work())
        self._under_way.add(task)
        try:
            # The library cancels its own task when it is shut down; the work goes on to its end.
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if not self._is_stopping:  # else it would be logged as a failure
                raise
        finally:
            task.add_done_callback(self._under_way.discard)
