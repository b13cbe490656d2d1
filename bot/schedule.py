"""When a schedule is due: its record, its zone, and the slots that its times make there.

Pure: it reads no clock and no database. bot.times reads what a person wrote.
"""

from __future__ import annotations

import difflib
from bisect import insort
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.cron import Cron
from bot.errors import ZoneUnknown
from bot.platform import Destination
from bot.setting_groups import EngineName
from bot.times import Every, Times, read_times

#: One message for each article, or all of them in one.
Mode = Literal["each", "digest"]
#: How long after its time a missed slot is still posted, once.
CATCH_UP = timedelta(hours=6)
#: Days ahead in which a slot is looked for. The rarest cron that is ever due, 29 February on one
#: weekday, comes back within 40 years, over the turn of a century.
HORIZON = 41 * 366
#: No clock has been set back further since 1972 (Casey station, by three hours).
_LONGEST_FOLD = timedelta(hours=4)
_DAY = timedelta(days=1)
#: After a long stop no more slots than these are logged as missed one by one.
_MOST_MISSED = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries a schedule takes. Words and phrases without regard to case.

    `pattern`: a regular expression in the syntax of RE2, which no expression can stall.
    """

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Feeds, destination, times and IANA zone. `next_fire_at` in UTC; None while paused."""

    id: str
    destination: Destination
    name: str
    feeds: tuple[str, ...]
    #: As `read_times` takes it: "weekdays 08:00", "every 2 hours", "Mon,Thu 07:30", "0 8 * * 1-5".
    times: str
    zone: str
    created_by: str
    created_at: datetime
    filter: Filter = Filter()
    at_most: int = 3
    mode: Mode = "each"
    catch_up: timedelta = CATCH_UP
    next_fire_at: datetime | None = None
    is_paused: bool = False
    #: Why it pauses, where nobody asked it to: "the channel is gone".
    paused_because: str = ""
    #: Who makes its briefings, and in which language (ISO 639-1); "": as the settings say.
    engine: EngineName | Literal[""] = ""
    language: str = ""


