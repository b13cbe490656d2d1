"""Decides whether there is a dispute, between whom, and what each side's position is.

Sides are drawn from who stands against whom; who mediates, rules or watches is on neither. It
never says who is right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Token

from briefings.briefing import Dispute, Side
from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.actors import Chosen, affiliation_of
from briefings.summarizers.extractive.cast import Member
from briefings.summarizers.extractive.claims import Statement, content_text, evidence_of
from briefings.summarizers.extractive.issue import Issue, name_issue
from briefings.summarizers.extractive.relations import Relations
from briefings.summarizers.extractive.shorten import shorten

#: Evidence of dispute an article must show; see `heat`. Set on the development articles.
CONTESTED_FROM = 0.47
#: A member goes with a side when it stands against the other by at least this much more.
_LEANS = 1.0
#: Words of one statement, and of a whole position.
_STATEMENT_WORDS = 24
_POSITION_WORDS = 38
_LONGEST_SENTENCE = 60
_STATEMENTS_PER_POSITION = 3
_POSITION_KINDS = {
    "demand": 1.5,
    "refuse": 1.5,
    "accuse": 1.4,
    "deny": 1.4,
    "threaten": 1.3,
    "warn": 1.0,
    "propose": 0.9,
    "support": 0.9,
    "decide": 0.7,
    "state": 0.6,
}
_CONTENTIOUS = ("accuse", "deny", "demand", "refuse", "threaten")


@dataclass(frozen=True, slots=True)
class Camp:
    """One side in the making: its lead first, then the members who go with it."""

    lead: Member
    members: tuple[Member, ...]


def find_dispute(
    reading: Reading,
    parties: Parties,
    statements: tuple[Statement, ...],
    ids: dict[int, str],
) -> Dispute | None:
    """The dispute with its sides, lead party first; None where there is none.

    `ids` maps the numbers of the members that are listed as actors to their ids.
    """
    camps = parties.sides()
    if camps is None or heat(reading, statements, parties) < CONTESTED_FROM:
        return None
    names = frozenset(
        word.lower()
        for camp in camps
        for m in camp.members
        for form in m.forms()
        for word in form.split()
    )
    issue = name_issue(reading, statements, names)
    if issue is None:
        return None
    sides = tuple(_to_side(reading, camp, statements, issue, ids) for camp in camps)
    evidence = tuple(reading.span(first, last) for first, last in issue.ranges)
    return Dispute(issue=issue.text, sides=sides, evidence=evidence)


def heat(reading: Reading, statements: tuple[Statement, ...], parties: Parties) -> float:
    """How much speaks for a live dispute; from CONTESTED_FROM on there is one.

    Counted: contentious statements, most where they are aimed at somebody; what the two parties do
    to and say of each other; words of dispute in headline and lead. The factors were set by hand on
    the development articles and read against a hundred others.
    """
    aimed = sum(parties.force_of(s) for s in statements)
    lead = [w for sent in reading.sents[:4] for w in sent]
    nouns = sum(w.lemma_.lower() in listed("dispute", "strong_nouns") for w in lead)
    verbs = sum(_is_contest(w) for w in lead)
    between = max(parties.against.values(), default=0.0)
    return (
        0.4 * aimed / max(5, len(statements)) + 0.13 * min(aimed, 5.0) + 0.07 * min(between, 6.0)
        + 0.18 * min(nouns, 3) + 0.09 * min(verbs, 4)
    )  # fmt: skip


def _is_contest(word: Token) -> bool:
    """A verb of contest, in the headline or lead; violence alone makes no dispute."""
    lemma = word.lemma_.lower()
    return (
        word.tag_.startswith("VB")
        and lemma in listed("dispute", "hostile")
        and lemma not in listed("dispute", "violent")
    )


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
        self.members = [c.member for c in chosen]
        self.weight = {c.member.number: c.weight for c in chosen}
        self.root = {m.number: _root(reading, m, self.members) for m in self.members}
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

    def _give_officials_a_state(self, statements: tuple[Statement, ...]) -> None:
        """A minister named without a country speaks for the weightiest state not addressed by him."""
        states = sorted(
            (m for m in self.members if m.type == "state"), key=lambda m: -self.weight[m.number]
        )
        for member in self.members:
            is_official = member.type == "person" and member.heads & listed(
                "actors", "offices_of_state"
            )
            if self.root[member.number] is not member or not is_official:
                continue
            addressed = {
                s.about[0]
                for s in statements
                if s.speaker is member and s.about and s.attribution.frame == "act"
            }
            home = next((state for state in states if state not in addressed), None)
            if home is not None:
                self.root[member.number] = home

    def force_of(self, s: Statement) -> float:
        """How contentious a statement is: 1 where it is aimed at another party, less where not."""
        if s.kind not in _CONTENTIOUS or s.speaker is None or s.speaker.number not in self.root:
            return 0.0
        if s.attribution.frame == "intend" and s.kind == "refuse" and not s.about:
            return 0.0  # "declined to comment"
        home = self.root[s.speaker.number]
        if self._is_arbiter(home.number):
            return 0.3
        is_aimed = any(m.number in self.root and self.root[m.number] is not home for m in s.about)
        return (
            1.0 if is_aimed else 0.7 if s.kind in ("accuse", "deny", "refuse", "threaten") else 0.3
        )

    def between(self, a: int, b: int) -> float:
        return self.against.get((min(a, b), max(a, b)), 0.0)

    def sides(self) -> tuple[Camp, Camp] | None:
        """The two parties most set against each other, each with those who go with it."""
        roots = sorted({root.number for root in self.root.values()})
        best = None
        for i, a in enumerate(roots):
            for b in roots[i + 1 :]:
                score = self._opposition(a, b)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, a, b)
        return self._camps(best[1], best[2]) if best else None

    def _opposition(self, a: int, b: int) -> float:
        direct = self.between(a, b)
        if direct < 0:
            return 0.0
        score = direct + 0.4 * min(self.contention[a], self.contention[b], 3.0)
        score *= 1.0 if self.contention[a] + self.contention[b] else 0.4
        score *= (self.weight.get(a, 0.5) * self.weight.get(b, 0.5)) ** 0.4
        return score * (0.35 if self._is_arbiter(a) or self._is_arbiter(b) else 1.0)

    def _is_arbiter(self, number: int) -> bool:
        member = next(m for m in self.members if m.number == number)
        words = {w.lower() for form in member.forms() for w in form.split()} | member.heads
        return bool(words & listed("dispute", "arbiters"))

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
        is_friend = self.between(home, side) < 0
        speaks_up = self.contention[home] > 0 and self.between(home, side) <= 0 < self.between(
            home, other
        )
        return side if abs(lean) >= _LEANS and (is_friend or speaks_up) else None

    def _camp(self, number: int, members: list[Member]) -> Camp:
        ordered = sorted(members, key=lambda m: (m.number != number, -self.weight[m.number]))
        return Camp(ordered[0], tuple(ordered))


def _root(reading: Reading, member: Member, members: list[Member]) -> Member:
    """Whom a member belongs to in the end: the minister to the government, the lawyer to the client."""
    seen = {member.number}
    current = member
    while True:
        owner = affiliation_of(reading, current, members)
        if owner is None or owner.number in seen:
            return current
        seen.add(owner.number)
        current = owner


def _to_side(
    reading: Reading,
    camp: Camp,
    statements: tuple[Statement, ...],
    issue: Issue,
    ids: dict[int, str],
) -> Side:
    telling = best_statements(reading, camp, statements, issue)
    position = _position(reading, telling)
    evidence: list[Span] = [
        span for s in telling[:3] for span in evidence_of(reading, s.attribution)
    ][:6]
    if not evidence:
        mention = camp.lead.mentions[0]
        evidence = [reading.span(mention.first, mention.last)]
    return Side(
        label=label_of(camp.lead),
        actors=tuple(ids[m.number] for m in camp.members if m.number in ids),
        position=position,
        evidence=tuple(sorted(evidence, key=lambda s: s.start)),
    )


def _position(reading: Reading, telling: list[Statement]) -> str | None:
    """The most telling statement, and a second where both are short enough together."""
    lines: list[str] = []
    for statement in telling[:_STATEMENTS_PER_POSITION]:
        line = _sentence(reading, statement)
        if line not in lines and (not lines or _words((*lines, line)) <= _POSITION_WORDS):
            lines.append(line)
    return " ".join(lines) or None


def _words(lines: tuple[str, ...]) -> int:
    return sum(len(line.split()) for line in lines)


def label_of(member: Member) -> str:
    return member.name.removeprefix("the ").removeprefix("The ")


def best_statements(
    reading: Reading, camp: Camp, statements: tuple[Statement, ...], issue: Issue
) -> list[Statement]:
    """What the side says that tells most of its position, best first."""
    terms = {
        w.lemma_.lower()
        for first, last in issue.ranges
        for w in reading.doc[first : last + 1]
        if w.tag_.startswith(("NN", "VB", "JJ"))
    }
    numbers = {m.number for m in camp.members}
    scored = []
    for s in statements:
        if s.speaker is None or s.speaker.number not in numbers:
            continue
        words = [w for first, last in s.attribution.content for w in reading.doc[first : last + 1]]
        on_issue = len(terms & {w.lemma_.lower() for w in words})
        score = _POSITION_KINDS[s.kind] + 0.35 * min(on_issue, 4)
        score += 0.3 if s.speaker is camp.lead else 0.0
        score -= 0.02 * min(s.sentences[0], 25)
        scored.append((score, -s.sentences[0], s))
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [s for _, _, s in scored]


def _sentence(reading: Reading, s: Statement) -> str:
    """A statement as one line: its sentence, or who and what where the sentence has but a pronoun."""
    a = s.attribution
    number = reading.sentence_number(a.cue[0])
    sent = reading.sents[number]
    if reading.doc[a.source_head].tag_ != "PRP" and len(sent) <= _LONGEST_SENTENCE:
        return shorten(reading, sent.start, sent.end - 1, max_words=_STATEMENT_WORDS, end=".")
    assert s.speaker is not None  # noqa: S101 - best_statements gives only those
    verb = reading.span(*a.cue).quote
    first, last = a.content[0]
    text = shorten(reading, first, last, max_words=_STATEMENT_WORDS, end="")
    if reading.doc[first].text[:1].islower():
        text = text[:1].lower() + text[1:]
    joint = " " if a.frame in ("act", "intend") else ": "
    return f"{label_of(s.speaker)} {verb}{joint}{text}."
