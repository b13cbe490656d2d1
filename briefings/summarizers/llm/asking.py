"""What one briefing asks of a model: a proposal, and perhaps once more what did not hold.

It keeps to the limits and counts what was taken; what comes back is judged elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from briefings.article import Article
from briefings.briefing import Usage
from briefings.errors import ModelFailed
from briefings.summarizers.llm.budget import Budget
from briefings.summarizers.llm.exchange import Exchange
from briefings.summarizers.llm.prompt import (
    ANSWER_TOKENS,
    NAME,
    Prompt,
    write_merge,
    write_prompts,
    write_repair,
)
from briefings.summarizers.llm.repair import show_lines
from briefings.summarizers.llm.reply import Repair, Reply, to_proposal
from briefings.summarizers.llm.translation import drop_translations
from briefings.verification.proposal import Proposal

R = TypeVar("R", bound=BaseModel)
_NOTHING = Usage(exchanges=0, tokens_in=0, tokens_out=0, cost=0.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one briefing, queueing included; tokens for one, and for one exchange of it.

    `repairs`: whether lines that did not hold go back to the model, once.
    """

    seconds: float = 60.0
    tokens: int = 60_000
    exchange_tokens: int = 16_000
    at_once: int = 2
    repairs: bool = True


class Asking:
    """The exchanges of one briefing, and what they took so far."""

    def __init__(
        self,
        article: Article,
        language: str,
        exchange: Exchange,
        budget: Budget,
        *,
        limits: Limits,
        room: asyncio.Semaphore,
    ) -> None:
        self.article = article
        self.language = language
        self.usage = _NOTHING
        self._exchange = exchange
        self._budget = budget
        self._limits = limits
        self._room = room

    async def propose(self) -> Proposal:
        """What the model says of the whole article. Raises ModelFailed."""
        limits = self._limits
        prompts = write_prompts(self.article, tokens=limits.exchange_tokens, into=self.language)
        exchanges = len(prompts) + (len(prompts) > 1)
        await self._afford(sum(prompt.tokens for prompt in prompts), exchanges)
        async with self._room:
            replies = [await self._ask(prompt, Reply) for prompt in prompts]
            if len(replies) == 1:
                return self._to_proposal(replies[0])
            lines = [reply.model_dump_json(exclude_defaults=True) for reply in replies]
            merge = write_merge(lines, self.article, tokens=limits.exchange_tokens)
            return self._to_proposal(await self._ask(merge, Reply))

    async def repair(self, proposal: Proposal, wrong: Mapping[str, str]) -> Repair:
        """What the model makes of lines that did not hold: `wrong`, each with its reason.

        Raises ModelFailed.
        """
        prompt = write_repair(
            show_lines(proposal, wrong),
            self.article,
            tokens=self._limits.exchange_tokens,
            into=self.language,
        )
        await self._afford(prompt.tokens, 1)
        async with self._room:
            return await self._ask(prompt, Repair)

    def _to_proposal(self, reply: Reply) -> Proposal:
        proposal = to_proposal(reply)
        is_asked = self.language != self.article.language
        return proposal if is_asked else drop_translations(proposal)

    async def _afford(self, tokens: int, exchanges: int) -> None:
        if self._taken + tokens + exchanges * ANSWER_TOKENS > self._limits.tokens:
            raise ModelFailed(NAME, "more tokens than a briefing may take", reason="too long")
        if not await self._budget.take(exchanges):
            raise ModelFailed(NAME, "no exchanges left today", reason="budget")

    async def _ask(self, prompt: Prompt, shape: type[R]) -> R:
        try:
            answer = await self._exchange.ask(
                prompt, shape, tokens=self._limits.tokens - self._taken
            )
        except ModelFailed as failed:
            self._add(Usage(exchanges=1, tokens_in=failed.tokens[0], tokens_out=failed.tokens[1]))
            raise
        except asyncio.CancelledError:  # out of time: what was sent was sent
            self._add(Usage(exchanges=1, tokens_in=0, tokens_out=0))
            raise
        self._add(answer.usage)
        return answer.reply

    @property
    def _taken(self) -> int:
        return self.usage.tokens_in + self.usage.tokens_out

    def _add(self, more: Usage) -> None:
        before = self.usage
        has_prices = before.cost is not None and more.cost is not None
        self.usage = Usage(
            exchanges=before.exchanges + more.exchanges,
            tokens_in=before.tokens_in + more.tokens_in,
            tokens_out=before.tokens_out + more.tokens_out,
            cost=(before.cost or 0.0) + (more.cost or 0.0) if has_prices else None,
        )
