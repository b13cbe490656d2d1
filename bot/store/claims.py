"""Slots in a database, handed out: each once among all processes, and held by a lease.

What is due is decided by bot.schedule; here it is written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import CommandError
from bot.messages import explain
from bot.platform import PlatformName
from bot.schedule import Due, Schedule, find_due
from bot.slots import Slot
from bot.store import tables
from bot.store.plans import PlanTable
from bot.store.port import LEASE
from bot.store.rows import to_schedule, to_slot

#: With more instants than these, a statement for each row is faster than one for each instant.
_FEW_INSTANTS: Final = 20


class ClaimTable(PlanTable):
    """The part of a store that hands slots out."""

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
            result = await connection.execute(query)
            names = tuple(result.keys())
            due = [to_schedule(dict(zip(names, row, strict=True))) for row in result]
            judged, broken = _judge(due, now)
            await self._pause(connection, broken)
            claimed = await self._write(connection, judged, now)
            await self._move_on(connection, judged)
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
        in_time = [s for s in fresh if not s.is_late and s.slot_at == s.schedule.next_fire_at]
        copied = {slot.key for slot in in_time}
        rows = [self._row(slot) for slot in fresh if slot.key not in copied]
        rows += [self._missed(schedule, at, now) for schedule, due in judged for at in due.missed]
        written = await self._copy(connection, in_time, now)
        if rows:
            table = tables.slots.c
            insert = self._database.insert(tables.slots).on_conflict_do_nothing()
            query = insert.returning(table.schedule_id, table.slot_at)
            written |= {(row[0], row[1]) for row in (await connection.execute(query, rows)).all()}
        return tuple(slot for slot in fresh if slot.key in written)

    async def _copy(
        self, connection: AsyncConnection, in_time: Sequence[Slot], now: datetime
    ) -> set[tuple[str, datetime]]:
        """The same for slots at their schedules' `next_fire_at`, in one statement.

        The database copies them over, which spares binding every value of thousands of rows.
        """
        if not in_time:
            return set()
        columns = tables.schedules.c
        values = {
            "schedule_id": columns.id,
            "slot_at": columns.next_fire_at,
            "state": literal("open"),
            "holder": literal(self._holder),
            "lease_until": literal(now + LEASE, tables.Instant()),
            "is_late": literal(False),
            "asked_by": literal(""),
        }
        source = select(*values.values()).where(
            self._database.among(columns.id, [slot.schedule.id for slot in in_time])
        )
        insert = self._database.insert(tables.slots).from_select(list(values), source)
        query = insert.on_conflict_do_nothing().returning(tables.slots.c.schedule_id)
        written = set((await connection.execute(query)).scalars())
        return {slot.key for slot in in_time if slot.schedule.id in written}

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
        }

    def _missed(self, schedule: Schedule, slot_at: datetime, now: datetime) -> dict[str, Any]:
        row = self._row(Slot(schedule, slot_at, "missed", now))
        return {**row, "lease_until": None, "finished_at": now}

    async def _move_on(
        self, connection: AsyncConnection, judged: Sequence[tuple[Schedule, Due]]
    ) -> None:
        """Let each schedule be due at its next slot; most of a batch share a few instants."""
        ids: defaultdict[datetime | None, list[str]] = defaultdict(list)
        for schedule, due in judged:
            ids[due.next_fire_at].append(schedule.id)
        change = update(tables.schedules)
        if len(ids) <= _FEW_INSTANTS:
            for then, some in ids.items():
                moved = change.where(self._database.among(tables.schedules.c.id, some))
                await connection.execute(moved.values(next_fire_at=then))
            return
        query = change.where(tables.schedules.c.id == bindparam("due_id"))
        moves = [{"due_id": each.id, "then": due.next_fire_at} for each, due in judged]
        await connection.execute(query.values(next_fire_at=bindparam("then")), moves)

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
        return await self._take(query, now)

    async def claim_uncertain(
        self,
        now: datetime,
        limit: int,
        *,
        since: datetime,
        platforms: Iterable[PlatformName],
        schedule_id: str | None = None,
    ) -> tuple[Slot, ...]:
        table, ledger = tables.slots, tables.deliveries.c
        doubtful = select(ledger.schedule_id, ledger.slot_at).where(ledger.state == "uncertain")
        columns = tables.schedules.c
        at_work = select(columns.id).where(
            columns.is_paused.is_(False), columns.platform.in_(sorted(platforms))
        )
        if schedule_id is not None:
            doubtful = doubtful.where(ledger.schedule_id == schedule_id)
        query = (
            select(table)
            .where(tuple_(table.c.schedule_id, table.c.slot_at).in_(doubtful))
            .where(table.c.finished_at > since, table.c.schedule_id.in_(at_work))
            .order_by(table.c.slot_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return await self._take(query, now, state="planned", finished_at=None)

    async def _take(self, query: Select[Any], now: datetime, **changes: object) -> tuple[Slot, ...]:
        """Hold the slots that `query` finds from now on, and change them so."""
        table, values = tables.slots, {**changes, "lease_until": now + LEASE}
        async with self._database.writes() as connection:
            rows = [dict(row) for row in (await connection.execute(query)).mappings().all()]
            if not rows:
                return ()
            keys = [(row["schedule_id"], row["slot_at"]) for row in rows]
            await connection.execute(
                update(table)
                .where(tuple_(table.c.schedule_id, table.c.slot_at).in_(keys))
                .values(holder=self._holder, **values)
            )
            schedules = await _schedules(connection, {row["schedule_id"] for row in rows})
        return tuple(to_slot({**row, **values}, schedules[row["schedule_id"]]) for row in rows)

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


async def _schedules(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Schedule]:
    query = select(tables.schedules).where(tables.schedules.c.id.in_(sorted(ids)))
    rows = (await connection.execute(query)).mappings()
    return {row["id"]: to_schedule(dict(row)) for row in rows}
