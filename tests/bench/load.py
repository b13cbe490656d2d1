"""The whole bot with ten thousand schedules due at once: `python -m tests.bench.load`.

The service as it is wired, in a process of its own: feeds are read, briefed, composed for Slack and
delivered to a platform that takes all at once, while people in a Slack on loopback use a hundred
commands. Printed for SQLite and PostgreSQL: how late slots are claimed, how long the event loop is
blocked and what it computed meanwhile, and how fast commands are acknowledged. "Blocked" is wall
time, in which a busy machine shows; "computing" is the loop's own processor time at a stretch.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

from bot.app_service import build_parts
from bot.connections import SlackConnection
from bot.console import ConsolePlatform
from bot.platform import Destination
from bot.service import Service, settle_process
from bot.settings import Settings
from bot.slack.marker import Marker
from bot.slack.post import SlackPlatform
from bot.slack.serve import SlackBot
from bot.store.sql import open_store
from briefings.ports import Fetched, Validators
from tests.bench.due import at, databases, empty, fill, set_due, watch
from tests.bench.speed import ARTICLES
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN
from tests.scenarios.slack.counterpart import Counterpart as Slack
from tests.scenarios.slack.people import People

#: Seconds over which the commands are spread, from the instant at which all is due.
SPREAD = 5.0


class Web:
    """Feeds and articles from memory: every feed lists one of the sample articles."""

    async def fetch(self, url: str, validators: Validators | None = None) -> Fetched:  # noqa: ARG002  # the port's
        number = int(url.rsplit("/", 1)[1]) % len(ARTICLES)
        title, *rest = ARTICLES[number].read_text(encoding="utf-8").split("\n\n")
        if "/article/" in url:
            paragraphs = "".join(f"<p>{escape(part)}</p>" for part in rest)
            return _page(
                url, "text/html", f"<article><h1>{escape(title)}</h1>{paragraphs}</article>"
            )
        published = format_datetime(datetime.now(UTC))
        entry = (
            f"<item><title>{escape(title)}</title><pubDate>{published}</pubDate>"
            f"<link>https://news.example/article/{number}</link></item>"
        )
        return _page(
            url, "application/rss+xml", f"<rss><channel><title>Wire</title>{entry}</channel></rss>"
        )


def _page(url: str, media_type: str, text: str) -> Fetched:
    return Fetched(url=url, status=200, media_type=media_type, charset="utf-8", body=text.encode())


@dataclass
class Lateness:
    """Stands where the service counts how late a slot was claimed, and keeps each figure."""

    seconds: list[float] = field(default_factory=list)

    def observe(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def work(url: str, api_url: str) -> dict[str, Any]:
    """The service, until SIGTERM; what was measured from the first due slot on."""
    store, posted, late = open_store(url), list[float](), Lateness()

    def show(_: Destination, __: Mapping[str, Any], ___: bool) -> None:
        posted.append(time.monotonic())

    slack = SlackPlatform(BOT_TOKEN, marker=Marker(b"of this benchmark"), api_url=api_url)
    platforms = {"slack": ConsolePlatform(slack, show)}
    parts = build_parts(Settings(), store, platforms, fetcher=Web())
    parts.metrics.slot_lateness = late

    async def remember(_: str, tenant_id: str, event_id: str) -> bool:
        return await store.remember_event("slack", f"{tenant_id} {event_id}", datetime.now(UTC))

    async def forget(_: str, tenant_id: str) -> None:
        await store.forget_tenant("slack", tenant_id)

    bot = SlackBot(
        parts.commands, slack, bot_token=BOT_TOKEN, remember_event=remember, forget_tenant=forget
    )
    stop, blocks, computing = asyncio.Event(), list[float](), list[float]()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    service = Service(
        store=store,
        rounds=parts.rounds,
        connections={"slack": SlackConnection(bot, APP_TOKEN, "", "", 0)},
        clock=parts.clock,
        metrics=parts.metrics,
        stop_within=0.5,
    )
    running = asyncio.create_task(service.run(stop))
    await bot.connected.wait()
    settle_process()
    watching = asyncio.create_task(watch(blocks, computing))
    print("ready", flush=True)
    await running
    watching.cancel()
    parts.workers.close()
    return {
        "late": late.seconds,
        "blocks": blocks,
        "computing": computing,
        "posted": len(posted),
        "seconds": posted[-1] - posted[0] if posted else 0,
    }


async def run(url: str, options: argparse.Namespace) -> None:
    async with Slack() as slack:
        command = [sys.executable, "-m", "tests.bench.load", "--work", url, "--api", slack.api_url]
        worker = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, limit=2**28
        )
        await worker.stdout.readline()  # ready
        await asyncio.sleep(1)
        due_at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
        await set_due(url, due_at)
        await asyncio.sleep((due_at - datetime.now(UTC)).total_seconds())
        people = People(slack)

        async def ask(number: int) -> float:
            await asyncio.sleep(SPREAD * number / options.commands)
            return (await people.slash("/briefing", "list", user="U0ADMIN")).seconds

        answers = await asyncio.gather(*map(ask, range(options.commands)), return_exceptions=True)
        await asyncio.sleep(max(options.seconds - SPREAD, 0))
        worker.send_signal(signal.SIGTERM)
        found = json.loads((await worker.communicate())[0])
    tell(url, found, [one for one in answers if isinstance(one, float)], options)


def tell(
    url: str, found: dict[str, Any], answers: list[float], options: argparse.Namespace
) -> None:
    late, blocks = sorted(found["late"]), sorted(found["blocks"])
    answers.sort()
    print(
        f"{url.partition(':')[0]:<11}{len(late):>7} claimed, late p50 {statistics.median(late):.2f}"
        f" p99 {at(late, 0.99):.2f} most {late[-1]:.2f} s"
        f" | loop blocked p99 {at(blocks, 0.99) * 1000:.0f} most {blocks[-1] * 1000:.0f} ms"
        f" (computing {max(found['computing']) * 1000:.0f} ms)"
        f" | {len(answers)} of {options.commands} commands acknowledged,"
        f" p50 {statistics.median(answers):.3f} p99 {at(answers, 0.99):.3f} s"
        f" | {found['posted']} parts posted in {found['seconds']:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--commands", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=30, help="how long to look")
    parser.add_argument("--work", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--api", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(asyncio.run(work(options.work, options.api))))
        return
    with databases() as urls:
        for url in urls:
            asyncio.run(empty(url))
            asyncio.run(fill(url, options.schedules, datetime.now(UTC) + timedelta(days=1)))
            asyncio.run(run(url, options))


if __name__ == "__main__":
    main()
