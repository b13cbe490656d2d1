"""What every store keeps to: in memory, over SQLite and over PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.platform import Destination
from bot.schedule import Filter, Schedule
from bot.slots import Delivery, KeptBriefing, Skipped, SlotPlan, Story
from bot.store.port import KEEP_SEEN, KEEP_SLOTS, LEASE, PlanOutdated

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HERE = Destination("slack", "T1", "C1")
THERE = Destination("slack", "T1", "C2")
ELSEWHERE = Destination("discord", "G1", "C1")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def schedule(destination=HERE, **facts):
    plain = {
        "id": "",
        "destination": destination,
        "name": "Morning",
        "feeds": ("https://news.example/feed", "https://other.example/"),
        "times": "every hour",
        "zone": "UTC",
        "created_by": "U1",
        "created_at": NOW - timedelta(days=9),
        "next_fire_at": NOW,
    }
    return Schedule(**{**plain, **facts})


def delivery(slot, part=0, **facts):
    plain = {
        "nonce": f"{slot.schedule.id}{slot.slot_at:%d%H}{part}",
        "body": {"text": f"part {part}"},
    }
    return Delivery(
        slot.schedule.id, slot.slot_at, slot.schedule.destination, part, **{**plain, **facts}
    )


async def claim(store, now=NOW, limit=10):
    return await store.claim_due(now, limit)


async def test_a_schedule_comes_back_as_it_went_in(store):
    """Every field survives, and the id is four signs that a person can type in either case."""
    made = await store.add_schedule(
        schedule(
            filter=Filter(any_of=("Kyiv", "дім"), none_of=("sport",), pattern=r"\bEU\b"),
            at_most=5,
            mode="digest",
            catch_up=timedelta(minutes=90),
            name="Café · “morning”",
            engine="llm",
            language="de",
        )
    )
    assert len(made.id) == 4
    assert made.id == made.id.lower()
    assert await store.find_schedule(made.id.upper()) == made
    assert await store.find_schedule("zzzzz") is None


async def test_schedules_are_listed_by_whose_they_are(store):
    """A channel, a tenant or a platform lists its own alone, in the order they were made."""
    later = await store.add_schedule(schedule(created_at=NOW))
    first = await store.add_schedule(schedule())
    other = await store.add_schedule(schedule(THERE))
    foreign = await store.add_schedule(schedule(ELSEWHERE))
    assert await store.list_schedules(platform="slack", channel_id="C1") == (first, later)
    assert set(await store.list_schedules(tenant_id="T1")) == {first, later, other}
    assert await store.list_schedules(platform="discord") == (foreign,)
    assert len(await store.list_schedules()) == 4


async def test_a_schedule_is_changed_and_removed(store):
    """An update replaces all of it; what is gone can't be changed."""
    made = await store.add_schedule(schedule())
    changed = replace(made, name="Evening", times="daily 18:00", at_most=1)
    assert await store.update_schedule(changed)
    assert await store.find_schedule(made.id) == changed
    assert await store.remove_schedule(made.id)
    assert not await store.remove_schedule(made.id)
    assert not await store.update_schedule(changed)
    assert not await store.pause_schedule(made.id, "gone")


async def test_a_paused_schedule_is_not_due(store):
    """It keeps the reason why it pauses, and no slot of it is claimed."""
    made = await store.add_schedule(schedule())
    assert await store.pause_schedule(made.id, "the channel is gone")
    paused = await store.find_schedule(made.id)
    assert (paused.is_paused, paused.paused_because) == (True, "the channel is gone")
    assert await claim(store, NOW + HOUR) == ()


async def test_a_destination_pauses_with_all_its_schedules(store):
    """Only those of the very channel pause, and each is counted once."""
    for destination in (HERE, HERE, THERE, ELSEWHERE):
        await store.add_schedule(schedule(destination))
    assert await store.pause_destination(HERE, "gone") == 2
    assert await store.pause_destination(HERE, "gone") == 0
    assert {slot.schedule.destination for slot in await claim(store)} == {THERE, ELSEWHERE}


