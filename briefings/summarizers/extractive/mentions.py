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
from briefings.summarizers.extractive.draft import FINITE

Form = Literal["name", "nominal", "pronoun"]

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")
_BASE_MODIFIERS = ("amod", "compound", "nummod", "flat", "advmod", "punct", "goeswith")
_MODIFIER_MARKS = (",", "(", "“", '"')
_DESCRIPTION_MARKS = (",", "(", "—", "--", ";")
#: Prepositions of time and manner, which the parse hangs on the noun before them at times.
_OF_DEEDS = ("on", "during", "after", "before", "without", "until", "since")
# Both were set by hand on the development articles.
#: A description ends at most so many words behind its noun.
_LONGEST_DESCRIPTION = 9
#: A line without verb and full stop that is shorter than this is no sentence.
_SHORT_LINE = 14
_PERSONAL = {"he": "m", "him": "m", "she": "f", "they": None, "it": None, "who": None}
_TYPES: dict[str, ActorType] = {
    "person": "person",
    "organization": "organization",
    "state": "state",
    "group": "group",
}
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "''")


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
    if _is_crosshead(sent.text):
        return True
    has_verb = any(w.tag_ in FINITE for w in sent)
    has_end = sent[-1].text in _SENTENCE_ENDS
    return not has_verb and not has_end and len(sent) < _SHORT_LINE


def _is_crosshead(text: str) -> bool:
    """Whether a sentence is all in capitals, as headings between paragraphs are."""
    return text.isupper() and " " in text


def _start(name: Name) -> int:
    return name.title[0] if name.title else name.first


def _named(reading: Reading, name: Name) -> Mention:
    first = _start(name)
    is_people = bool(name.known and name.known.form == "people")
    return Mention(
        head=_head_of(reading, name.first, name.last),
        first=first,
        last=name.last,
        text=name.text,
        description=reading.doc[first : name.last + 1].text,
        form="name",
        type="group" if is_people else _TYPES.get(name.kind),
        is_plural=is_people or name.kind == "group",
        name=name,
        gender=_gender_of(reading, name),
    )


def _gender_of(reading: Reading, name: Name) -> str | None:
    """What a title tells of a person's gender, else the given name."""
    if name.kind not in ("person", "unknown"):
        return None
    first, last = name.title or (0, -1)
    words = (*reading.doc[first : last + 1], reading.doc[name.first])
    return next(filter(None, (gazetteer.gender_of(word.text) for word in words)), None)


def _head_of(reading: Reading, first: int, last: int) -> int:
    """The word of a name through which it hangs in the sentence."""
    doc, inside = reading.doc, range(first, last + 1)
    heads = [i for i in inside if doc[i].head.i not in inside or doc[i].dep_ == "ROOT"]
    if len(heads) == 1:
        return heads[0]
    core = ("nsubj", "obj", "obl", "nmod")
    return next((i for i in heads if doc[i].dep_.startswith(core)), last)


def _nominal(reading: Reading, word: Token) -> Mention | None:
    """What a role noun mentions: somebody by what they are, with the words that say so."""
    if word.tag_ not in _NOUN_TAGS or word.dep_ in ("compound", "amod", "flat", "fixed"):
        return None
    lemma = word.lemma_.lower()
    kind = gazetteer.role_noun(lemma) or gazetteer.role_noun(word.lower_)
    if kind is None or _names_no_one(word):
        return None
    is_plural = word.tag_ in ("NNS", "NNPS") or (word.text[-1] == "s" and word.text[:-1].isupper())
    first, last = _base_start(word), _description_end(reading, word)
    description = reading.doc[first : last + 1].text
    # "Members" alone names nobody: "members of the task force" does.
    is_empty = lemma in listed("actors", "empty_heads")
    return Mention(
        head=word.i,
        first=first,
        last=last if is_empty else word.i,
        text=description if is_empty else reading.doc[first : word.i + 1].text,
        description=description,
        form="nominal",
        type="group" if is_plural else kind,
        is_plural=is_plural,
        is_definite=_is_definite(word),
        gender=gazetteer.gender_of(word.lower_),
    )


