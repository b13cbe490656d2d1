"""The bot at work: everything that `briefbot run` keeps going, until it is told to stop.

It builds nothing and decides nothing; it starts, watches, and ends in good order.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.clock import Clock
from bot.health import Check, HealthServer
from bot.metrics import Metrics
from bot.rounds import Rounds
from bot.store.port import Store
from briefings import ports

_log = logging.getLogger(__name__)
#: Seconds between looks: at what is due; at slots whose holder died; at what is too old.
TICK, SWEEP, CLEAN = 0.2, 20.0, 3600.0
#: And at what ended in doubt, after the look at the start.
LOOK_AGAIN = 3600.0
#: Without a tick for so many seconds something is wrong.
LONGEST_SILENCE = 30.0
_LAG_SAMPLE = 0.5
#: Seconds between collections of garbage where nothing is at work, and at most where something is.
TIDY, TIDY_AT_LAST = 60.0, 900.0
#: So many collections of younger objects don't happen in years.
_NEVER = 2**31 - 1
#: Seconds for which a thread keeps the interpreter while the loop wants it; Python's own 0.005 held
#: the loop up for 100 ms under load (`python -m tests.bench.load`).
_INTERVAL = 0.0002
#: Seconds that a stop may take for what is under way; then it is recorded and left.
STOP_WITHIN = 25.0


def settle_process() -> None:
    """Let the event loop be held up by nothing else in the process while there is work.

    The garbage collector: to look through all that lives takes it a quarter of a second and more,
    at a moment of its own choice. What the start has made is taken out of its sight, and old
    objects are looked through only by `Service`, when little goes on.

    Other threads, which read and compose: each time the loop sends something they may take the
    interpreter over, and give it back after an interval. Of many sends in a row each waits so long.
    """
    sys.setswitchinterval(_INTERVAL)
    gc.collect()
    gc.freeze()
    youngest, young, _ = gc.get_threshold()
    gc.set_threshold(youngest, young, _NEVER)


class Connection(Protocol):
    """A platform's side of the bot: its commands, live."""

    @property
    def is_connected(self) -> bool: ...

    async def serve(self, stop: asyncio.Event) -> None:
        """Stay connected until `stop`. Raises BotError for what no second try mends."""
        ...


@dataclass
class Service:
    """What runs together. `closers` are called at the end, in order.

    Times in seconds. `stop_within`: what a stop may take for what is under way.
    `longest_silence`: without a tick for longer something is wrong.
    """

    store: Store
    rounds: Rounds | None
    connections: Mapping[str, Connection]
    clock: ports.Clock
    metrics: Metrics
    health_at: tuple[str, int] | None = None
    closers: tuple[Callable[[], Awaitable[None]], ...] = ()
    tick_every: float = TICK
    stop_within: float = STOP_WITHIN
    longest_silence: float = LONGEST_SILENCE
    _last_tick: float = field(default_factory=time.monotonic)
    _tidied_at: float = field(default_factory=time.monotonic)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, or a connection fails for good; then end in good order.

        Raises BotError where a connection failed for good, OSError where a port is taken.
        """
        health, clock = self._health(), Clock()
        try:
            if health and self.health_at:
                port = await health.start(*self.health_at)
                _log.info("health page", extra={"port": port})
            if self.rounds:
                clock.every(self.tick_every, self._tick, "tick")
                clock.every(SWEEP, self.rounds.sweep, "sweep")
                clock.every(CLEAN, self._clean, "clean")
                clock.every(LOOK_AGAIN, self.rounds.look_again, "look again", at_once=True)
            clock.every(_LAG_SAMPLE, self._sample_lag, "lag")
            clock.every(TIDY, self._tidy, "tidy")
            clock.start()
            await self._serve(stop)
        finally:
            stop.set()
            await clock.stop(self.stop_within / 5)
            await self._end(health)

    async def _serve(self, stop: asyncio.Event) -> None:
        """Keep the connections; the first that fails for good ends all."""
        serving = [asyncio.ensure_future(c.serve(stop)) for c in self.connections.values()]
        stopping = asyncio.ensure_future(stop.wait())
        try:
            done, _ = await asyncio.wait([stopping, *serving], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            stop.set()
            stopping.cancel()
            await _finish(serving, self.stop_within)

    async def _end(self, health: HealthServer | None) -> None:
        if self.rounds:
            left = await self.rounds.finish(self.stop_within)
            if left:
                _log.warning("slots left to the next start", extra={"slots": left})
        for close in (*self.closers, *([health.close] if health else []), self.store.close):
            try:
                await close()
            except Exception:  # noqa: BLE001  # the others are closed all the same
                _log.exception("not closed")
        _log.info("stopped")

    async def _tick(self) -> None:
        if self.rounds:
            await self.rounds.tick()
        self._last_tick = time.monotonic()
        self.metrics.last_tick.set(self.clock.now().timestamp())

    async def _clean(self) -> None:
        await self.store.clean_up(self.clock.now())

    async def _tidy(self) -> None:
        is_time = time.monotonic() - self._tidied_at > TIDY_AT_LAST
        if is_time or not (self.rounds and self.rounds.is_busy):
            gc.collect()
            self._tidied_at = time.monotonic()

    async def _sample_lag(self) -> None:
        began = time.monotonic()
        await asyncio.sleep(0)
        self.metrics.loop_lag.set(time.monotonic() - began)

    def _health(self) -> HealthServer | None:
        if self.health_at is None:
            return None
        checks: dict[str, Check] = {"database": self._check_store}
        if self.rounds:
            checks["clock"] = self._check_clock
        for name, connection in self.connections.items():
            checks[name] = _check_connection(connection)
        return HealthServer(checks, self.metrics)

    async def _check_store(self) -> str:
        try:
            await self.store.ping()
        except Exception as error:  # noqa: BLE001  # whatever it is, the database is not well
            return type(error).__name__
        return ""

    async def _check_clock(self) -> str:
        silence = time.monotonic() - self._last_tick
        return f"no tick for {silence:.0f} s" if silence > self.longest_silence else ""


async def _finish(serving: Collection[asyncio.Task[None]], within: float) -> None:
    """Let connections end; what hangs is cut off, lest a stop never come."""
    if not serving:
        return
    _, hanging = await asyncio.wait(serving, timeout=within)
    for task in hanging:
        task.cancel()
    if hanging:
        _log.warning("connections cut off", extra={"connections": len(hanging)})
    await asyncio.gather(*serving, return_exceptions=True)


def _check_connection(connection: Connection) -> Check:
    async def check() -> str:
        return "" if connection.is_connected else "not connected"

    return check
