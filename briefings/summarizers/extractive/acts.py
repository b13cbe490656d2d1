"""Finds what actors do to each other in the writer's own account: sue, ban, praise, protest.

What is denied, only possible, or put as a condition is no act. It judges no one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.targets import Owners, prepositions, subject_of, undergoers

# All weights were set by hand on the development articles.
_HOSTILE, _PURSUING, _FRIENDLY = 1.2, 0.8, -0.8
#: An act on something of somebody's ("seized its ship") counts for so much of one on them.
_INDIRECT = 0.6
#: What somebody else tells of, not the writer, counts for so much.
_TOLD = 0.5
_HIGHEST = 5
_LEADING = frozenset(("against", "with", "at", "on"))
_UNREAL = ("would", "could", "may", "might", "should", "can", "must")
_CONDITIONS = ("if", "unless", "whether", "lest")
_NEGATIONS = ("not", "n't", "n’t", "never", "no", "neither", "nor")
#: Under these what follows is not done: "refused to ban", "stopped suing".
UNDOING = frozenset(
    ("refuse", "decline", "stop", "cease", "avoid", "deny", "abandon", "end", "drop", "withdraw")
)

#: Doer, target, weight and the word that tells it.
Act = tuple[Member, Member, float, Token]


def find_acts(reading: Reading, owners: Owners) -> Iterator[Act]:
    """The acts that verbs and nouns of the article tell of, in order."""
    for word in reading.doc:
        if reading.is_quoted(word):
            continue
        if word.tag_.startswith("VB"):
            yield from _by_verb(owners, word)
        elif word.tag_ in ("NN", "NNS"):
            yield from _by_noun(owners, word)


def _by_verb(owners: Owners, verb: Token) -> Iterator[Act]:
    if verb.dep_ == "amod":
        return  # "a politically charged hearing"
    lemma = verb.lemma_.lower()
    force = _force(lemma) * reality(verb)
    against = [c for c in verb.rights if c.dep_ == "obl" and "against" in prepositions(c)]
    if not force and not (against and reality(verb)):
        return
    doers = doers_of(owners, verb)
    for target in undergoers(verb, _LEADING) if force else against:
        weight = force or _HOSTILE * reality(verb)
        yield from _between(owners, doers, target, weight, verb)


def _between(
    owners: Owners, doers: list[Member], target: Token, weight: float, word: Token
) -> Iterator[Act]:
    direct = owners.named_by(target) is not None
    for member in owners.all_of(target):
        for doer in doers:
            if doer is not member:
                yield doer, member, weight * (1.0 if direct else _INDIRECT), word


def _force(lemma: str) -> float:
    if lemma in listed("dispute", "hostile"):
        return _HOSTILE
    if lemma in listed("dispute", "pursuing"):
        return _PURSUING
    return _FRIENDLY if lemma in listed("dispute", "friendly") else 0.0


def doers_of(owners: Owners, verb: Token) -> list[Member]:
    """Who does it: the agent of a passive, else the subject."""
    agents = [c for c in verb.rights if c.dep_ == "obl:agent"]
    is_passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in verb.lefts)
    if is_passive or agents:
        return [m for agent in agents for m in owners.all_of(agent)]
    subject = subject_of(verb)
    if subject is None:
        return []
    own = owners.named_by(subject)  # "it" may do what is not done to "it"
    return [own] if own is not None and subject.tag_ == "PRP" else owners.all_of(subject)


def _by_noun(owners: Owners, noun: Token) -> Iterator[Act]:
    """As in "X filed a lawsuit against Y", "X's ban on Y", "protests by X against Y"."""
    lemma = noun.lemma_.lower()
    if lemma not in listed("dispute", "against_nouns"):
        return
    force = _PURSUING if lemma in listed("dispute", "pursuits") else _HOSTILE
    holder = noun.head if noun.dep_ in ("obj", "obl") else noun
    weight = force * (reality(holder) if holder is not noun else 1.0)
    doers = [own] if (own := owners.of(noun)) is not None else _launchers(owners, noun)
    targets = [c for c in noun.rights if c.dep_ == "nmod" and _is_aimed(c)]
    if noun.dep_ == "obj":
        targets += [c for c in holder.rights if c.dep_ == "obl" and _is_aimed(c)]
    is_met = holder is not noun and holder.lemma_.lower() in listed("dispute", "meeting")
    if doers and is_met and not targets:
        subject = subject_of(holder)
        targets = [] if subject is None else [subject]
    elif not doers and holder is not noun and not is_met:
        doers = doers_of(owners, holder)
    for target in targets if weight else ():
        yield from _between(owners, doers, target, weight, noun)


def _launchers(owners: Owners, noun: Token) -> list[Member]:
    """Who is said to have done it in a participle: "protests led by women", "filed by X"."""
    participles = [c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN"]
    agents = [c for p in participles for c in p.rights if c.dep_ == "obl:agent"]
    return [m for agent in agents for m in owners.all_of(agent)]


def _is_aimed(noun: Token) -> bool:
    return bool(prepositions(noun) & listed("dispute", "aiming"))


def reality(verb: Token) -> float:
    """How far a verb tells what was done: 1, less where somebody else tells it, 0 where it is not.

    Not done is what is denied, possible, a condition, or hangs on a verb of undoing.
    """
    share, word = 1.0, verb
    for _ in range(_HIGHEST):
        if is_unreal(word):
            return 0.0
        if word.dep_ in ("xcomp", "ccomp", "advcl") and word.head.lemma_.lower() in UNDOING:
            return 0.0
        if word.dep_ in ("ccomp", "parataxis"):
            share = _TOLD
        if word.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "conj") or word.head is word:
            return share
        word = word.head
    return share


def find_suers(reading: Reading, owners: Owners) -> list[Member]:
    """Who takes the matter to court, in order: who sues, appeals, files a suit."""
    found: list[Member] = []
    for verb in reading.doc:
        if not verb.tag_.startswith("VB") or is_unreal(verb):
            continue
        nouns = {c.lemma_.lower() for c in verb.rights if c.dep_ == "obj"}
        is_suing = verb.lemma_.lower() in listed("dispute", "suing")
        if is_suing or nouns & listed("dispute", "suits"):
            # A past tense behind an aside is easily parsed as a clause of the last noun.
            is_hung = verb.dep_ == "acl" and verb.tag_ == "VBD"
            found += doers_of(owners, verb) or (owners.all_of(verb.head) if is_hung else [])
    return list(dict.fromkeys(found))


def is_unreal(verb: Token) -> bool:
    """Whether a helper, a "not" or an "if" before a verb takes its truth away."""
    return any(
        (child.tag_ == "MD" and child.lower_ in _UNREAL)
        or child.lower_ in _NEGATIONS
        or (child.dep_ == "mark" and child.lower_ in _CONDITIONS)
        for child in verb.lefts
    )