async def test_a_due_slot_is_claimed_once(store):
    """What is due is handed out one time, and the schedule is due next at its next slot."""
    made = await store.add_schedule(schedule())
    assert await claim(store, NOW - SECOND) == ()
    (slot,) = await claim(store)
    assert (slot.schedule.id, slot.slot_at, slot.state, slot.is_late) == (
        made.id,
        NOW,
        "open",
        False,
    )
    assert slot.lease_until == NOW + LEASE
    assert await claim(store) == ()
    assert (await store.find_schedule(made.id)).next_fire_at == NOW + HOUR


async def test_no_more_than_the_limit_is_claimed(store):
    """The rest waits for the next call, those due longest first."""
    for minutes in (3, 1, 2):
        await store.add_schedule(schedule(next_fire_at=NOW + minutes * MINUTE))
    first = await claim(store, NOW + HOUR, limit=2)
    rest = await claim(store, NOW + HOUR, limit=2)
    assert [len(first), len(rest)] == [2, 1]


async def test_a_slot_missed_within_the_window_is_caught_up_once(store):
    """After a stop the latest slot runs, late; those before it are logged as missed."""
    made = await store.add_schedule(schedule(catch_up=2 * HOUR))
    (slot,) = await claim(store, NOW + 3 * HOUR + 10 * MINUTE)
    assert (slot.slot_at, slot.is_late) == (NOW + 3 * HOUR, True)
    assert (await store.find_schedule(made.id)).next_fire_at == NOW + 4 * HOUR
    logged = await store.list_slots(made.id, 10)
    assert [(entry.slot_at - NOW, entry.state) for entry in logged] == [
        (3 * HOUR, "open"),
        (2 * HOUR, "missed"),
        (HOUR, "missed"),
        (timedelta(0), "missed"),
    ]


async def test_a_slot_missed_for_too_long_is_logged(store):
    """Past the schedule's window nothing is posted: the slot is missed, the next one comes."""
    made = await store.add_schedule(schedule(times="daily 08:00", catch_up=2 * HOUR))
    assert await claim(store, NOW + 3 * HOUR) == ()
    (entry,) = await store.list_slots(made.id, 10)
    assert (entry.state, entry.finished_at) == ("missed", NOW + 3 * HOUR)
    assert (await store.find_schedule(made.id)).next_fire_at == NOW + 24 * HOUR


async def test_schedules_that_missed_theirs_do_not_hide_those_behind(store):
    """However many slots were missed, the call goes on until it has one to give."""
    for _ in range(5):
        await store.add_schedule(
            schedule(times="daily 03:00", catch_up=HOUR, next_fire_at=NOW - 5 * HOUR)
        )
    fresh = await store.add_schedule(schedule())
    assert [slot.schedule.id for slot in await claim(store, limit=2)] == [fresh.id]


async def test_a_schedule_whose_times_are_unreadable_pauses(store):
    """One broken record is told and set aside; the others are due as ever."""
    broken = await store.add_schedule(schedule(times="whenever", next_fire_at=NOW - SECOND))
    lost = await store.add_schedule(schedule(zone="Mars/Olympus", next_fire_at=NOW - SECOND))
    good = await store.add_schedule(schedule())
    assert [slot.schedule.id for slot in await claim(store)] == [good.id]
    assert "whenever" in (await store.find_schedule(broken.id)).paused_because
    assert "Mars" in (await store.find_schedule(lost.id)).paused_because


async def test_many_processes_claim_each_slot_once(open_another):
    """Four processes on one database share what is due: nothing twice, nothing forgotten."""
    stores = [open_another() for _ in range(4)]
    ids = {(await stores[0].add_schedule(schedule())).id for _ in range(60)}

    async def claim_all(store):
        claimed = []
        while slots := await store.claim_due(NOW, 7):
            claimed += [slot.schedule.id for slot in slots]
        return claimed

    shares = await asyncio.gather(*map(claim_all, stores))
    claimed = [schedule_id for share in shares for schedule_id in share]
    left = await claim_all(stores[0])
    assert sorted([*claimed, *left]) == sorted(ids)


