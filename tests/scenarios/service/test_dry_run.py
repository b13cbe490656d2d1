"""A dry run of the sample schedules over outlets on loopback: what is posted, grouped, left out."""

import asyncio
import re
import tomllib
from pathlib import Path

import pytest

from bot.dry_run import run_dry
from bot.settings import Settings
from tests.scenarios.service.outlet import Outlet

SAMPLES = Path(__file__).parents[3] / "config" / "feeds.toml"


@pytest.fixture
async def outlets():
    """Two outlets that report one story each in much the same words, and one that is down."""
    async with Outlet("Orne Herald") as one, Outlet("Brask Observer") as other, Outlet() as dead:
        one.publish("museum-bronze", "flood", "port-lease")
        other.publish("port-lease", "court-ruling")
        dead.is_down = True
        yield one, other, dead


async def test_the_samples_over_local_feeds(outlets, tmp_path, capsys):
    """Each sample says what it posts, which outlets tell one story, what it skips and why."""
    one, other, dead = outlets
    text = SAMPLES.read_text()
    feeds = {
        "https://www.example.org/world/rss.xml": dead.feed,
        "https://www.example.org/economy/rss.xml": one.feed,
        "https://www.example.net/feed.atom": other.feed,
        "https://www.example.com/courts/feed.json": other.feed,
    }
    for placeholder, address in feeds.items():
        assert placeholder in text
        text = text.replace(placeholder, address)
    assert len(tomllib.loads(text)["schedule"]) == 3
    file = tmp_path / "feeds.toml"
    file.write_text(text)
    settings = Settings(fetch={"allow_hosts": [outlet.host for outlet in outlets]})
    await run_dry(settings, asyncio.Event(), schedules_file=file, once=True, as_json=False)
    shown, told = capsys.readouterr()
    _, border, harbour, courts = re.split(
        "“Border news”|“Harbour and strikes”|“Court rulings”", told
    )
    assert "nothing to post" in border
    assert "503" in border
    assert one.headline("port-lease") in shown
    assert "Also reported by" in shown
    assert shown.count("── discord, channel 200000000000000000") == 1
    assert f"Left out “{one.headline('flood')}”: filtered" in harbour
    assert other.headline("court-ruling") in shown
    assert f"Left out “{one.headline('port-lease')}”: filtered (no match for" in courts
