"""Every command, completion, button, form and context menu, from the event to the message."""

from typing import Any

import pytest

from bot.commands import FORM, Button, Field, Form, Reply
from bot.errors import CommandError
from bot.platform import Destination
from tests.scenarios.discord.counterpart import buttons, texts
from tests.scenarios.discord.fakes import document, long_document, reply
from tests.scenarios.discord.world import (
    DESK,
    EDITOR,
    EDITOR_ROLE,
    GUILD,
    NEWS,
    READER,
)

pytestmark = pytest.mark.usefixtures("bot")

ARTICLE = "https://brask.example/mill"

USES = {
    "brief": ("brief", {"url": ARTICLE}, {"url": ARTICLE}),
    "brief a section": (
        "brief",
        {"url": ARTICLE, "section": "claims", "private": True},
        {"url": ARTICLE, "section": "claims", "private": "yes"},
    ),
    "brief in public": ("brief", {"url": ARTICLE, "private": False}, {"url": ARTICLE}),
    "add": (
        "briefing add",
        {
            "urls": "https://brask.example/feed",
            "times": "weekdays 08:00",
            "zone": "Europe/Berlin",
            "any": "mill, council",
            "all": "Brask",
            "none": "sport",
            "matching": "mill(s)?",
            "max": 3,
            "mode": "digest",
            "name": "Morning",
            "channel": DESK,
        },
        {
            "urls": "https://brask.example/feed",
            "times": "weekdays 08:00",
            "zone": "Europe/Berlin",
            "any": "mill, council",
            "all": "Brask",
            "none": "sport",
            "matching": "mill(s)?",
            "max": "3",
            "mode": "digest",
            "name": "Morning",
            "channel": DESK,
        },
    ),
    "edit": ("briefing edit", {"id": "k3", "max": 5}, {"id": "k3", "max": "5"}),
    **{name: (f"briefing {name}", {}, {}) for name in ("list", "help")},
    **{
        name: (f"briefing {name}", {"id": "k3"}, {"id": "k3"})
        for name in ("show", "pause", "resume", "remove", "run", "preview", "log")
    },
}


@pytest.mark.parametrize(("name", "typed", "options"), USES.values(), ids=USES)
async def test_every_command_reaches_commands_with_its_options(
    discord, commands, name, typed, options
):
    """A slash command becomes a request with its options as text, and its reply is shown."""
    used = await discord.slash(name, typed)
    (request,) = commands.requests
    assert (request.name, dict(request.options)) == (name, options)
    assert request.destination == Destination("discord", GUILD, NEWS)
    assert request.asker.user_id == EDITOR
    assert request.asker.role_ids == {EDITOR_ROLE}
    assert request.asker.may_manage
    assert request.locale == "en-GB"
    assert "Brask weighs the mill" in texts((used.followups or [used.original])[0])
    assert not discord.rest.refused


async def test_who_lacks_manage_guild_is_told_apart(discord, commands):
    """Whether the asker may manage the guild is what Discord says of them at this moment."""
    await discord.slash("briefing list", by=READER)
    assert not commands.requests[0].asker.may_manage


async def test_the_answer_to_brief_is_for_everyone_unless_asked_otherwise(discord, commands):
    """/brief answers in the channel, and with `private` to the asker alone."""
    commands.replies.extend([reply(is_private=False), reply(is_private=True)])
    public = await discord.slash("brief", {"url": ARTICLE})
    private = await discord.slash("brief", {"url": ARTICLE, "private": True})
    assert (public.is_ephemeral, private.is_ephemeral) == (False, True)
    assert [m["id"] for m in discord.rest.posted(NEWS)] == [public.original["id"]]


async def test_a_mistake_is_told_to_the_asker_alone(discord, commands, until):
    """A private reply to a public command takes the public wait back and goes to the asker."""
    commands.replies.append(reply("There is no such article", is_private=True))
    used = await discord.slash("brief", {"url": ARTICLE})
    await until(lambda: used.is_deleted)
    assert [m["flags"] for m in used.followups] == [64]
    assert not discord.rest.posted(NEWS)


