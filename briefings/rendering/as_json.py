"""A briefing for machines: the object of the contract, whole.

No section is left out and nothing is worded here; the models are the shape.
"""

from __future__ import annotations

from briefings.briefing import Briefing
from briefings.explanation import Explained, Explanation


def render_json(briefing: Briefing) -> str:
    """One object of the shape "briefing/1", indented by 2; the same briefing, the same bytes."""
    return briefing.model_dump_json(indent=2, by_alias=True)


def render_explained_json(briefing: Briefing, explanation: Explanation) -> str:
    """One object {"briefing", "explanation"}: the contract's own, and "explanation/1" beside it."""
    explained = Explained(briefing=briefing, explanation=explanation)
    return explained.model_dump_json(indent=2, by_alias=True)
