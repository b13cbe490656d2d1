"""What else a database remembers: entries seen, stories told, briefings, events, settings.

And how all of it is forgotten again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, text

from bot.platform import PlatformName
from bot.slots import KeptBriefing, Story
from bot.store import tables
from bot.store.database import Database
from bot.store.plans import note_seen
from bot.store.port import KEEP_BRIEFINGS, KEEP_EVENTS, KEEP_SEEN, KEEP_SLOTS, KEEP_STORIES
from bot.store.rows import digest, to_story

#: Fewer than a statement may hold, in either database.
_KEYS_AT_ONCE = 500


class KeepsakeTables:
    """The part of a store that keeps everything but schedules, slots and deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has_seen_any(self, schedule_id: str) -> bool:
        query = select(tables.seen.c.key).where(tables.seen.c.schedule_id == schedule_id).limit(1)
        async with self._database.reads() as connection:
            return (await connection.execute(query)).first() is not None

    async def seen_keys(self, schedule_id: str, keys: Iterable[str]) -> frozenset[str]:
        digests = {digest(key): key for key in keys}
        wanted, columns = sorted(digests), tables.seen.c
        found: set[str] = set()
        async with self._database.reads() as connection:
            for start in range(0, len(wanted), _KEYS_AT_ONCE):
                query = select(columns.key).where(
                    columns.schedule_id == schedule_id,
                    columns.key.in_(wanted[start : start + _KEYS_AT_ONCE]),
                )
                found.update(digests[key] for key in (await connection.execute(query)).scalars())
        return frozenset(found)

    async def mark_seen(self, schedule_id: str, keys: Iterable[str], now: datetime) -> None:
        async with self._database.writes() as connection:
            await note_seen(self._database, connection, schedule_id, keys, now)

    async def list_stories(self, schedule_id: str, since: datetime) -> tuple[Story, ...]:
        table = tables.stories
        query = (
            select(table)
            .where(table.c.schedule_id == schedule_id, table.c.posted_at >= since)
            .order_by(table.c.posted_at, table.c.id)
        )
        async with self._database.reads() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(to_story(dict(row)) for row in rows)

    async def keep_briefing(self, briefing: KeptBriefing) -> None:
        row = {name: getattr(briefing, name) for name in tables.briefings.c.keys()}  # noqa: SIM118  # columns, not a mapping
        query = self._database.insert(tables.briefings).values(row)
        query = query.on_conflict_do_update(index_elements=["id"], set_=row)
        async with self._database.writes() as connection:
            await connection.execute(query)

    async def find_briefing(
        self, briefing_id: str, platform: PlatformName, tenant_id: str
    ) -> KeptBriefing | None:
        columns = tables.briefings.c
        query = select(tables.briefings).where(
            columns.id == briefing_id,
            columns.platform == platform,
            columns.tenant_id == tenant_id,
        )
        async with self._database.reads() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return KeptBriefing(**dict(row)) if row else None

    async def remember_event(self, platform: PlatformName, event_id: str, now: datetime) -> bool:
        query = self._database.insert(tables.events).on_conflict_do_nothing()
        row = {"platform": platform, "event_id": digest(event_id), "came_at": now}
        async with self._database.writes() as connection:
            return (await connection.execute(query, row)).rowcount > 0

    async def get_setting(self, platform: PlatformName, tenant_id: str, name: str) -> str | None:
        table = tables.tenant_settings
        query = select(table.c.value).where(
            table.c.platform == platform, table.c.tenant_id == tenant_id, table.c.name == name
        )
        async with self._database.reads() as connection:
            value: str | None = (await connection.execute(query)).scalar_one_or_none()
        return value

    async def put_setting(
        self, platform: PlatformName, tenant_id: str, name: str, value: str
    ) -> None:
        row = {"platform": platform, "tenant_id": tenant_id, "name": name, "value": value}
        query = self._database.insert(tables.tenant_settings).values(row)
        query = query.on_conflict_do_update(
            index_elements=["platform", "tenant_id", "name"], set_={"value": value}
        )
        async with self._database.writes() as connection:
            await connection.execute(query)

    async def forget_tenant(self, platform: PlatformName, tenant_id: str) -> int:
        async with self._database.writes() as connection:
            for table in (tables.briefings, tables.tenant_settings, tables.schedules):
                columns = table.c
                gone = await connection.execute(
                    delete(table).where(
                        columns.platform == platform, columns.tenant_id == tenant_id
                    )
                )
        return gone.rowcount

    async def clean_up(self, now: datetime) -> int:
        slots = tables.slots.c
        overdue: list[tuple[Any, Any]] = [
            (tables.briefings, tables.briefings.c.kept_at < now - KEEP_BRIEFINGS),
            (tables.slots, slots.finished_at < now - KEEP_SLOTS),
            (tables.seen, tables.seen.c.seen_at < now - KEEP_SEEN),
            (tables.stories, tables.stories.c.posted_at < now - KEEP_STORIES),
            (tables.events, tables.events.c.came_at < now - KEEP_EVENTS),
        ]
        deleted = 0
        for table, is_old in overdue:
            async with self._database.writes() as connection:
                deleted += (await connection.execute(delete(table).where(is_old))).rowcount
        return deleted

    async def ping(self) -> None:
        async with self._database.reads() as connection:
            await connection.execute(text("SELECT 1"))
