"""A news outlet on loopback: a feed and the articles that it lists, which a test can change."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

#: Our own sample articles: the title on the first line, then paragraphs.
ARTICLES = Path(__file__).parents[2] / "data" / "articles"


@dataclass
class Outlet:
    """`gate`: while it is closed, articles are asked for and not given."""

    title: str = "Orne Herald"
    names: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    is_down: bool = False
    began: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))
    _server: TestServer | None = None

    async def __aenter__(self):
        app = web.Application()
        app.add_routes([web.get("/feed", self._feed), web.get("/news/{name}", self._article)])
        self._server = TestServer(app)
        await self._server.start_server(access_log=None)
        self.gate.set()
        return self

    async def __aexit__(self, *_):
        self.gate.set()
        await self._server.close()

    @property
    def host(self):
        return f"127.0.0.1:{self._server.port}"

    @property
    def feed(self):
        return f"http://{self.host}/feed"

    def publish(self, *names):
        """List these sample articles, the last one as the newest."""
        self.names += names

    def url(self, name):
        return f"http://{self.host}/news/{name}"

    def headline(self, name):
        return read_article(name)[0]

    async def _feed(self, _):
        if self.is_down:
            return web.Response(status=503)
        entries = "".join(
            f"<item><title>{escape(self.headline(name))}</title><link>{self.url(name)}</link>"
            f"<guid>{self.url(name)}</guid>"
            f"<pubDate>{format_datetime(self.began + timedelta(minutes=at))}</pubDate></item>"
            for at, name in reversed(list(enumerate(self.names)))
        )
        text = f'<rss version="2.0"><channel><title>{self.title}</title>{entries}</channel></rss>'
        return web.Response(text=text, content_type="application/rss+xml")

    async def _article(self, request):
        name = request.match_info["name"]
        self.asked.append(name)
        await self.gate.wait()
        if name in self.broken:
            return web.Response(status=404)
        title, paragraphs = read_article(name)
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        page = f"<html><body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html")


def read_article(name):
    """Title and paragraphs of a sample article."""
    title, *rest = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
    return title, [paragraph.strip() for paragraph in rest]
