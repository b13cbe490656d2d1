"""Slots: when a schedule is due, in every zone and across every clock change."""

import calendar
import itertools
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from cronsim import CronSim
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cron import read_cron
from bot.errors import ZoneUnknown
from bot.platform import Destination
from bot.schedule import Schedule, next_fire_at, next_slots, read_zone
from bot.times import Every, WallTimes, read_times

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
#: Ten years with Samoa's skipped day, Lord Howe, Morocco's Ramadan, Turkey's and Pyongyang's moves.
FIRST, YEARS = datetime(2010, 1, 1, tzinfo=UTC), 10
LAST = FIRST.replace(year=FIRST.year + YEARS)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))


@cache
def changes(zone):
    """Pairs of (instant of a change, offset from then on), found without the code under test."""
    place, found = ZoneInfo(zone), []
    low = FIRST - timedelta(days=3)
    found.append((low, low.astimezone(place).utcoffset()))
    while low < LAST + timedelta(days=3):
        high = low + timedelta(hours=12)
        if high.astimezone(place).utcoffset() != found[-1][1]:
            one, other = low, high
            while other - one > timedelta(seconds=1):
                half = one + timedelta(seconds=(other - one) // timedelta(seconds=2))
                same = half.astimezone(place).utcoffset() == found[-1][1]
                one, other = (half, other) if same else (one, half)
            found.append((other, other.astimezone(place).utcoffset()))
            high = other
        low = high
    return found


def expected_slots(zone, clock):
    """By definition: for each day that the zone's clock shows, the first instant at which it shows
    the time or more of that day."""
    slots = []
    eras = changes(zone)
    ends = [start for start, _ in eras[1:]] + [LAST + timedelta(days=9)]
    day = date(FIRST.year, 1, 1) - timedelta(days=1)
    at = 0
    while day < date(LAST.year, 1, 3):
        reading = datetime.combine(day, clock, UTC)
        while at and reading - eras[at][1] < eras[at][0]:
            at -= 1
        while reading - eras[at][1] >= ends[at]:
            at += 1
        instant = max(reading - eras[at][1], eras[at][0])
        midnight = datetime.combine(day, time(), UTC)
        shown = any(
            start + offset < midnight + timedelta(days=1) and end + offset > midnight
            for (start, offset), end in zip(
                eras[max(at - 1, 0) : at + 2], ends[max(at - 1, 0) :], strict=False
            )
        )
        if shown and FIRST < instant < LAST:
            slots.append(instant)
        day += timedelta(days=1)
    return slots


def slots_between(times, zone, count=YEARS * 366 * 2):
    return [slot for slot in next_slots(times, zone, FIRST, count) if slot < LAST]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), MINUTES)
def test_a_daily_time_has_one_slot_on_each_local_day(zone, clock):
    """One slot per local day in every zone for ten years: none twice, none missing."""
    times = WallTimes(frozenset((day, clock) for day in range(7)))
    assert slots_between(times, zone, YEARS * 366) == expected_slots(zone, clock)


CHANGES = {
    "spring gap": ("Europe/Berlin", "02:30", "2026-03-28", ["28 01:30", "29 01:00", "30 00:30"]),
    "autumn": ("Europe/Berlin", "02:30", "2026-10-24", ["24 00:30", "25 00:30", "26 01:30"]),
    "half an hour skipped": (
        "Australia/Lord_Howe", "02:15", "2026-10-03", ["02 15:45", "03 15:30", "04 15:15"],
    ),
    "half an hour twice": (
        "Australia/Lord_Howe", "01:45", "2026-04-04", ["03 14:45", "04 14:45", "05 15:15"],
    ),
    "midnight skipped": (
        "Africa/Cairo", "00:30", "2026-04-23", ["22 22:30", "23 22:00", "24 21:30"],
    ),
    "midnight twice": (
        "America/Havana", "00:30", "2026-10-31", ["31 04:30", "01 04:30", "02 05:30"],
    ),
    "Samoa's day": ("Pacific/Apia", "08:00", "2011-12-29", ["29 18:00", "30 18:00", "31 18:00"]),
    "Kwajalein's day": (
        "Pacific/Kwajalein", "08:00", "1993-08-20", ["20 20:00", "21 20:00", "22 20:00"],
    ),
    "gap over midnight": (
        "Asia/Pyongyang", "23:45", "2018-05-03", ["03 15:15", "04 15:00", "05 14:45"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("zone", "clock", "eve", "expected"), CHANGES.values(), ids=CHANGES)
def test_clock_changes(zone, clock, eve, expected):
    """A skipped time comes at the first instant after the gap, a doubled one at its first, and a
    day that does not exist has none."""
    start = datetime.combine(date.fromisoformat(eve), time(), ZoneInfo(zone))
    slots = next_slots(read_times(f"daily {clock}"), zone, start, 3)
    assert [f"{slot:%d %H:%M}" for slot in slots] == expected


def test_two_times_in_one_gap_are_one_slot():
    """Where two times fall on the same instant, the schedule is due once."""
    times = read_times("daily 02:15 and 02:45")
    slots = next_slots(times, "Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), 3)
    assert [f"{slot:%d %H:%M}" for slot in slots] == ["29 01:00", "30 00:15", "30 00:45"]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(5, 24 * 60),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)),
)
def test_a_period_is_never_exceeded(zone, minutes, start):
    """Slots of "every" lie one period apart, or less where a new day begins."""
    after = start.replace(tzinfo=UTC)
    period = timedelta(minutes=minutes)
    slots = [after, *next_slots(Every(period), zone, after, 200)]
    steps = list(itertools.pairwise(slots))
    assert all(timedelta(0) < late - early <= period for early, late in steps)
    for early, late in steps[1:]:
        is_new_day = late.astimezone(ZoneInfo(zone)).time() < time(3)
        assert late - early == period or is_new_day


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from(
        ["weekdays 08:00", "every 7 hours", "30 1,2 * * *", "*/20 * * * *", "0 */3 1 * 1"]
    ),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)),
)
def test_slots_do_not_depend_on_how_many_are_asked_for(zone, text, start):
    """Asking one by one gives the same slots as asking for all at once, each after the last."""
    times, at, one_by_one = read_times(text), start.replace(tzinfo=UTC), []
    together = next_slots(times, zone, at, 6)
    for _ in together:
        (at,) = next_slots(times, zone, at, 1)
        one_by_one.append(at)
    assert tuple(one_by_one) == together
    assert all(slot.tzinfo is UTC for slot in together)


