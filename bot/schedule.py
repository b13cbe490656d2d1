"""When a schedule is due: times as people write them, their zone, and the slots they make.

Pure: it reads no clock and no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.platform import Destination

#: One message for each article, or all of them in one.
Mode = Literal["each", "digest"]
#: How long after its time a missed slot is still posted, once.
CATCH_UP = timedelta(hours=6)


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
