"""The tables, as both databases have them. A change here needs a migration; a test compares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Instant(TypeDecorator[datetime]):
    """An instant, in UTC: SQLite keeps no zone, so it is taken off and put on here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant = value if value.tzinfo is UTC else value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # named by the library
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata: Final = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"}
)


def _of_schedule() -> ForeignKey:
    return ForeignKey("schedules.id", ondelete="CASCADE")


schedules = Table(
    "schedules",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("tenant_id", String(64), nullable=False),
    Column("channel_id", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("feeds", JSON, nullable=False),
    Column("times", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("filter", JSON, nullable=False),
    Column("at_most", Integer, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("catch_up_seconds", Integer, nullable=False),
    Column("next_fire_at", Instant, index=True),
    Column("is_paused", Boolean, nullable=False),
    Column("paused_because", Text, nullable=False),
    Column("engine", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Index("ix_schedules_destination", "platform", "tenant_id", "channel_id"),
)

slots = Table(
    "slots",
    metadata,
    Column("schedule_id", String(16), _of_schedule(), primary_key=True),
    Column("slot_at", Instant, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("holder", String(32), nullable=False),
    # None once the slot is over
    Column("lease_until", Instant, index=True),
    Column("finished_at", Instant),
    Column("is_late", Boolean, nullable=False),
    Column("asked_by", String(64), nullable=False),
    # none of both until it is planned
    Column("skipped", JSON(none_as_null=True)),
    Column("remarks", JSON(none_as_null=True)),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("schedule_id", String(16), primary_key=True),
    Column("slot_at", Instant, primary_key=True),
    Column("platform", String(16), primary_key=True),
    Column("tenant_id", String(64), primary_key=True),
    Column("channel_id", String(64), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("body", JSON, nullable=False),
    Column("thread_part", Integer),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("attempted_at", Instant),
    Column("message_id", String(64)),
    Column("thread_id", String(64)),
    Column("reason", Text, nullable=False),
    ForeignKeyConstraint(
        ["schedule_id", "slot_at"], ["slots.schedule_id", "slots.slot_at"], ondelete="CASCADE"
    ),
)

seen = Table(
    "seen",
    metadata,
    Column("schedule_id", String(16), _of_schedule(), primary_key=True),
    # a digest: an address may be longer than what PostgreSQL puts into an index
    Column("key", String(32), primary_key=True),
    Column("seen_at", Instant, nullable=False, index=True),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("schedule_id", String(16), _of_schedule(), nullable=False),
    Column("title", Text, nullable=False),
    Column("teaser", Text, nullable=False),
    Column("url", Text),
    Column("posted_at", Instant, nullable=False),
    Index("ix_stories_schedule", "schedule_id", "posted_at"),
)

briefings = Table(
    "briefings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("tenant_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("kept_at", Instant, nullable=False, index=True),
)

events = Table(
    "events",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("event_id", String(128), primary_key=True),
    Column("came_at", Instant, nullable=False, index=True),
)

tenant_settings = Table(
    "tenant_settings",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("tenant_id", String(64), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
