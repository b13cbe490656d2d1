"""The whole bot at work: commands, schedules, a restart, the log, and a stop in good order."""

import asyncio

from bot.store.port import LEASE
from tests.scenarios.discord.counterpart import buttons, texts
from tests.scenarios.discord.world import NEWS
from tests.scenarios.service.conftest import slack_text


def tops(slack):
    """What stands in Slack's channel itself, without threads."""
    return [m for m in slack.channels["C0NEWS"].messages if "thread_ts" not in m]


async def test_brief_answers_and_its_buttons_outlive_a_restart(stage):
    """/brief answers with the real briefing, and its buttons show more of it after a restart."""
    await stage.start()
    await stage.people.slash("/brief", stage.outlet.url("flood"))
    await stage.until(lambda: tops(stage.slack), "Slack's briefing")
    used = await stage.discord.slash("brief", {"url": stage.outlet.url("flood")})
    for told in (slack_text(tops(stage.slack)[0]), texts(used.original)):
        assert stage.outlet.headline("flood") in told
        assert "killing at least 41" in told
    await stage.stop()
    await stage.start()
    await stage.people.press(tops(stage.slack)[0], "Claims")
    await stage.until(lambda: stage.slack.made("respond"), "what the button shows")
    pressed = await stage.discord.press(buttons(used.original)["Claims"], on=used.original)
    for told in (slack_text(stage.slack.made("respond")[-1]), texts(pressed.original)):
        assert "Bruno Astori" in told
    assert stage.outlet.asked == ["flood"]  # read once for all of this


async def test_a_schedule_posts_each_slot_once_across_a_restart(stage):
    """A schedule made by command posts at its slot on each platform, once, though restarted."""
    stage.outlet.publish("river-dam", "flood")
    await stage.start()
    told = await stage.ask_slack(f"add {stage.outlet.feed} at daily 08:00")
    assert "is set up" in told
    assert f"Would post “{stage.outlet.headline('flood')}”" in told
    used = await stage.discord.slash(
        "briefing add", {"urls": stage.outlet.feed, "times": "daily 08:00"}
    )
    assert "is set up" in texts(used.original)
    stood = len(stage.discord.rest.posted(NEWS))
    await stage.stop()
    assert not tops(stage.slack)

    for new in ("flood", "dock-strike"):
        stage.outlet.publish(*{new} - set(stage.outlet.names))
        await stage.start()
        assert [slot.state for slot in await stage.next_slots()] == ["posted", "posted"]
        await stage.stop()
    for shown in (
        [slack_text(m) for m in tops(stage.slack)],
        [texts(m) for m in stage.discord.rest.posted(NEWS)[stood:]],
    ):
        assert len(shown) == 2
        assert stage.outlet.headline("flood") in shown[0]
        assert stage.outlet.headline("dock-strike") in shown[1]
    assert {row.state for row in await stage.rows()} == {"sent"}


async def test_the_log_names_what_was_left_out(stage):
    """/briefing log says of a slot what was filtered, what could not be read, and which feed."""
    stage.outlet.publish("river-dam")
    await stage.start()
    await stage.ask_slack(f"add {stage.outlet.feed} at daily 08:00 none bronze")
    (schedule,) = await stage.schedules()
    (first,) = await stage.next_slots()
    assert first.state == "posted"
    stage.outlet.publish("museum-bronze", "flood")
    stage.outlet.broken.add("flood")
    await stage.next_slots()
    log = await stage.ask_slack(f"log {schedule.id}")
    assert "nothing to post" in log
    assert f"Left out “{stage.outlet.headline('museum-bronze')}”: filtered" in log
    assert f"Left out “{stage.outlet.headline('flood')}”: unreadable" in log
    stage.outlet.is_down = True
    await stage.next_slots()
    log = await stage.ask_slack(f"log {schedule.id}")
    assert "503" in log


async def test_a_stop_lets_what_is_in_flight_end(stage):
    """A slot at work when the stop comes is posted before the service ends."""
    await at_work(stage)
    stopping = asyncio.create_task(stage.stop())
    await asyncio.sleep(0.3)
    assert not stopping.done()
    stage.outlet.gate.set()
    await stopping
    assert stage.outlet.headline("flood") in slack_text(tops(stage.slack)[0])
    assert {row.state for row in await stage.rows()} == {"sent"}


async def test_what_a_stop_cuts_short_is_done_by_the_next_start(stage):
    """A slot that a stop cannot wait for stays on record, and is posted once after the start."""
    await at_work(stage)
    stage.service.stop_within = 0.2
    await stage.stop()
    stage.outlet.gate.set()
    assert not tops(stage.slack)
    await stage.start()
    stage.clock.ahead += LEASE
    await stage.service.rounds.sweep()
    await stage.until(lambda: tops(stage.slack), "the slot that was left")
    await stage.stop()
    (shown,) = tops(stage.slack)
    assert stage.outlet.headline("flood") in slack_text(shown)


async def at_work(stage):
    """A schedule is due, and its article is being waited for."""
    stage.outlet.publish("river-dam")
    await stage.start()
    await stage.ask_slack(f"add {stage.outlet.feed} at daily 08:00")
    stage.outlet.publish("flood")
    stage.outlet.gate.clear()
    (schedule,) = await stage.schedules()
    stage.clock.leap_to(schedule.next_fire_at)
    await stage.until(lambda: "flood" in stage.outlet.asked, "the article's reader")
