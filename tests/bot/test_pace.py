"""How fast a platform may be posted to."""

import asyncio
from collections import defaultdict

from bot.pace import Limits, Pace, Rate
from bot.platform import Destination
from bot.testing import FakeTime


def channel(number, platform="discord"):
    return Destination(platform, "G1", f"C{number}")


async def turns(pace, time, destinations):
    """The seconds at which each destination in the list had its turn."""
    taken = []

    async def take(destination):
        await pace.turn(destination)
        taken.append((time.seconds, destination))

    await asyncio.gather(*map(take, destinations))
    return sorted(taken, key=lambda turn: turn[0])


def most_within(instants, seconds):
    return max(sum(t <= u < t + seconds for u in instants) for t in instants)


async def test_a_slack_channel_takes_one_message_a_second():
    """Each channel has its own second."""
    time = FakeTime()
    pace = Pace(monotonic=time.monotonic, sleep=time.sleep)
    taken = await turns(pace, time, [channel(1, "slack")] * 4 + [channel(2, "slack")] * 2)
    assert [t for t, where in taken if where == channel(1, "slack")] == [0, 1, 2, 3]
    assert [t for t, where in taken if where == channel(2, "slack")] == [0, 1]


async def test_discord_s_rates_hold_in_every_window():
    """Never more than 5 in 5 seconds in a channel, nor 50 in a second over all."""
    time = FakeTime()
    pace = Pace(monotonic=time.monotonic, sleep=time.sleep)
    taken = await turns(pace, time, [channel(n % 30) for n in range(300)])
    by_channel = defaultdict(list)
    for at, where in taken:
        by_channel[where].append(at)
    assert most_within([at for at, _ in taken], 1) <= 50
    assert max(most_within(instants, 5) for instants in by_channel.values()) == 5
    assert taken[-1][0] < 8  # 150 at once are 3 s, the other 150 wait for their channels


async def test_a_channel_that_is_held_holds_up_no_other():
    """After "wait 60 s" for one channel, the others go on at their own rate."""
    time = FakeTime()
    pace = Pace(
        {"slack": Limits(Rate(1, 1), Rate(2, 1))}, monotonic=time.monotonic, sleep=time.sleep
    )
    pace.hold(channel(1, "slack"), 60)
    order = [channel(1, "slack"), *(channel(n, "slack") for n in range(2, 6))]
    taken = await turns(pace, time, order)
    assert [t for t, where in taken if where == channel(1, "slack")] == [60]
    assert max(t for t, where in taken if where != channel(1, "slack")) == 1


async def test_a_platform_without_limits_waits_for_nothing():
    """The console takes what comes."""
    time = FakeTime()
    pace = Pace(monotonic=time.monotonic, sleep=time.sleep)
    taken = await turns(pace, time, [channel(1, "console")] * 50)
    assert taken[-1][0] == 0


async def test_idle_channels_are_forgotten():
    """The limiter does not grow with every channel there ever was, and keeps those on hold."""
    time = FakeTime()
    pace = Pace(monotonic=time.monotonic, sleep=time.sleep)
    for number in range(100):
        await pace.turn(channel(number))
    pace.hold(channel(7), 600)
    await time.sleep(120)
    await pace.turn(channel(200))
    assert len(pace._channels) == 2
