"""Fetch what strangers paste: bounded in time, size and redirects, each address checked.

It follows redirects and maps nothing to articles; one HTTP exchange is `wire`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from briefings.errors import AddressRefused, TimedOut, Unreachable
from briefings.ports import Fetched, Validators
from briefings.sources.guard import AllowedHosts, why_url_refused
from briefings.sources.urls import resolve_link

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
FIRST_ERROR_STATUS = 400


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost: decoded bytes, redirects, and seconds from first to last."""

    max_bytes: int = 5_000_000
    max_redirects: int = 5
    deadline_seconds: float = 20.0


class GuardedFetcher:
    """The Fetcher that dials. `allow_hosts`: `host` or `host:port`, opened on purpose.

    Beyond what the port names, `fetch` raises NotAnArticle for a kind of content that nobody can
    read as text, before its body is read. It keeps no connection, cookie or file between calls.
    """

    def __init__(
        self,
        limits: FetchLimits = FetchLimits(),
        *,
        allow_hosts: Iterable[str] = (),
    ) -> None:
        self.limits = limits
        self._allowed = AllowedHosts.of(allow_hosts)

    async def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        try:
            async with asyncio.timeout(self.limits.deadline_seconds):
                return await self._follow(url, validators or Validators())
        except TimeoutError as error:
            raise TimedOut(url, f"{self.limits.deadline_seconds:g} s") from error

    async def _follow(self, asked: str, validators: Validators) -> Fetched:
        # aiohttp costs a third of a second to import, and a text file needs no network.
        from briefings.sources.wire import exchange  # noqa: PLC0415

        url = asked
        for _ in range(self.limits.max_redirects + 1):
            self._check(url, asked)
            answer = await exchange(
                url,
                asked=asked,
                validators=validators,
                allowed=self._allowed,
                max_bytes=self.limits.max_bytes,
            )
            if not answer.location:
                return answer.fetched
            url = _next_url(url, answer.location, asked)
        raise Unreachable(asked, f"more than {self.limits.max_redirects} redirects")

    def _check(self, url: str, asked: str) -> None:
        if rule := why_url_refused(url, self._allowed):
            raise AddressRefused(asked, rule if url == asked else f"it leads to {url}: {rule}")


def _next_url(url: str, location: str, asked: str) -> str:
    target = resolve_link(url, location)
    if target is None:
        raise AddressRefused(asked, "it leads to an address that is neither http nor https")
    return target
