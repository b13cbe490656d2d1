"""The ledger's rules: each part is posted once, or it is known why not."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import NO_ANSWER, PARENT_MISSING, Deliverer, Rules
from bot.errors import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    DestinationGone,
    PermissionMissing,
    RateLimited,
)
from bot.metrics import Metrics
from bot.pace import Pace
from bot.platform import Destination, Message
from bot.schedule import Schedule
from bot.slots import Delivery, SlotPlan
from bot.store.port import LEASE
from bot.testing import FakePlatform, FakeTime, MemoryStore, Post, Tables


class WatchedStore(MemoryStore):
    """Notes every move; what was read before another process moved it can be set as `outdated`."""

    def __init__(self, tables):
        super().__init__(tables)
        self.moves = []
        self.outdated = None

    async def list_deliveries(self, **facts):
        found, self.outdated = self.outdated, None
        return found or await super().list_deliveries(**facts)

    async def move_delivery(self, delivery, *, was):
        self.moves.append(delivery)
        return await super().move_delivery(delivery, was=was)


class Bench:
    """A store in memory, a platform that does as told, and time that leaps."""

    def __init__(self, **rules):
        self.time = FakeTime()
        self.tables = Tables()
        self.platform = FakePlatform()
        self.metrics = Metrics()
        self.rules = Rules(**rules)
        self.start()

    def start(self):
        """A process begins: whatever the one before had in mind is gone."""
        self.store = WatchedStore(self.tables)
        self.deliverer = Deliverer(
            store=self.store,
            platforms={"slack": self.platform},
            clock=self.time,
            pace=Pace(monotonic=self.time.monotonic, sleep=self.time.sleep),
            rules=self.rules,
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
            spread=lambda: 1.0,
            metrics=self.metrics,
        )

    async def plan(self, channel="C1", parts=1, details=0):
        made = await self.store.add_schedule(
            Schedule(
                id="",
                destination=Destination("slack", "T1", channel),
                name="",
                feeds=("https://news.example/feed",),
                times="every hour",
                zone="UTC",
                created_by="U1",
                created_at=self.time.now(),
            )
        )
        slot = await self.store.open_slot(made.id, self.time.now(), now=self.time.now())
        rows = tuple(
            Delivery(
                made.id,
                slot.slot_at,
                made.destination,
                part,
                nonce=f"{made.id}-{part}",
                body={"text": f"{channel} {part}"},
                thread_part=0 if part >= parts else None,
            )
            for part in range(parts + details)
        )
        await self.store.plan_slot(slot, SlotPlan(rows))
        return slot

    async def rows(self, slot):
        return await self.store.list_deliveries(slot=slot)

    def texts(self):
        return [post.message.body["text"] for post in self.platform.posted]


@pytest.fixture
def bench():
    return Bench()


HERE = Destination("slack", "T1", "C1")


async def test_parts_are_posted_in_order_details_in_the_thread(bench):
    """Each part once, in its order; details go under the part that opens the message."""
    slot = await bench.plan(parts=2, details=2)
    assert await bench.deliverer.deliver(slot) == "posted"
    assert bench.texts() == ["C1 0", "C1 1", "C1 2", "C1 3"]
    assert [post.thread_id for post in bench.platform.posted] == [None, None, "m1", "m1"]
    assert [post.message.is_detail for post in bench.platform.posted] == [False, False, True, True]
    rows = await bench.rows(slot)
    assert [(row.state, row.tries, row.message_id) for row in rows] == [
        ("sent", 1, f"m{n}") for n in (1, 2, 3, 4)
    ]
    (logged,) = await bench.store.list_slots(slot.schedule.id, 1)
    assert (logged.state, logged.finished_at) == ("posted", bench.time.now())


async def test_sending_is_on_record_before_the_platform_is_called(bench):
    """Whoever finds the ledger during the call sees that the part may be on its way, with its mark
    and the instant of the try."""
    slot = await bench.plan()
    found = []

    async def look(_):
        found.extend(await bench.rows(slot))

    bench.platform.before = look
    await bench.deliverer.deliver(slot)
    (row,) = found
    assert (row.state, row.tries, row.attempted_at) == ("sending", 1, bench.time.now())
    assert bench.platform.posted[0].nonce == row.nonce


async def test_a_slot_without_deliveries_is_over(bench):
    """Nothing new is an outcome too."""
    slot = await bench.plan(parts=0)
    assert await bench.deliverer.deliver(slot) == "nothing"


async def test_what_was_certainly_not_posted_is_tried_again_later(bench):
    """Waits grow, and the same body with the same mark is sent."""
    slot = await bench.plan()
    for _ in range(3):
        bench.platform.queue("C1", DeliveryFailed(HERE, "connection refused"))
    assert await bench.deliverer.deliver(slot) == "posted"
    (row,) = await bench.rows(slot)
    assert (row.state, row.tries, bench.texts()) == ("sent", 4, ["C1 0"])
    assert bench.time.seconds == 1 + 2 + 4


async def test_tries_are_bounded(bench):
    """After six tries a part is dead, and says why."""
    slot = await bench.plan()
    for _ in range(9):
        bench.platform.queue("C1", DeliveryFailed(HERE, "connection refused"))
    assert await bench.deliverer.deliver(slot) == "failed"
    (row,) = await bench.rows(slot)
    assert (row.state, row.tries, bench.platform.calls) == ("dead", 6, 6)
    assert row.reason == "gave up after 6 tries: connection refused"


async def test_the_platform_s_wait_is_respected(bench):
    """No call for the channel before `retry_after` is over."""
    slot = await bench.plan()
    bench.platform.queue("C1", RateLimited(HERE, retry_after=42.5))
    assert await bench.deliverer.deliver(slot) == "posted"
    assert bench.time.seconds == 42.5


async def test_a_limit_of_unknown_length_is_waited_out_longer_each_time(bench):
    """Where the platform does not say how long, the first try comes soon and the last one late."""
    slot = await bench.plan()
    for _ in range(4):
        bench.platform.queue("C1", RateLimited(HERE, retry_after=5, is_guess=True))
    assert await bench.deliverer.deliver(slot) == "posted"
    assert bench.time.seconds == pytest.approx(5 + 10 + 20 + 40, abs=5)
    assert bench.texts() == ["C1 0"]


async def test_a_wait_that_is_too_long_is_not_waited_for(bench):
    """Ten minutes bound a slot's tries; a part that would come later is dead."""
    slot = await bench.plan()
    bench.platform.queue("C1", RateLimited(HERE, retry_after=3600))
    assert await bench.deliverer.deliver(slot) == "failed"
    (row,) = await bench.rows(slot)
    assert row.reason == "gave up after 1 tries: wait 3600 s"
    assert bench.time.seconds == 0


