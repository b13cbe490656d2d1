"""What monitoring sees, over a real socket."""

import aiohttp
import pytest

from bot.health import HealthServer
from bot.metrics import Metrics


@pytest.fixture
async def ask():
    servers = []

    async def serve(wrong: str) -> dict[str, tuple[int, str]]:
        async def check() -> str:
            return wrong

        metrics = Metrics()
        metrics.deliveries.labels("slack", "sent").inc()
        server = HealthServer({"database": check}, metrics)
        servers.append(server)
        port = await server.start("127.0.0.1", 0)
        answers = {}
        async with aiohttp.ClientSession() as session:
            for path in ("/healthz", "/metrics", "/other"):
                async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                    answers[path] = response.status, await response.text()
        return answers

    yield serve
    for server in servers:
        await server.close()


@pytest.mark.parametrize(
    ("wrong", "status", "body"),
    [("", 200, '{"database": "ok"}'), ("unreachable", 503, '{"database": "unreachable"}')],
    ids=["well", "unwell"],
)
async def test_health_is_each_part_s_own_word(ask, wrong, status, body):
    """One unwell part makes the whole unwell, and is named."""
    assert (await ask(wrong))["/healthz"] == (status, body)


async def test_figures_are_served_for_prometheus(ask):
    """Counts come in Prometheus' text format; other paths are not found."""
    answers = await ask("")
    assert (
        'briefbot_deliveries_total{outcome="sent",platform="slack"} 1.0' in answers["/metrics"][1]
    )
    assert answers["/other"][0] == 404
