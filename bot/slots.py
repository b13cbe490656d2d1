"""What is kept of a slot: who holds it, what it posts and how far that came, what it left out.

Values alone: who moves them is bot.delivery, where they lie is bot.store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.platform import Destination
from bot.schedule import Schedule

#: What became of a slot. "open": claimed, its deliveries not planned yet; "planned": they are;
#: "posted": something of it stands in the channel; "nothing": there was nothing to post; "failed":
#: none of it could be posted; "uncertain": a part may have been posted or not, and nobody can tell;
#: "missed": its instant passed while nothing ran.
SlotState = Literal["open", "planned", "posted", "nothing", "failed", "uncertain", "missed"]
#: "uncertain": the platform may have posted it; never tried again without proof that it did not.
DeliveryState = Literal["pending", "sending", "sent", "uncertain", "dead"]
SkipReason = Literal[
    "seen", "filtered", "same story", "over the maximum", "unreadable", "first run"
]
#: Of what a slot left out, so many entries are kept for the log.
MOST_SKIPPED = 30


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that was not posted. `detail`: the word that filtered it, the story it repeats."""

    title: str
    url: str | None
    reason: SkipReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as posted: a later entry with much the same `title` and `teaser` tells it again."""

    title: str
    teaser: str
    posted_at: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One instant at which a schedule is due, as one process holds it until `lease_until`.

    `state` is "open" or "planned". `is_late`: caught up after its time. `asked_by`: the person
    who wanted it now; empty where the clock did.
    """

    schedule: Schedule
    slot_at: datetime
    state: SlotState
    lease_until: datetime
    is_late: bool = False
    asked_by: str = ""

    @property
    def key(self) -> tuple[str, datetime]:
        return self.schedule.id, self.slot_at


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message part for one destination: a row of the ledger.

    Unique by schedule, slot, destination and part; `part` counts from 0 over all messages of the
    slot. A detail goes into the thread of `thread_part`, the part that opens its message; that
    part itself has None. `body` is stored, so that a second try sends the same. `nonce`: at most
    25 characters, drawn once. `reason`: why it is dead or uncertain, in the platform's word.
    """

    schedule_id: str
    slot_at: datetime
    destination: Destination
    part: int
    nonce: str
    body: Mapping[str, Any]
    thread_part: int | None = None
    state: DeliveryState = "pending"
    tries: int = 0
    attempted_at: datetime | None = None
    message_id: str | None = None
    thread_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """What a slot is going to do, stored as a whole before anything is sent.

    `seen`: keys of entries that no later slot looks at again. `stories`: what is posted.
    `remarks`: lines for the log, such as which feed could not be read. `based_on`: the schedule's
    last story when the plan was begun; where another slot has told one since, the plan may post
    the same again, and is refused. None: whatever was told.
    """

    deliveries: tuple[Delivery, ...] = ()
    seen: frozenset[str] = frozenset()
    stories: tuple[Story, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedSlot:
    """A slot as the log shows it. `finished_at` is None while it is at work."""

    schedule_id: str
    slot_at: datetime
    state: SlotState
    finished_at: datetime | None = None
    is_late: bool = False
    asked_by: str = ""
    deliveries: tuple[Delivery, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptBriefing:
    """A briefing that buttons show more of: `text` is its JSON, of one tenant alone."""

    id: str
    platform: str
    tenant_id: str
    text: str
    kept_at: datetime


def keep_skipped(skipped: tuple[Skipped, ...]) -> tuple[Skipped, ...]:
    """What the log keeps: first what says most, so not what was seen before."""
    telling = [one for one in skipped if one.reason != "seen"]
    known = [one for one in skipped if one.reason == "seen"]
    return tuple([*telling, *known][:MOST_SKIPPED])
