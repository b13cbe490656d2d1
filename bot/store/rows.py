"""Between rows and values: what a column holds of a schedule, a slot or a delivery."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from bot.platform import Destination
from bot.schedule import Filter, Schedule
from bot.slots import Delivery, LoggedSlot, Skipped, Slot, Story

Row = Mapping[str, Any]
_DESTINATION = ("platform", "tenant_id", "channel_id")


def from_schedule(schedule: Schedule) -> dict[str, Any]:
    rules = schedule.filter
    return {
        "id": schedule.id,
        **from_destination(schedule.destination),
        "name": schedule.name,
        "feeds": list(schedule.feeds),
        "times": schedule.times,
        "zone": schedule.zone,
        "created_by": schedule.created_by,
        "created_at": schedule.created_at,
        "filter": asdict(rules),
        "at_most": schedule.at_most,
        "mode": schedule.mode,
        "catch_up_seconds": int(schedule.catch_up.total_seconds()),
        "next_fire_at": schedule.next_fire_at,
        "is_paused": schedule.is_paused,
        "paused_because": schedule.paused_because,
        "engine": schedule.engine,
        "language": schedule.language,
    }


def to_schedule(row: Row) -> Schedule:
    return Schedule(
        id=row["id"],
        destination=to_destination(row),
        name=row["name"],
        feeds=tuple(row["feeds"]),
        times=row["times"],
        zone=row["zone"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        filter=_to_filter(row["filter"]),
        at_most=row["at_most"],
        mode=row["mode"],
        catch_up=timedelta(seconds=row["catch_up_seconds"]),
        next_fire_at=row["next_fire_at"],
        is_paused=row["is_paused"],
        paused_because=row["paused_because"],
        engine=row["engine"],
        language=row["language"],
    )


def _to_filter(rules: Mapping[str, Any]) -> Filter:
    lists = {name: tuple(rules[name]) for name in ("any_of", "all_of", "none_of")}
    return Filter(**lists, pattern=rules["pattern"])


def from_destination(destination: Destination) -> dict[str, Any]:
    return {name: getattr(destination, name) for name in _DESTINATION}


def to_destination(row: Row) -> Destination:
    return Destination(row["platform"], row["tenant_id"], row["channel_id"])


def to_slot(row: Row, schedule: Schedule) -> Slot:
    return Slot(
        schedule=schedule,
        slot_at=row["slot_at"],
        state=row["state"],
        lease_until=row["lease_until"],
        is_late=row["is_late"],
        asked_by=row["asked_by"],
    )


def to_logged(row: Row, deliveries: tuple[Delivery, ...]) -> LoggedSlot:
    return LoggedSlot(
        schedule_id=row["schedule_id"],
        slot_at=row["slot_at"],
        state=row["state"],
        finished_at=row["finished_at"],
        is_late=row["is_late"],
        asked_by=row["asked_by"],
        deliveries=deliveries,
        skipped=tuple(Skipped(**skipped) for skipped in row["skipped"] or ()),
        remarks=tuple(row["remarks"] or ()),
    )


def from_skipped(skipped: Iterable[Skipped]) -> list[dict[str, Any]]:
    return [asdict(one) for one in skipped]


def from_delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "schedule_id": delivery.schedule_id,
        "slot_at": delivery.slot_at,
        **from_destination(delivery.destination),
        "part": delivery.part,
        "nonce": delivery.nonce,
        "body": dict(delivery.body),
        "thread_part": delivery.thread_part,
        **from_progress(delivery),
    }


def from_progress(delivery: Delivery) -> dict[str, Any]:
    """What of a delivery changes."""
    return {
        "state": delivery.state,
        "tries": delivery.tries,
        "attempted_at": delivery.attempted_at,
        "message_id": delivery.message_id,
        "thread_id": delivery.thread_id,
        "reason": delivery.reason,
    }


def to_delivery(row: Row) -> Delivery:
    return Delivery(
        schedule_id=row["schedule_id"],
        slot_at=row["slot_at"],
        destination=to_destination(row),
        part=row["part"],
        nonce=row["nonce"],
        body=row["body"],
        thread_part=row["thread_part"],
        state=row["state"],
        tries=row["tries"],
        attempted_at=row["attempted_at"],
        message_id=row["message_id"],
        thread_id=row["thread_id"],
        reason=row["reason"],
    )


def from_story(schedule_id: str, story: Story) -> dict[str, Any]:
    return {"schedule_id": schedule_id, **asdict(story)}


def to_story(row: Row) -> Story:
    return Story(
        title=row["title"], teaser=row["teaser"], posted_at=row["posted_at"], url=row["url"]
    )


def digest(key: str) -> str:
    """What stands for an entry's key in the table of seen ones."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:32]
