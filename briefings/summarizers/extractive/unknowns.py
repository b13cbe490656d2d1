"""What the article itself says is unknown, unconfirmed or unanswered.

It reads the article's own statements only: what a party says between quotation marks is a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from briefings.briefing import Unknown
from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.summarizers.extractive.shorten import shorten
from briefings.summarizers.extractive.why.lines import left_out, why_unknown
from briefings.summarizers.notes import note, note_left_out

MAX_UNKNOWNS = 5
_TEXT_WORDS = 26
_SHORT_LINE = 6
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NOMINAL = ("PRP", "NN", "NNS", "NNP", "NNPS", "DT", "EX")
#: Tags of words that say what a sentence is about.
_NAMING = ("NN", "VB", "JJ")
#: Share of words in common from which two lines name one unknown.
_SAME = 0.6


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    weight: float
    pattern: re.Pattern[str]
    negated: bool
    outside_quotes: bool


@dataclass(frozen=True, slots=True)
class _Found:
    sentence: int
    cue: _Cue
    #: First and last word of the cue.
    first: int
    last: int


def find_unknowns(reading: Reading) -> tuple[Unknown, ...]:
    """At most five things not known, the surest cues kept where there are more, in text order."""
    numbers = [n for n in range(1, len(reading.sents)) if n not in reading.captions]
    found = [hit for number in numbers if (hit := _look(reading, number))]
    lines: list[tuple[_Found, str]] = []
    for hit in sorted(found, key=lambda f: (-f.cue.weight, f.sentence)):
        line = _line(reading, hit)
        if line and not any(_alike(reading, hit, other) for other, _ in lines):
            lines.append((hit, line))
    for hit, _ in lines[MAX_UNKNOWNS:]:
        bounds, weight = (hit.first, hit.last), hit.cue.weight
        why = "less sure, or later, than those listed"
        note_left_out(left_out, find_unknowns, "unknowns", reading, bounds, why=why, weight=weight)
    chosen = sorted(lines[:MAX_UNKNOWNS], key=lambda pair: pair[0].sentence)
    return tuple(_to_unknown(reading, hit, line) for hit, line in chosen)


def _to_unknown(reading: Reading, hit: _Found, line: str) -> Unknown:
    unknown = Unknown(text=line, evidence=(reading.span_of_sentence(hit.sentence),))
    words, number = reading.span(hit.first, hit.last), _cues().index(hit.cue)
    cue = hit.cue
    note(unknown, why_unknown, find_unknowns, words, cue.kind, cue.weight, number=number)
    return unknown


@cache
def _cues() -> tuple[_Cue, ...]:
    tables = lexicon.load("unknowns")

    def build(entry: dict[str, object]) -> _Cue:
        pattern = str(entry["pattern"])
        for name, body in tables["parts"].items():
            pattern = pattern.replace(f"<{name}>", body)
        return _Cue(
            kind=str(entry["kind"]),
            weight=float(str(entry["weight"])),
            pattern=re.compile(pattern, re.IGNORECASE | re.VERBOSE),
            negated=bool(entry.get("negated")),
            outside_quotes=bool(entry.get("outside_quotes")),
        )

    return tuple(build(entry) for entry in tables["cues"])


def _look(reading: Reading, number: int) -> _Found | None:
    """The surest cue of a sentence that is the article's own statement."""
    sentence = reading.sentences[number]
    best: _Found | None = None
    for cue in _cues():
        for match in cue.pattern.finditer(reading.text, sentence.start, sentence.end):
            if best and best.cue.weight >= cue.weight:
                break
            words = reading.words_between(match.start(), match.end())
            if len(words) and _counts(reading, cue, match):
                best = _Found(number, cue, words[0].i, words[-1].i)
    return best


