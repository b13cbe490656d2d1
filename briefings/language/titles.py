"""Finds the title that a run of capitalised words opens with, or that stands before it.

It says which words are title and which are name; who bears it is not its business.
"""

from __future__ import annotations

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading

#: Before one of these a further capital belongs to the office: "Foreign Ministry spokesman".
_OFFICE_WORDS = ("Ministry", "Department", "Office", "Minister", "Secretary", "Council", "Party")
#: What adjectives of lands end in.
_OF_A_LAND = ("ian", "ean", "an", "ese", "ish", "i")
#: Arabic articles before a family name, as they are cut into words.
_PARTICLES = (["al", "-"], ["el", "-"])
#: Words that join two parts of one name: "Ministry of Health".
OF = ("of", "for")


def is_listed(key: str, word: str) -> bool:
    """Whether a word, in whatever case, is in the list `key` of names.toml."""
    return word.lower() in listed("names", key)


def title_end(reading: Reading, start: int, end: int) -> int | None:
    """Last word of the titles that the run `start` to `end` opens with, or None.

    "Egyptian Foreign Minister Sameh Shoukry" gives "Minister".
    """
    doc = reading.doc
    if gazetteer.lookup(doc[start : end + 1].text):
        return None
    if any(word.lower_ in OF for word in doc[start : end + 1]):
        return _title_with_of(reading, start, end)
    found = None
    for i in range(start, end):
        word = doc[i]
        if _is_given_name(word):
            continue
        if _is_title(word) or gazetteer.is_title(doc[start : i + 1].text):
            found = i
    if found is None:
        return None
    if _ends_as_no_person(doc[found : end + 1]) and not gazetteer.is_first_name(
        doc[found + 1].text
    ):
        return None  # "Attorney General Office"
    return found


def _ends_as_no_person(words: Words) -> bool:
    """Whether words from a title's last on name a body or thing: "Voter Registration Act"."""
    if is_listed("organization", words[-1].text):
        return True
    # After a title proper a lone word is a family name, whatever else it means: "Mr. Hill".
    is_surname = len(words) == len(("title", "name")) and gazetteer.is_title(words[0].text)
    return not is_surname and any(is_listed(kind, words[-1].text) for kind in ("thing", "place"))


def _is_title(word: Token) -> bool:
    # "Victor Lang" is no victor, and "Baker Hughes" no baker.
    is_name = gazetteer.is_first_name(word.text) or is_listed("trades", word.text)
    is_noun = gazetteer.role_noun(word.lower_) == "person" and not is_name
    is_role = gazetteer.is_title(word.text) or is_noun
    is_single = word.i == word.sent.start or word.tag_ != "NNPS"
    return is_role or (is_single and is_listed("creed", word.text))


def _is_given_name(word: Token) -> bool:
    """Whether a word that could be a title is a given name here: "Sultan al-Jaber"."""
    behind = [w.lower_ for w in word.doc[word.i + 1 : word.i + 3]]
    is_given = is_listed("given_titles", word.text)
    return is_given and bool(behind) and (behind[0] in ("al-", "el-") or behind in _PARTICLES)


def _title_with_of(reading: Reading, start: int, end: int) -> int | None:
    """Last word of a title with "of" in it: "Secretary of State" before "Jon Husted"."""
    doc = reading.doc
    if not _names_office(doc[start : end + 1]):
        return None
    for i in range(start + 2, end):
        is_noun = doc[i].lower_ not in (*OF, "the")
        if is_noun and gazetteer.is_first_name(doc[i + 1].text):
            return i
        if gazetteer.is_title(doc[start : i + 1].text) and doc[i + 1].lower_ not in OF:
            return i
    return None


def _names_office(words: Words) -> bool:
    return any(is_office(word) for word in words)


def is_office(word: Token) -> bool:
    """Whether a noun tells of a person what bodies and states are not called: no "rival"."""
    is_anybody = word.lower_ in listed("actors", "of_anybody")
    return gazetteer.role_noun(word.lower_) == "person" and not is_anybody


def title_before(reading: Reading, start: int, end: int | None) -> tuple[int, int] | None:
    """First and last word of the whole title of a run that starts at `start`; None without one.

    To the run's own title words, which end at `end`, come the role nouns right before the run.
    """
    doc = reading.doc
    begin, sentence_start = start, doc[start].sent.start
    while begin > sentence_start and _belongs(doc[begin - 1], doc[begin]):
        begin -= 1
    if end is None and not _names_office(doc[begin:start]):
        is_leader = begin < start and _is_of_person(doc[start - 1], doc[start])
        return (begin, start - 1) if is_leader else None
    return begin, start - 1 if end is None else end


def _is_of_person(word: Token, following: Token) -> bool:
    """Whether a noun for anybody is of a person here: "Senate leader Chuck Schumer"."""
    is_anybody = word.lower_ in listed("actors", "of_anybody")
    is_given = following.text[:1].isupper() and gazetteer.is_first_name(following.text)
    return is_anybody and is_given and gazetteer.lookup(following.text) is None


def _belongs(word: Token, following: Token) -> bool:
    return word.text not in (",", "(", ")") and _is_title_word(word, following)


def _is_of_a_land(word: Token, following: Token) -> bool:
    """Whether a word reads like the adjective of a land that no lexicon lists, before its office.

    "Vaskian Foreign Minister".
    """
    is_adjective = word.tag_ == "JJ" and word.text.endswith(_OF_A_LAND)
    return is_adjective and following.lower_ in listed("actors", "of_a_land")


def _is_title_word(word: Token, following: Token) -> bool:
    """A lower-case word right before a name that can belong to the title: "panel chairman"."""
    if word.text[:1].isupper():
        goes_on = following.text.islower() or following.text in _OFFICE_WORDS
        is_known = gazetteer.lookup(word.text) is not None or _is_of_a_land(word, following)
        return word.tag_ in ("NNP", "NNPS", "JJ") and (is_known or goes_on)
    if is_office(word) or _is_of_person(word, following):
        return True
    return word.tag_ in ("NN", "JJ") and following.text.islower() and following.tag_ in ("NN", "JJ")
