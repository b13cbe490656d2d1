"""Measures noun phrases that say who somebody is: where they begin, their main noun, their end.

It looks at words and their classes; whom a phrase describes is for `appositions` and `roles`.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.mentions import Mention

#: A phrase has at most so many words. Set by hand on the development articles.
LONGEST = 16
STOPS = (",", ".", ";", ":", "(", ")", "—", "--", "–", "“", "”", '"', "``", "''", "!", "?")
#: What may stand in a noun phrase before its head.
_INNER_TAGS = frozenset(
    (
        "DT",
        "PRP$",
        "JJ",
        "JJS",
        "JJR",
        "CD",
        "POS",
        "HYPH",
        "RB",
        "RBS",
        "RBR",
        "VBG",
        "VBN",
        "CC",
        "-LRB-",
        "AFX",
    )
)
#: What a phrase is followed back over from its head to its first word.
_BEFORE_HEAD = ("DT", "PRP$", "JJ", "NN", "POS", "CD", "HYPH", "AFX")
#: After a noun these go on with its phrase.
_CONTINUING = ("NN", "POS", "HYPH", "JJ", "VBG")
#: Where it ends: at a clause, a finite verb.
_PHRASE_ENDS = ("WP", "WP$", "WDT", "WRB", *FINITE)


def noun_head(reading: Reading, first: int) -> Token | None:
    """The main noun of the noun phrase that starts at `first`, found by its word classes."""
    doc = reading.doc
    head = None
    for i in range(first, min(first + LONGEST, len(doc))):
        word = doc[i]
        if word.is_sent_start and i > first:
            break
        if word.tag_.startswith("NN"):
            head = word
            if not _goes_on(doc[i + 1] if i + 1 < len(doc) else None):
                return head
        elif word.tag_ not in _INNER_TAGS and not word.is_quote:
            break
    return head


def _goes_on(following: Token | None) -> bool:
    """Whether a noun phrase goes on with what follows a noun, so that this is not its head."""
    if following is None or not following.tag_.startswith(_CONTINUING):
        return False
    return following.tag_ != "JJ" or not following.text[0].islower()


def names_a_role(head: Token, mention: Mention) -> bool:
    """Whether a noun can say what a mention is: a person's office of a person, never of a land."""
    lemma = head.lemma_.lower()
    kind = gazetteer.role_noun(lemma) or gazetteer.role_noun(head.lower_)
    if mention.type == "person":
        if head.tag_ == "NNS" and not mention.is_plural:
            return False  # "of all the people in that room, Berg"
        return kind == "person" or lemma in listed("actors", "of_person") or _is_creed(head)
    is_thing = lemma in listed("actors", "company") | listed("actors", "holding")
    if mention.type in ("state", "organization") and kind == "person":
        return lemma in listed("actors", "of_anybody") | listed("actors", "of_states")
    return kind is not None or is_thing


def _is_creed(head: Token) -> bool:
    """Whether a noun says of one person what party or faith is theirs: "a Democrat"."""
    return head.tag_ in ("NN", "NNP") and head.lower_ in listed("names", "creed")


def phrase_start(head: Token, least: int) -> int:
    """First word of the noun phrase with this head, not before word `least`."""
    doc, first = head.doc, head.i
    while first > least and _goes_before(doc[first - 1]):
        first -= 1
    return first


def _goes_before(word: Token) -> bool:
    """Whether a word stands in a noun phrase before its head: no verb, whatever its form."""
    if word.tag_ in ("VBN", "VBG"):
        return word.dep_ in ("amod", "compound")
    if word.lower_ in listed("names", "calendar"):
        return False
    return word.text not in STOPS and word.tag_.startswith(_BEFORE_HEAD)


def phrase_end(reading: Reading, head: Token) -> int:
    """Last word of what follows a noun up to the next mark: "of the House panel"."""
    doc, i = reading.doc, head.i
    limit = min(head.sent.end - 1, head.i + LONGEST)
    while i < limit:
        if i + 4 < limit and _is_aside(reading, i + 1):
            i += 3
        elif _ends_phrase(doc[i + 1]):
            break
        else:
            i += 1
    return i


def _ends_phrase(word: Token) -> bool:
    if word.text in STOPS or word.tag_ in _PHRASE_ENDS:
        return True
    return word.lower_ in ("and", "but", "while", "as") and not _joins_nouns(word)


def _is_aside(reading: Reading, i: int) -> bool:
    """Whether one word in brackets parts a phrase: "leader of the Green party (Gruene) faction"."""
    doc = reading.doc
    is_bracketed = doc[i].text == "(" and doc[i + 2].text == ")"
    return is_bracketed and doc[i + 3].tag_.startswith(("NN", "JJ"))


def _joins_nouns(conjunction: Token) -> bool:
    """Whether "and" joins two nouns of one phrase, both names or neither."""
    before = conjunction.nbor(-1)
    after = conjunction.nbor(1) if conjunction.i + 1 < len(conjunction.doc) else None
    if conjunction.lower_ != "and" or after is None:
        return False
    are_nouns = before.tag_[:2] == after.tag_[:2] == "NN"
    return are_nouns and before.text[0].isupper() == after.text[0].isupper()
