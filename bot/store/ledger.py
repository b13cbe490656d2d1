"""The ledger in a database: deliveries found, and moved on by one process at a time."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from bot.slots import Delivery, DeliveryState, Slot
from bot.store import tables
from bot.store.database import Database
from bot.store.rows import from_destination, from_progress, to_delivery


class LedgerTable:
    """The part of a store that keeps deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_deliveries(
        self,
        *,
        slot: Slot | None = None,
        states: Iterable[DeliveryState] = (),
        limit: int | None = None,
    ) -> tuple[Delivery, ...]:
        table = tables.deliveries
        query = select(table).order_by(table.c.slot_at, table.c.schedule_id, table.c.part)
        if slot is not None:
            query = query.where(
                table.c.schedule_id == slot.schedule.id, table.c.slot_at == slot.slot_at
            )
        if wanted := list(states):
            query = query.where(table.c.state.in_(wanted))
        async with self._database.reads() as connection:
            rows = (await connection.execute(query.limit(limit))).mappings().all()
        return tuple(to_delivery(dict(row)) for row in rows)

    async def move_delivery(self, delivery: Delivery, *, was: DeliveryState) -> bool:
        columns = tables.deliveries.c
        query = update(tables.deliveries).where(
            columns.schedule_id == delivery.schedule_id,
            columns.slot_at == delivery.slot_at,
            columns.part == delivery.part,
            columns.state == was,
        )
        for name, value in from_destination(delivery.destination).items():
            query = query.where(columns[name] == value)
        async with self._database.writes() as connection:
            moved = await connection.execute(query.values(**from_progress(delivery)))
        return moved.rowcount > 0
