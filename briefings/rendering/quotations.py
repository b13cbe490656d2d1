"""Puts quotation marks around a quoted claim, and only around words the article holds in a row.

It adds marks, never words; what already carries the article's own marks is left alone.
"""

from __future__ import annotations

from briefings.rendering.limits import sentences_of
from briefings.rendering.nodes import Run, Runs

#: Some archives set double marks as two single ones.
_MARKS = (*'"“”„«»', "''", "``")


def quote_claim(text: str, article: str) -> Runs:
    """`text` as runs: a quotation for each stretch that stands in `article` letter for letter.

    A quotation that the article interrupts ("…," she said. "…") becomes two. Where the words
    carry marks of their own, or do not stand in the article, they stay unmarked.
    """
    if any(mark in text for mark in _MARKS):
        return (Run("plain", _balanced(text)),)
    stretches: list[str] = []
    for sentence in sentences_of(text):
        joined = f"{stretches[-1]} {sentence}" if stretches else sentence
        # Where the article goes on after a comma, the claim may have put its own full stop.
        standing = sentence if sentence in article else sentence.rstrip(" .,;")
        if stretches and joined in article:
            stretches[-1] = joined
        elif standing and standing in article:
            stretches.append(standing)
        else:
            return (Run("plain", text),)
    return _spaced(stretches)


def _spaced(stretches: list[str]) -> Runs:
    runs: list[Run] = []
    for stretch in stretches:
        if runs:
            runs.append(Run("plain", " … "))
        runs.append(Run("quotation", stretch.rstrip(" ,;")))
    return tuple(runs)


def _balanced(text: str) -> str:
    """Curly marks that the cutting of the claim left alone get their partner back."""
    first_open, first_close = text.find("“"), text.find("”")
    if first_close >= 0 and (first_open < 0 or first_close < first_open):
        text = f"“{text}"
    return f"{text}”" if text.rfind("“") > text.rfind("”") else text
