"""Who may see schedules and who may change them, asked of the platform at each use."""

from dataclasses import replace

import pytest

from bot.commands import FORM, Asker
from bot.errors import DestinationGone, NoSuchSchedule, PermissionMissing
from bot.platform import Destination, Rights
from bot.testing import FakePlatform

FEED = "https://news.example/feed"
REFUSED = (
    "Only those who may manage this channel can change its schedules. "
    "Ask one of them, or have yourself added to the setting access.users."
)
CHANGES = ("edit {} max 1", "pause {}", "resume {}", "remove {}", "run {}")
READS = ("show {}", "preview {}", "log {}")


class Gone(FakePlatform):
    """A platform whose channels are gone."""

    def __init__(self, error: type[DestinationGone | PermissionMissing]) -> None:
        super().__init__()
        self._error = error

    async def rights(self, destination: Destination, asker_id: str | None = None) -> Rights:
        raise self._error(destination, f"asked by {asker_id}")


@pytest.mark.parametrize("text", CHANGES)
async def test_changes_need_the_right_to_manage(world, text):
    """Without it each changing command is refused, and nothing changes or is posted."""
    made = await world.added()
    before = await world.store.find_schedule(made)
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    reply = await world.run("briefing", text.format(made))
    assert (reply.notice, reply.is_refused, reply.is_private) == (REFUSED, True, True)
    assert await world.store.find_schedule(made) == before
    assert world.slack.posted == []


async def test_add_needs_the_right_to_manage(world):
    """Before any address is opened."""
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    assert (await world.run("briefing", f"add {FEED} at daily 9:00")).notice == REFUSED
    assert world.fetcher.asked == []


@pytest.mark.parametrize("text", READS)
async def test_reading_is_for_anyone_in_the_channel(world, text):
    """Who may manage nothing may read all the same."""
    made = await world.added()
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    assert not (await world.run("briefing", text.format(made))).is_refused
    assert not (await world.run("briefing", "list")).is_refused


@pytest.mark.parametrize(
    ("allowed", "asker"),
    [
        ({"users": frozenset({"U1"})}, Asker("U1")),
        ({"roles": frozenset({"R2"})}, Asker("U9", frozenset({"R1", "R2"}))),
    ],
    ids=["user", "role"],
)
@pytest.mark.parametrize("text", CHANGES)
async def test_the_settings_may_allow_more_people(world_with, allowed, asker, text):
    """Users and roles of the settings may change schedules, whatever they may manage."""
    world = world_with(**allowed)
    world.asker = asker
    made = await world.added()
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    assert not (await world.run("briefing", text.format(made))).is_refused
    world.asker = Asker("U2", frozenset({"R3"}))
    assert (await world.run("briefing", text.format(made))).is_refused


async def test_what_the_platform_sent_along_is_not_enough(world):
    """Somebody who manages the channel they asked in may not manage the one that they name."""
    world.asker = Asker("U1", may_manage=True)
    world.slack.rights_of["C2"] = Rights(may_manage=False)
    reply = await world.run("briefing", f"add {FEED} at daily 9:00 channel C2")
    assert reply.notice == REFUSED


async def test_a_schedule_for_another_channel_is_checked_there(world):
    """The named channel decides who may, whether the bot can post, and where it posts."""
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    world.slack.rights_of["C2"] = Rights(("not_in_channel",), may_manage=True)
    text = f"add {FEED} at daily 9:00 channel <#C2|politics>"
    assert await world.told(text) == (
        "The bot may not post in this channel (not_in_channel). Invite it there or give it that\n"
        "permission, then try again.\n"
    )
    world.slack.rights_of["C2"] = Rights(may_manage=True)
    await world.run("briefing", text)
    (made,) = await world.store.list_schedules()
    assert made.destination == replace(world.where, channel_id="C2")


