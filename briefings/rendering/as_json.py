"""A briefing for machines: the object of the contract, whole.

No section is left out and nothing is worded here; the models are the shape.
"""

from __future__ import annotations

from briefings.briefing import Briefing


def render_json(briefing: Briefing) -> str:
    """One object of the shape "briefing/1", indented by 2; the same briefing, the same bytes."""
    return briefing.model_dump_json(indent=2, by_alias=True)
