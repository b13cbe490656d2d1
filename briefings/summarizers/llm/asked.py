"""Who was asked for a proposal, for the briefing to say; it knows nothing of what was proposed."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.briefing import Usage
from briefings.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class Asked:
    """Which model was asked, and what it took."""

    model: str
    usage: Usage
    #: In which translations were asked for.
    language: str = ENGLISH
