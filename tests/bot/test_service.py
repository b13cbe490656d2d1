"""The whole bot starts, watches its parts, and ends in good order."""

import asyncio
import socket
import subprocess
import sys

import aiohttp
import pytest

from bot.errors import StoreUnavailable, TokenRefused
from bot.service import Service
from bot.testing import MemoryStore


class FakeConnection:
    """Connected until it is told to stop, or until a test makes it fail."""

    def __init__(self, name, order, *, failure=None, hangs=False):
        self.is_connected = False
        self.started = asyncio.Event()
        self._name, self._order, self._failure, self._hangs = name, order, failure, hangs

    async def serve(self, stop):
        self.is_connected = True
        self.started.set()
        if self._failure:
            raise self._failure
        await stop.wait()
        if self._hangs:
            await asyncio.Event().wait()
        self.is_connected = False
        self._order.append(self._name)


class WatchedStore(MemoryStore):
    """Notes when it is closed; does not answer while `is_down`."""

    def __init__(self, order):
        super().__init__()
        self._order, self.is_down = order, False

    async def ping(self):
        if self.is_down:
            raise StoreUnavailable("here")

    async def close(self):
        self._order.append("store")


@pytest.fixture
def order():
    return []


@pytest.fixture
def build(world, order):
    """A service over fakes; its parts note in `order` how they end."""

    def make(*connections, **settings):
        world.store = WatchedStore(order)
        rounds = world.build_rounds(world.store, world.platforms)

        async def close():
            order.append("closer")

        return Service(
            store=world.store,
            rounds=rounds,
            connections=dict(connections),
            clock=world.time,
            metrics=world.metrics,
            tick_every=0.01,
            **{"closers": (close,), **settings},
        )

    return make


async def test_a_stop_ends_everything_in_order(build, order):
    """Connections first, so that nothing new comes in; the database last."""
    stop = asyncio.Event()
    slack, discord = FakeConnection("slack", order), FakeConnection("discord", order)
    running = asyncio.ensure_future(build(("slack", slack), ("discord", discord)).run(stop))
    await slack.started.wait()
    await discord.started.wait()
    stop.set()
    await running
    assert sorted(order[:2]) == ["discord", "slack"]
    assert order[2:] == ["closer", "store"]


async def test_what_is_due_is_posted_and_finished_before_the_end(build, world, order):
    """The clock finds what is due; a stop waits for what is under way."""
    schedule = await world.added("at daily 08:00 in UTC")
    kept = await world.store.find_schedule(schedule)
    running_service = build()
    await world.store.add_schedule(kept)
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_):
        entered.set()
        await go_on.wait()

    world.slack.before = wait
    world.time.seconds = 86_400
    stop = asyncio.Event()
    running = asyncio.ensure_future(running_service.run(stop))
    await entered.wait()
    stop.set()
    await asyncio.sleep(0.05)
    assert order == []
    go_on.set()
    await running
    assert [post.message.body["text"] for post in world.slack.posted] == ["Ferry crews walk out"]
    assert order == ["closer", "store"]


async def test_a_connection_that_fails_for_good_ends_the_service(build, order):
    """Its error is raised once everything else has ended in order."""
    refused = FakeConnection("discord", order, failure=TokenRefused("Discord", "discord.token"))
    parts = [("slack", FakeConnection("slack", order)), ("discord", refused)]
    with pytest.raises(TokenRefused):
        await build(*parts).run(asyncio.Event())
    assert order == ["slack", "closer", "store"]


async def test_a_connection_that_hangs_is_cut_off(build, order, caplog):
    """A stop comes to an end, whatever a platform does."""
    stop, hanging = asyncio.Event(), FakeConnection("slack", order, hangs=True)
    running = asyncio.ensure_future(build(("slack", hanging), stop_within=0.05).run(stop))
    await hanging.started.wait()
    stop.set()
    await asyncio.wait_for(running, 60)
    assert order == ["closer", "store"]
    assert "connections cut off" in caplog.messages


async def test_a_closer_that_fails_keeps_the_others_from_nothing(build, order, caplog):
    """The database is closed all the same."""

    async def fail():
        raise OSError("no")

    stop = asyncio.Event()
    stop.set()
    await build(closers=(fail,)).run(stop)
    assert order == ["store"]
    assert "not closed" in caplog.messages


async def test_a_port_that_is_taken_is_said_and_everything_closed(build, order):
    """The error is the port's own, not that of a clock which never began."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="address already in use"):
            await build(health_at=("127.0.0.1", taken.getsockname()[1])).run(asyncio.Event())
    assert order == ["closer", "store"]


async def test_health_names_each_part(build, world, order, caplog):
    """Database, clock and connections, each with its own word; 503 where one is unwell."""
    caplog.set_level("INFO")
    stop, slack = asyncio.Event(), FakeConnection("slack", order)
    running_service = build(("slack", slack), health_at=("127.0.0.1", 0))
    running = asyncio.ensure_future(running_service.run(stop))
    await slack.started.wait()
    port = next(r.port for r in caplog.records if r.getMessage() == "health page")
    async with aiohttp.ClientSession() as session:

        async def ask():
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                return answer.status, await answer.json()

        assert await ask() == (200, {"database": "ok", "clock": "ok", "slack": "ok"})
        slack.is_connected, world.store.is_down = False, True
        assert await ask() == (
            503,
            {"database": "StoreUnavailable", "clock": "ok", "slack": "not connected"},
        )
        running_service.longest_silence = -1.0
        assert (await ask())[1]["clock"].startswith("no tick for 0 s")
    stop.set()
    await running


async def test_without_the_scheduler_nothing_ticks(build, world, order):
    """A process that only takes commands posts nothing that is due."""
    schedule = await world.added("at daily 08:00 in UTC")
    kept = await world.store.find_schedule(schedule)
    slack = FakeConnection("slack", order)
    running_service = build(("slack", slack))
    running_service.rounds = None
    await world.store.add_schedule(kept)
    world.time.seconds = 86_400
    stop = asyncio.Event()
    running = asyncio.ensure_future(running_service.run(stop))
    await slack.started.wait()
    await asyncio.sleep(0.05)
    stop.set()
    await running
    assert world.slack.calls == 0


def test_no_collection_of_all_that_lives_comes_by_itself():
    """Once a service has settled, old objects are looked through when it says so, and only then."""
    code = """
import gc
from bot.service import settle_process
settle_process()
assert gc.get_freeze_count() > 1000
before = gc.get_stats()[2]["collections"]
kept = [[number] for number in range(500_000)]
assert gc.get_stats()[1]["collections"] > 10
print(gc.get_stats()[2]["collections"] - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "0\n"


def test_a_thread_that_computes_holds_up_no_exchange():
    """Once a service has settled, a busy thread gives the interpreter back in less than 1 ms."""
    code = """
import sys
from bot.service import settle_process
settle_process()
print(sys.getswitchinterval() < 0.001)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "True\n"