async def test_an_over_long_reply_goes_on_in_further_messages(discord, commands, until):
    """Nothing of a reply is dropped; the buttons stand below its last message."""
    long = long_document("Brask", 200)
    shown = Button("Claims", "show", "b1 claims")
    commands.replies.append(Reply("Brask", long, buttons=(shown,)))
    used = await discord.slash("briefing list")
    await until(lambda: used.followups and used.followups[-1]["components"])
    told = " ".join(map(texts, [used.original, *used.followups]))
    assert told.count("weighed the report") == 200
    assert not used.original["components"]


async def test_details_go_into_a_thread_below_the_briefing(discord, commands, until):
    """What a public reply holds back stands in a thread on it, named after the article."""
    commands.replies.append(
        reply(is_private=False, details=document("Who said *what* in Brask", "She denied it."))
    )
    used = await discord.slash("brief", {"url": ARTICLE})
    thread = used.original["id"]
    await until(lambda: discord.rest.posted(thread))
    assert discord.world.threads[thread]["name"] == "Who said *what* in Brask"
    assert "She denied it" in texts(discord.rest.posted(thread)[0])


async def test_details_of_a_private_reply_stay_private(discord, commands, until):
    """Where there can be no thread, details follow for the asker alone."""
    commands.replies.append(reply(details=document("Details", "She denied it.")))
    used = await discord.slash("briefing show", {"id": "k3"})
    await until(lambda: used.followups)
    assert [m["flags"] for m in used.followups] == [64]
    assert not discord.rest.posted(NEWS)


async def test_completion_of_ids_and_zones(discord, commands):
    """Typing an id or a zone asks `suggest`, with what else was given; at most 25 are shown."""
    commands.suggestions = ("", "x" * 101, *(f"k{number}" for number in range(40)))
    shown = await discord.complete("briefing show", "id", "k")
    assert shown == [f"k{number}" for number in range(25)]
    assert commands.suggested[0][1:] == ("id", "k")
    commands.suggestions = ("Europe/Berlin",)
    assert await discord.complete("briefing add", "zone", "ber", urls="a.b") == ["Europe/Berlin"]
    request, option, typed = commands.suggested[1]
    assert (request.name, option, typed) == ("briefing add", "zone", "ber")
    assert request.options["urls"] == "a.b"


async def test_buttons_answer_only_whoever_pressed(discord, commands):
    """A button asks for its command with its value, and the answer is ephemeral."""
    shown = (
        Button("Claims", "show", "b1 claims"),
        Button("Open article", url=ARTICLE),
        Button("Bad link", url="javascript:alert(1)"),
        Button("Too long", "show", "v" * 101),
        Button("Twice", "show", "b1 claims"),
    )
    commands.replies.extend([reply(is_private=False, buttons=shown), reply("Claims")])
    used = await discord.slash("brief", {"url": ARTICLE})
    found = buttons(used.original)
    assert found == {"Twice": "b00:show:b1 claims", "Open article": ARTICLE}
    pressed = await discord.press(found["Twice"], used.original, by=READER)
    assert commands.requests[1].name == "show"
    assert commands.requests[1].options["value"] == "b1 claims"
    assert commands.requests[1].asker.user_id == READER
    assert pressed.is_ephemeral
    assert "Claims" in texts(pressed.original)


async def test_a_button_works_after_a_restart(discord, bot, commands, start):
    """What a button means stands in its id alone: another process answers it as well."""
    commands.replies.append(
        reply(is_private=False, buttons=(Button("Actors", "show", "b2 actors"),))
    )
    used = await discord.slash("brief", {"url": ARTICLE})
    await bot.close()
    discord.gateway.ready.clear()
    await start()
    await discord.connected()
    await discord.press(buttons(used.original)["Actors"], used.original)
    assert commands.requests[-1].options["value"] == "b2 actors"


async def test_a_strange_button_is_answered(discord, commands):
    """A button of another version gets a sentence, not silence."""
    pressed = await discord.press("persistent_view:old", discord.write("old"))
    assert "no longer known" in texts(pressed.original)
    assert not commands.requests


EDITING = Form(
    title="Edit the schedule of the Brask Observer in this channel",
    command="briefing edit",
    value="k3",
    fields=(
        *(Field(name, name.title(), value="old") for name in ("zone", "any", "all", "none")),
        Field("urls", "Addresses", is_required=True, is_long=True, hint="One or several"),
        Field("times", "Times", is_required=True, hint="weekdays 08:00"),
        Field("mode", "Mode", value="each", choices={"each": "Each by itself", "digest": "All"}),
    ),
)


