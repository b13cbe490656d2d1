"""Judges whether the happening beside an expression of time is over or still to come.

By the words of the expression, its neighbours and its verb; it finds and resolves no dates.
"""

from __future__ import annotations

import re

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language import lexicon
from briefings.language.periods import Tense
from briefings.language.reading import Reading

#: How many words a mark of tense may stand from its verb.
_NEAR = 6


def tense_at(reading: Reading, start: int, end: int) -> Tense:
    """Whether the happening beside an expression is over or to come, by its words and its verb."""
    words = reading.text[start:end].lower()
    if re.match(r"(?:.*\b)?(?:next|coming|upcoming|tomorrow|within|soon|future)\b", words):
        return "future"
    if re.match(r"(?:.*\b)?(?:last|ago|since|yesterday|past|previous|recently|earlier)\b", words):
        return "past"
    span = reading.words_between(start, end)
    if not len(span):
        return "open"
    if follows_speech(reading, span[0].i) or _beside_past(span):
        return "past"
    verb = _verb_after_opening(span) or _verb_above(span.root)
    tense = _tense_of(verb) if verb is not None else "open"
    is_ahead = re.match(r"(?:until|till)\b", words) is not None
    return "future" if is_ahead and tense == "open" else tense


def follows_speech(reading: Reading, first: int) -> bool:
    """As in "said on Tuesday", "told reporters Tuesday": the day belongs to the speaking."""
    speech = lexicon.load("dates")["tense"]["speech"]
    sentence = reading.doc[first].sent.start
    for i in range(first - 1, max(sentence - 1, first - 5), -1):
        word = reading.doc[i]
        if word.lower_ in speech and word.tag_ in ("VBD", "VBN"):
            return True
        if word.is_punct or word.tag_.startswith("VB") or word.tag_ == "MD":
            return False
    return False


def _beside_past(span: Words) -> bool:
    """As in "ruled Friday", "on Monday warned": a verb in the past next to the day."""
    sent, doc = span.sent, span.doc
    before = span.start - 1
    if before > sent.start and doc[before].tag_ == "IN":
        before -= 1
    sides = [doc[i] for i in (before, span.end) if sent.start <= i < sent.end]
    return any(word.tag_ == "VBD" and word.dep_ != "aux" for word in sides)


def _verb_after_opening(span: Words) -> Token | None:
    """The verb of a sentence that opens with its time: "On Monday, the governor announced"."""
    sent = span.sent
    if span.start - sent.start > 1 or span.end >= sent.end or span.doc[span.end].text != ",":
        return None
    finite = ("VBD", "VBZ", "VBP", "MD")
    verb = next((word for word in span.doc[span.end : sent.end] if word.tag_ in finite), None)
    return verb.head if verb is not None and verb.tag_ != "MD" and verb.dep_ == "aux:pass" else verb


def _verb_above(word: Token) -> Token | None:
    chain = [word, *word.ancestors]
    return next((t for t in chain if t.tag_.startswith("VB") or _has_auxiliary(t)), None)


def _has_auxiliary(word: Token) -> bool:
    return any(child.dep_.startswith(("aux", "cop")) for child in word.children)


def _tense_of(verb: Token) -> Tense:
    tense = lexicon.load("dates")["tense"]
    if verb.tag_ == "MD":
        return "future" if verb.lower_ in tense["future"] else "open"
    beside = [verb, *(child for child in verb.children if abs(child.i - verb.i) <= _NEAR)]
    for word in beside:
        key = word.lower_
        if key in tense["future"] and (
            key not in tense["needs_to"] or _next_is(word, ("to", "for", "on", "in"))
        ):
            return "future"
    above = verb.head
    # "Prepared to be called", "expected to be felt": after what is prepared or expected.
    is_infinitive = any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children)
    if is_infinitive and above.lower_ in (*tense["future"], *tense["intends"]):
        return "future"
    if verb.tag_ == "VB" and above is not verb and above.lower_ in tense["future"]:
        return "future"
    past = any(word.tag_ == "VBD" or word.lower_ in ("has", "have") for word in beside)
    if past or verb.tag_ in ("VBD", "VBN"):
        return "past"
    return "open"


def _next_is(word: Token, wanted: tuple[str, ...]) -> bool:
    return word.i + 1 < len(word.doc) and word.nbor().lower_ in wanted
