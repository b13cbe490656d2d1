"""Two tenants and one model: who pays, what is shared, and what the log of a slot says of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.briefer import Briefer
from bot.commands import telling
from bot.engines import Engines, Wish
from bot.messages.models import list_costs
from briefings.briefing import Usage
from briefings.errors import FallbackReason, ForeignUnread, ForeignUnreadNow
from briefings.explanation import Explained
from briefings.summarizers.llm.asking import Limits
from briefings.summarizers.llm.budget import Budget, Charge, MemoryLedger, charge, paid_by
from briefings.summarizers.llm.engine import LlmSummarizer
from briefings.summarizers.llm.exchange import Answer
from briefings.summarizers.llm.reply import LineReply, Reply
from briefings.testing import FakeFetcher, FakeSummarizer, FixedClock

URL, OTHER = "https://news.example/a", "https://news.example/b"


class FakeExchange:
    """Answers at once; `asked` counts."""

    model = "test:tiny"

    def __init__(self) -> None:
        self.asked = 0

    async def ask(self, prompt, shape, *, tokens):  # noqa: ARG002  # the port's
        self.asked += 1
        await asyncio.sleep(0)
        summary = LineReply(text="x", sentences=[0])
        usage = Usage(exchanges=1, tokens_in=900, tokens_out=100, cost=0.001)
        return Answer(Reply(summary=summary, contested=False), usage)


class FakeEmbedded(FakeSummarizer):
    """Takes every proposal for granted."""

    async def settle(self, article, proposal, asked):  # noqa: ARG002  # the port's
        made = await self.explain(article)
        engine = made.briefing.engine.model_copy(
            update={"name": "llm", "model": asked.model, "usage": asked.usage}
        )
        briefing = made.briefing.model_copy(update={"engine": engine})
        return Explained(briefing=briefing, explanation=made.explanation)


@pytest.fixture
def exchange():
    return FakeExchange()


@pytest.fixture
def make_model(exchange):
    def make(per_day=1, clock=None):
        budget = Budget(per_day, MemoryLedger(), clock or FixedClock())
        return LlmSummarizer(exchange, FakeEmbedded(), budget, limits=Limits())

    return make


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def briefer(article_page, make_model, clock):
    fetcher = FakeFetcher()
    fetcher.queue_page(URL, article_page("Ferry crews walk out"))
    fetcher.queue_page(OTHER, article_page("Port stays shut"))
    engines = Engines(FakeSummarizer(), make_model(clock=clock))
    return Briefer(fetcher=fetcher, engines=engines, clock=clock)


async def ask(briefer, tenant, url, wish=Wish()):  # noqa: B008  # frozen
    with paid_by(f"slack {tenant}") as bill:
        made = await briefer.brief(url, wish)
    return made.engine.fallback, len(bill.charges)


async def test_a_briefing_of_two_tenants_is_paid_once(briefer, exchange):
    """At the same time or soon after: one exchange, on the bill of whoever asked first."""
    both = await asyncio.gather(ask(briefer, "T1", URL), ask(briefer, "T2", URL))
    later = await ask(briefer, "T2", URL)
    assert [*both, later] == [(None, 1), (None, 0), (None, 0)]
    assert exchange.asked == 1


async def test_a_spent_budget_is_nobody_else_s(briefer, exchange):
    """T1 has spent its one exchange; T2, who asks at the same moment, has its own."""
    await ask(briefer, "T1", URL)
    both = await asyncio.gather(ask(briefer, "T1", OTHER), ask(briefer, "T2", OTHER))
    assert [fallback for fallback, _ in both] == ["budget", None]
    assert exchange.asked == 2
    assert (await ask(briefer, "T1", OTHER))[0] is None, "what T2 paid for serves both"


async def test_a_spent_budget_is_not_kept(briefer, clock):
    """The next day the same address is the model's."""
    await ask(briefer, "T1", URL)
    assert (await ask(briefer, "T1", OTHER))[0] == "budget"
    clock.instant += timedelta(days=1)
    assert (await ask(briefer, "T1", OTHER))[0] is None


async def test_another_wish_is_another_briefing(briefer, exchange):
    """Who wants the embedded engine is not given the model's briefing, and pays nothing."""
    await ask(briefer, "T1", URL)
    with paid_by("slack T1") as bill:
        made = await briefer.brief(URL, Wish("extractive"))
    assert (made.engine.name, bill.charges, exchange.asked) == ("fake", [], 1)


async def test_the_log_of_a_slot_says_what_it_took(world_with, make_model):
    """Tokens and estimated cost, slot by slot; a briefing that fell short says why."""
    world = world_with(model=make_model(per_day=2))
    world.list_entries("Ferry crews walk out", "Port stays shut", "Dam is full")
    made = await world.added("at daily 9:00")  # which shows the first one already
    schedule = await world.store.find_schedule(made)
    await world.store.mark_seen(made, ["x"], world.time.now())
    logged = await world.rounds.run_now(schedule, asked_by="U1")
    lines = telling.log_details(logged)
    assert "test:tiny: 1 briefing, 1 exchange, 1,000 tokens, about $0.0010" in lines
    assert "1 briefing of a language model, made before: at no further cost" in lines
    assert len([line for line in lines if "today's budget for it is spent" in line]) == 1


def usage(exchanges=1, cost=0.001):
    return Usage(exchanges=exchanges, tokens_in=900, tokens_out=100, cost=cost)


COSTS = {
    "one": (
        [Charge("m", usage(), None)],
        ["m: 1 briefing, 1 exchange, 1,000 tokens, about $0.0010"],
    ),
    "two": (
        [Charge("m", usage(), None), Charge("m", usage(2), "malformed")],
        ["m: 2 briefings, 3 exchanges, 2,000 tokens, about $0.0020"],
    ),
    "no price": (
        [Charge("m", usage(cost=None), None)],
        ["m: 1 briefing, 1 exchange, 1,000 tokens, price not known"],
    ),
    "nothing sent": ([Charge("m", usage(0), "budget")], []),
}


@pytest.mark.parametrize(("charges", "lines"), COSTS.values(), ids=COSTS)
def test_what_was_paid_is_one_line(charges, lines):
    """All briefings of a slot together, by model."""
    assert list_costs(charges, []) == lines


async def test_what_others_paid_for_is_told(briefer):
    """A shared briefing costs nothing, and the log says so."""
    await ask(briefer, "T1", URL)
    with paid_by("slack T2") as bill:
        made = await briefer.brief(URL)
    assert list_costs(bill.charges, [made]) == [
        "1 briefing of a language model, made before: at no further cost"
    ]


def test_nobody_s_charge_is_on_no_bill():
    """Outside of `paid_by` nothing is kept."""
    reason: FallbackReason = "server"
    charge(Charge("m", usage(), reason))
    with paid_by("slack T1") as bill:
        pass
    assert bill.charges == []


def test_an_unread_article_may_be_tried_again_where_that_helps():
    """A schedule takes up again what failed for a reason that passes."""
    facts = {"language": "de", "reason": "server"}
    assert ForeignUnreadNow("u", **facts).retryable
    assert not ForeignUnread("u", **facts).retryable
