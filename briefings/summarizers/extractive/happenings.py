"""Finds the words that tell what happened at a date: a clause, a noun phrase, the sentence.

It judges no importance and knows no calendar.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language import lexicon
from briefings.language.dates import TimeExpression
from briefings.language.reading import Reading
from briefings.summarizers.extractive.draft import FINITE

_PRENOMINAL = ("DT", "JJ", "JJR", "JJS", "HYPH", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "PRP$")
#: A clause shorter than this does not tell what happened.
_FEWEST_WORDS = 5
#: Letters of a full stop and quotation marks at most.
_CLOSING = 3


def clause_around(reading: Reading, number: int, first: int, last: int) -> tuple[int, int]:
    """The words that tell what happened at words `first` to `last`: a clause, or the sentence.

    A clause is taken out only where nobody's saying stands before or behind it.
    """
    sent = reading.sents[number]
    start, stop = sent.start, sent.end - 1
    if beside := _beside_clause(reading, start, stop, first, last):
        return beside
    if any(_is_speech(word) for word in sent):
        return start, stop
    if (
        last + 1 < sent.end
        and sent.doc[last + 1].lower_ == "when"
        and _tells(reading, last + 2, stop)
    ):
        return last + 2, stop
    for joint in (word for word in sent if word.lower_ in ("and", "but", "while")):
        if not _joins_clauses(joint, start, stop):
            continue
        if joint.i < first:
            start = joint.i + 1
        elif joint.i > last:
            stop = joint.i - 1
            break
    return start, stop


def named_happening(reading: Reading, number: int, first: int, last: int) -> tuple[int, int] | None:
    """As in "the 1979 peace accord between them", "their capture of the port last week"."""
    sent, doc = reading.sents[number], reading.doc
    nouns = lexicon.load("dates")["happenings"]["nouns"]
    after = next((w for w in doc[last + 1 : min(last + 6, sent.end)] if w.lower_ in nouns), None)
    if after is not None and _heads_phrase(after, last, sent.end):
        return _noun_phrase_start(reading, sent.start, first), _phrase_end(
            reading, after.i, sent.end
        )
    before = next(
        (w.i for w in reversed(doc[max(sent.start, first - 10) : first]) if w.lower_ in nouns), None
    )
    if before is None or any(w.tag_ in FINITE or w.text == "," for w in doc[before:first]):
        return None
    start = _noun_phrase_start(reading, sent.start, before)
    return (start, last) if last - start >= _FEWEST_WORDS else None


def is_caption(reading: Reading, number: int, dated: TimeExpression) -> bool:
    """Whether a sentence tells what a picture shows: in the present, a full date at its end."""
    sent = reading.sents[number]
    finite = [word.tag_ for word in sent if word.tag_ in FINITE]
    rest = reading.text[dated.end : reading.sentences[number].end]
    return (
        dated.kind == "day"
        and dated.when[-4:].isdigit()
        and len(rest) <= _CLOSING
        and "VBD" not in finite
    )


def _heads_phrase(noun: Token, last: int, end: int) -> bool:
    """Whether only nouns and adjectives part a year from its noun, and no noun follows that."""
    doc = noun.doc
    plain = all(word.tag_.startswith(("NN", "JJ", "POS")) for word in doc[last + 1 : noun.i])
    return plain and not (noun.i + 1 < end and doc[noun.i + 1].tag_.startswith("NN"))


def _noun_phrase_start(reading: Reading, floor: int, i: int) -> int:
    while i > floor and reading.doc[i - 1].tag_ in _PRENOMINAL:
        i -= 1
    return i


def _phrase_end(reading: Reading, i: int, ceiling: int) -> int:
    """The last word of the "of" or "between" phrase behind a noun; the noun itself without one."""
    last = i
    if i + 1 < ceiling and reading.doc[i + 1].lower_ in ("of", "between", "in", "on", "with"):
        i += 2
        while i < ceiling and reading.doc[i].tag_ in (*_PRENOMINAL, "CC"):
            last, i = i, i + 1
    return last


def _beside_clause(
    reading: Reading, start: int, stop: int, first: int, last: int
) -> tuple[int, int] | None:
    """The clause behind "after" or "as" that holds the date: "after voters queued in 2004".

    Behind somebody's saying it counts only where a comma shows that the narrator is back.
    """
    markers = lexicon.load("dates")["happenings"]["markers"]
    doc = reading.doc
    marker = next((i for i in range(first - 1, start, -1) if doc[i].lower_ in markers), None)
    if marker is None or not doc[marker + 1].tag_.startswith(("DT", "NN", "PRP", "JJ", "CD")):
        return None
    if any(_is_speech(word) for word in doc[marker : stop + 1]) or _is_pointing(doc[marker + 1]):
        return None
    close = any(word.text == "," for word in doc[max(start, marker - 3) : marker])
    if any(_is_speech(word) for word in doc[start:marker]) and not close:
        return None
    end = next((i - 1 for i in range(last + 1, stop + 1) if doc[i].text in (",", ";")), stop)
    before_date = any(word.text == "," for word in doc[marker:first])
    verb = next((word for word in doc[marker + 2 : end + 1] if word.tag_ in FINITE), None)
    return (
        None if verb is None or before_date or end - marker < _FEWEST_WORDS else (marker + 1, end)
    )


def _is_pointing(word: Token) -> bool:
    """Whether a clause opens with a word that needs the sentence around it: "he", "their"."""
    return word.tag_ in ("PRP", "PRP$")


def _is_speech(word: Token) -> bool:
    return (
        word.tag_.startswith("VB") and word.lower_ in lexicon.words("shorten", "attribution")
    ) or (word.lower_ == "according")


def _joins_clauses(joint: Token, start: int, stop: int) -> bool:
    """Whether "and", "but" or "while" parts two clauses that each have a subject and a verb."""
    doc = joint.doc
    if not any(word.tag_ in FINITE for word in doc[start : joint.i]):
        return False
    # A past tense with a subject may be tagged as a participle: "and the port reopened".
    verb = next(
        (
            word
            for word in doc[joint.i + 1 : stop + 1]
            if word.tag_ in FINITE or (word.tag_ == "VBN" and word.dep_ == "conj")
        ),
        None,
    )
    if verb is None or verb.i == joint.i + 1:
        return False
    subject = doc[joint.i + 1 : verb.i]
    plain = all(
        w.tag_ in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "POS", "RB")
        for w in subject
    )
    parsed = any(w.dep_.startswith("nsubj") and w.head.i > joint.i for w in subject)
    return plain and parsed and (doc[joint.i - 1].text == "," or joint.lower_ != "and")


def _tells(reading: Reading, first: int, last: int) -> bool:
    """Whether a stretch of words is a clause that stands alone."""
    words = reading.doc[first : last + 1]
    return len(words) >= _FEWEST_WORDS and any(word.tag_ in FINITE for word in words)
