"""The live sides of the platforms, all started and stopped in one way.

It translates nothing; each platform's own package does.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.discord import DiscordAdapter
from bot.slack.serve import SlackBot


@dataclass(frozen=True, slots=True)
class SlackConnection:
    """Slack by Socket Mode where there is an app token, else by signed HTTP."""

    bot: SlackBot
    app_token: str
    signing_secret: str
    host: str
    port: int

    @property
    def is_connected(self) -> bool:
        return self.bot.connected.is_set()

    async def serve(self, stop: asyncio.Event) -> None:
        """Stay connected until `stop`. Raises SettingRefused, or OSError for a port in use."""
        if self.app_token:
            await self.bot.serve_socket(self.app_token, stop)
        else:
            await self.bot.serve_http(self.signing_secret, stop, host=self.host, port=self.port)


@dataclass(frozen=True, slots=True)
class DiscordConnection:
    """Discord over its gateway."""

    adapter: DiscordAdapter

    @property
    def is_connected(self) -> bool:
        return self.adapter.is_connected

    async def serve(self, stop: asyncio.Event) -> None:
        """Stay connected until `stop`. Raises TokenRefused."""
        running = asyncio.ensure_future(self.adapter.run())
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await self.adapter.close()
        await running
