"""Says what a number counts: money, people, a share, trucks; or that it counts nothing of weight.

It looks at the words beside the number only, and ranks nothing.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from spacy.tokens import Token

from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.summarizers.extractive.numbers import Number

_NOUN_REACH = 8
_MODIFIERS = ("JJ", "JJR", "NN", "NNS", "NNP", "VBN", "VBG", "HYPH", "DT", "CD", "CC")
_BEFORE_REACH = 8
_HARM_REACH = 4
_YEARS = range(1800, 2101)
#: From here on a number behind a name is a count: "Boeing 737" is none.
LARGE = 1000
#: Endings of peoples' names: Gazans, Indians, Israelis, Japanese.
_NATION = re.compile(r"(?:[aeio]ns|is|ese|ites)$")


def find_unit(
    reading: Reading, number: Number, last: int, sentence: int
) -> tuple[str | None, str | None, int]:
    """Kind and unit of a number, and the last word of what says so."""
    lists = lexicon.load("units")["lists"]
    following = reading.text[number.end : reading.sentences[sentence].end]
    if number.unit:
        return "money", number.unit, last
    if word := _starts_with(following, lists["percent"]):
        unit = word if "point" in word else "percent"
        return "percent", unit, _last_word(reading, number.end, following, word)
    currencies = lexicon.load("units")["currency_words"]
    if word := _starts_with(following, list(currencies)):
        return "money", currencies[word], _last_word(reading, number.end, following, word)
    if rate := re.match(
        r"\s(?:\w+\s){0,3}?(per\s[\d,]+(?:\s(?:people|residents|inhabitants))?)", following
    ):
        words = reading.words_between(number.end, number.end + rate.end())
        return "rate", rate[1], words[-1].i
    return _noun_unit(reading, number, last, sentence)


def is_label(reading: Reading, number: Number, first: int) -> bool:
    """Whether a number names rather than counts: "Article 5", "Boeing 737", ", 46,", "7/8"."""
    doc = reading.doc
    before = doc[first - 1] if first else None
    after = reading.text[number.end : number.end + 1]
    if "=" in reading.text[max(0, number.start - 2) : number.end + 2]:
        return True
    if after in ("/", "'", "’") or reading.text[max(0, number.start - 1) : number.start] == "/":
        return True
    if before is None or number.unit:
        return False
    is_age = before.text == "," and after in (",", ".") and doc[first - 2].tag_ == "NNP"
    is_listed = (before.is_sent_start and before.text in ("(", "-")) or after == ")"
    name = (
        before.tag_ in ("NNP", "NNPS")
        and before.lower_ not in ("gaza", "killed")
        and number.value < LARGE
    )
    return is_age or is_listed or name or before.lower_ in lexicon.load("units")["lists"]["labels"]


def is_hyphenated(reading: Reading, number: Number) -> bool:
    """As in "33-year-old", "24-hour", "13 yr old"; "32-percent" counts."""
    after = reading.text[number.end : number.end + 14]
    return bool(re.match(r"-(?!percent)\w|[\s-](?:year|yr)s?[\s-]olds?\b", after))


def _starts_with(following: str, words: list[str]) -> str | None:
    text = following.lower().lstrip(" -")
    longest = sorted(words, key=len, reverse=True)
    return next((w for w in longest if re.match(rf"{re.escape(w)}(?!\w)", text)), None)


def _last_word(reading: Reading, offset: int, following: str, word: str) -> int:
    end = offset + following.lower().index(word) + len(word)
    return reading.words_between(offset, end)[-1].i


def _noun_unit(
    reading: Reading, number: Number, last: int, sentence: int
) -> tuple[str | None, str | None, int]:
    """The noun that is counted: "1,200 people", "32 of the 47 counties", "252 kidnapped"."""
    sent = reading.sents[sentence]
    window = list(reading.doc[last + 1 : min(last + 1 + _NOUN_REACH, sent.end)])
    noun = _counted_noun(window)
    if noun is None:
        harmed = _harmed(reading, number, last, window, sent.start)
        return ("harm", "people", harmed) if harmed is not None else (None, None, last)
    key, kind = noun.lower_, _noun_kind(reading, number, noun, window)
    return kind, ("people" if kind == "people" and not _is_unit_of_people(key) else key), noun.i


def _harmed(
    reading: Reading, number: Number, last: int, window: list[Token], floor: int
) -> int | None:
    """Last word of "252 kidnapped", "killing 41" or "a toll of 112"; None where none is harmed."""
    alone = lexicon.load("units")["lists"]["harm_alone"]
    word = reading.doc[last]
    is_object = word.dep_ == "obj" and word.head.lower_ in alone
    if _is_toll(reading, last, floor) or is_object:
        return last
    behind = next((word.i for word in window[:3] if word.lower_ in alone), None)
    if behind is not None:
        return behind
    is_predicate = bool(window) and window[0].lemma_ == "be" and not number.in_words
    harm = lexicon.load("units")["lists"]["harm"]
    if is_predicate and any(word.lower_ in harm for word in window[:_HARM_REACH]):
        return next(word.i for word in window if word.lower_ in harm)
    before = reading.doc[last - 1] if last else None
    is_behind = before is not None and before.lower_ in alone and not number.in_words
    return last if is_behind else None


def _noun_kind(reading: Reading, number: Number, noun: Token, window: list[Token]) -> str | None:
    """people, count or measure; None for lengths of time and for years that look like counts."""
    lists, key = lexicon.load("units")["lists"], noun.lower_
    if {key, window[0].lower_} & set(lists["not_counted"]):
        return None
    if number.value in _YEARS and "," not in reading.text[number.start : number.end]:
        return None
    if noun.text[0].isupper() and _NATION.search(key):
        return "people"
    if key in lists["people"]:
        return "people"
    if number.in_words and key not in lists["harm"]:
        return None
    return "measure" if key in lists["measures"] else "count"


def _is_unit_of_people(key: str) -> bool:
    """Whether a noun stands for several people each, so that it is its own unit."""
    return key in lexicon.load("units")["lists"]["not_people"]


def _counted_noun(window: list[Token]) -> Token | None:
    """The plural that a number stands before, with nothing but modifiers between."""
    for word, after in zip_longest(window, window[1:]):
        # "1,500 coal- and gas-fired power plants": half a compound counts nothing.
        if word.text.endswith("-") or (word.tag_ == "CC" and word.nbor(-1).text.endswith("-")):
            continue
        if word.lower_ in lexicon.load("units")["lists"]["harm_alone"]:
            return None
        if word.tag_ in ("NNS", "NNPS") and (after is None or after.text != "-"):
            return word
        if word.lower_ in ("people", "staff", "police"):
            return word
        if word.tag_ not in _MODIFIERS and word.lower_ != "of":
            return None
    return None


def _is_toll(reading: Reading, last: int, floor: int) -> bool:
    """As in "the death toll from the floods has risen to 112", "a number of deaths of 112"."""
    doc = reading.doc
    before = [w.lower_ for w in doc[max(floor, last - _BEFORE_REACH) : last]]
    leads = bool(before) and before[-1] in lexicon.load("units")["lists"]["leads_to_toll"]
    closes = last + 1 >= len(doc) or doc[last + 1].tag_ in (",", ".", "CC", "IN", ":")
    if not leads or not closes:
        return False
    tolls = set(lexicon.load("units")["lists"]["tolls"])
    verb = next((w for w in doc[last].ancestors if w.tag_.startswith("VB")), None)
    subject = next((w for w in verb.lefts if w.dep_.startswith("nsubj")), None) if verb else None
    return bool(tolls & set(before)) or (subject is not None and subject.lower_ in tolls)


def is_harm(reading: Reading, first: int, last: int, sentence: int) -> bool:
    """Whether words of harm stand beside what is counted."""
    sent = reading.sents[sentence]
    near = reading.doc[max(sent.start, first - 2) : min(last + 1 + _HARM_REACH, sent.end)]
    return any(word.lower_ in lexicon.load("units")["lists"]["harm"] for word in near)