async def test_a_form_opens_and_comes_back(discord, commands):
    """Without options `edit` opens a form of five fields, those that must be filled in first."""
    commands.forms.append(EDITING)
    used = await discord.slash("briefing edit", {"id": "k3"})
    modal = used.acknowledged["data"]
    assert [part["component"]["custom_id"] for part in modal["components"]] == [
        *("urls", "times", "zone", "any", "all")
    ]
    assert commands.formed[0].options == {"id": "k3"}
    await discord.submit(modal, {"urls": "https://b.example", "times": "daily 08:00"})
    (request,) = commands.requests
    assert request.name == "briefing edit"
    assert request.options == {
        "value": "k3",
        "urls": "https://b.example",
        "times": "daily 08:00",
        "zone": "",
        "any": "",
        "all": "",
    }


async def test_a_long_form_goes_on_behind_a_button(discord, commands):
    """Discord's forms have five fields; the others open from a button below the first answer."""
    commands.forms.extend([EDITING, EDITING])
    opened = await discord.slash("briefing edit", {"id": "k3"})
    sent = await discord.submit(opened.acknowledged["data"], {"urls": "a", "times": "b"})
    more = buttons(sent.original)["More fields (2 of 2)"]
    second = (await discord.press(more, sent.original)).acknowledged["data"]
    assert [part["component"]["custom_id"] for part in second["components"]] == ["none", "mode"]
    assert commands.formed[1].options["id"] == "k3"
    last = await discord.submit(second, {"mode": "digest"})
    assert commands.requests[-1].options == {"value": "k3", "none": "", "mode": "digest"}
    assert not last.original["components"]


def refusal(option: str) -> Reply:
    """What `Commands` answers to a mistake."""
    return reply(f"“x” is no {option}.", wrong_option=option, is_refused=True)


