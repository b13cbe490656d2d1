"""Checks that a line judges nobody: words of judgement must be the evidence's own.

A closed list of words; a verdict in other words is caught where nothing supports it.
"""

from __future__ import annotations

from briefings.language.lexicon import words as listed
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine


def check_verdict(read: ReadLine) -> Reason | None:
    """No word of judgement that the evidence does not have."""
    if read.is_cut_out:
        return None
    theirs = {e.lower_ for e in read.evidence} | {e.lemma_.lower() for e in read.evidence}
    judging = (w for w in read.words if w.lower_ in listed("verification.verdict", "words"))
    return (
        "verdict"
        if any(w.lower_ not in theirs and w.lemma_.lower() not in theirs for w in judging)
        else None
    )
