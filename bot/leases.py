"""Keeps the leases of the slots that this process works on, so that no other takes them over.

Who works on a slot says so; what is done with it is not known here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.slots import Slot
from bot.store.port import LEASE, Store
from briefings.ports import Clock

_log = logging.getLogger(__name__)


class Leases:
    """The slots that are held, and their renewal."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._held: dict[tuple[str, datetime], Slot] = {}
        self._renewing: asyncio.Task[None] | None = None

    def __contains__(self, slot: Slot) -> bool:
        return slot.key in self._held

    @contextmanager
    def holding(self, slot: Slot) -> Iterator[None]:
        """Have the slot's lease renewed while it is worked on."""
        self.hold(slot)
        try:
            yield
        finally:
            self.let_go(slot)

    def hold(self, slot: Slot) -> None:
        """Renew the slot's lease from now on."""
        self._held[slot.key] = slot
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.ensure_future(self._renew())

    def let_go(self, slot: Slot) -> None:
        """Renew it no more."""
        self._held.pop(slot.key, None)
        if not self._held and self._renewing is not None:
            self._renewing.cancel()

    async def _renew(self) -> None:
        """Renew the leases of all slots at work, in one transaction each time."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._store.renew_leases(tuple(self._held.values()), self._clock.now())
            except Exception:  # noqa: BLE001  # the next try may come in time
                _log.exception("leases not renewed")