async def test_a_slot_of_a_dead_process_is_found_again(open_another):
    """Once its lease is over, another takes the slot, and the first has lost it."""
    dead, alive = open_another(), open_another()
    await dead.add_schedule(schedule())
    (slot,) = await claim(dead)
    assert await alive.claim_unfinished(NOW + LEASE, 10) == ()
    (found,) = await alive.claim_unfinished(NOW + LEASE + SECOND, 10)
    assert found == replace(slot, lease_until=NOW + 2 * LEASE + SECOND, schedule=found.schedule)
    assert await alive.claim_unfinished(NOW + LEASE + SECOND, 10) == ()
    assert await dead.renew_lease(slot, NOW + LEASE + SECOND) is None
    assert await dead.plan_slot(slot, SlotPlan((delivery(slot),))) is None
    assert not await dead.finish_slot(slot, "posted", NOW + LEASE)
    assert await alive.list_deliveries(slot=found) == ()
    assert await alive.finish_slot(found, "nothing", NOW + LEASE + MINUTE)


async def test_a_renewed_lease_holds_the_slot(open_another):
    """Whoever works on keeps its slot for as long as it says so; a finished one is never taken."""
    worker, other = open_another(), open_another()
    await worker.add_schedule(schedule())
    (slot,) = await claim(worker)
    renewed = await worker.renew_lease(slot, NOW + LEASE)
    assert renewed.lease_until == NOW + 2 * LEASE
    assert await other.claim_unfinished(NOW + LEASE + SECOND, 10) == ()
    assert await worker.finish_slot(renewed, "nothing", NOW + LEASE)
    assert await other.claim_unfinished(NOW + 9 * LEASE, 10) == ()
    assert not await worker.finish_slot(renewed, "posted", NOW + LEASE)


async def test_many_leases_are_renewed_at_once(open_another):
    """Whoever holds many slots renews all of them together, and hears which it has lost."""
    worker, other = open_another(), open_another()
    for _ in range(3):
        await worker.add_schedule(schedule())
    slots = await claim(worker)
    (lost, *_) = await other.claim_unfinished(NOW + LEASE + SECOND, 1)
    renewed = await worker.renew_leases(slots, NOW + LEASE)
    assert {slot.key for slot in renewed} == {slot.key for slot in slots} - {lost.key}
    assert {slot.lease_until for slot in renewed} == {NOW + 2 * LEASE}
    assert await worker.renew_leases([], NOW) == ()


async def test_a_slot_out_of_turn_opens_once(store):
    """`run` makes a slot of its own, which leaves the schedule's next time alone."""
    made = await store.add_schedule(schedule())
    slot = await store.open_slot(made.id, NOW - MINUTE, now=NOW, asked_by="U7")
    assert (slot.asked_by, slot.lease_until) == ("U7", NOW + LEASE)
    assert await store.open_slot(made.id, NOW - MINUTE, now=NOW) is None
    assert await store.open_slot("zzzz", NOW, now=NOW) is None
    assert (await store.find_schedule(made.id)).next_fire_at == NOW


async def test_a_plan_is_stored_whole_and_once(store):
    """Deliveries, seen entries, stories and skipped ones are kept together; a second plan for the
    same slot changes nothing."""
    made = await store.add_schedule(schedule())
    (slot,) = await claim(store)
    parts = (delivery(slot), delivery(slot, 1, thread_part=0))
    story = Story("Mill closes", "The mill at Orne will close.", NOW, "https://news.example/1")
    plan = SlotPlan(
        parts,
        frozenset({"a", "b"}),
        (story,),
        (Skipped("Cup final", None, "filtered", "cup"),),
        ("feed 2 could not be read",),
    )
    assert await store.plan_slot(slot, plan) == parts
    assert await store.plan_slot(slot, SlotPlan((delivery(slot, 5, nonce="x"),))) == parts
    assert await store.seen_keys(made.id, ["a", "b", "c"]) == {"a", "b"}
    assert await store.list_stories(made.id, NOW - HOUR) == (story,)
    assert await store.list_stories(made.id, NOW + HOUR) == ()
    assert await store.finish_slot(slot, "posted", NOW + MINUTE)
    (logged,) = await store.list_slots(made.id.upper(), 5)
    assert (logged.state, logged.finished_at) == ("posted", NOW + MINUTE)
    assert (logged.deliveries, logged.skipped, logged.remarks) == (
        parts,
        plan.skipped,
        plan.remarks,
    )


