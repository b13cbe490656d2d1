"""A small server for monitoring: /healthz says whether all is well, /metrics gives the figures.

It judges nothing: whether a part is well is that part's own word.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.metrics import Metrics

#: Says what is wrong with a part, or "" where nothing is.
Check = Callable[[], Awaitable[str]]


class HealthServer:
    """Serves on one address until it is closed; `checks` by the name of their part."""

    def __init__(self, checks: Mapping[str, Check], metrics: Metrics) -> None:
        self._checks = checks
        self._metrics = metrics
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port: a free one for 0. Raises OSError where it is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._figures)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        """200 where every part is well, else 503; what is wrong, by part."""
        found = {name: await check() for name, check in self._checks.items()}
        is_well = not any(found.values())
        told = {name: wrong or "ok" for name, wrong in found.items()}
        return web.json_response(told, status=200 if is_well else 503)

    async def _figures(self, _: web.Request) -> web.Response:
        body = generate_latest(self._metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
