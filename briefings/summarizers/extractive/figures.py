"""The figures that matter: casualties, money, shares, votes, counts; each with its unit and owner.

A number is given as the article gives it, hedges included; nothing is added up or converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from briefings.briefing import Figure
from briefings.language import lexicon
from briefings.language.dates import TimeExpression, dates_between, find_dates
from briefings.language.reading import Reading
from briefings.summarizers.extractive.clauses import Clause, clause_of, subject_of
from briefings.summarizers.extractive.counting import (
    LARGE,
    find_unit,
    is_harm,
    is_hyphenated,
    is_label,
)
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.numbers import Number, find_numbers, find_tallies
from briefings.summarizers.extractive.shorten import shorten
from briefings.summarizers.extractive.why.lines import left_out, why_figure
from briefings.summarizers.notes import note, note_left_out

MAX_FIGURES = 12
#: Words of one line; a clause that can't be cut to so many is told as the noun phrase, or left out.
_TEXT_WORDS, _MOST_WORDS = 20, 32
#: What each kind of figure is worth before its place in the article is looked at.
_WORTH = {
    "harm": 5.0,
    "vote": 4.5,
    "money": 4.0,
    "people": 3.5,
    "percent": 3.0,
    "rate": 2.5,
    "count": 2.0,
    "measure": 1.5,
}
_LEAD = 6
_FIRST_PERSON = ("i", "we", "my", "our", "us", "me")
#: Fewer people than this, in words, are part of the story and no figure, unless harmed.
_FEW = 10
_PHRASE_WORDS = 9
#: So many words with a meaning beside number and unit make a phrase worth a line.
_FEWEST_NAMING = 2
#: A table set as a line: "High Rate -- 4.760 Low Rate -- 4.730".
_ROW, _FEWEST_ROWS = re.compile(r"(?:--|—|–|:)\s+[$€£]?\d"), 3
#: The same sum in another currency: "105 million pesos (about 2 million dollars)".
_CONVERTED = re.compile(r"\d[^()]{0,40}\((?:\w+ ){0,2}\D?$")
#: What a speaker does beside saying, and the parse easily gives to what was said.
_BESIDE_SAYING = ("decline", "refuse", "add", "give")
#: Of these kinds alone; of others it is not worth it.
_WEIGHTY = ("harm", "vote", "money")


@dataclass(frozen=True, slots=True)
class _Counted:
    number: Number
    kind: str
    unit: str | None
    #: First and last word of the number with its hedge and its noun.
    first: int
    last: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with its line and the actor whose claim it is in."""

    counted: _Counted
    text: str
    owner: str | None


def find_figures(reading: Reading, owner_at: Callable[[int], str | None]) -> tuple[Figure, ...]:
    """At most twelve figures, the most telling first; each line says what its number counts.

    `owner_at` gives the id of the actor whose claim covers an offset of the text, or None. A number
    that no short line explains is left out.
    """
    dates = find_dates(reading)
    found: dict[tuple[float, str | None], _Counted] = {}
    for number in range(1, len(reading.sents)):
        for counted in _counted_in(reading, dates, number):
            found.setdefault((counted.number.value, counted.unit), counted)
    told: list[_Told] = []
    for counted in sorted(found.values(), key=lambda c: (-_worth(c), c.number.start)):
        owner = owner_at(counted.number.start)
        text = _line(reading, counted, is_owned=owner is not None)
        if text is not None and not _is_told(reading, counted, text, told):
            told.append(_Told(counted, text, owner))
        else:
            why = "told with another figure" if text else "no short line says what it counts"
            bounds, weight = (counted.first, counted.last), _worth(counted)
            note_left_out(
                left_out, find_figures, "figures", reading, bounds, why=why, weight=weight
            )
    return tuple(_figure(reading, t.counted, t.text, t.owner) for t in told[:MAX_FIGURES])


def _is_told(reading: Reading, counted: _Counted, text: str, told: list[_Told]) -> bool:
    """Whether the line of another figure of the same sentence gives this number too.

    Where this line holds that one whole, it takes its place: "to 4 percent, from a low of 3".
    """
    words = reading.text[counted.number.start : counted.number.end]
    for place, other in enumerate(told):
        if other.counted.sentence != counted.sentence:
            continue
        if other.text in text:
            told[place] = replace(other, text=text)
            return True
        if words in other.text:
            return True
    return False


def _figure(reading: Reading, counted: _Counted, text: str, owner: str | None) -> Figure:
    figure = Figure(
        text=text,
        value=counted.number.value,
        unit=counted.unit,
        according_to=owner,
        evidence=(reading.span_of_sentence(counted.sentence),),
    )
    kind, worth = counted.kind, _worth(counted)
    note(figure, why_figure, find_figures, reading, figure, counted.number, kind=kind, worth=worth)
    return figure


