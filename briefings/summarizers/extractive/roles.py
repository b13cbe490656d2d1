"""Finds who the article says somebody is: titles, appositions, copulas, relative clauses.

It reads one mention at a time; which role an actor is shown with is chosen in `actors`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.mentions import Mention

Kind = Literal["title", "apposition", "copula", "relative"]

# The three that follow were set by hand on the development articles.
_LONGEST_APPOSITION = 16
_LONGEST_RELATIVE = 14
#: An apposition without its closing comma must be longer than this not to be a slip of the parse.
_LONG_ENOUGH = 4
#: The brackets of an acronym close within so many words of the name.
_ACRONYM_WITHIN = 6
#: What a noun phrase that says who somebody is may open with, and what may stand in it.
_OPENING_TAGS = frozenset(
    ("DT", "PRP$", "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "RB", "VBG", "VBN")
)
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
        "VBG",
        "VBN",
        "CC",
        "-LRB-",
        "AFX",
    )
)
#: After a noun these go on with its phrase.
_CONTINUING = ("NN", "POS", "HYPH", "JJ", "VBG")
#: Where it ends: at a clause, a finite verb.
_PHRASE_ENDS = ("WP", "WDT", "WRB", *FINITE)
_OPENING_MARKS = (",", "—", "--", "–", "(")
_AFTER_NAME = (",", ".", "”", '"', "''", "and", "(")
_NO_ROLE_FIRST = ("and", "but", "when", "as", "with")
_STOPS = (",", ".", ";", ":", "(", ")", "—", "--", "–", "“", "”", '"', "``", "''", "!", "?")


@dataclass(frozen=True, slots=True)
class Role:
    """Words `first` to `last` say who a mention is; `head` is the noun that says it."""

    first: int
    last: int
    head: int
    kind: Kind


def find_roles(reading: Reading, mention: Mention) -> Iterator[Role]:
    """What the text says of a mention right where it stands, surest first."""
    if mention.name and mention.name.title:
        first, last = mention.name.title
        yield Role(first, last, last, "title")
    for find in (_noun_before, _apposition_after, _apposition_before, _copula, _relative):
        role = find(reading, mention)
        if role:
            yield role


def role_words(reading: Reading, role: Role) -> str:
    """The words of a role as the article has them, the article before the noun left out."""
    first = role.first
    while first < role.last and reading.doc[first].lower_ in ("a", "an", "the"):
        first += 1
    return reading.span(first, role.last).quote.rstrip(",")


def _noun_before(reading: Reading, mention: Mention) -> Role | None:
    """Reads "the terror group Hamas", "rival retailer Meadowmart": a role noun before a name."""
    doc, last = reading.doc, mention.first - 1
    if mention.form != "name" or mention.type == "person" or last <= doc[mention.first].sent.start:
        return None
    head = doc[last]
    if not head.text.islower() or head.tag_ != "NN" or not _names_a_role(head, mention):
        return None
    first = last
    while doc[first - 1].tag_ in ("JJ", "NN", "HYPH", "VBG", "VBN") and doc[
        first - 1
    ].text.islower() | (doc[first - 1].text == "-"):
        first -= 1
    return Role(first, last, last, "title")


def _apposition_after(reading: Reading, mention: Mention) -> Role | None:
    """What follows a name between commas: "Chanakya Basa, a lawyer for the sellers, …"."""
    doc = reading.doc
    i = _after_acronym(reading, mention.last)
    if mention.form != "name" or i + 2 >= len(doc) or doc[i].text not in _OPENING_MARKS:
        return None
    first = i + 1
    if doc[max(0, mention.first - 2)].lower_ == "according":
        return None  # "According to Ynet, the delegation …": what follows is somebody else
    if doc[first].is_sent_start or doc[first].tag_ not in _OPENING_TAGS:
        return None
    head = _noun_head(reading, first)
    if head is None or not _names_a_role(head, mention):
        return None
    last = _phrase_end(reading, head)
    return Role(first, last, head.i, "apposition") if _closes(reading, first, last) else None


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Whether an apposition ends where its phrase does, at a mark."""
    doc = reading.doc
    if last + 1 >= len(doc):
        return True
    following = doc[last + 1]
    if following.text == "and":
        return False
    # Some desks leave the closing comma out: "Berg, the leader of the party told the paper".
    lacks_comma = following.tag_ in ("VBD", "VBZ") and last - first >= _LONG_ENOUGH
    return following.text in _STOPS or bool(doc[last].is_sent_end) or lacks_comma


