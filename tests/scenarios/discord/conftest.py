"""The real discord.py, over real sockets, against the counterpart on loopback."""

import asyncio
from datetime import UTC, datetime

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord import DiscordAdapter, DiscordPlatform, use_addresses
from briefings.testing import FixedClock
from tests.scenarios.discord.counterpart import PATIENCE, Counterpart
from tests.scenarios.discord.fakes import FakeCommands
from tests.scenarios.discord.world import TOKEN


@pytest.fixture
async def discord():
    """The counterpart; discord.py's addresses lead to it and are put back afterwards."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    counterpart = Counterpart()
    await counterpart.start()
    use_addresses(api_url=counterpart.api_url, gateway_url=counterpart.gateway.url)
    yield counterpart
    await counterpart.stop()
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture
def commands():
    return FakeCommands()


@pytest.fixture
def clock():
    return FixedClock(datetime.now(UTC))


@pytest.fixture
async def platform(discord, clock):  # noqa: ARG001  # its addresses must be set first
    posting = DiscordPlatform(TOKEN, clock=clock, deadline=5.0)
    yield posting
    await posting.close()


@pytest.fixture
def forgotten():
    """The guilds that the bot was told to forget."""
    return []


@pytest.fixture
async def start(commands, platform, forgotten):
    """Starts an adapter; all are closed in the end, and none may have failed."""
    running = []

    async def begin(**options):
        async def forget(tenant_id):
            forgotten.append(tenant_id)

        adapter = DiscordAdapter(
            options.pop("token", TOKEN),
            commands=commands,
            platform=platform,
            forget_tenant=forget,
            delays=(0.05,),
            **options,
        )
        task = asyncio.create_task(adapter.run())
        running.append((adapter, task))
        return adapter, task

    yield begin
    for adapter, task in running:
        await adapter.close(limit=1)
        await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), PATIENCE)


@pytest.fixture
async def bot(discord, start):
    """A connected adapter. It does not end by itself, and Discord refuses nothing it does.

    A test in which Discord must refuse something clears `refused` when it has looked at it.
    """
    adapter, task = await start()
    await discord.connected()
    yield adapter
    assert not task.done() or task.exception() is None
    assert not discord.rest.refused


@pytest.fixture
def until():
    """Waits until something on loopback has come about."""

    async def wait(condition):
        async with asyncio.timeout(PATIENCE):
            # What is waited for happens in a server, which has no event for each thing.
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    return wait
