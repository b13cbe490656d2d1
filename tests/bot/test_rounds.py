"""A slot from its feeds to the channel: what is posted, what is left out, and why."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.commands import telling
from bot.errors import DeliveryUncertain, StoreUnavailable
from bot.rounds import Rounds
from bot.store.port import LEASE
from bot.testing import MemoryStore
from briefings.errors import Paywalled, SummarizerUnavailable, Unreachable

FEED = "https://news.example/feed"
OTHER = "https://other.example/feed"


def posted(world):
    return [post.message.body["text"] for post in world.slack.posted]


async def log(world, made):
    """What the log says of the latest slot."""
    (slot, *_) = await world.store.list_slots(made, 1)
    return [telling.log_line(slot, "UTC"), *telling.log_details(slot)]


@pytest.fixture
async def made(world):
    """A schedule that has run once before anything was listed, daily at 08:00 UTC."""
    schedule = await world.added("at daily 08:00 in UTC max 2")
    await world.store.mark_seen(schedule, ["before"], world.time.now())
    return schedule


async def run(world, made):
    """Run it eleven minutes later: feeds and articles are read anew."""
    world.time.seconds += 660
    await world.told(f"run {made}")


async def test_a_due_slot_is_posted_once(world, made):
    """The tick takes what is due; the next one finds nothing."""
    world.time.seconds = 86_400
    for _ in range(2):
        await world.rounds.tick()
        await world.rounds.settle()
    assert posted(world) == ["Ferry crews walk out"]
    assert await log(world, made) == ["Tue 3 Mar 2026 08:00: posted, 1 of 1 parts sent"]


async def test_a_slot_that_was_missed_for_long_is_logged(world, made):
    """After a day without the bot the log names what was missed, and nothing is posted."""
    world.time.seconds = 86_400 + 7 * 3600
    await world.rounds.tick()
    await world.rounds.settle()
    assert posted(world) == []
    assert await log(world, made) == ["Tue 3 Mar 2026 08:00: missed: the bot was not running"]


async def test_a_slot_that_is_caught_up_says_so(world, made):
    """Within six hours it is posted, late."""
    world.time.seconds = 86_400 + 3600
    await world.rounds.tick()
    await world.rounds.settle()
    assert await log(world, made) == [
        "Tue 3 Mar 2026 08:00: posted, caught up after a pause of the bot, 1 of 1 parts sent"
    ]


async def test_nothing_new(world, made):
    """Entries that were seen are counted."""
    await run(world, made)
    await run(world, made)
    assert await log(world, made) == [
        "Mon 2 Mar 2026 08:22: nothing to post, asked for",
        "1 entry from before",
    ]


async def test_what_the_filter_leaves_out_is_named_with_its_rule(world, made):
    """Which word was missing, and which one kept it out."""
    world.list_entries("Ferry crews walk out", "Ferry timetable for the summer is out")
    await world.run("briefing", f"edit {made} all timetable none summer")
    await run(world, made)
    assert await log(world, made) == [
        "Mon 2 Mar 2026 08:11: nothing to post, asked for",
        "Left out “Ferry crews walk out”: filtered (no “timetable”)",
        "Left out “Ferry timetable for the summer is out”: filtered (summer)",
    ]


async def test_what_is_over_the_maximum_is_named(world, made):
    """The newest are posted, in order."""
    world.list_entries("Ferry crews walk out", "Miners vote today", "Court hears budget case")
    await run(world, made)
    assert posted(world) == ["Ferry crews walk out", "Miners vote today"]
    assert (await log(world, made))[1:] == ["Left out “Court hears budget case”: over the maximum"]


async def test_an_unreadable_article_is_named_and_the_others_are_posted(world, made):
    """What a subscription hides is not tried again; its reason stands in the log."""
    world.list_entries("Ferry crews walk out", "Miners vote today")
    address = "https://news.example/ferry-crews-walk-out"
    world.fetcher.forget(address)
    world.fetcher.queue(address, Paywalled(address))
    await run(world, made)
    assert posted(world) == ["Miners vote today"]
    assert (await log(world, made))[1:] == [
        (
            f"Left out “Ferry crews walk out”: unreadable ({address} shows only the beginning of "
            "the article to readers without a subscription. Look for another report of it.)"
        )
    ]
    await run(world, made)
    assert len(posted(world)) == 1


@pytest.mark.parametrize("kind", ["page", "summarizer"])
async def test_what_may_be_readable_later_is_tried_again(world, made, kind):
    """A server that did not answer, or a summarizer that did not start, loses no article."""
    address = "https://news.example/ferry-crews-walk-out"
    if kind == "page":
        world.fetcher.forget(address)
        world.fetcher.queue(address, Unreachable(address, status=503))
    else:
        world.summarizer.failure = SummarizerUnavailable("fake", "out of time")
    await run(world, made)
    assert posted(world) == []
    world.summarizer.failure = None
    world.list_entries("Ferry crews walk out")
    world.fetcher.forget(address)
    world.fetcher.queue_page(address, world.page("Ferry crews walk out"))
    await run(world, made)
    assert posted(world) == ["Ferry crews walk out"]


async def test_a_dead_feed_is_a_remark(world, made):
    """The other feeds are posted; the log names the one that can't be read."""
    schedule = await world.store.find_schedule(made)
    await world.store.update_schedule(replace(schedule, feeds=(OTHER, FEED)))
    world.fetcher.queue(OTHER, Unreachable(OTHER, status=500))
    await run(world, made)
    assert posted(world) == ["Ferry crews walk out"]
    assert await log(world, made) == [
        "Mon 2 Mar 2026 08:11: posted, asked for, 1 of 1 parts sent",
        (
            "The server of https://other.example/feed has trouble at the moment (500). Try again "
            "later."
        ),
    ]


