"""Keep the whole bot busy for long: `python -m tests.bench.soak [--minutes 30]`.

`briefbot run` as a process of its own, between a Slack, a Discord and news outlets on loopback that
change, fail, redirect and flood, and connections that drop. Printed: the memory of its processes
after warm-up with its slope, what was posted, and what of its log is no part of that plan.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import signal
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Self

import aiohttp
import psutil
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import messages
from bot.platform import Destination
from bot.schedule import Filter, Schedule
from bot.store.schema import migrate
from bot.store.sql import open_store
from tests.bench.speed import SYLLABLES, compose
from tests.scenarios.discord.counterpart import Counterpart as Discord
from tests.scenarios.discord.rest import Fault as DiscordFault
from tests.scenarios.discord.world import DESK, GUILD, NEWS
from tests.scenarios.service.process import environment, free_port, start, until_well
from tests.scenarios.slack.counterpart import Counterpart as Slack
from tests.scenarios.slack.counterpart import Fault as SlackFault
from tests.scenarios.slack.methods import TEAM, Channel
from tests.scenarios.slack.people import People

#: Seconds between the slots of a schedule: a feed is asked again after 60.
ROUND = 70.0
#: Seconds between a person's commands, between dropped connections, between looks at the memory.
COMMAND, DROP, LOOK = 25.0, 150.0, 10.0
#: Warnings that the faults below call for; whatever else is no plain information is not explained.
PLANNED = ("not delivered", "Discord: ", "bot.slack.sdk", "bot.slack.answers: reply")
FEEDS = ("steady", "failing", "moved", "flood", "garbled", "hanging")
PLACES = (
    Destination("slack", TEAM, "C0NEWS"),
    Destination("slack", TEAM, "C0DESK"),
    Destination("discord", GUILD, NEWS),
    Destination("discord", GUILD, DESK),
)


@dataclass
class Outlets:
    """Feeds of each kind, and the articles that they list: another at each asking."""

    numbers: itertools.count = field(default_factory=itertools.count)
    asked: Counter = field(default_factory=Counter)
    server: TestServer | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/feed/{kind}", self._feed)
        app.router.add_get("/news/{number}", self._article)
        self.server = TestServer(app)
        await self.server.start_server(access_log=None)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        self.asked[kind] += 1
        turn = self.asked[kind] % 4
        if kind == "moved":
            where = ("steady", "moved", "flood", "steady")[turn]  # once in four it goes in circles
            raise web.HTTPFound(f"/feed/{where}")
        if kind == "failing" and turn:
            return web.Response(status=(0, 503, 404, 500)[turn])
        if kind == "hanging" and turn % 2:
            await asyncio.sleep(20)
        if kind == "garbled" and turn:
            return web.Response(body=random.Random(turn).randbytes(20_000))  # noqa: S311
        return web.Response(
            text=self._rss(kind, 250 if kind == "flood" else 1), content_type="application/rss+xml"
        )

    def _rss(self, kind: str, count: int) -> str:
        now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        entries = "".join(
            f"<item><title>{headline(number)}</title><guid>{number}</guid>"
            f"<link>http://{self.host}/news/{number}</link><pubDate>{now}</pubDate></item>"
            for number in itertools.islice(self.numbers, count)
        )
        return f'<rss version="2.0"><channel><title>{kind}</title>{entries}</channel></rss>'

    async def _article(self, request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        if number % 7 == 0:
            return web.Response(status=404)
        if number % 11 == 0:
            raise web.HTTPFound(f"/news/{number + 1}")
        if number % 13 == 0:
            return web.Response(body=b"\x00" * 3_000_000, content_type="text/html")
        article = compose(200 + number % 500, number)
        body = "".join(f"<p>{escape(part)}</p>" for part in article.text.split("\n\n")[1:])
        page = f"<html><body><article><h1>{headline(number)}</h1>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html")


def headline(number: int) -> str:
    """Other words for each article, lest all be one story."""
    dice = random.Random(number)  # noqa: S311
    invented = ("".join(dice.choice(part) for part in SYLLABLES) for _ in range(5))
    return " ".join((*invented, dice.choice(("council votes", "harbour closes", "talks fail"))))


@dataclass
class Soak:
    """One run. `memory`: seconds since the start, then MB of the service and of its workers."""

    slack: Slack
    discord: Discord
    outlets: Outlets
    url: str
    memory: list[tuple[float, float, float]] = field(default_factory=list)
    unanswered: Counter = field(default_factory=Counter)
    cpu: float = 0.0

    async def fill(self) -> None:
        await migrate(self.url)
        store, now = open_store(self.url), datetime.now(UTC)
        for number, (kind, where) in enumerate(itertools.product(FEEDS, PLACES)):
            schedule = Schedule(
                id="",
                destination=where,
                name=f"{kind} {number}",
                feeds=(f"http://{self.outlets.host}/feed/{kind}",),
                times="every 5 minutes",
                zone="UTC",
                created_by="U1",
                created_at=now,
                at_most=2,
                mode="digest" if number % 3 == 0 else "each",
                filter=Filter(none_of=("sport",)),
                next_fire_at=now + timedelta(seconds=30 + 2 * number),
            )
            added = await store.add_schedule(schedule)
            await store.mark_seen(added.id, ["before"], now)  # else a first slot posts the newest
        await store.close()

    async def fire(self) -> None:
        """Make every schedule due each ROUND, a few at a time."""
        store = open_store(self.url)
        while True:
            for schedule in await store.list_schedules():
                await asyncio.sleep(ROUND / (len(FEEDS) * len(PLACES)))
                fresh = await store.find_schedule(schedule.id)
                due = replace(fresh, next_fire_at=datetime.now(UTC))
                await store.update_schedule(due)

    async def ask(self) -> None:
        """People use /brief and /briefing on both platforms."""
        people = People(self.slack)
        for turn in itertools.count():
            await asyncio.sleep(COMMAND)
            url = f"http://{self.outlets.host}/news/{100_000 + turn // 2}"
            try:
                async with asyncio.timeout(20):
                    if turn % 4 == 3:
                        await people.slash("/briefing", "list", user="U0ADMIN")
                    elif turn % 2:
                        await people.slash("/brief", url)
                    else:
                        await self.discord.slash("brief", {"url": url})
            except (TimeoutError, AssertionError) as error:
                self.unanswered[f"{'Slack' if turn % 2 else 'Discord'}: {error}"[:100]] += 1

    async def disturb(self) -> None:
        """Drop connections, refuse for a while, lose an answer."""
        for turn in itertools.count():
            await asyncio.sleep(DROP)
            self.slack.faults["chat.postMessage"] = [
                SlackFault("ratelimited", status=429, headers={"Retry-After": "2"}),
                SlackFault(is_cut=True, is_done=bool(turn % 2)),
            ]
            self.discord.rest.faults.append(DiscordFault("POST", f"{NEWS}/messages", "drop after"))
            if turn % 2:
                await self.slack.sockets[-1].close()
            else:
                await self.discord.gateway.drop()

    async def look(self, process: psutil.Process) -> None:
        """Note the memory every LOOK seconds, and forget what the counterparts need no more."""
        began = time.monotonic()
        while True:
            await asyncio.sleep(LOOK)
            children = process.children(recursive=True)
            workers = sum(map(resident, children))
            self.memory.append((time.monotonic() - began, resident(process), workers))
            times = [p.cpu_times() for p in (process, *children) if p.is_running()]
            self.cpu = max(self.cpu, sum(t.user + t.system for t in times))
            del self.discord.rest.requests[:-100]
            del self.slack.calls[:-100]


def resident(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / 2**20
    except psutil.NoSuchProcess:
        return 0.0


async def soak(minutes: float, log: Path) -> Soak:
    discord = Discord()
    await discord.start()
    with tempfile.TemporaryDirectory() as folder:
        async with Slack() as slack, Outlets() as outlets, aiohttp.ClientSession() as session:
            slack.channels["C0DESK"] = Channel("C0DESK")
            run = Soak(slack, discord, outlets, f"sqlite:///{folder}/bot.db")
            await run.fill()
            port = free_port()
            env = environment(slack, discord, hosts=[outlets.host], database=run.url, health=port)
            with log.open("w") as file:
                process = await start("run", env=env, log=file)
            await until_well(session, port)
            works = (run.fire(), run.ask(), run.disturb(), run.look(psutil.Process(process.pid)))
            tasks = [asyncio.create_task(work) for work in works]
            done, _ = await asyncio.wait(
                [*tasks, asyncio.create_task(process.wait())],
                timeout=minutes * 60,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in tasks:
                task.cancel()
            print(f"ended early: {done}" if done else "ran to its end")
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            print(f"exit code {await process.wait()} after SIGTERM")
            await tell_ledger(run)
    await discord.stop()
    return run


async def tell_ledger(run: Soak) -> None:
    store = open_store(run.url)
    parts = Counter(row.state for row in await store.list_deliveries())
    slots, skipped = Counter(), Counter()
    for schedule in await store.list_schedules():
        for slot in await store.list_slots(schedule.id, 1000):
            slots[slot.state] += 1
            skipped.update(one.reason for one in slot.skipped)
            skipped.update(["a feed unreadable"] * len(slot.remarks))
    await store.close()
    print(f"slots: {dict(slots)}\nparts: {dict(parts)}\nleft out: {dict(skipped)}")
    print(f"feeds asked: {dict(run.outlets.asked)}; not answered: {dict(run.unanswered)}")


def tell_memory(run: Soak, warm: float) -> None:
    """Level and least-squares slope of what was seen after `warm` seconds."""
    seen = [row for row in run.memory if row[0] >= warm]
    for name, column in (("service", 1), ("workers", 2)):
        sizes = [row[column] for row in seen]
        slope, _ = statistics.linear_regression([row[0] / 3600 for row in seen], sizes)
        third = max(len(sizes) // 3, 1)
        print(
            f"{name}: first {run.memory[0][column]:.0f} MB; after {warm / 60:.0f} min median"
            f" {statistics.median(sizes):.0f}, most {max(sizes):.0f} MB; slope {slope:+.1f} MB/h"
            f" (median of its first third {statistics.median(sizes[:third]):.1f},"
            f" of its last {statistics.median(sizes[-third:]):.1f} MB)"
        )
    print(f"processor: {run.cpu:.0f} s in {run.memory[-1][0]:.0f} s")


def tell_log(log: Path) -> None:
    """Each kind of record above information, and whether the faults above explain it."""
    found: Counter[tuple[str, str, bool]] = Counter()
    for line in log.read_text().splitlines():
        if line == messages.STOPPING:
            continue
        try:
            record = json.loads(line)
        except ValueError:
            found["no JSON", line[:200], False] += 1
            continue
        if record["level"] != "info":
            where = f"{record['logger']}: {record['event']}"
            is_planned = record["level"] == "warning" and any(mark in where for mark in PLANNED)
            found[record["level"], where[:160], is_planned] += 1
    for (level, what, is_planned), count in found.most_common():
        print(f"{count:>5} {'planned' if is_planned else 'NOT EXPLAINED'} {level}: {what}")
    print(f"records not explained: {sum(n for key, n in found.items() if not key[2])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--log", type=Path, default=Path(tempfile.gettempdir()) / "soak.log")
    options = parser.parse_args()
    run = asyncio.run(soak(options.minutes, options.log))
    tell_memory(run, warm=min(options.minutes * 60 / 3, 600))
    tell_log(options.log)


if __name__ == "__main__":
    main()
