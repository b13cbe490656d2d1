"""Finds proper names in a reading: runs of capitalised words, with the title before them.

Says where a name stands and what sort of thing it seems to name. Which names are one and the same
actor is decided where actors are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.gazetteer import Known
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading

NameKind = Literal["person", "organization", "state", "group", "place", "media", "thing", "unknown"]

_OF = ("of", "for")
_LONGEST_LISTED = 8
_HYPHENS = ("-", "–")
_FROM_LEXICON: dict[str, NameKind] = {
    "body": "organization",
    "state": "state",
    "group": "group",
    "media": "media",
    "place": "place",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: words `first` to `last` of the reading, both included.

    `title` gives the words before it that say who it is ("Egyptian Foreign Minister"), as word
    indexes; they are not part of the name. `acronym` is what a parenthesis after it introduces.
    """

    first: int
    last: int
    text: str
    kind: NameKind
    known: Known | None = None
    title: tuple[int, int] | None = None
    acronym: str | None = None


def find_names(reading: Reading) -> tuple[Name, ...]:
    """Every proper name in order. A headline in title case gives only names that the body has."""
    found: list[Name] = []
    i = 0
    while i < len(reading.doc):
        end = _run_end(reading, i)
        if end is None:
            i += 1
            continue
        found += _names_of_run(reading, i, end)
        i = end + 1
    return _without_headline_words(reading, found)


def is_listed(key: str, word: str) -> bool:
    return word.lower() in listed("names", key)


def _is_capital(word: Token) -> bool:
    return word.text[:1].isupper() and not is_listed("calendar", word.text)


def _can_be_name(reading: Reading, word: Token) -> bool:
    """A capitalised word that is part of a name, as far as the word itself can tell."""
    if not _is_capital(word) or is_listed("not_a_name", word.text):
        return False
    if word.tag_ in ("NNP", "NNPS"):
        return True
    if _opens(reading, word):
        return gazetteer.lookup(word.text) is not None and word.tag_ != "PRP"
    if word.tag_ in ("DT", "PDT"):
        return word.lower_ == "all"  # "the All India Online Vendors Association"
    return word.tag_ not in ("PRP", "PRP$", "IN", "CC", "TO", "MD", "WP", "WRB", "WDT", "UH", "EX")


def _opens(reading: Reading, word: Token) -> bool:
    """Whether every word would be capitalised here: first of a sentence or a quotation."""
    if word.is_sent_start:
        return True
    before = reading.doc[word.i - 1]
    return before.is_quote or before.text in ("``", "''", ":", "—", "--", "•")


def _run_end(reading: Reading, start: int) -> int | None:
    """Last word of the name that starts at `start`, or None where none does."""
    doc = reading.doc
    first = doc[start]
    if not _can_be_name(reading, first):
        return None
    sentence_end = first.sent.end
    end = _listed_end(reading, start, sentence_end)
    while end + 1 < sentence_end:
        step = _continuation(reading, start, end, sentence_end)
        if not step:
            break
        end += step
    return end


def _listed_end(reading: Reading, start: int, limit: int) -> int:
    """Last word of the longest name that a lexicon lists here, however it is parted into words."""
    for end in range(min(start + _LONGEST_LISTED, limit) - 1, start, -1):
        last = reading.doc[end]
        if last.tag_ == "POS" or not last.text[:1].isupper():
            continue
        if gazetteer.lookup(reading.text[reading.starts[start] : reading.ends[end]]):
            return end
    return start


