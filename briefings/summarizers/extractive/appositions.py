"""Reads appositions: "Berg, a lawyer for the sellers," and "the union's lawyer, Ana Berg,".

It gives the words that stand beside a name and say who it is; what they are worth is for `roles`.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.noun_phrases import (
    LONGEST,
    STOPS,
    names_a_role,
    noun_head,
    phrase_end,
    phrase_start,
)

#: First word, last word and main noun of what says who a name is.
Bounds = tuple[int, int, int]

#: An apposition without its closing comma must be longer than this not to be a slip of the parse.
_LONG_ENOUGH = 4
#: The brackets of an acronym or party close within so many words of the name.
_BRACKETS_WITHIN = 7
#: What a noun phrase that says who somebody is may open with.
_OPENING_TAGS = frozenset(
    ("DT", "PRP$", "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "RB", "VBG", "VBN")
)
_OPENING_MARKS = (",", "—", "--", "–", "(")
_AFTER_NAME = (",", ".", "”", '"', "''", "and", "(")
_NO_ROLE_FIRST = ("and", "but", "when", "as", "with")
#: Forms of verbs that take what follows as their object: "panels covering the units, Berg …".
_TAKING = ("VBG", "VB", "VBN")
#: Unless one of these stands between: "claims raised by the driver's lawyer, Ana Berg".
_LED = ("by", "from", "to", "with", "for", "of", "against")


def after_name(reading: Reading, end: int) -> int:
    """The word after a name and what belongs to it: "(AIOVA)", "of Utah", ", 52"."""
    doc, i = reading.doc, end + 1
    if i + 2 < len(doc) and doc[i].text == "(":
        inside = range(i + 1, min(i + _BRACKETS_WITHIN, len(doc) - 1))
        i = next((k + 1 for k in inside if doc[k].text == ")"), i)
    if i + 2 < len(doc) and doc[i].lower_ == "of" and doc[i + 1].tag_ == "NNP":
        last = i + 1
        while last + 1 < len(doc) and doc[last + 1].tag_ == "NNP":
            last += 1
        i = last + 1 if last + 1 < len(doc) and doc[last + 1].text == "," else i
    is_age = i + 2 < len(doc) and doc[i].text == doc[i + 2].text == "," and doc[i + 1].tag_ == "CD"
    return i + 2 if is_age else i


def find_after(reading: Reading, mention: Mention) -> Bounds | None:
    """What follows a name between commas: "Chanakya Basa, a lawyer for the sellers, …"."""
    doc = reading.doc
    i = after_name(reading, mention.last)
    if mention.form != "name" or i + 2 >= len(doc) or doc[i].text not in _OPENING_MARKS:
        return None
    if doc[max(0, mention.first - 2)].lower_ == "according":
        return None  # "According to Ynet, the delegation …": what follows is somebody else
    return _bounds_from(reading, mention, i + 1)


def find_second(reading: Reading, mention: Mention, first: Bounds) -> Bounds | None:
    """What follows an apposition: "Berg, managing director, head of savings at the bank, …"."""
    doc, comma = reading.doc, first[1] + 1
    is_open = comma + 2 < len(doc) and doc[comma].text == "," and mention.type in ("person", None)
    if not is_open or doc[comma + 1].tag_ not in ("NN", "JJ") or doc[comma].is_sent_end:
        return None
    head = noun_head(reading, comma + 1)
    is_person = head is not None and head.lemma_.lower() in listed("actors", "of_person")
    return _bounds_from(
        reading, replace(mention, type="person") if is_person else mention, comma + 1
    )


def _bounds_from(reading: Reading, mention: Mention, first: int) -> Bounds | None:
    doc = reading.doc
    if doc[first].is_sent_start or doc[first].tag_ not in _OPENING_TAGS:
        return None
    head = noun_head(reading, first)
    if head is None or not names_a_role(head, mention):
        return None
    last = _apposition_end(reading, head)
    return (first, last, head.i) if last is not None and _closes(reading, first, last) else None


def _apposition_end(reading: Reading, head: Token) -> int | None:
    """Last word of an apposition with this head, a second noun included: "adviser and friend"."""
    doc, last = reading.doc, _over_title(reading, phrase_end(reading, head))
    if last + 2 >= len(doc) or doc[last + 1].text != "and":
        return last
    second = noun_head(reading, last + 2)
    if doc[last + 2].text[:1].isupper() or second is None or second.tag_ not in ("NN", "JJ"):
        return None
    return phrase_end(reading, second)


def _over_title(reading: Reading, last: int) -> int:
    """The end of a phrase with the quoted title behind its "of": "author of “The Harbour”"."""
    doc, i = reading.doc, last + 1
    if doc[last].tag_ != "IN":
        return last
    while i + 1 < doc[last].sent.end and reading.is_quoted(i + 1) and i - last < LONGEST:
        i += 1
    i += i + 1 < len(doc) and doc[i + 1].is_quote
    return i if doc[i].is_quote and i > last + 1 else last - 1


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Whether an apposition ends where its phrase does: at a mark, at "who"."""
    doc = reading.doc
    if last + 1 >= len(doc):
        return True
    following = doc[last + 1]
    # Some desks leave the closing comma out: "Berg, the leader of the party told the paper".
    is_long = last - first >= _LONG_ENOUGH or doc[first + 1].lower_ == "of"
    lacks_comma = following.tag_ in ("VBD", "VBZ") and is_long
    is_clause = following.tag_ in ("WP", "WDT", "WP$")
    return following.text in STOPS or is_clause or bool(doc[last].is_sent_end) or lacks_comma


