"""The summarizer that asks a model, within time and budget, and otherwise has the embedded answer.

It neither speaks to a provider nor judges an answer: asking, exchange and settle do.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from pydantic import ValidationError

from briefings.article import Article
from briefings.briefing import Briefing, Checks, Usage
from briefings.errors import (
    FallbackReason,
    ForeignUnread,
    ForeignUnreadNow,
    InvalidBriefing,
    ModelFailed,
    ReplyRejected,
)
from briefings.explanation import Explained
from briefings.languages import ENGLISH
from briefings.ports import Explainer
from briefings.sharing import Shared
from briefings.summarizers.llm.asked import Asked
from briefings.summarizers.llm.asking import Asking, Limits
from briefings.summarizers.llm.budget import Budget, Charge, charge, share_cost
from briefings.summarizers.llm.exchange import Exchange
from briefings.summarizers.llm.prompt import NAME, VERSION
from briefings.summarizers.llm.repair import mend, wrong_parts
from briefings.verification.proposal import Proposal

#: Of the time limit, what stays for the embedded engine and the checks: an article of 3,000 words
#: takes them half a second each.
_RESERVED = 0.2
_MOST_KEPT = 200
_LIMITS = Limits()
#: What may be otherwise in an hour.
_PASSING: tuple[FallbackReason, ...] = ("timeout", "rate limit", "server", "budget")
#: What was used, and why a model's answer was not; None where it was.
OnUsage = Callable[[str, Usage, FallbackReason | None], None]


class Embedded(Explainer, Protocol):
    """The engine that needs no model, and that knows how to hold one's proposal to the article."""

    async def settle(self, article: Article, proposal: Proposal, asked: Asked) -> Explained:
        """What of a proposal holds; see `settle.settle`."""
        ...


class LlmSummarizer:
    """Asks a model once for each text, however many want the briefing; keeps what it answered.

    Whatever goes wrong with the model, the embedded engine's briefing comes back within the time
    limit and names the reason in `engine.fallback`. An article that only a model can read raises
    ForeignUnread instead.
    """

    name = NAME

    def __init__(
        self,
        exchange: Exchange,
        embedded: Embedded,
        budget: Budget,
        *,
        limits: Limits = _LIMITS,
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

    def into(self, language: str) -> Explainer:
        """The same, its lines translated into a language where the article's is another."""
        return _Into(self, language)

    async def summarize(self, article: Article) -> Briefing:
        """The model's briefing, or the embedded engine's with the reason; raise SummaryError."""
        return (await self.explain(article)).briefing

    async def explain(self, article: Article, language: str = ENGLISH) -> Explained:
        """The same with the reasons for its lines; raise SummaryError or ForeignUnread."""
        # Dates are resolved against the day of publication, which is no part of the text.
        asked = f"{article.sha256} {article.published} {VERSION} {self._exchange.model}"
        key = f"{asked} {article.language} {language}"
        made = self._kept.get(key)
        if made is None:
            made = await share_cost(
                self._shared, key, lambda: self._make(key, article, language), _is_unpaid
            )
        return _for_article(made, article)

    async def _make(self, key: str, article: Article, language: str) -> Explained:
        asking = Asking(
            article, language, self._exchange, self._budget, limits=self._limits, room=self._room
        )
        end = asyncio.get_running_loop().time() + self._limits.seconds * (1 - _RESERVED)
        try:
            async with asyncio.timeout_at(end):
                proposal = await asking.propose()
            made = await self._settle(asking, proposal)
        except TimeoutError:
            return await self._stand_in(asking, "timeout")
        except ModelFailed as failed:
            return await self._stand_in(asking, failed.reason)
        except (InvalidBriefing, ValidationError, ReplyRejected):
            return await self._stand_in(asking, "nothing held")
        made = await self._repair(asking, proposal, made, end)
        self._tell(asking.usage, made.briefing.engine.fallback)
        self._keep(key, made)
        return made

    async def _settle(self, asking: Asking, proposal: Proposal) -> Explained:
        asked = Asked(self._exchange.model, asking.usage, asking.language)
        return await self._embedded.settle(asking.article, proposal, asked)

    async def _repair(
        self, asking: Asking, proposal: Proposal, made: Explained, end: float
    ) -> Explained:
        """The briefing with what the model put right of the lines that did not hold, if it could.

        What is wrong twice stays out, as if nobody had asked again.
        """
        wrong = wrong_parts(made.briefing.engine.checks)
        if not wrong or not self._limits.repairs:
            return made
        try:
            async with asyncio.timeout_at(end):
                repair = await asking.repair(proposal, wrong)
            again = await self._settle(asking, mend(proposal, repair, wrong))
        except (TimeoutError, ModelFailed, InvalidBriefing, ValidationError, ReplyRejected):
            return _with_engine(made, usage=asking.usage)
        checks = again.briefing.engine.checks
        mended = len(wrong.keys() - wrong_parts(checks).keys())
        return _with_engine(again, checks=checks.model_copy(update={"mended": mended}))

    async def _stand_in(self, asking: Asking, reason: FallbackReason) -> Explained:
        """The embedded engine's briefing, which says why it is not the model's."""
        article = asking.article
        self._tell(asking.usage, reason)
        if article.language != ENGLISH:
            error = ForeignUnreadNow if reason in _PASSING else ForeignUnread
            raise error(article.url or article.title, language=article.language, reason=reason)
        made = await self._embedded.explain(article)
        return _with_engine(made, fallback=reason, prompt=VERSION, usage=asking.usage)

    def _tell(self, usage: Usage, fallback: FallbackReason | None) -> None:
        charge(Charge(self._exchange.model, usage, fallback))
        self._on_usage(self._exchange.model, usage, fallback)

    def _keep(self, key: str, made: Explained) -> None:
        self._kept[key] = made
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


class _Into:
    """An engine that writes in one language."""

    name = NAME

    def __init__(self, engine: LlmSummarizer, language: str) -> None:
        self._engine = engine
        self._language = language

    async def summarize(self, article: Article) -> Briefing:
        return (await self.explain(article)).briefing

    async def explain(self, article: Article) -> Explained:
        return await self._engine.explain(article, self._language)


def _is_unpaid(made: Explained) -> bool:
    return made.briefing.engine.fallback == "budget"


def _with_engine(
    made: Explained, **facts: Checks | Usage | FallbackReason | str | None
) -> Explained:
    engine = made.briefing.engine.model_copy(update=facts)
    return made.model_copy(update={"briefing": made.briefing.model_copy(update={"engine": engine})})


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
