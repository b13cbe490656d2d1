"""Tells who stands against whom, and who with whom: signed relations between members of the cast.

Read from what they say of each other and do to each other; sides are drawn in `parties`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.acts import find_acts
from briefings.summarizers.extractive.answers import find_answers, find_appeals
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.central import content_words
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.cues import is_negated, verb_cue
from briefings.summarizers.extractive.headline import find_turns
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.quarrels import find_quarrels
from briefings.summarizers.extractive.takes import find_opposed
from briefings.summarizers.extractive.targets import Owners, prepositions, undergoers

# All weights were set by hand on the development articles.
#: How much each kind of statement about somebody sets the speaker against them.
_STATEMENT_WEIGHTS = {
    "accuse": 2.0,
    "threaten": 2.0,
    "refuse": 1.5,
    "demand": 1.2,
    "deny": 1.5,
    "warn": 0.5,
    "support": -1.2,
}
#: What is said of the subject of a clause counts for so much of what is said to their face; less
#: where only the words said, not the verb, make it an accusation.
_OF_SUBJECT, _BY_WORDS = 0.8, 0.5
#: Where the parse shows no target, whoever is spoken of first may be one, for want of better.
_SPOKEN_OF = 0.2
#: Who is invited or encouraged is hardly stood against; who is warned to their face is.
_COURTEOUS, _TO_THEIR_FACE = 0.25, 1.0
#: A stance of more than this weight was found by the parse.
_PLAIN = 0.5
#: What stands in the words of a thing of theirs counts for so much.
_INDIRECT = 0.8
#: "A rift between X and Y" sets them against each other by so much.
_SET_AGAINST = 2.5
#: Where such a phrase stands: words back from "between" to the noun, words on to the two names.
_NOUN_WITHIN, _PAIR_WITHIN = 4, 9
#: A clause's own target stands among so many first words where the parse gives none.
_AT_ONCE = 3
_LEADING = frozenset(("at", "against", "on", "upon", "to", "from", "with", "by"))
#: Behind who is asked to help these lead to who is complained of.
_COMPLAINED_OF = frozenset(("against", "about", "over", "of"))
#: What a denial, and a refusal or an appeal, that names nobody weighs, both ways.
_DENIED, _REFUSED = 0.75, 1.0
#: A statement's own stances are among so many last ones.
_LATEST = 6
#: Of the clauses of a long quotation so many are read.
_MOST_CLAUSES = 4
_FIRST_PERSON = ("we", "i", "us", "our")


@dataclass(frozen=True, slots=True)
class Stance:
    """That `holder` stands against `target` by `weight`, with it below zero.

    `word` is the word that tells so; `statement` is None for an act.
    """

    holder: Member
    target: Member
    weight: float
    word: int
    statement: Statement | None = None
    #: Whether it is taken on a thing of headline or lead, wherever it stands.
    is_on_matter: bool = False


class Relations:
    """Every stance of the article, in order of finding, and their sums over pairs of members."""

    def __init__(self, owners: Owners) -> None:
        self.owners = owners
        self.stances: list[Stance] = []

    def add(self, stance: Stance) -> None:
        """Keep a stance; to itself nobody stands."""
        if stance.holder is not stance.target and stance.weight:
            self.stances.append(stance)

    @property
    def weights(self) -> dict[frozenset[int], float]:
        """Sums over pairs of members, by their numbers."""
        sums: dict[frozenset[int], float] = defaultdict(float)
        for s in self.stances:
            sums[frozenset((s.holder.number, s.target.number))] += s.weight
        return sums


def find_relations(reading: Reading, cast: Cast, statements: tuple[Statement, ...]) -> Relations:
    """The relations that statements, acts and set phrases of the article show."""
    owners = Owners(reading, cast)
    relations = Relations(owners)
    for s in statements:
        if s.speaker is not None and not s.attribution.is_negated:
            for target, weight in _aims(reading, owners, s):
                relations.add(Stance(s.speaker, target, weight, s.attribution.cue[0], s))
            _add_spoken_of(relations, s)
    _add_answers(reading, relations, statements)
    _add_told(reading, cast, relations, statements)
    return relations


def _add_answers(reading: Reading, relations: Relations, statements: tuple[Statement, ...]) -> None:
    """Set who answers without naming anybody against whom they answer, both ways."""
    owners = relations.owners
    plain = {id(x.statement) for x in relations.stances if x.weight > _PLAIN}
    for member, s, other, x in find_answers(reading, owners, statements, plain):
        weight = _DENIED if s.kind == "deny" else _REFUSED
        relations.add(Stance(member, other, weight, s.attribution.cue[0], s))
        relations.add(Stance(other, member, weight, x.attribution.cue[0], x))
    for suer, member, s in find_appeals(reading, owners, statements):
        relations.add(Stance(suer, member, _REFUSED, s.attribution.cue[0]))
        relations.add(Stance(member, suer, _REFUSED, s.attribution.cue[0], s))


def _add_told(
    reading: Reading, cast: Cast, relations: Relations, statements: tuple[Statement, ...]
) -> None:
    """Keep what the writer tells of who stands against whom; the headline only where it adds."""
    owners = relations.owners
    told = {s.word for s in relations.stances if s.weight > _PLAIN}
    acts = [act for act in find_acts(reading, owners) if act[0].can_take_part]
    acts = [act for act in acts if act[3].i not in told]
    for doer, target, weight, word in (*acts, *find_quarrels(reading, owners)):
        relations.add(Stance(doer, target, weight, word.i))
    told = {s.word for s in relations.stances if s.weight > _PLAIN}
    for doer, target, weight, word in find_turns(reading, owners):
        if word.i not in told:
            relations.add(Stance(doer, target, weight, word.i))
    for one, other, weight, word in find_opposed(reading, owners, statements):
        relations.add(Stance(one, other, weight, word.i, is_on_matter=True))
    topic = content_words(reading, 0).keys()
    for a, b, at in _set_against(reading, cast):
        told_in = content_words(reading, reading.sentence_number(at))
        is_on_matter = bool(topic & told_in.keys())
        relations.add(Stance(a, b, _SET_AGAINST, at, is_on_matter=is_on_matter))


def _add_spoken_of(relations: Relations, s: Statement) -> None:
    """Keep a weak stance towards whom a statement names first, where it has no plain target."""
    weight = _STATEMENT_WEIGHTS.get(s.kind, 0.0)
    has_target = any(x.statement is s for x in relations.stances[-_LATEST:])
    if weight > 0 and s.kind != "warn" and s.about and s.speaker is not None and not has_target:
        word = s.attribution.cue[0]
        relations.add(Stance(s.speaker, s.about[0], weight * _SPOKEN_OF, word, s))


def _aims(reading: Reading, owners: Owners, s: Statement) -> Iterator[tuple[Member, float]]:
    """Whom a statement is made against, or for, and how much."""
    weight = _STATEMENT_WEIGHTS.get(s.kind, 0.0)
    a = s.attribution
    if not weight:
        return
    if a.frame == "act":
        yield from _aims_of_act(reading, owners, s, weight)
    elif a.frame in ("intend", "noun"):
        for word in _hostile_words(reading, a):
            yield from _first(owners, undergoers(word, _LEADING), weight * _OF_SUBJECT)
    else:
        own_kind = _kind_of_cue(reading, a)
        if own_kind is None and s.kind == "warn":
            return  # "may" and "could" alone turn nobody against anybody
        share = _OF_SUBJECT if own_kind == s.kind else _BY_WORDS
        yield from _of_clause(reading, owners, a, s.kind, weight * share)


def _aims_of_act(
    reading: Reading, owners: Owners, s: Statement, weight: float
) -> Iterator[tuple[Member, float]]:
    """The object of the verb: whom it names, or whose thing it is."""
    cue = reading.doc[s.attribution.cue[0]]
    if cue.lemma_.lower() in listed("dispute", "courteous"):
        weight *= _COURTEOUS
    if s.kind == "warn":
        weight = _TO_THEIR_FACE
    elif "that" in (w.lower_ for w in reading.doc[cue.i + 1 : s.attribution.content[0][0] + 1]):
        # "Criticized that the suspect had been held" is said of who did it, if of anybody.
        yield from _of_clause(reading, owners, s.attribution, s.kind, weight * _OF_SUBJECT)
        return
    is_asking = cue.lemma_.lower() in listed("dispute", "turning_to")
    leading = _COMPLAINED_OF if is_asking else _LEADING
    found = list(_first(owners, _blamed(cue) or undergoers(cue, leading), weight))
    if not found and not is_asking:
        first = s.attribution.content[0][0]
        near = reading.doc[first : min(first + _AT_ONCE, s.attribution.content[0][1] + 1)]
        named = [m for w in near if (m := owners.named_by(w)) is not None]
        found = [(m, weight * _INDIRECT) for m in named[:1]]
    yield from found


def _blamed(cue: Token) -> Iterator[Token] | None:
    """Whom "on" leads to where something is blamed on somebody, who is no object of the verb."""
    is_for = any("for" in prepositions(c) for c in cue.rights)
    if is_for or cue.lemma_.lower() not in listed("dispute", "blaming"):
        return None
    hung_on = [cue, *(c for c in cue.rights if c.dep_ == "obj")]
    found = [
        c
        for w in hung_on
        for c in w.rights
        if c.dep_ in ("obl", "nmod") and "on" in prepositions(c) and c.left_edge.i == w.i + 1
    ]
    return iter(found) if found else None


def _first(owners: Owners, words: Iterator[Token], weight: float) -> Iterator[tuple[Member, float]]:
    """Those whom the first of the words that has anybody stands for."""
    for word in words:
        members = owners.all_of(word)
        if members:
            share = 1.0 if owners.named_by(word) else _INDIRECT
            yield from ((m, weight * share) for m in members)
            return


def _hostile_words(reading: Reading, a: Attribution) -> Iterator[Token]:
    """The verbs of an intention: "threatened to sue X", "refused to recognize X"."""
    first, last = a.content[0]
    verbs = (w for w in reading.doc[first : last + 1] if w.tag_.startswith("VB"))
    yield from list(verbs)[:1]


def _kind_of_cue(reading: Reading, a: Attribution) -> str | None:
    """What the cue itself does, not the words said; None for a plain "said"."""
    cue = verb_cue(reading.doc[a.cue[0]])
    kind = a.kind if cue is None else cue.kind_in("say")
    return None if kind == "state" else kind


def _of_clause(
    reading: Reading, owners: Owners, a: Attribution, kind: str, weight: float
) -> Iterator[tuple[Member, float]]:
    """Whom a clause is about: its subject, or the agent of a passive; whoever "we" act on."""
    tops: dict[tuple[int, int], Token] = {}
    for first, last in a.content:
        for word in reading.doc[first : last + 1]:
            if kind == "accuse" and word.lemma_.lower() in listed("dispute", "failings"):
                owner = owners.owner_of(word)
                if owner is not None:
                    yield owner, weight
            if _is_top(word, first, last):
                tops.setdefault((first, reading.sentence_number(word.i)), word)
    for root in list(tops.values())[:_MOST_CLAUSES]:
        # What they should not do is demanded for them as often as of them.
        if not (kind == "demand" and is_negated(root)):
            yield from _of_verb(owners, root, weight)


def _of_verb(owners: Owners, root: Token, weight: float) -> Iterator[tuple[Member, float]]:
    agents = [c for c in root.rights if c.dep_ == "obl:agent"]
    subjects = [c for c in root.lefts if c.dep_ in ("nsubj", "nsubj:pass")]
    if agents:
        yield from _first(owners, iter(agents), weight)
    elif subjects and subjects[0].lower_ in _FIRST_PERSON:
        yield from _first(owners, undergoers(root, _LEADING), weight)
    elif subjects and subjects[0].dep_ == "nsubj":
        yield from _first(owners, iter(subjects[:1]), weight)


def _is_top(word: Token, first: int, last: int) -> bool:
    """Whether nothing inside the content stands over a word that has a subject."""
    is_outside = word.head is word or not first <= word.head.i <= last
    return is_outside and any(c.dep_.startswith("nsubj") for c in word.lefts)


def _set_against(reading: Reading, cast: Cast) -> Iterator[tuple[Member, Member, int]]:
    """Pairs that a phrase sets against each other: "a rift between X and Y", "X v. Y"."""
    for word in reading.doc:
        if word.lower_ == "between" and _follows_dispute(word):
            last = min(word.i + _PAIR_WITHIN, len(reading.doc) - 1)
            first, second, *_ = (*cast.member_in(word.i + 1, last), None, None)
            if first and second:
                yield first, second, word.i
        elif word.lower_ in ("v.", "vs.", "versus"):
            left, right = cast.at.get(word.i - 1), cast.at.get(word.i + 1)
            if left and right and left is not right:
                yield left, right, word.i


def _follows_dispute(word: Token) -> bool:
    before = word.doc[max(0, word.i - _NOUN_WITHIN) : word.i]
    return any(w.lemma_.lower() in listed("dispute", "nouns") for w in before)
