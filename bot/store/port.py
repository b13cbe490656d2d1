"""What is asked of a store, whichever database is behind it.

Every method is one transaction, committed when it returns. Instants know their zone and come back
in UTC, to the microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.platform import Destination, PlatformName
from bot.schedule import Schedule
from bot.slots import (
    Delivery,
    DeliveryState,
    KeptBriefing,
    LoggedSlot,
    Slot,
    SlotPlan,
    SlotState,
    Story,
)

#: Who holds a slot and does not renew its lease for so long is taken for dead.
LEASE = timedelta(minutes=2)
#: How long things are kept. Seen entries stay while a feed still lists them: marking them again
#: renews them. Slack redelivers an event for an hour at most.
KEEP_BRIEFINGS = timedelta(days=30)
KEEP_SLOTS = timedelta(days=90)
KEEP_SEEN = timedelta(days=180)
KEEP_STORIES = timedelta(days=7)
KEEP_EVENTS = timedelta(days=1)


class PlanOutdated(Exception):  # no error: the plan is made anew
    """Another slot of the schedule has told a story since this plan was begun."""


class Store(Protocol):
    """Schedules, slots, the ledger of deliveries, and what else outlives a restart."""

    # Schedules

    async def add_schedule(self, schedule: Schedule) -> Schedule:
        """Keep a new schedule; its `id` is given here, four characters that a person can type.

        `next_fire_at` is stored as it stands: the caller has computed it.
        """
        ...

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        """By its id, without regard to case. Whose it is, the caller must look at."""
        ...

    async def list_schedules(
        self,
        *,
        platform: PlatformName | None = None,
        tenant_id: str | None = None,
        channel_id: str | None = None,
    ) -> tuple[Schedule, ...]:
        """All that fit, in the order in which they were made."""
        ...

    async def update_schedule(self, schedule: Schedule) -> bool:
        """Replace the schedule of this id by `schedule`, all of it; False if there is none."""
        ...

    async def pause_schedule(self, schedule_id: str, because: str) -> bool:
        """Let it pause: it is due no more until it is updated. False if there is none."""
        ...

    async def remove_schedule(self, schedule_id: str) -> bool:
        """Forget it with its slots, deliveries and seen entries; False if there is none."""
        ...

    # Slots

    async def claim_due(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        """Take up to `limit` due schedules' slots, held for LEASE, and move `next_fire_at` on.

        Of the slots that passed since, the latest is taken if it lies within the schedule's
        `catch_up`; all others are logged as missed. No slot is ever handed out twice, however
        many processes ask. Call again at once while it gives `limit` slots: a schedule whose slot
        was missed counts towards the limit and gives none, so `claim_due` goes on by itself until
        it has something to give or nothing is due.
        """
        ...

    async def claim_unfinished(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        """Take over slots whose holder did not renew its lease: it died at work.

        Those in state "planned" have their deliveries in the ledger already.
        """
        ...

    async def claim_uncertain(
        self,
        now: datetime,
        limit: int,
        *,
        since: datetime,
        platforms: Iterable[PlatformName],
        schedule_id: str | None = None,
    ) -> tuple[Slot, ...]:
        """Take again slots that ended after `since` with a delivery that nobody can tell of.

        They are "planned" again and held for LEASE, each by one process. Those of `platforms`
        alone, of `schedule_id` alone where it is given, and of no paused schedule.
        """
        ...

    async def open_slot(
        self, schedule_id: str, slot_at: datetime, *, now: datetime, asked_by: str = ""
    ) -> Slot | None:
        """A slot out of turn, for `run`. None if the schedule is gone or has this slot already."""
        ...

    async def renew_lease(self, slot: Slot, now: datetime) -> Slot | None:
        """Hold the slot for LEASE from `now`; None where someone else has taken it over."""
        ...

    async def renew_leases(self, slots: Iterable[Slot], now: datetime) -> tuple[Slot, ...]:
        """The same for many in one transaction; only those that we still hold come back."""
        ...

    async def plan_slot(self, slot: Slot, plan: SlotPlan) -> tuple[Delivery, ...] | None:
        """Store what the slot does, all or nothing: deliveries, seen entries, stories, log.

        A slot that is planned already keeps its plan. Gives the deliveries as stored, by part;
        None, and stores nothing, where someone else has taken the slot over. Raises PlanOutdated,
        and stores nothing, where `plan.based_on` is no longer the schedule's last story: of two
        slots of a schedule, in whichever processes, the second one to plan knows of the first.
        """
        ...

    async def finish_slot(self, slot: Slot, state: SlotState, now: datetime) -> bool:
        """The slot is over. False where someone else has taken it over meanwhile."""
        ...

    async def list_slots(self, schedule_id: str, limit: int) -> tuple[LoggedSlot, ...]:
        """The latest slots, newest first, with their deliveries and what they left out."""
        ...

    # The ledger

    async def list_deliveries(
        self,
        *,
        slot: Slot | None = None,
        states: Iterable[DeliveryState] = (),
        limit: int | None = None,
    ) -> tuple[Delivery, ...]:
        """Of a slot, or in one of these states, or both; oldest slot first, then by part."""
        ...

    async def move_delivery(self, delivery: Delivery, *, was: DeliveryState) -> bool:
        """Store state, tries, attempted_at, message_id, thread_id and reason of a delivery.

        Only if its state is still `was`, so that of two processes one wins; False for the other.
        On disk when it returns: what was "sending" before a crash is found as such after it.
        """
        ...

    # Entries and stories

    async def has_seen_any(self, schedule_id: str) -> bool:
        """Whether the schedule has ever looked at its feeds."""
        ...

    async def seen_keys(self, schedule_id: str, keys: Iterable[str]) -> frozenset[str]:
        """Which of these keys of entries the schedule has seen."""
        ...

    async def mark_seen(self, schedule_id: str, keys: Iterable[str], now: datetime) -> None:
        """Remember them; those known already are kept for longer."""
        ...

    async def last_story(self, schedule_id: str) -> int:
        """A number that grows with each story that a slot of the schedule plans to tell."""
        ...

    async def list_stories(self, schedule_id: str, since: datetime) -> tuple[Story, ...]:
        """What the schedule has posted since, oldest first."""
        ...

    # Briefings behind buttons

    async def keep_briefing(self, briefing: KeptBriefing) -> None:
        """Keep it under its id; the same id again replaces it."""
        ...

    async def find_briefing(
        self, briefing_id: str, platform: PlatformName, tenant_id: str
    ) -> KeptBriefing | None:
        """Only for the tenant it was kept for."""
        ...

    # Events, tenants, cleaning

    async def remember_event(self, platform: PlatformName, event_id: str, now: datetime) -> bool:
        """True the first time an event comes, False when the platform sends it again."""
        ...

    async def get_setting(self, platform: PlatformName, tenant_id: str, name: str) -> str | None:
        """A tenant's own setting, such as "zone"."""
        ...

    async def put_setting(
        self, platform: PlatformName, tenant_id: str, name: str, value: str
    ) -> None: ...

    async def forget_tenant(self, platform: PlatformName, tenant_id: str) -> int:
        """Delete everything of a workspace or guild; how many schedules that were."""
        ...

    async def pause_destination(self, destination: Destination, because: str) -> int:
        """Let every schedule of a channel pause: it is gone. How many were at work."""
        ...

    async def clean_up(self, now: datetime) -> int:
        """Delete what is older than the KEEP_ times above; how many rows. Not what is at work."""
        ...

    async def ping(self) -> None:
        """Ask the database for nothing. Raises StoreUnavailable if it does not answer."""
        ...

    async def close(self) -> None: ...
