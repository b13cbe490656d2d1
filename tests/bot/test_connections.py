"""Platforms' live sides: kept until the stop, and their faults raised."""

import asyncio

import pytest

from bot.connections import DiscordConnection, SlackConnection
from bot.errors import TokenRefused


class FakeAdapter:
    """A gateway that stays until it is closed, or is refused."""

    def __init__(self, failure=None):
        self.is_connected, self._failure = False, failure
        self._closed = asyncio.Event()

    async def run(self):
        self.is_connected = True
        if self._failure:
            raise self._failure
        await self._closed.wait()

    async def close(self):
        self.is_connected = False
        self._closed.set()


class FakeBot:
    """Notes how it was served."""

    def __init__(self):
        self.connected, self.served = asyncio.Event(), []

    async def serve_socket(self, app_token, stop):
        self.served.append(("socket", app_token, stop.is_set()))

    async def serve_http(self, signing_secret, stop, *, host, port):
        self.served.append(("http", signing_secret, stop.is_set(), host, port))


async def test_discord_stays_until_the_stop_and_hangs_up():
    """The adapter is closed, and nothing of it is left running."""
    adapter, stop = FakeAdapter(), asyncio.Event()
    connection = DiscordConnection(adapter)
    serving = asyncio.ensure_future(connection.serve(stop))
    while not connection.is_connected:  # noqa: ASYNC110  # the adapter tells nobody
        await asyncio.sleep(0)
    stop.set()
    await serving
    assert not connection.is_connected


async def test_a_refused_token_is_raised():
    """No second try mends it."""
    connection = DiscordConnection(FakeAdapter(TokenRefused("Discord", "discord.token")))
    with pytest.raises(TokenRefused):
        await connection.serve(asyncio.Event())


@pytest.mark.parametrize(
    ("app_token", "served"),
    [
        ("xapp-1", ("socket", "xapp-1", False)),
        ("", ("http", "secret", False, "127.0.0.1", 3000)),
    ],
    ids=["socket", "http"],
)
async def test_slack_is_served_over_a_socket_where_there_is_an_app_token(app_token, served):
    """Without one by signed HTTP."""
    bot = FakeBot()
    connection = SlackConnection(bot, app_token, "secret", "127.0.0.1", 3000)
    await connection.serve(asyncio.Event())
    assert bot.served == [served]
    assert not connection.is_connected
    bot.connected.set()
    assert connection.is_connected
