"""Finds set ways of telling a quarrel: "X and Y are at odds", "critics of X", "quit over X's plan".

It reads the parse and the lexicon only; whose side anybody is on is for `parties`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.acts import reality
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.targets import Owners, prepositions, subject_of

# All weights were set by hand on the development articles.
#: Who quarrels with each other; who turns on somebody in a set phrase; who leaves over them; who is
#: called their critic.
_EACH_OTHER, _TURNS_ON, _LEAVES, _CRITIC = 1.5, 1.6, 1.5, 1.2
#: How many words behind a verb its set noun may stand: "came under heavy fire".
_NEAR = 3

#: Holder, target, weight, the word that tells it.
Quarrel = tuple[Member, Member, float, Token]


def find_quarrels(reading: Reading, owners: Owners) -> Iterator[Quarrel]:
    """The quarrels that set phrases of the article tell of, in order."""
    for word in reading.doc:
        if reading.is_quoted(word):
            continue
        if word.tag_ in ("NN", "NNS", "NNP", "NNPS") and _is_critic(word):
            yield from _of_critics(owners, word)
        elif (word.tag_.startswith("VB") or _is_at_odds(word)) and reality(word):
            yield from _with_each_other(owners, word)
            yield from _on_somebody(owners, word)
            yield from _by_leaving(owners, word)


def _is_critic(word: Token) -> bool:
    return word.lemma_.lower() in listed("dispute", "against_somebody")


def _of_critics(owners: Owners, noun: Token) -> Iterator[Quarrel]:
    """Critics of somebody stand against them: "opponents of the plan's author", "Trump critics"."""
    holder = owners.named_by(noun)
    if holder is None:
        return
    whose = [c for c in noun.rights if c.dep_ == "nmod" and "of" in prepositions(c)]
    whose += [c for c in noun.lefts if c.dep_ in ("nmod:poss", "compound", "amod")]
    for word in whose:
        for target in owners.all_of(word):
            if target is not holder:
                yield holder, target, _CRITIC, noun


def _is_at_odds(word: Token) -> bool:
    return word.lower_ in ("odds", "loggerheads") and "at" in prepositions(word)


def _with_each_other(owners: Owners, word: Token) -> Iterator[Quarrel]:
    """As in "X and Y clashed", "X is at odds with Y", "X is locked in a dispute with Y"."""
    disputes = [c for c in word.rights if c.dep_ == "obl" and _is_dispute(c)]
    is_mutual = word.lemma_.lower() in listed("dispute", "mutual") or _is_at_odds(word)
    if not is_mutual and not disputes:
        return
    subject = _subject(word)
    if subject is None:
        return
    ones = owners.all_of(subject)
    hung_on = [word, *disputes]
    withs = [c for w in hung_on for c in w.rights if "with" in prepositions(c)]
    others = [m for c in withs[:1] for m in owners.all_of(c)]
    if not others and len(ones) > 1 and is_mutual:
        ones, others = ones[:1], ones[1:2]
    for one in ones:
        for other in others:
            if one is not other:
                yield one, other, _EACH_OTHER, word
                yield other, one, _EACH_OTHER, word


def _is_dispute(noun: Token) -> bool:
    is_in = "in" in prepositions(noun)
    return is_in and noun.lemma_.lower() in listed("dispute", "strong_nouns")


def _subject(word: Token) -> Token | None:
    passive = next((c for c in word.lefts if c.dep_ == "nsubj:pass"), None)
    return passive or subject_of(word)


def _on_somebody(owners: Owners, verb: Token) -> Iterator[Quarrel]:
    """As in "X hit back at Y", "X took aim at Y"; turned round "X came under fire from Y"."""
    lemma = verb.lemma_.lower()
    near = {w.lower_ for w in verb.doc[verb.i + 1 : verb.i + 1 + _NEAR]}
    obliques = [c for c in verb.rights if c.dep_ in ("obl", "obj", "nmod")]
    turned = {f"{lemma} {w}" for w in near} & listed("dispute", "turned_on")
    if turned:
        behind = [c for c in obliques if prepositions(c) & {"from", "by"}]
        behind += [d for c in obliques for d in c.rights if prepositions(d) & {"from", "by"}]
        yield from _between(owners, behind[:1], _subject(verb), _TURNS_ON, verb)
    elif {f"{lemma} {w}" for w in near} & listed("dispute", "turning_on"):
        aimed = [c for c in obliques if prepositions(c) & {"at", "on", "against", "with"}]
        aimed += [d for c in obliques for d in c.rights if prepositions(d) & {"at", "with"}]
        subject = _subject(verb)
        if subject is not None:
            for target in aimed[:1]:
                yield from _between(owners, [subject], target, _TURNS_ON, verb)


def _by_leaving(owners: Owners, verb: Token) -> Iterator[Quarrel]:
    """Who resigns over somebody's doing is against them."""
    if verb.lemma_.lower() not in listed("dispute", "leaving"):
        return
    subject = _subject(verb)
    # "Over X's plan" may have its "over" hung on X.
    causes = [
        c for c in verb.rights if c.dep_ in ("obj", "obl", "nmod") and c.left_edge.lower_ == "over"
    ]
    causes += [
        d
        for c in verb.subtree
        if c.lower_ == "protest"
        for d in c.rights
        if "at" in {w.lower_ for w in d.lefts}
    ]
    if subject is not None:
        for cause in causes[:1]:
            yield from _between(owners, [subject], cause, _LEAVES, verb)


def _between(
    owners: Owners, doers: list[Token], target: Token | None, weight: float, word: Token
) -> Iterator[Quarrel]:
    if target is None:
        return
    for doer in (m for d in doers for m in owners.all_of(d)):
        for member in owners.all_of(target):
            if doer is not member:
                yield doer, member, weight, word
