"""People open the App Home and forms: at once, whatever the content takes, and in Slack's sizes."""

import time

import pytest

from bot import messages
from bot.commands import FORM, HOME, Button, Reply
from bot.errors import CommandError
from bot.messages import explain
from bot.slack.modals import SETTLE
from tests.scenarios.slack.conftest import to_document
from tests.scenarios.slack.counterpart import Fault

ON_HOME = (
    Button("New schedule", FORM),
    Button("Edit 7", FORM, "7"),
    Button("Pause 7", "pause", "7"),
)


def text_of(view):
    """Every text of a view's blocks."""
    parts = [p for block in view["blocks"] for p in (block, *block.get("elements", ()))]
    texts = [p["text"] for p in parts if p.get("text")]
    return " ".join(t["text"] if isinstance(t, dict) else t for t in texts)


async def open_home(scene, *, user="U0ASKER"):
    scene.commands.replies.append(Reply("Two", to_document("Schedules"), buttons=ON_HOME))
    await scene.people.open_home(user=user)
    await scene.slack.until(lambda: user in scene.slack.homes, what="the App Home")


async def view_where(scene, is_so, what="the modal's content"):
    """The id of the modal that comes to show what is looked for."""
    await scene.slack.until(lambda: any(map(is_so, scene.slack.views.values())), what=what)
    return next(name for name, view in scene.slack.views.items() if is_so(view))


def has_fields(view):
    return any(block["type"] == "input" for block in view["blocks"])


async def open_form(scene, label="New schedule"):
    await open_home(scene)
    await scene.people.press_home(label)
    return await view_where(scene, has_fields)


async def test_home_lists_schedules(scene):
    """The App Home shows what commands answer, for whoever opened it, with its buttons."""
    await open_home(scene, user="U0ADMIN")
    (request,) = scene.commands.requests
    assert (request.name, request.options) == (HOME, {})
    assert request.destination.channel_id == request.asker.user_id == "U0ADMIN"
    home = scene.slack.homes["U0ADMIN"]
    assert home["type"] == "home"
    assert "Schedules" in text_of(home)
    assert home["blocks"][-1]["elements"][2]["text"]["text"] == "Pause 7"


@pytest.mark.parametrize(("words", "shown"), [(300, 35), (1, 100)], ids=["large", "many"])
async def test_home_that_is_too_long_says_so(scene, words, shown):
    """A view takes a hundred blocks and 250 kB; what is left out is said, and the buttons stay."""
    document = to_document("Schedules", "漢字の言葉。 " * words, times=130)
    scene.commands.replies.append(Reply("Many", document, buttons=ON_HOME))
    await scene.people.open_home()
    await scene.slack.until(lambda: scene.slack.homes, what="the App Home")
    blocks = scene.slack.homes["U0ASKER"]["blocks"]
    assert len(blocks) == pytest.approx(shown, abs=5)
    assert blocks[-2]["text"]["text"] == messages.SLACK_CUT
    assert blocks[-1]["type"] == "actions"


async def test_a_button_of_the_home_is_answered_in_a_modal(scene):
    """The Home has no channel to answer in: a modal shows the reply, and the Home is renewed."""
    await open_home(scene)
    scene.commands.replies.extend(
        [Reply("Paused", to_document("Paused")), Reply("One", to_document("One left"))]
    )
    await scene.people.press_home("Pause 7")
    await view_where(scene, lambda view: "Paused" in text_of(view))
    await scene.slack.until(lambda: "One left" in text_of(scene.slack.homes["U0ASKER"]))
    names = [(request.name, request.options) for request in scene.commands.requests]
    assert names == [(HOME, {}), ("pause", {"value": "7"}), (HOME, {})]


async def test_a_form_opens_before_it_is_ready(scene):
    """A trigger lasts 3 s: the modal opens at once, and is filled when the form is made."""
    await open_home(scene)
    scene.commands.gate.clear()
    await scene.people.press_home("Edit 7")
    request = await scene.commands.asked(2)
    (view_id,) = scene.slack.views
    assert text_of(scene.slack.views[view_id]) == messages.SLACK_LOADING
    assert (request.name, request.options) == (FORM, {"value": "7", "id": "7"})
    scene.commands.gate.set()
    await view_where(scene, has_fields)
    view = scene.slack.views[view_id]
    kinds = [block["element"]["type"] for block in view["blocks"]]
    assert kinds == ["plain_text_input", "static_select"]
    assert view["title"]["text"] == "A schedule of briefings"


async def test_a_late_trigger_opens_nothing(scene):
    """Where the 3 s are over, no command is asked, since nobody could see its form."""
    await open_home(scene)
    await scene.people.press_home("Edit 7", late=4)
    await scene.slack.until(lambda: scene.slack.made("views.open", ok=False), what="the refusal")
    assert await scene.bot.listeners.finish(5) == 0
    assert len(scene.commands.requests) == 1


async def test_a_late_trigger_in_a_channel_says_so(scene):
    """Where a form did not open in time, whoever pressed its button is asked to press again."""
    form = Button("Edit", FORM, "7")
    scene.commands.replies.append(Reply("7", to_document(), is_private=False, buttons=(form,)))
    await scene.people.slash("/brief", "https://n.example/a")
    posted = scene.slack.channels["C0NEWS"].messages
    await scene.slack.until(lambda: posted, what="the message")
    scene.slack.faults["views.open"] = [Fault("expired_trigger_id")]
    await scene.people.press(posted[0], "Edit")
    await scene.slack.until(lambda: scene.slack.made("respond"), what="the word")
    assert scene.slack.made("respond")[0]["text"] == messages.SLACK_LATE


