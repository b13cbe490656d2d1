"""Finds who is for and who against one thing: "farmers reject the tax", "the ministry defends it".

Two who never name each other are opposed so. It looks at the things of headline and lead only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.acts import UNDOING, doers_of, is_unreal
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.targets import Owners, prepositions

#: What two who are opposed about one thing have against each other, and less where the other only
#: supports what somebody else brought about; set by hand on the development articles.
_OPPOSED, _SUPPORTS = 1.1, 0.7
#: Things are those of headline and lead, in sentences.
_LEAD = 5
#: Of those for and those against a thing so many first ones count.
_MOST = 3
#: Statements of these kinds about a thing are against it.
_CONTRARY = ("accuse", "warn", "refuse", "deny")
#: Words that lead to what somebody is against, and to what somebody is for.
_AGAINST, _FOR = ("against", "to", "over"), ("for",)

#: Against, for, weight, the word that tells the first one's take.
Opposed = tuple[Member, Member, float, Token]
_Take = tuple[Member, Token]


def find_opposed(
    reading: Reading, owners: Owners, statements: tuple[Statement, ...]
) -> Iterator[Opposed]:
    """Those against a thing with those for it, or whose it is, in order."""
    things = _things(reading)
    against: dict[str, list[_Take]] = defaultdict(list)
    in_favour: dict[str, list[_Take]] = defaultdict(list)
    whose: dict[str, list[_Take]] = defaultdict(list)
    for word in reading.doc:
        is_argued = _kind(word) in things & listed("dispute", "arguable")
        if word.tag_ in ("NN", "NNS") and is_argued:
            maker = owners.made_by(word) or owners.owner_of(word)
            if maker is not None:
                whose[_kind(word)].append((maker, word))
        if word.tag_.startswith("VB") and not reading.is_quoted(word) and not is_unreal(word):
            sign = _sign(word)
            for thing in _objects(word, sign) if sign else ():
                kind = _kind(thing)
                if kind in things:
                    takes = against[kind] if sign < 0 else in_favour[kind]
                    takes += [(m, word) for m in doers_of(owners, word)]
    for s in statements:
        for kind in (_said_of(reading, s) | _opposed_to(reading, s)) & things:
            takes = against[kind] if s.kind in _CONTRARY else in_favour[kind]
            takes.append((s.speaker, reading.doc[s.attribution.cue[0]]))  # type: ignore[arg-type]
    for kind, ones in against.items():
        yield from _pairs(ones, in_favour[kind] + whose[kind])


def _said_of(reading: Reading, s: Statement) -> set[str]:
    """The kinds of things of which a statement says something good or bad, as their subjects."""
    if s.speaker is None or s.kind not in (*_CONTRARY, "support") or s.attribution.frame != "say":
        return set()
    words = (w for first, last in s.attribution.content for w in reading.doc[first : last + 1])
    return {_kind(w) for w in words if w.dep_ == "nsubj" and w.tag_ in ("NN", "NNS")}


def _opposed_to(reading: Reading, s: Statement) -> set[str]:
    """The kinds of things that a speaker is said to be opposed to."""
    if s.speaker is None or s.kind != "refuse" or s.attribution.frame != "adjective":
        return set()
    first, last = s.attribution.content[0]
    words = reading.doc[first : last + 1]
    return {_kind(w) for w in words if w.tag_ in ("NN", "NNS")} & listed("dispute", "arguable")


def _pairs(ones: list[_Take], others: list[_Take]) -> Iterator[Opposed]:
    both = {m.number for m, _ in ones} & {m.number for m, _ in others}
    others = sorted(others, key=lambda take: _is_support(take[1]))
    for one, word in dict(ones[:_MOST]).items():
        for other, how in dict(others[:_MOST]).items():
            if one is not other and not {one.number, other.number} & both:
                yield one, other, _SUPPORTS if _is_support(how) else _OPPOSED, word


def _is_support(word: Token) -> bool:
    """Whether a verb supports what somebody else brings about."""
    return word.lemma_.lower() in listed("dispute", "friendly") | listed("dispute", "championing")


def _things(reading: Reading) -> set[str]:
    """The kinds of things that headline and lead speak of: bills, plans, raids."""
    lead = (w for sent in reading.sents[: min(_LEAD, len(reading.sents))] for w in sent)
    nouns = [w for w in lead if w.tag_ in ("NN", "NNS")]
    return {
        _kind(w)
        for w in nouns
        if gazetteer.role_noun(w.lemma_.lower()) is None
        and w.lemma_.lower() not in listed("dispute", "empty") | listed("names", "calendar")
    }


def _kind(noun: Token) -> str:
    """A noun's lemma; one for all words for a law in the making."""
    lemma = noun.lemma_.lower()
    return "bill" if lemma in listed("dispute", "laws") else lemma


def _sign(verb: Token) -> int:
    """Below zero for a verb against something, above for one for it; "refused to" turns it."""
    lemma = verb.lemma_.lower()
    against, in_favour = listed("dispute", "against_things"), listed("dispute", "for_things")
    sign = (lemma in in_favour) - (lemma in against)
    is_undone = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in UNDOING
    return -sign if is_undone else sign


def _objects(verb: Token, sign: int) -> Iterator[Token]:
    leading = _AGAINST if sign < 0 else _FOR
    for child in verb.children:
        is_led = child.dep_ in ("obl", "nmod") and prepositions(child) & set(leading)
        if child.dep_ in ("obj", "nsubj:pass") or is_led:
            yield child
            yield from (c for c in child.rights if c.dep_ == "conj")
