"""The first answer to an interaction, which Discord takes once and within 3 seconds.

A command whose acknowledgement failed must not run: nobody would see what it did.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import discord

from bot.discord.failures import ALREADY_ACKNOWLEDGED, describe
from bot.discord.requests import Interaction

#: Discord takes nothing after 3 s; the answer to a request that arrived in time may take longer.
PATIENCE: Final = 8.0
_log = logging.getLogger(__name__)


async def defer(interaction: Interaction, *, is_private: bool) -> bool:
    """Show that work goes on. False where Discord did not take it: too late, or answered before."""
    return await respond(
        interaction, lambda: interaction.response.defer(ephemeral=is_private, thinking=True)
    )


async def respond(interaction: Interaction, answer: Callable[[], Awaitable[object]]) -> bool:
    """Give the first answer, a second time if the connection broke. Whether Discord has it."""
    for is_second in (False, True):
        try:
            async with asyncio.timeout(PATIENCE):
                await answer()
        except discord.InteractionResponded:
            return False
        except discord.HTTPException as error:
            if is_second and error.code == ALREADY_ACKNOWLEDGED:
                return True  # the first try did arrive
            _log.warning("interaction %s: not acknowledged: %s", interaction.id, describe(error))
            return False
        except (aiohttp.ClientError, OSError, KeyError) as error:
            # KeyError: discord.py 2.7 takes for granted that a 429 says how long.
            _log.warning("interaction %s: %s", interaction.id, describe(error))
        else:
            return True
    return False
