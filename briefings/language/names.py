"""Finds proper names in a reading: runs of capitalised words, with the title before them.

Says where a name stands and what sort of thing it seems to name. Which names are one and the same
actor is decided where actors are made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.capitals import opens
from briefings.language.gazetteer import Known
from briefings.language.lexicon import words as listed
from briefings.language.name_runs import acronym_after, is_role_in_plural, run_end
from briefings.language.reading import Reading
from briefings.language.titles import OF, is_listed, is_office, title_before, title_end

NameKind = Literal["person", "organization", "state", "group", "place", "media", "thing", "unknown"]

_TOLD_BY_WORDS: tuple[Literal["thing", "place"], ...] = ("thing", "place")
#: The noun of an office is the next word but one at most: "Essex County district attorney" has
#: another noun between.
_OFFICE_WITHIN = 2
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
        end = run_end(reading, i)
        if end is None:
            i += 1
            continue
        names = _names_of_run(reading, i, end)
        before = found[-1] if found and found[-1].first >= reading.doc[i].sent.start else None
        found += [_with_whole_title(name, before) for name in names]
        i = end + 1
    found = [_as_storm(reading, name) for name in _without_false_titles(reading, found)]
    return _without_headline_words(reading, _without_openers(reading, found))


def _as_storm(reading: Reading, name: Name) -> Name:
    """Take a name in a row of storms for one of them: "hurricanes Irma, Maria and Harvey"."""
    doc, i = reading.doc, name.first - 1
    while i >= doc[name.first].sent.start and _may_stand_in_row(doc[i]):
        if doc[i].lower_.removesuffix("s") in listed("names", "storm") and doc[i].lower_[-1] == "s":
            return replace(name, kind="thing", known=None, title=None)
        i -= 1
    return name


def _may_stand_in_row(word: Token) -> bool:
    is_storm = word.lower_.removesuffix("s") in listed("names", "storm")
    return is_storm or word.text[:1].isupper() or word.text in (",", "and", "or", "&")


def _without_false_titles(reading: Reading, found: list[Name]) -> list[Name]:
    """Take a title for part of a name that a longer one opens with: "General Growth Properties"."""
    openings = {
        " ".join(words[:size])
        for words in (name.text.split() for name in found if not name.title)
        for size in range(2, len(words))
    }
    whole: list[Name] = []
    for name in found:
        text = reading.doc[name.title[0] : name.last + 1].text if name.title else name.text
        is_part = name.title is not None and text in openings
        first = name.title[0] if name.title and is_part else name.first
        whole.append(
            replace(name, first=first, text=text, kind="unknown", title=None) if is_part else name
        )
    return whole


def _with_whole_title(name: Name, before: Name | None) -> Name:
    """Begin a title where the name in it begins: "Coordinator of Activities chief Gen. Alian"."""
    if name.title is None or before is None or before.title is not None:
        return name
    begin, end = name.title
    is_inside = before.first < begin <= before.last + 1
    return replace(name, title=(before.first, end)) if is_inside else name


def _without_openers(reading: Reading, found: list[Name]) -> list[Name]:
    """Take off a word that opens a sentence before a name used without it: "Landlocked Egypt"."""
    used = Counter(name.text for name in found)
    return [_without_opener(reading, name, used) for name in found]


def _without_opener(reading: Reading, name: Name, used: Counter[str]) -> Name:
    run = reading.doc[name.first : name.last + 1]
    if name.title or name.known or name.first == name.last or not opens(reading, run[0]):
        return name
    rest = run[1:]
    known = gazetteer.lookup(rest.text)
    is_name = bool(used[rest.text]) or known is not None
    if not is_name or used[name.text] > 1 or gazetteer.is_first_name(run[0].text):
        return name
    after = reading.doc[name.last + 1 : name.last + 3]
    is_explained = len(after) > 1 and after[0].text == "," and after[1].tag_ == "DT"
    if is_explained and run[1].dep_ == "flat" and run[1].head == run[0] and run[0].tag_ == "NNP":
        return name  # "Samiullah Mahdi, a journalist,", then "Mahdi"
    kind = _kind(rest, known, has_title=False)
    return replace(name, first=name.first + 1, text=rest.text, kind=kind, known=known)


def _names_of_run(reading: Reading, start: int, end: int) -> list[Name]:
    """The name or names of one run of capitalised words: titles taken off, neighbours parted."""
    doc = reading.doc
    own_title = title_end(reading, start, end)
    first = start if own_title is None else own_title + 1
    title = title_before(reading, start, own_title)
    run = doc[first : end + 1]
    if own_title is not None and len(run) and all(gazetteer.is_title(w.text) for w in run):
        # An office and nobody's name: "German Public Prosecutor General".
        text = doc[start : end + 1].text
        return [Name(start, end, text, "organization", gazetteer.lookup(text))]
    body = _body_of_office(reading, first, end) if own_title is None else None
    if body is not None:
        return _names_of_run(reading, body, end)
    if all(is_listed("creed", word.text) for word in run):
        return []  # a title alone ("the President"), or a creed or direction: "Western"
    if len(run) == 1 and is_listed("creed", run[0].text.removesuffix("s")):
        return [Name(first, end, run.text, "group")]
    if _is_party_tag(reading, first, end) or _is_plural_office(run) or _is_partisan(run):
        return []
    if title is not None and own_title is None and _colours_an_office(run[-1]):
        title = None  # "chief Brexit minister"
    known = gazetteer.lookup(run.text)
    is_adjective = len(run) == 1 and run[0].tag_ in ("JJ", "NNP")
    if known and known.form == "demonym" and is_adjective:
        kind: NameKind = "state"
    elif known and known.kind == "state" and title and _is_common_title(reading, title[1]):
        kind = "state"
    else:
        kind = _kind(run, known, has_title=title is not None)
    return [Name(first, end, run.text, kind, known, title, acronym_after(reading, end))]


def _is_plural_office(run: Words) -> bool:
    """Whether a run names holders of an office and nobody by name: "two Secretaries of State"."""
    word = run[0]
    if not is_role_in_plural(word) or gazetteer.lookup(run.text) is not None:
        return False
    is_alone = len(run) == 1
    if is_alone and word.text[-1] == "s" and word.text[:-1].isupper():
        return True  # "MPs"
    is_counted = word.i > word.sent.start and word.nbor(-1).tag_ == "CD"
    is_plural = word.tag_ in ("NNPS", "NNS")
    return is_plural and is_counted and (is_alone or run[1].lower_ in OF)


def _is_partisan(run: Words) -> bool:
    """Whether a run says of what party and from where one person is: "the Oregon Democrat"."""
    is_one = run[-1].tag_ in ("NNP", "NN") and is_listed("creed", run[-1].text)
    is_told = run.start > 0 and run.doc[run.start - 1].lower_ in ("a", "an", "the")
    return is_one and is_told and run[-1].dep_ in ("appos", "conj", "nsubj", "obl", "ROOT")


def _colours_an_office(word: Token) -> bool:
    """Whether a name stands before the noun of an office: "Brexit minister"."""
    noun = word.head
    if noun.dep_ == "compound" and noun.i == word.i + 1:
        noun = noun.head
    is_near = 0 < noun.i - word.i <= _OFFICE_WITHIN
    is_before = word.dep_ in ("compound", "amod") and is_near and noun.text.islower()
    return is_before and gazetteer.role_noun(noun.lemma_.lower()) == "person"


def _is_common_title(reading: Reading, i: int) -> bool:
    """Whether a title's last word is one for states as well: "coal-producer West Virginia"."""
    word = reading.doc[i]
    return word.text.islower() and word.lower_ in listed("actors", "of_states")