def _continuation(reading: Reading, start: int, end: int, limit: int) -> int:
    """How many more words belong to the name that so far is `start` to `end`; 0 for none."""
    doc = reading.doc
    following = doc[end + 1]
    if _can_be_name(reading, following) and not (
        doc[end].is_punct and doc[end].text not in _HYPHENS
    ):
        return 1
    if end + 2 >= limit:
        return 0
    second = doc[end + 2]
    if following.text in _HYPHENS and not following.whitespace_ and not doc[end].whitespace_:
        return 2 if _is_capital(second) else 0
    if not _can_be_name(reading, second):
        third = doc[end + 3] if end + 3 < limit else None
        joins = following.lower_ in _OF and second.lower_ == "the" and third is not None
        if joins and _can_be_name(reading, third) and _is_institution(doc[end]):  # type: ignore[arg-type]
            return 3
        return 0
    if following.lower_ in _OF and _is_institution(doc[end]):
        return 2
    if following.lower_ in listed("names", "particle") and following.text.islower():
        return 2
    if following.text == "&":
        return 2
    if following.lower_ == "and" and _joins_one_name(reading, start, end, limit):
        return 2
    return 0


def _is_institution(word: Token) -> bool:
    return is_listed("organization", word.text) or gazetteer.role_noun(word.lower_) is not None


def _joins_one_name(reading: Reading, start: int, end: int, limit: int) -> bool:
    """Whether "and" stands inside one name ("Oversight and Reform Committee"), not between two."""
    doc = reading.doc
    last = end + 2
    while last + 1 < limit and _can_be_name(reading, doc[last + 1]):
        last += 1
    so_far = doc[start : end + 1]
    rest = doc[end + 2 : last + 1]
    if gazetteer.lookup(so_far.text) or gazetteer.lookup(rest.text):
        return False
    if any(word.lower_ in _OF for word in so_far):
        return so_far[-1].tag_ in ("NNPS", "NNS") and rest[0].tag_ in ("NNPS", "NNS")
    if is_listed("organization", so_far[-1].text) or len(rest) < 2:  # noqa: PLR2004
        return False
    return is_listed("organization", rest[-1].text) and not gazetteer.is_first_name(so_far[0].text)


def _names_of_run(reading: Reading, start: int, end: int) -> list[Name]:
    """The name or names of one run of capitalised words: titles taken off, neighbours parted."""
    doc = reading.doc
    title_end = _title_end(reading, start, end)
    first = start if title_end is None else title_end + 1
    title = _title_before(reading, start, title_end)
    if first > end:
        return []  # a title alone: "the President"
    if title_end is not None and all(
        gazetteer.is_title(word.text) for word in doc[first : end + 1]
    ):
        # An office and nobody's name: "German Public Prosecutor General".
        text = doc[start : end + 1].text
        return [Name(start, end, text, "organization", gazetteer.lookup(text))]
    run = doc[first : end + 1]
    known = gazetteer.lookup(run.text)
    if all(is_listed("creed", word.text) for word in run):
        return []  # "Democratic", "Western": a creed or a direction names nobody
    if len(run) == 1 and is_listed("creed", run[0].text.removesuffix("s")):
        return [Name(first, end, run.text, "group")]
    if known and known.form == "demonym" and len(run) == 1 and doc[end].tag_ in ("JJ", "NNP"):
        kind: NameKind = "state"
    else:
        kind = _kind(reading, first, end, known, has_title=title is not None)
    return [Name(first, end, run.text, kind, known, title, _acronym_after(reading, end))]


def _title_end(reading: Reading, start: int, end: int) -> int | None:
    """Last word of the titles a run opens with ("Egyptian Foreign Minister …"), or None."""
    doc = reading.doc
    if gazetteer.lookup(doc[start : end + 1].text):
        return None
    if any(word.lower_ in _OF for word in doc[start : end + 1]):
        return _title_before_of(reading, start, end)
    found = None
    for i in range(start, end):
        word = doc[i]
        if _is_title(word) or gazetteer.is_title(doc[start : i + 1].text):
            found = i
    if (
        found is not None
        and is_listed("organization", doc[end].text)
        and not gazetteer.is_first_name(doc[found + 1].text)
    ):
        return None  # "Attorney General Office"
    return found


