"""Keeps the bot connected to Discord's gateway until it is asked to stop.

It restarts what discord.py gives up on; what cannot be mended by waiting is raised.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

import discord

from bot.commands import Commands
from bot.discord.answers import PATIENCE, Answers
from bot.discord.client import ForgetTenant, GatewayClient
from bot.discord.failures import describe
from bot.discord.showing import ReplyWriter
from bot.errors import TokenRefused
from bot.platform import Platform

#: Seconds before each further start; the last one stays. Discord resets the token of a bot that
#: identifies 1,000 times a day ("Gateway: Session Start Limit"), so the last must exceed 87 s.
DELAYS: Final = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0, 120.0)
#: A connection that lasted so many seconds was a good one, and the delays begin anew.
STEADY: Final = 300.0
#: Seconds for hanging up.
HANGING_UP: Final = 5.0
#: Close codes that no second try mends (Discord, "Gateway Close Event Codes").
_FINAL_CODES: Final = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
SETTING: Final = "discord.token"

_log = logging.getLogger(__name__)


class DiscordAdapter:
    """Discord's side of the bot: its commands, and the news that it was removed from a guild.

    `platform` posts details below public replies; `patience`: seconds that a command may take.
    """

    def __init__(
        self,
        token: str,
        *,
        commands: Commands,
        platform: Platform,
        forget_tenant: ForgetTenant,
        delays: tuple[float, ...] = DELAYS,
        patience: float = PATIENCE,
    ) -> None:
        self._token = token
        self._answers = Answers(commands, ReplyWriter(platform), patience=patience)
        self._forget_tenant = forget_tenant
        self._delays = delays
        self._client: GatewayClient | None = None
        self._stopped = asyncio.Event()

    @property
    def client(self) -> discord.Client | None:
        """The client of the present connection, for `DiscordPlatform`."""
        return self._client

    @property
    def is_connected(self) -> bool:
        return self._client is not None and self._client.is_ready()

    async def run(self) -> None:
        """Stay connected until `close`. Raises TokenRefused, which no second try mends."""
        _keep_tokens_out_of_logs()
        failures = 0
        while not self._stopped.is_set():
            started = time.monotonic()
            reason = await self._connect()
            if self._stopped.is_set():
                return
            failures = 1 if time.monotonic() - started >= STEADY else failures + 1
            delay = self._delays[min(failures, len(self._delays)) - 1]
            _log.warning("Discord: %s; trying again in %g s", reason, delay)
            await self._wait(delay)

    async def close(self, limit: float = 20.0) -> None:
        """Let commands under way end within `limit` seconds, excuse the rest, and hang up."""
        await self._answers.close(limit)
        self._stopped.set()
        if self._client is not None:
            await self._hang_up(self._client)

    async def _connect(self) -> str:
        """One connection, from log-in to its end; why it ended."""
        self._client = client = GatewayClient(self._answers, self._forget_tenant)
        try:
            await client.start(self._token)
        except discord.LoginFailure as error:
            raise TokenRefused("Discord", SETTING, "401") from error
        except discord.ConnectionClosed as error:
            if error.code in _FINAL_CODES:
                raise TokenRefused("Discord", SETTING, f"close code {error.code}") from error
            return f"closed with {error.code}"
        except discord.PrivilegedIntentsRequired as error:
            raise TokenRefused("Discord", SETTING, "close code 4014") from error
        except Exception as error:  # noqa: BLE001  # whatever ended it, the next start may go well
            # discord.py 2.7 asks for the sequence of a websocket that it never got to open.
            never_open = isinstance(error, AttributeError) and client.ws is None
            return "the gateway could not be reached" if never_open else describe(error)
        finally:
            await self._hang_up(client)
        return "the connection ended"

    async def _hang_up(self, client: discord.Client) -> None:
        try:
            async with asyncio.timeout(HANGING_UP):
                await client.close()
        except TimeoutError:
            _log.warning("Discord did not answer the good-bye")

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        except TimeoutError:
            return


def _keep_tokens_out_of_logs() -> None:
    """discord.py's debug records hold the tokens of interactions and what is said in them."""
    logger = logging.getLogger("discord")
    logger.setLevel(max(logging.INFO, logger.level))
