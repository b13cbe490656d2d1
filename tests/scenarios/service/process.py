"""`briefbot` as a process of its own between counterparts on loopback."""

import asyncio
import os
import socket
import sys
from pathlib import Path

from tests.scenarios.discord.world import TOKEN
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN


def environment(slack, discord, *, hosts, database, health):
    """The variables that point the bot at the counterparts; nothing else of ours is passed on."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "BRIEFBOT_SLACK__BOT_TOKEN": BOT_TOKEN,
        "BRIEFBOT_SLACK__APP_TOKEN": APP_TOKEN,
        "BRIEFBOT_SLACK__API_URL": slack.api_url,
        "BRIEFBOT_DISCORD__TOKEN": TOKEN,
        "BRIEFBOT_DISCORD__API_URL": discord.api_url,
        "BRIEFBOT_DISCORD__GATEWAY_URL": discord.gateway.url,
        "BRIEFBOT_FETCH__ALLOW_HOSTS": ",".join(hosts),
        "BRIEFBOT_FETCH__DEADLINE_SECONDS": "5",
        "BRIEFBOT_DATABASE_URL": database,
        "BRIEFBOT_HEALTH__PORT": str(health),
    }


async def start(*arguments, env, log):
    """A running `briefbot ARGUMENTS` that writes its log to the open file `log`."""
    return await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("briefbot"),
        *arguments,
        env=env,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=log,
    )


async def until_well(session, port, within=60):
    """What /healthz says once all is well: discord.py waits two seconds for guilds."""
    async with asyncio.timeout(within):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    if answer.status == 200:
                        return await answer.json()
            except OSError:  # not listening yet
                pass
            await asyncio.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
