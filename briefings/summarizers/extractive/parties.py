"""Draws the two sides of a dispute: who belongs to whom, who stands against whom, and how much.

Who mediates, rules or watches is on neither. It never says who is right, and words nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen
from briefings.summarizers.extractive.acts import find_suers
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.homes import Homes
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.relations import Relations, Stance
from briefings.summarizers.extractive.rifts import Rifts
from briefings.summarizers.extractive.shown import (
    can_be_shown,
    is_called,
    is_listed,
    join_same_groups,
)

# All numbers here were set by hand on the development articles and read against a hundred others.
#: A member goes with a side when it stands against the other by at least this much more.
_LEANS = 1.0
#: How contentious a statement is by whether it is aimed at another party, and by its kind.
_AIMED, _SHARP, _MILD = 1.0, 0.7, 0.3
_SHARP_KINDS = ("accuse", "deny", "refuse", "threaten")
_CONTENTIOUS = (*_SHARP_KINDS, "demand")
#: The weight of a party that was not weighed.
_UNWEIGHED = 1.0
#: How much a root has over its members when the lead of a side is chosen.
_ROOT_LEADS = 1.5
#: "His rival" is somebody of at least this share of his own weight.
_RIVALS_WEIGHT = 0.5
#: Who stands so much against those they would belong to speaks for themselves.
_SPLIT = 1.2
#: Who does and says nothing itself leads its side only if it is mentioned so often.
_OFTEN = 3
#: How many sentences headline and lead are.
_LEAD = 4
#: A body without a name leads less readily by this share.
_UNNAMED = 0.6


@dataclass(frozen=True, slots=True)
class Camp:
    """One side in the making: its lead first, then the members who go with it.

    `stances` are those its members take against the other side, weightiest first.
    """

    lead: Member
    members: tuple[Member, ...]
    stances: tuple[Stance, ...] = ()


class Parties:
    """The members that count as parties, each under whom it stands for, and their rifts."""

    def __init__(
        self,
        reading: Reading,
        chosen: tuple[Chosen, ...],
        statements: tuple[Statement, ...],
        relations: Relations,
    ) -> None:
        self._reading = reading
        self.weight = {c.member.number: c.weight for c in chosen}
        slight = (m for s in relations.stances for m in (s.holder, s.target))
        for member in slight:
            if member.type is not None and member.can_take_part:
                self.weight.setdefault(member.number, _UNWEIGHED)
        by_number = {m.number: m for s in relations.stances for m in (s.holder, s.target)}
        by_number |= {c.member.number: c.member for c in chosen}
        self.members = [by_number[number] for number in self.weight]
        self._arbiters = {m.number for m in self.members if is_called(m, "arbiters")}
        self._watchers = {m.number for m in self.members if is_called(m, "watchers")}
        self.root = Homes(reading, relations.owners, self.members, self.weight, statements).root
        join_same_groups(self.members, self.root)
        self._part_with_own(relations)
        #: What each root weighs with all who stand for it.
        self._mass: dict[int, float] = defaultdict(float)
        for member in self.members:
            self._mass[self.root[member.number].number] += self.weight[member.number]
        self._heard = {s.speaker.number for s in statements if s.speaker is not None}
        suers = find_suers(reading, relations.owners)
        #: Roots of those who took the matter to court.
        self._suers = [self.root[m.number].number for m in suers if m.number in self.root]
        self._rifts = Rifts(reading)
        for stance in relations.stances:
            self._take(self._with_rival_named(stance))
        #: How contentious each root is: what it and those who belong to it say.
        self.contention: dict[int, float] = defaultdict(float)
        for s in statements:
            if s.speaker is not None and s.speaker.number in self.root:
                self.contention[self.root[s.speaker.number].number] += self.force_of(s)

    def _part_with_own(self, relations: Relations) -> None:
        """Let who turns on their own stand alone; of two of them the lesser one."""
        parted: set[int] = set()
        for s in relations.stances:
            a, b = self.root.get(s.holder.number), self.root.get(s.target.number)
            is_act = s.statement is not None or s.target.type != "state"
            if a is not None and a is b and is_act and s.weight >= _SPLIT:
                apart = [m for m in (s.holder, s.target) if m is not a and m.type == "person"]
                parted |= (
                    {min(apart, key=lambda m: self.weight[m.number]).number} if apart else set()
                )
        for member in self.members:
            if member.number in parted:
                self.root[member.number] = member

    def _with_rival_named(self, stance: Stance) -> Stance:
        """A stance against "his rival" with the weightiest other person in the rival's place."""
        target = stance.target
        if target.is_named or not target.heads & listed("dispute", "rivals"):
            return stance
        kind = stance.holder.type
        named = [
            m for m in self.members if m.is_named and m.type == kind and m is not stance.holder
        ]
        best = max(named, key=lambda m: self.weight[m.number], default=None)
        enough = self.weight.get(stance.holder.number, 0.0) * _RIVALS_WEIGHT
        if best is None or self.weight[best.number] < enough:
            return stance
        return replace(stance, target=best)

    def _take(self, stance: Stance) -> None:
        a, b = self.root.get(stance.holder.number), self.root.get(stance.target.number)
        if a is None or b is None or a is b or self._only_asks_a_court(stance):
            return
        if stance.holder.number not in self._watchers:
            self._rifts.add(a.number, b.number, stance)

    def _only_asks_a_court(self, stance: Stance) -> bool:
        """Who turns to a court or a mediator does not stand against it."""
        is_request = stance.statement is not None and stance.statement.kind == "demand"
        return is_request and stance.target.number in self._arbiters

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

    def widest_rift(self) -> float:
        """How much the two most opposed roots are against each other, in the lead above all."""
        return max((self._rifts.net(a, b) for a, b in self._rifts.pairs), default=0.0)

    def sides(self) -> tuple[Camp, Camp] | None:
        """The two parties most set against each other, each with those who go with it.

        The heavier side is first; None where no two who can be shown have an open quarrel.
        """
        scored = [
            (self._rifts.opposition(pair, self.contention, self._mass, self._arbiters), pair)
            for pair in sorted(self._rifts.pairs)
            if not set(pair) <= self._arbiters
            and all(map(self._is_present, pair))
            and all(map(self._can_be_shown, pair))
            and self._rifts.is_open(pair, self._speaks_up, self._is_central)
        ]
        score, (a, b) = max(scored, key=lambda row: row[0], default=(0.0, (0, 0)))
        if score <= 0:
            return None
        if self._is_arbiter(a) != self._is_arbiter(b):
            a, b = self._without_court(a, b)
            if self._is_arbiter(a) and not self._rifts.toward[b, a] > self._rifts.toward[a, b]:
                return None
        return self._camps(a, b)

    def _speaks_up(self, number: int) -> bool:
        """Whether a root, or anybody for it, says something contentious."""
        return self.contention[number] >= _SHARP

    def _is_present(self, number: int) -> bool:
        """Whether a root is no name in passing: it, or somebody for it, speaks or is central."""
        heard = any(n in self._heard for n, root in self.root.items() if root.number == number)
        is_told = self._rifts.is_charged(number) or self._rifts.is_set_against(number)
        return heard or self._is_central(number) or is_told

    def _is_central(self, number: int) -> bool:
        """Whether a root, or somebody for it, is in headline or lead, or comes up often."""
        own = [m for m in self.members if self.root[m.number].number == number]
        places = [mention.head for m in own for mention in (*m.mentions, *m.passing)]
        lead = self._reading.sents[min(_LEAD, len(self._reading.sents)) - 1].end
        return len(places) >= _OFTEN or any(i < lead for i in places)

    def _can_be_shown(self, number: int) -> bool:
        """Whether a root, or somebody who stands for it, has a name that a reader understands."""
        return any(can_be_shown(m) for m in self.members if self.root[m.number].number == number)

    def _without_court(self, a: int, b: int) -> tuple[int, int]:
        """The pair with a party in the place of the court that ruled: whoever else speaks up."""
        court, party = (a, b) if self._is_arbiter(a) else (b, a)
        if self._rifts.toward[party, court] > self._rifts.toward[court, party]:
            return a, b  # the court is attacked as a party
        roots = sorted(
            {self.root[n].number for n in self._heard if n in self.root} - {party, court}
        )
        # Who welcomes a ruling against somebody, or is against them anyway, is the other party.
        with_court = {n: self._rifts.net(n, party) - self._rifts.toward[n, court] for n in roots}
        eligible = [n for n in roots if with_court[n] > 0 and not self._is_arbiter(n)]
        suers = [n for n in self._suers if n not in (party, court) and not self._is_arbiter(n)]
        best = max(eligible, key=lambda n: (with_court[n], self._mass[n]), default=None)
        best = best if best is not None else next(iter(suers), court)
        return (best, party)

    def _is_neutral(self, member: Member) -> bool:
        return member.number in self._watchers or self._is_arbiter(member.number)

    def _is_arbiter(self, number: int) -> bool:
        return number in self._arbiters

    def _camps(self, a: int, b: int) -> tuple[Camp, Camp]:
        sides: dict[int, list[Member]] = {a: [], b: []}
        for member in self.members:
            home = self.root[member.number].number
            if home in sides:
                sides[home].append(member)
            elif not self._is_neutral(member) and can_be_shown(member):
                side = self._leaning(home, a, b)
                if side is not None:
                    sides[side].append(member)
        camps = [self._camp(one, sides[one], sides[other]) for one, other in ((a, b), (b, a))]
        camps.sort(key=lambda camp: -sum(self.weight[m.number] for m in camp.members))
        return camps[0], camps[1]

    def _leaning(self, home: int, a: int, b: int) -> int | None:
        """The side a third party goes with: it takes a stance of its own, and not against both."""
        lean = {a: self._rifts.net(home, b), b: self._rifts.net(home, a)}
        side = max(lean, key=lambda number: lean[number])
        other = b if side == a else a
        is_torn = lean[other] > 0 or lean[side] - lean[other] < _LEANS
        takes_stance = self._rifts.toward[home, other] > 0 or self._rifts.toward[home, side] < 0
        return side if takes_stance and not is_torn else None

    def _camp(self, one: int, members: list[Member], others: list[Member]) -> Camp:
        """The side of root `one`: those of it who speak, act or are acted on, the lead first."""
        homes = {self.root[m.number].number for m in members}
        against = {self.root[m.number].number for m in others}
        out = [s for x in homes for y in against for s in self._rifts.stances[x, y]]
        into = [s for x in homes for y in against for s in self._rifts.stances[y, x]]
        involved: dict[int, float] = defaultdict(float)
        for s in out:
            involved[s.holder.number] += max(0.0, s.weight) * self._rifts.share(s)
        for s in into:
            involved[s.target.number] += max(0.0, s.weight) * self._rifts.share(s)
        ordered = sorted(members, key=lambda m: (-involved[m.number], -self.weight[m.number]))
        between_states = any(self.root[m.number].type == "state" for m in others)
        lead = self._lead(one, members, involved)
        state = next((m for m in members if m.number == one and m.type == "state"), None)
        if state is not None and between_states and can_be_shown(state):
            lead = state
        elif state is lead:
            lead = self._in_its_place(lead, members, involved)
        ordered = [lead, *(m for m in ordered if m is not lead)]
        taking_part = {lead.number, *self._heard, *(n for n, x in involved.items() if x)}
        active = [m for m in ordered if m.number in taking_part and (m is lead or is_listed(m))]
        out = sorted(
            (s for s in out if s.weight > 0), key=lambda s: -s.weight * self._rifts.share(s)
        )
        return Camp(ordered[0], tuple(active), tuple(out))

    def _in_its_place(
        self, state: Member, members: list[Member], involved: dict[int, float]
    ) -> Member:
        """Who leads where a state quarrels with its own: who is turned on, or turns, in person."""
        acting = [m for m in members if m.type == "person" and involved[m.number] and is_listed(m)]
        best = max(acting, key=lambda m: involved[m.number], default=None)
        return state if best is None or involved[state.number] else best

    def _lead(self, one: int, members: list[Member], involved: dict[int, float]) -> Member:
        """Who a side is called after: the root, unless another body of it does the quarrelling.

        A minister quarrels for the state, so the state leads; investigators lead themselves.
        """
        root = next(m for m in members if m.number == one)
        bodies = [m for m in members if m is not root and m.type not in ("person", "state")]
        bodies = [m for m in bodies if self.root[m.number] is root and can_be_shown(m)]
        best = max(bodies, key=lambda m: involved[m.number], default=root)
        own = involved[one] + sum(involved[m.number] for m in members if m.type == "person")
        is_there = involved[one] or one in self._heard or len(root.mentions) >= _OFTEN
        if not is_there or not can_be_shown(root) or (not own and one not in self._heard):
            shown = [m for m in members if can_be_shown(m)] or members
            return max(shown, key=lambda m: (involved[m.number], self.weight[m.number]))
        share = own * (_ROOT_LEADS if best.is_named else _ROOT_LEADS / _UNNAMED)
        return best if involved[best.number] > share else root
