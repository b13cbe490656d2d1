"""Ranks what is at stake: consequences under way, risks, what comes next, and whose view it is.

It scores sentences, or the statements in them, by what their words do (modality, consequence,
calendar, magnitude) and by how central they are; it weighs no side against the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from briefings.briefing import MAX_STAKES, Stake
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.lexicon import words as listed
from briefings.language.publication import seen_from
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.central import centrality, likeness
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.outlook import belongs, is_still_told, markers, status_of
from briefings.summarizers.extractive.shorten import shorten
from briefings.summarizers.extractive.why.lines import left_out, why_stake
from briefings.summarizers.notes import is_anybody_listening, note, note_left_out

#: What opens a second clause of what somebody said.
_JOINT = ("and", "that")
#: Words of one line, where it can be cut to that, and of the shortest unit worth one.
_WORDS = 18
_SHORTEST = 7
_SHORTEST_STATEMENT = 5
#: Two units of different sentences that share more of their content words tell the same.
_TOO_ALIKE = 0.55
# The weights that follow were fitted on the development articles and on our own, together: points
# for each word of a family, up to so many; for "will" and for a condition; for standing in one of
# the last two paragraphs, where news tells what comes next.
_POINTS = {
    "risk": (1.1, 3),
    "consequence": (0.7, 3),
    "next": (0.5, 2),
    "magnitude": (0.7, 3),
    "joint": (0.1, 1),
}
#: A unit worth less is not worth a line.
_LEAST = 0.4
_WILL, _CONDITION, _AT_THE_END = 0.75, 0.45, 0.25
_LAST_PARAGRAPHS = 2
#: Factors: for a central sentence, a warning, an accusation, and for standing far down.
_BASE = 0.5
_WARNS, _ACCUSES = 1.15, 0.7
_DOWN = 0.35
_MOST_ACTORS = 6
#: Factors for what came before the news and for what did not come about; times that are no news.
_LOOKS_BACK, _UNREAL = 0.6, 0.0
_OLD = ("year", "month", "decade", "ago")
_HISTORY = timedelta(days=730)
#: Of those left out, so many are noted.
_NOTED = 4
#: A statement that covers this share of a sentence makes it its speaker's.
_MOST_OF_IT = 0.7


@dataclass(frozen=True, slots=True)
class _Unit:
    """Words `first` to `last` of sentence `number`; `owner` where they are somebody's statement."""

    number: int
    first: int
    last: int
    owner: Member | None


@dataclass(frozen=True, slots=True)
class _Times:
    """The times that an article names, and the day it is seen from."""

    named: tuple[TimeExpression, ...]
    seen_from: date

    def within(self, reading: Reading, words: Words) -> tuple[TimeExpression, ...]:
        start, end = reading.starts[words.start], reading.ends[words.end - 1]
        return dates_between(self.named, start, end)

    def is_long_ago(self, reading: Reading, words: Words) -> bool:
        """Whether the latest day that is named lies years before the news."""
        days = [d.order for d in self.within(reading, words) if d.order]
        return bool(days) and self.seen_from - max(days) > _HISTORY


def find_stakes(
    reading: Reading,
    cast: Cast,
    statements: tuple[Statement, ...],
    ids: dict[int, str],
    *,
    most: int = MAX_STAKES,
) -> tuple[Stake, ...]:
    """The stakes an editor would print first, best first; `ids` maps members to actor ids."""
    central = centrality(reading)
    made_in = _by_sentence(statements)
    numbers = range(1, len(reading.sents))
    units = [u for n in numbers for u in _units_in(reading, n, made_in[n], ids)]
    times = _Times(find_dates(reading), seen_from(reading)[0])
    scored = [(_score(reading, u, central[u.number], made_in[u.number], times), u) for u in units]
    scored.sort(key=lambda row: (-row[0], row[1].first))
    kept: list[_Unit] = []
    for score, unit in scored:
        if score <= _LEAST or len(kept) == most:
            break
        if not any(_tells_the_same(reading, unit, other) for other in kept):
            kept.append(unit)
    _note_left_out(reading, scored, kept)
    stakes = tuple(_to_stake(reading, cast, unit, ids) for unit in kept)
    scores = {unit: score for score, unit in scored}
    for unit, stake in zip(kept, stakes, strict=True):
        bounds = (unit.first, unit.last)
        note(stake, why_stake, find_stakes, reading, stake, bounds, score=scores[unit])
    return stakes


