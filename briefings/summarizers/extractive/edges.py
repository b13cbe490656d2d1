"""Small questions about words and clauses that contents are read by: edges, marks, relatives.

It knows the parse and the tags, no speakers, and chooses no content.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefings.language.lexicon import words as listed
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
#: Words of a time that may stand between a verb of saying and what is said.
_TIMES = ("last", "this", "next", "earlier", "late", "early", "yesterday", "today", "on", "in")
_SPANS = ("week", "month", "year", "night", "weekend", "morning", "afternoon", "evening", "summer")
_LONGEST_TIME = 4
#: Before what went on meanwhile, content has at least so many words.
_FEWEST_BEFORE = 3


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


def past_time(doc: Doc, first: int, last: int) -> int:
    """Where what is said begins behind a time that tells when: "said last week the firm was"."""
    i = first
    while i < min(last, first + _LONGEST_TIME) and _tells_time(doc[i]):
        i += 1
    is_whole = i > first and (
        doc[i - 1].lower_ in (*_SPANS, "yesterday", "today") or _is_day(doc[i - 1])
    )
    opens_clause = doc[i].tag_ in ("DT", "PRP", "NNP", "NNPS", "NN", "NNS", "PRP$", "JJ", "CD")
    return i if is_whole and opens_clause and doc[i].dep_ != "punct" else first


def _tells_time(word: Token) -> bool:
    return word.lower_ in _TIMES or word.lower_ in _SPANS or _is_day(word)


def _is_day(word: Token) -> bool:
    return word.text[:1].isupper() and word.lower_ in listed("names", "calendar")


def with_deed(doc: Doc, last: int, limit: int) -> int:
    """The last word of what somebody is to do behind the words that end at `last`: "not to go"."""
    i = last + 1
    if i < limit and doc[i].lower_ == "not":
        i += 1
    is_deed = i < limit and doc[i].lower_ == "to" and doc[i + 1].tag_ == "VB"
    return min(doc[i + 1].right_edge.i, limit) if is_deed else last


def before_scene(verb: Token, last: int) -> int:
    """Last word before what went on meanwhile: "urged it to act as hundreds held vigils"."""
    for word in verb.doc[verb.i + 1 : last]:
        clause = word.head
        subject = next((c for c in clause.lefts if c.dep_.startswith("nsubj")), None)
        is_mark = word.lower_ in ("as", "while") and word.dep_ == "mark" and clause.tag_ == "VBD"
        is_told = is_mark and subject is not None and subject.tag_ != "PRP"
        if is_told and clause.dep_ == "advcl" and word.i > verb.i + _FEWEST_BEFORE:
            return word.i - 1
    return last