def _line(reading: Reading, counted: _Counted, *, is_owned: bool) -> str | None:
    """The clause that says what is counted and what of it, else a phrase that says so."""
    if _defines(reading, counted):
        return None
    clause = _telling_clause(reading, counted, is_owned=is_owned)
    if clause is None or _breaks_off(clause, counted):
        clause = _whole(reading, counted)
    if clause is None:
        return _phrase(reading, counted)
    text = shorten(
        reading,
        clause.first,
        clause.last,
        max_words=_TEXT_WORDS,
        without_attribution=is_owned,
        keep=(counted.first, counted.last),
        gone=clause.gone,
        end="",
    )
    if len(text.split()) > _MOST_WORDS:
        return _phrase(reading, counted)
    return _in_marks(reading, text, is_owned=is_owned) if _speaks(reading, clause) else text


def _breaks_off(clause: Clause, counted: _Counted) -> bool:
    """Whether a clause stops before what is said of its number: "The agency said 5 million"."""
    doc = clause.head.doc
    speaks = clause.head.lower_ in lexicon.words("shorten", "attribution")
    is_before = clause.head.i < counted.first
    behind = doc[clause.head.i + 1 : clause.last + 1]
    goes_on = clause.last + 1 < clause.head.sent.end and not doc[clause.last + 1].is_punct
    return speaks and is_before and goes_on and not any(w.tag_ in FINITE for w in behind)


def _whole(reading: Reading, counted: _Counted) -> Clause | None:
    """The whole sentence, where the parse finds no clause in it though it has a verb."""
    sent = reading.sents[counted.sentence]
    is_told = any(word.tag_.startswith("VB") for word in sent)
    return Clause(sent.root, sent.start, sent.end - 1) if is_told else None


