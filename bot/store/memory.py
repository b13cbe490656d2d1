"""The store in memory: what a dry run and tests use, where nothing outlives the process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sized
from dataclasses import astuple, replace
from datetime import datetime
from typing import TypeVar

from bot.errors import CommandError
from bot.messages import explain
from bot.platform import Destination, PlatformName
from bot.schedule import Schedule, find_due
from bot.slots import (
    Delivery,
    DeliveryState,
    KeptBriefing,
    LoggedSlot,
    Slot,
    SlotPlan,
    SlotState,
    Story,
    keep_skipped,
)
from bot.store.port import (
    KEEP_BRIEFINGS,
    KEEP_EVENTS,
    KEEP_SEEN,
    KEEP_SLOTS,
    KEEP_STORIES,
    LEASE,
    PlanOutdated,
)
from bot.store.schedules import draw_id

_Key = tuple[str, datetime]
K = TypeVar("K")
V = TypeVar("V")


class Tables:
    """What a database would hold; stores that share one are processes on one database."""

    def __init__(self) -> None:
        self.schedules: dict[str, Schedule] = {}
        self.slots: dict[_Key, LoggedSlot] = {}
        #: Who holds a slot, and until when.
        self.leases: dict[_Key, tuple[object, datetime]] = {}
        self.seen: dict[tuple[str, str], datetime] = {}
        self.stories: list[tuple[str, Story]] = []
        #: How many stories a schedule has ever told.
        self.told: Counter[str] = Counter()
        self.briefings: dict[str, KeptBriefing] = {}
        self.events: dict[tuple[str, str], datetime] = {}
        self.settings: dict[tuple[str, str, str], str] = {}


class MemoryStore:
    """The twin of SqlStore that forgets everything when the process ends."""

    def __init__(self, tables: Tables | None = None) -> None:
        self._tables = tables or Tables()
        self._holder = object()

    async def add_schedule(self, schedule: Schedule) -> Schedule:
        schedules = self._tables.schedules
        made = replace(
            schedule, id=next(new for _ in range(99) if (new := draw_id()) not in schedules)
        )
        schedules[made.id] = made
        return made

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        return self._tables.schedules.get(schedule_id.lower())

    async def list_schedules(
        self,
        *,
        platform: PlatformName | None = None,
        tenant_id: str | None = None,
        channel_id: str | None = None,
    ) -> tuple[Schedule, ...]:
        wanted = (platform, tenant_id, channel_id)
        found = [
            schedule
            for schedule in self._tables.schedules.values()
            if all(
                w in (None, h) for w, h in zip(wanted, astuple(schedule.destination), strict=True)
            )
        ]
        return tuple(sorted(found, key=lambda schedule: (schedule.created_at, schedule.id)))

    async def update_schedule(self, schedule: Schedule) -> bool:
        if schedule.id not in self._tables.schedules:
            return False
        self._tables.schedules[schedule.id] = schedule
        return True

    async def pause_schedule(self, schedule_id: str, because: str) -> bool:
        schedule = await self.find_schedule(schedule_id)
        return schedule is not None and await self.update_schedule(_paused(schedule, because))

    async def pause_destination(self, destination: Destination, because: str) -> int:
        hit = [
            schedule
            for schedule in self._tables.schedules.values()
            if schedule.destination == destination and not schedule.is_paused
        ]
        for schedule in hit:
            await self.update_schedule(_paused(schedule, because))
        return len(hit)

    async def remove_schedule(self, schedule_id: str) -> bool:
        gone = self._tables.schedules.pop(schedule_id.lower(), None)
        if gone:
            self._forget(gone.id)
        return gone is not None

    def _forget(self, schedule_id: str) -> None:
        tables = self._tables
        for key in [key for key in tables.slots if key[0] == schedule_id]:
            del tables.slots[key]
            tables.leases.pop(key, None)
        for seen in [seen for seen in tables.seen if seen[0] == schedule_id]:
            del tables.seen[seen]
        tables.stories = [told for told in tables.stories if told[0] != schedule_id]

    async def claim_due(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        due = sorted(
            (fires_at, schedule.id)
            for schedule in self._tables.schedules.values()
            if (fires_at := schedule.next_fire_at) and fires_at <= now
        )
        claimed: list[Slot] = []
        for _, schedule_id in due:
            if len(claimed) == limit:
                break
            slot = self._claim(self._tables.schedules[schedule_id], now)
            claimed += [slot] if slot else []
        return tuple(claimed)

    def _claim(self, schedule: Schedule, now: datetime) -> Slot | None:
        try:
            due = find_due(schedule, now)
        except CommandError as error:
            self._tables.schedules[schedule.id] = _paused(schedule, explain(error))
            return None
        self._tables.schedules[schedule.id] = replace(schedule, next_fire_at=due.next_fire_at)
        for at in due.missed:
            missed = LoggedSlot(schedule.id, at, "missed", finished_at=now)
            self._tables.slots.setdefault((schedule.id, at), missed)
        if due.slot_at is None or (schedule.id, due.slot_at) in self._tables.slots:
            return None
        is_late = now - due.slot_at > LEASE
        return self._open(Slot(schedule, due.slot_at, "open", now + LEASE, is_late=is_late))

    def _open(self, slot: Slot) -> Slot:
        self._tables.slots[slot.key] = LoggedSlot(
            *slot.key, slot.state, is_late=slot.is_late, asked_by=slot.asked_by
        )
        self._tables.leases[slot.key] = (self._holder, slot.lease_until)
        return slot

    async def claim_unfinished(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        expired = sorted(
            (until, key) for key, (_, until) in self._tables.leases.items() if until < now
        )
        return tuple(self._take_over(key, now) for _, key in expired[:limit])

    def _take_over(self, key: _Key, now: datetime) -> Slot:
        logged = self._tables.slots[key]
        self._tables.leases[key] = (self._holder, now + LEASE)
        return Slot(
            self._tables.schedules[key[0]],
            key[1],
            logged.state,
            now + LEASE,
            is_late=logged.is_late,
            asked_by=logged.asked_by,
        )

    async def claim_uncertain(
        self,
        now: datetime,
        limit: int,
        *,
        since: datetime,
        platforms: Iterable[PlatformName],
        schedule_id: str | None = None,
    ) -> tuple[Slot, ...]:
        schedules, wanted = self._tables.schedules, set(platforms)
        doubtful = [
            key
            for key, logged in sorted(self._tables.slots.items(), key=lambda pair: pair[0][::-1])
            if logged.finished_at is not None
            and logged.finished_at > since
            and schedule_id in (None, key[0])
            and not schedules[key[0]].is_paused
            and schedules[key[0]].destination.platform in wanted
            and any(delivery.state == "uncertain" for delivery in logged.deliveries)
        ]
        for key in doubtful[:limit]:
            again = replace(self._tables.slots[key], state="planned", finished_at=None)
            self._tables.slots[key] = again
        return tuple(self._take_over(key, now) for key in doubtful[:limit])

    async def open_slot(
        self, schedule_id: str, slot_at: datetime, *, now: datetime, asked_by: str = ""
    ) -> Slot | None:
        schedule = await self.find_schedule(schedule_id)
        if schedule is None or (schedule.id, slot_at) in self._tables.slots:
            return None
        return self._open(Slot(schedule, slot_at, "open", now + LEASE, asked_by=asked_by))

    async def renew_leases(self, slots: Iterable[Slot], now: datetime) -> tuple[Slot, ...]:
        renewed = [await self.renew_lease(slot, now) for slot in slots]
        return tuple(slot for slot in renewed if slot)

    async def renew_lease(self, slot: Slot, now: datetime) -> Slot | None:
        if not self._holds(slot):
            return None
        self._tables.leases[slot.key] = (self._holder, now + LEASE)
        return replace(slot, lease_until=now + LEASE)

    def _holds(self, slot: Slot) -> bool:
        holder, _ = self._tables.leases.get(slot.key, (None, None))
        return holder is self._holder

    async def plan_slot(self, slot: Slot, plan: SlotPlan) -> tuple[Delivery, ...] | None:
        if not self._holds(slot):
            return None
        logged = self._tables.slots[slot.key]
        if logged.state == "open":
            if plan.based_on not in (None, self._tables.told[slot.schedule.id]):
                raise PlanOutdated
            logged = replace(
                logged,
                state="planned",
                deliveries=tuple(sorted(plan.deliveries, key=lambda delivery: delivery.part)),
                skipped=keep_skipped(plan.skipped),
                remarks=plan.remarks,
            )
            self._tables.slots[slot.key] = logged
            await self.mark_seen(slot.schedule.id, plan.seen, slot.lease_until - LEASE)
            self._tables.stories += [(slot.schedule.id, story) for story in plan.stories]
            self._tables.told[slot.schedule.id] += len(plan.stories)
        return logged.deliveries

    async def finish_slot(self, slot: Slot, state: SlotState, now: datetime) -> bool:
        if not self._holds(slot):
            return False
        del self._tables.leases[slot.key]
        logged = self._tables.slots[slot.key]
        self._tables.slots[slot.key] = replace(logged, state=state, finished_at=now)
        return True

    async def list_slots(self, schedule_id: str, limit: int) -> tuple[LoggedSlot, ...]:
        found = [
            slot for slot in self._tables.slots.values() if slot.schedule_id == schedule_id.lower()
        ]
        return tuple(sorted(found, key=lambda slot: slot.slot_at, reverse=True)[:limit])

    async def list_deliveries(
        self,
        *,
        slot: Slot | None = None,
        states: Iterable[DeliveryState] = (),
        limit: int | None = None,
    ) -> tuple[Delivery, ...]:
        wanted = set(states)
        found = [
            delivery
            for key, logged in self._tables.slots.items()
            for delivery in logged.deliveries
            if (slot is None or key == slot.key) and (not wanted or delivery.state in wanted)
        ]
        found.sort(key=lambda delivery: (delivery.slot_at, delivery.schedule_id, delivery.part))
        return tuple(found[:limit])

    async def move_delivery(self, delivery: Delivery, *, was: DeliveryState) -> bool:
        key = (delivery.schedule_id, delivery.slot_at)
        logged = self._tables.slots.get(key)
        if logged is None:
            return False
        rows = list(logged.deliveries)
        for index, row in enumerate(rows):
            if (row.part, row.destination) == (delivery.part, delivery.destination):
                rows[index] = delivery if row.state == was else row
                self._tables.slots[key] = replace(logged, deliveries=tuple(rows))
                return row.state == was
        return False

    async def has_seen_any(self, schedule_id: str) -> bool:
        return any(owner == schedule_id for owner, _ in self._tables.seen)

    async def seen_keys(self, schedule_id: str, keys: Iterable[str]) -> frozenset[str]:
        return frozenset(key for key in keys if (schedule_id, key) in self._tables.seen)

    async def mark_seen(self, schedule_id: str, keys: Iterable[str], now: datetime) -> None:
        self._tables.seen.update({(schedule_id, key): now for key in keys})

    async def last_story(self, schedule_id: str) -> int:
        return self._tables.told[schedule_id]

    async def list_stories(self, schedule_id: str, since: datetime) -> tuple[Story, ...]:
        told = [story for owner, story in self._tables.stories if owner == schedule_id]
        recent = [story for story in told if story.posted_at >= since]
        return tuple(sorted(recent, key=lambda story: story.posted_at))

    async def keep_briefing(self, briefing: KeptBriefing) -> None:
        self._tables.briefings[briefing.id] = briefing

    async def find_briefing(
        self, briefing_id: str, platform: PlatformName, tenant_id: str
    ) -> KeptBriefing | None:
        kept = self._tables.briefings.get(briefing_id)
        is_theirs = kept is not None and (kept.platform, kept.tenant_id) == (platform, tenant_id)
        return kept if is_theirs else None

    async def remember_event(self, platform: PlatformName, event_id: str, now: datetime) -> bool:
        is_new = (platform, event_id) not in self._tables.events
        self._tables.events.setdefault((platform, event_id), now)
        return is_new

    async def get_setting(self, platform: PlatformName, tenant_id: str, name: str) -> str | None:
        return self._tables.settings.get((platform, tenant_id, name))

    async def put_setting(
        self, platform: PlatformName, tenant_id: str, name: str, value: str
    ) -> None:
        self._tables.settings[platform, tenant_id, name] = value

    async def forget_tenant(self, platform: PlatformName, tenant_id: str) -> int:
        gone = await self.list_schedules(platform=platform, tenant_id=tenant_id)
        for schedule in gone:
            await self.remove_schedule(schedule.id)
        tables, whose = self._tables, (platform, tenant_id)
        tables.briefings = {
            key: kept
            for key, kept in tables.briefings.items()
            if (kept.platform, kept.tenant_id) != whose
        }
        tables.settings = {key: v for key, v in tables.settings.items() if key[:2] != whose}
        return len(gone)

    async def clean_up(self, now: datetime) -> int:
        tables, before = self._tables, self._size()
        tables.briefings = _young(tables.briefings, now - KEEP_BRIEFINGS, lambda kept: kept.kept_at)
        tables.slots = _young(tables.slots, now - KEEP_SLOTS, lambda slot: slot.finished_at or now)
        tables.seen = _young(tables.seen, now - KEEP_SEEN, lambda seen_at: seen_at)
        tables.events = _young(tables.events, now - KEEP_EVENTS, lambda came_at: came_at)
        tables.stories = [
            (owner, story)
            for owner, story in tables.stories
            if story.posted_at >= now - KEEP_STORIES
        ]
        return before - self._size()

    def _size(self) -> int:
        tables = self._tables
        kept: tuple[Sized, ...] = (
            tables.briefings,
            tables.slots,
            tables.seen,
            tables.events,
            tables.stories,
        )
        return sum(len(table) for table in kept)

    async def ping(self) -> None:
        """Memory always answers."""

    async def close(self) -> None:
        """Nothing is open."""


def _paused(schedule: Schedule, because: str) -> Schedule:
    return replace(schedule, is_paused=True, paused_because=because, next_fire_at=None)


def _young(kept: dict[K, V], since: datetime, instant_of: Callable[[V], datetime]) -> dict[K, V]:
    return {key: value for key, value in kept.items() if instant_of(value) >= since}