async def test_the_log_keeps_what_says_most(store):
    """A feed lists hundreds of old entries: the log keeps thirty, those seen before last."""
    made = await store.add_schedule(schedule())
    (slot,) = await claim(store)
    old = tuple(Skipped(f"old {n}", None, "seen") for n in range(200))
    await store.plan_slot(slot, SlotPlan(skipped=(*old, Skipped("Cup final", None, "filtered"))))
    (logged,) = await store.list_slots(made.id, 1)
    assert [one.title for one in logged.skipped] == ["Cup final", *(f"old {n}" for n in range(29))]


async def test_a_planned_slot_of_a_dead_process_keeps_its_plan(open_another):
    """Who takes it over finds it planned, with the deliveries as they were."""
    dead, alive = open_another(), open_another()
    await dead.add_schedule(schedule())
    (slot,) = await claim(dead)
    parts = await dead.plan_slot(slot, SlotPlan((delivery(slot),)))
    (found,) = await alive.claim_unfinished(NOW + LEASE + SECOND, 10)
    assert found.state == "planned"
    assert (
        await alive.plan_slot(found, SlotPlan()) == parts == await alive.list_deliveries(slot=found)
    )


async def test_a_delivery_is_moved_by_one_process(open_another):
    """Of several that begin to send the same part, one may."""
    stores = [open_another() for _ in range(3)]
    await stores[0].add_schedule(schedule())
    (slot,) = await claim(stores[0])
    (pending,) = await stores[0].plan_slot(slot, SlotPlan((delivery(slot),)))
    sending = replace(pending, state="sending", tries=1, attempted_at=NOW)
    begun = await asyncio.gather(*(s.move_delivery(sending, was="pending") for s in stores))
    assert sorted(begun) == [False, False, True]
    sent = replace(sending, state="sent", message_id="17.4", thread_id="17.4")
    assert await stores[0].move_delivery(sent, was="sending")
    assert await stores[1].list_deliveries(states=["sent"]) == (sent,)
    assert await stores[1].list_deliveries(states=["pending", "dead"]) == ()
    assert await stores[1].list_deliveries(limit=0) == ()


async def test_a_delivery_of_a_removed_schedule_is_not_sent(store):
    """Removing a schedule stops what of it is not on its way yet."""
    made = await store.add_schedule(schedule())
    (slot,) = await claim(store)
    (pending,) = await store.plan_slot(slot, SlotPlan((delivery(slot),)))
    await store.remove_schedule(made.id)
    assert not await store.move_delivery(replace(pending, state="sending"), was="pending")
    assert await store.claim_unfinished(NOW + 9 * LEASE, 9) == ()
    assert await store.list_slots(made.id, 9) == ()


async def test_seen_entries_belong_to_their_schedule(store):
    """What one schedule has seen is new to another; keys may be long and in any script."""
    first = await store.add_schedule(schedule())
    second = await store.add_schedule(schedule())
    keys = {f"https://news.example/{'é' * 2000}?{n}" for n in range(1200)}
    assert not await store.has_seen_any(first.id)
    await store.mark_seen(first.id, keys, NOW)
    await store.mark_seen(first.id, keys, NOW)
    assert await store.seen_keys(first.id, [*keys, "new"]) == keys
    assert await store.seen_keys(second.id, keys) == frozenset()
    assert [await store.has_seen_any(each.id) for each in (first, second)] == [True, False]


async def test_seen_entries_last_while_they_are_listed(store):
    """An entry that a feed goes on listing is not forgotten however old it is."""
    made = await store.add_schedule(schedule(next_fire_at=None))
    await store.mark_seen(made.id, {"old", "listed"}, NOW)
    await store.mark_seen(made.id, {"listed"}, NOW + KEEP_SEEN)
    assert await store.clean_up(NOW + KEEP_SEEN + HOUR) == 1
    assert await store.seen_keys(made.id, {"old", "listed"}) == {"listed"}


