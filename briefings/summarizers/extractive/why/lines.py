"""Why a stake, an event, an unknown, a figure or the summary was proposed, and from which words.

What proposed it passes itself in, with what it went by; scores are its own, never counted anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Token

from briefings.briefing import MAX_WORDS, Event, Figure, Stake, Summary, Unknown
from briefings.evidence import Span
from briefings.explanation import LeftOut, Reason
from briefings.language.dates import TimeExpression, find_dates
from briefings.language.lexicon import words as listed
from briefings.language.publication import published_on
from briefings.language.reading import Reading
from briefings.summarizers.extractive.central import centrality, content_words
from briefings.summarizers.extractive.claims import find_statements
from briefings.summarizers.extractive.counting import find_unit
from briefings.summarizers.extractive.happenings import clause_around
from briefings.summarizers.extractive.numbers import Number, find_numbers
from briefings.summarizers.extractive.outlook import markers
from briefings.summarizers.extractive.standing import name_opening, points_back
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.extractive.why.places import Entry, Place, reason
from briefings.summarizers.notes import noted

#: What the words of each list of lexicons/stakes.toml do.
_FAMILIES = {
    "risk": "words of what may happen",
    "consequence": "words of what is under way",
    "next": "words of the calendar",
    "magnitude": "words that make it large",
    "condition": "a condition",
}
_MAKES = {"risk": "makes_risk", "next": "makes_next"}
_MOST_WORDS = 5
#: Lines that are the article's own words, shortened.
TextLine = Stake | Unknown | Event | Figure


def spans_of(reading: Reading, words: Iterator[Token]) -> list[Span]:
    """Each word as evidence."""
    return [reading.span(word.i, word.i) for word in words]


def why_summary(rule: Place, reading: Reading, summary: Summary) -> Iterator[Reason]:
    """Which sentences it is taken from, and the words in them that the article is about."""
    central = centrality(reading)
    total = sum((content_words(reading, n) for n in range(len(reading.sents))), Counter[str]())
    for span in summary.evidence:
        first = reading.words_between(span.start, span.end)
        number = reading.sentence_number(first[0])
        if number == 0:
            yield reason("line", "the headline: no sentence can lead", rule, words=[span])
            continue
        telling = sorted(first, key=lambda w: (-total[w.lemma_.lower()], w.i))
        told = dict.fromkeys(w.lemma_.lower() for w in telling)
        heads = [next(w for w in telling if w.lemma_.lower() == lemma) for lemma in told]
        yield reason(
            "line",
            f"sentence {number} of the body leads with what most of the article is about",
            rule,
            centrality,
            words=spans_of(reading, (w for w in heads[:_MOST_WORDS] if total[w.lemma_.lower()])),
            weight=central[number],
        )


def why_stake(
    rule: Place, reading: Reading, stake: Stake, bounds: tuple[int, int], *, score: float
) -> Iterator[Reason]:
    """The words `bounds` that scored, and those that give the status and the owner."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    for family, told in _FAMILIES.items():
        found = [w for w in words if w.lower_ in listed("stakes", family)]
        if found:
            entry = Entry("stakes", family)
            yield reason("line", told, rule, entry, words=spans_of(reading, iter(found)))
    yield reason(
        "line", "by these words, how central they are and where they stand", rule, weight=score
    )
    key = _MAKES.get(stake.status)
    found = [w for w in markers(words, stake.status) if key and w.lower_ in listed("stakes", key)]
    if key and found:
        told = f"these words alone make it “{stake.status}”"
        entry = Entry("stakes", key)
        yield reason("status", told, rule, entry, words=spans_of(reading, iter(found)))
    else:
        yield reason("status", f"“{stake.status}”: by its verbs", rule)


def why_owner(made: Made, part: Stake | Figure) -> Iterator[Reason]:
    """The statement that makes it somebody's."""
    owner = made.member(part.according_to or "")
    theirs = (s.attribution for s in made.statements if s.speaker is owner)
    words = [made.reading.span(*bounds) for a in theirs for bounds in (a.source, a.cue)]
    inside = [w for w in words if any(w.overlaps(span) for span in part.evidence)]
    yield reason("owner", f"stands in what {owner.label} says", find_statements, words=inside)


