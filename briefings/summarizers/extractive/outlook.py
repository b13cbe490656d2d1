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
#: Behind these "closed" tells of a market's last price: "closed up", "closed at 12".
_PRICES = ("up", "down", "at", "lower", "higher", "flat", "little")
#: Obligations that nobody has taken on yet: what should be done does not go on.
#: With these, "would" tells what came of it then.
_AFTERWARDS = ("later", "ultimately", "eventually")
_WISHES = ("should", "ought", "must")
#: Words that ask for what is not known: "what it will look like" plans nothing.
_ASKING = ("what", "how")
#: Said with these, what "would" come is no promise.
_FEARS = ("warn", "fear", "threaten", "caution")
_OUGHT = frozenset(("should", "must"))
_PRESENT = ("VBZ", "VBP")
_FINITE = (*_PRESENT, "VBD", "MD")
#: What a verb acts on: looked through for the harm that it does.
_GOVERNED = ("obj", "obl", "xcomp", "ccomp", "conj")
#: The families of words by which something under way is more than a state of things.
_EFFECTS = ("consequence", "joint", "risk")
#: Where a plain past that is tagged as a participle stands in the tree.
_TOLD = ("ROOT", "ccomp", "parataxis", "conj")
#: A participle before its noun: what "destroying storms" do is not told of here.
_KIND = ("VBG", "amod")


def status_of(words: Words) -> StakeStatus | None:
    """What a line tells: a risk, what comes next, what is under way; None for what is over."""
    for status in ("risk", "next"):
        if markers(words, status):
            return status
    if any(word.lower_ == "if" and belongs(word, "makes_risk") for word in words):
        return None  # what holds only on a condition is not under way
    tells_effect = any(_tells_effect(word) for word in words)
    return "happening" if tells_effect and _goes_on(words) else None


def is_still_told(words: Words) -> bool:
    """Whether what goes on is told as going on, not by a deed alone that left its mark."""
    return any(_still_holds(verb) for verb in _predicates(words))


def markers(words: Words, status: StakeStatus) -> list[Token]:
    """The words without which a line would not tell of a risk, or of what comes next."""
    made = {"risk": _makes_risk, "next": _makes_next}.get(status)
    if made is None:
        return []
    found = [word for word in words if made(word) and not _is_viewed(word)]
    return [w for w in found if not _hangs_on_noun(w)] or (found if _goes_on(words) else [])


def _hangs_on_noun(word: Token) -> bool:
    """Whether it fills a noun that is no fear: "the chance that rates will fall"."""
    noun = _noun_filled(word)
    return noun is not None and not belongs(noun, "risk")


def _is_viewed(word: Token) -> bool:
    """Whether it fills a view somebody had: "rose on the hope that rates would fall"."""
    noun = _noun_filled(word, also="acl:relcl")
    return noun is not None and noun.lemma_.lower() in listed("stakes", "views")


def _noun_filled(word: Token, also: str = "acl") -> Token | None:
    """The noun whose "that" clause a word stands in."""
    chain = (w for w in (word, *word.ancestors) if w.dep_ in _CLAUSES and w.dep_ != "conj")
    clause = next(chain, None)
    if clause is None or clause.dep_ not in ("acl", "ccomp", also):
        return None
    return clause.head if clause.head.tag_ in ("NN", "NNS") else None


def belongs(word: Token, family: str) -> bool:
    """Whether a word is of a family of `stakes` as it is used here: the month is no "may"."""
    key = word.lower_
    if key not in listed("stakes", family):
        return False
    if key in _MODALS_OF_RISK:
        return _is_modal(word)
    if key == "if":
        return word.doc[max(0, word.i - 1)].lower_ not in ("even", "as")
    if key == "closed":
        return not _is_price(word.doc[min(word.i + 1, len(word.doc) - 1)])
    if key == "due":
        return _tells_cause(word) == (family == "joint")
    return family != "makes_next" or _is_on_calendar(word)


def _is_modal(word: Token) -> bool:
    """Whether it goes with a verb: no "full might of the law", no "good-will visit"."""
    is_noun = word.dep_ in ("obj", "obl", "nsubj", "compound", "nmod")
    return word.tag_ == "MD" and not is_noun and word.doc[max(0, word.i - 1)].text != "-"


def _is_price(after: Token) -> bool:
    return after.lower_ in _PRICES or after.tag_ == "CD"


