"""Kill -9 while deliveries run: `python -m tests.bench.kills [--kills 200] [--slots 100]`.

A child process works slots off against a counterpart on loopback that answers late, loses answers,
refuses and limits; it is killed at random instants and started again, over SQLite and PostgreSQL.
Every part must stand in its channel once, or be on record as what it is. The counterpart cannot
look up one part in twenty: those may stay uncertain.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp import web

from bot.delivery import PARENT_MISSING, Deliverer, Rules
from bot.errors import DeliveryFailed, DeliveryUncertain, RateLimited
from bot.pace import Pace
from bot.platform import Destination, Message, PlatformName, Posted, Rights
from bot.schedule import Schedule
from bot.slots import Delivery, Slot, SlotPlan
from bot.store.port import LEASE, Store
from bot.store.schema import migrate
from bot.store.sql import open_store
from briefings.rendering.nodes import Document
from tests.bench.databases import databases

#: Of each slot: two messages, with two details and one.
THREADS = (None, None, 0, 0, 1)
CHANNELS = 20
#: Patience of the child, fitted to a counterpart that answers within a fifth of a second.
RULES = Rules(
    most_tries=30, first_wait=0.02, longest_wait=0.2, post_within=0.5, proof_after=0.6, at_once=2
)


class Counterpart:
    """A platform that posts what it is sent, in its own time."""

    def __init__(self, seed: int) -> None:
        self.posted: list[str] = []
        self._dice = random.Random(seed)  # noqa: S311  # the same luck each time

    async def post(self, request: web.Request) -> web.Response:
        body, luck = await request.json(), self._dice.random()
        await asyncio.sleep(self._dice.uniform(0, 0.08))
        if luck < 0.03:
            return web.Response(status=503)
        if luck < 0.05:
            return web.json_response({"retry_after": 0.1}, status=429)
        self.posted.append(body["nonce"])
        number = len(self.posted)
        await asyncio.sleep(self._dice.uniform(0, 0.08))
        if luck < 0.08 and request.transport:
            request.transport.abort()
        return web.json_response({"id": f"m{number}"})

    async def find(self, request: web.Request) -> web.Response:
        nonce = request.query["nonce"]
        if is_hidden(nonce):
            return web.Response(status=403)
        if nonce not in self.posted:
            return web.Response(status=404)
        return web.json_response({"id": f"m{self.posted.index(nonce) + 1}"})

    async def all(self, _: web.Request) -> web.Response:
        return web.json_response(self.posted)


def is_hidden(nonce: str) -> bool:
    return int(nonce[:4], 16) % 20 == 0


@dataclass
class LoopbackPlatform:
    """Our side of the counterpart."""

    session: aiohttp.ClientSession
    url: str
    name: PlatformName = "console"

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        raise NotImplementedError  # parts are planned as they are

    async def post(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Posted:
        body = {**message.body, "nonce": nonce, "thread": thread_id}
        try:
            async with self.session.post(f"{self.url}/post", json=body) as answer:
                if answer.status == 503:
                    raise DeliveryFailed(destination, "503")
                if answer.status == 429:
                    seconds = (await answer.json())["retry_after"]
                    raise RateLimited(destination, retry_after=seconds)
                made = (await answer.json())["id"]
        except aiohttp.ClientError as error:
            raise DeliveryUncertain(destination, type(error).__name__) from error
        return Posted(made, thread_id or made)

    async def find_posted(
        self,
        destination: Destination,
        nonce: str,
        attempted_at: datetime,  # noqa: ARG002  # the port's
        *,
        thread_id: str | None,
    ) -> Posted | None:
        async with self.session.get(f"{self.url}/find", params={"nonce": nonce}) as answer:
            if answer.status == 404:
                return None
            if answer.status != 200:
                raise DeliveryUncertain(destination, "history can't be read")
            made = (await answer.json())["id"]
        return Posted(made, thread_id or made)

    async def rights(self, destination: Destination, asker_id: str | None = None) -> Rights:  # noqa: ARG002  # the port's
        return Rights()


@dataclass
class ShiftedClock:
    """Each life begins when the lease of the one before is over."""

    lives: int

    def now(self) -> datetime:
        return datetime.now(UTC) + self.lives * (LEASE + timedelta(seconds=1))


async def live(url: str, counterpart: str, lives: int, begun: int) -> None:
    """One life of the child: take up what is unfinished and what is due, until nothing is left."""
    clock, store = ShiftedClock(lives), open_store(url)
    async with aiohttp.ClientSession() as session:
        deliverer = Deliverer(
            store=store,
            platforms={"console": LoopbackPlatform(session, counterpart)},
            clock=clock,
            pace=Pace({}),
            rules=RULES,
        )

        async def work(slot: Slot) -> None:
            planned = await store.plan_slot(slot, SlotPlan(parts_of(slot)))
            if planned is not None:
                await deliverer.deliver(slot)

        os.write(begun, b".")
        slots = await store.claim_unfinished(clock.now(), 1000)
        while slots := [*slots, *await store.claim_due(clock.now(), 10)]:
            await asyncio.gather(*map(work, slots))
            slots = []
    await store.close()


def parts_of(slot: Slot) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(
            slot.schedule.id,
            slot.slot_at,
            slot.schedule.destination,
            part,
            nonce=os.urandom(12).hex(),
            body={"text": f"{slot.schedule.name}, part {part}"},
            thread_part=thread,
        )
        for part, thread in enumerate(THREADS)
    )


async def fill(url: str, slots: int) -> None:
    await migrate(url)
    store, now = open_store(url), datetime.now(UTC)
    for number in range(slots):
        await store.add_schedule(
            Schedule(
                id="",
                destination=Destination("console", "T1", f"C{number % CHANNELS}"),
                name=f"Schedule {number}",
                feeds=("https://news.example/feed",),
                times="0 0 1 1 *",
                zone="UTC",
                created_by="U1",
                created_at=now,
                catch_up=timedelta(days=30),
                next_fire_at=now,
            )
        )
    await store.close()


def start(url: str, counterpart: str, lives: int) -> int:
    """A child; it has begun to work when this returns. Forked, as 200 imports take minutes."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        code = 1
        try:
            asyncio.run(live(url, counterpart, lives, writer))
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    select.select([reader], [], [], 30)
    os.close(reader)
    return child


