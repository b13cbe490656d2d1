"""People use the bot in Slack: commands, buttons, the shortcut, events and what is told meanwhile.

Each runs over a real websocket and over real signed HTTP.
"""

import asyncio

import pytest

from bot import messages
from bot.commands import HOME, Button, Reply
from tests.scenarios.slack.conftest import to_document
from tests.scenarios.slack.counterpart import Fault
from tests.scenarios.slack.methods import BOT_USER, TEAM

SHOWN = (Button("Claims", "show", "k4 claims"), Button("Open article", url="https://n.example/a"))


def answers_of(scene):
    """What was answered to response_urls."""
    return scene.slack.made("respond")


async def answer_of(scene, times=1):
    """The latest answer to a response_url, once so many were given."""
    await scene.slack.until(lambda: len(answers_of(scene)) >= times, what="an answer")
    return answers_of(scene)[-1]


async def post_of(scene, times=1):
    """The latest message of the channel, once there are so many."""
    posted = scene.slack.channels["C0NEWS"].messages
    await scene.slack.until(lambda: len(posted) >= times, what="a message")
    return posted[-1]


def text_of(body):
    """Every text of a message's or view's blocks."""
    parts = [p for block in body["blocks"] for p in (block, *block.get("elements", ()))]
    texts = [p["text"] for p in parts if p.get("text")]
    return " ".join(t["text"] if isinstance(t, dict) else t for t in texts)


async def test_brief_acknowledges_then_answers(scene):
    """/brief says at once that it reads; the briefing follows for the asker alone."""
    scene.commands.gate.clear()
    ack = await scene.people.slash("/brief", "https://n.example/a claims")
    assert ack.payload["text"] == messages.SLACK_READING
    request = await scene.commands.asked()
    assert (request.name, request.options) == ("brief", {"text": "https://n.example/a claims"})
    assert (request.destination, request.asker.user_id) == (scene.channel, "U0ASKER")
    assert not answers_of(scene)
    scene.commands.gate.set()
    answer = await answer_of(scene)
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is answer["unfurl_links"] is answer["unfurl_media"] is False
    assert "Hask will close the mill" in text_of(answer)


async def test_many_long_briefings_are_acknowledged_at_once(scene):
    """However many briefings are under way, the next command is acknowledged in time."""
    scene.commands.gate.clear()
    texts = [f"https://n.example/{n}" for n in range(40)]
    acks = await asyncio.gather(*(scene.people.slash("/brief", text) for text in texts))
    assert max(ack.seconds for ack in acks) < 1
    assert not answers_of(scene)
    scene.commands.gate.set()
    await answer_of(scene, times=40)
    assert sorted(r.options["text"] for r in scene.commands.requests) == sorted(texts)


async def test_too_much_at_once_is_turned_away(scene_of):
    """Where the line is full, the asker is told so in the acknowledgement."""
    scene = await scene_of("http")
    scene.commands.gate.clear()
    acks = [await scene.people.slash("/brief", str(n)) for n in range(417)]
    told = [ack.payload["text"] for ack in acks]
    assert told == [messages.SLACK_READING] * 416 + [messages.SLACK_BUSY]
    scene.commands.gate.set()
    await answer_of(scene, times=416)


async def test_briefing_hands_its_line_on(scene):
    """/briefing is answered once, without a word in between; its line is read by commands."""
    ack = await scene.people.slash("/briefing", "add https://n.example/feed at 08:00")
    assert ack.payload.get("text", "") == ""
    request = await scene.commands.asked()
    assert request.name == "briefing"
    assert request.options == {"text": "add https://n.example/feed at 08:00"}
    await answer_of(scene)
    assert len(answers_of(scene)) == 1


async def test_a_refused_line_is_not_lost(scene):
    """Slack empties the line when it is sent; a refusal repeats it, to be copied and mended."""
    refused = Reply("“x” is no time.", to_document("“x” is no time."), is_refused=True)
    scene.commands.replies.append(refused)
    await scene.people.slash("/briefing", "add https://n.example/feed at x")
    assert "You typed: /briefing add https://n.example/feed at x" in text_of(await answer_of(scene))