def _note_left_out(reading: Reading, scored: list[tuple[float, _Unit]], kept: list[_Unit]) -> None:
    """Note the best of those that are not kept: told already, or too many."""
    for score, unit in scored[: len(kept) + _NOTED] if is_anybody_listening() else ():
        if unit not in kept and score > 0:
            alike = any(_tells_the_same(reading, unit, other) for other in kept)
            why = "another stake tells the same" if alike else "weaker than those listed"
            bounds = (unit.first, unit.last)
            note_left_out(left_out, find_stakes, "stakes", reading, bounds, why=why, weight=score)


def _by_sentence(statements: tuple[Statement, ...]) -> dict[int, tuple[Statement, ...]]:
    """The statements that touch each sentence, by its number; none for those not named."""
    found: dict[int, tuple[Statement, ...]] = defaultdict(tuple)
    for statement in statements:
        for number in statement.sentences:
            found[number] += (statement,)
    return found


def _units_in(
    reading: Reading, number: int, statements: tuple[Statement, ...], ids: dict[int, str]
) -> Iterator[_Unit]:
    """The statements of a sentence that speak of what may come, else the sentence as a whole."""
    sent = reading.sents[number]
    if not _is_readable(reading, number):
        return
    inside = [u for s in statements for u in _statement_units(reading, s, number, ids)]
    if inside:
        yield from inside
    else:
        yield _Unit(number, sent.start, sent.end - 1, _owner_of(sent, number, statements))


def _owner_of(sent: Words, number: int, statements: tuple[Statement, ...]) -> Member | None:
    """Whose statement a whole sentence is: the one speaker whose words make up most of it."""
    here = [s for s in statements if number in s.sentences and s.speaker]
    if len(here) != 1 or _speak_together(sent.doc, here[0]):
        return None
    ranges = (here[0].attribution.source, here[0].attribution.cue, *here[0].attribution.content)
    covered = {i for first, last in ranges for i in range(first, last + 1)} & set(
        range(sent.start, sent.end)
    )
    is_said = sent.root.i in range(here[0].attribution.cue[0], here[0].attribution.cue[1] + 1)
    return here[0].speaker if is_said or len(covered) >= _MOST_OF_IT * len(sent) else None


def _speak_together(doc: Doc, statement: Statement) -> bool:
    """Whether others say it with the speaker: "19 states and the union" are not the union."""
    head = doc[statement.attribution.source_head]
    return head.dep_ == "conj" or any(c.dep_ == "conj" and c.tag_ != "CC" for c in head.children)


def _statement_units(
    reading: Reading, s: Statement, number: int, ids: dict[int, str]
) -> Iterator[_Unit]:
    """A statement that can stand alone beside its owner's name: one clause with a risk in it."""
    a = s.attribution
    if s.speaker is None or s.speaker.number not in ids or len(a.content) != 1:
        return
    if _speak_together(reading.doc, s):
        return
    first, last = a.content[0]
    if reading.sentence_number(first) != number or a.frame not in ("say", "adjective"):
        return
    first = _past_hearer(reading.doc[first : last + 1])
    last = _before_next_clause(reading.doc[first : last + 1])
    words = reading.doc[first : last + 1]
    is_clause = len(words) >= _SHORTEST_STATEMENT and any(w.tag_ in FINITE for w in words)
    # "It would close" says nothing without the sentence that names the speaker.
    opens_well = len(words) > 0 and not words[0].is_punct
    is_clause = is_clause and opens_well and words[0].tag_ != "PRP"
    if is_clause and not reading.is_quoted(first) and _count(words, "risk"):
        yield _Unit(number, first, last, s.speaker)


def _past_hearer(words: Words) -> int:
    """Where what is said begins: behind the "that" of "told her followers that she would"."""
    verb = next((w.i for w in words if w.tag_ in FINITE), words.end)
    marks = [w.i for w in words if w.lower_ == "that" and w.dep_ == "mark" and w.i < verb]
    return marks[0] + 1 if marks else words.start


