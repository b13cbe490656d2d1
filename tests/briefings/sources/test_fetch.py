"""The guarded fetcher against a web server on loopback."""

import asyncio
import gzip
import time
import zlib

import brotli
import psutil
import pytest
from aiohttp import web

from briefings.errors import AddressRefused, NotAnArticle, TimedOut, TooLarge, Unreachable
from briefings.ports import Validators
from briefings.sources.fetch import FetchLimits, GuardedFetcher

MEGABYTE = 1_000_000


async def test_a_page_arrives_whole(site, fetcher):
    """Body, declared type and charset, and the address come back as the server gave them."""
    url = site.serve("/a", "<p>Zoë</p>", "text/html; charset=UTF-8")
    fetched = await fetcher.fetch(url)
    assert (fetched.url, fetched.status) == (url, 200)
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.body.decode() == "<p>Zoë</p>"


async def test_it_says_who_asks(site, fetcher):
    """An honest name, no cookie, and only encodings that are bounded while unpacking."""
    site.serve("/a", "x")
    await fetcher.fetch(site.url("/a"))
    headers = site.asked[0].headers
    assert headers["User-Agent"].startswith("Briefbot/")
    assert headers["Accept-Encoding"] == "gzip, br"
    assert "Cookie" not in headers


async def test_cookies_are_not_kept(site, fetcher):
    """A cookie set on one page is not sent with the next."""

    async def bake(_: web.Request) -> web.StreamResponse:
        response = web.Response(status=302, headers={"Location": "/b"})
        response.set_cookie("id", "42")
        return response

    site.handle("/a", bake)
    site.serve("/b", "x")
    await fetcher.fetch(site.url("/a"))
    await fetcher.fetch(site.url("/b"))
    assert [dict(request.cookies) for request in site.asked] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)], ids=["gzip", "br"]
)
async def test_packed_pages_are_unpacked(site, fetcher, name, pack):
    """What the server packed arrives as it was before."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=pack(b"<p>Hello</p>"),
            headers={"Content-Encoding": name, "Content-Type": "text/html"},
        )

    assert (await fetcher.fetch(site.handle("/a", answer))).body == b"<p>Hello</p>"


async def test_unchanged_pages_are_not_sent_again(site, fetcher):
    """What a server gave for comparing is sent back to it, and a 304 is an answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        given = {"ETag": '"v1"', "Last-Modified": "Tue, 05 Mar 2024 08:00:00 GMT"}
        is_same = request.headers.get("If-None-Match") == '"v1"'
        return web.Response(status=304 if is_same else 200, body=None, headers=given)

    url = site.handle("/feed", answer)
    first = await fetcher.fetch(url)
    assert first.validators == Validators('"v1"', "Tue, 05 Mar 2024 08:00:00 GMT")
    second = await fetcher.fetch(url, first.validators)
    assert (second.is_unchanged, second.body) == (True, b"")
    assert site.asked[1].headers["If-Modified-Since"] == "Tue, 05 Mar 2024 08:00:00 GMT"


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500])
async def test_an_error_page_is_no_page(site, fetcher, status):
    """Status 400 and up is an error that carries its status."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text="<p>Sorry</p>")

    with pytest.raises(Unreachable) as caught:
        await fetcher.fetch(site.handle("/a", answer))
    assert (caught.value.url, caught.value.status) == (site.url("/a"), status)


async def test_redirects_are_followed_to_the_end(site, fetcher):
    """Five redirects, relative ones too, lead to the page; its own address comes back."""
    for step in range(5):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.serve("/5", "<p>Hello</p>")
    fetched = await fetcher.fetch(site.url("/0"))
    assert (fetched.url, fetched.body) == (site.url("/5"), b"<p>Hello</p>")


async def test_a_redirect_loop_ends(site, fetcher):
    """More than five redirects are one too many."""
    url = site.redirect("/a", "/a")
    with pytest.raises(Unreachable, match="redirects"):
        await fetcher.fetch(url)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://localhost/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://user@127.0.0.1/",
        "http://127.0.0.1:9/",
    ],
)
async def test_a_redirect_chain_may_not_leave_the_public_web(site, fetcher, target):
    """Every address on the way is checked anew; the error names the one that was asked for."""
    site.redirect("/a", "/b")
    site.redirect("/b", target)
    with pytest.raises(AddressRefused) as caught:
        await fetcher.fetch(site.url("/a"))
    assert caught.value.url == site.url("/a")
    assert "leads to" in caught.value.detail


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://localhost/", "this machine|outside the public"),
        ("https://localhost:443/", "this machine|outside the public"),
        ("https://127.1/", "malformed"),
    ],
)
async def test_a_name_that_leads_to_a_private_address_is_refused(url, rule):
    """The address that is dialled counts, whatever name or spelling led to it."""
    with pytest.raises(AddressRefused, match=rule):
        await GuardedFetcher().fetch(url)


async def test_nothing_is_asked_of_a_host_that_is_not_opened(site):
    """Without allow_hosts the test's own server is refused, and never sees a request."""
    url = site.serve("/a", "x")
    with pytest.raises(AddressRefused):
        await GuardedFetcher().fetch(url)
    assert site.asked == []


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [("application/pdf", "PDF"), ("image/jpeg", "image"), ("video/mp4", "video")],
)
async def test_other_kinds_are_refused_before_their_body(site, fetcher, content_type, kind):
    """A declared PDF, picture or film is named without waiting for it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": content_type})
        await response.prepare(request)
        await asyncio.sleep(3)
        return response

    began = time.monotonic()
    with pytest.raises(NotAnArticle) as caught:
        await fetcher.fetch(site.handle("/a", answer))
    assert caught.value.detail == kind
    assert time.monotonic() - began < 2


async def test_a_page_without_a_declared_type_is_fetched(site, fetcher):
    """Where the server says nothing, the first bytes will tell."""
    url = site.serve("/a", b"<p>Hello</p>", "application/octet-stream")
    assert (await fetcher.fetch(url)).body == b"<p>Hello</p>"


async def test_a_slow_page_meets_the_deadline(site):
    """A byte now and then does not keep us: the deadline is over everything."""

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(30):
            await response.write(b"x")
            await asyncio.sleep(0.2)
        return response

    hasty = GuardedFetcher(FetchLimits(deadline_seconds=1), allow_hosts=[site.host])
    began = time.monotonic()
    with pytest.raises(TimedOut):
        await hasty.fetch(site.handle("/slow", drip))
    assert time.monotonic() - began < 2


async def test_the_deadline_covers_redirects(site):
    """Each redirect may be quick; all of them together are bounded."""
    for step in range(5):

        async def answer(_: web.Request, step: int = step) -> web.StreamResponse:
            await asyncio.sleep(0.4)
            return web.Response(status=302, headers={"Location": f"/{step + 1}"})

        site.handle(f"/{step}", answer)
    hasty = GuardedFetcher(FetchLimits(deadline_seconds=1), allow_hosts=[site.host])
    with pytest.raises(TimedOut):
        await hasty.fetch(site.url("/0"))


async def test_a_page_over_the_limit_is_refused(site):
    """The limit counts bytes, and the error carries it."""
    small = GuardedFetcher(FetchLimits(max_bytes=1_000), allow_hosts=[site.host])
    assert len((await small.fetch(site.serve("/a", b"x" * 1_000))).body) == 1_000
    with pytest.raises(TooLarge) as caught:
        await small.fetch(site.serve("/b", b"x" * 1_001))
    assert caught.value.limit == 1_000


def pack_bomb() -> bytes:
    """300 MB of a page, in about 300 kB."""
    packer = zlib.compressobj(level=9, wbits=31)
    pieces = [packer.compress(b"<p>" + b" " * MEGABYTE) for _ in range(300)]
    return b"".join([*pieces, packer.flush()])


async def test_a_bomb_is_defused(site, fetcher):
    """300 MB behind a few kilobytes cost at most 64 MB of memory."""
    bomb = pack_bomb()
    assert len(bomb) < MEGABYTE

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=bomb, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}
        )

    site.serve("/small", "x")
    await fetcher.fetch(site.url("/small"))
    process, peak = psutil.Process(), 0
    idle = process.memory_info().rss

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, process.memory_info().rss - idle)
            await asyncio.sleep(0.002)

    watching = asyncio.create_task(watch())
    with pytest.raises(TooLarge):
        await fetcher.fetch(site.handle("/bomb", answer))
    watching.cancel()
    assert peak < 64 * MEGABYTE


async def test_a_broken_answer_is_ours_to_name(site, fetcher):
    """What does not unpack is unreachable, not a library's exception."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=b"no gzip", headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}
        )

    with pytest.raises(Unreachable):
        await fetcher.fetch(site.handle("/a", answer))


async def test_nobody_answers(fetcher, site):
    """A closed port is unreachable, and another try may help."""
    url = site.url("/a")
    await site.server.close()
    with pytest.raises(Unreachable) as caught:
        await fetcher.fetch(url)
    assert caught.value.retryable
    assert caught.value.status is None