async def test_briefing_that_takes_long_says_so(scene):
    """Whoever waits longer than a moment for /briefing is told that work goes on."""
    scene.commands.gate.clear()
    await scene.people.slash("/briefing", "preview 7")
    assert (await answer_of(scene))["text"] == messages.SLACK_WORKING
    scene.commands.gate.set()
    assert "Hask" in text_of(await answer_of(scene, times=2))


async def test_a_public_reply_stands_in_the_channel_with_details_below(scene):
    """A reply for all is a message; its details are in its thread; both carry a mark."""
    details = to_document("Claims", "The union said it was told on Monday.")
    scene.commands.replies.append(
        Reply("Mill", to_document(), is_private=False, details=details, buttons=SHOWN)
    )
    await scene.people.slash("/brief", "https://n.example/a")
    await post_of(scene, times=2)
    top, below = scene.slack.channels["C0NEWS"].messages
    assert below["thread_ts"] == top["ts"]
    assert "told on Monday" in text_of(below)
    assert "thread_ts" not in top
    assert top["metadata"]["event_payload"]["nonce"] != below["metadata"]["event_payload"]["nonce"]
    assert not answers_of(scene)


async def test_a_public_reply_where_the_bot_is_no_member(scene):
    """Where the bot was not invited, a reply for all goes out as an answer to the command."""
    scene.slack.channels["C0NEWS"].members.discard(BOT_USER)
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False))
    await scene.people.slash("/brief", "https://n.example/a")
    assert (await answer_of(scene))["response_type"] == "in_channel"
    assert not scene.slack.channels["C0NEWS"].messages


async def test_a_reply_cut_off_is_not_sent_again(scene):
    """Where Slack may have posted a reply, the asker is told; it is not posted a second time."""
    scene.slack.faults["chat.postMessage"] = [Fault(is_cut=True, is_done=True)]
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False))
    await scene.people.slash("/brief", "https://n.example/a")
    assert (await answer_of(scene))["text"] == messages.SLACK_UNCERTAIN
    assert len(scene.slack.channels["C0NEWS"].messages) == 1


async def test_a_reply_that_came_too_fast_is_posted_after_the_wait(scene):
    """A 429 posts nothing: after the short wait that Slack asks for, the reply is posted."""
    scene.slack.faults["chat.postMessage"] = [
        Fault("ratelimited", status=429, headers={"Retry-After": "0"})
    ]
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False))
    await scene.people.slash("/brief", "https://n.example/a")
    await post_of(scene)
    assert len(scene.slack.made("chat.postMessage", ok=False)) == 1


async def test_a_long_private_reply_outlasts_its_response_url(scene):
    """Slack takes five answers to a command; what is longer goes on as ephemeral messages."""
    scene.commands.replies.append(Reply("Mill", to_document(text="Word. " * 400, times=18)))
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("chat.postEphemeral"), what="the rest")
    assert len(answers_of(scene)) == 4
    assert not [call for call in scene.slack.calls if not call.ok]
    assert {b["user"] for b in scene.slack.made("chat.postEphemeral")} == {"U0ASKER"}


async def test_an_expired_response_url_is_no_dead_end(scene):
    """After half an hour the answer goes out as an ephemeral message."""
    scene.commands.gate.clear()
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.commands.asked()
    scene.slack.skew = 1_900
    scene.commands.gate.set()
    await scene.slack.until(lambda: scene.slack.made("chat.postEphemeral"), what="the answer")
    assert "Hask" in text_of(scene.slack.made("chat.postEphemeral")[0])


