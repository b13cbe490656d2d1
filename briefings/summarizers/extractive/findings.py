"""What is found in an article once and asked for again and again: its cast and its attributions.

Made by whoever looks first, and handed on from the making of a briefing to its checks.
"""

from __future__ import annotations

from functools import cached_property

from briefings.language.reading import Reading
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cast import Cast


class Findings:
    """Who is in the story of a reading, and who is said to say what, looked for when asked."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def cast(self) -> Cast:
        """Everybody in the story."""
        return Cast(self.reading)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say what, in order."""
        return find_attributions(self.reading, self.cast)
