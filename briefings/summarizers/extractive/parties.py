"""Draws the two sides of a dispute: who belongs to whom, who stands against whom, and how much.

Who mediates, rules or watches is on neither. It never says who is right, and words nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen
from briefings.summarizers.extractive.central import content_words
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.homes import Homes
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.relations import Relations, Stance

# All numbers here were set by hand on the development articles and read against a hundred others.
#: A member goes with a side when it stands against the other by at least this much more.
_LEANS = 1.0
#: How contentious a statement is by whether it is aimed at another party, and by its kind.
_AIMED, _SHARP, _MILD = 1.0, 0.7, 0.3
_SHARP_KINDS = ("accuse", "deny", "refuse", "threaten")
_CONTENTIOUS = (*_SHARP_KINDS, "demand")
#: What a stance counts for by where it stands: headline and lead, the first half, the rest; and
#: where its sentence has nothing of what headline and lead are about.
_EARLY, _LATE, _ASIDE = 1.5, 0.7, 0.5
_LEAD_ENDS, _LATE_FROM = 3, 14
#: What opposition is worth beside: both stand against each other; one of them speaks up (up to a
#: limit) or nobody does; one of them only rules on the matter. And how their weights count.
_MUTUAL = 1.3
_PER_SPEAKING, _MOST_SPEAKING = 0.4, 3.0
_ARBITER = 0.3
_WEIGHT_EXPONENT = 0.4
#: The weight of a party that was not weighed.
_UNWEIGHED = 1.0
#: How much a root has over its members when the lead of a side is chosen.
_ROOT_LEADS = 1.5
#: "His rival" is somebody of at least this share of his own weight.
_RIVALS_WEIGHT = 0.5
#: Who does and says nothing itself leads its side only if it is mentioned so often.
_OFTEN = 3
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
    """The members that count as parties, each under whom it stands for, and what sets them apart.

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
        self.weight = {c.member.number: c.weight for c in chosen}
        slight = (m for s in relations.stances for m in (s.holder, s.target))
        for member in slight:
            if member.type is not None and member.can_take_part:
                self.weight.setdefault(member.number, _UNWEIGHED)
        by_number = {m.number: m for s in relations.stances for m in (s.holder, s.target)}
        by_number |= {c.member.number: c.member for c in chosen}
        self.members = [by_number[number] for number in self.weight]
        self._arbiters = {m.number for m in self.members if _rules_or_watches(m)}
        self.root = Homes(reading, relations.owners, self.members, self.weight, statements).root
        #: What each root weighs with all who stand for it.
        self._mass: dict[int, float] = defaultdict(float)
        for member in self.members:
            self._mass[self.root[member.number].number] += self.weight[member.number]
        self._heard = {s.speaker.number for s in statements if s.speaker is not None}
        self._topic = _topic(reading)
        #: By roots: how much the first stands against the second, and what tells so.
        self._toward: dict[tuple[int, int], float] = defaultdict(float)
        self._stances: dict[tuple[int, int], list[Stance]] = defaultdict(list)
        self.against: dict[tuple[int, int], float] = defaultdict(float)
        for stance in relations.stances:
            self._take(self._with_rival_named(stance))
        #: How contentious each root is: what it and those who belong to it say.
        self.contention: dict[int, float] = defaultdict(float)
        for s in statements:
            if s.speaker is not None and s.speaker.number in self.root:
                self.contention[self.root[s.speaker.number].number] += self.force_of(s)

    def _with_rival_named(self, stance: Stance) -> Stance:
        """A stance against "his rival" with the weightiest other person in the rival's place."""
        target = stance.target
        if target.is_named or not target.heads & listed("dispute", "rivals"):
            return stance
        kind = stance.holder.type
        named = [m for m in self.members if m.is_named and m.type == kind and m is not stance.holder]
        best = max(named, key=lambda m: self.weight[m.number], default=None)
        enough = self.weight.get(stance.holder.number, 0.0) * _RIVALS_WEIGHT
        if best is None or self.weight[best.number] < enough:
            return stance
        return replace(stance, target=best)

    def _take(self, stance: Stance) -> None:
        a, b = self.root.get(stance.holder.number), self.root.get(stance.target.number)
        if a is None or b is None or a is b or self._only_asks_a_court(stance):
            return
        self._toward[a.number, b.number] += stance.weight * self._share(stance)
        self._stances[a.number, b.number].append(stance)
        self.against[min(a.number, b.number), max(a.number, b.number)] += stance.weight

    def _only_asks_a_court(self, stance: Stance) -> bool:
        """Who turns to a court or a mediator does not stand against it."""
        is_request = stance.statement is not None and stance.statement.kind == "demand"
        return is_request and stance.target.number in self._arbiters

    def _share(self, stance: Stance) -> float:
        """What a stance counts for: more in the lead, less where it is beside the matter."""
        number = self._reading.sentence_number(stance.word)
        if number <= _LEAD_ENDS:
            return _EARLY
        is_on_topic = bool(self._topic & content_words(self._reading, number).keys())
        return (_LATE if number >= _LATE_FROM else 1.0) * (1.0 if is_on_topic else _ASIDE)

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
        """How much the two who are most against each other are so, stances in the lead above all."""
        return max((self._net(a, b) for a, b in self.against), default=0.0)

    def sides(self) -> tuple[Camp, Camp] | None:
        """The two parties most set against each other, each with those who go with it.

        The heavier side is first; None where nobody stands against anybody.
        """
        scored = [(self._opposition(a, b), a, b) for a, b in sorted(self.against)]
        score, a, b = max(scored, key=lambda row: row[0], default=(0.0, 0, 0))
        if score <= 0:
            return None
        if self._is_arbiter(a) != self._is_arbiter(b):
            a, b = self._without_court(a, b)
        return self._camps(a, b)

    def _without_court(self, a: int, b: int) -> tuple[int, int]:
        """The pair with a party in the place of the court that ruled: whoever else speaks up."""
        court, party = (a, b) if self._is_arbiter(a) else (b, a)
        if self._toward[party, court] > self._toward[court, party]:
            return a, b  # the court is attacked as a party
        roots = sorted({self.root[n].number for n in self._heard if n in self.root} - {party, court})
        # Who welcomes a ruling against somebody, or is against them anyway, is the other party.
        with_court = {n: self._net(n, party) - self._toward[n, court] for n in roots}
        eligible = [n for n in roots if with_court[n] > 0 and not self._is_arbiter(n)]
        best = max(eligible, key=lambda n: (with_court[n], self._mass[n]), default=court)
        return (best, party)

    def _opposition(self, a: int, b: int) -> float:
        there, back = self._toward[a, b], self._toward[b, a]
        direct = there + back
        if direct <= 0:
            return 0.0
        speaking = min(self.contention[a], self.contention[b], _MOST_SPEAKING)
        score = (direct + _PER_SPEAKING * speaking) * (_MUTUAL if min(there, back) > 0 else 1.0)
        score *= float((self._mass[a] * self._mass[b]) ** _WEIGHT_EXPONENT)
        return score * float(_ARBITER ** (self._is_arbiter(a) + self._is_arbiter(b)))

    def _is_arbiter(self, number: int) -> bool:
        return number in self._arbiters

    def _camps(self, a: int, b: int) -> tuple[Camp, Camp]:
        sides: dict[int, list[Member]] = {a: [], b: []}
        for member in self.members:
            home = self.root[member.number].number
            if home in sides:
                sides[home].append(member)
            elif not self._is_arbiter(member.number) and not _is_source(member):
                side = self._leaning(home, a, b)
                if side is not None:
                    sides[side].append(member)
        camps = [self._camp(one, other, sides[one], sides[other]) for one, other in ((a, b), (b, a))]
        camps.sort(key=lambda camp: -sum(self.weight[m.number] for m in camp.members))
        return camps[0], camps[1]

    def _leaning(self, home: int, a: int, b: int) -> int | None:
        """The side a third party goes with: it takes a stance of its own, and not against both."""
        lean = {a: self._net(home, b), b: self._net(home, a)}
        side = max(lean, key=lambda number: lean[number])
        other = b if side == a else a
        is_torn = lean[other] > 0 or lean[side] - lean[other] < _LEANS
        takes_stance = self._toward[home, other] > 0 or self._toward[home, side] < 0
        return side if takes_stance and not is_torn else None

    def _net(self, a: int, b: int) -> float:
        return self._toward[a, b] + self._toward[b, a]

    def _camp(self, one: int, other: int, members: list[Member], others: list[Member]) -> Camp:
        """The side of root `one`: those of it who speak, act or are acted on, the lead first."""
        homes = {self.root[m.number].number for m in members}
        against = {self.root[m.number].number for m in others}
        out = [s for x in homes for y in against for s in self._stances[x, y]]
        into = [s for x in homes for y in against for s in self._stances[y, x]]
        involved: dict[int, float] = defaultdict(float)
        for s in out:
            involved[s.holder.number] += max(0.0, s.weight) * self._share(s)
        for s in into:
            involved[s.target.number] += max(0.0, s.weight) * self._share(s)
        ordered = sorted(members, key=lambda m: (-involved[m.number], -self.weight[m.number]))
        lead = self._lead(one, members, involved)
        ordered = [lead, *(m for m in ordered if m is not lead)]
        taking_part = {lead.number, *self._heard, *(n for n, x in involved.items() if x)}
        active = [m for m in ordered if m.number in taking_part]
        out = sorted((s for s in out if s.weight > 0), key=lambda s: -s.weight * self._share(s))
        return Camp(ordered[0], tuple(active), tuple(out))

    def _lead(self, one: int, members: list[Member], involved: dict[int, float]) -> Member:
        """Who a side is called after: the root, unless another body of it does the quarrelling.

        A minister quarrels for the state, so the state leads; investigators lead themselves.
        """
        root = next(m for m in members if m.number == one)
        bodies = [m for m in members if m is not root and m.type != "person" and m.type != "state"]
        bodies = [m for m in bodies if self.root[m.number] is root]
        best = max(bodies, key=lambda m: involved[m.number], default=root)
        own = involved[one] + sum(involved[m.number] for m in members if m.type == "person")
        is_there = involved[one] or one in self._heard or len(root.mentions) >= _OFTEN
        if not is_there or (not own and one not in self._heard):
            return max(members, key=lambda m: (involved[m.number], self.weight[m.number]))
        share = own * (_ROOT_LEADS if best.is_named else _ROOT_LEADS / _UNNAMED)
        return best if involved[best.number] > share else root


def _is_source(member: Member) -> bool:
    """Whether nobody is named, only a source: "one person with knowledge of the matter"."""
    return not member.is_named and bool(member.heads & listed("dispute", "sources"))


def label_of(member: Member) -> str:
    """What a side is called: a state by what the article calls it most, any other by its name."""
    if member.listed_as != "state":
        return member.label
    called = [m.text.removeprefix("the ").removeprefix("The ") for m in member.mentions if m.name]
    return max(called, key=called.count) if called else member.label


def _topic(reading: Reading) -> set[str]:
    """Content words of headline and lead but for names."""
    first = reading.sents[: min(_LEAD_ENDS, len(reading.sents))]
    names = {w.lemma_.lower() for sent in reading.sents for w in sent if w.tag_.startswith("NNP")}
    lead = {w for n in range(len(first)) for w in content_words(reading, n)}
    return lead - names


def _rules_or_watches(member: Member) -> bool:
    """Whether a member only rules on the matter or watches it, by what it is called."""
    last = {form.split()[-1].lower() for form in member.forms() if form}
    heads = {form.split(" of ")[0].split()[-1].lower() for form in member.forms() if form.strip()}
    return bool((last | heads | member.heads) & listed("dispute", "arbiters"))
