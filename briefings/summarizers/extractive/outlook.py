"""Judges whether a line tells of a risk, of what comes next, of what goes on, or of what is over.

By its verbs and the lists of `stakes`; it finds no lines and weighs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefings.briefing import StakeStatus
from briefings.language.lexicon import words as listed

_MODALS_OF_RISK = ("may", "might", "could", "would")
#: What "to" is followed by in "is to cancel the trip".
_INFINITIVE = ["TO", "VB"]
_NEGATIONS = ("not", "n't", "n’t", "never", "neither", "nobody", "none")
#: What stands behind "slated", "set", "poised".
_AIMS = ("to", "for", "on", "in")
#: Clauses beside the one that tells the news: they hang on a noun, or tell when and why.
_BESIDE = ("acl:relcl", "advcl")
#: Relations by which a word heads a clause of its own.
_CLAUSES = ("ROOT", "acl", "acl:relcl", "advcl", "ccomp", "conj", "csubj", "parataxis")
#: Said with these, what "would" come is no promise.
_FEARS = ("warn", "fear", "threaten", "caution")
_PRESENT = ("VBZ", "VBP")
_FINITE = (*_PRESENT, "VBD", "MD")
#: The families of words by which something under way is more than a state of things.
_EFFECTS = ("consequence", "joint", "risk")
#: Where a plain past that is tagged as a participle stands in the tree.
_TOLD = ("ROOT", "ccomp", "parataxis", "conj")


def status_of(words: Words) -> StakeStatus | None:
    """What a line tells: a risk, what comes next, what is under way; None for what is over."""
    for status in ("risk", "next"):
        if markers(words, status):
            return status
    tells_effect = any(belongs(w, f) for w in words if w.tag_ != "MD" for f in _EFFECTS)
    return "happening" if tells_effect and _goes_on(words) else None


def markers(words: Words, status: StakeStatus) -> list[Token]:
    """The words without which a line would not tell of a risk, or of what comes next."""
    made = {"risk": _makes_risk, "next": _makes_next}.get(status)
    found = [word for word in words if made(word)] if made is not None else []
    return [w for w in found if not _hangs_on_noun(w)] or (found if _goes_on(words) else [])


def _hangs_on_noun(word: Token) -> bool:
    """Whether it fills a view somebody had, no fear: "rose on the hope that rates would fall"."""
    chain = (w for w in (word, *word.ancestors) if w.dep_ in _CLAUSES)
    clause = next(chain, None)
    if clause is None or clause.dep_ not in ("acl", "ccomp"):
        return False
    return clause.head.tag_ in ("NN", "NNS") and not belongs(clause.head, "risk")


def belongs(word: Token, family: str) -> bool:
    """Whether a word is of a family of `stakes` as it is used here: the month is no "may"."""
    key = word.lower_
    if key not in listed("stakes", family):
        return False
    if key in _MODALS_OF_RISK:
        return word.tag_ == "MD"
    if key == "if":
        return word.doc[max(0, word.i - 1)].lower_ not in ("even", "as")
    if key == "due":
        return _tells_cause(word) == (family == "joint")
    return family != "makes_next" or _is_on_calendar(word)


def _is_on_calendar(word: Token) -> bool:
    """Whether it says what comes: no "her last will", no "view that prices will fall"."""
    if word.lower_ == "will":
        return word.tag_ == "MD" and not _hangs_on_noun(word)
    return word.lower_ not in listed("stakes", "foreseen") or _is_to_come(word)


def _tells_cause(word: Token) -> bool:
    """As in "due to the rain"; "due to resign" and "due in June" tell of the calendar."""
    after = word.doc[word.i + 1 : word.i + 3]
    return len(after) > 1 and after[0].lower_ == "to" and after[1].tag_ != "VB"


def _is_to_come(word: Token) -> bool:
    """Whether somebody expects it now: not "higher-than-expected", not "had expected"."""
    before = word.doc[max(0, word.i - 1)]
    is_measure = before.text in ("-", "–") or before.lower_ in ("than", "as")
    is_past = any(
        c.lower_ in ("was", "were", "had") for c in word.lefts if c.dep_.startswith("aux")
    )
    is_told = any(w.lower_ in listed("shorten", "attribution") for w in word.ancestors)
    opens = (
        word.lower_ == "expected" or word.doc[min(word.i + 1, len(word.doc) - 1)].lower_ in _AIMS
    )
    return word.tag_ != "VBD" and opens and not is_measure and (is_told or not is_past)


def _makes_risk(word: Token) -> bool:
    if word.lower_ in listed("stakes", "judged"):
        # "A vote is likely", "it likely fell": foreseen; "three possible motives": not.
        has_verb = any(c.dep_ == "cop" for c in word.children)
        return has_verb or (word.lower_ == "likely" and word.head.tag_.startswith("VB"))
    if not belongs(word, "makes_risk"):
        return False
    return not (_is_promised(word) or _is_habit(word) or _is_contrary(word))


def _makes_next(word: Token) -> bool:
    return belongs(word, "makes_next") or _is_promised(word) or _is_planned(word)


def _is_habit(word: Token) -> bool:
    """Whether "could" or "would" tells what was: "they would play there", "could not agree"."""
    modal = word.lower_
    if modal == "could":
        was = any(w.lower_ in _NEGATIONS for c in word.head.lefts for w in c.subtree)
    else:
        was = modal == "would" and any(c.lower_ == "later" for c in word.head.children)
    told = listed("shorten", "attribution")
    return was and not any(w.lower_ in told for w in word.head.ancestors)


def _is_contrary(word: Token) -> bool:
    """As in "would otherwise have run to the sea": what is not going to be."""
    if word.lower_ != "would":
        return False
    after = word.doc[word.i + 1 : word.i + 2]
    return after.text.lower() == "otherwise"


def _is_planned(word: Token) -> bool:
    """As in "is to cancel the trip": "to" and a verb right behind "is" or "are"."""
    if word.lower_ not in ("is", "are"):
        return False
    after = word.doc[word.i + 1 : word.i + 3]
    return [w.tag_ for w in after] == _INFINITIVE and after[1].lower_ != "be"


def _is_promised(word: Token) -> bool:
    """Whether "would" is the past of "will" in what somebody said: "said it would hold talks"."""
    if word.lower_ != "would":
        return False
    verb = word.head
    said = verb.head
    is_told = verb.dep_ == "ccomp" and said.lower_ in listed("shorten", "attribution")
    is_fear = said.lemma_.lower() in _FEARS
    return is_told and said.tag_ == "VBD" and not is_fear


def _goes_on(words: Words) -> bool:
    """Whether what a line tells still holds: by its tenses, or because it leaves its mark."""
    if any(_leaves_mark(word) for word in words):
        return True
    predicates = list(_predicates(words))
    return not predicates or any(_still_holds(verb) for verb in predicates)


def _leaves_mark(word: Token) -> bool:
    """Whether what happened is felt after it: "killed", "ruled Friday, dealing a blow to"."""
    if word.lower_ in listed("stakes", "lasting"):
        return word.dep_ != "acl:relcl" and word.tag_ not in ("VB", "VBP", "VBZ")
    is_trailing = word.tag_ == "VBG" and word.doc[max(0, word.i - 1)].text == ","
    return is_trailing and any(belongs(w, "consequence") for w in word.subtree)


def _predicates(words: Words) -> Iterator[Token]:
    """What a line says of its subject: no clause beside it and nobody's saying."""
    inside, saying = range(words.start, words.end), listed("shorten", "attribution")
    for word in words:
        tag = word.tag_
        is_told = tag == "VBN" and word.dep_ in _TOLD and not _helpers(word)
        if tag not in _FINITE and not is_told:
            continue
        head = word.head if word.dep_.startswith(("aux", "cop")) else word
        beside = any(_is_beside(w) for w in (head, *head.ancestors) if w.i in inside)
        if head.lower_ not in saying and not beside:
            yield word


def _is_beside(word: Token) -> bool:
    """Whether a clause hangs on a noun, or tells when and why; "the port earned" is none."""
    return word.dep_ in _BESIDE or (word.dep_ == "acl" and word.tag_ != "VBD")


def _helpers(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_.startswith(("aux", "cop"))]


def _still_holds(verb: Token) -> bool:
    """Present, perfect, or past of somebody's report: "has cut", "said it was losing"."""
    if verb.tag_ in (*_PRESENT, "MD"):
        return not _is_habit(verb)
    head = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    is_told = any(w.lower_ in listed("shorten", "attribution") for w in head.ancestors)
    if not is_told:
        return False
    is_perfect = verb.lower_ == "had" and verb is not head
    is_state = head.tag_ == "VBG" or head.lemma_ in listed("stakes", "states") or verb.dep_ == "cop"
    return is_perfect or is_state
