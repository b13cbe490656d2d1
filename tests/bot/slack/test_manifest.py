"""The app that a newcomer makes from the manifest is the one that the code is written for."""

import re
from pathlib import Path

import pytest
import yaml

from bot.slack.scopes import SCOPES
from bot.slack.to_blocks import SHORTCUT_ID

MANIFEST = Path(__file__).parents[3] / "config" / "slack-manifest.yaml"


@pytest.fixture(scope="module")
def manifest():
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_scopes_are_those_that_we_use(manifest):
    """The manifest asks for the scopes that the code needs, each with the same reason beside it."""
    assert manifest["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert set(manifest["oauth_config"]["scopes"]) == {"bot"}
    lines = re.findall(r"^ +- (\S+) # (.+)$", MANIFEST.read_text(encoding="utf-8"), re.MULTILINE)
    assert {scope: why for scope, why in lines if scope in SCOPES} == dict(SCOPES)


def test_everything_that_slack_sends_has_a_listener(manifest):
    """Commands, shortcut and events of the manifest are those that are listened to."""
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == ["/brief", "/briefing"]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [SHORTCUT_ID]
    assert features["app_home"]["home_tab_enabled"] is True
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (MANIFEST.parents[1] / "bot" / "slack").glob("*.py")
    )
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(re.findall(r"app\.event\(\"(\w+)\"\)", source)) == sorted(events)
    assert manifest["settings"]["interactivity"]["is_enabled"] is True


def test_words_are_in_slack_s_sizes(manifest):
    """Names and descriptions keep to the manifest's limits, or Slack refuses it as a whole."""
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in manifest["features"]["slash_commands"]:
        assert len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
