"""One slot from beginning to end: claimed, planned, delivered, recorded; many at a time.

The steps' insides are elsewhere: `planning` decides what to post, `delivery` sends it once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from weakref import WeakValueDictionary

from bot.briefer import Briefer
from bot.delivery import Deliverer
from bot.feeds import FeedReader
from bot.leases import Leases
from bot.messages.commands import NO_PLATFORM
from bot.metrics import Metrics
from bot.planning import Planner, Prepared
from bot.platform import Platform, PlatformName
from bot.schedule import Schedule
from bot.service_logs import bind
from bot.slots import LoggedSlot, Slot, SlotPlan
from bot.store.port import PlanOutdated, Store
from briefings.article import Feed
from briefings.ports import Clock

_log = logging.getLogger(__name__)
#: Slots taken from the store at a time, and prepared at the same time; what one channel waits for
#: holds up no other.
_BATCH, _AT_ONCE = 300, 64
#: So many take what is due side by side: while one waits for a database on the network, the other
#: reads what it was given. SQLite lets them in one after the other.
_CLAIMERS = 2
#: So long after its slot what nobody could tell of is looked at again: further back, a channel may
#: hold more than can be searched.
_LOOK_BACK = timedelta(days=3)
#: A plan is made anew so often where another slot of the schedule got in before.
_PLANS = 5
#: Slots under way are looked for among so many of a schedule's latest.
_LATEST = 10


@dataclass
class _Door:
    """A place among those that are being planned; given back once."""

    room: asyncio.Semaphore
    is_open: bool = True

    def close(self, *_: object) -> None:
        if self.is_open:
            self.is_open = False
            self.room.release()


class Rounds:
    """Works slots off, each once, many at a time."""

    def __init__(
        self,
        *,
        store: Store,
        briefer: Briefer,
        feeds: FeedReader,
        platforms: Mapping[PlatformName, Platform],
        deliverer: Deliverer,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._feeds = feeds
        self._planner = Planner(
            store=store, briefer=briefer, feeds=feeds, platforms=platforms, clock=clock
        )
        self._platforms = platforms
        self._deliverer = deliverer
        self._clock = clock
        self._metrics = metrics
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()
        #: Claimed and not begun yet, and who begins with them.
        self._line: deque[Slot] = deque()
        self._beginning: asyncio.Task[None] | None = None
        self._doors = asyncio.Semaphore(2 * _AT_ONCE)
        #: One slot of a schedule at a time chooses what to post: the next must know of it.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        #: Schedules with a slot that ended in doubt, to be looked at again with their next.
        self._in_doubt: set[str] = set()
        self._leases = Leases(store, clock)

    async def find_feed(self, url: str) -> Feed:
        """The feed at an address, or the one that a site names. Raises SourceError."""
        return await self._feeds.find(url)

    async def preview(self, schedule: Schedule, *, until: datetime | None = None) -> Prepared:
        """What the schedule would post now. Nothing is posted, stored or marked as seen.

        `until`: without what was published later.
        """
        return await self._planner.prepare(schedule, until)

    async def run_now(self, schedule: Schedule, *, asked_by: str) -> LoggedSlot | None:
        """Post now what is new, out of turn; None where a slot is under way, or it is gone."""
        latest = await self._store.list_slots(schedule.id, _LATEST)
        if any(slot.state in ("open", "planned") for slot in latest):
            return None
        now = self._clock.now()
        slot = await self._store.open_slot(schedule.id, now, now=now, asked_by=asked_by)
        if slot is None:
            return None
        # A task of its own: whoever gives up waiting does not break off the posting.
        await asyncio.wait([self._start(slot)])
        logged = await self._store.list_slots(schedule.id, _LATEST)
        return next((one for one in logged if one.slot_at == slot.slot_at), None)

    async def tick(self) -> None:
        """Take all that is due and line it up; it waits neither for the beginning nor for the end.

        What is begun takes time from the claiming of the rest, which would be late.
        """
        claimed = await asyncio.gather(*(self._claim() for _ in range(_CLAIMERS)))
        # Who wants the same feeds comes one after the other, while what was read is still at hand.
        self._line.extend(sorted(chain(*claimed), key=lambda slot: slot.schedule.feeds))
        if self._line and (self._beginning is None or self._beginning.done()):
            self._beginning = asyncio.ensure_future(self._begin())

    async def _claim(self) -> list[Slot]:
        """Take what is due, batch by batch, until nothing is left."""
        claimed: list[Slot] = []
        while slots := await self._store.claim_due(self._clock.now(), _BATCH):
            for slot in slots:
                lateness = self._clock.now() - slot.slot_at
                self._metrics.slot_lateness.observe(lateness.total_seconds())
                self._leases.hold(slot)
            claimed += slots
        return claimed

    async def sweep(self) -> None:
        """Take over slots whose holder died at work."""
        for slot in await self._store.claim_unfinished(self._clock.now(), _BATCH):
            # Our own is still at work where only the renewing failed.
            if slot not in self._leases:
                self._start(slot)

    async def look_again(self, schedule_id: str | None = None) -> None:
        """Take up slots that ended in doubt, of one schedule or all: there may be proof by now."""
        now = self._clock.now()
        for slot in await self._store.claim_uncertain(
            now,
            _BATCH,
            since=now - _LOOK_BACK,
            platforms=tuple(self._platforms),
            schedule_id=schedule_id,
        ):
            self._start(slot)

    @property
    def is_busy(self) -> bool:
        return bool(self._at_work())

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while at_work := self._at_work():
            await asyncio.wait(at_work)

    async def finish(self, within: float) -> int:
        """Wait for what is under way; how many slots are left to whoever starts next."""
        end = time.monotonic() + within
        while (at_work := self._at_work()) and (rest := end - time.monotonic()) > 0:
            await asyncio.wait(at_work, timeout=rest)
        left = {task for task in self._under_way if not task.done()}
        for task in self._at_work():
            task.cancel()
        await asyncio.gather(*self._at_work(), return_exceptions=True)
        waiting = [self._line.popleft() for _ in range(len(self._line))]
        for slot in waiting:
            self._leases.let_go(slot)
        return len(left) + len(waiting)

    def _at_work(self) -> set[asyncio.Task[None]]:
        beginning = self._beginning
        return self._under_way | ({beginning} if beginning and not beginning.done() else set())

    async def _begin(self) -> None:
        """Begin with what stands in line as room is: a task for each at once would be a burden."""
        while self._line:
            await self._doors.acquire()
            door = _Door(self._doors)
            self._start(self._line.popleft(), door.close).add_done_callback(door.close)
            await asyncio.sleep(0)  # commands are acknowledged meanwhile

    def _start(
        self, slot: Slot, on_planned: Callable[[], None] = lambda: None
    ) -> asyncio.Task[None]:
        task = asyncio.ensure_future(self._work(slot, on_planned))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _work(self, slot: Slot, on_planned: Callable[[], None]) -> None:
        bind(schedule=slot.schedule.id, slot=slot.slot_at.isoformat())
        try:
            if slot.state == "planned" and not self._is_set_up(slot):
                _log.warning("the platform of a planned slot is not set up")
                return
            with self._leases.holding(slot):
                if slot.state == "open" and slot.schedule.id in self._in_doubt:
                    self._in_doubt.discard(slot.schedule.id)
                    await self.look_again(slot.schedule.id)
                if slot.state == "open" and not await self._plan(slot):
                    return  # somebody else has taken it over, or its schedule is removed
                on_planned()
                state = await self._deliverer.deliver(slot)
                if state == "uncertain":
                    self._in_doubt.add(slot.schedule.id)
                self._metrics.slots.labels(state).inc()
                _log.info("slot done", extra={"outcome": state})
        except Exception:  # noqa: BLE001  # whatever it was, the other slots go on
            # Its lease runs out, and the next sweep takes it up where the ledger says it stands.
            _log.exception("slot failed")
            self._metrics.slots.labels("error").inc()

    async def _plan(self, slot: Slot) -> bool:
        """Decide what the slot posts, and write it down; False where it is no longer ours."""
        if not self._is_set_up(slot):
            name = slot.schedule.destination.platform.capitalize()
            plan = SlotPlan(remarks=(NO_PLATFORM.format(platform=name),))
            return await self._store.plan_slot(slot, plan) is not None
        async with self._turns.setdefault(slot.schedule.id, asyncio.Lock()), self._room:
            for _ in range(_PLANS - 1):
                try:
                    return await self._plan_once(slot)
                except PlanOutdated:
                    _log.info("planned anew: another slot of the schedule got in before")
            return await self._plan_once(slot)

    async def _plan_once(self, slot: Slot) -> bool:
        """Raises PlanOutdated where another process planned for the schedule meanwhile."""
        plan = await self._planner.plan(slot)
        return await self._store.plan_slot(slot, plan) is not None

    def _is_set_up(self, slot: Slot) -> bool:
        return slot.schedule.destination.platform in self._platforms
