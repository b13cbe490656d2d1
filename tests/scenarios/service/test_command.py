"""`briefbot run` as a process of its own, set up by the environment and stopped by a signal."""

import asyncio
import json
import signal

import aiohttp
import pytest

from bot import messages
from tests.scenarios.discord.world import NEWS, TOKEN
from tests.scenarios.service import process
from tests.scenarios.service.conftest import PATIENCE
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN


@pytest.fixture
async def bot(stage, tmp_path):
    """A running `briefbot run` with its health page's port and its log; ended after the test."""
    port, log = process.free_port(), tmp_path / "log"
    env = process.environment(
        stage.slack, stage.discord, hosts=[stage.outlet.host], database=stage.url, health=port
    )
    with log.open("w") as file:
        running = await process.start("run", env=env, log=file)
    running.port, running.log = port, log
    yield running
    if running.returncode is None:
        running.kill()
    await running.wait()


async def test_run_from_start_to_sigterm(stage, bot):
    """It connects, is well, answers, and ends with 0 at SIGTERM once what it does is done.

    Its log is one JSON object a line, without a warning, a token, an address or an article's text.
    """
    async with aiohttp.ClientSession() as session:
        well = await process.until_well(session, bot.port)
        assert well == dict.fromkeys(("clock", "database", "discord", "slack"), "ok")
        async with session.get(f"http://127.0.0.1:{bot.port}/metrics") as answer:
            assert "briefbot_last_tick_timestamp_seconds" in await answer.text()
    stage.outlet.gate.clear()
    asked = asyncio.create_task(stage.discord.slash("brief", {"url": stage.outlet.url("flood")}))
    await stage.until(lambda: "flood" in stage.outlet.asked, "the article's reader")
    bot.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.3)
    stage.outlet.gate.set()
    await asyncio.wait_for(asked, PATIENCE)
    assert await asyncio.wait_for(bot.wait(), PATIENCE) == 0
    assert stage.outlet.headline("flood") in str(stage.discord.rest.posted(NEWS))
    text = bot.log.read_text()
    records = [json.loads(line) for line in text.splitlines() if line != messages.STOPPING]
    assert [record["event"] for record in records if record["level"] != "info"] == []
    assert records[-1]["event"] == "stopped"
    for secret in (BOT_TOKEN, APP_TOKEN, TOKEN, stage.outlet.host, "Alto Serro"):
        assert secret not in text