def _speaks(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is somebody's own words: "we received 54 percent"."""
    words = reading.doc[clause.first : clause.last + 1]
    return any(w.lower_ in _FIRST_PERSON and w.tag_.startswith("PRP") for w in words)


def _in_marks(reading: Reading, text: str, *, is_owned: bool) -> str | None:
    """Somebody's own words as a quotation; None where they are not whole or nobody's."""
    stands = text in reading.text or text[:1].lower() + text[1:] in reading.text
    is_marked = text.startswith(("“", '"', "''", "``"))
    return (text if is_marked else f"“{text}”") if is_owned and (stands or is_marked) else None


def _telling_clause(reading: Reading, counted: _Counted, *, is_owned: bool) -> Clause | None:
    """The clause around a figure; with its attribution where no owner stands beside the line.

    What somebody fears or denies is not told without the fear or denial.
    """
    clause = clause_of(reading.doc[counted.first : counted.last + 1].root)
    if clause is None or (clause.gone and not clause.covers(counted.first, counted.last)):
        return None
    clause = _without_speaker(clause.widened(counted.first, counted.last), counted)
    if clause.head.dep_ not in ("ccomp", "parataxis"):
        return clause
    outer = clause.head.head
    is_plain = outer.lower_ in lexicon.words("shorten", "attribution")
    if is_plain and is_owned:
        return clause
    whole = clause_of(outer)
    if whole is not None and whole.covers(counted.first, counted.last):
        return whole
    return clause if is_plain else None


def _without_speaker(clause: Clause, counted: _Counted) -> Clause:
    """What was said without the next thing its speaker did: "but declined to give details"."""
    doc = clause.head.doc
    is_reported = clause.head.dep_ in ("ccomp", "parataxis")
    for i in range(counted.last + 1, clause.last if is_reported else 0):
        if doc[i].tag_ == "CC" and doc[i + 1].lemma_ in _BESIDE_SAYING:
            return replace(clause, last=i - 1)
    return clause


def _phrase(reading: Reading, counted: _Counted) -> str | None:
    """The noun phrase around a figure of weight, if it says more than the number and its unit."""
    sent = reading.sents[counted.sentence]
    first = _with_noun(reading, counted.first, sent.start)
    last = _phrase_end(reading, counted.last, sent.end - 1)
    beside = [w for w in reading.doc[first : last + 1] if not counted.first <= w.i <= counted.last]
    naming = [w for w in beside if w.tag_.startswith("NN")]
    if counted.kind not in _WEIGHTY or len(naming) < _FEWEST_NAMING:
        return None
    is_pointing = any(w.tag_ == "PRP$" for w in beside)
    return None if is_pointing else shorten(reading, first, last, max_words=_TEXT_WORDS, end="")


def _worth(counted: _Counted) -> float:
    lead = 1.0 if counted.sentence < _LEAD else 0.0
    large = 0.5 if counted.number.value >= LARGE else 0.0
    return _WORTH[counted.kind] + lead + large


def _counted_in(
    reading: Reading, dates: tuple[TimeExpression, ...], sentence: int
) -> Iterator[_Counted]:
    """The figures of one sentence, dates and labels left out."""
    bounds = reading.sentences[sentence]
    is_table = len(_ROW.findall(reading.text, bounds.start, bounds.end)) >= _FEWEST_ROWS
    if sentence in reading.captions or is_table:
        return
    taken = [(d.start, d.end) for d in dates_between(dates, bounds.start, bounds.end)]
    taken += [m.span() for m in find_tallies(reading.text, bounds.start, bounds.end)]
    for match in find_tallies(reading.text, bounds.start, bounds.end):
        if counted := _vote(reading, match, sentence):
            yield counted
    for number in find_numbers(reading.text, bounds.start, bounds.end):
        words = reading.words_between(number.start, number.end)
        if len(words) and not any(number.start < b and number.end > a for a, b in taken):
            counted = _count(reading, number, words[0].i, words[-1].i, sentence)
            before = reading.text[bounds.start : number.start]
            if counted and not (counted.kind == "money" and _CONVERTED.search(before)):
                yield counted


def _vote(reading: Reading, match: re.Match[str], sentence: int) -> _Counted | None:
    words = reading.words_between(match.start(), match.end())
    if not len(words) or not re.match(r"[^\w]", reading.text[match.end() : match.end() + 1] or " "):
        return None
    if match[1] == match[2] == "50":
        return None
    number = Number(match.start(), match.end(), float(match[1]), 1, "votes", in_words=False)
    first, last = words[0].i, words[-1].i
    return _Counted(number, "vote", "votes", first, last, sentence)


def _count(
    reading: Reading, number: Number, first: int, last: int, sentence: int
) -> _Counted | None:
    """What a number counts, or None where it is an age, a label, a time or nothing of weight."""
    if is_label(reading, number, first) or is_hyphenated(reading, number):
        return None
    kind, unit, end = find_unit(reading, number, last, sentence)
    if kind is None:
        return None
    start = _with_qualifier(reading, first, reading.sents[sentence].start)
    if kind in ("people", "count") and is_harm(reading, start, end, sentence):
        kind = "harm"
    is_part = kind == "people" or _is_one_of(reading, first)
    if number.in_words and number.value < _FEW and is_part:
        return None
    return _Counted(number, kind, unit, start, end, sentence)


def _is_one_of(reading: Reading, first: int) -> bool:
    """Whether a number only tells of how many somebody is one: "one of two men convicted"."""
    before = reading.doc[max(0, first - 2) : first].text.lower()
    return before in ("one of", "another of", "some of", "any of")


def _defines(reading: Reading, counted: _Counted) -> bool:
    """Whether a sentence says what a measure means and no more: "A ratio below 100 means loss"."""
    root = reading.sents[counted.sentence].root
    subject = subject_of(root)
    is_any = subject is not None and subject.left_edge.lower_ in ("a", "an", "any")
    return is_any and root.lower_ in ("means", "indicates", "signals")


def _with_qualifier(reading: Reading, first: int, floor: int) -> int:
    """Where the hedge before a number begins: "more than", "an estimated"."""
    qualifiers = lexicon.load("units")["lists"]["qualifiers"]
    for length in (3, 2, 1):
        start = first - length
        if start >= floor and reading.doc[start:first].text.lower() in qualifiers:
            return start
    return first


def _with_noun(reading: Reading, first: int, floor: int) -> int:
    """Where the noun that the number belongs to begins: "a fine of", "an annual fee of"."""
    doc, start = reading.doc, first
    if start - 2 >= floor and doc[start - 1].lower_ == "of" and doc[start - 2].tag_ == "NN":
        start -= 2
    while start > floor and doc[start - 1].tag_ in ("JJ", "NN"):
        start -= 1
    return start - 1 if start > floor and doc[start - 1].tag_ in ("DT", "PRP$") else start


def _phrase_end(reading: Reading, last: int, ceiling: int) -> int:
    """The end of the "in", "of" or "for" phrase behind a number, a few words at most."""
    doc, i = reading.doc, last + 1
    opens = ("of", "in", "for", "from", "to", "on", "a", "per", "worth", "each")
    if i > ceiling or doc[i].lower_ not in opens:
        return last
    end = last
    while i <= min(ceiling, last + _PHRASE_WORDS) and doc[i].tag_ not in (
        *FINITE,
        ",",
        ".",
        ":",
        "-LRB-",
        "WDT",
        "WP",
        "CC",
    ):
        if doc[i].tag_.startswith("NN") or doc[i].tag_ == "CD":
            end = i
        i += 1
    return end
