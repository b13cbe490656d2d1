"""Finds the words that tell what happened at a date: a clause, a noun phrase, the sentence.

It judges no importance and knows no calendar.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.summarizers.extractive.clauses import Clause, clause_of
from briefings.summarizers.extractive.draft import FINITE

_PRENOMINAL = ("DT", "JJ", "JJR", "JJS", "HYPH", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "PRP$")
#: A clause shorter than this does not tell what happened.
_FEWEST_WORDS = 5
#: What stands before a deed whose time is not that of the main verb.
_APART = ("after", "following", "before", "since", "until", "over", "despite", "from")


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


def aside_around(reading: Reading, first: int, last: int) -> Clause | None:
    """The happening that a time belongs to where it is not the main one; None where it is.

    A relative clause that commas set off: "The plan, which passed on Friday, would"; or a deed that
    a noun names: "a month after the president's removal on July 3". What stands in somebody's
    statement is left to the sentence.
    """
    root = reading.doc[first : last + 1].root
    noun = root.head
    is_of_noun = root.dep_.startswith("nmod") and root.dep_ != "nmod:poss" and noun.i < first
    if is_of_noun and noun.dep_ in ("obl", "nmod") and _names_deed(noun):
        start = _start_of_noun(noun)
        return Clause(noun, start, last) if last - start >= _FEWEST_WORDS - 1 else None
    clause = clause_of(root)
    if clause is None or not clause.gone or not clause.head.dep_.endswith("relcl"):
        return None
    is_told = any(word.dep_ in ("ccomp", "parataxis") for word in clause.head.ancestors)
    is_aside = reading.doc[clause.gone[-1][1] - 2].text == ","
    return clause if is_aside and not is_told and not reading.is_quoted(first) else None


def _names_deed(noun: Token) -> bool:
    """Whether a noun says what was done and by or to whom: "the president's removal"."""
    is_owned = any(
        child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and child.left_edge.lower_ == "of")
        for child in noun.children
    )
    is_listed = noun.lower_ in lexicon.load("dates")["happenings"]["nouns"]
    endings = tuple(lexicon.load("dates")["happenings"]["deed_endings"])
    is_deed = is_listed or noun.lower_.endswith(endings)
    is_earlier = any(c.dep_ == "case" and c.lower_ in _APART for c in noun.lefts)
    opens_back = noun.left_edge.tag_ == "PRP$" or any(c.tag_ == "PRP$" for c in noun.lefts)
    return is_owned and is_deed and is_earlier and not opens_back and noun.tag_ == "NN"


def _start_of_noun(noun: Token) -> int:
    lefts = [child.left_edge.i for child in noun.lefts if child.dep_ not in ("case", "punct", "cc")]
    return min([noun.i, *lefts])


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
    if last + 1 < sent.end and doc[last + 1].tag_.startswith("NN"):
        return None  # "the 2006 hurricane season": the year is the season's
    start = _noun_phrase_start(reading, sent.start, before)
    return (start, last) if last - start >= _FEWEST_WORDS else None


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
    if verb is not None and not _is_marked(verb, doc[marker]):
        return None
    if _names_nobody(doc[marker + 1 : end + 1]):
        return None
    return (
        None if verb is None or before_date or end - marker < _FEWEST_WORDS else (marker + 1, end)
    )


def _names_nobody(clause: Span) -> bool:
    """Whether "he" or "her" in a clause is somebody outside it: "a bomb blew up her car"."""
    words = ("he", "she", "him", "her", "his")
    at = next((w.i for w in clause if w.lower_ in words and w.tag_.startswith("PRP")), None)
    return at is not None and not any(w.tag_ == "NNP" and w.i < at for w in clause)


def _is_marked(verb: Token, marker: Token) -> bool:
    """Whether a verb is the one that "after" or "as" opens a clause for, not one further in."""
    head = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    return marker.head == head


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
