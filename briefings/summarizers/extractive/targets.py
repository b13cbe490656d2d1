"""Tells whom words are about: the member a noun names, or whose deed or thing it is.

It looks at the parse only; what a speaker does to that member is for `relations`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.members import Member

#: "Response by X", "letter from X": who stands there did it.
_BY = ("by", "from")
#: What a noun is said to be whose by one that hangs on it so.
_COLOURING = ("compound", "amod", "nmod:desc")
#: Words for some of a whole, which "of" names: "parts of the government".
_PARTITIVE = (
    "part",
    "member",
    "some",
    "many",
    "most",
    "majority",
    "all",
    "several",
    "number",
    "one",
)
#: Pronouns that mean a thing or a plan more often than somebody, where something is done to them.
_THINGS = ("it", "this", "that")
_POINTING = ("the", "this", "that", "these", "those", "such")
#: Far enough up a tree for any clause that people write.
_HIGHEST = 6


class Owners:
    """Whose each noun is: "Israeli raid" is Israel's, and so is "the raid" further on."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self._reading = reading
        self._at = cast.at
        self._passing = {m.head: member for member in cast.members for m in member.passing}
        self._first_owner: dict[str, Member | None] = {}
        for word in reading.doc:
            if word.tag_ in ("NN", "NNS") and word.i not in cast.at:
                self._remember(word)

    def _remember(self, word: Token) -> None:
        """Keep the only owner of a noun; None where the article gives it to several."""
        owner = self.owner_of(word)
        if owner is not None:
            lemma = word.lemma_.lower()
            known = self._first_owner.setdefault(lemma, owner)
            if known is not owner:
                self._first_owner[lemma] = None

    def named_by(self, word: Token) -> Member | None:
        """The member a word itself mentions, if that can take part."""
        member = self._at.get(word.i)
        return member if member is not None and member.can_take_part else None

    def of(self, word: Token) -> Member | None:
        """The member a noun mentions or whose it is, looking back for "the raid"."""
        if word.lower_ in _THINGS:
            return None
        word = _whole(word)
        found = self.named_by(word) or self.owner_of(word) or self.made_by(word)
        if found is not None or word.tag_ not in ("NN", "NNS"):
            return found
        is_pointing = any(c.lower_ in _POINTING for c in word.lefts)
        return self._first_owner.get(word.lemma_.lower()) if is_pointing else None

    def all_of(self, word: Token) -> list[Member]:
        """As `of`, and those joined to it: "Israel and Egypt"."""
        words = [word, *(c for c in word.rights if c.dep_ == "conj")]
        return list(dict.fromkeys(m for w in words if (m := self.of(w)) is not None))

    def made_by(self, word: Token) -> Member | None:
        """Who made what a noun names, by a participle: "claims (of fraud) raised by X"."""
        behind = [c for c in word.rights if c.dep_ == "nmod" and "of" in prepositions(c)]
        for clause in (*word.rights, *(c for noun in behind for c in noun.rights)):
            agents = [c for c in clause.rights if c.dep_ == "obl:agent"]
            if clause.dep_ == "acl" and clause.tag_ == "VBN" and agents:
                return self.named_by(agents[0])
        return None

    def owner_of(self, word: Token) -> Member | None:
        """Whose a noun is: a possessor, who did it, what colours it ("Israeli raid")."""
        for child in word.children:
            if child.dep_ == "nmod:poss":
                is_anybody = any(g.lower_ in ("a", "an") for g in child.lefts)
                return None if is_anybody else self.named_by(child)
        for child in word.rights:
            is_by = any(g.lower_ in _BY for g in child.lefts if g.dep_ == "case")
            if child.dep_ in ("nmod", "obl:agent") and is_by and self.named_by(_whole(child)):
                return self.named_by(_whole(child))
        for child in word.lefts:
            if child.dep_ in _COLOURING:
                colour = self.named_by(child) or self._passing.get(child.i)
                if colour is not None and colour.can_take_part:
                    return colour
        return None


def _whole(word: Token) -> Token:
    """What "of" leads to behind "parts", "two" or "some"; any other word itself."""
    if word.tag_ == "CD" or word.lemma_.lower() in _PARTITIVE:
        return next((c for c in word.rights if "of" in prepositions(c)), word)
    return word


def prepositions(word: Token) -> set[str]:
    """The prepositions that lead to a noun, lower case."""
    return {c.lower_ for c in word.lefts if c.dep_ in ("case", "mark")}


def subject_of(verb: Token) -> Token | None:
    """The active subject of a verb, of the verb it is joined to, or of the noun it tells of."""
    for _ in range(_HIGHEST):
        for child in verb.lefts:
            if child.dep_ == "nsubj":
                return _antecedent(child, verb)
            if child.dep_ in ("nsubj:pass", "expl"):
                return None
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return verb.head  # "investors urging Tesla to …"
        if verb.dep_ not in ("conj", "xcomp", "advcl", "acl", "obl") or verb.head is verb:
            return None
        verb = verb.head
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """For "who" and "which" the noun that the clause hangs on."""
    is_relative = subject.tag_ in ("WP", "WDT") and verb.dep_.startswith("acl")
    return verb.head if is_relative else subject


def undergoers(verb: Token, leading: frozenset[str]) -> Iterator[Token]:
    """What a verb is done to: objects first, passive subjects, then what `leading` leads to."""
    objects = ("obj", "iobj", "nsubj:pass")
    yield from (c for c in verb.children if c.dep_ in objects)
    yield from (c for c in verb.rights if c.dep_ in ("obl", "nmod") and prepositions(c) & leading)
