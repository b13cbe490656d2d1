"""Chooses what tells each side's position: its own words on the matter, else what it did in it.

A remark on another subject, or a clause cut out of its sentence, is no position. It draws no sides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Span as Sentence

from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.answers import is_admission
from briefings.summarizers.extractive.claims import Statement, evidence_of
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.issue import Issue
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.parties import Camp
from briefings.summarizers.extractive.shorten import shorten

# All numbers here were set by hand on the development articles.
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
#: Lines that end so lack what was said; lines that share so much say one thing twice.
_STUMPS = (" told", " said", " says", " say", " asked")
_AGAIN = 0.6
#: How much a statement of each kind tells of its speaker's position.
_KINDS = {
    "demand": 1.5,
    "refuse": 1.5,
    "accuse": 1.4,
    "deny": 1.4,
    "threaten": 1.3,
    "warn": 0.8,
    "propose": 0.8,
    "support": 0.7,
    "decide": 0.7,
    "state": 0.6,
}
#: What adds to that: each word it shares with the issue, with headline and lead; being about the
#: other side; being the lead's own; standing early.
_PER_TERM, _MOST_TERMS = 0.35, 4
_PER_TOPIC, _MOST_TOPICS = 0.15, 4
_ABOUT_OTHERS = 0.5
_BY_LEAD = 0.2
_PER_SENTENCE, _LATEST = 0.02, 25
#: Kinds that take a stance by themselves, whatever they are about.
_PLAIN_KINDS = ("accuse", "deny", "demand", "refuse", "threaten", "warn")
#: How many sentences headline and lead are.
_LEAD = 3
#: One word shared with the lead is chance, two are not. What is denied or refused early on is what
#: the article is about, whatever its words.
_FEWEST_TOPICS = 2
_ANSWERS, _EARLY = ("deny", "refuse"), 14


@dataclass(frozen=True, slots=True)
class Position:
    """A position as text, None where the article gives none, with the words that tell it."""

    text: str | None
    evidence: tuple[Span, ...]


class Positions:
    """What each of the camps of one article says or does in the matter."""

    def __init__(
        self,
        reading: Reading,
        statements: tuple[Statement, ...],
        issue: Issue,
        camps: tuple[Camp, Camp],
    ) -> None:
        self._reading = reading
        self._statements = statements
        self._camps = camps
        self._by_sentence: dict[int, list[Statement]] = defaultdict(list)
        for s in statements:
            for number in s.sentences:
                self._by_sentence[number].append(s)
        self._terms = {t for bounds in issue.ranges for t in _content(reading, *bounds)}
        lead = reading.sents[: min(_LEAD, len(reading.sents))]
        self._topic = {t for s in lead for t in _content(reading, s.start, s.end - 1)} - self._terms

    def of(self, camp: Camp) -> Position:
        """The most telling statement of a side, with a second where both are short; else an act."""
        telling = self._telling(camp)
        lines: list[str] = []
        used: list[Statement] = []
        for s in telling[:_TRIED]:
            line = _sentence(self._reading, s)
            is_new = _is_printable(line) and not any(
                set(s.sentences) & set(other.sentences) for other in used
            )
            is_new = is_new and not any(_says_again(line, other) for other in lines)
            if is_new and (not lines or _words((*lines, line)) <= _POSITION_WORDS):
                lines.append(line)
                used.append(s)
        if not lines:
            return self._by_act(camp)
        rest = [s for s in telling[:_STATEMENTS_PER_POSITION] if s not in used]
        spans = [span for s in (*used, *rest) for span in evidence_of(self._reading, s.attribution)]
        spans = list(dict.fromkeys(spans))[:_MOST_EVIDENCE]
        return Position(" ".join(lines), tuple(sorted(spans, key=lambda span: span.start)))

    def _by_act(self, camp: Camp) -> Position:
        """The sentence that tells what the side did to the other, in the writer's account."""
        for stance in camp.stances:
            number = self._reading.sentence_number(stance.word)
            sent = self._reading.sents[number]
            if stance.statement is not None or number == 0 or not self._is_by(sent, stance.holder):
                continue
            line = _whole_line(self._reading, sent)
            if _words((line,)) <= _LONGEST_LINE:
                return Position(line, (self._reading.span_of_sentence(number),))
        return Position(None, ())

    def _is_by(self, sent: Sentence, holder: Member) -> bool:
        """Whether a sentence has the holder as a subject: it tells their act, not who met it."""
        words = (self._reading.doc[m.head] for m in holder.mentions_between(sent.start, sent.end))
        return any(w.dep_ == "nsubj" and w.head.dep_ in ("ROOT", "conj") for w in words)

    def _telling(self, camp: Camp) -> list[Statement]:
        """The side's own statements on the matter, most telling first."""
        numbers = {m.number for m in camp.members}
        others = {m.number for c in self._camps if c is not camp for m in c.members}
        others |= {c.lead.number for c in self._camps if c is not camp}
        said_there = {
            t
            for c in self._camps
            for x in (c.stances if c is not camp else ())
            if x.statement is not None
            for bounds in x.statement.attribution.content
            for t in _content(self._reading, *bounds)
        }
        own = [s for s in self._statements if s.speaker is not None and s.speaker.number in numbers]
        # The headline is said again in the text, and there with its grammar whole.
        own = [s for s in own if s.sentences[0] > 0] or own
        scored = [
            (self._score(s, camp, others, said_there), -s.sentences[0], i, s)
            for i, s in enumerate(own)
        ]
        found = [row for row in scored if row[0] > 0]
        found.sort(key=lambda row: (-row[0], -row[1], row[2]))
        return [row[3] for row in found]

    def _is_told_by_others(self, s: Statement, numbers: set[int]) -> bool:
        """Whether a statement stands in what somebody of no such number says of them."""
        return any(
            first <= s.attribution.cue[0] <= last
            for o in self._by_sentence.get(s.sentences[0], ())
            if o is not s and o.speaker is not None and o.speaker.number not in numbers
            for first, last in o.attribution.content
        )

    def _score(self, s: Statement, camp: Camp, others: set[int], said_there: set[str]) -> float:
        """How much a statement tells of its side's position; 0 where it tells nothing of it."""
        if not _stands_alone(self._reading, s):
            return 0.0
        said = {t for bounds in s.attribution.content for t in _content(self._reading, *bounds)}
        shared = min(len(said & self._terms), _MOST_TERMS)
        topical = min(len(said & (self._topic | said_there)), _MOST_TOPICS)
        is_stance = any(x.statement is s for x in camp.stances)
        is_about_others = is_stance or any(m.number in others for m in s.about)
        cue = self._reading.doc[s.attribution.cue[0]].lemma_.lower()
        is_praise = cue in listed("dispute", "praising")
        if is_praise or (s.kind == "support" and is_about_others):
            return 0.0
        takes_stance = is_stance or s.kind in _PLAIN_KINDS or cue in listed("dispute", "asserting")
        is_remark = topical < _FEWEST_TOPICS if s.kind == "state" else True
        if not takes_stance and not shared and is_remark:
            return 0.0
        is_on_matter = is_about_others or bool(shared) or topical >= _FEWEST_TOPICS
        is_answer = s.kind in _ANSWERS and s.sentences[0] <= _EARLY
        if not is_on_matter and not is_answer and s.sentences[0] > _LEAD:
            return 0.0
        is_mild = is_admission(self._reading, s) or cue in listed("dispute", "courteous")
        kind = "state" if is_mild else s.kind
        score = _KINDS[kind] + _PER_TERM * shared + _PER_TOPIC * topical
        score += _ABOUT_OTHERS if is_about_others else 0.0
        score += _BY_LEAD if s.speaker is camp.lead else 0.0
        return score - _PER_SENTENCE * min(s.sentences[0], _LATEST)


