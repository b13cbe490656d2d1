"""Slots in hand, in a database: their leases, what they plan and how they end.

How a slot comes into a process's hand is bot.store.claims.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.slots import Delivery, LoggedSlot, Slot, SlotPlan, SlotState, keep_skipped
from bot.store import tables
from bot.store.database import Database
from bot.store.port import LEASE, PlanOutdated
from bot.store.rows import (
    digest,
    from_delivery,
    from_skipped,
    from_story,
    to_delivery,
    to_logged,
)

#: Fewer than a statement may hold, in either database.
_SLOTS_AT_ONCE = 500


class PlanTable:
    """The part of a store that keeps what slots in hand do."""

    def __init__(self, database: Database) -> None:
        self._database = database
        #: Who we are, in the column that says who holds a slot.
        self._holder = uuid.uuid4().hex

    async def renew_leases(self, slots: Iterable[Slot], now: datetime) -> tuple[Slot, ...]:
        columns, held = tables.slots.c, list(slots)
        kept: set[tuple[str, datetime]] = set()
        async with self._database.writes() as connection:
            for start in range(0, len(held), _SLOTS_AT_ONCE):
                keys = [slot.key for slot in held[start : start + _SLOTS_AT_ONCE]]
                renewed = await connection.execute(
                    update(tables.slots)
                    .where(tuple_(columns.schedule_id, columns.slot_at).in_(keys))
                    .where(columns.holder == self._holder, columns.finished_at.is_(None))
                    .values(lease_until=now + LEASE)
                    .returning(columns.schedule_id, columns.slot_at)
                )
                kept.update((row[0], row[1]) for row in renewed.all())
        return tuple(replace(slot, lease_until=now + LEASE) for slot in held if slot.key in kept)

    async def renew_lease(self, slot: Slot, now: datetime) -> Slot | None:
        renewed = await self.renew_leases([slot], now)
        return renewed[0] if renewed else None

    def _is_ours(self, slot: Slot) -> ColumnElement[bool]:
        columns = tables.slots.c
        return and_(_is_slot(slot), columns.holder == self._holder, columns.finished_at.is_(None))

    async def plan_slot(self, slot: Slot, plan: SlotPlan) -> tuple[Delivery, ...] | None:
        columns = tables.slots.c
        query = (
            update(tables.slots)
            .where(self._is_ours(slot), columns.state == "open")
            .values(
                state="planned",
                skipped=from_skipped(keep_skipped(plan.skipped)),
                remarks=list(plan.remarks),
            )
        )
        async with self._database.writes() as connection:
            await _hold(connection, slot.schedule.id)
            if (await connection.execute(query)).rowcount:
                if plan.based_on not in (None, await _last_story(connection, slot.schedule.id)):
                    raise PlanOutdated
                await self._write_plan(connection, slot, plan)
            elif not await self._holds(connection, slot):
                return None
            rows = await connection.execute(_deliveries_of(slot))
            return tuple(to_delivery(dict(row)) for row in rows.mappings())

    async def _holds(self, connection: AsyncConnection, slot: Slot) -> bool:
        query = select(tables.slots.c.state).where(self._is_ours(slot))
        return (await connection.execute(query)).first() is not None

    async def _write_plan(self, connection: AsyncConnection, slot: Slot, plan: SlotPlan) -> None:
        rows = [from_delivery(delivery) for delivery in plan.deliveries]
        if rows:
            await connection.execute(tables.deliveries.insert(), rows)
        await note_seen(
            self._database, connection, slot.schedule.id, plan.seen, slot.lease_until - LEASE
        )
        told = [from_story(slot.schedule.id, story) for story in plan.stories]
        if told:
            await connection.execute(tables.stories.insert(), told)

    async def last_story(self, schedule_id: str) -> int:
        async with self._database.reads() as connection:
            return await _last_story(connection, schedule_id)

    async def finish_slot(self, slot: Slot, state: SlotState, now: datetime) -> bool:
        query = (
            update(tables.slots)
            .where(self._is_ours(slot))
            .values(state=state, finished_at=now, lease_until=None)
        )
        async with self._database.writes() as connection:
            return (await connection.execute(query)).rowcount > 0

    async def list_slots(self, schedule_id: str, limit: int) -> tuple[LoggedSlot, ...]:
        table = tables.slots
        query = (
            select(table)
            .where(table.c.schedule_id == schedule_id.lower())
            .order_by(table.c.slot_at.desc())
            .limit(limit)
        )
        async with self._database.reads() as connection:
            rows = [dict(row) for row in (await connection.execute(query)).mappings()]
            found = await _deliveries_by_slot(connection, rows)
        return tuple(to_logged(row, found.get(row["slot_at"], ())) for row in rows)


async def _hold(connection: AsyncConnection, schedule_id: str) -> None:
    """Let nobody else plan for the schedule until this transaction ends; SQLite has one writer."""
    own = select(tables.schedules.c.id).where(tables.schedules.c.id == schedule_id)
    await connection.execute(own.with_for_update(key_share=True))


async def _last_story(connection: AsyncConnection, schedule_id: str) -> int:
    columns = tables.stories.c
    query = select(func.max(columns.id)).where(columns.schedule_id == schedule_id)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def note_seen(
    database: Database,
    connection: AsyncConnection,
    schedule_id: str,
    keys: Iterable[str],
    now: datetime,
) -> None:
    """Remember keys of entries; those known already are kept for longer."""
    rows = [
        {"schedule_id": schedule_id, "key": key, "seen_at": now}
        for key in sorted(set(map(digest, keys)))
    ]
    if rows:
        query = database.insert(tables.seen)
        query = query.on_conflict_do_update(
            index_elements=["schedule_id", "key"], set_={"seen_at": query.excluded.seen_at}
        )
        await connection.execute(query, rows)


def _is_slot(slot: Slot) -> ColumnElement[bool]:
    columns = tables.slots.c
    return and_(columns.schedule_id == slot.schedule.id, columns.slot_at == slot.slot_at)


def _deliveries_of(slot: Slot) -> Any:  # noqa: ANN401  # a Select of a table's columns
    table = tables.deliveries
    return (
        select(table)
        .where(table.c.schedule_id == slot.schedule.id, table.c.slot_at == slot.slot_at)
        .order_by(table.c.part)
    )


async def _deliveries_by_slot(
    connection: AsyncConnection, rows: Sequence[dict[str, Any]]
) -> dict[datetime, tuple[Delivery, ...]]:
    if not rows:
        return {}
    table = tables.deliveries
    query = (
        select(table)
        .where(table.c.schedule_id == rows[0]["schedule_id"])
        .where(table.c.slot_at.between(rows[-1]["slot_at"], rows[0]["slot_at"]))
        .order_by(table.c.part)
    )
    found: dict[datetime, tuple[Delivery, ...]] = {}
    for row in (await connection.execute(query)).mappings():
        delivery = to_delivery(dict(row))
        found[delivery.slot_at] = (*found.get(delivery.slot_at, ()), delivery)
    return found