def _after_acronym(reading: Reading, end: int) -> int:
    """The word after a name and the acronym in brackets that may follow it."""
    doc = reading.doc
    if end + 3 < len(doc) and doc[end + 1].text == "(":
        for i in range(end + 2, min(end + _ACRONYM_WITHIN, len(doc))):
            if doc[i].text == ")":
                return i + 1
    return end + 1


def _apposition_before(reading: Reading, mention: Mention) -> Role | None:
    """What stands before a name: "AIOVA's lawyer, Chanakya Basa, said …"."""
    doc, comma = reading.doc, mention.first - 1
    if mention.form != "name" or comma < 1 or doc[comma].text != ",":
        return None
    if not _stands_alone(reading, mention):
        return None
    start = doc[mention.first].sent.start
    first = _start_before(reading, comma - 1, start)
    heads = [w for w in doc[first:comma] if _is_plain_role(w, mention)]
    if doc[comma - 1].lemma_.lower() in (*listed("names", "place"), "capital"):
        return None  # "told reporters in the capital, Sarn"
    if not heads or doc[first].lower_ in _NO_ROLE_FIRST:
        return None
    follows_name = first - 2 >= start and doc[first - 2].tag_ in ("NNP", "NNPS")
    if follows_name and doc[first - 1].text == ",":
        return None  # it explains the name before it: "Broughton, a lawyer for a defendant, Ruiz"
    return Role(first, comma - 1, heads[0].i, "apposition")


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
    least = max(sentence_start, last + 2 - _LONGEST_APPOSITION)
    while first > least and not _parts(doc[first - 1]):
        first -= 1
    return first


def _parts(word: Token) -> bool:
    return word.text in _STOPS or word.tag_.startswith("VB")


def _is_plain_role(word: Token, mention: Mention) -> bool:
    """Whether a word is a lower-case noun that says what somebody is."""
    is_noun = word.tag_.startswith("NN") and not word.text[0].isupper()
    return is_noun and _names_a_role(word, mention)


def _copula(reading: Reading, mention: Mention) -> Role | None:
    """What a name is said to be: "Appario is a joint venture between …"."""
    word = reading.doc[mention.head]
    noun = word.head
    is_subject = word.dep_.startswith("nsubj") and noun.i >= word.i
    if not is_subject or not noun.tag_.startswith("NN"):
        return None
    verb = next((c for c in noun.children if c.dep_ == "cop"), None)
    is_denied = any(c.dep_ == "advmod" and c.lower_ in ("not", "n't", "n’t") for c in noun.children)
    if verb is None or is_denied or gazetteer.role_noun(noun.lemma_.lower()) is None:
        return None
    return Role(verb.i + 1, _phrase_end(reading, noun), noun.i, "copula")


def _relative(reading: Reading, mention: Mention) -> Role | None:
    """What a clause tells of a name: "AIOVA, which represents more than 3,500 sellers, …"."""
    doc = reading.doc
    i = _after_acronym(reading, mention.last)
    if mention.form != "name" or i + 2 >= len(doc) or doc[i].text != ",":
        return None
    if doc[i + 1].lower_ not in ("which", "who") or not doc[i + 2].tag_.startswith(("VB", "RB")):
        return None
    last = i + 2
    while last + 1 < doc[i].sent.end and doc[last + 1].text not in _STOPS:
        last += 1
    if last - i > _LONGEST_RELATIVE:
        return None
    return Role(i + 2, last, i + 2, "relative")


def _noun_head(reading: Reading, first: int) -> Token | None:
    """The main noun of the noun phrase that starts at `first`, found by its word classes."""
    doc = reading.doc
    head = None
    for i in range(first, min(first + _LONGEST_APPOSITION, len(doc))):
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


def _names_a_role(head: Token, mention: Mention) -> bool:
    lemma = head.lemma_.lower()
    kind = gazetteer.role_noun(lemma) or gazetteer.role_noun(head.lower_)
    if mention.type == "person":
        return kind == "person"
    is_thing = lemma in listed("actors", "company") | listed("actors", "holding")
    return kind is not None or is_thing


def _phrase_end(reading: Reading, head: Token) -> int:
    """Last word of what follows a noun up to the next mark: "of the House panel"."""
    doc, i = reading.doc, head.i
    limit = min(head.sent.end - 1, head.i + _LONGEST_APPOSITION)
    while i < limit:
        if i + 4 < limit and _is_aside(reading, i + 1):
            i += 3
        elif _ends_phrase(doc[i + 1]):
            break
        else:
            i += 1
    return i


def _ends_phrase(word: Token) -> bool:
    if word.text in _STOPS or word.tag_ in _PHRASE_ENDS:
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