def _body_of_office(reading: Reading, start: int, end: int) -> int | None:
    """First word of the body whose office a run names, if it does: "Director of Port Authority"."""
    doc = reading.doc
    of = next((i for i in range(start, end) if doc[i].lower_ in OF), None)
    if of is None or gazetteer.lookup(doc[start : end + 1].text):
        return None
    has_more = any(word.lower_ in OF for word in doc[of + 1 : end])
    if has_more or not is_office(doc[of - 1]) or not is_listed("organization", doc[end].text):
        return None
    return of + 2 if doc[of + 1].lower_ == "the" else of + 1


def _is_party_tag(reading: Reading, first: int, end: int) -> bool:
    """Whether a run is what stands behind a lawmaker: "(R-Idaho)", ", R-Idaho,"."""
    doc = reading.doc
    stands_apart = first > 0 and doc[first - 1].text in ("(", ",")
    return stands_apart and gazetteer.party_state(reading.span(first, end).quote) is not None


def _kind(run: Words, known: Known | None, *, has_title: bool) -> NameKind:
    """What sort of thing a name seems to name, from the lexicons, its title and its words."""
    if has_title:
        return "person"
    if known:
        return _FROM_LEXICON[known.kind]
    return _kind_by_words(run)


def _kind_by_words(run: Words) -> NameKind:
    if any(word.text == "&" for word in run):
        return "organization"
    if run[max(0, len(run) - 2)].lower_ == "news" and gazetteer.is_media(run.text):
        return "media"  # "Portuguese Lusa News Agency"
    has_article = run.start > 0 and run.doc[run.start - 1].lower_ == "the"
    if len(run) > 1 and not has_article and _reads_as_person(run):
        return "person"
    of = next((i for i, word in enumerate(run) if word.lower_ in OF), 0) or len(run)
    if is_listed("organization", run[of - 1].text):
        return "organization"
    # "Hurricane Ida", "Vienna Accord": the first word of several tells as well.
    telling = {run[of - 1].text, run[0].text}
    for kind in _TOLD_BY_WORDS:
        if any(is_listed(kind, word) for word in telling):
            return kind
    return "media" if gazetteer.is_media(run.text) else "unknown"


def _reads_as_person(run: Words) -> bool:
    is_body = is_listed("organization", run[-1].text)
    return gazetteer.is_first_name(run[0].text) and not is_body


def _without_headline_words(reading: Reading, found: list[Name]) -> tuple[Name, ...]:
    """Drop from a headline what is capitalised only because the headline is."""
    has_title = bool(reading.sentences) and reading.sentences[0].paragraph == 0
    title_end = reading.sents[0].end if has_title else 0
    body = {name.text for name in found if name.first >= title_end}
    tokens = {word for text in body for word in text.split()}
    return tuple(
        name
        for name in found
        if name.first >= title_end or name.text in body or name.known or name.text in tokens
    )
