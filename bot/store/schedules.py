"""Schedules in a database: made, found, changed, paused, removed."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.platform import Destination, PlatformName
from bot.schedule import Schedule
from bot.store import tables
from bot.store.database import Database
from bot.store.rows import from_destination, from_schedule, to_schedule

#: No vowels, so that no id is a word, and no signs that are easily taken for another.
_SIGNS: Final = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH: Final = 4
#: With 10,000 schedules one draw in fifty meets an id that is taken; ten in a row never do.
_DRAWS: Final = 10


def draw_id() -> str:
    """A short id, one of half a million."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


class ScheduleTable:
    """The part of a store that keeps schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_schedule(self, schedule: Schedule) -> Schedule:
        for _ in range(_DRAWS - 1):
            try:
                return await self._insert(replace(schedule, id=draw_id()))
            except IntegrityError:
                continue
        return await self._insert(replace(schedule, id=draw_id()))

    async def _insert(self, schedule: Schedule) -> Schedule:
        async with self._database.writes() as connection:
            await connection.execute(tables.schedules.insert(), from_schedule(schedule))
        return schedule

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        query = select(tables.schedules).where(tables.schedules.c.id == schedule_id.lower())
        async with self._database.reads() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return to_schedule(dict(row)) if row else None

    async def list_schedules(
        self,
        *,
        platform: PlatformName | None = None,
        tenant_id: str | None = None,
        channel_id: str | None = None,
    ) -> tuple[Schedule, ...]:
        columns = tables.schedules.c
        wanted = {"platform": platform, "tenant_id": tenant_id, "channel_id": channel_id}
        query = select(tables.schedules).order_by(columns.created_at, columns.id)
        for name, value in wanted.items():
            if value is not None:
                query = query.where(columns[name] == value)
        async with self._database.reads() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(to_schedule(dict(row)) for row in rows)

    async def update_schedule(self, schedule: Schedule) -> bool:
        return await self._change(schedule.id, **from_schedule(schedule))

    async def pause_schedule(self, schedule_id: str, because: str) -> bool:
        return await self._change(
            schedule_id, is_paused=True, paused_because=because, next_fire_at=None
        )

    async def _change(self, schedule_id: str, **values: object) -> bool:
        query = update(tables.schedules).where(tables.schedules.c.id == schedule_id.lower())
        async with self._database.writes() as connection:
            return (await connection.execute(query.values(**values))).rowcount > 0

    async def pause_destination(self, destination: Destination, because: str) -> int:
        columns = tables.schedules.c
        query = update(tables.schedules).where(columns.is_paused.is_(False))
        for name, value in from_destination(destination).items():
            query = query.where(columns[name] == value)
        query = query.values(is_paused=True, paused_because=because, next_fire_at=None)
        async with self._database.writes() as connection:
            return (await connection.execute(query)).rowcount

    async def remove_schedule(self, schedule_id: str) -> bool:
        query = delete(tables.schedules).where(tables.schedules.c.id == schedule_id.lower())
        async with self._database.writes() as connection:
            return (await connection.execute(query)).rowcount > 0