def _counts(reading: Reading, cue: _Cue, match: re.Match[str]) -> bool:
    """Whether a cue is the article's own: no quotation, no condition, negated where it must."""
    if reading.quotation_at(match.start()) or reading.quotation_at(match.end() - 1):
        return False
    if cue.negated and not re.search(
        r"\b(?:not|never)\b|n[’']t\b|\bunclear\b", match[0], re.IGNORECASE
    ):
        return False
    before = reading.text[max(0, match.start() - 12) : match.start()].lower().rstrip()
    return not before.endswith(tuple(lexicon.load("unknowns")["exceptions"]["before"]))


def _line(reading: Reading, hit: _Found) -> str:
    """The clause around a cue, in the article's words, or the sentence where it hangs together."""
    sent = reading.sents[hit.sentence]
    start, stop = _clause(reading, sent.start, sent.end - 1, hit)
    return shorten(
        reading, start, stop, max_words=_TEXT_WORDS, keep=(hit.first, min(hit.last + 1, stop))
    )


def _clause(reading: Reading, start: int, stop: int, hit: _Found) -> tuple[int, int]:
    """The part between the ", and" or ", but" before the cue and the one behind it."""
    doc = reading.doc
    whole = start, stop
    for i in range(start + 1, stop):
        if doc[i - 1].text not in (",", ";") or not _opens_clause(doc[i], stop):
            continue
        if i <= hit.first:
            start = i if doc[i].tag_ != "CC" else i + 1
        elif i > hit.last + 1 and doc[i].tag_ == "CC":
            stop = i - 2
            break
    if hit.cue.kind == "doubtful":
        return _with_antecedent(reading, whole[0], hit), stop
    # A clause that opens with "he" or "they" says nothing without the one before it.
    needs_more = doc[start].tag_ == "PRP" and doc[start].lower_ not in ("it", "there")
    return (whole[0] if needs_more or stop - start < _SHORT_LINE else start), stop


def _opens_clause(word: Token, stop: int) -> bool:
    """Whether a clause with a subject and a finite verb begins at a word behind a comma."""
    doc = word.doc
    first = word.i + 1 if word.tag_ == "CC" else word.i
    if word.tag_ == "CC" and word.lower_ not in ("and", "but", "yet"):
        return False
    verb = next(
        (w.i for w in doc[first : stop + 1] if w.tag_ in _FINITE or w.text == ","), stop + 1
    )
    if verb > stop or doc[verb].text == "," or verb == first:
        return False
    subject = doc[first:verb]
    if subject[0].tag_ not in _NOMINAL and subject[0].tag_ not in ("JJ", "PRP$", "CD"):
        return False
    return word.tag_ == "CC" or subject[0].lower_ in ("it", "there")


def _with_antecedent(reading: Reading, floor: int, hit: _Found) -> int:
    """Where the noun stands that a remark is about: "hostages, of whom 128 ..., some believed"."""
    doc = reading.doc
    commas = [i for i in range(floor, hit.first) if doc[i].text == ","]
    if not commas or doc[hit.first - 1].text != ",":
        return floor
    relative = next(
        (
            i
            for i in reversed(commas[:-1])
            if doc[i + 1].tag_ in ("WDT", "WP") or doc[i + 2].tag_ == "WP"
        ),
        None,
    )
    if relative is None:
        return floor
    start = relative - 1
    while start > floor and doc[start - 1].tag_ in ("DT", "JJ", "NN", "NNS", "NNP", "CD"):
        start -= 1
    return start


def _alike(reading: Reading, hit: _Found, other: _Found) -> bool:
    """Whether two sentences leave the same thing open: much the same words beside the cue."""
    ours, theirs = (_topic(reading, found) for found in (hit, other))
    smaller = min(len(ours), len(theirs))
    return ours == theirs if not smaller else len(ours & theirs) / smaller >= _SAME


def _topic(reading: Reading, found: _Found) -> set[str]:
    words = reading.sents[found.sentence]
    cue = range(found.first, found.last + 1)
    naming = (word for word in words if word.tag_.startswith(_NAMING) and word.i not in cue)
    return {word.lemma_.lower() for word in naming} - {"comment", "request", "question"}
