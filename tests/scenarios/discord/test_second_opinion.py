"""The same adapter before a judge that is not ours: simcord, which enforces Discord's rules."""

import simcord
from discord import Permissions

from bot.commands import Button, Field, Form, Reply
from bot.discord.answers import Answers
from bot.discord.client import GatewayClient
from bot.discord.showing import ReplyWriter
from tests.scenarios.discord.fakes import long_document, reply

ARTICLE = "https://brask.example/mill"


async def forget(tenant_id):
    raise AssertionError(tenant_id)


async def test_commands_buttons_forms_and_menus_hold_before_simcord(commands, platform):
    """A briefing, its button, a form of two pages and the context menu pass simcord's checks."""
    client = GatewayClient(Answers(commands, ReplyWriter(platform)), forget)
    commands.replies.extend(
        [
            reply(is_private=False, buttons=(Button("Claims", "show", "b1 claims"),)),
            Reply("Claims", long_document("Claims", 150)),
            reply("Schedule k3 is changed"),
            reply("No such article"),
        ]
    )
    fields = tuple(Field(f"f{number}", f"Field {number}") for number in range(4))
    commands.forms.append(
        Form("Edit", "briefing edit", (*fields, Field("m", "Mode", choices={"a": "A"})), value="k3")
    )
    async with simcord.run(client) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("news")
        editors = guild.create_role("Editors", permissions=Permissions(manage_guild=True))
        asker = guild.add_member(env.create_user("Asker"), roles=[editors])

        briefed = await asker.slash(channel, "brief", url=ARTICLE)
        assert briefed.acknowledged
        assert not briefed.ephemeral
        pressed = await asker.click(briefed.response, custom_id="b00:show:b1 claims")
        assert pressed.ephemeral
        assert len(pressed.followups) > 0
        opened = await asker.slash(channel, "briefing edit", id="k3")
        sent = await asker.submit_modal(opened, {"f0": "x"})
        assert sent.ephemeral
        said = await asker.send(channel, f"Look: {ARTICLE}")
        refused = await asker.context_menu(channel, "Brief this", said)
        assert [followup.ephemeral for followup in refused.followups] == [True]
        assert refused.response is None
        env.raise_errors()
    assert [request.name for request in commands.requests] == [
        *("brief", "show", "briefing edit", "brief")
    ]
