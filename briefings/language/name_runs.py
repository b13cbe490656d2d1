"""Tells how far a run of capitalised words goes that makes one name, with what joins its parts.

Where a title ends and the name begins, and what is named, is for `names`.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.capitals import can_be_name, is_capital
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.language.titles import OF, is_listed

#: No name in a lexicon has more words, hyphens and points counted, than this.
_LONGEST_LISTED = 8
#: Letters of an acronym in brackets.
_ACRONYM_LENGTHS = range(2, 9)
_HYPHENS = ("-", "–")


def run_end(reading: Reading, start: int) -> int | None:
    """Last word of the name that starts at `start`, or None where none does."""
    doc = reading.doc
    first = doc[start]
    is_name = can_be_name(reading, first)
    may_be_listed = is_name or (first.text.istitle() and is_listed("not_a_name", first.text))
    if not may_be_listed:
        return None
    sentence_end = reading.sents[reading.sentence_number(start)].end
    end = _listed_end(reading, start, sentence_end)
    if end == start and not is_name:
        return None  # else a list knows it: "Credit Suisse"
    if end > start and _is_of_many(doc[end], sentence_end):
        return end
    full = _end_with_acronym(reading, start, end, sentence_end)
    if full is not None:
        return full
    while end + 1 < sentence_end:
        step = _continuation(reading, start, end, sentence_end)
        if not step:
            break
        end += step
    return end


def _is_of_many(last: Token, limit: int) -> bool:
    """Whether a plural for people or bodies follows a listed name: "European Union Governments"."""
    if last.i + 1 >= limit:
        return False
    following = last.nbor(1)
    return following.tag_ in ("NNPS", "NNS") and is_role_in_plural(following)


def is_role_in_plural(word: Token) -> bool:
    """Whether a capitalised plural is that of a role noun, which the tagger keeps as it is."""
    one = word.lower_.removesuffix("s")
    one = f"{one[:-2]}y" if one.endswith("ie") else one
    return one != word.lower_ and gazetteer.role_noun(one) is not None


def _end_with_acronym(reading: Reading, start: int, end: int, limit: int) -> int | None:
    """Last word of a body's long name that an acronym of other words follows.

    "League of Harbours for Safety and Rescue (LIGA)": what stands before the bracket is one name,
    unless the letters are those of its last part alone.
    """
    doc, i = reading.doc, end
    while i + 1 < limit and _may_stand_in_name(reading, doc[i + 1]):
        i += 1
    has_acronym = i + 3 < limit and doc[i + 1].text == "(" and acronym_after(reading, i)
    words = doc[start : i + 1]
    purpose = next((w.i for w in words if w.lower_ in ("for", "against")), None)
    if not has_acronym or purpose is None or not _is_institution(doc[start]):
        return None
    capitals = "".join(w.text[0] for w in doc[purpose:i] if w.text[:1].isupper())
    is_whole = is_capital(reading, doc[i]) and has_acronym != capitals + doc[i].text[0]
    return i if is_whole and len(words) <= _LONGEST_LISTED else None


def _may_stand_in_name(reading: Reading, word: Token) -> bool:
    return is_capital(reading, word) or word.lower_ in ("of", "for", "against", "and", "the")


def _listed_end(reading: Reading, start: int, limit: int) -> int:
    """Last word of the longest name that a lexicon lists here, however it is parted into words."""
    for end in range(min(start + _LONGEST_LISTED, limit) - 1, start, -1):
        last = reading.doc[end]
        text = reading.text[reading.starts[start] : reading.ends[end]]
        is_owned = last.tag_ == "POS" and not gazetteer.is_spelt_so(text)  # "Standard & Poor's"
        if is_owned or not (last.text[:1].isupper() or last.tag_ == "POS"):
            continue
        if gazetteer.lookup(text):
            return end
    return start


def _continuation(reading: Reading, start: int, end: int, limit: int) -> int:
    """How many more words belong to the name that so far is `start` to `end`; 0 for none."""
    doc = reading.doc
    last, following = doc[end], doc[end + 1]
    closes = last.is_punct and last.text not in _HYPHENS
    if can_be_name(reading, following) and not closes:
        return 1
    if end + 2 >= limit:
        return 0
    second = doc[end + 2]
    is_tight = not following.whitespace_ and not last.whitespace_
    if following.text in _HYPHENS and is_tight:
        return 2 if is_capital(reading, second) else 0
    if second.text in _HYPHENS and not following.whitespace_:
        return 3 if _is_hyphened_particle(reading, end + 1, limit) else 0
    if can_be_name(reading, second):
        return 2 if _is_joint(reading, start, end, limit) else 0
    is_the = second.lower_ == "the" and end + 3 < limit and can_be_name(reading, doc[end + 3])
    return 3 if is_the and _goes_on_over_the(reading, start, end) else 0


def _is_hyphened_particle(reading: Reading, i: int, limit: int) -> bool:
    """Whether word `i` is a particle that a hyphen ties to a name: "Turki al-Faisal"."""
    word = reading.doc[i]
    is_particle = word.lower_ in listed("names", "particle") and word.text.islower()
    is_tight = i + 2 < limit and not reading.doc[i + 1].whitespace_
    return is_particle and is_tight and is_capital(reading, reading.doc[i + 2])


def _goes_on_over_the(reading: Reading, start: int, end: int) -> bool:
    """Whether a name goes on over "of the" or "in the": "Coordinator of … in the Territories"."""
    doc = reading.doc
    if doc[end + 1].lower_ in OF:
        return _is_institution(doc[end])
    has_of = any(word.lower_ in OF for word in doc[start:end])
    return doc[end + 1].lower_ == "in" and has_of and doc[end + 3].tag_ == "NNPS"


def _is_joint(reading: Reading, start: int, end: int, limit: int) -> bool:
    """Whether the word after `end` joins what is before and after it into one name."""
    word = reading.doc[end + 1]
    if word.text == "&" or (word.lower_ in OF and _is_institution(reading.doc[end])):
        return True
    if word.lower_ in listed("names", "particle") and word.text.islower():
        return True
    if word.tag_ == "POS":
        return _owns_body(reading, end, limit)
    return word.lower_ == "and" and _joins_one_name(reading, start, end, limit)


def _owns_body(reading: Reading, end: int, limit: int) -> bool:
    """Whether a possessive stands inside one name: "Workers' Union", "Attorney's Office"."""
    last = end + 2
    while last + 1 < limit and can_be_name(reading, reading.doc[last + 1]):
        last += 1
    owner = reading.doc[end]
    is_common = (
        is_listed("organization", owner.text) or gazetteer.role_noun(owner.lower_) is not None
    )
    return is_common and is_listed("organization", reading.doc[last].text)


def _is_institution(word: Token) -> bool:
    return is_listed("organization", word.text) or gazetteer.role_noun(word.lower_) is not None


def _joins_one_name(reading: Reading, start: int, end: int, limit: int) -> bool:
    """Whether "and" stands inside one name ("Oversight and Reform Committee"), not between two."""
    doc = reading.doc
    last = end + 2
    while last + 1 < limit and can_be_name(reading, doc[last + 1]):
        last += 1
    so_far = doc[start : end + 1]
    rest = doc[end + 2 : last + 1]
    if gazetteer.lookup(so_far.text) or gazetteer.lookup(rest.text):
        return False
    if any(word.lower_ in OF for word in so_far):
        return so_far[-1].tag_ in ("NNPS", "NNS") and rest[0].tag_ in ("NNPS", "NNS")
    if is_listed("organization", so_far[-1].text) or len(rest) < 2:  # noqa: PLR2004 - "and Committee" alone is a second name
        return False
    return is_listed("organization", rest[-1].text) and not gazetteer.is_first_name(so_far[0].text)


def acronym_after(reading: Reading, end: int) -> str | None:
    doc = reading.doc
    if end + 3 < len(doc) and doc[end + 1].text == "(" and doc[end + 3].text == ")":
        text = doc[end + 2].text
        if text.isupper() and len(text) in _ACRONYM_LENGTHS:
            return text
    return None
