"""The summarizer that needs no network; everything else in here is how it works."""

from briefings.summarizers.extractive.compose import ExtractiveSummarizer

__all__ = ["ExtractiveSummarizer"]
