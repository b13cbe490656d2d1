"""Small questions about a verb and its subject: voice, agreement, and where parses often err.

It knows the parse and the tags; who is in the cast is for `speakers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.cues import verb_cue
from briefings.summarizers.extractive.draft import FINITE

RELATIVE = ("who", "which", "that")
_PERSONAL_PLURAL = ("they", "we", "i", "you")


def has_subject(verb: Token) -> bool:
    return any(child.dep_.startswith(("nsubj", "csubj")) for child in verb.children)


def is_misplaced(verb: Token, cue: Token) -> bool:
    """Whether the parse joins a finite cue to what was said: "agreed to visit and said".

    So too "denied that X had been there and said": who denied said. A verb of speech in what was
    said keeps its own speaker: "said the union rejected the offer and warned".
    """
    if verb.dep_ != "conj" or is_infinitive(cue):
        return False
    if is_infinitive(verb.head):
        return True
    said = verb.head
    is_content = said.dep_ in ("ccomp", "advcl", "xcomp") and said.head.tag_.startswith("VB")
    if said.head.i > verb.i:
        return False  # "The firm is counting but expects no loss, Berg said"
    if not is_content or verb_cue(said.head) is None or verb.i != cue.i:
        return False
    return has_helper(said) or verb_cue(said) is None


def has_helper(verb: Token) -> bool:
    """Whether a verb is no plain past or present: "had been killed", "was helping"."""
    return any(c.dep_.startswith(("aux", "cop")) for c in verb.lefts)


def is_in_misread_relative(verb: Token) -> bool:
    """Whether "bodies that defend the press said" was read as "that defend [the press said]"."""
    above = verb.head
    if verb.dep_ != "ccomp" or not above.dep_.startswith("acl") or above.i > verb.i:
        return False
    cue = verb_cue(above)
    is_speech = cue is not None and cue.kind_in("say") is not None
    has_subject = any(c.lower_ in RELATIVE and c.dep_.startswith("nsubj") for c in above.lefts)
    has_mark = any(c.dep_ == "mark" for c in verb.lefts)
    return has_subject and not is_speech and not has_mark


def agents(verb: Token) -> Iterator[Token]:
    """Who a passive names as its doer: "are believed by the prosecutor to have formed"."""
    for child in verb.children:
        has_by = any(c.lower_ == "by" and c.dep_ == "case" for c in child.children)
        if has_by or child.dep_ == "obl:agent":
            yield child


def agree(subject: Token, verb: Token) -> bool:
    """Whether a subject and a finite verb agree in number, as far as their forms show it."""
    helpers = (c for c in verb.lefts if c.dep_.startswith(("aux", "cop")))
    finite = next((c for c in helpers if c.tag_ in ("VBP", "VBZ")), verb)
    if finite.tag_ == "VBP":
        may_be_plural = subject.tag_ in ("CD", "DT")
        is_collective = subject.lower_ in listed("cues.speakers", "collective")
        return may_be_plural or is_collective or is_plural(subject)
    if finite.tag_ == "VBZ":
        return subject.tag_ != "NNS" and subject.lower_ not in _PERSONAL_PLURAL
    return True


def is_plural(subject: Token) -> bool:
    return (
        subject.tag_ in ("NNS", "NNPS")
        or subject.lower_ in (*_PERSONAL_PLURAL, *RELATIVE)
        or any(c.dep_ == "conj" for c in subject.children)
    )


def is_infinitive(verb: Token) -> bool:
    return any(c.tag_ in ("MD", "TO") for c in verb.lefts)


def is_main_past(verb: Token) -> bool:
    """Whether a participle is the verb its sentence lacks: "Palmer called on the council"."""
    root = verb.sent.root
    if verb.tag_ != "VBN" or not verb.dep_.startswith("acl") or not root.tag_.startswith("NN"):
        return False
    is_first = not any(w.tag_ in FINITE for w in verb.doc[verb.sent.start : verb.i])
    return is_first and verb.sent[-1].is_punct and not any(c.lower_ == "by" for c in agents(verb))


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    if is_main_past(verb):
        return False
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.tag_ == "VBN" and has_subject(verb) and not verb.dep_.startswith("acl"):
        return False  # with a plain subject and no "was", a past that was mistagged
    has_have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if has_have or verb.dep_ == "conj" or verb.lower_ in ("said", "told", "wrote"):
        return False
    return verb.tag_ == "VBN" or (verb.dep_ in ("acl", "amod") and not has_subject(verb))