def _is_on_calendar(word: Token) -> bool:
    """Whether it says what comes: no "her last will", no "view that prices will fall"."""
    if word.lower_ == "will":
        is_held = _hangs_on_noun(word) or _is_wished(word) or _is_asked(word)
        return _is_modal(word) and not is_held
    return word.lower_ not in listed("stakes", "foreseen") or _is_to_come(word)


def _is_wished(word: Token) -> bool:
    """As in "I hope that the truth will be found": nobody has planned it."""
    verb = word.head
    return verb.dep_ == "ccomp" and verb.head.lemma_.lower() in listed("stakes", "wishes")


def _is_asked(word: Token) -> bool:
    """As in "no clearer about what it will look like", no "what will come is not known"."""
    return word.head.dep_ not in ("ROOT", "csubj") and any(
        c.lower_ in _ASKING and c.i < word.i for c in word.head.children
    )


def _tells_cause(word: Token) -> bool:
    """As in "due to the rain"; "due to resign" and "due in June" tell of the calendar."""
    after = word.doc[word.i + 1 : word.i + 3]
    if len(after) < 2 or after[0].lower_ != "to":  # noqa: PLR2004 - "to" and what follows it
        return False
    return after[1].tag_ != "VB" and after[1].lower_ not in listed("stakes", "steps")


def _is_to_come(word: Token) -> bool:
    """Whether somebody expects it now: not "higher-than-expected", not "had expected"."""
    before = word.doc[max(0, word.i - 1)]
    is_measure = before.text in ("-", "–") or before.lower_ in ("than", "as")
    # "Investments expected in 2018" were expected once; "a vote expected to pass" still is.
    after = word.doc[min(word.i + 1, len(word.doc) - 1)]
    is_aside = word.dep_ == "acl" and before.text != "," and after.lower_ != "to"
    is_past = any(
        c.lower_ in ("was", "were", "had") for c in word.lefts if c.dep_.startswith("aux")
    )
    is_told = any(w.lower_ in listed("shorten", "attribution") for w in word.ancestors)
    opens = word.lower_ == "expected" or after.lower_ in _AIMS
    is_new = word.tag_ != "VBD" and not is_measure and not is_aside
    return is_new and opens and (is_told or not is_past)


def _makes_risk(word: Token) -> bool:
    if word.lower_ in listed("stakes", "judged"):
        return _is_judged(word) and _tells_harm(word.sent)
    if not belongs(word, "makes_risk") or word.tag_ == "NNP" or _is_kind(word):
        return False
    if _is_forbidden(word):
        return False
    if word.lower_ == "if":
        return _tells_harm(word.sent)
    return not (_is_promised(word) or _is_habit(word) or _is_contrary(word) or _is_step(word))


def _is_forbidden(word: Token) -> bool:
    """As in "nobody should threaten a neighbour": what is not to be done is no risk by that."""
    lefts = {c.lower_ for c in word.lefts}
    return bool(lefts & _OUGHT) and bool(lefts & set(_NEGATIONS))


def _makes_next(word: Token) -> bool:
    """Whether it tells what comes, or may come and harms nobody."""
    if word.lower_ in listed("stakes", "judged"):
        return _is_judged(word)
    is_meant = _is_promised(word) or _is_planned(word) or _is_intended(word) or _is_step(word)
    return belongs(word, "makes_next") or is_meant


def _is_judged(word: Token) -> bool:
    """As in "a vote is likely", "it likely fell"; not "three possible motives"."""
    has_verb = any(c.dep_ == "cop" for c in word.children)
    return has_verb or (word.lower_ == "likely" and word.head.tag_.startswith("VB"))


def _is_kind(word: Token) -> bool:
    """Whether it tells the kind of something else: "risk-off mode", "threat level"."""
    after = word.doc[min(word.i + 1, len(word.doc) - 1)]
    return word.tag_ == "NN" and (word.dep_ == "compound" or after.text == "-")


def _is_step(word: Token) -> bool:
    """Whether a modal foresees a step or a gain, and no harm: "may then appeal", "would pay"."""
    verb = word.head
    if not _is_modal(word) or word.lower_ not in _MODALS_OF_RISK:
        return False
    told = [w for c in verb.rights if c.dep_ in _GOVERNED for w in c.subtree]
    is_good = verb.lemma_.lower() in listed("stakes", "steps") | listed("stakes", "gains")
    is_good = is_good or (word.lower_ == "would" and not (_is_harm(verb) or _is_contrary(word)))
    return is_good and not _is_habit(word) and not any(_is_harm(w) for w in told)


def _tells_harm(words: Words) -> bool:
    return any(_is_harm(word) for word in words)


