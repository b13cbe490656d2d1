"""The timeline: what happened, or will, at the times the article names.

It picks happenings and puts them in order; finding and resolving the times is for `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spacy.tokens import Token

from briefings.briefing import Event
from briefings.language import lexicon
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.publication import published_on
from briefings.language.reading import Reading
from briefings.summarizers.extractive.draft import FINITE, Cut
from briefings.summarizers.extractive.elsewhere import dates_another, is_in_relative
from briefings.summarizers.extractive.happenings import aside_around, clause_around, named_happening
from briefings.summarizers.extractive.shorten import shorten
from briefings.summarizers.extractive.why.lines import left_out, why_event
from briefings.summarizers.notes import is_anybody_listening, note, note_left_out

MAX_EVENTS = 10
_TEXT_WORDS = 28
_MAX_EVIDENCE = 3
#: Happenings that are compared with each other; the rest can't come among the first ten.
_POOL = 60
#: Entries in which somebody merely says something on the day.
_MAX_SPOKEN = 3
_NAMING = ("NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBN", "VBG", "VBZ", "VBP")
_MARKS = ("``", "''")
#: Below this a time dates no news: a caption, words of a quotation.
_THRESHOLD = 0.5
#: Sentences that count as the lead, title included.
_LEAD = 6
#: Share of common words from which two happenings of one date are one.
_SAME_EVENT = 0.55


@dataclass(frozen=True, slots=True)
class _Candidate:
    dated: TimeExpression
    #: Sentences that tell of it, the best first.
    sentences: tuple[int, ...]
    first: int
    last: int
    score: float
    #: Words between that are none of the happening.
    gone: tuple[Cut, ...] = ()


def find_events(reading: Reading) -> tuple[Event, ...]:
    """At most ten dated happenings in order of time, the most telling ones."""
    dates = find_dates(reading)
    numbers = range(1, len(reading.sents))
    found = [candidate for number in numbers for candidate in _candidates(reading, dates, number)]
    found = [candidate for candidate in found if candidate.score >= _THRESHOLD]
    found = sorted(found, key=lambda c: (-c.score, c.dated.start))[:_POOL]
    merged = _merge(reading, found)
    ranked = sorted(merged, key=lambda c: (-c.score, c.dated.start))
    spoken = [c for c in ranked if _speaker(reading, c) is not None][_MAX_SPOKEN:]
    chosen = [c for c in ranked if c not in spoken][:MAX_EVENTS]
    for candidate in ranked if is_anybody_listening() else ():
        if candidate not in chosen:
            why = "merely said on that day" if candidate in spoken else "weaker than those listed"
            bounds = (candidate.first, candidate.last)
            weight = candidate.score
            rule = find_events
            note_left_out(left_out, rule, "timeline", reading, bounds, why=why, weight=weight)
    return tuple(_event(reading, candidate) for candidate in _in_order(reading, chosen))


def _event(reading: Reading, candidate: _Candidate) -> Event:
    dated = candidate.dated
    words = reading.words_between(dated.start, dated.end)
    keep = (
        (words[0].i, words[-1].i)
        if words[0].i >= candidate.first and words[-1].i <= candidate.last
        else None
    )
    text = shorten(
        reading,
        candidate.first,
        candidate.last,
        max_words=_TEXT_WORDS,
        keep=keep,
        gone=candidate.gone,
    )
    evidence = tuple(reading.span_of_sentence(n) for n in sorted(candidate.sentences))
    when = re.sub(r"^(?:on|in|as recently as|recently in) ", "", dated.when, flags=re.IGNORECASE)
    event = Event(when=when, date=dated.iso, text=text, evidence=evidence)
    bounds = (candidate.first, candidate.last)
    told = candidate.sentences
    score = candidate.score
    note(event, why_event, find_events, reading, dated, bounds, sentences=told, score=score)
    return event


def _candidates(
    reading: Reading, dates: tuple[TimeExpression, ...], number: int
) -> Iterator[_Candidate]:
    """One candidate for each clause of a sentence that a time belongs to."""
    sentence = reading.sentences[number]
    if number in reading.captions or _furniture().match(
        reading.text[sentence.start : sentence.end]
    ):
        return
    best: dict[tuple[int, int], _Candidate] = {}
    here = dates_between(dates, sentence.start, sentence.end)
    scored = [(_score(reading, d, number), d) for d in here if _has_place(d)]
    for score, dated in sorted(scored, key=lambda pair: (_is_beside(reading, pair[1]), -pair[0])):
        words = reading.words_between(dated.start, dated.end)
        if not len(words):
            continue
        at = words[0].i, words[-1].i
        if aside := aside_around(reading, *at):
            place = aside.first, aside.last
            best.setdefault(place, _Candidate(dated, (number,), *place, score, aside.gone))
            continue
        clause = clause_around(reading, number, *at)
        is_apart = dates_another(reading, *at)
        taken = clause in best and best[clause].dated.when != dated.when
        if taken or is_apart or dated.kind == "year":
            # The clause is about a better date; this one may stand with a noun of its own.
            named = named_happening(reading, number, *at)
            if named is None and dated.kind == "year" and _is_name_part(reading, at[1]):
                continue
            if is_apart and (named is None or reading.doc[named[0]].tag_ == "PRP$"):
                continue
            clause = named or clause
        if clause not in best:
            best[clause] = _Candidate(dated, (number,), *clause, score)
    yield from best.values()


def _is_beside(reading: Reading, dated: TimeExpression) -> bool:
    """Whether a time gives way to the others of its sentence: it dates a thing, not the deed."""
    words = reading.words_between(dated.start, dated.end)
    return len(words) > 0 and is_in_relative(reading, words[0].i, words[-1].i)


@cache
def _furniture() -> re.Pattern[str]:
    pattern = lexicon.load("dates")["happenings"]["furniture"]
    return re.compile(re.sub(r"\n\s*\|", "", pattern), re.IGNORECASE)


def _has_place(dated: TimeExpression) -> bool:
    """Whether a time can stand in a timeline: "two hours later" and "for 20 years" can't."""
    if dated.kind == "stretch":
        return dated.when.lower() not in ("in recent years", "in recent months", "in recent weeks")
    return dated.kind != "ago" or dated.when.endswith("ago")