def shown(modal: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What stands in each field of an opened form, and the hint below its label."""
    return {
        part["component"]["custom_id"]: (
            part["component"].get("value", ""),
            part.get("description") or "",
        )
        for part in modal["components"]
    }


async def test_a_refused_form_opens_again_as_it_was_filled_in(discord, commands):
    """Nothing typed is lost: the form opens on the page of the mistake, which stands there."""
    commands.forms.extend([EDITING, EDITING])
    commands.replies.append(refusal("times"))
    opened = await discord.slash("briefing edit", {"id": "k3"})
    typed = {"urls": "https://b.example", "times": "x", "zone": "Asia/Tokyo"}
    sent = await discord.submit(opened.acknowledged["data"], typed)
    again = buttons(sent.original)["Correct it"]
    modal = (await discord.press(again, sent.original)).acknowledged["data"]
    assert shown(modal) == {
        "urls": ("https://b.example", "One or several"),
        "times": ("x", "“x” is no times."),
        "zone": ("Asia/Tokyo", ""),
        "any": ("", ""),
        "all": ("", ""),
    }
    mended = await discord.submit(modal, {**typed, "times": "daily 08:00"})
    expected = {"value": "k3", **typed, "times": "daily 08:00", "any": "", "all": ""}
    assert commands.requests[-1].options == expected
    assert "Correct it" not in buttons(mended.original)


async def test_a_refused_command_opens_as_a_form(discord, commands):
    """What was typed beside the mistake is kept, on whatever page of the form it stands."""
    commands.forms.append(EDITING)
    commands.replies.append(refusal("none"))
    typed = {"urls": "https://b.example", "times": "daily 08:00", "none": "x", "max": 4}
    used = await discord.slash("briefing edit", {"id": "k3", **typed})
    pressed = await discord.press(buttons(used.original)["Correct it"], used.original)
    modal = pressed.acknowledged["data"]
    assert shown(modal)["none"] == ("x", "“x” is no none.")
    await discord.submit(modal, {"none": "sport", "mode": "digest"})
    expected = {"value": "k3", **typed, "max": "4", "none": "sport", "mode": "digest"}
    assert commands.requests[-1].options == expected


async def test_a_mistake_that_no_field_asks_for_gets_one(discord, commands):
    """An option that the form leaves out can be corrected too, or it would stay wrong for ever."""
    commands.forms.append(EDITING)
    commands.replies.append(refusal("engine"))
    used = await discord.slash("briefing edit", {"id": "k3", "engine": "llm"})
    pressed = await discord.press(buttons(used.original)["Correct it"], used.original)
    assert ("llm", "“x” is no engine.") in shown(pressed.acknowledged["data"]).values()


async def test_after_a_restart_the_form_opens_as_it_is_made(discord, bot, commands, start):
    """What was typed is kept in memory alone; the button still leads to the form."""
    commands.replies.append(refusal("times"))
    used = await discord.slash("briefing edit", {"id": "k3", "times": "x"})
    again = buttons(used.original)["Correct it"]
    await bot.close()
    discord.gateway.ready.clear()
    await start()
    await discord.connected()
    commands.forms.append(EDITING)
    pressed = await discord.press(again, used.original)
    assert shown(pressed.acknowledged["data"])["zone"] == ("old", "")


async def test_a_form_that_can_not_be_had_is_explained(discord, commands):
    """Where there is no form the command itself says why; where it broke, a sentence does."""
    commands.forms.extend([CommandError("no such schedule"), ValueError("secret")])
    commands.replies.append(reply("There is no schedule k9"))
    used = await discord.slash("briefing edit", {"id": "k9"})
    assert "There is no schedule k9" in texts(used.original)
    broken = await discord.slash("briefing add")
    assert "could not be made" in texts(broken.original)


@pytest.mark.parametrize(("value", "options"), [("k3", {"id": "k3", "value": "k3"}), ("", {})])
async def test_a_button_opens_a_form(discord, commands, value, options):
    """A button can lead to the form of a schedule, or to an empty one."""
    commands.replies.append(reply(buttons=(Button("Edit", FORM, value),)))
    commands.forms.append(EDITING)
    used = await discord.slash("briefing list")
    pressed = await discord.press(buttons(used.original)["Edit"], used.original)
    assert pressed.acknowledged["type"] == 9
    assert commands.formed[0].options == options


LINKS = {
    "in the text": ("Look: <https://brask.example/a>!", (), "https://brask.example/a"),
    "before a full stop": ("(See https://brask.example/a_(b).)", (), "https://brask.example/a_(b)"),
    "masked": ("[the mill](https://brask.example/m)", (), "https://brask.example/m"),
    "in an embed": (
        "mailto:x@brask.example",
        ({"description": "no", "url": "http://brask.example/e"},),
        "http://brask.example/e",
    ),
    "in the words of an embed": (
        "",
        ({"description": "read https://brask.example/d, now"},),
        "https://brask.example/d",
    ),
}


@pytest.mark.parametrize(("content", "embeds", "link"), LINKS.values(), ids=LINKS)
async def test_brief_this_takes_the_first_link(discord, commands, content, embeds, link):
    """The context menu briefs the first web address of a message, of its text before its embeds."""
    await discord.use_on("Brief this", discord.write(content, embeds=embeds))
    assert [(r.name, dict(r.options)) for r in commands.requests] == [("brief", {"url": link})]


async def test_brief_this_without_a_link_says_so(discord, commands):
    """A message without a web address is answered to the asker alone."""
    used = await discord.use_on("Brief this", discord.write("ftp://brask.example/a"))
    assert used.is_ephemeral
    assert "no link" in texts(used.original)
    assert not commands.requests


async def test_a_command_that_fails_is_answered_without_its_words(discord, commands):
    """A person reads one sentence with the request's id, never an error's own words."""
    commands.replies.append(RuntimeError("password=hunter2"))
    used = await discord.slash("briefing list")
    told = texts(used.original)
    assert used.payload["id"] in told
    assert "hunter2" not in told


async def test_commands_are_for_everyone_in_guilds(discord):
    """Whoever is in a channel may read its schedules, so Discord hides no command from them."""
    known = {command["name"]: command for command in discord.rest.commands}
    assert set(known) == {"brief", "briefing", "Brief this"}
    assert known["briefing"]["default_member_permissions"] is None
    assert all(command["contexts"] == [0] for command in known.values())


async def test_commands_are_registered_once(discord, bot, start):
    """A bot that starts again with the same commands does not register them anew."""
    await bot.close()
    discord.gateway.ready.clear()
    await start()
    await discord.connected()
    assert discord.rest.syncs == 1
    discord.rest.commands[0]["description"] = "of an older version"
    discord.gateway.ready.clear()
    await start()
    await discord.connected()
    assert discord.rest.syncs == 2
