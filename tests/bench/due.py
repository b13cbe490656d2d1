"""Many schedules due in one second: `python -m tests.bench.due [--schedules 10000]`.

For SQLite and PostgreSQL it prints how late slots are claimed, how long the event loop was blocked
while they were, and that each was claimed once, by one process or by several. Lateness is wall
time, so that a busy machine shows in it; "computing" is the loop's own processor time at a stretch.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

from bot.platform import Destination
from bot.schedule import Schedule
from bot.store import tables
from bot.store.database import Database
from bot.store.rows import from_schedule
from bot.store.schema import migrate
from bot.store.sql import open_store
from tests.bench.databases import databases

#: What people set: mostly the same few times, in zones where it is the same moment.
TIMES = (
    ("hourly", "UTC"),
    ("every 2 hours", "Europe/Berlin"),
    ("daily 08:00", "Europe/Paris"),
    ("weekdays 08:00 and 18:00", "Europe/Rome"),
    ("0 8 * * 1-5", "Africa/Lagos"),
)
SAMPLE = 0.002


async def fill(url: str, count: int, due_at: datetime) -> None:
    """Schedules that are all due at one instant."""
    await migrate(url)
    database = Database(url)
    rows = [from_schedule(schedule(number, due_at)) for number in range(count)]
    async with database.writes() as connection:
        for start in range(0, count, 1000):
            await connection.execute(tables.schedules.insert(), rows[start : start + 1000])
    await database.close()


def schedule(number: int, due_at: datetime) -> Schedule:
    times, zone = TIMES[number % len(TIMES)]
    return Schedule(
        id=f"s{number}",
        destination=Destination("slack", f"T{number % 100}", f"C{number}"),
        name=f"Schedule {number}",
        feeds=(f"https://news.example/{number % 500}",),
        times=times,
        zone=zone,
        created_by="U1",
        created_at=due_at - timedelta(days=1),
        next_fire_at=due_at,
    )


async def watch(blocks: list[float], computing: list[float]) -> None:
    """Sample for ever how late the loop comes round, and what it computed meanwhile, in seconds."""
    while True:
        began, computed = time.perf_counter(), time.thread_time()
        await asyncio.sleep(SAMPLE)
        blocks.append(time.perf_counter() - began - SAMPLE)
        computing.append(time.thread_time() - computed)


async def work(url: str, *, batch: int, tick: float) -> dict[str, list[float]]:
    """One process: tick until nothing has been due for a second; lateness and delays, seconds."""
    store, lateness = open_store(url), list[float]()
    blocks, computing = list[float](), list[float]()
    await store.claim_due(datetime.now(UTC) - timedelta(days=9), batch)  # opens its connection
    print("ready", flush=True)

    watching = asyncio.create_task(watch(blocks, computing))
    began, idle_since = time.monotonic(), None
    while idle_since is None or time.monotonic() - idle_since < 1:
        claimed = await store.claim_due(datetime.now(UTC), batch)
        now = datetime.now(UTC)
        lateness += [(now - slot.slot_at).total_seconds() for slot in claimed]
        if claimed:
            idle_since = time.monotonic()
        else:
            await asyncio.sleep(tick)
        if time.monotonic() - began > 90:
            break
    watching.cancel()
    await store.close()
    return {"lateness": lateness, "blocks": blocks, "computing": computing}


def run(url: str, options: argparse.Namespace, processes: int) -> None:
    asyncio.run(fill(url, options.schedules, datetime.now(UTC) + timedelta(days=1)))
    command = [sys.executable, "-m", "tests.bench.due", "--work", url]
    command += ["--batch", str(options.batch), "--tick", str(options.tick)]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    for worker in workers:
        worker.stdout.readline()  # ready
    due_at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    asyncio.run(set_due(url, due_at))
    shares = [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]
    lateness = sorted(late for share in shares for late in share["lateness"])
    blocks = sorted(block for share in shares for block in share["blocks"])
    computing = sorted(stretch for share in shares for stretch in share["computing"])
    name = url.partition(":")[0]
    print(
        f"{name:<11}{processes:>3} process{'es' if processes > 1 else '  '}"
        f"{len(lateness):>8} claimed"
        f"   late p50 {statistics.median(lateness):.2f} s, p99 {at(lateness, 0.99):.2f} s,"
        f" most {lateness[-1]:.2f} s"
        f"   loop blocked p99 {at(blocks, 0.99) * 1000:.0f} ms, most {blocks[-1] * 1000:.0f} ms"
        f" (computing {computing[-1] * 1000:.0f} ms)"
    )


def at(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=250)
    parser.add_argument("--tick", type=float, default=0.2)
    parser.add_argument("--work", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        found = asyncio.run(work(options.work, batch=options.batch, tick=options.tick))
        print(json.dumps(found))
        return
    with databases() as urls:
        for url in urls:
            for processes in (1,) if url.startswith("sqlite") else (1, 4):
                asyncio.run(empty(url))
                run(url, options, processes)


async def set_due(url: str, due_at: datetime) -> None:
    database = Database(url)
    async with database.writes() as connection:
        await connection.execute(tables.schedules.update().values(next_fire_at=due_at))
    await database.close()


async def empty(url: str) -> None:
    await migrate(url)
    database = Database(url)
    async with database.writes() as connection:
        await connection.execute(tables.schedules.delete())
    await database.close()


if __name__ == "__main__":
    main()