@pytest.mark.parametrize("text", [*CHANGES, *READS])
@pytest.mark.parametrize(
    "elsewhere",
    [Destination("slack", "T2", "C1"), Destination("discord", "T1", "C1")],
    ids=["tenant", "platform"],
)
async def test_another_tenant_s_schedule_is_not_there(world_with, elsewhere, text):
    """Whoever knows its id learns no more than whoever guesses, allowed people included."""
    world = world_with(users=frozenset({"U1"}))
    made = await world.added()
    world.where = elsewhere
    reply = await world.run("briefing", text.format(made))
    assert (
        reply.notice == f"There is no schedule {made} here. /briefing list shows those there are."
    )
    assert "no schedules yet" in await world.told("list")
    with pytest.raises(NoSuchSchedule):
        await world.form(id=made)


@pytest.mark.parametrize("text", [*CHANGES, *READS])
async def test_a_channel_one_can_t_see_keeps_its_schedules_secret(world, text):
    """A schedule of a private channel is not there for those outside of it."""
    made = await world.added()
    world.where = replace(world.where, channel_id="C2")
    world.slack.rights_of["C1"] = Rights(may_manage=False, may_read=False)
    assert (await world.run("briefing", text.format(made))).notice == (
        f"There is no schedule {made} here. /briefing list shows those there are."
    )


async def test_a_channel_one_can_see_may_be_read_from_elsewhere(world):
    """Its schedules are shown in another channel too; changing them takes its own right."""
    made = await world.added()
    world.where = replace(world.where, channel_id="C2")
    world.slack.rights_of["C1"] = Rights(may_manage=False)
    assert not (await world.run("briefing", f"show {made}")).is_refused
    assert (await world.run("briefing", f"pause {made}")).notice == REFUSED


@pytest.mark.parametrize(("may_manage", "is_refused"), [(True, False), (False, True)])
@pytest.mark.parametrize("error", [DestinationGone, PermissionMissing])
async def test_a_gone_channel_s_schedules_are_unknown(
    world_with, article_page, error, may_manage, is_refused
):
    """Where the platform tells nothing, whoever manages the tenant may still read."""
    made = await (first := world_with()).added()
    world = type(first)(article_page, slack=Gone(error), store=first.store)
    world.where, world.asker = (
        replace(first.where, channel_id="C2"),
        Asker("U1", may_manage=may_manage),
    )
    assert (await world.run("briefing", f"show {made}")).is_refused is is_refused


@pytest.mark.parametrize(("may_manage", "is_refused"), [(True, False), (False, True)])
async def test_a_gone_channel_s_schedules_can_be_removed(
    world_with, article_page, may_manage, is_refused
):
    """By those of whom the platform says that they manage the guild."""
    made = await (first := world_with()).added()
    world = type(first)(article_page, slack=Gone(DestinationGone), store=first.store)
    world.asker = Asker("U1", may_manage=may_manage)
    assert (await world.run("briefing", f"remove {made}")).is_refused is is_refused


async def test_home_shows_what_the_asker_may_see(world):
    """Schedules of all channels, but of those that the asker can't see."""
    mine = await world.added("at daily 9:00 channel C2")
    secret = await world.added("at daily 9:00 channel C3")
    world.slack.rights_of["C3"] = Rights(may_read=False)
    world.where = replace(world.where, channel_id="U1")
    reply = await world.run("briefing home")
    assert [(b.label, b.command, b.value) for b in reply.buttons] == [
        ("New schedule", FORM, ""),
        (f"Edit {mine}", FORM, mine),
    ]
    shown = str(reply.document)
    assert f"{mine} “News” in C2: daily at 09:00 (Europe/Berlin)" in shown
    assert secret not in shown


async def test_home_of_a_workspace_without_schedules(world):
    """It says so, and offers to make one."""
    reply = await world.run("briefing home")
    assert "There are none yet." in str(reply.document)
    assert [button.label for button in reply.buttons] == ["New schedule"]