def random_field(dice, low, high, names=()):
    def number():
        value = dice.randint(low, high)
        return (
            names[value - low]
            if names and dice.random() < 0.4 and value - low < len(names)
            else str(value)
        )

    def term():
        kind = dice.random()
        if kind < 0.3:
            return number()
        if kind < 0.6:
            first, last = sorted((dice.randint(low, high), dice.randint(low, high)))
            step = f"/{dice.randint(1, 9)}" if dice.random() < 0.5 else ""
            return f"{first}-{last}{step}"
        return f"*/{dice.randint(1, high)}" if kind < 0.85 else f"{dice.randint(low, high)}/7"

    if dice.random() < 0.3:
        return "*"
    return ",".join(term() for _ in range(dice.choice((1, 1, 1, 2, 3))))


def random_expression(dice):
    months = [name.lower() for name in calendar.month_abbr[1:]]
    days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    return " ".join(
        random_field(dice, *bounds)
        for bounds in ((0, 59), (0, 23), (1, 31), (1, 12, months), (0, 7, days))
    )


#: Zones whose clocks change by whole hours and not at midnight. cronsim strides by hours, so that
#: after half an hour (Lord Howe) it begins every hour at :30, and takes a skipped midnight (Cairo)
#: for an hour of that day.
CRON_ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]


def test_cron_is_true_cron():
    """A thousand random expressions are due exactly when cronsim says, in zones with and without
    clock changes."""
    dice = random.Random(20260511)  # noqa: S311  # the same expressions each time
    compared = Counter()
    while compared.total() < 1000:
        text, zone = random_expression(dice), dice.choice(CRON_ZONES)
        after = FIRST + timedelta(minutes=dice.randrange(10 * 365 * 24 * 60))
        if dice.random() < 0.5:  # close to a clock change
            after = after.replace(
                month=dice.choice((3, 4, 10, 11)), day=dice.choice((1, 3, 27, 30))
            )
        try:
            oracle = CronSim(text, after.astimezone(ZoneInfo(zone)))
        except ValueError:
            continue
        theirs = [next(oracle).astimezone(UTC) for _ in range(12)]
        theirs = list(dict.fromkeys(slot for slot in theirs if slot > after))
        ours = next_slots(read_cron(text), zone, after, len(theirs))
        assert list(ours) == theirs, (text, zone, after)
        compared[zone] += 1
    assert min(compared.values()) > 100


CRON_RULES = {
    "either day": ("0 0 13 * 5", ["2026-02-06", "2026-02-13", "2026-02-20"]),
    "both, beside a star": ("0 0 */2 * 5", ["2026-02-13", "2026-02-27", "2026-03-13"]),
    "Sunday is 0": ("0 0 * * 0", ["2026-02-08", "2026-02-15", "2026-02-22"]),
    "Sunday is 7": ("0 0 * * 7", ["2026-02-08", "2026-02-15", "2026-02-22"]),
    "names": ("0 0 * mar sun", ["2026-03-01", "2026-03-08", "2026-03-15"]),
    "leap day": ("0 0 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CRON_RULES.values(), ids=CRON_RULES)
def test_days_of_cron(text, expected):
    """Day of month or day of week; both where one begins with a star."""
    slots = next_slots(read_times(text), "UTC", datetime(2026, 2, 5, tzinfo=UTC), 3)
    assert [f"{slot:%Y-%m-%d}" for slot in slots] == expected


def schedule(**facts):
    start = datetime(2026, 2, 5, tzinfo=UTC)
    plain = {
        "id": "k7",
        "destination": Destination("slack", "T1", "C1"),
        "name": "Morning",
        "feeds": ("https://news.example/feed",),
        "times": "weekdays 08:00",
        "zone": "Europe/Berlin",
        "created_by": "U1",
        "created_at": start,
    }
    return Schedule(**{**plain, **facts})


def test_the_next_instant_is_strictly_later():
    """A schedule that is due this very moment is due next time after it."""
    due = datetime(2026, 2, 5, 7, tzinfo=UTC)
    assert next_fire_at(schedule(), due - timedelta(seconds=1)) == due
    assert next_fire_at(schedule(), due) == due + timedelta(days=1)


def test_a_paused_schedule_is_never_due():
    """While it is paused it has no next instant."""
    assert next_fire_at(schedule(is_paused=True), datetime(2026, 2, 5, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Buenos Aires", None),
    ],
)
def test_zones_are_read_as_people_write_them(text, zone):
    """Case and spaces do not matter, and a city is enough where there is one of that name."""
    if zone:
        assert read_zone(text) == zone
    else:
        with pytest.raises(ZoneUnknown):
            read_zone(text)


def test_an_unknown_zone_names_the_nearest():
    """Whoever mistypes a zone is told which was probably meant."""
    with pytest.raises(ZoneUnknown) as caught:
        read_zone("Europe/Berln")
    assert caught.value.nearest == "Europe/Berlin"
