"""One piece of work for all who ask for it at the same time."""

import asyncio

import pytest

from bot.sharing import Shared


async def test_work_under_way_is_shared_and_then_forgotten():
    """Who asks meanwhile gets the same; who asks later has it done anew."""
    shared, calls = Shared(), 0

    async def make():
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        return calls

    assert await asyncio.gather(*(shared.run("a", make) for _ in range(3))) == [1, 1, 1]
    assert await shared.run("a", make) == 2


async def test_other_keys_are_other_work():
    """Nothing is shared between keys."""
    shared = Shared()

    async def make(value):
        return value

    made = await asyncio.gather(shared.run("a", lambda: make(1)), shared.run("b", lambda: make(2)))
    assert made == [1, 2]


async def test_an_error_reaches_all_even_after_the_first_gave_up():
    """Nobody's cancellation is anybody else's."""
    shared, fail = Shared(), asyncio.Event()

    async def make():
        await fail.wait()
        raise OSError("no")

    waiting = [asyncio.ensure_future(shared.run("a", make)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    fail.set()
    made = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in made] == [asyncio.CancelledError, OSError, OSError]
    with pytest.raises(OSError, match="no"):
        await shared.run("a", make)