def _content(reading: Reading, first: int, last: int) -> set[str]:
    """Lemmas of nouns, verbs and adjectives of a range, the emptiest left out."""
    return {
        w.lemma_.lower()
        for w in reading.doc[first : last + 1]
        if w.tag_.startswith(("NN", "VB", "JJ"))
        and not w.is_stop
        and w.lemma_.lower() not in listed("dispute", "empty")
    }


def _stands_alone(reading: Reading, s: Statement) -> bool:
    """Whether a statement makes a sentence of its own, not a scrap out of another clause."""
    a = s.attribution
    if a.frame == "noun" or a.is_negated:
        return False
    cue = reading.doc[a.cue[0]]
    if cue.dep_ in ("acl:relcl", "amod"):
        return False
    is_finite = any(w.tag_ in FINITE for w in reading.doc[a.cue[0] : a.cue[1] + 1])
    helpers = any(c.tag_ in FINITE for c in cue.lefts if c.dep_.startswith(("aux", "cop")))
    return is_finite or helpers or a.frame in ("say", "phrase", "adjective")


def _whole_line(reading: Reading, sent: Sentence) -> str:
    return shorten(reading, sent.start, sent.end - 1, max_words=_STATEMENT_WORDS, end=".")


def _with_name(line: str, pronoun: str, verb: str, speaker: Member | None) -> str:
    """A line with its speaker's name for the pronoun beside the verb; nothing where that fails."""
    if speaker is None:
        return ""
    if line.lower().startswith(f"{pronoun.lower()} "):
        return speaker.label + line[len(pronoun) :]
    for old, new in ((f"{pronoun} {verb}", f"{speaker.label} {verb}"), (f"{verb} {pronoun}", "")):
        if line.count(old) == 1:
            return line.replace(old, new or f"{verb} {speaker.label}")
    return ""


def _is_printable(line: str) -> bool:
    """Whether a line is short enough and no stump: "Mr Penrose told."."""
    return _words((line,)) <= _LONGEST_LINE and not line.rstrip(".").endswith(_STUMPS)


def _says_again(line: str, other: str) -> bool:
    """Whether most of the words of a line are in another one already."""
    one, two = ({w.strip(".,;:\"'“”").lower() for w in text.split()} for text in (line, other))
    return len(one & two) >= _AGAIN * min(len(one), len(two))


def _words(lines: tuple[str, ...]) -> int:
    return sum(len(line.split()) for line in lines)


def _sentence(reading: Reading, s: Statement) -> str:
    """A statement as one line: its sentence, or who said what where that has but a pronoun."""
    a = s.attribution
    number = reading.sentence_number(a.cue[0])
    sent = reading.sents[number]
    source = reading.doc[a.source_head]
    ends = [end for start, end in a.content if sent.start <= start and end < sent.end]
    first, last = a.first, max(a.source[1], a.cue[1], *ends)
    is_whole = sent.start <= first and last < sent.end and last - first < _LONGEST_SENTENCE
    line = ""
    if a.frame == "act" and source.i > a.cue[0]:
        return _whole_line(reading, sent)  # a passive: "its plans were opposed by a group"
    if ends and is_whole:
        line = shorten(reading, first, last, max_words=_STATEMENT_WORDS, end=".")
    if line and source.tag_ == "PRP":
        line = _with_name(line, source.text, reading.span(*a.cue).quote, s.speaker)
    if line:
        line = line[:1].upper() + line[1:]
        # Where an apposition was cut out, no comma stays between who speaks and the verb.
        verb = reading.span(*a.cue).quote
        return line.replace(f"{s.speaker_text}, {verb}", f"{s.speaker_text} {verb}", 1)
    is_pronoun = source.tag_ == "PRP"
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
