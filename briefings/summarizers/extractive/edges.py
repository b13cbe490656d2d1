"""Small questions about words and clauses that contents are read by: edges, marks, relatives.

It knows the parse and the tags, no speakers, and chooses no content.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefings.language.quotes import MARKS
from briefings.summarizers.extractive.attribution import Range
from briefings.summarizers.extractive.draft import FINITE

DASHES = ("—", "--")
#: Marks that part content from what stands around it.
EDGES = (",", ":", ";", *DASHES, ".")
#: Words with which an aside opens before the clause said: "said while it rained that".
ASIDE_MARKS = ("while", "as", "after", "before")
#: Words with which an adjunct opens that belongs to what follows: "said if it rained, they would".
CONDITIONS = ("if", "when", "unless", "once", "although", "because", "since", "until")
_CLAUSES = ("ccomp", "parataxis", "csubj", "ccomp:cleft")


def trimmed(doc: Doc, first: int, last: int, *, least: int = 2) -> tuple[Range, ...]:
    """The range without "that" and marks at its ends; nothing where too few words stay."""
    while first <= last and is_edge(doc[first]) and not is_demonstrative(doc, first, last):
        first += 1
    while last >= first and doc[last].text in EDGES:
        last -= 1
    return ((first, last),) if last - first + 1 >= least else ()


def is_edge(word: Token) -> bool:
    return word.text in EDGES or (word.lower_ == "that" and word.tag_ in ("IN", "WDT"))


def is_demonstrative(doc: Doc, first: int, last: int) -> bool:
    """Whether "that" points at a noun: "challenged that decision"."""
    if doc[first].lower_ != "that" or first == last or doc[first + 1].tag_ not in ("NN", "JJ"):
        return False
    # "that decision was wrong" opens a clause with a verb, and so does "that talks be held".
    return not any(w.tag_ in (*FINITE, "VB") for w in doc[first + 1 : last + 1])


def closes_clause(word: Token) -> bool:
    return word.is_quote or word.text in (",", *DASHES, *MARKS)


def opens_bare_clause(word: Token) -> bool:
    """Whether a clause with no "that" opens here."""
    is_subject = word.dep_.startswith(("nsubj", "expl")) and word.head.i > word.i
    return is_subject and not word.head.dep_.startswith("acl")


def opens_condition(word: Token) -> bool:
    return word.lower_ in CONDITIONS and word.dep_ in ("mark", "advmod")


def is_in_adjunct(verb: Token) -> bool:
    """Whether a verb stands in a clause that a comma ends: "While he tries to back the plan, …"."""
    clauses = (verb, verb.head, verb.head.head)
    openers = (*CONDITIONS, *ASIDE_MARKS, "though")
    return any(
        child.lower_ in openers and child.dep_ in ("mark", "advmod") and child.i < verb.i
        for clause in clauses
        for child in clause.lefts
    )


def is_in_relative(word: Token) -> bool:
    """Whether a subject is that of a relative clause, which carries no content of its own."""
    is_pronoun = word.tag_ in ("WP", "WDT") or word.lower_ in ("that", "who", "which")
    return is_pronoun or word.head.dep_.startswith("acl:relcl")


def is_relative(verb: Token) -> bool:
    """Whether a verb only says who somebody is: "X, an officer who believes"."""
    has_relative = any(
        c.lower_ in ("who", "which", "that") and c.dep_.startswith("nsubj") for c in verb.lefts
    )
    return has_relative and verb.dep_.startswith("acl")


def complement(word: Token) -> Token | None:
    return next((c for c in word.rights if c.dep_ in _CLAUSES), None)


def moves_somebody(verb: Token) -> bool:
    """Whether a verb has an object that is to do something: "urged the council to vote"."""
    somebody = next((c for c in verb.rights if c.dep_ in ("obj", "iobj")), None)
    if somebody is None or any(c.dep_ == "ccomp" and not lacks_mark(c) for c in verb.rights):
        return False
    after = somebody.right_edge.i + 1
    own = (c for c in (*verb.rights, *somebody.rights) if c.tag_ == "VB" and c.i > somebody.i)
    return any(any(g.lower_ == "to" for g in c.lefts) and c.left_edge.i <= after for c in own)


def is_by_agent(verb: Token) -> bool:
    """Whether a passive names its doer: "was rejected by the union"."""
    is_passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)
    return (is_passive or verb.tag_ == "VBN") and any(
        c.dep_ == "obl:agent" or any(g.lower_ == "by" for g in c.lefts) for c in verb.rights
    )


def lacks_mark(clause: Token) -> bool:
    return not any(c.dep_ == "mark" for c in clause.lefts)


def has_infinitive(word: Token) -> bool:
    return any(
        c.dep_ in ("xcomp", "advcl", "ccomp") and any(g.lower_ == "to" for g in c.lefts)
        for c in word.rights
    )