def run(url: str, counterpart: str, options: argparse.Namespace) -> bool:
    asyncio.run(fill(url, options.slots))
    dice, kills, caught = random.Random(options.seed), 0, 0  # noqa: S311  # the same instants
    while kills < options.kills:
        child = start(url, counterpart, kills)
        time.sleep(dice.uniform(0, options.longest))
        if os.waitpid(child, os.WNOHANG)[0]:
            break  # it had finished
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kills += 1
        caught += asyncio.run(count_sending(url))
    # more than one, since what a life claims at its very end may be left to the next
    ends = [os.waitpid(start(url, counterpart, kills + life), 0)[1] for life in (1, 2)]
    with urllib.request.urlopen(f"{counterpart}/all") as answer:  # noqa: S310  # loopback
        posted = Counter(json.load(answer))
    return asyncio.run(judge(url, posted, (kills, caught), options.slots)) and not any(ends)


async def count_sending(url: str) -> int:
    """Parts that were on their way when the child died."""
    store = open_store(url)
    rows = await store.list_deliveries(states=["sending"])
    await store.close()
    return len(rows)


async def judge(url: str, posted: Counter[str], kills: tuple[int, int], slots: int) -> bool:
    store = open_store(url)
    rows = await store.list_deliveries()
    states = Counter(row.state for row in rows)
    doubled = [row for row in rows if posted[row.nonce] > 1]
    expected = slots * len(THREADS)
    under_uncertain = sum(row.state == "dead" and row.reason == PARENT_MISSING for row in rows)
    lost = expected - states["sent"] - states["uncertain"] - under_uncertain
    lost += sum(row.state == "sent" and not posted[row.nonce] for row in rows)
    stray = sum(posted.values()) - sum(posted[row.nonce] for row in rows)
    unseen = states["uncertain"] - await count_logged(store)
    await store.close()
    print(
        f"{url.partition(':')[0]:<11}{kills[0]:>6}{kills[1]:>12}{expected:>8}{states['sent']:>7}"
        f"{len(doubled) + stray:>9}{lost:>6}{states['uncertain']:>11}"
        f"{under_uncertain:>17}{unseen:>9}{sum(row.tries > 1 for row in rows):>13}",
        flush=True,
    )
    return not (doubled or stray or lost or unseen)


async def count_logged(store: Store) -> int:
    """Uncertain parts as the log shows them, schedule by schedule."""
    found = 0
    for schedule in await store.list_schedules():
        for slot in await store.list_slots(schedule.id, 10):
            uncertain = sum(row.state == "uncertain" for row in slot.deliveries)
            found += uncertain if slot.state == "uncertain" else 0
    return found


def serve(seed: int) -> None:
    async def forever() -> None:
        counterpart, app = Counterpart(seed), web.Application()
        app.router.add_post("/post", counterpart.post)
        app.router.add_get("/find", counterpart.find)
        app.router.add_get("/all", counterpart.all)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.Event().wait()

    asyncio.run(forever())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--slots", type=int, default=100, help="five parts each")
    parser.add_argument("--longest", type=float, default=0.8, help="seconds of a life at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.seed)
        return 0
    logging.disable(logging.WARNING)  # the table tells what became of every part
    print(
        "database    kills  on the way   parts   sent  doubled  lost  uncertain  below uncertain"
        "   unseen  tried again"
    )
    with databases() as urls:
        fine = [run_against_counterpart(url, options) for url in urls]
    return 0 if all(fine) else 1


def run_against_counterpart(url: str, options: argparse.Namespace) -> bool:
    command = [sys.executable, "-m", "tests.bench.kills", "--serve", "--seed", str(options.seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            return run(url, f"http://127.0.0.1:{server.stdout.readline().strip()}", options)
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main())
