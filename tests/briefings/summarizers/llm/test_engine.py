"""The engine's rules about time, budget and what it keeps, with the library's own test models."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic_ai.messages import ModelResponse, TextPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.models.test import TestModel

from briefings.article import Article
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import Budget, MemoryLedger, paid_by
from briefings.summarizers.llm.engine import LlmSummarizer
from briefings.summarizers.llm.exchange import ModelExchange
from briefings.testing import FixedClock


def faithful(calls):
    """A model that copies the article's first sentences and remembers each message."""

    def answer(messages, _):
        text = messages[-1].parts[-1].content
        calls.append(text)
        if text.startswith("<parts"):
            return ModelResponse(parts=[TextPart(text.splitlines()[1])])
        numbered = [line for line in text.splitlines() if line.startswith("[")]
        number, _, sentence = numbered[min(2, len(numbered) - 1)].partition("] ")
        line = {"text": sentence, "sentences": [int(number[1:])], "quotes": [sentence]}
        return ModelResponse(parts=[TextPart(json.dumps({"summary": line, "contested": False}))])

    return FunctionModel(answer)


@pytest.fixture
def calls():
    return []


@pytest.fixture
def make(embedded, calls):
    def build(per_day=100, clock=None, ledger=None, model=None, **limits):
        return LlmSummarizer(
            ModelExchange(model or faithful(calls), "test:model"),
            embedded,
            Budget(per_day, ledger or MemoryLedger(), clock or FixedClock()),
            limits=Limits(**limits),
        )

    return build


def ten_articles():
    return [
        Article.compose(
            f"Ferry {i} stops",
            [f"The crew of ferry {i} stopped work on Monday. The owner said it would wait."],
            retrieved_at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        for i in range(10)
    ]


async def test_a_budget_of_two_and_ten_articles(make, calls):
    """Two are the model's, eight the embedded engine's, and each of these says why."""
    engine = make(per_day=2)
    engines = [(await engine.summarize(article)).engine for article in ten_articles()]
    assert [(made.name, made.fallback) for made in engines] == [
        *[("llm", None)] * 2,
        *[("extractive", "budget")] * 8,
    ]
    assert len(calls) == 2


async def test_ten_articles_at_once_spend_no_more(make, calls):
    """The budget holds for what is asked for at the same time as well."""
    engine = make(per_day=2)
    made = await asyncio.gather(*(engine.summarize(article) for article in ten_articles()))
    assert sum(briefing.engine.name == "llm" for briefing in made) == len(calls) == 2


async def test_a_new_day_has_a_budget_of_its_own(make):
    """What was spent yesterday, in UTC, no longer counts."""
    clock = FixedClock()
    engine = make(per_day=1, clock=clock)
    first, second, third, *_ = ten_articles()
    await engine.summarize(first)
    assert (await engine.summarize(second)).engine.fallback == "budget"
    clock.instant += timedelta(days=1)
    assert (await engine.summarize(third)).engine.fallback is None


async def test_the_budget_outlives_the_engine(make):
    """A ledger that is kept keeps what was spent."""
    ledger = MemoryLedger()
    first, second, *_ = ten_articles()
    await make(per_day=1, ledger=ledger).summarize(first)
    assert (await make(per_day=1, ledger=ledger).summarize(second)).engine.fallback == "budget"


async def test_each_tenant_pays_for_itself(make, calls):
    """One tenant's spent budget is not another's, and what one paid for serves both."""
    engine = make(per_day=1)
    first, second, *_ = ten_articles()

    async def ask(payer, article):
        with paid_by(payer):
            return (await engine.summarize(article)).engine.fallback

    assert [await ask("slack A", first), await ask("slack A", second)] == [None, "budget"]
    assert [await ask("slack B", second), await ask("slack A", second)] == [None, None]
    assert len(calls) == 2


async def test_two_tenants_at_once(make, calls):
    """Who shares another's work and finds that one's budget spent has its own asked."""
    engine = make(per_day=1)
    first, second, *_ = ten_articles()

    async def ask(payer, article):
        with paid_by(payer):
            return (await engine.summarize(article)).engine.fallback

    await ask("slack A", first)
    assert await asyncio.gather(ask("slack A", second), ask("slack B", second)) == ["budget", None]
    assert len(calls) == 2


async def test_a_long_article_goes_in_parts_with_one_merge(make, calls):
    """Each part is asked about, then all their answers together, and all of it is counted."""
    sentences = [f"The crew of ferry {i} stopped work on Monday for more rest." for i in range(400)]
    article = Article.compose(
        "Ferries stop", sentences, retrieved_at=datetime(2026, 3, 2, tzinfo=UTC)
    )
    briefing = await make(exchange_tokens=9_000).summarize(article)
    *parts, merge = (text.partition(" ")[0] for text in calls)
    assert (set(parts), merge) == ({"<article"}, "<parts")
    assert len(parts) > 1
    assert briefing.engine.usage.exchanges == len(calls)
    assert briefing.engine.name == "llm"


async def test_more_tokens_than_a_briefing_may_take(make, calls, article):
    """What can be seen beforehand not to fit is not sent."""
    briefing = await make(tokens=5_000).summarize(article)
    assert briefing.engine.fallback == "too long"
    assert calls == []


async def test_an_answer_of_the_right_shape_and_no_sense(make, article):
    """The library's own stand-in fills in the shape with letters: none of it is kept."""
    model = TestModel(
        custom_output_text='{"summary": {"text": "a", "sentences": [0]}, "contested": true}'
    )
    briefing = await make(model=model).summarize(article)
    assert briefing.engine.fallback == "nothing held"
    assert briefing.engine.checks.dropped[0].part == "summary"


async def test_the_same_text_elsewhere_keeps_its_own_address(make, calls):
    """A kept briefing is given with the address that it was asked for."""
    engine = make()
    article, *_ = ten_articles()
    await engine.summarize(article)
    other = Article(
        title=article.title,
        text=article.text,
        retrieved_at=article.retrieved_at,
        url="https://news.example/copy",
    )
    assert (await engine.summarize(other)).source.url == "https://news.example/copy"
    assert len(calls) == 1


async def test_every_line_is_explained(make, article):
    """Each line says that the model proposed it, or that the embedded engine's stands in."""
    explained = await make().explain(article)
    assert "test:model proposed it" in explained.explanation.reasons_for("summary")[0].rule
