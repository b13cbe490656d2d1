"""The summarizer that asks a model, within time and budget, and otherwise has the embedded answer.

It neither speaks to a provider nor judges an answer: exchange and settle do.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pydantic import ValidationError

from briefings.article import Article
from briefings.briefing import Briefing, Usage
from briefings.errors import FallbackReason, InvalidBriefing, ModelFailed
from briefings.explanation import Explained
from briefings.ports import Explainer
from briefings.sharing import Shared
from briefings.summarizers.llm.asked import Asked
from briefings.summarizers.llm.budget import Budget, current_payer
from briefings.summarizers.llm.exchange import Answer, Exchange
from briefings.summarizers.llm.prompt import (
    ANSWER_TOKENS,
    NAME,
    VERSION,
    Prompt,
    write_merge,
    write_prompts,
)
from briefings.summarizers.llm.reply import Reply, to_proposal
from briefings.verification.proposal import Proposal

#: Of the time limit, what stays for the embedded engine and the checks: an article of 3,000 words
#: takes them half a second each.
_RESERVED = 0.2
_MOST_KEPT = 200
_NOTHING = Usage(exchanges=0, tokens_in=0, tokens_out=0, cost=0.0)
#: What was used, and why a model's answer was not; None where it was.
OnUsage = Callable[[str, Usage, FallbackReason | None], None]


class Embedded(Explainer, Protocol):
    """The engine that needs no model, and that knows how to hold one's proposal to the article."""

    async def settle(self, article: Article, proposal: Proposal, asked: Asked) -> Explained:
        """What of a proposal holds; see `settle.settle`."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one briefing, queueing included; tokens for one, and for one exchange of it."""

    seconds: float = 60.0
    tokens: int = 60_000
    exchange_tokens: int = 16_000
    at_once: int = 2


class LlmSummarizer:
    """Asks a model once for each text, however many want the briefing; keeps what it answered.

    Whatever goes wrong with the model, the embedded engine's briefing comes back within the time
    limit and names the reason in `engine.fallback`.
    """

    name = NAME

    def __init__(
        self,
        exchange: Exchange,
        embedded: Embedded,
        budget: Budget,
        *,
        limits: Limits = Limits(),  # frozen
        on_usage: OnUsage = lambda *_: None,
    ) -> None:
        self._exchange = exchange
        self._embedded = embedded
        self._budget = budget
        self._limits = limits
        self._on_usage = on_usage
        self._room = asyncio.Semaphore(limits.at_once)
        self._shared: Shared[Explained] = Shared()
        self._kept: OrderedDict[str, Explained] = OrderedDict()

    async def summarize(self, article: Article) -> Briefing:
        """The model's briefing, or the embedded engine's with the reason; raise SummaryError."""
        return (await self.explain(article)).briefing

    async def explain(self, article: Article) -> Explained:
        """The same with the reasons for its lines; raise SummaryError."""
        # Dates are resolved against the day of publication, which is no part of the text.
        key = f"{article.sha256} {article.published} {VERSION} {self._exchange.model}"
        kept = self._kept.get(key)
        made = kept or await self._share(key, article)
        return _for_article(made, article)

    async def _share(self, key: str, article: Article) -> Explained:
        is_own = False

        async def make() -> Explained:
            nonlocal is_own
            is_own = True
            return await self._make(key, article)

        made = await self._shared.run(key, make)
        if made.briefing.engine.fallback == "budget" and not is_own:
            # Whoever still has a budget is not told that another's is spent.
            made = await self._shared.run(f"{key} {current_payer()}", make)
        return made

    async def _make(self, key: str, article: Article) -> Explained:
        spent = _Spent()
        try:
            async with asyncio.timeout(self._limits.seconds * (1 - _RESERVED)):
                proposal = to_proposal(await self._ask(article, spent))
        except TimeoutError:
            return await self._stand_in(article, "timeout", spent.usage)
        except ModelFailed as failed:
            return await self._stand_in(article, failed.reason, spent.usage)
        asked = Asked(self._exchange.model, spent.usage)
        try:
            made = await self._embedded.settle(article, proposal, asked)
        except (InvalidBriefing, ValidationError):
            return await self._stand_in(article, "nothing held", spent.usage)
        self._on_usage(self._exchange.model, spent.usage, made.briefing.engine.fallback)
        self._keep(key, made)
        return made

    async def _ask(self, article: Article, spent: _Spent) -> Reply:
        """One answer for the whole article. Raises ModelFailed."""
        limits = self._limits
        prompts = write_prompts(article, tokens=limits.exchange_tokens)
        exchanges = len(prompts) + (len(prompts) > 1)
        if sum(prompt.tokens for prompt in prompts) + exchanges * ANSWER_TOKENS > limits.tokens:
            raise ModelFailed(NAME, "more tokens than a briefing may take", reason="too long")
        if not await self._budget.take(exchanges):
            raise ModelFailed(NAME, "no exchanges left today", reason="budget")
        async with self._room:
            replies = [await self._exchange_one(prompt, spent) for prompt in prompts]
            if len(replies) == 1:
                return replies[0]
            lines = [reply.model_dump_json(exclude_defaults=True) for reply in replies]
            merge = write_merge(lines, article, tokens=limits.exchange_tokens)
            return await self._exchange_one(merge, spent)

    async def _exchange_one(self, prompt: Prompt, spent: _Spent) -> Reply:
        answer = await self._exchange.ask(prompt, tokens=self._limits.tokens - spent.tokens)
        spent.add(answer)
        return answer.reply

    async def _stand_in(self, article: Article, reason: FallbackReason, usage: Usage) -> Explained:
        """The embedded engine's briefing, which says why it is not the model's."""
        self._on_usage(self._exchange.model, usage, reason)
        made = await self._embedded.explain(article)
        engine = made.briefing.engine.model_copy(
            update={"fallback": reason, "prompt": VERSION, "usage": usage}
        )
        return made.model_copy(
            update={"briefing": made.briefing.model_copy(update={"engine": engine})}
        )

    def _keep(self, key: str, made: Explained) -> None:
        self._kept[key] = made
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


class _Spent:
    """What the exchanges of one briefing took so far."""

    def __init__(self) -> None:
        self.usage = _NOTHING

    @property
    def tokens(self) -> int:
        return self.usage.tokens_in + self.usage.tokens_out

    def add(self, answer: Answer) -> None:
        before, more = self.usage, answer.usage
        has_prices = before.cost is not None and more.cost is not None
        self.usage = Usage(
            exchanges=before.exchanges + more.exchanges,
            tokens_in=before.tokens_in + more.tokens_in,
            tokens_out=before.tokens_out + more.tokens_out,
            cost=(before.cost or 0.0) + (more.cost or 0.0) if has_prices else None,
        )


def _for_article(made: Explained, article: Article) -> Explained:
    """The same briefing for the same text as it was read here and now, at another address maybe."""
    source = made.briefing.source.model_copy(
        update={
            "url": article.url,
            "outlet": article.outlet,
            "authors": article.authors,
            "retrieved": article.retrieved_at,
        }
    )
    return made.model_copy(update={"briefing": made.briefing.model_copy(update={"source": source})})
