"""A bot that is really connected, by Socket Mode and by signed HTTP, to a workspace on loopback.

Only the commands behind it are a fake: queued replies, recorded requests.
"""

import asyncio
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.commands import Field as FormField
from bot.commands import Form, Reply
from bot.platform import Destination
from bot.slack.marker import Marker
from bot.slack.over_http import PATH
from bot.slack.post import SlackPlatform
from bot.slack.serve import SlackBot
from briefings.rendering.nodes import Document, Line, Paragraph, Run, Section
from tests.scenarios.slack.counterpart import APP_TOKEN, BOT_TOKEN, SECRET, Counterpart
from tests.scenarios.slack.methods import TEAM
from tests.scenarios.slack.people import People

NEWS = Destination("slack", TEAM, "C0NEWS")


def to_document(title="Mill to close", text="Hask will close the mill in May.", times=1):
    line = Line((Run("plain", text),))
    sections = tuple(Section(f"s{n}", f"Part {n}", (Paragraph(line),)) for n in range(times))
    return Document(title, Line((Run("muted", "Orne Herald"),)), None, sections, ())


@dataclass
class FakeCommands:
    """Answers in the order of `replies`, once `gate` is open; its form has two fields."""

    requests: list = field(default_factory=list)
    replies: deque = field(default_factory=deque)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self):
        self.gate.set()

    async def asked(self, times=1):
        """The latest request, once so many came."""
        async with asyncio.timeout(60), self.changed:
            await self.changed.wait_for(lambda: len(self.requests) >= times)
        return self.requests[-1]

    async def _note(self, request):
        async with self.changed:
            self.requests.append(request)
            self.changed.notify_all()
        await self.gate.wait()

    async def run(self, request):
        await self._note(request)
        if self.failure:
            raise self.failure
        return self.replies.popleft() if self.replies else Reply("Done", to_document())

    async def form(self, request):
        await self._note(request)
        if self.failure:
            raise self.failure
        urls = FormField("urls", "Feeds", is_required=True, is_long=True, hint="One on each line")
        mode = FormField("mode", "How", value="each", choices={"each": "Each", "digest": "Digest"})
        known = request.options.get("id", "")
        return Form("A schedule of briefings", "briefing add", (urls, mode), value=known)

    async def suggest(self, *_):
        raise AssertionError("Slack asks for no suggestions")


class Memory:
    """What the store would keep: event ids, and tenants to forget."""

    def __init__(self):
        self.seen, self.forgotten = set(), []

    async def remember_event(self, platform, tenant_id, event_id):
        is_new = (platform, tenant_id, event_id) not in self.seen
        self.seen.add((platform, tenant_id, event_id))
        return is_new

    async def forget_tenant(self, platform, tenant_id):
        self.forgotten.append((platform, tenant_id))


@dataclass
class Scene:
    """Everything of one test. `start` starts another bot, as after a restart."""

    slack: Counterpart
    people: People
    commands: FakeCommands
    memory: Memory
    platform: SlackPlatform
    start: Callable
    bot: SlackBot | None = None
    channel: Destination = NEWS


@pytest.fixture
async def slack():
    async with Counterpart() as counterpart:
        yield counterpart


@pytest.fixture
def to_platform(slack):
    def build(key=b"a key of this test"):
        return SlackPlatform(BOT_TOKEN, marker=Marker(key), api_url=slack.api_url)

    return build


@pytest.fixture
async def scene_of(slack, to_platform):
    """`scene_of("socket")` or "http": a running bot and its people; stopped after the test."""
    ended = []

    async def build(mode, **options):
        port = _free_port()
        url = f"http://127.0.0.1:{port}{PATH}" if mode == "http" else None
        scene = Scene(
            slack, People(slack, url), FakeCommands(), Memory(), to_platform(), start=None
        )

        async def start():
            running = _running(scene, mode, port, options)
            scene.bot = await running.__aenter__()
            ended.append(running)
            return running

        scene.start = start
        await start()
        return scene

    yield build
    for running in ended:
        await running.__aexit__(None, None, None)


@pytest.fixture(params=["socket", "http"])
async def scene(request, scene_of):
    return await scene_of(request.param)


@asynccontextmanager
async def _running(scene, mode, port, options) -> AsyncIterator[SlackBot]:
    bot = SlackBot(
        scene.commands,
        scene.platform,
        bot_token=BOT_TOKEN,
        remember_event=scene.memory.remember_event,
        forget_tenant=scene.memory.forget_tenant,
        **({"patience": 0.2, "grace": 0.2, "stop_within": 5} | options),
    )
    stop = asyncio.Event()
    serving = asyncio.create_task(
        bot.serve_http(SECRET, stop, host="127.0.0.1", port=port)
        if mode == "http"
        else bot.serve_socket(APP_TOKEN, stop)
    )
    await asyncio.wait_for(bot.connected.wait(), 10)
    try:
        yield bot
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await serving


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