def next_slots(times: Times, zone: str, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` slots strictly after `after`, in UTC; fewer only if there are no more.

    A time of day comes once on every local day: where the clock skips it, at the first instant
    after the gap; where it comes twice, at the first. A day that the zone skips whole (Samoa,
    30 December 2011) has none. Two times that fall on one instant, because both lie in one gap,
    are one slot. `after` knows its zone; `zone` is a name of the IANA database, else ZoneUnknown.
    """
    place, found = _find_zone(zone), list[datetime]()
    for first, instants in _candidates(times, place, after):
        if len(found) >= count and first > found[count - 1]:
            break
        for slot in instants:
            if slot > after and slot not in found[-len(instants) - 1 :]:
                insort(found, slot)
    return tuple(found[:count])


@lru_cache(maxsize=4096)
def _next_slot(times: str, zone: str, after: datetime) -> datetime | None:
    return next(iter(next_slots(_read(times), zone, after, 1)), None)


def next_fire_at(schedule: Schedule, now: datetime) -> datetime | None:
    """When the schedule is due next, strictly after `now`; None while it is paused.

    Raises TimesUnreadable if its times can't be read.
    """
    if schedule.is_paused:
        return None
    return _next_slot(schedule.times, schedule.zone, now)


@dataclass(frozen=True, slots=True)
class Due:
    """What a due schedule does now. `slot_at`: the slot to run, None where all were missed.

    `missed`: slots that passed since and stay undone, oldest first, the latest hundred of them.
    """

    slot_at: datetime | None
    missed: tuple[datetime, ...]
    next_fire_at: datetime | None


def find_due(schedule: Schedule, now: datetime) -> Due:
    """What a schedule does whose `next_fire_at` has come.

    The latest slot is run, once, if it passed no longer than `catch_up` ago; whatever passed
    before it is missed. Raises TimesUnreadable or ZoneUnknown if the record can no longer be read.
    """
    passed = _passed(schedule, now)
    *earlier, latest = passed
    upcoming = _next_slot(schedule.times, schedule.zone, max(latest, now))
    if now - latest > schedule.catch_up:
        return Due(None, passed, upcoming)
    return Due(latest, tuple(earlier), upcoming)


def _passed(schedule: Schedule, now: datetime) -> tuple[datetime, ...]:
    """The slot that was due and those between it and `now`, in order."""
    first = schedule.next_fire_at or now
    second = _next_slot(schedule.times, schedule.zone, first)
    if second is None or second > now:
        return (first,)
    return _walk(schedule, now - _DAY, now) if first < now - _DAY else _walk(schedule, first, now)


def _walk(schedule: Schedule, start: datetime, now: datetime) -> tuple[datetime, ...]:
    """Slots from `start`, or before it the first that was due, up to `now`."""
    first = schedule.next_fire_at or now
    times, passed = _read(schedule.times), deque[datetime]([first], maxlen=_MOST_MISSED)
    cursor = max(start, first)
    while chunk := next_slots(times, schedule.zone, cursor, _MOST_MISSED):
        passed.extend(slot for slot in chunk if slot <= now)
        cursor = chunk[-1]
        if cursor > now:
            break
    if len(passed) == 1 and start > first:  # seldom due: the last day held none
        return _walk(schedule, first, now)
    return tuple(passed)


def read_zone(text: str) -> str:
    """The IANA name of a zone as a person writes it: "europe/berlin", "Berlin", "New York".

    Raises ZoneUnknown, which may name the zone that was probably meant.
    """
    wanted = "_".join(text.split()).lower()
    names = _zone_names()
    if wanted in names:
        return names[wanted]
    nearest = difflib.get_close_matches(wanted, names, n=1, cutoff=0.75)
    raise ZoneUnknown(text, nearest=names[nearest[0]] if nearest else None)


def _find_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ZoneUnknown(name, nearest=None) from error


@cache
def _zone_names() -> dict[str, str]:
    """Zones by name in lower case, and by the name of the city alone where that is unique."""
    zones = sorted(available_timezones() - {"localtime", "Factory"})
    regions = [
        zone for zone in zones if zone.count("/") and not zone.startswith(("Etc/", "System"))
    ]
    cities = [zone.rpartition("/")[2].lower() for zone in regions]
    short = {
        city: zone for city, zone in zip(cities, regions, strict=True) if cities.count(city) == 1
    }
    return short | {zone.lower(): zone for zone in zones}


@lru_cache(maxsize=4096)
def _read(times: str) -> Times:
    return read_times(times)


def _candidates(
    times: Times, zone: ZoneInfo, after: datetime
) -> Iterator[tuple[datetime, tuple[datetime, ...]]]:
    """Instants that may be slots, in groups; with each the earliest that it or a later one holds.

    They begin early enough to hold every slot after `after`.
    """
    local = after.astimezone(zone).replace(tzinfo=None)
    if isinstance(times, Every):
        for day in _days(local.date()):
            slots = tuple(_through(day, times.period, zone))
            if slots:
                yield slots[0], slots
        return
    is_by_wall_clock = not isinstance(times, Cron) or times.is_by_wall_clock
    start = local if is_by_wall_clock else local - _LONGEST_FOLD
    for reading in _readings(times, start):
        first = first_at(reading, zone)
        if not is_by_wall_clock:
            yield first, _passes(reading, zone)
        elif _shown(first, zone) == reading or exists_on(reading.date(), zone):
            yield first, (first,)


def _days(first: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(HORIZON))


def _readings(times: Times, start: datetime) -> Iterator[datetime]:
    """Readings of the local clock that the times name, in order, from `start` on."""
    for day in _days(start.date()):
        for clock in _clocks_on(times, day):
            reading = datetime.combine(day, clock)
            if reading >= start.replace(second=0, microsecond=0):
                yield reading


def _clocks_on(times: Times, day: date) -> Iterator[time]:
    if isinstance(times, Cron):
        if times.is_on(day):
            yield from (time(hour, minute) for hour in times.hours for minute in times.minutes)
    elif not isinstance(times, Every):
        yield from times.on(day.weekday())


def _through(day: date, period: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
    """Evenly from a local day's first instant up to the next day's."""
    slot = first_at(datetime.combine(day, time()), zone)
    end = first_at(datetime.combine(day + _DAY, time()), zone)
    while slot < end:
        yield slot
        slot += period


def first_at(reading: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the zone's clock shows `reading` or, past it, more.

    `reading` is naive. Python resolves a reading inside a gap by the offset before it (PEP 495),
    which lands after the gap by as much as the reading lies inside it.
    """
    instant = _to_utc(reading, zone, fold=0)
    if _shown(instant, zone) == reading:
        return instant
    low, high = _to_utc(reading, zone, fold=1), instant
    while high - low > timedelta(seconds=1):  # the database's changes fall on whole seconds
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if _shown(middle, zone) > reading else (middle, high)
    return high


def exists_on(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone has this day at all: whoever crosses the date line skips one."""
    return _shown(first_at(datetime.combine(day, time()), zone), zone).date() == day


def _passes(reading: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every instant at which the zone's clock shows `reading`: none, one or two."""
    instants = {_to_utc(reading, zone, fold=fold) for fold in (0, 1)}
    return tuple(sorted(slot for slot in instants if _shown(slot, zone) == reading))


def _to_utc(reading: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    return reading.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
