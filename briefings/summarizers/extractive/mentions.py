"""Finds whoever an article mentions: by name, by what they are ("the minister"), by pronoun.

One mention is one place in the text. Which mentions are one actor is decided in `cast`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from briefings.briefing import ActorType
from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.names import Name, find_names
from briefings.language.reading import Reading

Form = Literal["name", "nominal", "pronoun"]

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")
_BASE_MODIFIERS = ("amod", "compound", "nummod", "flat", "advmod", "punct", "goeswith")
_LONGEST_DESCRIPTION = 9
_SHORT_LINE = 14
_PERSONAL = {"he": "m", "him": "m", "she": "f", "they": None, "it": None, "who": None}
#: Nouns too bare to name anyone without what follows: "members of the task force".
_EMPTY_HEADS = "empty_heads"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `last` (both included) that mention somebody; `head` is the main word.

    `text` is the shortest phrase that names them; `description` the whole noun phrase.
    """

    head: int
    first: int
    last: int
    text: str
    description: str
    form: Form
    type: ActorType | None
    is_plural: bool = False
    is_definite: bool = False
    name: Name | None = None
    gender: str | None = None


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Names, role nouns and personal pronouns, in the order of their main words."""
    names = [name for name in find_names(reading) if not _is_furniture(reading, name.first)]
    taken = {i for name in names for i in range(_start(name), name.last + 1)}
    found = [_named(reading, name) for name in names]
    for word in reading.doc:
        if word.i in taken:
            continue
        mention = _nominal(reading, word) or _pronoun(word)
        if mention:
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.head))


def _is_furniture(reading: Reading, i: int) -> bool:
    """Whether a word stands in what is no sentence: "Video Player Close", a byline, a caption."""
    number = reading.sentence_number(i)
    if reading.sentences[number].paragraph == 0:
        return False
    sent = reading.sents[number]
    has_verb = any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in sent)
    return (
        not has_verb
        and sent[-1].text not in (".", "!", "?", "”", '"', "''")
        and len(sent) < _SHORT_LINE
    )


def _start(name: Name) -> int:
    return name.title[0] if name.title else name.first


_TYPES: dict[str, ActorType | None] = {
    "person": "person",
    "organization": "organization",
    "state": "state",
    "group": "group",
}


def _named(reading: Reading, name: Name) -> Mention:
    doc = reading.doc
    gender = None
    if name.kind in ("person", "unknown"):
        gender = gazetteer.gender_of(doc[name.first].text)
        if name.title:
            titles = [
                gazetteer.gender_of(word.text) for word in doc[name.title[0] : name.title[1] + 1]
            ]
            gender = next((g for g in titles if g), gender)
    first = _start(name)
    is_people = bool(name.known and name.known.form == "people")
    return Mention(
        head=_head_of(reading, name.first, name.last),
        first=first, last=name.last, text=name.text, description=doc[first : name.last + 1].text,
        form="name", type="group" if is_people else _TYPES.get(name.kind),
        is_plural=is_people or name.kind == "group", name=name, gender=gender,
    )  # fmt: skip


def _head_of(reading: Reading, first: int, last: int) -> int:
    """The word of a name through which it hangs in the sentence."""
    inside = range(first, last + 1)
    heads = [
        i for i in inside if reading.doc[i].head.i not in inside or reading.doc[i].dep_ == "ROOT"
    ]
    return (
        heads[0]
        if len(heads) == 1
        else next(
            (i for i in heads if reading.doc[i].dep_.startswith(("nsubj", "obj", "obl", "nmod"))),
            last,
        )
    )


def _nominal(reading: Reading, word: Token) -> Mention | None:
    if word.tag_ not in _NOUN_TAGS or word.dep_ in ("compound", "amod", "flat", "fixed"):
        return None
    is_plural = word.tag_ in ("NNS", "NNPS")
    kind = gazetteer.role_noun(word.lemma_.lower()) or gazetteer.role_noun(word.lower_)
    if kind is None:
        return None
    first = _base_start(word)
    last = _description_end(reading, word)
    base = reading.doc[first : word.i + 1].text
    description = reading.doc[first : last + 1].text
    is_empty = word.lemma_.lower() in listed("actors", "empty_heads")
    return Mention(
        head=word.i, first=first, last=last if is_empty else word.i,
        text=description if is_empty else base, description=description, form="nominal",
        type="group" if is_plural and kind != "organization" else kind if kind != "person" or not is_plural else "group",
        is_plural=is_plural, is_definite=_is_definite(word), gender=gazetteer.gender_of(word.lower_),
    )  # fmt: skip


def _base_start(word: Token) -> int:
    """First word of the noun phrase before its head, determiner and possessor left out."""
    first = word.i
    for child in reversed([child for child in word.lefts]):
        if child.dep_.split(":")[0] not in _BASE_MODIFIERS or child.text in (",", "(", "“", '"'):
            break
        if child.right_edge.i != first - 1 or any(w.dep_ == "cc" for w in child.subtree):
            break
        first = child.left_edge.i
    while (
        first > word.sent.start + 1
        and word.doc[first - 1].text == "-"
        and not word.doc[first - 2].is_punct
    ):
        first -= 2  # "far-right activists": what a hyphen joins stays whole
    while (
        first < word.i
        and word.doc[first + 1].text != "-"
        and (word.doc[first].is_punct or word.doc[first].tag_ in ("RB", "DT", "PDT"))
    ):
        first += 1
    return first


def _description_end(reading: Reading, word: Token) -> int:
    """Last word of what describes a noun directly: "people briefed on the ruling"."""
    last = word.i
    for child in word.rights:
        if child.left_edge.i != last + 1 or child.dep_ not in ("nmod", "acl", "nmod:of"):
            break
        if child.right_edge.i - word.i > _LONGEST_DESCRIPTION or _holds_comma(reading, child):
            break
        last = child.right_edge.i
    return last


def _holds_comma(reading: Reading, word: Token) -> bool:
    return any(
        w.text in (",", "(", "—", "--", ";")
        for w in reading.doc[word.left_edge.i : word.right_edge.i + 1]
    )


def _is_definite(word: Token) -> bool:
    return any(
        (child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"))
        or child.dep_ == "nmod:poss"
        for child in word.lefts
    )


def _pronoun(word: Token) -> Mention | None:
    if word.tag_ != "PRP" or word.lower_ not in _PERSONAL or _is_empty_it(word):
        return None
    return Mention(
        head=word.i, first=word.i, last=word.i, text=word.text, description=word.text,
        form="pronoun", type=None, is_plural=word.lower_ == "they",
        gender=_PERSONAL[word.lower_],
    )  # fmt: skip


def _is_empty_it(word: Token) -> bool:
    """ "It" that stands for a clause to come: "it is unclear whether"."""
    if word.lower_ != "it":
        return False
    predicate = word.head
    is_judged = predicate.tag_ in ("JJ", "VBN") and any(
        c.lemma_ == "be" for c in predicate.children
    )
    return word.dep_ == "expl" or is_judged
