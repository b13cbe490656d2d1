"""How the bot is connected: what is let in, what a lost connection does, what the logs hold."""

import asyncio
import logging
import time
from urllib.parse import urlencode

import pytest

from bot.commands import Reply
from bot.errors import SettingRefused
from bot.slack.serve import SlackBot
from tests.scenarios.slack.conftest import FakeCommands, Memory, to_document
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN, SECRET, Fault
from tests.scenarios.slack.methods import TEAM
from tests.scenarios.slack.people import ACKNOWLEDGED

BODY = urlencode({"command": "/brief", "text": "private words", "team_id": TEAM, "user_id": "U1"})

REFUSED = {
    "another secret": {"secret": "another"},
    "six minutes old": {"age": 360},
    "of the future": {"age": -360},
    "no signature": {"headers": {"X-Slack-Signature": ""}},
    "no time": {"headers": {"X-Slack-Request-Timestamp": ""}},
    "time that is none": {"headers": {"X-Slack-Request-Timestamp": "now"}},
    "letters that no signature has": {"headers": {"X-Slack-Signature": "v0=ü"}},
}


@pytest.mark.parametrize("forged", REFUSED.values(), ids=REFUSED)
async def test_what_slack_did_not_sign_is_refused(scene_of, caplog, forged):
    """A request with a wrong or stale signature gets 401, does nothing and leaves no trace."""
    caplog.set_level(logging.DEBUG)
    scene = await scene_of("http")
    status, _ = await scene.people.post(BODY, **forged)
    assert status == 401
    assert await scene.bot.listeners.finish(5) == 0
    assert not scene.commands.requests
    assert "private" not in caplog.text
    assert "wrong or stale signature was refused" in caplog.text


async def test_letters_that_are_no_text_are_refused(scene_of):
    """A body that is no UTF-8 gets 401, not a fault of ours."""
    scene = await scene_of("http")
    status, _ = await scene.people.post(BODY, raw=b"\xff\xfe")
    assert status == 401


@pytest.mark.parametrize(
    ("body", "is_form"),
    [
        ("{", False),
        ("[1]", False),
        ("null", False),
        ("payload=%7B", True),
        ("payload=%5B1%5D", True),
    ],
)
async def test_a_signed_body_that_is_no_message_is_refused(scene_of, caplog, body, is_form):
    """What can't be read gets 400 and one line in the log, no fault of ours."""
    scene = await scene_of("http")
    assert (await scene.people.post(body, is_form=is_form))[0] == 400
    assert not scene.commands.requests
    assert "Traceback" not in caplog.text


async def test_a_certificate_check_is_answered(scene_of):
    """Slack asks now and then whether the certificate holds, unsigned; nothing is done."""
    scene = await scene_of("http")
    status, _ = await scene.people.post("ssl_check=1&token=legacy", age=999)
    assert status == 200
    assert not scene.commands.requests


async def test_slack_can_verify_the_address(scene_of):
    """The challenge with which Slack checks the address of events is answered."""
    scene = await scene_of("http")
    body = '{"type": "url_verification", "token": "legacy", "challenge": "3eZbrw1"}'
    status, text = await scene.people.post(body, is_form=False)
    assert (status, "3eZbrw1" in text) == (200, True)


async def test_no_secret_is_logged(scene_of, caplog):
    """No token, ticket or address to answer to is in any log, not even with --debug."""
    caplog.set_level(logging.DEBUG)
    scene = await scene_of("socket", lost=2)
    scene.slack.faults["link"] = [True]
    await scene.slack.sockets[-1].close()
    scene.slack.faults["chat.postMessage"] = [Fault("invalid_auth")]
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False))
    await scene.slack.until(lambda: scene.slack.connections > 1, what="a new connection")
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("respond"), what="the answer")
    secrets = (BOT_TOKEN, APP_TOKEN, SECRET, "ticket-", "/commands/r", "Hask will close")
    assert [secret for secret in secrets if secret in caplog.text] == []
    assert "Failed to connect" in caplog.text