async def test_an_answer_cut_off_is_not_given_twice(scene):
    """An answer whose connection broke may have arrived: there is no second one."""
    scene.slack.faults["respond"] = [Fault(is_cut=True)]
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.slack.until(lambda: scene.slack.made("respond", ok=False), what="the answer")
    assert await scene.bot.listeners.finish(5) == 0
    assert not answers_of(scene)
    assert not scene.slack.made("chat.postEphemeral")


async def test_private_details_follow_where_no_button_shows_them(scene):
    """A private reply without buttons brings its details along."""
    details = to_document("Claims", "The union said it was told on Monday.")
    scene.commands.replies.append(Reply("Mill", to_document(), details=details))
    await scene.people.slash("/brief", "https://n.example/a")
    assert "told on Monday" in text_of(await answer_of(scene, times=2))


async def test_buttons_answer_only_to_who_pressed(scene):
    """A pressed button asks its command, and the answer is for that person alone."""
    shown = Reply("Mill", to_document(), is_private=False, buttons=SHOWN)
    claims = Reply("Claims", to_document("Claims", "Two claims."), is_private=False)
    scene.commands.replies.extend([shown, claims])
    await scene.people.slash("/brief", "https://n.example/a")
    message = await post_of(scene)
    await scene.people.press(message, "Claims")
    answer = await answer_of(scene)
    request = await scene.commands.asked(2)
    assert (request.name, request.options) == ("show", {"value": "k4 claims"})
    assert (request.asker.user_id, request.destination) == ("U0OTHER", scene.channel)
    assert answer["response_type"] == "ephemeral"
    assert len(scene.slack.channels["C0NEWS"].messages) == 1


async def test_buttons_work_after_a_restart(scene_of):
    """A button carries all it needs: another bot, started later, obeys it."""
    first = await scene_of("socket")
    first.commands.replies.append(Reply("Mill", to_document(), is_private=False, buttons=SHOWN))
    await first.people.slash("/brief", "https://n.example/a")
    message = await post_of(first)
    second = await scene_of("http")
    await second.people.press(message, "Claims")
    assert (await second.commands.asked()).options == {"value": "k4 claims"}
    await answer_of(second)


async def test_a_button_in_a_thread_is_answered_there(scene):
    """The answer to a button of a message in a thread stands in that thread."""
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False, buttons=SHOWN))
    await scene.people.slash("/brief", "https://n.example/a")
    message = {**await post_of(scene), "thread_ts": "1700000000.000009"}
    await scene.people.press(message, "Claims")
    assert (await answer_of(scene))["thread_ts"] == "1700000000.000009"


async def test_link_buttons_are_only_acknowledged(scene):
    """Slack tells of a pressed link too; the browser has opened it, so nothing else happens."""
    scene.commands.replies.append(Reply("Mill", to_document(), is_private=False, buttons=SHOWN))
    await scene.people.slash("/brief", "https://n.example/a")
    ack = await scene.people.press(await post_of(scene), "Open article")
    assert ack.payload == {}
    assert await scene.bot.listeners.finish(5) == 0
    assert len(scene.commands.requests) == 1


@pytest.mark.parametrize("action_id", ["briefbot.press.0", "another.version"])
async def test_a_button_that_is_not_ours_is_only_acknowledged(scene, action_id):
    """A button that we know nothing of is acknowledged, or Slack shows a warning; no more."""
    button = {"type": "button", "action_id": action_id, "value": "[1"}
    button["text"] = {"type": "plain_text", "text": "Old"}
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    await scene.people.press({"blocks": blocks}, "Old")
    assert await scene.bot.listeners.finish(5) == 0
    assert not scene.commands.requests


async def test_events_that_nobody_asked_for_are_acknowledged(scene):
    """An event that the manifest lacks is acknowledged: Slack would send it again and again."""
    for event in ({"type": "message", "text": "hi", "user": "U1"}, {"type": "team_join"}):
        await scene.people.happen({"channel": "C0NEWS", **event})
    assert not scene.commands.requests


