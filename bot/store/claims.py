"""Slots in a database: claimed once among all processes, held by a lease, planned, finished.

What is due is decided by bot.schedule; here it is written down.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import CommandError
from bot.messages import explain
from bot.schedule import Due, Schedule, find_due
from bot.slots import Delivery, LoggedSlot, Slot, SlotPlan, SlotState
from bot.store import tables
from bot.store.database import Database
from bot.store.port import LEASE
from bot.store.rows import (
    digest,
    from_delivery,
    from_skipped,
    from_story,
    to_delivery,
    to_logged,
    to_schedule,
    to_slot,
)


class SlotTable:
    """The part of a store that keeps slots."""

    def __init__(self, database: Database) -> None:
        self._database = database
        #: Who we are, in the column that says who holds a slot.
        self._holder = uuid.uuid4().hex

    async def claim_due(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        while True:
            looked_at, claimed = await self._claim_batch(now, limit)
            if claimed or looked_at < limit:
                return claimed

    async def _claim_batch(self, now: datetime, limit: int) -> tuple[int, tuple[Slot, ...]]:
        """How many schedules were due, and the slots that they gave."""
        columns = tables.schedules.c
        query = (
            select(tables.schedules)
            .where(columns.next_fire_at <= now)
            .order_by(columns.next_fire_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.writes() as connection:
            rows = (await connection.execute(query)).mappings().all()
            due = [to_schedule(dict(row)) for row in rows]
            judged, broken = _judge(due, now)
            await self._pause(connection, broken)
            await self._move_on(connection, judged)
            claimed = await self._write(connection, judged, now)
        return len(due), claimed

    async def _write(
        self, connection: AsyncConnection, judged: Sequence[tuple[Schedule, Due]], now: datetime
    ) -> tuple[Slot, ...]:
        """Write the slots down; those that stand there already belong to somebody else."""
        fresh = [
            Slot(schedule, due.slot_at, "open", now + LEASE, is_late=now - due.slot_at > LEASE)
            for schedule, due in judged
            if due.slot_at
        ]
        rows = [self._row(slot) for slot in fresh]
        rows += [self._missed(schedule, at, now) for schedule, due in judged for at in due.missed]
        if not rows:
            return ()
        table = tables.slots
        insert = self._database.insert(table).on_conflict_do_nothing()
        query = insert.returning(table.c.schedule_id, table.c.slot_at)
        inserted = {(row[0], row[1]) for row in (await connection.execute(query, rows)).all()}
        return tuple(slot for slot in fresh if slot.key in inserted)

    def _row(self, slot: Slot) -> dict[str, Any]:
        return {
            "schedule_id": slot.schedule.id,
            "slot_at": slot.slot_at,
            "state": slot.state,
            "holder": self._holder,
            "lease_until": slot.lease_until,
            "finished_at": None,
            "is_late": slot.is_late,
            "asked_by": slot.asked_by,
            "skipped": [],
            "remarks": [],
        }

    def _missed(self, schedule: Schedule, slot_at: datetime, now: datetime) -> dict[str, Any]:
        row = self._row(Slot(schedule, slot_at, "missed", now))
        return {**row, "lease_until": None, "finished_at": now}

    @staticmethod
    async def _move_on(connection: AsyncConnection, judged: Sequence[tuple[Schedule, Due]]) -> None:
        if judged:
            query = (
                update(tables.schedules)
                .where(tables.schedules.c.id == bindparam("due_id"))
                .values(next_fire_at=bindparam("then"))
            )
            moves = [{"due_id": each.id, "then": due.next_fire_at} for each, due in judged]
            await connection.execute(query, moves)

    @staticmethod
    async def _pause(connection: AsyncConnection, broken: Iterable[tuple[Schedule, str]]) -> None:
        for schedule, because in broken:
            query = update(tables.schedules).where(tables.schedules.c.id == schedule.id)
            pause = query.values(is_paused=True, paused_because=because, next_fire_at=None)
            await connection.execute(pause)

    async def claim_unfinished(self, now: datetime, limit: int) -> tuple[Slot, ...]:
        table = tables.slots
        query = (
            select(table)
            .where(table.c.lease_until < now)
            .order_by(table.c.lease_until)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.writes() as connection:
            rows = [dict(row) for row in (await connection.execute(query)).mappings().all()]
            if not rows:
                return ()
            keys = [(row["schedule_id"], row["slot_at"]) for row in rows]
            await connection.execute(
                update(table)
                .where(tuple_(table.c.schedule_id, table.c.slot_at).in_(keys))
                .values(holder=self._holder, lease_until=now + LEASE)
            )
            schedules = await _schedules(connection, {row["schedule_id"] for row in rows})
        held = [{**row, "lease_until": now + LEASE} for row in rows]
        return tuple(to_slot(row, schedules[row["schedule_id"]]) for row in held)

    async def open_slot(
        self, schedule_id: str, slot_at: datetime, *, now: datetime, asked_by: str = ""
    ) -> Slot | None:
        async with self._database.writes() as connection:
            found = await _schedules(connection, {schedule_id.lower()})
            for schedule in found.values():
                slot = Slot(schedule, slot_at, "open", now + LEASE, asked_by=asked_by)
                query = self._database.insert(tables.slots).on_conflict_do_nothing()
                inserted = await connection.execute(query, self._row(slot))
                return slot if inserted.rowcount > 0 else None
        return None

    async def renew_lease(self, slot: Slot, now: datetime) -> Slot | None:
        query = update(tables.slots).where(self._is_ours(slot)).values(lease_until=now + LEASE)
        async with self._database.writes() as connection:
            if (await connection.execute(query)).rowcount == 0:
                return None
        return Slot(
            slot.schedule,
            slot.slot_at,
            slot.state,
            now + LEASE,
            is_late=slot.is_late,
            asked_by=slot.asked_by,
        )

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
                skipped=from_skipped(plan.skipped),
                remarks=list(plan.remarks),
            )
        )
        async with self._database.writes() as connection:
            if (await connection.execute(query)).rowcount:
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


def _judge(
    schedules: Iterable[Schedule], now: datetime
) -> tuple[list[tuple[Schedule, Due]], list[tuple[Schedule, str]]]:
    """What each is due for; and those whose times can't be read any more, with the reason."""
    judged, broken = list[tuple[Schedule, Due]](), list[tuple[Schedule, str]]()
    for schedule in schedules:
        try:
            judged.append((schedule, find_due(schedule, now)))
        except CommandError as error:
            broken.append((schedule, explain(error)))
    return judged, broken


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


async def _schedules(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Schedule]:
    query = select(tables.schedules).where(tables.schedules.c.id.in_(sorted(ids)))
    rows = (await connection.execute(query)).mappings()
    return {row["id"]: to_schedule(dict(row)) for row in rows}