async def test_a_refused_part_is_dead_and_the_rest_goes_on(bench):
    """A malformed message is never sent again; another message of the slot is none the worse."""
    slot = await bench.plan(parts=2, details=1)
    bench.platform.queue("C1", DeliveryRefused(HERE, "invalid_blocks"))
    assert await bench.deliverer.deliver(slot) == "posted"
    assert [(row.state, row.reason) for row in await bench.rows(slot)] == [
        ("dead", "invalid_blocks"),
        ("sent", ""),
        ("dead", PARENT_MISSING),
    ]


@pytest.mark.parametrize(
    ("error", "because"),
    [
        (DestinationGone(HERE, "channel_not_found"), "gone"),
        (PermissionMissing(HERE, "x"), "may not"),
    ],
)
async def test_a_closed_channel_pauses_its_schedule(bench, error, because):
    """The rest of the slot is not tried, and the schedule tells why it pauses."""
    slot = await bench.plan(parts=3)
    bench.platform.queue("C1", error)
    assert await bench.deliverer.deliver(slot) == "failed"
    assert bench.platform.calls == 1
    assert {(row.state, row.reason) for row in await bench.rows(slot)} == {("dead", error.detail)}
    schedule = await bench.store.find_schedule(slot.schedule.id)
    assert schedule.is_paused
    assert because in schedule.paused_because


async def test_a_lost_answer_is_looked_into_before_a_second_try(bench):
    """Where the message stands in the channel after all, it is not posted again."""
    slot = await bench.plan(parts=1, details=1)
    bench.platform.queue("C1", DeliveryUncertain(HERE, "disconnected"), lands=True)
    assert await bench.deliverer.deliver(slot) == "posted"
    assert bench.texts() == ["C1 0", "C1 1"]
    assert [row.message_id for row in await bench.rows(slot)] == ["m1", "m2"]
    assert bench.platform.posted[1].thread_id == "m1"


async def test_proof_of_absence_allows_a_second_try(bench):
    """Only after so long that a late arrival is out of the question."""
    slot = await bench.plan()
    bench.platform.queue("C1", DeliveryUncertain(HERE, "disconnected"))
    assert await bench.deliverer.deliver(slot) == "posted"
    assert bench.texts() == ["C1 0"]
    assert bench.time.seconds == bench.rules.proof_after > bench.rules.post_within


