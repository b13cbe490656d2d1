"""The embedded engine: composes a briefing offline and holds every line of it to the article.

The one place where the two come together, whoever asks: command, workers, a model's stand-in.
"""

from __future__ import annotations

from briefings.article import Article
from briefings.briefing import Briefing
from briefings.explanation import Explained
from briefings.language.reading import read
from briefings.summarizers.extractive.compose import NAME, compose
from briefings.summarizers.notes import take_notes
from briefings.verification.ground import Ground
from briefings.verification.of_briefing import hold


class ExtractiveSummarizer:
    """No key, no network, the same briefing every time."""

    @property
    def name(self) -> str:
        return NAME

    async def summarize(self, article: Article) -> Briefing:
        """Condense an article; SummaryError where it has no sentence to read."""
        return brief(Ground(read(article)))

    async def explain(self, article: Article) -> Explained:
        """The same briefing with the reasons for its lines; SummaryError as above."""
        with take_notes() as notes:
            briefing = brief(Ground(read(article)))
        return Explained(briefing=briefing, explanation=notes.explain(briefing))


def brief(ground: Ground) -> Briefing:
    """What of the composed briefing of an article holds; SummaryError as above."""
    return hold(compose(ground.reading, ground.findings), ground)