async def test_the_same_story_is_posted_once_with_the_other_outlet_s_link(world, made):
    """Two outlets, one event: one post; the other is linked, and named in the log."""
    schedule = await world.store.find_schedule(made)
    await world.store.update_schedule(replace(schedule, feeds=(FEED, OTHER)))
    world.list_entries("Ferry crews walk out over rest breaks in Brindle")
    world.list_entries("Brindle ferry crews walk out over rest breaks", url=OTHER)
    world.time.seconds += 660
    found = await world.rounds.preview(await world.store.find_schedule(made))
    (post,) = found.posts
    also = [s for s in post.top.sections if s.name == "also"]
    links = [run for line in also[0].blocks[0].lines for run in line.runs]
    assert [(link.text, link.url) for link in links] == [
        ("News", "https://other.example/brindle-ferry-crews-walk-out-over-rest-breaks")
    ]
    await run(world, made)
    assert len(posted(world)) == 1
    assert (await log(world, made))[1:] == [
        (
            "Left out “Brindle ferry crews walk out over rest breaks”: same story "
            "(Ferry crews walk out over rest breaks in Brindle)"
        )
    ]


async def test_a_story_that_was_posted_is_not_told_again(world, made):
    """Another outlet that reports it at the next slot is left out."""
    world.list_entries("Ferry crews walk out over rest breaks in Brindle")
    await run(world, made)
    world.list_entries(
        "Brindle ferry crews walk out over rest breaks",
        "Ferry crews walk out over rest breaks in Brindle",
    )
    await run(world, made)
    assert len(posted(world)) == 1
    assert "same story" in (await log(world, made))[1]


async def test_a_digest_is_one_message(world, made):
    """All articles of a slot, under the schedule's name; one alone is a post like others."""
    await world.run("briefing", f"edit {made} digest")
    world.list_entries("Ferry crews walk out", "Miners vote today")
    await run(world, made)
    assert posted(world) == ["News: 2 articles"]
    world.list_entries("Court hears budget case", "Ferry crews walk out", "Miners vote today")
    await run(world, made)
    assert posted(world)[1:] == ["Court hears budget case"]


async def test_what_may_have_been_posted_is_shown_as_uncertain(world, made):
    """Where nobody can tell, it is not tried again, and the log says why."""
    world.slack.queue("C1", DeliveryUncertain(world.where, "connection lost"))
    world.slack.is_blind = True
    await run(world, made)
    assert world.slack.calls == 1
    assert await log(world, made) == [
        (
            "Mon 2 Mar 2026 08:11: uncertain: it may have been posted or not, so it was not tried "
            "again, asked for, 0 of 1 parts sent"
        ),
        "Part 1 is uncertain: connection lost; history can't be read",
    ]


