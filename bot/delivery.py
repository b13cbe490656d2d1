"""The ledger's rules: each part of a slot is posted once, or it is known why not.

pending → sending → sent | uncertain | dead. "sending" is committed before the platform is called,
so that after a crash nobody posts again what may stand in the channel. It selects and composes
nothing.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.errors import (
    DeliveryError,
    DeliveryUncertain,
    DestinationGone,
    PermissionMissing,
    RateLimited,
)
from bot.messages import explain
from bot.metrics import Metrics
from bot.pace import Pace, Sleep
from bot.platform import Destination, Message, Platform, PlatformName, Posted
from bot.slots import Delivery, Slot, SlotState
from bot.store.port import Store
from briefings.ports import Clock

_log = logging.getLogger(__name__)

STOPPED: Final = "the bot stopped while it was posting this"
NO_ANSWER: Final = "no answer in time"
PARENT_MISSING: Final = "what it belongs under was not posted, or nobody knows"
TOO_LATE: Final = "when it was known that this is not in the channel, its time had passed"
NO_PROOF: Final = "nobody can tell whether it was posted"
_OVER: Final = frozenset({"sent", "dead"})
GAVE_UP: Final = "gave up after {tries} tries: {detail}"


@dataclass(frozen=True, slots=True)
class Rules:
    """How long and how often. Times in seconds.

    `proof_after`: only so long after a try does "it is not in the channel" prove that it was not
    posted; it is longer than `post_within`, when whoever tried has given up by then.
    """

    most_tries: int = 6
    within: float = 600.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    post_within: float = 30.0
    proof_after: float = 60.0
    lookups: int = 4
    #: Calls under way at the same time, over all channels.
    at_once: int = 64


class Deliverer:
    """Sends what slots have planned: the parts of a channel in turn, channels at the same time."""

    def __init__(
        self,
        *,
        store: Store,
        platforms: Mapping[PlatformName, Platform],
        clock: Clock,
        pace: Pace | None = None,
        rules: Rules = Rules(),
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        spread: Callable[[], float] = random.random,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._pace = pace or Pace()
        self._rules = rules
        self._sleep = sleep
        self._monotonic = monotonic
        self._spread = spread
        self._metrics = metrics
        self._room = asyncio.Semaphore(rules.at_once)
        self._lines: WeakValueDictionary[Destination, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, slot: Slot) -> SlotState:
        """Post what the slot has planned, as far as it is not posted yet, and finish the slot.

        Gives "planned" where somebody else has taken the slot over meanwhile.
        """
        line = self._lines.setdefault(slot.schedule.destination, asyncio.Lock())
        async with line:
            try:
                await self._deliver(self._begin(slot))
            except _Lost:
                return "planned"
            state = outcome_of(await self._store.list_deliveries(slot=slot))
            if state != "planned":
                await self._store.finish_slot(slot, state, self._clock.now())
            return state

    def _begin(self, slot: Slot) -> _Work:
        """What is left of a slot after the schedule's `catch_up` is no longer posted."""
        latest = slot.slot_at + slot.schedule.catch_up + timedelta(seconds=self._rules.within)
        is_over = self._clock.now() > latest
        return _Work(slot, self._monotonic() + self._rules.within, TOO_LATE if is_over else "")

    async def _deliver(self, work: _Work) -> None:
        rows = {row.part: row for row in await self._store.list_deliveries(slot=work.slot)}
        for part, row in sorted(rows.items()):
            if row.thread_part is None:
                rows[part] = await self._bring_home(work, row, None)
            elif (above := rows.get(row.thread_part)) is None or above.state != "sent":
                rows[part] = await self._bury(row, PARENT_MISSING)
            else:
                below = await self._revive(row)
                rows[part] = await self._bring_home(
                    work, below, above.thread_id or above.message_id
                )

    async def _revive(self, row: Delivery) -> Delivery:
        """What was given up because what it belongs under was in doubt, which it no longer is."""
        if row.state != "dead" or row.reason != PARENT_MISSING:
            return row
        return await self._move(row, state="pending", reason="")

    async def _bring_home(self, work: _Work, row: Delivery, thread_id: str | None) -> Delivery:
        """One part, until it is sent or dead, or nobody can tell."""
        while row.state not in _OVER:
            if row.state == "pending":
                row = await self._try(work, row, thread_id)
            else:
                row = await self._look(work, row, thread_id)
                if row.state == "uncertain":
                    break
        return row

    async def _try(self, work: _Work, row: Delivery, thread_id: str | None) -> Delivery:
        """One call of the platform, written down before and after."""
        is_too_late = row.tries > 0 and self._monotonic() > work.end
        if work.closed or is_too_late or row.tries >= self._rules.most_tries:
            gave_up = GAVE_UP.format(tries=row.tries, detail=row.reason)
            return await self._bury(row, work.closed or gave_up)
        await self._pace.turn(row.destination)
        # Room first: from "attempted_at" on, the call takes no longer than `post_within`.
        async with self._room:
            tries, at = row.tries + 1, self._clock.now()
            row = await self._move(row, state="sending", tries=tries, attempted_at=at)
            try:
                outcome: Posted | DeliveryError = await self._post(row, thread_id)
            except DeliveryError as error:
                outcome = error
        if isinstance(outcome, DeliveryError):
            return await self._answer(work, row, outcome)
        return await self._record(row, outcome)

    async def _post(self, row: Delivery, thread_id: str | None) -> Posted:
        """The call itself. Whatever is no DeliveryError leaves in the dark what happened."""
        platform = self._platforms[row.destination.platform]
        message = Message(row.body, is_detail=row.thread_part is not None)
        try:
            async with asyncio.timeout(self._rules.post_within):
                return await platform.post(
                    row.destination, message, nonce=row.nonce, thread_id=thread_id
                )
        except DeliveryError:
            raise
        except TimeoutError as error:
            raise DeliveryUncertain(row.destination, NO_ANSWER) from error
        except Exception as error:
            _log.exception("posting failed unexpectedly", extra=_facts(row))
            raise DeliveryUncertain(row.destination, type(error).__name__) from error

    async def _answer(self, work: _Work, row: Delivery, error: DeliveryError) -> Delivery:
        """Write down what a failed call means, and wait if it may be tried again."""
        detail = error.detail or type(error).__name__
        if isinstance(error, DeliveryUncertain):
            return await self._move(row, state="uncertain", reason=detail)
        if isinstance(error, DestinationGone | PermissionMissing):
            work.closed = detail
            await self._store.pause_schedule(work.slot.schedule.id, explain(error))
        if not error.retryable:
            return await self._bury(row, detail)
        wait = self._wait_before(row, error)
        row = await self._move(row, state="pending", reason=detail)
        if self._monotonic() + wait > work.end:
            return await self._bury(row, GAVE_UP.format(tries=row.tries, detail=detail))
        if row.tries < self._rules.most_tries:
            await self._sleep(wait)
        return row

    def _wait_before(self, row: Delivery, error: DeliveryError) -> float:
        """Seconds until the next try: what the platform says, else longer each time."""
        if isinstance(error, RateLimited):
            growth = 2 ** (row.tries - 1) if error.is_guess else 1
            wait = error.retry_after * growth
            self._pace.hold(row.destination, wait)
            return wait
        doubled: float = self._rules.first_wait * 2 ** (row.tries - 1)
        longest = min(self._rules.longest_wait, doubled)
        return longest * (1 + self._spread()) / 2

    async def _look(self, work: _Work, row: Delivery, thread_id: str | None) -> Delivery:
        """Prove that a part was posted, or that it was not; else it stays uncertain."""
        if row.state == "sending":
            row = await self._move(row, state="uncertain", reason=STOPPED)
        tried_at = row.attempted_at or self._clock.now()
        age = (self._clock.now() - tried_at).total_seconds()
        # A clock that was set back must not make us wait for it.
        await self._sleep(min(max(self._rules.proof_after - age, 0), self._rules.proof_after))
        try:
            posted = await self._find(row, thread_id)
        except DeliveryError as error:
            if isinstance(error, DestinationGone | PermissionMissing):
                work.closed = error.detail or type(error).__name__
                await self._store.pause_schedule(work.slot.schedule.id, explain(error))
            because = error.detail or NO_PROOF
            if because in row.reason:  # looked for before
                return row
            self._count(row)
            return await self._move(row, reason=f"{row.reason}; {because}")
        if posted is None:
            return await self._move(row, state="pending")
        return await self._record(row, posted)

    async def _find(self, row: Delivery, thread_id: str | None) -> Posted | None:
        """Look for the part's mark, a few times if the platform can't be reached."""
        platform, tried_at = self._platforms[row.destination.platform], row.attempted_at
        for look in range(1, self._rules.lookups + 1):
            try:
                async with self._room, asyncio.timeout(self._rules.post_within):
                    return await platform.find_posted(
                        row.destination,
                        row.nonce,
                        tried_at or self._clock.now(),
                        thread_id=thread_id,
                    )
            except DeliveryError as error:
                if not error.retryable or look == self._rules.lookups:
                    raise
                await self._sleep(self._wait_before(replace(row, tries=look), error))
            except Exception as error:
                if not isinstance(error, TimeoutError):
                    _log.exception("looking for a post failed unexpectedly", extra=_facts(row))
                raise DeliveryUncertain(row.destination, NO_PROOF) from error
        return None

    async def _record(self, row: Delivery, posted: Posted) -> Delivery:
        row = await self._move(
            row,
            state="sent",
            message_id=posted.message_id,
            thread_id=posted.thread_id,
            reason="",
        )
        self._count(row)
        return row

    async def _bury(self, row: Delivery, reason: str) -> Delivery:
        """It will not be posted. What may have been posted already is no such case."""
        if row.state in _OVER or row.state == "uncertain":
            return row
        row = await self._move(row, state="dead", reason=reason)
        self._count(row)
        _log.warning("not delivered", extra={**_facts(row), "reason": reason})
        return row

    async def _move(self, row: Delivery, **changes: Any) -> Delivery:  # noqa: ANN401  # fields
        """Write it down, on disk when this returns; _Lost if somebody else moved it."""
        moved = replace(row, **changes)
        if not await self._store.move_delivery(moved, was=row.state):
            raise _Lost
        return moved

    def _count(self, row: Delivery) -> None:
        if self._metrics:
            self._metrics.deliveries.labels(row.destination.platform, row.state).inc()


def outcome_of(rows: Iterable[Delivery]) -> SlotState:
    """What became of a slot with these deliveries; "planned" while one is under way."""
    states = {row.state for row in rows}
    if not states:
        return "nothing"
    if states & {"pending", "sending"}:
        return "planned"
    if "uncertain" in states:
        return "uncertain"
    return "posted" if "sent" in states else "failed"


class _Lost(Exception):  # no error: somebody else works on it
    """Another process has moved this delivery, or its schedule is removed."""


@dataclass(slots=True)
class _Work:
    """A slot at work. `end`: no second try after it, in monotonic seconds.

    `closed`: why the channel takes nothing any more.
    """

    slot: Slot
    end: float
    closed: str = ""


def _facts(row: Delivery) -> dict[str, object]:
    return {"schedule": row.schedule_id, "slot": row.slot_at.isoformat(), "part": row.part}
