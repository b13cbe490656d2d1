"""What sets two members against each other, and what speaks for a dispute, piece by piece.

Noted where it is weighed, under the names given here; it weighs nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from briefings.explanation import Reason
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.why.places import Entry, Place, reason

#: What the evidence for a dispute is noted under.
HEAT = "heat"
_MOST_STATEMENTS = 6


def pair_name(a: Member, b: Member) -> str:
    """What the relation of two members is noted under."""
    first, second = sorted((a.number, b.number))
    return f"relation {first} {second}"


def why_said(
    rule: Place, reading: Reading, s: Statement, target: Member, weight: float
) -> Iterator[Reason]:
    """A statement of the one about the other."""
    who = s.speaker.label if s.speaker else s.speaker_text
    told = f"{who} {_toward(weight)} {target.label}: {s.kind}"
    words = [reading.span(*s.attribution.cue)]
    if weight:
        yield reason("relation", told, rule, words=words, weight=weight)


def why_done(
    rule: Place, reading: Reading, pair: tuple[Member, Member], verb: Token, weight: float
) -> Iterator[Reason]:
    """An act of the one on the other, in the article's own voice."""
    key = "friendly" if weight < 0 else "hostile"
    doer, target = pair
    told = f"{doer.label} {_toward(weight)} {target.label}: an act"
    words = [reading.span(verb.i, verb.i)]
    entry = Entry("dispute", key)
    yield reason("relation", told, rule, entry, words=words, weight=weight)


def why_paired(
    rule: Place, reading: Reading, a: Member, b: Member, weight: float
) -> Iterator[Reason]:
    """A phrase that sets two against each other."""
    words = [reading.span(m.first, m.last) for x in (a, b) for m in x.mentions[:1]]
    told = f"a phrase sets {a.label} and {b.label} against each other (“between”, “v.”)"
    yield reason("relation", told, rule, Entry("dispute", "nouns"), words=words, weight=weight)


def _toward(weight: float) -> str:
    return "against" if weight > 0 else "with"


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