async def test_cleaning_leaves_what_is_at_work(store):
    """Finished slots go when they are old, with their deliveries; an open one stays."""
    await store.add_schedule(schedule())
    (slot,) = await claim(store)
    await store.plan_slot(slot, SlotPlan((delivery(slot),)))
    assert await store.clean_up(NOW + 2 * KEEP_SLOTS) == 0
    await store.finish_slot(slot, "posted", NOW)
    assert await store.clean_up(NOW + KEEP_SLOTS) == 0
    assert await store.clean_up(NOW + KEEP_SLOTS + HOUR) == 1
    assert await store.list_deliveries() == ()


async def test_a_briefing_is_found_by_its_own_tenant(store):
    """Buttons find their briefing again, and nobody else's."""
    kept = KeptBriefing("b1", "slack", "T1", '{"schema": "briefing/1"}', NOW)
    await store.keep_briefing(replace(kept, text="{}"))
    await store.keep_briefing(kept)
    assert await store.find_briefing("b1", "slack", "T1") == kept
    assert await store.find_briefing("b1", "slack", "T2") is None
    assert await store.find_briefing("b1", "discord", "T1") is None
    assert await store.clean_up(NOW + timedelta(days=29)) == 0
    assert await store.clean_up(NOW + timedelta(days=31)) == 1
    assert await store.find_briefing("b1", "slack", "T1") is None


async def test_an_event_is_new_once(open_another):
    """A redelivered event is known, also to another process; the same id elsewhere is new."""
    one, other = open_another(), open_another()
    assert await one.remember_event("slack", "Ev1", NOW)
    assert not await other.remember_event("slack", "Ev1", NOW + HOUR)
    assert await other.remember_event("discord", "Ev1", NOW)
    assert await one.clean_up(NOW + timedelta(days=2)) == 2
    assert await one.remember_event("slack", "Ev1", NOW)


async def test_settings_are_a_tenant_s_own(store):
    """What a team sets holds for it alone, and the last value counts."""
    assert await store.get_setting("slack", "T1", "zone") is None
    await store.put_setting("slack", "T1", "zone", "Europe/Paris")
    await store.put_setting("slack", "T1", "zone", "Europe/Berlin")
    assert await store.get_setting("slack", "T1", "zone") == "Europe/Berlin"
    assert await store.get_setting("discord", "T1", "zone") is None


async def test_a_tenant_is_forgotten_whole(store):
    """Nothing of a workspace that removed the bot is left, and nothing of others is touched."""
    ours = await store.add_schedule(schedule())
    theirs = await store.add_schedule(schedule(ELSEWHERE))
    slot = next(slot for slot in await claim(store) if slot.schedule.id == ours.id)
    await store.plan_slot(
        slot, SlotPlan((delivery(slot),), frozenset({"a"}), (Story("t", "", NOW),))
    )
    for platform, tenant in (("slack", "T1"), ("discord", "G1")):
        await store.keep_briefing(KeptBriefing(platform, platform, tenant, "{}", NOW))
        await store.put_setting(platform, tenant, "zone", "UTC")
    assert await store.forget_tenant("slack", "T1") == 1
    assert await store.list_schedules() == (await store.find_schedule(theirs.id),)
    assert await store.list_deliveries() == ()
    assert await store.seen_keys(ours.id, ["a"]) == frozenset()
    assert await store.find_briefing("slack", "slack", "T1") is None
    assert await store.get_setting("slack", "T1", "zone") is None
    assert await store.find_briefing("discord", "discord", "G1") is not None
    assert await store.get_setting("discord", "G1", "zone") == "UTC"


@pytest.mark.parametrize("hours", [-11, 5.5])
async def test_instants_keep_their_moment(store, hours):
    """An instant given in any zone comes back the same moment, in UTC, to the microsecond."""
    moment = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=hours)))
    made = await store.add_schedule(schedule(created_at=moment))
    found = await store.find_schedule(made.id)
    assert found.created_at == moment
    await store.ping()


def told(slot, title, based_on=None):
    """A plan that posts one story."""
    return SlotPlan((delivery(slot),), stories=(Story(title, "", slot.slot_at),), based_on=based_on)


