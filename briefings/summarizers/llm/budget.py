"""How often a model may be asked in a day, by who pays for it.

It counts exchanges; it neither makes them nor knows what they cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from briefings.ports import Clock

#: Whoever asks at a terminal.
NOBODY = ""
_payer: ContextVar[str] = ContextVar("payer", default=NOBODY)


@contextmanager
def paid_by(payer: str) -> Iterator[None]:
    """What is summarized inside, in this task, counts against the budget of `payer`."""
    token = _payer.set(payer)
    try:
        yield
    finally:
        _payer.reset(token)


def current_payer() -> str:
    """Against whose budget an exchange counts."""
    return _payer.get()


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