def why_event(
    rule: Place,
    reading: Reading,
    dated: TimeExpression,
    bounds: tuple[int, int],
    *,
    sentences: tuple[int, ...],
    score: float,
) -> Iterator[Reason]:
    """The expression of time, how its date was told, and the clause `bounds` that it dates."""
    when = Span.of(reading.text, dated.start, dated.end)
    weights = Entry("dates", f"weights.{dated.kind}")
    told = f"an expression of time ({dated.kind})"
    yield reason("when", told, find_dates, weights, words=[when], weight=score)
    yield reason("date", _dating(dated, published_on(reading)), find_dates, words=[when])
    clause = reading.span(*bounds)
    yield reason("line", "the words that the time belongs to", clause_around, words=[clause])
    further = [reading.span_of_sentence(n) for n in sentences[1:]]
    if further:
        yield reason("line", "told of the same date here too", rule, words=further)


def _dating(dated: TimeExpression, day: date | None) -> str:
    """How a date was told, or why none was."""
    if day is None:
        told = f"{dated.iso}: the words alone tell it" if dated.iso else "none"
        return f"{told}; the article has no day of publication to count from"
    told = dated.iso or "none: the words name no day, month or year"
    return f"{told}; counted from {day.isoformat()}, the tense is {dated.tense}"


def why_unknown(
    rule: Place, words: Span, kind: str, weight: float, *, number: int
) -> Iterator[Reason]:
    """The cue and the pattern, by its number in the lexicon, that found it."""
    entry = Entry("unknowns", f"cues[{number}]")
    yield reason("line", f"the article calls it {kind}", rule, entry, words=[words], weight=weight)


def why_figure(
    rule: Place, reading: Reading, figure: Figure, number: Number, *, kind: str, worth: float
) -> Iterator[Reason]:
    """The number, what it is taken to count, and whose it is."""
    words = [Span.of(reading.text, number.start, number.end)]
    told = f"a number that counts: {kind}"
    yield reason("line", told, rule, find_numbers, words=words, weight=worth)
    yield reason("unit", figure.unit or "none", find_unit, words=words)


def why_standing(reading: Reading, before: TextLine, after: TextLine) -> Iterator[Reason]:
    """What was noted of a line, and the pronoun that opened it and is named now."""
    yield from noted(before)
    if before.text == after.text:
        return
    pronoun, _, rest = before.text.partition(" ")
    evidence = after.evidence[0]
    inside = reading.words_between(evidence.start, evidence.end)
    opening = [w for w in inside if w.lower_ == pronoun.lower()][:1]
    told = f"{after.text.removesuffix(rest).strip()} stands for the pronoun"
    yield reason("wording", told, name_opening, words=spans_of(reading, iter(opening)))


def why_too_much(rule: Place, section: str, part: TextLine) -> LeftOut:
    """What went so that summary, dispute, stakes and unknowns print within their words."""
    told = f"left out for size: the whole must print in {MAX_WORDS} words"
    why = reason("line", told, rule, words=part.evidence)
    return LeftOut(section=section, text=part.text, reasons=(why, *noted(part)))


def why_too_long(rule: Place, section: str, part: TextLine) -> LeftOut:
    """What could not be cut to a line without harm."""
    told = f"too long for a line ({len(part.text.split())} words), and no cut is safe"
    why = reason("line", told, rule, words=part.evidence)
    return LeftOut(section=section, text=part.text, reasons=(why, *noted(part)))


def why_pointing(rule: Place, part: TextLine) -> LeftOut:
    """What could not be understood alone."""
    sections = {Stake: "stakes", Unknown: "unknowns", Event: "timeline", Figure: "figures"}
    told = "points at something said before the line"
    why = reason("line", told, rule, points_back, words=part.evidence)
    return LeftOut(section=sections[type(part)], text=part.text, reasons=(why, *noted(part)))


def left_out(
    rule: Place, section: str, reading: Reading, bounds: tuple[int, int], *, why: str, weight: float
) -> LeftOut:
    """What rested on the words `bounds` and is not in a section, and why."""
    words = reading.span(*bounds)
    because = reason("line", why, rule, words=[words], weight=weight)
    return LeftOut(section=section, text=words.quote, reasons=(because,))
