"""Draws the two sides of a dispute: who belongs to whom, who stands against whom, and how much.

Who mediates, rules or watches is on neither. It never says who is right, and words nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen
from briefings.summarizers.extractive.affiliation import Affiliations
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.relations import Relations
from briefings.summarizers.extractive.why.against import HEAT, why_heat
from briefings.summarizers.notes import is_anybody_listening, note

# All numbers here were set by hand on the development articles and read against a hundred others.
#: A member goes with a side when it stands against the other by at least this much more.
_LEANS = 1.0
#: How contentious a statement is by whether it is aimed at another party, and by its kind.
_AIMED, _SHARP, _MILD = 1.0, 0.7, 0.3
_SHARP_KINDS = ("accuse", "deny", "refuse", "threaten")
_CONTENTIOUS = (*_SHARP_KINDS, "demand")
#: What opposition between two parties is worth beside what they do to each other: both speak up
#: (up to a limit); neither does; one of them only rules on the matter. And how their weights count.
_BOTH_SPEAK, _MOST_SPEAKING = 0.4, 3.0
_NEITHER_SPEAKS = 0.4
_ARBITER = 0.35
_WEIGHT_EXPONENT = 0.4
#: A state counts as just spoken of for so many sentences.
_JUST_BEFORE = 1
#: The weight of a party that was not weighed.
_UNWEIGHED = 0.5
#: What counts as headline and lead, in sentences.
_LEAD = 4
#: What `heat` is made of: the contentious share of all statements (of five at least); each aimed
#: statement; what is between the parties; nouns and verbs of contest in the lead. Then how much of
#: the last four counts at most.
_SHARE, _PER_AIMED, _PER_BETWEEN, _PER_NOUN, _PER_VERB = 0.4, 0.13, 0.07, 0.18, 0.09
_MOST = 5.0, 6.0, 3, 4
_FEWEST_STATEMENTS = 5


@dataclass(frozen=True, slots=True)
class Camp:
    """One side in the making: its lead first, then the members who go with it."""

    lead: Member
    members: tuple[Member, ...]


class Parties:
    """The members that count as parties, each under whom it belongs to, and what sets them apart.

    `against` weighs pairs of roots (by number, smaller first): above zero is against.
    """

    def __init__(
        self,
        reading: Reading,
        chosen: tuple[Chosen, ...],
        statements: tuple[Statement, ...],
        relations: Relations,
    ) -> None:
        self._reading = reading
        self.members = [c.member for c in chosen]
        self.weight = {c.member.number: c.weight for c in chosen}
        belonging = Affiliations(reading, self.members)
        self.root = {m.number: _root(belonging, m) for m in self.members}
        self._arbiters = {m.number for m in self.members if _rules_or_watches(m)}
        self._give_officials_a_state(statements)
        self.against: dict[tuple[int, int], float] = defaultdict(float)
        for pair, weight in relations.weights.items():
            roots = sorted({self.root[n].number for n in pair if n in self.root})
            if len(roots) == 2:  # noqa: PLR2004 - two parties
                self.against[roots[0], roots[1]] += weight
        #: How contentious each root is: what it and those who belong to it say.
        self.contention: dict[int, float] = defaultdict(float)
        for s in statements:
            if s.speaker is not None and s.speaker.number in self.root:
                self.contention[self.root[s.speaker.number].number] += self.force_of(s)

    def force_of(self, s: Statement) -> float:
        """How contentious a statement is, 0 to 1: most where it is aimed at another party."""
        if s.kind not in _CONTENTIOUS:
            return 0.0
        if s.speaker is None or s.speaker.number not in self.root:
            is_charge = s.kind == "accuse" and s.attribution.frame == "act" and bool(s.about)
            return _SHARP if is_charge else 0.0
        if s.attribution.frame == "intend" and s.kind == "refuse" and not s.about:
            return 0.0  # "declined to comment"
        home = self.root[s.speaker.number]
        if self._is_arbiter(home.number):
            return _MILD
        if any(m.number in self.root and self.root[m.number] is not home for m in s.aimed_at):
            return _AIMED
        return _SHARP if s.kind in _SHARP_KINDS else _MILD

    def between(self, a: int, b: int) -> float:
        """How much two roots, by number, stand against each other; below zero is with."""
        return self.against.get((min(a, b), max(a, b)), 0.0)

    def sides(self) -> tuple[Camp, Camp] | None:
        """The two parties most set against each other, each with those who go with it.

        The heavier side is first; None where nobody stands against anybody.
        """
        roots = sorted({root.number for root in self.root.values()})
        scored = [(self._opposition(a, b), a, b) for a, b in combinations(roots, 2)]
        score, a, b = max(scored, key=lambda row: row[0], default=(0.0, 0, 0))
        return self._camps(a, b) if score > 0 else None

    def _give_officials_a_state(self, statements: tuple[Statement, ...]) -> None:
        """Give a minister without a country the state spoken of just before, or the weightiest.

        Not one that he addresses: who calls for Egypt to act is no Egyptian minister.
        """
        states = [m for m in self.members if m.type == "state"]
        states.sort(key=lambda m: -self.weight[m.number])
        for member in self.members:
            offices = member.heads & listed("actors", "offices_of_state")
            is_official = member.type == "person" and bool(offices)
            has_owner = self.root[member.number] is not member
            if not is_official or (has_owner and not _is_arm(self.root[member.number])):
                continue
            acts = [s for s in statements if s.speaker is member and s.attribution.frame == "act"]
            addressed = {s.about[0] for s in acts if s.about}
            homes = [state for state in states if state not in addressed]
            home = self._spoken_of_before(member, homes) or next(iter(homes), None)
            if home is not None:
                self.root[member.number] = home

    def _spoken_of_before(self, member: Member, states: list[Member]) -> Member | None:
        """The state that was a subject last, shortly before a member came in."""
        first = min(m.first for m in member.mentions)
        number = self._reading.sentence_number(first)
        start = self._reading.sents[max(0, number - _JUST_BEFORE)].start
        subjects = [
            (mention.head, state.number, state)
            for state in states
            for mention in state.mentions_between(start, first)
            if self._reading.doc[mention.head].dep_.startswith("nsubj")
        ]
        return max(subjects)[2] if subjects else None

    def _opposition(self, a: int, b: int) -> float:
        direct = self.between(a, b)
        if direct < 0:
            return 0.0
        speaking = min(self.contention[a], self.contention[b], _MOST_SPEAKING)
        score = direct + _BOTH_SPEAK * speaking
        score *= 1.0 if self.contention[a] + self.contention[b] else _NEITHER_SPEAKS
        weight = self.weight.get(a, _UNWEIGHED) * self.weight.get(b, _UNWEIGHED)
        score *= float(weight**_WEIGHT_EXPONENT)
        return score * (_ARBITER if self._is_arbiter(a) or self._is_arbiter(b) else 1.0)

    def _is_arbiter(self, number: int) -> bool:
        return number in self._arbiters

    def _camps(self, a: int, b: int) -> tuple[Camp, Camp]:
        sides: dict[int, list[Member]] = {a: [], b: []}
        for member in self.members:
            home = self.root[member.number].number
            if home in sides:
                sides[home].append(member)
            elif not self._is_arbiter(member.number):
                side = self._leaning(home, a, b)
                if side is not None:
                    sides[side].append(member)
        camps = [self._camp(number, sides[number]) for number in (a, b)]
        camps.sort(key=lambda camp: -sum(self.weight[m.number] for m in camp.members))
        return camps[0], camps[1]

    def _leaning(self, home: int, a: int, b: int) -> int | None:
        """The side a third party goes with: it must speak up itself, and not against both."""
        lean = self.between(home, b) - self.between(home, a)
        side, other = (a, b) if lean > 0 else (b, a)
        toward_side, toward_other = self.between(home, side), self.between(home, other)
        speaks_up = self.contention[home] > 0 and toward_side <= 0 < toward_other
        return side if abs(lean) >= _LEANS and (toward_side < 0 or speaks_up) else None

    def _camp(self, number: int, members: list[Member]) -> Camp:
        ordered = sorted(members, key=lambda m: (m.number != number, -self.weight[m.number]))
        return Camp(ordered[0], tuple(ordered))


def _is_arm(member: Member) -> bool:
    """Whether a body is an arm of some state and the article does not say of which: "Ministry"."""
    return member.type == "organization" and all(
        word.lower() in listed("actors", "public") for word in member.tokens
    )


def _rules_or_watches(member: Member) -> bool:
    """Whether a member only rules on the matter or watches it, by what it is called."""
    words = {w.lower() for form in member.forms() for w in form.split()} | member.heads
    return bool(words & listed("dispute", "arbiters"))


def heat(reading: Reading, statements: tuple[Statement, ...], parties: Parties) -> float:
    """How much speaks for a live dispute, from 0 up; `dispute` says how much is enough.

    Counted: contentious statements, most where they are aimed at somebody; what the two parties do
    to and say of each other; words of dispute in headline and lead.
    """
    aimed = sum(parties.force_of(s) for s in statements)
    lead = [w for sent in reading.sents[:_LEAD] for w in sent]
    nouns = sum(w.lemma_.lower() in listed("dispute", "strong_nouns") for w in lead)
    verbs = sum(_is_contest(w) for w in lead)
    between = max(parties.against.values(), default=0.0)
    most_aimed, most_between, most_nouns, most_verbs = _MOST
    if is_anybody_listening():
        found = {
            "strong_nouns": [
                w for w in lead if w.lemma_.lower() in listed("dispute", "strong_nouns")
            ],
            "hostile": [w for w in lead if _is_contest(w)],
        }
        weights = {
            "all contentious statements add": _SHARE
            * aimed
            / max(_FEWEST_STATEMENTS, len(statements))
            + _PER_AIMED * min(aimed, most_aimed),
            "what the parties do to and say of each other adds": _PER_BETWEEN
            * min(between, most_between),
            "strong_nouns": _PER_NOUN * min(nouns, most_nouns),
            "hostile": _PER_VERB * min(verbs, most_verbs),
        }
        forces = [(s, parties.force_of(s)) for s in statements]
        note(HEAT, why_heat, heat, reading, forces, found, weights)
    return (
        _SHARE * aimed / max(_FEWEST_STATEMENTS, len(statements))
        + _PER_AIMED * min(aimed, most_aimed)
        + _PER_BETWEEN * min(between, most_between)
        + _PER_NOUN * min(nouns, most_nouns)
        + _PER_VERB * min(verbs, most_verbs)
    )


def _is_contest(word: Token) -> bool:
    """A verb of contest, in the headline or lead; violence alone makes no dispute."""
    lemma = word.lemma_.lower()
    is_hostile = lemma in listed("dispute", "hostile") - listed("dispute", "violent")
    return is_hostile and word.tag_.startswith("VB")


def _root(belonging: Affiliations, member: Member) -> Member:
    """Whom a member belongs to in the end: a minister to the state, a lawyer to the client."""
    seen = {member.number}
    current = member
    while True:
        owner = belonging.of(current)
        if owner is None or owner.number in seen:
            return current
        seen.add(owner.number)
        current = owner