async def test_a_dropped_connection_is_made_again(scene_of):
    """When the line drops, the bot connects anew and goes on answering."""
    scene = await scene_of("socket")
    scene.slack.sockets[-1]._req.transport.abort()
    await scene.slack.until(lambda: scene.slack.connections == 2, what="a new connection")
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("respond"), what="the answer")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_slack_can_ask_for_a_new_connection(scene_of, reason):
    """When Slack says that it will close the connection, the bot moves to a new one."""
    scene = await scene_of("socket")
    await scene.slack.sockets[-1].send_json({"type": "disconnect", "reason": reason})
    await scene.slack.until(lambda: scene.slack.connections == 2, what="a new connection")
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("respond"), what="the answer")


async def test_a_used_address_is_not_tried_for_ever(scene_of):
    """A handshake that failed has used its address up: the bot asks for another one."""
    scene = await scene_of("socket", lost=2)
    scene.slack.faults["link"] = [True]
    await scene.slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    await scene.slack.until(lambda: scene.slack.connections == 2, what="a new connection")
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("respond"), what="the answer")


def to_bot(platform, **options):
    memory = Memory()
    return SlackBot(
        FakeCommands(),
        platform,
        bot_token=BOT_TOKEN,
        remember_event=memory.remember_event,
        forget_tenant=memory.forget_tenant,
        **options,
    )


@pytest.mark.parametrize(
    ("method", "setting"),
    [("auth.test", "slack.bot_token"), ("apps.connections.open", "slack.app_token")],
)
async def test_a_refused_token_is_final(slack, to_platform, method, setting):
    """A token that Slack refuses ends the bot with the setting's name, not with endless tries."""
    slack.faults[method] = [Fault("invalid_auth")]
    bot = to_bot(to_platform())
    with pytest.raises(SettingRefused) as caught:
        await asyncio.wait_for(bot.serve_socket(APP_TOKEN, asyncio.Event()), 10)
    assert (caught.value.key, caught.value.value) == (setting, "***")
    assert not bot.connected.is_set()


async def test_slack_out_of_reach_at_the_start(slack, to_platform):
    """Where Slack is down when the bot starts, it tries again and comes up."""
    slack.faults["auth.test"] = [Fault("fatal_error", status=503)] * 3
    bot, stop = to_bot(to_platform()), asyncio.Event()
    serving = asyncio.create_task(bot.serve_socket(APP_TOKEN, stop))
    await slack.until(lambda: slack.connections, what="a connection")
    stop.set()
    await asyncio.wait_for(serving, 60)


async def test_stopping_while_connecting(slack, to_platform):
    """A bot that can't connect stops when it is told to, at once."""
    slack.faults["link"] = [True] * 100
    bot, stop = to_bot(to_platform()), asyncio.Event()
    serving = asyncio.create_task(bot.serve_socket(APP_TOKEN, stop))
    await slack.until(lambda: slack.made("apps.connections.open"), what="the first try")
    stop.set()
    started = time.monotonic()
    await asyncio.wait_for(serving, 60)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("interactive", {"type": "view_closed", "view": {"id": "V1", "callback_id": "x"}}),
        ("interactive", {"type": "block_suggestion", "action_id": "a", "value": "q"}),
        ("interactive", {"type": "of_tomorrow"}),
        ("slash_commands", {"command": "/of-another-manifest", "text": ""}),
    ],
    ids=["closed modal", "suggestions", "unknown kind", "unknown command"],
)
async def test_what_nobody_listens_to_is_acknowledged(scene_of, caplog, mode, kind, payload):
    """Slack hears that everything arrived, or it would send it again and show a warning."""
    scene = await scene_of(mode)
    who = {"team": {"id": TEAM}, "team_id": TEAM, "user": {"id": "U1"}, "user_id": "U1"}
    ack = await scene.people.tell(kind, who | payload)
    assert (ack.status, ack.seconds < ACKNOWLEDGED) == (200, True)
    assert not scene.commands.requests
    assert "Unhandled request" not in caplog.text
