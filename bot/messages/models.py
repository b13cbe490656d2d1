"""What a language model took, and why its briefing is not there, for logs that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefings.briefing import Briefing
from briefings.errors import FallbackReason, ForeignUnread
from briefings.rendering.wording import FALLBACKS, say_count
from briefings.summarizers.llm.budget import Charge

PAID: Final = "{model}: {briefings}, {exchanges}, {tokens:,} tokens{cost}"
COST: Final = ", about ${cost:.4f}"
NO_PRICE: Final = ", price not known"
SHARED: Final = "{briefings} of a language model, made before: at no further cost"
STOOD_IN: Final = "The embedded engine wrote “{title}”: a language model was to, but {why}"


def list_costs(charges: Sequence[Charge], made: Sequence[Briefing]) -> list[str]:
    """A line for each model that was asked, for what was shared, for each that fell short."""
    models = dict.fromkeys(charge.model for charge in charges if charge.usage.exchanges)
    lines = [_paid(model, [c for c in charges if c.model == model]) for model in models]
    written = sum(b.engine.fallback is None and b.engine.model is not None for b in made)
    shared = written - sum(charge.fallback is None for charge in charges)
    if shared > 0:
        lines.append(SHARED.format(briefings=say_count(shared, "briefing")))
    return lines + [
        STOOD_IN.format(title=briefing.source.title, why=why)
        for briefing in made
        if (why := _why(briefing.engine.fallback))
    ]


def explain_unread(error: ForeignUnread) -> str:
    """Why only a model could have read an article, and did not."""
    return FALLBACKS[error.reason]


def _why(fallback: FallbackReason | None) -> str:
    return FALLBACKS[fallback] if fallback else ""


def _paid(model: str, charges: Sequence[Charge]) -> str:
    usages = [charge.usage for charge in charges]
    prices = [usage.cost for usage in usages if usage.exchanges]
    known = [price for price in prices if price is not None]
    cost = COST.format(cost=sum(known)) if len(known) == len(prices) else NO_PRICE
    return PAID.format(
        model=model,
        briefings=say_count(sum(usage.exchanges > 0 for usage in usages), "briefing"),
        exchanges=say_count(sum(usage.exchanges for usage in usages), "exchange"),
        tokens=sum(usage.tokens_in + usage.tokens_out for usage in usages),
        cost=cost,
    )
