"""`briefbot run` as a process of its own, set up by the environment and stopped by a signal."""

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from bot import messages
from tests.scenarios.discord.world import NEWS, TOKEN
from tests.scenarios.service.conftest import PATIENCE
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN


@pytest.fixture
async def briefbot(stage):
    """Starts `briefbot ARGUMENTS`, set up for the stage; killed if the test leaves it running."""
    variables = {
        "BRIEFBOT_SLACK__BOT_TOKEN": BOT_TOKEN,
        "BRIEFBOT_SLACK__APP_TOKEN": APP_TOKEN,
        "BRIEFBOT_SLACK__API_URL": stage.slack.api_url,
        "BRIEFBOT_DISCORD__TOKEN": TOKEN,
        "BRIEFBOT_DISCORD__API_URL": stage.discord.api_url,
        "BRIEFBOT_DISCORD__GATEWAY_URL": stage.discord.gateway.url,
        "BRIEFBOT_FETCH__ALLOW_HOSTS": stage.outlet.host,
        "BRIEFBOT_DATABASE__URL": stage.url,
        "BRIEFBOT_HEALTH__PORT": str(_free_port()),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    started = []

    async def start(*arguments):
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("briefbot"),
            *arguments,
            env={**kept, **variables},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        process.health = f"http://127.0.0.1:{variables['BRIEFBOT_HEALTH__PORT']}"
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_run_from_start_to_sigterm(stage, briefbot):
    """It connects, is well, answers, and ends with 0 at SIGTERM once what it does is done.

    Its log is one JSON object a line, without a token, an address or an article's text.
    """
    process = await briefbot("run")
    await stage.discord.connected()
    await stage.until(lambda: stage.slack.sockets, "Slack's connection")
    async with aiohttp.ClientSession() as session:
        assert await healthy(session, process.health) == dict.fromkeys(
            ("clock", "database", "discord", "slack"), "ok"
        )
        async with session.get(f"{process.health}/metrics") as answer:
            assert "briefbot_" in await answer.text()
    stage.outlet.gate.clear()
    asked = asyncio.create_task(stage.discord.slash("brief", {"url": stage.outlet.url("flood")}))
    await stage.until(lambda: "flood" in stage.outlet.asked, "the article's reader")
    process.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.3)
    stage.outlet.gate.set()
    await asyncio.wait_for(asked, PATIENCE)
    output, log = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert stage.outlet.headline("flood") in str(stage.discord.rest.posted(NEWS))
    assert output == b""
    text = log.decode()
    records = [json.loads(line) for line in text.splitlines() if line != messages.STOPPING]
    assert [r["event"] for r in records if r["level"] != "info"] == []
    assert records[-1]["event"] == "stopped"
    for secret in (BOT_TOKEN, APP_TOKEN, TOKEN, stage.outlet.host, "Alto Serro"):
        assert secret not in text


async def healthy(session, address):
    """What /healthz says once all is well: discord.py waits two seconds for guilds."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with session.get(f"{address}/healthz") as answer:
                if answer.status == 200:
                    return await answer.json()
            await asyncio.sleep(0.1)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