def _names_no_one(word: Token) -> bool:
    """Whether a noun tells here of a deed or trade: "its opposition to the plan", "do business"."""
    if word.lower_ == "business":
        return not any(c.dep_ in ("det", "nmod:poss") for c in word.lefts) or _has_this(word)
    follows = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    return word.lower_ == "opposition" and follows == "to"


def _has_this(word: Token) -> bool:
    return any(c.lower_ in ("this", "that", "the") for c in word.lefts if c.dep_ == "det")


def _base_start(word: Token) -> int:
    """First word of the noun phrase before its head, determiner and possessor left out."""
    first = word.i
    for child in reversed(list(word.lefts)):
        if not _is_base_modifier(child) or child.right_edge.i != first - 1:
            break
        first = child.left_edge.i
    doc, start = word.doc, word.sent.start
    while first > start + 1 and doc[first - 1].text == "-" and not doc[first - 2].is_punct:
        first -= 2  # "far-right activists": what a hyphen joins stays whole
    while first < word.i and doc[first + 1].text != "-" and _is_loose(doc[first]):
        first += 1
    return first


def _is_base_modifier(child: Token) -> bool:
    if child.dep_.split(":")[0] not in _BASE_MODIFIERS or child.text in _MODIFIER_MARKS:
        return False
    return not any(w.dep_ == "cc" for w in child.subtree)


def _is_loose(word: Token) -> bool:
    return word.is_punct or word.tag_ in ("RB", "DT", "PDT")


def _description_end(reading: Reading, word: Token) -> int:
    """Last word of what describes a noun directly: "people briefed on the ruling"."""
    last = word.i
    for child in word.rights:
        if child.left_edge.i != last + 1 or child.dep_ not in ("nmod", "acl", "nmod:of"):
            break
        if child.right_edge.i - word.i > _LONGEST_DESCRIPTION or _holds_comma(reading, child):
            break
        if _tells_when(child) or (child.dep_ == "acl" and child.tag_ == "VB"):
            break
        last = child.right_edge.i
    return last


def _tells_when(word: Token) -> bool:
    """Whether what follows a noun is of the deed, not of who: "lawmakers on Thursday"."""
    case = next((c.lower_ for c in word.lefts if c.dep_ == "case"), "")
    return case in _OF_DEEDS or (case == "in" and word.tag_ in ("NN", "NNS"))


def _holds_comma(reading: Reading, word: Token) -> bool:
    words = reading.doc[word.left_edge.i : word.right_edge.i + 1]
    return any(w.text in _DESCRIPTION_MARKS for w in words)


def _is_definite(word: Token) -> bool:
    determiners = (child.lower_ for child in word.lefts if child.dep_ == "det")
    is_possessed = any(child.dep_ == "nmod:poss" for child in word.lefts)
    return is_possessed or any(w in ("the", "this", "that", "these", "those") for w in determiners)


def _pronoun(word: Token) -> Mention | None:
    if word.tag_ != "PRP" or word.lower_ not in _PERSONAL or _is_empty_it(word):
        return None
    return Mention(
        head=word.i,
        first=word.i,
        last=word.i,
        text=word.text,
        description=word.text,
        form="pronoun",
        type=None,
        is_plural=word.lower_ == "they",
        gender=_PERSONAL[word.lower_],
    )


def _is_empty_it(word: Token) -> bool:
    """Whether "it" stands for a clause to come: "it is unclear whether"."""
    if word.lower_ != "it":
        return False
    predicate = word.head
    has_be = any(c.lemma_ == "be" for c in predicate.children)
    return word.dep_ == "expl" or (has_be and predicate.tag_ in ("JJ", "VBN"))
