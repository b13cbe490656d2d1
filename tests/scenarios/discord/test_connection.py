"""The gateway: what the bot does when it is refused, dropped, invalidated, late, or stopped."""

import asyncio
import logging

import pytest

from bot.discord import answers, api
from bot.errors import TokenRefused
from bot.messages import explain
from tests.scenarios.discord.counterpart import PATIENCE, texts
from tests.scenarios.discord.fakes import reply
from tests.scenarios.discord.rest import Fault
from tests.scenarios.discord.world import BOT, GUILD, NEWS, TOKEN

ARTICLE = "https://brask.example/mill"


@pytest.mark.usefixtures("bot")
async def test_a_replayed_command_runs_once(discord, commands):
    """An event that Discord tells again after a resume is not obeyed a second time."""
    used = await discord.slash("briefing list")
    pressed = await discord.press("b00:show:b1 claims", used.original)
    discord.gateway.overlap = 2
    discord.gateway.ready.clear()
    await discord.gateway.drop()
    await discord.connected()
    await discord.slash("briefing help")
    assert [request.name for request in commands.requests] == [
        *("briefing list", "show", "briefing help")
    ]
    assert len(discord.gateway.resumed) == 1
    assert len(discord.rest.calls("POST", f"/{pressed.payload['token']}/callback")) == 1


@pytest.mark.usefixtures("bot")
async def test_a_command_given_while_the_connection_was_down_is_answered(discord):
    """What happened between a drop and the resume is told by Discord then, and answered."""
    discord.gateway.ready.clear()
    await discord.gateway.drop()
    used = await discord.slash("briefing help")
    assert "Brask" in texts(used.original)
    assert len(discord.gateway.identified) == 1


BREAKS = {
    "asked to reconnect": "ask_to_reconnect",
    "session invalidated": "invalidate",
    "dropped": "drop",
}


@pytest.mark.parametrize("name", BREAKS.values(), ids=BREAKS)
@pytest.mark.usefixtures("bot")
async def test_the_bot_comes_back(discord, commands, name):
    """However the connection ends, the bot is there again and answers."""
    await getattr(discord.gateway, name)()
    await discord.connected()
    await discord.slash("briefing list")
    assert len(commands.requests) == 1


async def test_the_first_connection_may_fail(discord, start):
    """A gateway that is down when the bot starts does not end it."""
    discord.gateway.refuses = 2
    _, task = await start()
    await discord.connected()
    await discord.slash("briefing list")
    assert not task.done()
    assert discord.gateway.refuses == 0


async def test_an_api_that_is_down_is_waited_for(discord, start):
    """A bot that can't log in tries again."""
    discord.rest.faults.append(Fault("GET", "/users/@me", status=503, body={}))
    discord.rest.faults.append(Fault("GET", "/users/@me", "drop"))
    await start()
    await discord.connected()


async def test_a_bad_token_is_final(discord, start):
    """A refused token is told in one sentence and not tried again."""
    adapter, task = await start(token="another")  # noqa: S106  # refused on purpose
    with pytest.raises(TokenRefused) as caught:
        await asyncio.wait_for(task, PATIENCE)
    assert "discord.token" in explain(caught.value)
    assert "another" not in explain(caught.value)
    assert len(discord.rest.calls("GET", "/users/@me")) == 1
    assert not adapter.is_connected


async def test_a_token_that_the_gateway_refuses_is_final(discord, start):
    """A token that was made anew between log-in and gateway is not shown again either."""
    discord.gateway.token = "made anew"  # noqa: S105  # of the counterpart alone
    _, task = await start()
    with pytest.raises(TokenRefused) as caught:
        await asyncio.wait_for(task, PATIENCE)
    assert "4004" in explain(caught.value)
    assert len(discord.gateway.identified) == 1