async def test_what_ended_in_doubt_is_looked_at_again(world, made):
    """With the schedule's next slot, or when the bot starts: then there may be proof."""
    world.slack.is_blind = True
    world.slack.queue("C1", DeliveryUncertain(world.where, "broken off"), lands=True)
    await run(world, made)
    assert "1 of 1" not in (await log(world, made))[0]
    world.slack.is_blind = False
    await run(world, made)
    await world.rounds.settle()
    states = [slot.state for slot in await world.store.list_slots(made, 5)]
    assert (states, len(posted(world))) == (["nothing", "posted"], 1)


async def test_a_start_looks_at_what_ended_in_doubt(world, made):
    """Another process finds it in the database."""
    world.slack.is_blind = True
    world.slack.queue("C1", DeliveryUncertain(world.where, "broken off"), lands=True)
    await run(world, made)
    world.slack.is_blind = False
    other = rounds_on(world, MemoryStore(world.store._tables))
    await other.look_again()
    await other.settle()
    assert [slot.state for slot in await world.store.list_slots(made, 5)] == ["posted"]
    assert len(posted(world)) == 1


async def test_a_first_run_posts_the_newest_alone(world):
    """A new schedule does not flood its channel with what the feed has listed for weeks."""
    made = await world.added()
    world.list_entries("Ferry crews walk out", "Miners vote today", "Court hears budget case")
    await run(world, made)
    assert posted(world) == ["Ferry crews walk out"]
    assert (await log(world, made))[1:] == ["2 entries from before"]
    await run(world, made)
    assert len(posted(world)) == 1


async def test_two_slots_of_a_schedule_choose_in_turn(world, made):
    """Whichever comes second knows what the first has taken: nothing is posted twice."""
    now = world.time.now()
    for minutes in (1, 2, 3):
        await world.store.open_slot(made, now - timedelta(minutes=minutes), now=now - 2 * LEASE)
    await world.rounds.sweep()
    await world.rounds.settle()
    assert posted(world) == ["Ferry crews walk out"]
    states = [slot.state for slot in await world.store.list_slots(made, 9)]
    assert sorted(states) == ["nothing", "nothing", "posted"]


class SlowStore(MemoryStore):
    """Does something at the last moment before a slot is planned."""

    def __init__(self, tables):
        super().__init__(tables)
        self.meanwhile = None

    async def plan_slot(self, slot, plan):
        if self.meanwhile:
            await self.meanwhile(slot)
        return await super().plan_slot(slot, plan)


async def test_two_processes_with_slots_of_one_schedule_post_each_entry_once(world, made):
    """Both have chosen the same before either could plan: the second one chooses anew."""
    both, begun, processes = asyncio.Barrier(2), world.time.now(), []

    async def wait_for_the_other(store, _):
        store.meanwhile = None
        await both.wait()

    for number in range(2):
        store = SlowStore(world.store._tables)
        store.meanwhile = partial(wait_for_the_other, store)
        slot = await store.open_slot(made, begun + timedelta(seconds=number), now=begun)
        processes.append(rounds_on(world, store))
        processes[-1]._start(slot)
    async with asyncio.timeout(20):
        await asyncio.gather(*(process.settle() for process in processes))
    assert posted(world) == ["Ferry crews walk out"]
    assert {slot.state for slot in await world.store.list_slots(made, 5)} == {"posted", "nothing"}


@pytest.mark.parametrize("what", ["taken over", "removed"])
async def test_a_slot_that_is_no_longer_ours_stops_quietly(world, made, caplog, what):
    """It posts nothing, and nothing fails."""
    tables = world.store._tables
    store, other = SlowStore(tables), MemoryStore(tables)

    async def take_over(slot):
        if what == "removed":
            await other.remove_schedule(made)
        else:
            await other.claim_unfinished(slot.lease_until + timedelta(seconds=1), 5)

    store.meanwhile = take_over
    rounds = rounds_on(world, store)
    now = world.time.now()
    await rounds.run_now(await store.find_schedule(made), asked_by="U1")
    assert world.slack.calls == 0
    assert [sample for metric in world.metrics.slots.collect() for sample in metric.samples] == []
    assert [record for record in caplog.records if record.levelname != "INFO"] == []
    left = await world.store.list_slots(made, 5)
    assert [(slot.slot_at, slot.state) for slot in left] == (
        [] if what == "removed" else [(now, "open")]
    )


