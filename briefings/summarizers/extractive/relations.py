"""Who stands against whom, and who with whom: signed relations between members of the cast.

Read from what they say of each other and do to each other; sides are drawn in `dispute`.
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

#: How much each kind of statement about somebody sets the speaker against them.
_AGAINST = {"accuse": 2.0, "threaten": 2.0, "refuse": 1.5, "demand": 1.2, "deny": 1.5, "warn": 0.7}

Pair = frozenset[int]


class Relations:
    """Signed weights between members, by their numbers: above zero is against, below is with."""

    def __init__(self) -> None:
        self.weights: dict[Pair, float] = defaultdict(float)
        self.starts: dict[tuple[int, int], float] = defaultdict(float)

    def add(self, a: Member, b: Member, weight: float) -> None:
        if a is not b:
            self.weights[frozenset((a.number, b.number))] += weight
            self.starts[a.number, b.number] += weight

    def between(self, a: int, b: int) -> float:
        return self.weights.get(frozenset((a, b)), 0.0)

    def hostility(self) -> float:
        return sum(w for w in self.weights.values() if w > 0)


def find_relations(reading: Reading, cast: Cast, statements: tuple[Statement, ...]) -> Relations:
    relations = Relations()
    for statement in statements:
        if statement.speaker is None:
            continue
        for target in statement.about:
            weight = _AGAINST.get(statement.kind, 0.0)
            weight = -1.0 if statement.kind == "support" else weight
            # The first named is the one meant; those further on come along with it.
            near = 1.0 if target is statement.about[0] else 0.4
            relations.add(statement.speaker, target, weight * near)
    for verb in reading.doc:
        if verb.tag_.startswith("VB") and not reading.is_quoted(verb):
            for actor, target, weight in _acts(cast, verb):
                relations.add(actor, target, weight)
    for a, b in _set_against(reading, cast):
        relations.add(a, b, 2.5)
    return relations


def _acts(cast: Cast, verb: Token) -> Iterator[tuple[Member, Member, float]]:
    """Somebody does something to somebody: "captured", "sued", "joined"."""
    lemma = verb.lemma_.lower()
    weight = (
        1.0
        if lemma in listed("dispute", "hostile")
        else -0.8
        if lemma in listed("dispute", "friendly")
        else 0.0
    )
    doers = [cast.at[c.i] for c in _doers(verb) if c.i in cast.at]
    for child in verb.children:
        is_against = child.dep_ == "obl" and any(g.lower_ == "against" for g in child.children)
        with_them = child.dep_ == "obl" and any(g.lower_ == "with" for g in child.children)
        force = max(weight, 1.0) if is_against else weight
        if force and (is_against or with_them or child.dep_ in ("obj", "nsubj:pass", "iobj")):
            for target in cast.member_in(child.left_edge.i, child.right_edge.i):
                for doer in doers:
                    yield doer, target, force if child.i in cast.at else force / 2


def _doers(verb: Token) -> Iterator[Token]:
    """The subject of a verb, or of the verbs it hangs on: "failed in an effort to force"."""
    for _ in range(5):
        own = [c for c in verb.children if c.dep_ in ("nsubj", "obl:agent")]
        if own or verb.dep_ in ("ROOT", "ccomp", "parataxis", "acl:relcl"):
            yield from own
            return
        verb = verb.head


def _set_against(reading: Reading, cast: Cast) -> Iterator[tuple[Member, Member]]:
    """ "a rift between Israel and Egypt", "X v. Y", "case against Y"."""
    doc = reading.doc
    for word in doc:
        if word.lower_ == "between" and any(
            w.lemma_.lower() in listed("dispute", "nouns") for w in doc[max(0, word.i - 4) : word.i]
        ):
            found = list(cast.member_in(word.i + 1, min(word.i + 9, len(doc) - 1)))
            if len(found) >= 2:  # noqa: PLR2004 - a pair
                yield found[0], found[1]
        elif word.lower_ in ("v.", "vs.", "versus"):
            left, right = cast.at.get(word.i - 1), cast.at.get(word.i + 1)
            if left and right and left is not right:
                yield left, right
