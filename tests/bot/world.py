"""Commands over fakes: a store in memory, a platform that posts into a list, pages from memory."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from bot.briefer import Briefer
from bot.commands import Asker, CommandHandler, CommandRequest, Form, Reply
from bot.commands.access import Access
from bot.commands.articles import ArticleCommands
from bot.commands.schedules import ScheduleCommands
from bot.delivery import Deliverer
from bot.engines import Engines, Model
from bot.feeds import FeedReader
from bot.metrics import Metrics
from bot.platform import Destination, PlatformName
from bot.rounds import Rounds
from bot.testing import FakePlatform, FakeTime, MemoryStore
from briefings.rendering.text import document_to_text
from briefings.testing import FakeFetcher, FakeSummarizer

FEED = "https://news.example/feed"
WHERE = Destination("slack", "T1", "C1")
ASKER = Asker("U1")
ITEM = "<item><title>{title}</title><link>{url}</link><pubDate>{date}</pubDate></item>"


@dataclass
class World:
    """A bot in one channel, C1 of T1, with one feed and a person who asks."""

    page: Callable[[str], str]
    slack: FakePlatform = field(default_factory=FakePlatform)
    discord: FakePlatform = field(default_factory=lambda: FakePlatform("discord"))
    store: MemoryStore = field(default_factory=MemoryStore)
    time: FakeTime = field(default_factory=FakeTime)
    fetcher: FakeFetcher = field(default_factory=FakeFetcher)
    summarizer: FakeSummarizer = field(default_factory=FakeSummarizer)
    where: Destination = WHERE
    asker: Asker = ASKER
    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    model: Model | None = None

    def __post_init__(self) -> None:
        self.metrics = Metrics()
        self._ids = count(1)
        self.platforms = {"slack": self.slack, "discord": self.discord}
        engines = Engines(self.summarizer, self.model)
        self.briefer = Briefer(fetcher=self.fetcher, engines=engines, clock=self.time)
        self.rounds = self.build_rounds(self.store, self.platforms)
        access = Access(self.platforms, users=self.users, roles=self.roles)
        self.commands = CommandHandler(
            ArticleCommands(self.briefer, self.store, self.time),
            ScheduleCommands(
                self.store, self.rounds, access, self.time, zone="Europe/Berlin", engines=engines
            ),
            self.metrics,
        )

    def build_rounds(
        self, store: MemoryStore, platforms: Mapping[PlatformName, FakePlatform]
    ) -> Rounds:
        """What works slots off; on another store, as another process would."""
        return Rounds(
            store=store,
            briefer=self.briefer,
            feeds=FeedReader(self.fetcher, self.time),
            platforms=platforms,
            deliverer=Deliverer(
                store=store,
                platforms=platforms,
                clock=self.time,
                sleep=self.time.sleep,
                monotonic=self.time.monotonic,
            ),
            clock=self.time,
            metrics=self.metrics,
        )

    def list_entries(self, *titles: str, url: str = FEED) -> None:
        """Let the feed list these, newest first, each with a page of its own."""
        base = url.rsplit("/", 1)[0]
        items = []
        for number, title in enumerate(titles):
            slug = title.lower().replace(" ", "-")
            self.fetcher.queue_page(f"{base}/{slug}", self.page(title))
            date = f"Mon, 02 Mar 2026 0{7 - number}:00:00 GMT"
            items.append(ITEM.format(title=title, url=f"{base}/{slug}", date=date))
        body = f"<rss version='2.0'><channel><title>News</title>{''.join(items)}</channel></rss>"
        self.fetcher.forget(url)
        self.fetcher.queue_page(url, body, "application/rss+xml")

    def request(self, name: str, text: str = "", /, **options: str) -> CommandRequest:
        given: Mapping[str, str] = {**options, **({"text": text} if text else {})}
        return CommandRequest(f"r{next(self._ids)}", self.where, self.asker, name, given)

    def run(self, name: str, text: str = "", /, **options: str) -> Awaitable[Reply]:
        return self.commands.run(self.request(name, text, **options))

    async def told(self, text: str) -> str:
        """What /briefing with this text shows, each line ended as in a terminal."""
        return f"{document_to_text((await self.run('briefing', text)).document)}\n"

    async def form(self, **options: str) -> Form:
        return await self.commands.form(self.request("briefing form", **options))

    async def added(self, text: str = "at weekdays 08:00") -> str:
        """The id of a schedule of FEED."""
        reply = await self.run("briefing", f"add {FEED} {text}")
        assert not reply.is_refused, reply.notice
        self.time.seconds += 0.001  # schedules are listed in the order in which they were made
        return reply.notice.split()[1]
