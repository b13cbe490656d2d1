"""A server on loopback that answers like OpenAI's, as a test scripts it; and an engine on it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from briefings.article import Article
from briefings.summarizers.embedded import ExtractiveSummarizer
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import Budget, MemoryLedger
from briefings.summarizers.llm.engine import LlmSummarizer
from briefings.summarizers.llm.exchange import connect
from briefings.summarizers.llm.settle import settle
from briefings.testing import FixedClock

ARTICLES = Path(__file__).parents[3] / "data/articles"
Act = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScriptedServer:
    """Answers each call with the next act of its script; the last stays. `asked`: the bodies."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.script: list[Act] = []
        self.base_url = ""
        self.most_at_once = 0
        self._at_once = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return await (self.script.pop(0) if len(self.script) > 1 else self.script[0])(request)
        finally:
            self._at_once -= 1

    def say(self, content: str | None, **message: object) -> Act:
        """Answers 200 with these words of the assistant."""
        body = {
            "id": "c1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": "tiny",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": message.pop("finish_reason", "stop"),
                    "message": {"role": "assistant", "content": content, **message},
                }
            ],
            "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1_000},
        }

        async def act(_: web.Request) -> web.StreamResponse:
            return web.json_response(body)

        return act

    def fail(self, status: int, **headers: str) -> Act:
        async def act(_: web.Request) -> web.StreamResponse:
            return web.json_response(
                {"error": {"message": "no", "type": "x"}}, status=status, headers=headers
            )

        return act

    def hang(self, seconds: float, then: Act | None = None) -> Act:
        async def act(request: web.Request) -> web.StreamResponse:
            await asyncio.sleep(seconds)
            return await (then or self.fail(500))(request)

        return act

    def cut_off(self) -> Act:
        """Promises more than it sends, and hangs up."""

        async def act(request: web.Request) -> web.StreamResponse:
            answer = web.StreamResponse(
                headers={"Content-Type": "application/json", "Content-Length": "500"}
            )
            await answer.prepare(request)
            await answer.write(b'{"id": "c1", "cho')
            assert request.transport is not None
            request.transport.close()
            return answer

        return act


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    scripted = ScriptedServer()
    application = web.Application()
    application.router.add_post("/v1/chat/completions", scripted.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    scripted.base_url = f"http://{host}:{port}/v1"
    yield scripted
    await runner.cleanup()


class Embedded(ExtractiveSummarizer):
    """The embedded engine, here and now."""

    async def settle(self, article, proposal, asked):
        return settle(article, proposal, asked)


@pytest.fixture
def embedded() -> Embedded:
    return Embedded()


@pytest.fixture
def engine(server, embedded):
    """An engine on the scripted server: `engine(per_day=2, seconds=1)`."""

    def make(per_day: int = 100, clock=None, ledger=None, on_usage=lambda *_: None, **limits):
        return LlmSummarizer(
            connect("openai:tiny", base_url=server.base_url),
            embedded,
            Budget(per_day, ledger or MemoryLedger(), clock or FixedClock()),
            limits=Limits(**limits),
            on_usage=on_usage,
        )

    return make


def read_sample(name: str) -> Article:
    title, *paragraphs = (
        line for line in (ARTICLES / f"{name}.txt").read_text().splitlines() if line.strip()
    )
    return Article.compose(title, paragraphs, retrieved_at=datetime(2026, 3, 2, tzinfo=UTC))


@pytest.fixture
def sample() -> Callable[[str], Article]:
    """One of the project's own articles by name."""
    return read_sample


@pytest.fixture
def article() -> Article:
    return read_sample("court-ruling")


@pytest.fixture
def good_reply() -> dict[str, Any]:
    """What a faithful model says of the article."""
    return {
        "summary": {
            "text": "Avelland's Supreme Court struck down a law that allowed the government to set"
            " aside the decisions of regional water tribunals.",
            "sentences": [2],
            "quotes": ["struck down a law that allowed the government"],
        },
        "contested": False,
        "actors": [
            {"text": "Lena Strand", "type": "person", "sentences": [23], "quotes": ["Lena Strand"]}
        ],
        "claims": [
            {
                "speaker": "AvelPower",
                "verb": "warned",
                "kind": "warn",
                "text": "it might have to shut one of the three turbines at its Ister plant",
                "sentences": [25],
                "quotes": ["it might have to shut one of the three turbines"],
            }
        ],
        "stakes": [
            {
                "text": "AvelPower might have to shut one of the three turbines at its plant.",
                "status": "risk",
                "according_to": "AvelPower",
                "sentences": [25],
                "quotes": ["might have to shut one of the three turbines"],
            }
        ],
    }


@pytest.fixture
def good_answer(server, good_reply) -> Act:
    return server.say(json.dumps(good_reply))
