"""Tells who stands against whom, and who with whom: signed relations between members of the cast.

Read from what they say of each other and do to each other; sides are drawn in `parties`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.why.against import (
    pair_name,
    why_done,
    why_paired,
    why_said,
)
from briefings.summarizers.notes import note

# All weights were set by hand on the development articles.
#: How much each kind of statement about somebody sets the speaker against them.
_STATEMENT_WEIGHTS = {
    "accuse": 2.0,
    "threaten": 2.0,
    "refuse": 1.5,
    "demand": 1.2,
    "deny": 1.5,
    "warn": 0.7,
    "support": -1.0,
}
#: The first named is the one meant; those further on come along with it by so much.
_FURTHER_ON = 0.4
_HOSTILE_ACT, _FRIENDLY_ACT = 1.0, -0.8
#: An act on something of somebody's ("seized its ship") counts for so much of one on them.
_INDIRECT = 0.5
#: "A rift between X and Y" sets them against each other by so much.
_SET_AGAINST = 2.5
#: Where such a phrase stands: words back from "between" to the noun, words on to the two names.
_NOUN_WITHIN, _PAIR_WITHIN = 4, 9
#: How far up the tree the doer of a verb is looked for.
_HIGHEST = 5

Pair = frozenset[int]
#: Doer, target and weight of an act.
Act = tuple[Member, Member, float]


class Relations:
    """Signed weights between members, by their numbers: above zero is against, below is with."""

    def __init__(self) -> None:
        self.weights: dict[Pair, float] = defaultdict(float)

    def add(self, a: Member, b: Member, weight: float) -> None:
        """Let `a` and `b` stand against each other by `weight` more; to itself nobody stands."""
        if a is not b:
            self.weights[frozenset((a.number, b.number))] += weight


def find_relations(reading: Reading, cast: Cast, statements: tuple[Statement, ...]) -> Relations:
    """The relations that statements, acts and set phrases of the article show."""
    relations = Relations()
    for statement in statements:
        if statement.speaker is None:
            continue
        for target in statement.about:
            weight = _STATEMENT_WEIGHTS.get(statement.kind, 0.0)
            near = 1.0 if target is statement.about[0] else _FURTHER_ON
            relations.add(statement.speaker, target, weight * near)
            pair = pair_name(statement.speaker, target)
            note(pair, why_said, find_relations, reading, statement, target, weight * near)
    for verb in reading.doc:
        if verb.tag_.startswith("VB") and not reading.is_quoted(verb):
            for actor, target, weight in _acts(cast, verb):
                relations.add(actor, target, weight)
                pair = pair_name(actor, target)
                note(pair, why_done, find_relations, reading, (actor, target), verb, weight)
    for a, b in _set_against(reading, cast):
        relations.add(a, b, _SET_AGAINST)
        note(pair_name(a, b), why_paired, find_relations, reading, a, b, _SET_AGAINST)
    return relations


def _acts(cast: Cast, verb: Token) -> Iterator[Act]:
    """Somebody does something to somebody: "captured", "sued", "joined"."""
    doers = [cast.at[c.i] for c in _doers(verb) if c.i in cast.at]
    for child in verb.children:
        force = _force(verb, child)
        if force:
            force *= 1.0 if child.i in cast.at else _INDIRECT
            for target in cast.member_in(child.left_edge.i, child.right_edge.i):
                for doer in doers:
                    yield doer, target, force


def _force(verb: Token, child: Token) -> float:
    """How hostile a verb is to what hangs on it; 0 where it does nothing to that."""
    lemma = verb.lemma_.lower()
    prepositions = {g.lower_ for g in child.children} if child.dep_ == "obl" else set()
    force = _FRIENDLY_ACT if lemma in listed("dispute", "friendly") else 0.0
    force = _HOSTILE_ACT if lemma in listed("dispute", "hostile") else force
    if "against" in prepositions:
        return max(force, _HOSTILE_ACT)
    is_target = "with" in prepositions or child.dep_ in ("obj", "nsubj:pass", "iobj")
    return force if is_target else 0.0


def _doers(verb: Token) -> Iterator[Token]:
    """The subject of a verb, or of the verbs it hangs on: "failed in an effort to force"."""
    for _ in range(_HIGHEST):
        own = [c for c in verb.children if c.dep_ in ("nsubj", "obl:agent")]
        if own or verb.dep_ in ("ROOT", "ccomp", "parataxis", "acl:relcl"):
            yield from own
            return
        verb = verb.head


def _set_against(reading: Reading, cast: Cast) -> Iterator[tuple[Member, Member]]:
    """Pairs that a phrase sets against each other: "a rift between X and Y", "X v. Y"."""
    for word in reading.doc:
        if word.lower_ == "between" and _follows_dispute(word):
            last = min(word.i + _PAIR_WITHIN, len(reading.doc) - 1)
            first, second, *_ = (*cast.member_in(word.i + 1, last), None, None)
            if first and second:
                yield first, second
        elif word.lower_ in ("v.", "vs.", "versus"):
            left, right = cast.at.get(word.i - 1), cast.at.get(word.i + 1)
            if left and right and left is not right:
                yield left, right


def _follows_dispute(word: Token) -> bool:
    before = word.doc[max(0, word.i - _NOUN_WITHIN) : word.i]
    return any(w.lemma_.lower() in listed("dispute", "nouns") for w in before)
