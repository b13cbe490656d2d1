"""Finds who the article says somebody is: titles, appositions, copulas, relative clauses.

It reads one mention at a time; which role an actor is shown with is chosen in `actors`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from briefings.language import gazetteer
from briefings.language.reading import Reading
from briefings.summarizers.extractive.appositions import (
    after_name,
    find_after,
    find_before,
    find_second,
)
from briefings.summarizers.extractive.mentions import Mention
from briefings.summarizers.extractive.noun_phrases import STOPS, names_a_role, phrase_end

Kind = Literal["title", "apposition", "copula", "relative"]

#: A clause that says who somebody is has at most so many words. Set by hand.
_LONGEST_RELATIVE = 14
#: One that is cut short keeps at least so many.
_FEWEST_WORDS = 3
#: Clauses with these tell what somebody said, not who it is.
_SAYING = ("say", "tell", "add", "decline")
#: Participles that a hyphen ties to an owner, seat or leader: "Walmart-owned".
_TYING = ("owned", "based", "backed", "led", "run", "controlled", "funded", "aligned", "linked")


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
    for beside in (find_after, find_before):
        bounds = beside(reading, mention)
        if bounds:
            yield Role(*bounds, "apposition")
        second = find_second(reading, mention, bounds) if bounds and beside is find_after else None
        if second:
            yield Role(*second, "apposition")
    for find in (_noun_before, _tie_before, _copula, _relative):
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
    if not head.text.islower() or head.tag_ != "NN" or not names_a_role(head, mention):
        return None
    first = last
    while _colours(doc[first - 1]):
        first -= 1
    return Role(first, last, last, "title")


def _colours(word: Token) -> bool:
    """Whether a word belongs to a role noun that follows: "rival", "state-owned", no verb."""
    if word.tag_ in ("VBG", "VBN"):
        is_verb = word.nbor(-1).tag_.startswith("NN")  # "the commission urged state firm Petrax"
        return word.dep_ in ("amod", "compound") and word.text.islower() and not is_verb
    return word.text == "-" or (word.tag_ in ("JJ", "NN", "HYPH") and word.text.islower())


def _tie_before(reading: Reading, mention: Mention) -> Role | None:
    """Reads "Walmart-owned Flipkart": whose a body is, where it sits, who leads it."""
    doc, last = reading.doc, mention.first - 1
    first = last - 2
    if mention.form != "name" or mention.type == "person" or first < 0:
        return None
    if doc[last].lower_ not in _TYING or doc[last - 1].text != "-":
        return None
    while first > doc[last].sent.start and doc[first - 1].tag_ == doc[first].tag_ == "NNP":
        first -= 1
    return Role(first, last, last, "title")


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
    return Role(verb.i + 1, phrase_end(reading, noun), noun.i, "copula")


def _relative(reading: Reading, mention: Mention) -> Role | None:
    """What a clause tells of a name: "AIOVA, which represents more than 3,500 sellers, …"."""
    doc = reading.doc
    i = after_name(reading, mention.last)
    if mention.form != "name" or i + 2 >= len(doc):
        return None
    if doc[i].text == ",":
        i += 1
    elif doc[i].lower_ != "who":
        return None
    opener = "who" if mention.type == "person" else "which"
    is_open = mention.type is None and doc[i].lower_ == "who"
    if (doc[i].lower_ != opener and not is_open) or not doc[i + 1].tag_.startswith(("VB", "RB")):
        return None
    if doc[i + 1].lemma_ in _SAYING:
        return None
    last = i + 1
    while last + 1 < doc[i].sent.end and doc[last + 1].text not in STOPS:
        last += 1
    end = last if last - i < _LONGEST_RELATIVE else _shorter_end(doc, i + 1)
    return None if end is None else Role(i + 1, end, i + 1, "relative")


def _shorter_end(doc: Doc, verb: int) -> int | None:
    """Where a long clause can end early: "who took it to court" of "… in her battle to secure"."""
    for i in range(verb + _LONGEST_RELATIVE - 2, verb + _FEWEST_WORDS, -1):
        is_joint = doc[i].tag_ == "CC" and doc[i + 1].tag_.startswith("VB")
        is_adjunct = doc[i].tag_ == "IN" and doc[i].lower_ not in ("of", "that")
        if is_joint or is_adjunct:
            return i - 1
    return None
