"""Many slots due at once: how they stand in line, and what a stop leaves."""

import asyncio
from dataclasses import replace

import pytest

from bot.platform import Destination
from bot.store.port import LEASE
from bot.testing import MemoryStore

#: More than are claimed at a time, and more than are begun at a time.
MANY = 450


class WatchedStore(MemoryStore):
    """Notes when slots are claimed and planned; plans none while `gate` is closed."""

    def __init__(self):
        super().__init__()
        self.events, self.gate = [], asyncio.Event()
        self.gate.set()

    async def claim_due(self, now, limit):
        claimed = await super().claim_due(now, limit)
        self.events.append("claimed" if claimed else "nothing due")
        return claimed

    async def plan_slot(self, slot, plan):
        await self.gate.wait()
        self.events.append("planned")
        return await super().plan_slot(slot, plan)


@pytest.fixture
async def store(world):
    """A store with MANY schedules, each of its own channel, all due now."""
    found = WatchedStore()
    made = await world.added("at daily 08:00 in UTC")
    schedule = await world.store.find_schedule(made)
    for number in range(MANY):
        where = Destination("slack", "T1", f"C{number}")
        await found.add_schedule(replace(schedule, destination=where))
    world.time.seconds = 86_400
    return found


async def test_all_that_is_due_is_claimed_before_any_is_begun(world, store):
    """No slot waits for its claim behind the work on others; all are posted, each once."""
    rounds = world.build_rounds(store, world.platforms)
    await rounds.tick()
    claims = store.events.index("nothing due") + 1
    assert claims > 2
    assert "planned" not in store.events[:claims]
    await rounds.settle()
    channels = [post.destination.channel_id for post in world.slack.posted]
    assert len(channels) == len(set(channels)) == MANY
    assert not rounds.is_busy


async def test_few_of_the_line_are_at_work_at_a_time(world, store):
    """While what was begun is not planned, the rest stays in line."""
    rounds = world.build_rounds(store, world.platforms)
    store.gate.clear()
    await rounds.tick()
    for _ in range(1_000):
        await asyncio.sleep(0)
    assert 0 < len(rounds._at_work()) < MANY / 2
    store.gate.set()
    await rounds.settle()
    assert len(world.slack.posted) == MANY


async def test_a_stop_counts_the_line_and_leaves_it_to_the_next(world, store):
    """What stands in line at a stop is counted, and done by whoever comes next, once."""
    rounds = world.build_rounds(store, world.platforms)
    store.gate.clear()
    await rounds.tick()
    await asyncio.sleep(0)
    assert await rounds.finish(0.01) == MANY
    assert not rounds.is_busy
    store.gate.set()
    world.time.seconds += LEASE.total_seconds() + 1
    following = world.build_rounds(store, world.platforms)
    for _ in range(3):
        await following.sweep()
        await following.settle()
    assert len(world.slack.posted) == MANY