async def test_of_two_slots_of_a_schedule_the_second_to_plan_knows_of_the_first(open_another):
    """Two processes that began with the same past can't both post: one plans anew."""
    stores = open_another(), open_another()
    made = await stores[0].add_schedule(schedule(next_fire_at=None))
    for round_ in range(10):
        instants = [NOW + HOUR * round_, NOW + HOUR * round_ + MINUTE]
        slots = [
            await store.open_slot(made.id, at, now=at)
            for store, at in zip(stores, instants, strict=True)
        ]
        based_on = await stores[0].last_story(made.id)
        plans = [
            store.plan_slot(slot, told(slot, "Mill", based_on))
            for store, slot in zip(stores, slots, strict=True)
        ]
        outcomes = await asyncio.gather(*plans, return_exceptions=True)
        refused = [kind for kind in outcomes if isinstance(kind, PlanOutdated)]
        assert len(refused) == 1
        assert len(await stores[0].list_stories(made.id, NOW - HOUR)) == round_ + 1
        late = outcomes.index(refused[0])
        assert await stores[late].list_deliveries(slot=slots[late]) == ()
        anew = SlotPlan(based_on=await stores[late].last_story(made.id))
        assert await stores[late].plan_slot(slots[late], anew) == ()


async def test_plans_of_other_schedules_do_not_outdate_a_plan(store):
    """Only what the schedule itself has told counts."""
    for _ in range(2):
        await store.add_schedule(schedule())
    first, second = await claim(store)
    based_on = [await store.last_story(slot.schedule.id) for slot in (first, second)]
    assert await store.plan_slot(first, told(first, "Mill", based_on[0]))
    assert await store.plan_slot(second, told(second, "Mill", based_on[1]))


async def in_doubt(store, **facts):
    """A slot that ended with a delivery that nobody can tell of."""
    await store.add_schedule(schedule(**facts))
    (slot,) = await claim(store)
    (row,) = await store.plan_slot(slot, SlotPlan((delivery(slot),)))
    await store.move_delivery(replace(row, state="uncertain", reason="cut"), was="pending")
    assert await store.finish_slot(slot, "uncertain", NOW)
    return slot


async def test_what_ended_in_doubt_is_taken_again_by_one(open_another):
    """It is at work again, held by whoever took it, and the log shows the doubt all the while."""
    ours, theirs = open_another(), open_another()
    slot = await in_doubt(ours)
    since, then = NOW - HOUR, NOW + HOUR
    asked = [
        store.claim_uncertain(then, 9, since=since, platforms=("slack",))
        for store in (ours, theirs)
    ]
    (taken,) = [slot for slots in await asyncio.gather(*asked) for slot in slots]
    assert (taken.key, taken.state, taken.lease_until) == (slot.key, "planned", then + LEASE)
    (logged,) = await ours.list_slots(slot.schedule.id, 1)
    assert (logged.state, logged.finished_at) == ("planned", None)
    assert [row.state for row in logged.deliveries] == ["uncertain"]
    assert await ours.claim_unfinished(then + LEASE + SECOND, 9) != ()


LEFT = {
    "long ago": {"since": NOW},
    "another platform": {"platforms": ("discord",)},
    "another schedule": {"schedule_id": "zzzz"},
}


@pytest.mark.parametrize("asked", LEFT.values(), ids=LEFT)
async def test_what_is_left_in_doubt(store, asked):
    """What ended too long ago, and what is of others, stays as it is."""
    await in_doubt(store)
    plain = {"since": NOW - HOUR, "platforms": ("slack", "discord")}
    assert await store.claim_uncertain(NOW, 9, **{**plain, **asked}) == ()


async def test_a_paused_schedule_s_doubts_wait(store):
    """Nothing of a paused schedule is posted, not even what was meant to be before."""
    slot = await in_doubt(store)
    await store.pause_schedule(slot.schedule.id, "no permission")
    asked = {"since": NOW - HOUR, "platforms": ("slack",)}
    assert await store.claim_uncertain(NOW, 9, **asked) == ()
    await store.update_schedule(slot.schedule)
    assert len(await store.claim_uncertain(NOW, 9, **asked)) == 1