def _is_title(word: Token) -> bool:
    return (
        gazetteer.is_title(word.text)
        or gazetteer.role_noun(word.lower_) == "person"
        or (word.i == word.sent.start or word.tag_ != "NNPS")
        and is_listed("creed", word.text)
    )


def _title_before_of(reading: Reading, start: int, end: int) -> int | None:
    """ "Secretary of State Jon Husted": a title with "of" in it, then a given name."""
    doc = reading.doc
    if gazetteer.role_noun(doc[start].lower_) != "person" and not any(
        gazetteer.role_noun(word.lower_) == "person" for word in doc[start : end + 1]
    ):
        return None
    for i in range(start + 2, end):
        if (
            gazetteer.is_first_name(doc[i + 1].text)
            and doc[i].lower_ not in _OF
            and doc[i].lower_ != "the"
        ):
            return i
        if gazetteer.is_title(doc[start : i + 1].text):
            return i
    return None


def _title_before(reading: Reading, start: int, title_end: int | None) -> tuple[int, int] | None:
    """The whole title: capitalised words of the run and the lower-case role nouns before it."""
    doc = reading.doc
    begin = start
    i = start - 1
    while (
        i >= doc[start].sent.start
        and doc[i].text not in (",", "(", ")")
        and _is_title_word(doc[i], doc[i + 1])
    ):
        begin = i
        i -= 1
    if begin == start and title_end is None:
        return None
    if title_end is None and not any(
        gazetteer.role_noun(doc[j].lower_) == "person" for j in range(begin, start)
    ):
        return None
    last = start - 1 if title_end is None else title_end
    return (begin, last) if begin <= last else None


def _is_title_word(word: Token, following: Token) -> bool:
    """A lower-case word right before a name that can belong to the title: "panel chairman"."""
    if word.text[:1].isupper():
        known = gazetteer.lookup(word.text)
        return word.tag_ in ("NNP", "NNPS", "JJ") and (
            known is not None or following.text.islower()
        )
    if gazetteer.role_noun(word.lower_) == "person":
        return True
    return word.tag_ in ("NN", "JJ") and following.text.islower() and following.tag_ in ("NN", "JJ")


def _acronym_after(reading: Reading, end: int) -> str | None:
    doc = reading.doc
    if end + 3 < len(doc) and doc[end + 1].text == "(" and doc[end + 3].text == ")":
        text = doc[end + 2].text
        if text.isupper() and 2 <= len(text) <= 8:  # noqa: PLR2004 - the length of acronyms
            return text
    return None


def _kind(
    reading: Reading, first: int, end: int, known: Known | None, *, has_title: bool
) -> NameKind:
    doc = reading.doc
    last, run = doc[end], doc[first : end + 1]
    if known and not has_title:
        return _FROM_LEXICON[known.kind]
    if has_title:
        return "person"
    institution = next((w for w in run if w.lower_ in _OF), None)
    head = doc[institution.i - 1] if institution is not None and institution.i > first else last
    if (
        gazetteer.is_first_name(run[0].text)
        and len(run) > 1
        and not is_listed("organization", last.text)
    ):
        return "person"
    if is_listed("organization", head.text):
        return "organization"
    if is_listed("thing", head.text) or (len(run) > 1 and is_listed("thing", run[0].text)):
        return "thing"
    if is_listed("place", head.text) or (len(run) > 1 and is_listed("place", run[0].text)):
        return "place"
    if gazetteer.is_media(run.text):
        return "media"
    return "unknown"


def _without_headline_words(reading: Reading, found: list[Name]) -> tuple[Name, ...]:
    """Drop from a headline what is capitalised only because the headline is."""
    title_end = (
        reading.sents[0].end if reading.sentences and reading.sentences[0].paragraph == 0 else 0
    )
    body = {name.text for name in found if name.first >= title_end}
    tokens = {word for text in body for word in text.split()}
    return tuple(
        name
        for name in found
        if name.first >= title_end or name.text in body or name.known or name.text in tokens
    )