async def test_a_schedule_removed_while_it_is_posted_ends_quietly(world, made, caplog):
    """What was posted stands; what was to come does not."""

    async def remove(_):
        await world.store.remove_schedule(made)

    world.list_entries("Ferry crews walk out", "Miners vote today")
    world.slack.before = remove
    await run(world, made)
    assert posted(world) == ["Ferry crews walk out"]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_platform_without_a_token_is_told_in_the_log(world, made):
    """A schedule of a platform that is not set up posts nothing, and says why."""
    schedule = await world.store.find_schedule(made)
    elsewhere = replace(schedule.destination, platform="discord")
    await world.store.update_schedule(replace(schedule, destination=elsewhere))
    rounds = rounds_on(world, world.store, platforms={"slack": world.slack})
    await rounds.run_now(await world.store.find_schedule(made), asked_by="")
    assert await log(world, made) == [
        "Mon 2 Mar 2026 08:00: nothing to post",
        "Discord is not set up: whoever runs this bot has given it no token for Discord.",
    ]


class FailingStore(MemoryStore):
    """A database that goes away while slots are planned."""

    async def plan_slot(self, slot, plan):
        raise StoreUnavailable("here", f"{slot.key} {len(plan.seen)}")


async def test_a_slot_that_fails_is_taken_up_again(world, made, caplog):
    """The next sweep after its lease finds it, and posts it once."""
    store = FailingStore(world.store._tables)
    await rounds_on(world, store).run_now(await store.find_schedule(made), asked_by="")
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "slot failed"
    ]
    await world.rounds.sweep()
    await world.rounds.settle()
    assert posted(world) == []
    world.time.seconds += LEASE.total_seconds() + 1
    await world.rounds.sweep()
    await world.rounds.settle()
    assert posted(world) == ["Ferry crews walk out"]


async def test_our_own_slots_are_not_taken_over(world, made):
    """Where only the renewing of a lease failed, the slot goes on and is not begun again."""
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_):
        entered.set()
        await go_on.wait()

    world.slack.before = wait
    running = asyncio.ensure_future(world.told(f"run {made}"))
    await entered.wait()
    world.time.seconds += LEASE.total_seconds() + 1
    await world.rounds.sweep()
    assert len(world.rounds._under_way) == 1
    go_on.set()
    await running
    await world.rounds.settle()
    assert world.slack.calls == 1


async def test_whoever_gives_up_waiting_breaks_nothing_off(world, made):
    """A command that is cancelled leaves its slot to end, and `finish` waits for it."""
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_):
        entered.set()
        await go_on.wait()

    world.slack.before = wait
    running = asyncio.ensure_future(world.told(f"run {made}"))
    await entered.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    go_on.set()
    assert await world.rounds.finish(5) == 0
    assert posted(world) == ["Ferry crews walk out"]


async def test_what_can_t_be_finished_in_time_is_left_to_the_next_start(world, made):
    """It is recorded as being sent, and the next start looks before it would post again."""
    entered = asyncio.Event()

    async def wait_for_ever(_):
        entered.set()
        await asyncio.Event().wait()

    world.slack.before = wait_for_ever
    running = asyncio.ensure_future(world.told(f"run {made}"))
    await entered.wait()
    assert await world.rounds.finish(0.01) == 1
    await running
    (left,) = await world.store.list_deliveries(states=["sending"])
    assert left.tries == 1
    world.slack.before = None
    world.time.seconds += LEASE.total_seconds() + 1
    await world.rounds.sweep()
    await world.rounds.settle()
    assert posted(world) == ["Ferry crews walk out"]


async def test_one_channel_that_hangs_holds_up_no_other(world, made):
    """Its slot waits; those of other channels are posted meanwhile."""
    world.list_entries("Ferry crews walk out")
    other = await world.added("at daily 08:00 in UTC channel C2")
    release, others_done = asyncio.Event(), asyncio.Event()

    async def hang(where):
        if where.channel_id == "C1":
            await release.wait()
        else:
            others_done.set()

    world.slack.before = hang
    world.time.seconds = 86_400
    await world.rounds.tick()
    await others_done.wait()
    await asyncio.sleep(0)
    assert [post.destination.channel_id for post in world.slack.posted] == ["C2"]
    release.set()
    await world.rounds.settle()
    assert {slot.state for slot in await world.store.list_slots(other, 1)} == {"posted"}
    assert {slot.state for slot in await world.store.list_slots(made, 1)} == {"posted"}


def rounds_on(world, store, platforms=None) -> Rounds:
    """Rounds of another process, on this store."""
    return world.build_rounds(store, platforms or world.platforms)
