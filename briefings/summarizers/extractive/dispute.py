"""Decides whether there is a dispute and says what each side's position is, in the article's words.

Who stands on which side is drawn in `parties`. It never says who is right.
"""

from __future__ import annotations

from briefings.briefing import Dispute, Side
from briefings.evidence import Span
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement, evidence_of
from briefings.summarizers.extractive.issue import Issue, name_issue
from briefings.summarizers.extractive.heat import heat
from briefings.summarizers.extractive.parties import Camp, Parties
from briefings.summarizers.extractive.shorten import shorten

# All numbers here were set by hand on the development articles.
#: Evidence of dispute an article must show; see `heat`.
CONTESTED_FROM = 0.45
#: Words of one statement, and of a whole position.
_STATEMENT_WORDS = 24
_POSITION_WORDS = 38
#: A sentence of more words than this is not shown whole, however it could be shortened.
_LONGEST_SENTENCE = 60
_STATEMENTS_PER_POSITION = 3
#: So many statements are tried for lines that are short enough.
_TRIED = 5
_LONGEST_LINE = 45
_MOST_EVIDENCE = 6
#: How much a statement of each kind tells of its speaker's position.
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
#: What adds to that: each word it shares with the issue, being the lead's own, standing early.
_PER_TERM, _MOST_TERMS = 0.35, 4
_BY_LEAD = 0.3
_PER_SENTENCE, _LATEST = 0.02, 25


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
    issue = name_issue(reading, statements)
    if issue is None:
        return None
    sides = tuple(_to_side(reading, camp, statements, issue, ids) for camp in camps)
    evidence = tuple(reading.span(first, last) for first, last in issue.ranges)
    return Dispute(issue=issue.text, sides=sides, evidence=evidence)


def _to_side(
    reading: Reading,
    camp: Camp,
    statements: tuple[Statement, ...],
    issue: Issue,
    ids: dict[int, str],
) -> Side:
    telling = best_statements(reading, camp, statements, issue)
    contentious = [s for s in telling if s.kind not in ("state", "support", "decide")]
    telling = contentious or telling
    return Side(
        label=camp.lead.label,
        actors=tuple(ids[m.number] for m in camp.members if m.number in ids),
        position=_position(reading, telling),
        evidence=_evidence(reading, camp, telling[:_STATEMENTS_PER_POSITION]),
    )


def _evidence(reading: Reading, camp: Camp, telling: list[Statement]) -> tuple[Span, ...]:
    """The statements' own words; the first mention of the lead where there are none."""
    spans = [span for s in telling for span in evidence_of(reading, s.attribution)]
    if not spans:
        mention = camp.lead.mentions[0]
        spans = [reading.span(mention.first, mention.last)]
    return tuple(sorted(spans[:_MOST_EVIDENCE], key=lambda span: span.start))


def _position(reading: Reading, telling: list[Statement]) -> str | None:
    """The most telling statement, and a second where both are short enough together."""
    lines: list[str] = []
    for statement in telling[:_TRIED]:
        line = _sentence(reading, statement)
        if _words((line,)) > _LONGEST_LINE:
            continue  # it could not be cut, and says less than it hides
        if line not in lines and (not lines or _words((*lines, line)) <= _POSITION_WORDS):
            lines.append(line)
    return " ".join(lines) or None


def _words(lines: tuple[str, ...]) -> int:
    return sum(len(line.split()) for line in lines)


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
    theirs = [s for s in statements if s.speaker is not None and s.speaker.number in numbers]
    return sorted(
        theirs,
        key=lambda s: (
            -_telling(reading, s, terms, is_lead=s.speaker is camp.lead),
            s.sentences[0],
        ),
    )


def _telling(reading: Reading, s: Statement, terms: set[str], *, is_lead: bool) -> float:
    """How much a statement tells of its side's position."""
    said = {
        w.lemma_.lower()
        for first, last in s.attribution.content
        for w in reading.doc[first : last + 1]
    }
    score = _POSITION_KINDS[s.kind] + _PER_TERM * min(len(terms & said), _MOST_TERMS)
    score += _BY_LEAD if is_lead else 0.0
    return score - _PER_SENTENCE * min(s.sentences[0], _LATEST)


def _sentence(reading: Reading, s: Statement) -> str:
    """A statement as one line: its sentence, or who said what where that has but a pronoun."""
    a = s.attribution
    number = reading.sentence_number(a.cue[0])
    sent = reading.sents[number]
    is_pronoun = reading.doc[a.source_head].tag_ == "PRP"
    first, last = a.first, max(a.source[1], a.cue[1], *(end for _, end in a.content))
    is_whole = sent.start <= first and last < sent.end and last - first < _LONGEST_SENTENCE
    if not is_pronoun and is_whole:
        line = shorten(reading, first, last, max_words=_STATEMENT_WORDS, end=".")
        # Where an apposition was cut out, no comma stays between who speaks and the verb.
        verb = reading.span(*a.cue).quote
        return line.replace(f"{s.speaker_text}, {verb}", f"{s.speaker_text} {verb}", 1)
    name = s.speaker.label if is_pronoun and s.speaker else s.speaker_text
    name = name[:1].upper() + name[1:]
    verb = reading.span(*a.cue).quote
    first, last = a.content[0]
    text = shorten(reading, first, last, max_words=_STATEMENT_WORDS, end="")
    if reading.doc[first].text[:1].islower():
        text = text[:1].lower() + text[1:]
    joint = " " if a.frame in ("act", "intend") else ": "
    close = "" if text.endswith((".", "!", "?", "”", '"')) else "."
    return f"{name} {verb}{joint}{text}{close}"
