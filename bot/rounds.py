"""One slot from beginning to end: read the feeds, select, brief, plan, deliver, record.

The steps' insides are elsewhere: `selection` picks, `briefer` briefs, `delivery` sends once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from bot.briefer import Briefer
from bot.delivery import Deliverer
from bot.engines import Wish, name_payer
from bot.feeds import FeedReader
from bot.messages.chat import explain_in_chat
from bot.messages.commands import NO_ENTRIES, NO_PLATFORM
from bot.messages.models import list_costs
from bot.metrics import Metrics
from bot.platform import Platform, PlatformName
from bot.posts import Post, Report, posts_of
from bot.schedule import Schedule
from bot.selection import Listed, Selection, key_of, published_at, select
from bot.service_logs import bind
from bot.slots import Delivery, LoggedSlot, Skipped, Slot, SlotPlan, Story
from bot.store.port import KEEP_STORIES, LEASE, PlanOutdated, Store
from briefings.article import Feed
from briefings.briefing import Briefing
from briefings.errors import BriefingError, SourceError
from briefings.ports import Clock
from briefings.summarizers.llm.budget import paid_by

P = ParamSpec("P")
T = TypeVar("T")

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
#: 18 bytes are 24 characters: both platforms' mark holds 25.
_NONCE_BYTES = 18


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a slot would post, and why the rest is left out; nothing of it is stored yet.

    `remarks`: a sentence for each feed that is empty or could not be read.
    `based_on`: see SlotPlan.
    """

    posts: tuple[Post, ...] = ()
    seen: frozenset[str] = frozenset()
    stories: tuple[Story, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    based_on: int | None = None


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
        self._briefer = briefer
        self._feeds = feeds
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
        #: Where messages are composed, one after the other: each takes some milliseconds, and many
        #: wait for one article and wake together. The loop goes on. One thread, because each that
        #: ever ran keeps memory of its own.
        self._desk = ThreadPoolExecutor(1, "desk")
        #: One slot of a schedule at a time chooses what to post: the next must know of it.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        #: Schedules with a slot that ended in doubt, to be looked at again with their next.
        self._in_doubt: set[str] = set()
        self._held: dict[tuple[str, datetime], Slot] = {}
        self._renewing: asyncio.Task[None] | None = None

    async def find_feed(self, url: str) -> Feed:
        """The feed at an address, or the one that a site names. Raises SourceError."""
        return await self._feeds.find(url)

    async def preview(self, schedule: Schedule, *, until: datetime | None = None) -> Prepared:
        """What the schedule would post now. Nothing is posted, stored or marked as seen.

        `until`: without what was published later.
        """
        return await self._prepare(schedule, until)

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
                self._hold(slot)
            claimed += slots
        return claimed

    async def sweep(self) -> None:
        """Take over slots whose holder died at work."""
        for slot in await self._store.claim_unfinished(self._clock.now(), _BATCH):
            # Our own is still at work where only the renewing failed.
            if slot.key not in self._held:
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
            self._let_go(slot)
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
            with self._holding(slot):
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
        prepared = await self._prepare(slot.schedule)
        plan = await self._at_desk(self._planned, slot, prepared)
        return await self._store.plan_slot(slot, plan) is not None

    async def _at_desk(self, compose: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._desk, partial(compose, *args, **kwargs))

    def _is_set_up(self, slot: Slot) -> bool:
        return slot.schedule.destination.platform in self._platforms

    @contextmanager
    def _holding(self, slot: Slot) -> Iterator[None]:
        """Have the slot's lease renewed while it is worked on."""
        self._hold(slot)
        try:
            yield
        finally:
            self._let_go(slot)

    def _hold(self, slot: Slot) -> None:
        self._held[slot.key] = slot
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.ensure_future(self._renew())

    def _let_go(self, slot: Slot) -> None:
        self._held.pop(slot.key, None)
        if not self._held and self._renewing is not None:
            self._renewing.cancel()

    async def _renew(self) -> None:
        """Renew the leases of all slots at work, in one transaction each time."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._store.renew_leases(tuple(self._held.values()), self._clock.now())
            except Exception:  # noqa: BLE001  # the next try may come in time
                _log.exception("leases not renewed")

    async def _prepare(self, schedule: Schedule, until: datetime | None = None) -> Prepared:
        listed, remarks = await self._list(schedule)
        if until is not None:
            listed = [one for one in listed if (published_at(one) or until) <= until]
        based_on = await self._store.last_story(schedule.id)  # before anything that it is about
        chosen = await self._select(schedule, listed)
        reports: list[Report] = []
        skipped, seen, stories = list(chosen.skipped), set(chosen.seen), list[Story]()
        where = schedule.destination
        wish = Wish(schedule.engine, schedule.language)
        with paid_by(name_payer(where.platform, where.tenant_id)) as bill:
            made = await asyncio.gather(*(self._brief(c.listed, wish) for c in chosen.chosen))
        remarks += list_costs(bill.charges, [one for one in made if isinstance(one, Briefing)])
        for choice, outcome in zip(chosen.chosen, made, strict=True):
            if isinstance(outcome, BriefingError):
                skipped.append(_unreadable(choice.listed, outcome))
                if outcome.retryable:
                    seen -= choice.keys
                continue
            also = tuple((other.feed.title, other.entry.url or "") for other in choice.also)
            reports.append(Report(outcome, also))
            stories.append(choice.story)
        name = schedule.name or (listed[0].feed.title if listed else schedule.id)
        posts = await self._at_desk(posts_of, reports, schedule.mode, name)
        return Prepared(
            posts=posts,
            seen=frozenset(seen),
            stories=tuple(stories),
            skipped=tuple(skipped),
            remarks=tuple(remarks),
            based_on=based_on,
        )

    async def _list(self, schedule: Schedule) -> tuple[list[Listed], list[str]]:
        """The entries of all feeds, and a sentence for each feed that is empty or can't be read."""
        read = await asyncio.gather(*map(self._feeds.read, schedule.feeds), return_exceptions=True)
        listed: list[Listed] = []
        remarks: list[str] = []
        for outcome in read:
            if isinstance(outcome, SourceError):
                remarks.append(explain_in_chat(outcome))
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                if not outcome.entries:
                    remarks.append(NO_ENTRIES.format(url=outcome.url))
                listed += [Listed(entry, outcome) for entry in outcome.entries]
        return listed, remarks

    async def _select(self, schedule: Schedule, listed: Sequence[Listed]) -> Selection:
        now = self._clock.now()
        keys = {key for one in listed for key in key_of(one)}
        return select(
            listed,
            schedule=schedule,
            seen=await self._store.seen_keys(schedule.id, keys) if schedule.id else frozenset(),
            stories=await self._store.list_stories(schedule.id, now - KEEP_STORIES),
            is_first_run=not await self._store.has_seen_any(schedule.id),
            now=now,
        )

    async def _brief(self, listed: Listed, wish: Wish) -> Briefing | BriefingError:
        try:
            return await self._briefer.brief_entry(listed.entry, listed.feed, wish)
        except BriefingError as error:
            return error

    def _planned(self, slot: Slot, prepared: Prepared) -> SlotPlan:
        return SlotPlan(
            deliveries=tuple(self._deliveries(slot, prepared.posts)),
            seen=prepared.seen,
            stories=prepared.stories,
            skipped=prepared.skipped,
            remarks=prepared.remarks,
            based_on=prepared.based_on,
        )

    def _deliveries(self, slot: Slot, posts: Sequence[Post]) -> Iterator[Delivery]:
        """A row for each part; a post's details go into the thread of its first part."""
        where = slot.schedule.destination
        platform = self._platforms[where.platform]
        part = 0
        for post in posts:
            opening = part
            for message in platform.compose(post.top, post.details):
                yield Delivery(
                    schedule_id=slot.schedule.id,
                    slot_at=slot.slot_at,
                    destination=where,
                    part=part,
                    nonce=secrets.token_urlsafe(_NONCE_BYTES),
                    body=message.body,
                    thread_part=opening if message.is_detail else None,
                )
                part += 1


def _unreadable(listed: Listed, error: BriefingError) -> Skipped:
    return Skipped(listed.entry.title, listed.entry.url, "unreadable", explain_in_chat(error))
