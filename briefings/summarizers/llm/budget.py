"""How often a model may be asked in a day, by who pays for it.

It counts exchanges; it neither makes them nor knows what they cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from briefings.briefing import Usage
from briefings.errors import FallbackReason
from briefings.ports import Clock
from briefings.sharing import Shared

T = TypeVar("T")
#: Whoever asks at a terminal.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """What asking a model for one briefing took, and why its answer was not used, if it was not."""

    model: str
    usage: Usage
    fallback: FallbackReason | None


@dataclass(slots=True)
class Bill:
    """Who pays, and what for. What others paid for and shared is not on it."""

    payer: str
    charges: list[Charge] = field(default_factory=list)


_bill: ContextVar[Bill | None] = ContextVar("bill", default=None)


@contextmanager
def paid_by(payer: str) -> Iterator[Bill]:
    """What is summarized inside, in this task, counts against the budget of `payer`."""
    bill = Bill(payer)
    token = _bill.set(bill)
    try:
        yield bill
    finally:
        _bill.reset(token)


def current_payer() -> str:
    """Against whose budget an exchange counts."""
    bill = _bill.get()
    return bill.payer if bill else NOBODY


def charge(one: Charge) -> None:
    """Put what was taken on the bill of who pays for it now."""
    bill = _bill.get()
    if bill is not None:
        bill.charges.append(one)


async def share_cost(
    shared: Shared[T], key: str, make: Callable[[], Awaitable[T]], is_unpaid: Callable[[T], bool]
) -> T:
    """What `make` gives, made once and paid by whoever asks first.

    Whoever waits along and finds that the first one's budget is spent has it made on their own.
    """
    is_own = False

    async def work() -> T:
        nonlocal is_own
        is_own = True
        return await make()

    made = await shared.run(key, work)
    if is_unpaid(made) and not is_own:
        made = await shared.run(f"{key} paid by {current_payer()}", work)
    return made


class Ledger(Protocol):
    """Keeps one short text for each payer, across restarts where that matters."""

    async def read(self, payer: str) -> str | None: ...

    async def write(self, payer: str, text: str) -> None: ...


class MemoryLedger:
    """A ledger that lasts as long as the process."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    async def read(self, payer: str) -> str | None:
        return self._texts.get(payer)

    async def write(self, payer: str, text: str) -> None:
        self._texts[payer] = text


class Budget:
    """So many exchanges for each payer and day, a day being one of UTC."""

    def __init__(self, per_day: int, ledger: Ledger, clock: Clock) -> None:
        self._per_day = per_day
        self._ledger = ledger
        self._clock = clock
        self._turn = asyncio.Lock()

    async def take(self, exchanges: int) -> bool:
        """Count exchanges against who pays for them now; False, and nothing counted, if too many.

        They count before they are made: a failed exchange has been paid for all the same.
        """
        payer, today = current_payer(), self._clock.now().date().isoformat()
        async with self._turn:
            day, _, count = (await self._ledger.read(payer) or "").partition(" ")
            taken = int(count) if day == today and count.isdigit() else 0
            if taken + exchanges > self._per_day:
                return False
            await self._ledger.write(payer, f"{today} {taken + exchanges}")
            return True