async def test_no_token_in_any_log(discord, start, caplog):
    """Neither the bot's token nor one of an interaction is logged, at whatever level."""
    caplog.set_level(logging.DEBUG)
    discord.gateway.refuses = 1
    await start()
    await discord.connected()
    used = await discord.slash("brief", {"url": ARTICLE})
    discord.rest.faults.append(Fault("PATCH", "/messages/@original", status=400, body={}))
    await discord.slash("briefing list")
    logged = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert TOKEN not in logged
    assert used.payload["token"].rpartition("-")[0] not in logged
    assert ARTICLE not in logged


@pytest.mark.usefixtures("bot")
async def test_a_long_command_is_acknowledged_at_once(discord, commands):
    """While a briefing takes its time Discord has its first answer, once, and others are served."""
    commands.gate = asyncio.Event()
    used = await discord.send(2, {**_brief(discord), "options": [_url()]})
    await asyncio.wait_for(commands.started.wait(), PATIENCE)
    assert used.acknowledged == {"type": 5}
    assert used.original is None
    others = [await discord.send(2, {**_brief(discord), "options": [_url()]}) for _ in range(5)]
    used.issued_at -= 600  # ten minutes later: too late for a first answer, not for the reply
    commands.gate.set()
    for other in [used, *others]:
        await discord.answered(other)
    callbacks = [path for method, path, _ in discord.rest.requests if path.endswith("/callback")]
    assert len(callbacks) == len(set(callbacks)) == 6


@pytest.mark.usefixtures("bot")
async def test_a_command_too_late_to_acknowledge_does_not_run(discord, commands, until):
    """Where Discord no longer takes an answer, nothing is done behind the asker's back."""
    await discord.send(2, {**_brief(discord), "options": [_url()]}, age=4)
    await until(lambda: discord.rest.refused)
    assert [code for *_, code in discord.rest.refused] == [10062]
    await discord.slash("briefing help")
    assert [request.name for request in commands.requests] == ["briefing help"]
    discord.rest.refused.clear()


@pytest.mark.usefixtures("bot")
async def test_a_command_that_another_process_took_does_not_run(discord, commands, until):
    """An interaction that was acknowledged elsewhere is left alone."""
    used = await discord.send(4, {**_brief(discord), "options": [{**_url(), "focused": True}]})
    used.payload["type"] = 2
    used.payload = {**used.payload, "id": str(int(used.payload["id"]) + 1)}
    used.acknowledged = {"type": 5}
    await discord.gateway.dispatch("INTERACTION_CREATE", used.payload)
    await until(lambda: discord.rest.refused)
    assert discord.rest.refused[-1][2] == 40060
    assert not commands.requests
    discord.rest.refused.clear()


@pytest.mark.usefixtures("bot")
async def test_an_acknowledgement_that_was_lost_is_given_again(discord):
    """If the connection breaks under the first answer, a second try tells whether it arrived."""
    discord.rest.faults.append(Fault("POST", "/callback", "drop after"))
    used = await discord.slash("briefing list")
    assert "Brask" in texts(used.original)
    assert [code for *_, code in discord.rest.refused] == [40060]
    discord.rest.refused.clear()


async def test_an_answer_that_was_waved_away_stays_away(discord, bot, commands, until):
    """Who deletes the bot's "thinking" wants no answer any more, and gets none elsewhere."""
    commands.gate = asyncio.Event()
    used = await discord.send(2, {**_brief(discord), "options": [_url()]})
    await asyncio.wait_for(commands.started.wait(), PATIENCE)
    used.is_deleted = True
    commands.gate.set()
    await until(lambda: discord.rest.refused)
    assert [code for *_, code in discord.rest.refused] == [10008]
    await bot.close()
    assert not discord.rest.posted(NEWS)
    discord.rest.refused.clear()


async def test_a_command_without_an_end_is_given_up(discord, start, commands):
    """What takes longer than the interaction's token lives is answered before that."""
    await start(patience=0.05)
    await discord.connected()
    commands.gate = asyncio.Event()
    used = await discord.slash("briefing run", {"id": "k3"})
    assert "took too long" in texts(used.original)


