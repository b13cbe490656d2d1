"""The bot as `briefbot run` wires it, between a Slack, a Discord and a news outlet on loopback.

Nothing in it is a fake: SQLite on disk, the summarizer's own process, real sockets.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app_service import build_service
from bot.service import Service
from bot.settings import Settings
from bot.store.schema import migrate
from bot.store.sql import open_store
from tests.scenarios.discord.conftest import discord
from tests.scenarios.discord.counterpart import Counterpart as Discord
from tests.scenarios.discord.world import TOKEN
from tests.scenarios.service.outlet import Outlet
from tests.scenarios.slack.conftest import slack
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN
from tests.scenarios.slack.counterpart import Counterpart as Slack
from tests.scenarios.slack.people import People

#: Seconds in which whatever is asked of the bot is there: an analysis's process starts in three.
PATIENCE = 90

__all__ = ["discord", "slack"]


@dataclass
class LeapingClock:
    """The real time, and what a test leapt ahead of it."""

    ahead: timedelta = timedelta()

    def now(self):
        return datetime.now(UTC) + self.ahead

    def leap_to(self, instant):
        self.ahead += instant - self.now()


@dataclass
class Stage:
    """Everything of one test. `start` and `stop` may follow each other: a restart."""

    slack: Slack
    people: People
    discord: Discord
    outlet: Outlet
    url: str
    clock: LeapingClock = field(default_factory=LeapingClock)
    service: Service | None = None
    _stop: asyncio.Event | None = None
    _running: asyncio.Task | None = None

    @property
    def settings(self):
        return Settings(
            slack={
                "bot_token": BOT_TOKEN,
                "app_token": APP_TOKEN,
                "api_url": self.slack.api_url,
            },
            discord={
                "token": TOKEN,
                "api_url": self.discord.api_url,
                "gateway_url": self.discord.gateway.url,
            },
            fetch={"allow_hosts": [self.outlet.host]},
            database_url=self.url,
            health={"port": 0},
        )

    async def start(self):
        """Start the service as after a restart; both platforms are connected when it returns."""
        self.discord.gateway.ready.clear()
        self.service = await build_service(self.settings, frozenset(), clock=self.clock)
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self.service.run(self._stop))
        await self.until(
            lambda: all(c.is_connected for c in self.service.connections.values()), "a connection"
        )

    async def stop(self):
        """As after SIGTERM; what failed inside is raised here."""
        running, self._running = self._running, None
        if running:
            self._stop.set()
            async with asyncio.timeout(PATIENCE):
                await running

    async def until(self, is_so, what):
        """Wait until the servers on loopback have seen something."""
        try:
            async with asyncio.timeout(PATIENCE):
                # What is waited for happens in two servers, which have no common event.
                while not is_so():  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{what} never came") from None

    async def ask_slack(self, text, *, command="/briefing"):
        """What an admin's command is answered with, as text."""
        before = len(self.slack.made("respond"))
        await self.people.slash(command, text, user="U0ADMIN")

        def answers():
            return [a for a in self.slack.made("respond")[before:] if a.get("blocks")]

        await self.until(answers, f"the answer to {text}")
        return slack_text(answers()[0])

    async def next_slots(self):
        """Leap to when the schedules, all at one time, are due next; their slots, once over."""
        schedules = await self.service.store.list_schedules()
        self.clock.leap_to(max(schedule.next_fire_at for schedule in schedules))
        async with asyncio.timeout(PATIENCE):
            return [await self._ended(schedule) for schedule in schedules]

    async def _ended(self, schedule):
        while True:
            for slot in await self.service.store.list_slots(schedule.id, 1):
                if slot.slot_at == schedule.next_fire_at and slot.finished_at:
                    return slot
            await asyncio.sleep(0.05)

    async def rows(self):
        """The ledger, as it stands on disk."""
        store = open_store(self.url)
        try:
            return await store.list_deliveries()
        finally:
            await store.close()

    async def schedules(self):
        store = open_store(self.url)
        try:
            return await store.list_schedules()
        finally:
            await store.close()


@pytest.fixture
async def outlet():
    async with Outlet() as found:
        yield found


@pytest.fixture
async def stage(slack, discord, outlet, tmp_path):
    """A stage whose service is not started yet; it is stopped afterwards, and was well."""
    found = Stage(
        slack, People(slack), discord, outlet, f"sqlite:///{Path(tmp_path) / 'briefbot.db'}"
    )
    slack.channels["C0NEWS"].members.add("U0ADMIN")
    await migrate(found.url)
    yield found
    await found.stop()
    assert not discord.rest.refused


def slack_text(body):
    """Every text of a message's blocks."""
    parts = [p for block in body["blocks"] for p in (block, *block.get("elements", ()))]
    texts = [p["text"] for p in parts if p.get("text")]
    return "\n".join(t["text"] if isinstance(t, dict) else t for t in texts)
