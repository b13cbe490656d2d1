"""What speaks for a dispute, piece by piece.

Noted where it is weighed, under the name given here; it weighs nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from briefings.explanation import Reason
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.why.places import Entry, Place, reason

#: What the evidence for a dispute is noted under.
HEAT = "heat"
_MOST_STATEMENTS = 6


def why_heat(
    rule: Place,
    reading: Reading,
    aimed: Iterable[tuple[Statement, float]],
    words: dict[str, list[Token]],
    weights: dict[str, float],
) -> Iterator[Reason]:
    """The pieces of evidence for a dispute with what each adds.

    `aimed`: statements with how contentious each is; `words`: lists of lexicons/dispute.toml with
    their words in headline and lead; `weights`: what the pieces add, by name.
    """
    forceful = sorted((pair for pair in aimed if pair[1]), key=lambda pair: -pair[1])
    for s, force in forceful[:_MOST_STATEMENTS]:
        told = f"{s.speaker_text}: a contentious statement ({s.kind})"
        cue = [reading.span(*s.attribution.cue)]
        yield reason("contested", told, rule, words=cue, weight=force)
    for key, found in words.items():
        if found:
            told = "words of dispute in headline and lead add"
            spans = [reading.span(w.i, w.i) for w in found]
            entry = Entry("dispute", key)
            yield reason("contested", told, rule, entry, words=spans, weight=weights[key])
    for told, weight in weights.items():
        if told not in words:
            yield reason("contested", told, rule, weight=weight)