def test_patience_ends_before_the_token():
    """A command may take less than the 15 minutes in which its reply can be shown."""
    assert answers.PATIENCE + 60 <= 15 * 60
    assert answers.QUICKLY < 3
    assert api.LONGEST_WAIT >= 30  # the least that discord.py takes


async def test_a_stop_lets_commands_finish(discord, bot, commands):
    """A bot that is stopped finishes what is under way, within the limit."""
    commands.gate = asyncio.Event()
    used = await discord.send(2, {**_brief(discord), "options": [_url()]})
    await asyncio.wait_for(commands.started.wait(), PATIENCE)
    stopping = asyncio.create_task(bot.close(limit=PATIENCE))
    commands.gate.set()
    await stopping
    assert "Brask" in texts((used.followups or [used.original])[0])
    assert not bot.is_connected


async def test_a_stop_excuses_what_takes_longer(discord, bot, commands):
    """Whoever still waits when the limit is over reads that the bot is being restarted."""
    commands.gate = asyncio.Event()
    used = await discord.send(2, {**_brief(discord), "options": [_url()]})
    await asyncio.wait_for(commands.started.wait(), PATIENCE)
    await bot.close(limit=0.05)
    assert "being restarted" in texts(used.original)


@pytest.mark.usefixtures("bot")
async def test_a_removed_bot_forgets_the_guild(discord, forgotten, until):
    """Being removed from a guild forgets what is its; an outage of it does not."""
    await discord.gateway.dispatch("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    await discord.slash("briefing list")
    assert not forgotten
    await discord.gateway.dispatch("GUILD_DELETE", {"id": GUILD})
    await until(lambda: forgotten)
    assert forgotten == [GUILD]


@pytest.mark.usefixtures("bot")
async def test_the_bot_asks_for_little(discord):
    """The gateway is asked for guilds alone: no members, no messages, nothing privileged."""
    (asked,) = discord.gateway.identified
    assert asked["intents"] == 1
    assert discord.gateway.heartbeats >= 1


@pytest.mark.usefixtures("bot")
async def test_a_limit_without_a_time_is_told(discord):
    """A reply that Discord refuses for now is not shown, and the bot goes on."""
    discord.rest.faults.append(
        Fault("PATCH", "/messages/@original", status=429, body={"message": "slow down"})
    )
    used = await discord.slash("briefing list")
    assert "could not be shown" in texts(used.original)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("path", ["/callback", "/messages/@original"])
async def test_a_limit_of_discords_without_a_time_is_met_again(discord, path):
    """A 429 that does not say how long is tried once more, for the first answer and the reply."""
    method = "POST" if path == "/callback" else "PATCH"
    headers = {"Via": "1.1 loopback"}
    discord.rest.faults.append(Fault(method, path, status=429, headers=headers, body={}))
    used = await discord.slash("briefing list")
    assert "Brask weighs the mill" in texts(used.original)


@pytest.mark.usefixtures("bot")
async def test_a_limit_with_a_time_is_waited_out(discord):
    """A reply that Discord wants later is shown later."""
    headers = {"Via": "1.1 loopback", "Retry-After": "0.05"}
    body = {"message": "slow down", "retry_after": 0.05, "global": False}
    discord.rest.faults.append(
        Fault("PATCH", "/messages/@original", status=429, headers=headers, body=body)
    )
    used = await discord.slash("briefing list")
    assert "Brask weighs the mill" in texts(used.original)


@pytest.mark.usefixtures("bot")
async def test_a_reply_that_was_cut_off_is_shown_again(discord, commands):
    """An edit is the same twice: after a dropped connection it is made again."""
    commands.replies.append(reply(is_private=False))
    discord.rest.faults.append(Fault("PATCH", "/messages/@original", "drop after"))
    await discord.slash("brief", {"url": ARTICLE})
    assert [m["author"]["id"] for m in discord.rest.posted(NEWS)] == [BOT]


def _brief(discord):
    known = next(command for command in discord.rest.commands if command["name"] == "brief")
    return {"id": known["id"], "name": "brief", "type": 1}


def _url():
    return {"name": "url", "type": 3, "value": ARTICLE}
