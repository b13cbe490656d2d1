"""A web server on loopback, a reader that may reach it, and the pages of tests/data/pages."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from briefings.article import Article
from briefings.sources.fetch import FetchLimits, GuardedFetcher
from briefings.sources.reader import read_article
from briefings.testing import FakeFetcher, FixedClock

PAGES = Path(__file__).parents[2] / "data" / "pages"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Pages by path, served on 127.0.0.1; `asked` holds the requests as they came."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self._handlers: dict[str, Handler] = {}
        app = web.Application()
        app.router.add_get("/{path:.*}", self._dispatch)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def serve(self, path: str, body: bytes | str, content_type: str = "text/html") -> str:
        """Answer `path` with this body; returns its address."""

        async def answer(_: web.Request) -> web.StreamResponse:
            sent = body.encode() if isinstance(body, str) else body
            return web.Response(body=sent, headers={"Content-Type": content_type})

        return self.handle(path, answer)

    def redirect(self, path: str, location: str) -> str:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=301, headers={"Location": location})

        return self.handle(path, answer)

    def handle(self, path: str, handler: Handler) -> str:
        self._handlers[path] = handler
        return self.url(path)

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        handler = self._handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404, text="no page")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    served = Site()
    await served.server.start_server()
    yield served
    await served.server.close()


@pytest.fixture
def fetcher(site: Site) -> GuardedFetcher:
    """The real fetcher, with the test's own server opened by name."""
    return GuardedFetcher(FetchLimits(deadline_seconds=5), allow_hosts=[site.host])


@pytest.fixture
def fake() -> FakeFetcher:
    return FakeFetcher()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def pages() -> Path:
    return PAGES


@pytest.fixture
def read(fake: FakeFetcher, clock: FixedClock) -> Callable[..., Awaitable[Article]]:
    """`read_article` with a fake fetcher and a clock that stands."""

    async def read_source(source: str, **options: object) -> Article:
        return await read_article(source, fetcher=fake, clock=clock, **options)

    return read_source