def _is_harm(word: Token) -> bool:
    """Whether a word names a loss or a danger, beyond a mere "may", "if" or "result"."""
    is_mere = word.tag_ == "MD" or word.lower_ in listed("stakes", "neutral")
    return not is_mere and any(belongs(word, f) for f in ("risk", "consequence", "harm"))


def _is_intended(word: Token) -> bool:
    """As in "hopes to expand", "is set for Tuesday": somebody's plan at the time of writing."""
    after = word.doc[min(word.i + 1, len(word.doc) - 1)].lower_
    if word.lower_ == "set":
        is_now = any(c.lower_ in ("is", "are") for c in word.lefts if c.dep_.startswith("aux"))
        return word.tag_ == "VBN" and is_now and after in ("to", "for")
    is_verb = word.tag_ in _PRESENT or (word.tag_ == "NNS" and word.dep_ == "ROOT")
    return is_verb and after == "to" and word.lower_ in listed("stakes", "intents")


def _is_habit(word: Token) -> bool:
    """Whether "could" or "would" tells what was: "they would play there", "could not agree"."""
    if word.lower_ not in ("could", "would"):
        return False
    is_told = any(w.lower_ in listed("shorten", "attribution") for w in word.head.ancestors)
    negated = any(w.lower_ in _NEGATIONS for c in word.head.lefts for w in c.subtree)
    later = any(c.lower_ in _AFTERWARDS for c in word.head.children)
    refused = negated and word.head.lemma_.lower() in listed("stakes", "tells")
    # "Given money so it could go on": the aim of what was done.
    is_aim = any(c.lower_ == "so" and c.i < word.i for c in word.head.children)
    is_past = (word.lower_ == "could" and (negated or is_aim)) or (
        word.lower_ == "would" and (later or refused)
    )
    return is_past and not is_told


def _is_contrary(word: Token) -> bool:
    """What is not going to be or was long ago: "would otherwise have run", "would be the third"."""
    if word.lower_ != "would":
        return False
    after = word.doc[min(word.i + 1, len(word.doc) - 1)]
    is_counted = after.lower_ == "be" and any(_is_ordinal(c) for c in word.head.children)
    return after.lower_ == "otherwise" or is_counted or _is_told_later(word.head)


def _is_ordinal(word: Token) -> bool:
    return word.dep_ == "amod" and word.lower_ in listed("stakes", "ordinals")


def _is_told_later(verb: Token) -> bool:
    """As in "set off a quarrel that would last for months"; a bill that would last is proposed."""
    noun = verb.head
    if verb.dep_ != "acl:relcl" or noun.lemma_.lower() in listed("stakes", "proposals"):
        return False
    main = next((w for w in noun.ancestors if w.dep_ in _CLAUSES), noun)
    return main.tag_ == "VBD" and noun.dep_ == "obj" and not _is_said(main)


def _is_said(verb: Token) -> bool:
    return any(w.lower_ in listed("shorten", "attribution") for w in (verb, *verb.ancestors))


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
    if word.lower_ in listed("stakes", "lasting") and belongs(word, "lasting"):
        is_done = word.tag_ not in ("VB", "VBP", "VBZ") and (word.tag_, word.dep_) != _KIND
        return is_done and not any(_is_aside(w) for w in (word, *word.ancestors))
    is_trailing = word.tag_ == "VBG" and word.doc[max(0, word.i - 1)].text == ","
    return is_trailing and any(belongs(w, "consequence") for w in word.subtree)


def _tells_effect(word: Token) -> bool:
    """Whether it tells what came of something: no "may", no "possible", no "affected residents"."""
    is_mere = word.tag_ == "MD" or word.lower_ in listed("stakes", "mere")
    is_epithet = word.lower_ == "affected" and word.dep_ == "amod"
    return not is_mere and not is_epithet and any(belongs(word, f) for f in _EFFECTS)


def _is_aside(word: Token) -> bool:
    """Whether it stands in a clause on a noun, or in what may only come: nothing done by it."""
    return word.dep_ == "acl:relcl" or any(c.tag_ == "MD" for c in word.lefts)


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
        return not _is_habit(verb) and verb.lower_ not in _WISHES
    head = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    is_told = any(w.lower_ in listed("shorten", "attribution") for w in head.ancestors)
    if not is_told:
        return False
    is_perfect = verb.lower_ == "had" and verb is not head
    is_state = head.tag_ == "VBG" or head.lemma_ in listed("stakes", "states") or verb.dep_ == "cop"
    return is_perfect or is_state
