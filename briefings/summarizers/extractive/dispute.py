"""Decides whether there is a dispute, between whom, and what each side's position is.

Sides are drawn from who stands against whom; who mediates, rules or watches is on neither. It
never says who is right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

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
CONTESTED_FROM = 1.0
_POSITION_WORDS = 24
_STATEMENTS_PER_POSITION = 2
_POSITION_KINDS = {"demand": 1.5, "refuse": 1.5, "accuse": 1.4, "deny": 1.4, "threaten": 1.3, "warn": 1.0, "propose": 0.9, "support": 0.9, "decide": 0.7, "state": 0.6}
_CONTENTIOUS = ("accuse", "deny", "demand", "refuse", "threaten")


@dataclass(frozen=True, slots=True)
class Camp:
    """One side in the making: its lead first, then the members who go with it."""

    lead: Member
    members: tuple[Member, ...]


def find_dispute(
    reading: Reading,
    chosen: tuple[Chosen, ...],
    statements: tuple[Statement, ...],
    relations: Relations,
) -> Dispute | None:
    """The dispute with its sides, lead party first; None where there is none."""
    camps = draw_sides(reading, chosen, statements, relations)
    if camps is None or heat(reading, statements, relations, camps) < CONTESTED_FROM:
        return None
    issue = name_issue(reading, statements)
    if issue is None:
        return None
    ids = {c.member.number: c.id for c in chosen}
    sides = tuple(_to_side(reading, camp, statements, issue, ids) for camp in camps)
    evidence = tuple(reading.span(first, last) for first, last in issue.ranges)
    return Dispute(issue=issue.text, sides=sides, evidence=evidence)


def heat(
    reading: Reading,
    statements: tuple[Statement, ...],
    relations: Relations,
    camps: tuple[Camp, Camp],
) -> float:
    """How much speaks for a live dispute; from 1 on there is one.

    Counted: contentious statements as a share of all, what the two sides do to and say of each
    other, and words of dispute in headline and lead.
    """
    contentious = [s for s in statements if s.kind in _CONTENTIOUS]
    share = len(contentious) / max(4, len(statements))
    one, two = ({m.number for m in camp.members} for camp in camps)
    between = sum(w for pair, w in relations.weights.items() if w > 0 and pair & one and pair & two)
    lead = [w for sent in reading.sents[:4] for w in sent]
    nouns = sum(w.lemma_.lower() in listed("dispute", "strong_nouns") for w in lead)
    verbs = sum(w.tag_.startswith("VB") and w.lemma_.lower() in listed("dispute", "hostile") for w in lead)
    return 0.8 * share + min(between, 8.0) * 0.09 + min(nouns, 3) * 0.2 + min(verbs, 3) * 0.1


def draw_sides(
    reading: Reading,
    chosen: tuple[Chosen, ...],
    statements: tuple[Statement, ...],
    relations: Relations,
) -> tuple[Camp, Camp] | None:
    """The two parties most set against each other, each with those who go with it."""
    members = [c.member for c in chosen]
    weight = {c.member.number: c.weight for c in chosen}
    root = {m.number: _root(reading, m, members) for m in members}
    against: dict[tuple[int, int], float] = defaultdict(float)
    for pair, w in relations.weights.items():
        if len(pair) == 2 and all(n in root for n in pair):  # noqa: PLR2004
            a, b = sorted({root[n].number for n in pair}) * (1 if len({root[n].number for n in pair}) == 2 else 0) or (0, 0)  # noqa: PLR2004
            if a != b:
                against[a, b] += w
    best = None
    for (a, b), w in against.items():
        if w <= 0:
            continue
        score = w * (weight.get(a, 0.5) * weight.get(b, 0.5)) ** 0.4
        score *= 0.35 if _is_arbiter(members, a) or _is_arbiter(members, b) else 1.0
        if best is None or score > best[0]:
            best = (score, a, b)
    if best is None:
        return None
    return _camps(members, root, weight, against, best[1], best[2])


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


def _is_arbiter(members: list[Member], number: int) -> bool:
    member = next(m for m in members if m.number == number)
    words = {w.lower() for form in member.forms() for w in form.split()} | member.heads
    return bool(words & listed("dispute", "arbiters"))


def _camps(
    members: list[Member],
    root: dict[int, Member],
    weight: dict[int, float],
    against: dict[tuple[int, int], float],
    a: int,
    b: int,
) -> tuple[Camp, Camp]:
    def pull(number: int, side: int, other: int) -> float:
        def get(x: int, y: int) -> float:
            return against.get((min(x, y), max(x, y)), 0.0)

        return get(number, other) - get(number, side)

    sides: dict[int, list[Member]] = {a: [], b: []}
    for member in members:
        home = root[member.number].number
        if home in sides:
            sides[home].append(member)
            continue
        if _is_arbiter(members, member.number):
            continue
        lean = pull(home, a, b) - pull(home, b, a)
        if abs(lean) >= 1.0:
            sides[a if lean > 0 else b].append(member)
    camps = []
    for number in (a, b):
        held = sorted(sides[number], key=lambda m: (m.number != number, -weight[m.number]))
        lead = held[0] if held else next(m for m in members if m.number == number)
        camps.append(Camp(lead, tuple(held or [lead])))
    camps.sort(key=lambda camp: -sum(weight.get(m.number, 0.0) for m in camp.members))
    return camps[0], camps[1]


def _to_side(
    reading: Reading,
    camp: Camp,
    statements: tuple[Statement, ...],
    issue: Issue,
    ids: dict[int, str],
) -> Side:
    telling = best_statements(reading, camp, statements, issue)
    position = " ".join(_sentence(reading, s) for s in telling[:_STATEMENTS_PER_POSITION]) or None
    evidence: list[Span] = [span for s in telling[:3] for span in evidence_of(reading, s.attribution)][:6]
    if not evidence:
        mention = camp.lead.mentions[0]
        evidence = [reading.span(mention.first, mention.last)]
    return Side(
        label=label_of(camp.lead),
        actors=tuple(ids[m.number] for m in camp.members if m.number in ids),
        position=position,
        evidence=tuple(sorted(evidence, key=lambda s: s.start)),
    )


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
    """A statement as one line: who, with the article's verb, what."""
    a = s.attribution
    assert s.speaker is not None  # noqa: S101 - best_statements gives only those
    verb = reading.span(*a.cue).quote
    parts = [shorten(reading, first, last, max_words=_POSITION_WORDS, end="") for first, last in a.content[:1]]
    text = parts[0] if parts else content_text(reading, s.attribution)
    joint = ": " if a.frame in ("say", "phrase", "noun", "adjective") else " "
    if a.frame == "phrase":
        verb = "according to the article"
    return f"{label_of(s.speaker)} {verb}{joint}{text}."