async def test_a_late_arrival_is_not_doubled(bench):
    """A message that appears half a minute after its call failed is found, not sent again."""
    slot = await bench.plan()
    bench.platform.queue("C1", DeliveryUncertain(HERE, "timeout"))
    (row,) = await bench.rows(slot)

    async def arrive():
        await bench.time.sleep(30)
        bench.platform.posted.append(Post(HERE, Message(row.body), row.nonce, None, "m9"))

    await asyncio.gather(bench.deliverer.deliver(slot), arrive())
    assert bench.texts() == ["C1 0"]
    assert bench.platform.calls == 1


async def test_without_proof_it_stays_uncertain(bench):
    """Where the platform can't tell, nothing is posted a second time, and the log shows it."""
    slot = await bench.plan(parts=1, details=1)
    bench.platform.is_blind = True
    bench.platform.queue("C1", DeliveryUncertain(HERE, "disconnected"))
    assert await bench.deliverer.deliver(slot) == "uncertain"
    assert bench.platform.calls == 1
    first, detail = await bench.rows(slot)
    assert (first.state, first.reason) == ("uncertain", "disconnected; history can't be read")
    assert (detail.state, detail.reason) == ("dead", PARENT_MISSING)
    assert await bench.store.list_deliveries(states=["uncertain"]) == (first,)


async def take_again(bench, hours):
    """The slot that ended in doubt, taken up so many hours later."""
    bench.time.seconds += hours * 3600
    now = bench.time.now()
    (slot,) = await bench.store.claim_uncertain(
        now, 9, since=now - timedelta(days=1), platforms=("slack",)
    )
    return slot


AGAIN = {
    "it is there": (True, 1, ["sent", "sent"], "posted"),
    "it is not, and in time": (False, 1, ["sent", "sent"], "posted"),
    "it is there, long ago": (True, 9, ["sent", "dead"], "posted"),
    "it is not, and too late": (False, 9, ["dead", "dead"], "failed"),
}


@pytest.mark.parametrize(("lands", "hours", "states", "outcome"), AGAIN.values(), ids=AGAIN)
async def test_a_doubt_is_cleared_up_when_there_is_proof(bench, lands, hours, states, outcome):
    """Found, it is sent; absent, it is posted while its time lasts; what hangs on it goes along."""
    slot = await bench.plan(parts=1, details=1)
    bench.platform.is_blind = True
    bench.platform.queue("C1", DeliveryUncertain(HERE, "disconnected"), lands=lands)
    assert await bench.deliverer.deliver(slot) == "uncertain"
    bench.platform.is_blind = False
    assert await bench.deliverer.deliver(await take_again(bench, hours)) == outcome
    assert [row.state for row in await bench.rows(slot)] == states
    assert bench.texts() == [f"C1 {n}" for n, state in enumerate(states) if state == "sent"]


async def test_a_doubt_that_stays_is_told_once(bench):
    """However often nobody can tell, it stays uncertain, and its reason does not grow."""
    slot = await bench.plan()
    bench.platform.is_blind = True
    bench.platform.queue("C1", DeliveryUncertain(HERE, "disconnected"))
    await bench.deliverer.deliver(slot)
    before = await bench.rows(slot)
    for _ in range(2):
        assert await bench.deliverer.deliver(await take_again(bench, 1)) == "uncertain"
    assert await bench.rows(slot) == before
    assert bench.platform.calls == 1


async def test_whatever_is_unexpected_is_uncertain(bench):
    """An error that is none of ours says nothing about what was posted: proof is needed first."""
    slot = await bench.plan()
    bench.platform.queue("C1", KeyError("ts"), lands=True)
    assert await bench.deliverer.deliver(slot) == "posted"
    assert (bench.texts(), bench.platform.calls) == (["C1 0"], 1)


async def test_a_platform_that_does_not_answer_is_given_up():
    """A call that hangs ends, and what it did is looked into."""
    bench = Bench(post_within=0.05)
    slot = await bench.plan()
    hangs = [True]

    async def hang(_):
        if hangs.pop() if hangs else False:
            await asyncio.Event().wait()

    bench.platform.before = hang
    assert await bench.deliverer.deliver(slot) == "posted"
    assert [(row.state, row.reason) for row in bench.store.moves] == [
        ("sending", ""),
        ("uncertain", NO_ANSWER),
        ("pending", NO_ANSWER),
        ("sending", NO_ANSWER),
        ("sent", ""),
    ]
    assert bench.texts() == ["C1 0"]