def find_before(reading: Reading, mention: Mention) -> Bounds | None:
    """What stands before a name: "AIOVA's lawyer, Chanakya Basa, said …"."""
    doc, comma = reading.doc, mention.first - 1
    if mention.form != "name" or comma < 1 or doc[comma].text != ",":
        return None
    if not _stands_alone(reading, mention):
        return None
    start = doc[mention.first].sent.start
    least = _start_before(reading, comma - 1, start)
    heads = [w for w in doc[least:comma] if _is_plain_role(w, mention)]
    if doc[comma - 1].lemma_.lower() in (*listed("names", "place"), "capital"):
        return None  # "told reporters in the capital, Sarn"
    is_taken = doc[least - 1].tag_ in _TAKING and doc[least].lower_ not in _LED
    if not heads or doc[least].lower_ in _NO_ROLE_FIRST or is_taken:
        return None
    if least - 2 >= start and doc[least - 1].text == "," and _is_name(doc[least - 2]):
        return None  # it explains the name before it: "Broughton, a lawyer for a defendant, Ruiz"
    # "A spokesman for the regulator, Gary Strand"; "help from a mall operator, Brookfield".
    head = heads[0] if mention.type == "person" else heads[-1]
    return phrase_start(head, least), comma - 1, head.i


def _is_name(word: Token) -> bool:
    return word.tag_ in ("NNP", "NNPS") and word.lower_ not in listed("names", "calendar")


def _stands_alone(reading: Reading, mention: Mention) -> bool:
    """Whether a name is closed by a mark or a verb, and opens no longer phrase."""
    after = mention.last + 1
    if after >= reading.doc[mention.first].sent.end:
        return True
    word = reading.doc[after]
    return word.text in _AFTER_NAME or word.tag_.startswith("VB")


def _start_before(reading: Reading, last: int, sentence_start: int) -> int:
    """First word of what ends at `last`, back to a mark or a verb."""
    first, doc = last, reading.doc
    least = max(sentence_start, last + 2 - LONGEST)
    while first > least and not _parts(doc[first - 1]):
        first -= 1
    return first


def _parts(word: Token) -> bool:
    return word.text in STOPS or word.tag_.startswith("VB")


def _is_plain_role(word: Token, mention: Mention) -> bool:
    """Whether a word is a lower-case noun that says what somebody is."""
    is_last = word.tag_ == "JJ" and word.nbor(1).text == ","  # "its chief executive, Ana Berg"
    is_noun = (is_last or word.tag_.startswith("NN")) and not word.text[0].isupper()
    return is_noun and names_a_role(word, mention)
