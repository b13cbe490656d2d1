"""Tells whether a time belongs to something else than the deed of its sentence.

A thing that is only mentioned, a relative clause, a comparison. It looks for no happening itself.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.summarizers.extractive.clauses import is_finite

#: A noun behind one of these is where or when the deed took place: "in the May 5 vote".
_PLACING = ("in", "at", "during", "on")
#: How a time stands before its noun without a preposition: "the Dec. 12 meeting".
_BEFORE_NOUN = ("compound", "nmod:unmarked", "nmod:poss", "nummod", "amod", "nmod", "nmod:desc")
#: "the first time since November", "the lowest level since 2008": nothing happened then.
_SUPERLATIVES = ("JJS", "RBS")
_REACH = 12
#: "from a low of 4 percent in May", "than in May", "compared with May".
_MEASURED = ("NN", "NNS", "CD", "$")


def dates_another(reading: Reading, first: int, last: int) -> bool:
    """Whether the time of words `first` to `last` is not that of the deed told around it."""
    root = reading.doc[first : last + 1].root
    relative = _relative_around(root)
    return (
        _modifies_mentioned(root, last)
        or _is_compared(root, first)
        or (relative is not None and _is_any(relative.head))
    )


def is_in_relative(reading: Reading, first: int, last: int) -> bool:
    """Whether a time stands in a clause about a thing, beside the deed of its sentence."""
    return _relative_around(reading.doc[first : last + 1].root) is not None


def _modifies_mentioned(root: Token, last: int) -> bool:
    """Whether it only says which thing is meant: "the minutes of its Dec. 12 meeting"."""
    noun = root.head if root.head.i > last else None
    if noun is None or not noun.tag_.startswith("NN") or root.dep_ not in _BEFORE_NOUN:
        return False
    if any(child.dep_ == "case" and child.tag_ != "POS" for child in root.children):
        return False
    if noun.dep_.startswith(("nsubj", "ROOT", "conj", "appos")):
        return False
    if noun.dep_ == "obj":
        return noun.head.lemma_ not in lexicon.load("dates")["happenings"]["telling"]
    return not any(c.dep_ == "case" and c.lower_ in _PLACING for c in noun.lefts)


def _is_compared(root: Token, first: int) -> bool:
    """Whether something is measured against that time and did not happen then."""
    doc, start = root.doc, root.sent.start
    before = [w.lower_ for w in doc[max(start, first - 2) : first + 1]]
    if "than" in before or ("compared" in before and {"with", "to"} & set(before)):
        return True
    if "since" in before[-2:]:
        ranked = doc[max(start, first - _REACH) : first]
        return any(w.tag_ in _SUPERLATIVES or w.lower_ in ("first", "last") for w in ranked)
    return any(_is_measure(w) for w in root.ancestors if w.sent == root.sent)


def _is_measure(noun: Token) -> bool:
    """As in ", from a low of 4 percent": what an amount was before."""
    is_apart = noun.left_edge.i > 0 and noun.doc[noun.left_edge.i - 1].text == ","
    opens = any(c.dep_ == "case" and c.lower_ == "from" for c in noun.lefts)
    return is_apart and opens and noun.tag_ in _MEASURED


def _relative_around(root: Token) -> Token | None:
    """The head of the relative clause that it stands in, if another verb tells the deed.

    Else the parse took the main verb for a participle.
    """
    for word in (root, *root.ancestors):
        if word.dep_ in ("acl:relcl", "acl", "ccomp") and word.head.tag_.startswith("NN"):
            is_told = is_finite(root.sent.root) and not _is_open(word)
            return word if is_told else None
    return None


def _is_open(head: Token) -> bool:
    """Whether a clause on a noun tells the deed all the same: a plan to do it, what there is."""
    noun = head.head
    is_plan = any(c.tag_ in ("TO", "MD") for c in head.lefts)
    return is_plan or noun.dep_ == "ROOT" or any(c.dep_ == "expl" for c in noun.head.children)


def _is_any(noun: Token) -> bool:
    """Whether a clause says which of many are meant: "policies that were renewed last year"."""
    owners = ("det", "nmod:poss")
    is_this = any(c.dep_ in owners and c.lower_ not in ("a", "an", "any") for c in noun.lefts)
    return noun.tag_ == "NNS" and not is_this