CRASHES = {
    "before the call": (False, 1),
    "after the call": (True, 0),
}


@pytest.mark.parametrize(("landed", "second_calls"), CRASHES.values(), ids=CRASHES)
async def test_after_a_crash_a_part_on_its_way_is_looked_into(bench, landed, second_calls):
    """A process that died while sending leaves "sending" behind; the next finds out first."""
    slot = await bench.plan(parts=2)

    class Crash(BaseException):
        pass

    bench.platform.queue("C1", Crash(), lands=landed)
    with pytest.raises(Crash):
        await bench.deliverer.deliver(slot)
    assert [row.state for row in await bench.rows(slot)] == ["sending", "pending"]
    calls = bench.platform.calls
    bench.start()
    await bench.time.sleep(LEASE.total_seconds() + 1)
    (found,) = await bench.store.claim_unfinished(bench.time.now(), 9)
    assert await bench.deliverer.deliver(found) == "posted"
    assert bench.texts() == ["C1 0", "C1 1"]
    assert bench.platform.calls - calls == second_calls + 1


async def test_two_deliverers_of_one_slot_post_it_once(bench):
    """Even if two set out with the same slot, each part is begun by one of them."""
    slot = await bench.plan(parts=3)
    outcomes = await asyncio.gather(bench.deliverer.deliver(slot), bench.deliverer.deliver(slot))
    assert bench.texts() == ["C1 0", "C1 1", "C1 2"]
    assert outcomes == ["posted", "posted"]


async def test_a_process_that_lost_its_slot_posts_no_more(bench):
    """Once another has begun a part, the first leaves the slot alone."""
    slot = await bench.plan(parts=2)
    (first, _) = await bench.rows(slot)
    other = MemoryStore(bench.tables)
    await other.move_delivery(replace(first, state="sending", tries=1), was="pending")
    await other.move_delivery(replace(first, state="sent", tries=1), was="sending")
    bench.store.outdated = (first,)
    assert await bench.deliverer.deliver(slot) == "planned"
    assert bench.texts() == []


async def test_a_removed_schedule_posts_no_more(bench):
    """What is not on its way yet when a schedule is removed stays unsent."""
    slot = await bench.plan(parts=3)

    async def remove(_):
        await bench.store.remove_schedule(slot.schedule.id)

    bench.platform.before = remove
    assert await bench.deliverer.deliver(slot) == "planned"
    assert bench.texts() == ["C1 0"]


async def test_one_dead_channel_holds_up_no_other(bench):
    """While one channel is tried again and again, the others are done at once."""
    dead = await bench.plan("C0")
    for _ in range(9):
        bench.platform.queue("C0", DeliveryFailed(Destination("slack", "T1", "C0"), "down"))
    others = [await bench.plan(f"C{n}") for n in range(1, 50)]
    done_at = {}

    async def deliver(slot):
        await bench.deliverer.deliver(slot)
        done_at[slot.schedule.destination.channel_id] = bench.time.seconds

    await asyncio.gather(*map(deliver, [dead, *others]))
    assert done_at.pop("C0") > 10
    assert set(done_at.values()) == {0.0}


async def test_a_slow_channel_takes_one_place(bench):
    """However many slots of a slow channel wait, the calls of others find room."""
    bench = Bench(at_once=2)
    slow = [await bench.plan("slow") for _ in range(5)]
    quick = [await bench.plan(f"C{n}") for n in range(20)]
    gate = asyncio.Event()

    async def crawl(destination):
        if destination.channel_id == "slow":
            await gate.wait()

    bench.platform.before = crawl
    crawling = [asyncio.ensure_future(bench.deliverer.deliver(slot)) for slot in slow]
    await asyncio.sleep(0)
    assert {await bench.deliverer.deliver(slot) for slot in quick} == {"posted"}
    assert not any(task.done() for task in crawling)
    gate.set()
    assert await asyncio.gather(*crawling) == ["posted"] * 5


async def test_deliveries_are_counted_by_outcome(bench):
    """Monitoring sees how many parts were sent, and how many died."""
    bench.platform.queue("C1", DeliveryRefused(HERE, "invalid_blocks"))
    await bench.deliverer.deliver(await bench.plan(parts=3))
    counted = {
        sample.labels["outcome"]: sample.value
        for metric in bench.metrics.deliveries.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    }
    assert counted == {"sent": 2, "dead": 1}