def _before_next_clause(words: Words) -> int:
    """Last word before ", and that …", which goes on only behind its own "said"."""
    pairs = pairwise(words)
    joint = next((one.i for one, that in pairs if (one.lower_, that.lower_) == _JOINT), words.end)
    return joint - 1 - (words.doc[joint - 1].text == ",")


def _is_readable(reading: Reading, number: int) -> bool:
    """A whole sentence that tells something: no question, caption or note about the author."""
    sent = reading.sents[number]
    text = sent.text.lower()
    is_background = any(sign in text for sign in listed("stakes", "background"))
    is_whole = len(sent) >= _SHORTEST and any(w.tag_ in FINITE for w in sent)
    return is_whole and not is_background and number not in reading.captions and "?" not in text


def _count(words: Words, family: str) -> int:
    return sum(belongs(word, family) for word in words)


def _points(words: Words, lower: set[str]) -> Iterator[float]:
    """What the words of each family count; `lower`: all the words, as they are listed."""
    for family, (each, most) in _POINTS.items():
        if not lower.isdisjoint(listed("stakes", family)):
            yield each * min(_count(words, family), most)


def _is_unreal(words: Words) -> bool:
    """Whether it tells what did not come about: "had he been freed, he would have sued"."""
    return any(
        w.lower_ in ("would", "could", "might") and words.doc[w.i + 1].lower_ == "have"
        for w in words
        if w.i + 1 < len(words.doc)
    )


def _looks_back(reading: Reading, words: Words, times: _Times) -> bool:
    """Whether a sentence tells what came before the news: dated long ago, nothing to come in it."""
    is_old = any(d.kind in _OLD and d.tense != "future" for d in times.within(reading, words))
    return is_old and not any(belongs(w, "risk") or w.lower_ == "will" for w in words)


def _score(
    reading: Reading,
    unit: _Unit,
    central: float,
    statements: tuple[Statement, ...],
    times: _Times,
) -> float:
    words = reading.doc[unit.first : unit.last + 1]
    lower = {word.lower_ for word in words}
    score = sum(_points(words, lower))
    score += _WILL if "will" in lower else 0.0
    score += _CONDITION if lower & listed("stakes", "condition") else 0.0
    last_paragraph = reading.sentences[-1].paragraph
    if reading.sentences[unit.number].paragraph > last_paragraph - _LAST_PARAGRAPHS:
        score += _AT_THE_END
    kinds = {s.kind for s in statements if unit.number in s.sentences}
    score *= _BASE + central
    score *= _WARNS if kinds & {"warn", "threaten"} else 1.0
    score *= _ACCUSES if kinds & {"accuse", "deny", "refuse"} else 1.0
    status = None if _is_unreal(words) else status_of(words)
    score *= _UNREAL if status is None else 1.0
    score *= _LOOKS_BACK if _looks_back(reading, words, times) else 1.0
    # What left its mark years ago is history.
    if status == "happening" and not is_still_told(words) and times.is_long_ago(reading, words):
        score *= _UNREAL
    return score * (1.0 - _DOWN * unit.number / len(reading.sents))


def _tells_the_same(reading: Reading, one: _Unit, other: _Unit) -> bool:
    if one.number == other.number:
        return one.first <= other.last and other.first <= one.last
    return likeness(reading, one.number, other.number) >= _TOO_ALIKE


def _to_stake(reading: Reading, cast: Cast, unit: _Unit, ids: dict[int, str]) -> Stake:
    actors = [ids[m.number] for m in cast.member_in(unit.first, unit.last) if m.number in ids]
    words = reading.doc[unit.first : unit.last + 1]
    status = status_of(words) or "happening"
    made = markers(words, status)
    keep = (made[0].i, made[0].i) if made else None
    return Stake(
        text=shorten(reading, unit.first, unit.last, max_words=_WORDS, end=".", keep=keep),
        status=status,
        according_to=ids.get(unit.owner.number) if unit.owner else None,
        actors=tuple(actors[:_MOST_ACTORS]),
        evidence=(reading.span_of_sentence(unit.number),),
    )