async def test_a_form_that_is_refused_says_why(scene):
    """Where there is no form for the asker, the modal says why."""
    await open_home(scene)
    scene.commands.failure = CommandError("7")
    await scene.people.press_home("Edit 7")
    await view_where(scene, lambda view: explain(CommandError()) in text_of(view))


async def test_a_form_becomes_a_command(scene):
    """What was filled in are the command's options; the channel picked is where it applies."""
    view_id = await open_form(scene)
    scene.commands.replies.append(Reply("Added", to_document("Added")))
    ack = await scene.people.submit(
        view_id, urls="n.example/feed", channel="C0NEWS", user="U0MAKER"
    )
    assert ack.payload["response_action"] == "update"
    assert "Added" in text_of(scene.slack.views[view_id])
    request = next(r for r in scene.commands.requests if r.name == "briefing add")
    assert request.options == {
        "urls": "n.example/feed",
        "mode": "each",
        "channel": "C0NEWS",
        "value": "",
    }
    assert request.destination == scene.channel


async def test_a_mistake_is_shown_at_its_field(scene):
    """A mistake keeps the form open as it was filled in, with the sentence at the field."""
    view_id = await open_form(scene)
    scene.commands.replies.append(
        Reply("That is no feed. Give its address.", to_document("No"), wrong_option="urls")
    )
    ack = await scene.people.submit(view_id, urls="nowhere")
    assert ack.payload == {
        "response_action": "errors",
        "errors": {"urls": "That is no feed. Give its address."},
    }
    assert has_fields(scene.slack.views[view_id])


async def test_a_new_schedule_names_its_channel(scene):
    """The App Home is no channel to post in: a form for something new begins with one to pick."""
    view = scene.slack.views[await open_form(scene)]
    kinds = [block["element"]["type"] for block in view["blocks"]]
    assert kinds == ["conversations_select", "plain_text_input", "static_select"]


async def test_a_refusal_leaves_the_form_as_it_was(scene):
    """A reason that is at no field is said above the form, which keeps what was filled in."""
    view_id = await open_form(scene)
    scene.commands.replies.append(
        Reply("Invite me to the channel first.", to_document("No"), is_refused=True)
    )
    await scene.people.submit(view_id, urls="n.example/feed", channel="C0NEWS")
    view = scene.slack.views[view_id]
    assert "Invite me" in view["blocks"][0]["text"]["text"]
    assert view["blocks"][2]["element"]["initial_value"] == "n.example/feed"


@pytest.mark.parametrize("wrong_option", ["urls", ""], ids=["mistake", "done"])
async def test_a_slow_form_is_acknowledged_and_answered_later(scene, wrong_option):
    """What takes longer than an acknowledgement may is shown by an update, which waits a little.

    Slack could take the two in turned order, and the modal would say "One moment" for ever.
    """
    view_id = await open_form(scene)
    scene.commands.gate.clear()
    scene.commands.replies.append(
        Reply("That is no feed.", to_document("Added"), wrong_option=wrong_option)
    )
    ack = await scene.people.submit(view_id, urls="nowhere", mode="digest", channel="C0NEWS")
    assert text_of(ack.payload["view"]) == messages.SLACK_LOADING
    scene.commands.gate.set()
    acknowledged_at = time.monotonic()
    if not wrong_option:
        await view_where(scene, lambda view: "Added" in text_of(view))
        assert time.monotonic() - acknowledged_at > SETTLE / 2
        return
    await view_where(scene, lambda view: "That is no feed." in text_of(view))
    view = scene.slack.views[view_id]
    channel, urls, mode = (block["element"] for block in view["blocks"][1:])
    assert urls["initial_value"] == "nowhere"
    assert mode["initial_option"]["value"] == "digest"
    assert channel["initial_conversation"] == "C0NEWS"
    scene.commands.replies.append(Reply("Added", to_document("Added")))
    await scene.people.submit(view_id, urls="n.example/feed")
    sent = [r.options for r in scene.commands.requests if r.name == "briefing add"]
    assert sent[-1] == {**sent[0], "urls": "n.example/feed"}


async def test_a_form_sent_twice_is_obeyed_once(scene):
    """A submission that Slack sends again closes the modal and changes nothing."""
    view_id = await open_form(scene)
    payload = scene.people.to_submission(view_id, {"urls": "n.example/feed"})
    await scene.people.tell("interactive", payload)
    again = await scene.people.tell("interactive", payload)
    assert again.payload == {}
    assert await scene.bot.listeners.finish(5) == 0
    assert [r.name for r in scene.commands.requests].count("briefing add") == 1


async def test_a_button_in_a_modal_is_answered_in_it(scene):
    """A button of a reply that a modal shows is answered in the same modal."""
    view_id = await open_form(scene)
    run = Button("Run now", "briefing run", "7")
    scene.commands.replies.append(Reply("Added", to_document("Added"), buttons=(run,)))
    await scene.people.submit(view_id, urls="n.example/feed")
    await scene.slack.until(lambda: len(scene.slack.made("views.publish")) > 1, what="the Home")
    scene.commands.replies.append(Reply("Posted", to_document("Posted")))
    await scene.people.press_modal(view_id, "Run now")
    await view_where(scene, lambda view: "Posted" in text_of(view))
    assert set(scene.slack.views) == {view_id}


async def test_other_tabs_are_not_ours(scene):
    """The messages tab of the app asks for no schedules."""
    await scene.people.happen({"type": "app_home_opened", "user": "U0ASKER", "tab": "messages"})
    assert await scene.bot.listeners.finish(5) == 0
    assert not scene.commands.requests