def _score(reading: Reading, dated: TimeExpression, number: int) -> float:
    """How much a desk would want this date: by its kind, its verb and its place in the article."""
    tables = lexicon.load("dates")
    words = reading.words_between(dated.start, dated.end)
    score = float(tables["weights"][dated.kind])
    score += 0.6 * (number < _LEAD) + 0.7 * (dated.tense == "future")
    sent = reading.sents[number]
    if reading.is_quoted(words[0]):
        # Nobody is named as the speaker where the whole sentence is quoted.
        score -= 3.0 if reading.is_quoted(sent.start) and reading.is_quoted(sent.end - 1) else 1.5
    elif reading.is_quoted(sent.start) and reading.doc[sent.start].tag_ not in _MARKS:
        score -= 1.0
    if _is_name_part(reading, words[-1].i) and dated.kind == "year":
        return score - 0.8
    verb = _verb_of(words.root)
    if verb is not None:
        score += 0.5 * (verb.lemma_ in tables["happenings"]["telling"])
        score -= 1.0 * (verb.lemma_ in tables["happenings"]["plain"])
    return score - 1.0 * (not any(word.tag_ in FINITE for word in reading.sents[number]))


def _is_name_part(reading: Reading, i: int) -> bool:
    """Whether a year is part of a name, as in "the 2016 election" or "the Act of 1993"."""
    following = reading.doc[i + 1] if i + 1 < len(reading.doc) else None
    before = reading.doc[max(0, i - 2)]
    return (following is not None and following.tag_.startswith(("NN", "JJ"))) or (
        reading.doc[i - 1].lower_ == "of" and before.tag_ == "NNP"
    )


def _verb_of(word: Token) -> Token | None:
    return next((above for above in (word, *word.ancestors) if above.tag_.startswith("VB")), None)


def _merge(reading: Reading, found: list[_Candidate]) -> list[_Candidate]:
    """Happenings told twice made one: the same date, and much the same words or speaker."""
    kept: list[_Candidate] = []
    for candidate in found:
        twin = next(
            (i for i, other in enumerate(kept) if _is_same(reading, candidate, other)), None
        )
        if twin is None:
            kept.append(candidate)
            continue
        sentences = tuple(dict.fromkeys((*kept[twin].sentences, *candidate.sentences)))
        if len(sentences) <= _MAX_EVIDENCE:
            kept[twin] = replace(kept[twin], sentences=sentences)
    return kept


def _is_same(reading: Reading, a: _Candidate, b: _Candidate) -> bool:
    if _date_key(a.dated) != _date_key(b.dated):
        return False
    ours, theirs = _content(reading, a), _content(reading, b)
    if ours and theirs and len(ours & theirs) / min(len(ours), len(theirs)) >= _SAME_EVENT:
        return True
    speakers = _speaker(reading, a), _speaker(reading, b)
    return speakers[0] is not None and speakers[0] == speakers[1]


def _date_key(dated: TimeExpression) -> str:
    """What two expressions of one time share; "Monday night" is Monday."""
    return dated.iso or (dated.order.isoformat() if dated.order else dated.when.lower())


def _content(reading: Reading, candidate: _Candidate) -> set[str]:
    words = reading.doc[candidate.first : candidate.last + 1]
    return {word.lemma_.lower() for word in words if word.tag_ in _NAMING and len(word) > 3}  # noqa: PLR2004 - "be", "say"


def _speaker(reading: Reading, candidate: _Candidate) -> str | None:
    """Who merely speaks in a candidate's sentence, by the last word of the name; else None."""
    dated = candidate.dated
    verb = _verb_of(reading.words_between(dated.start, dated.end).root)
    if verb is None or verb.lemma_ not in lexicon.load("dates")["happenings"]["plain"]:
        return None
    subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
    return subject.doc[subject.right_edge.i].lower_ if subject is not None else None


def _in_order(reading: Reading, chosen: list[_Candidate]) -> list[_Candidate]:
    """By time; one that has no time of its own comes with the one told before it."""
    today = published_on(reading)
    placed: list[tuple[date, int, _Candidate]] = []
    latest = today
    for candidate in sorted(chosen, key=lambda c: c.dated.start):
        day = candidate.dated.order or latest
        if candidate.dated.order and candidate.dated.tense != "future":
            latest = day
        placed.append((day or date.max, candidate.dated.start, candidate))
    return [candidate for _, _, candidate in sorted(placed, key=lambda entry: entry[:2])]
