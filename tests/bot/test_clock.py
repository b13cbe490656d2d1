"""The clock calls its works again and again, and stops without breaking one off."""

import asyncio
from datetime import UTC, datetime

from bot.clock import Clock


async def test_a_work_is_called_again_and_never_twice_at_once():
    """While a call is under way no second one begins, however often it is due."""
    running, most, calls = 0, 0, 0
    enough = asyncio.Event()

    async def work():
        nonlocal running, most, calls
        running, calls = running + 1, calls + 1
        most = max(most, running)
        await asyncio.sleep(0.03)
        running -= 1
        if calls == 3:
            enough.set()

    clock = Clock()
    clock.every(0.01, work, "work")
    clock.start()
    async with asyncio.timeout(60):
        await enough.wait()
    await clock.stop(within=5)
    assert most == 1


async def test_a_work_under_way_is_finished():
    """Stopping waits for the call that is under way, and starts no other."""
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def work():
        begun.set()
        await may_end.wait()
        ended.append(True)

    clock = Clock()
    clock.every(0.01, work, "work")
    clock.start()
    async with asyncio.timeout(60):
        await begun.wait()
        stopping = asyncio.ensure_future(clock.stop(within=5))
        await asyncio.sleep(0)
        may_end.set()
        await stopping
    assert ended == [True]


async def test_a_work_is_called_on_the_full_second():
    """However a clock was started, it looks where slots are due: on the full minute and second."""
    called: list[datetime] = []
    twice = asyncio.Event()

    async def work():
        called.append(datetime.now(UTC))
        if len(called) == 2:
            twice.set()

    await asyncio.sleep((0.6 - datetime.now(UTC).microsecond / 1e6) % 1)
    clock = Clock()
    clock.every(1, work, "work")
    clock.start()
    async with asyncio.timeout(60):
        await twice.wait()
    await clock.stop(within=5)
    # Started at .6, it would be called at .6 each time if it counted from its own start.
    assert all(at.microsecond < 500_000 for at in called)