async def test_a_reply_is_notified_once(scene):
    """A notification does not say a reply's title twice."""
    scene.commands.replies.append(Reply("7 is paused", to_document("7 is paused")))
    await scene.people.slash("/briefing", "pause 7")
    assert (await answer_of(scene))["text"] == "7 is paused"


async def test_shortcut_briefs_the_first_link(scene):
    """“Brief this” on a message briefs its first link, and says at once that it reads."""
    scene.commands.gate.clear()
    await scene.people.shortcut({"text": "See <https://n.example/a?x=1&amp;y=2|this> and <#C1>"})
    assert (await answer_of(scene))["text"] == messages.SLACK_READING
    scene.commands.gate.set()
    assert "Hask" in text_of(await answer_of(scene, times=2))
    (request,) = scene.commands.requests
    assert (request.name, request.options) == ("brief", {"url": "https://n.example/a?x=1&y=2"})


async def test_shortcut_without_a_link(scene):
    """“Brief this” on a message without a link says what to do instead."""
    await scene.people.shortcut({"text": "Good morning, <@U0OTHER>"})
    assert (await answer_of(scene))["text"] == messages.SLACK_NO_LINK
    assert not scene.commands.requests


async def test_a_fault_of_ours_is_a_sentence(scene):
    """Where a command fails inside, the asker reads one sentence and no traceback."""
    scene.commands.failure = RuntimeError("no such table: kept")
    await scene.people.slash("/brief", "https://n.example/a")
    answer = await answer_of(scene)
    assert "Something went wrong on my side" in text_of(answer)
    assert "table" not in str(answer)


async def test_what_is_sent_again_is_done_once(scene):
    """An event, a command and a button that Slack sends again are acknowledged, not repeated."""
    for retry in range(3):
        await scene.people.happen(
            {"type": "app_home_opened", "user": "U0ASKER", "tab": "home"},
            event_id="Ev1",
            retry=retry,
        )
    await scene.slack.until(lambda: scene.slack.homes, what="the App Home")
    assert await scene.bot.listeners.finish(5) == 0
    assert [request.name for request in scene.commands.requests] == [HOME]
    payload = {
        "team_id": TEAM,
        "channel_id": "C0NEWS",
        "user_id": "U0ASKER",
        "command": "/brief",
        "text": "https://n.example/a",
        "response_url": scene.slack.response_url(),
        "trigger_id": scene.people.trigger(),
    }
    for _ in range(2):
        await scene.people.tell("slash_commands", payload)
    await answer_of(scene)
    assert await scene.bot.listeners.finish(5) == 0
    assert len(answers_of(scene)) == 1
    assert len(scene.commands.requests) == 2


@pytest.mark.parametrize(
    ("event", "forgotten"),
    [
        ({"type": "app_uninstalled"}, [("slack", TEAM)]),
        ({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}, [("slack", TEAM)]),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U0ASKER"]}}, []),
    ],
    ids=["app_uninstalled", "bot token revoked", "somebody else's token revoked"],
)
async def test_a_workspace_that_leaves_is_forgotten(scene, event, forgotten):
    """Nothing is kept of a workspace that removed the app or revoked the bot's token."""
    await scene.people.happen(event)
    assert await scene.bot.listeners.finish(5) == 0
    assert scene.memory.forgotten == forgotten


async def test_stopping_finishes_what_was_begun(scene):
    """A briefing under way when the bot is told to stop is still answered."""
    scene.commands.gate.clear()
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.commands.asked()
    finishing = asyncio.create_task(scene.bot.listeners.finish(5))
    scene.commands.gate.set()
    assert await finishing == 0
    assert len(answers_of(scene)) == 1


async def test_stopping_does_not_wait_for_ever(scene):
    """What takes longer than the limit is cut short, and counted."""
    scene.commands.gate.clear()
    await scene.people.slash("/brief", "https://n.example/a")
    await scene.commands.asked()
    assert await scene.bot.listeners.finish(0.1) == 1
    scene.commands.gate.set()
    assert not answers_of(scene)
