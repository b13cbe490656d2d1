"""Replies at their largest still fit both platforms, in few messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.schedules import MOST_SCHEDULES
from bot.console import sizes_of
from bot.slots import Skipped, SlotPlan
from briefings.rendering.discord import document_to_discord
from briefings.rendering.slack import document_to_slack

FEED = "https://news.example/feed"


async def prepare(world):
    """A channel full of schedules, the first with long slots and everything set."""
    words = ", ".join(f"word{number:03}" for number in range(60))
    made = await world.added(f"at daily 9:00 any {words} none {words} max 10 name {'N' * 80}")
    schedule = await world.store.find_schedule(made)
    for _ in range(MOST_SCHEDULES - 1):
        await world.store.add_schedule(replace(schedule, paused_because="x" * 200))
    for hours in range(12):
        now = world.time.now() + timedelta(hours=hours)
        slot = await world.store.open_slot(made, now, now=now)
        skipped = tuple(
            Skipped(f"Title {'t' * 180} {n}", None, "filtered", "w" * 80) for n in range(9)
        )
        remarks = tuple(f"The server of https://{'h' * 150}.example has trouble." for _ in range(5))
        await world.store.plan_slot(slot, SlotPlan(skipped=skipped, remarks=remarks))
        await world.store.finish_slot(slot, "nothing", now)
    return made


@pytest.mark.parametrize("text", ["help", "list", "show {}", "preview {}", "log {}"])
async def test_replies_fit(world, text):
    """Each message is within its platform's sizes, and there are at most ten of them."""
    world.list_entries(*[f"Ferry crews walk out {n} {'x' * 150}" for n in range(7)])
    made = await prepare(world)
    reply = await world.run("briefing", text.format(made))
    assert not reply.is_refused
    assert len(reply.notice) <= 150
    bodies = {
        "slack": document_to_slack(reply.document, ""),
        "discord": document_to_discord(reply.document),
    }
    for platform, parts in bodies.items():
        assert 1 <= len(parts) <= 10
        assert all(size.fits for body in parts for size in sizes_of(platform, body))
    assert all(len(button.value) <= 100 for button in reply.buttons)
