"""Recognises the words that carry an attribution and what kind of statement each makes.

A cue is only a word with a frame; whose it is and what it carries is for `attribution`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Token

from briefings.briefing import ClaimKind
from briefings.language import lexicon

Frame = Literal["say", "act", "intend", "noun", "adjective", "phrase"]

#: Who has these doing a thing does not do it: "had trouble supporting the plan".
_HARDLY = ("trouble", "difficulty", "problem", "interest")
_NEGATIONS = ("not", "n't", "n’t", "never", "no", "nor", "neither")
_VERB_FRAMES: tuple[Frame, ...] = ("say", "act", "intend")
#: How far behind its verb a particle may stand: "called again for".
_PARTICLE_WITHIN = 2
#: Endings of verb forms with what the lemma has instead.
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
)
_SAYING = ("say", "argue", "think", "believe")
#: Auxiliaries under which a verb reports no statement: "could say", "would argue".
_UNREAL = ("could", "might", "may", "should", "must", "can", "to")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at `word`; its own words run from `first` to `last`, both included."""

    word: int
    first: int
    last: int
    kinds: tuple[tuple[Frame, ClaimKind], ...]

    def kind_in(self, frame: Frame) -> ClaimKind | None:
        """The kind of statement it makes in a frame; None where it cannot stand in that."""
        return next((kind for f, kind in self.kinds if f == frame), None)


@cache
def _table(frame: Frame) -> dict[str, ClaimKind]:
    """Lemma, or "lemma+particle", to kind; the first kind listed for a lemma wins."""
    table: dict[str, ClaimKind] = {}
    for kind, lemmas in lexicon.load("cues")[frame].items():
        for lemma in lemmas:
            table.setdefault(lemma, cast("ClaimKind", kind))
    return table


@cache
def _particles() -> dict[str, frozenset[str]]:
    """For each lemma that takes one, its particles: {"call": {"for", "on"}, …}."""
    found: dict[str, set[str]] = {}
    for frame in _VERB_FRAMES:
        for lemma in _table(frame):
            if "+" in lemma:
                verb, particle = lemma.split("+")
                found.setdefault(verb, set()).add(particle)
    return {verb: frozenset(particles) for verb, particles in found.items()}


def verb_cue(word: Token) -> Cue | None:
    """The cue that a verb is, with its particle ("called for"), or None."""
    if not word.tag_.startswith("VB"):
        return None
    following = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    for lemma in _lemmas(word):
        if f"{lemma}+{following}" in lexicon.words("cues.idle", "words"):
            return None
        particle = _particle(word, lemma)
        keys = [f"{lemma}+{particle.lower_}"] if particle is not None else []
        keys.append(lemma)
        kinds = _kinds(keys, _VERB_FRAMES)
        if kinds:
            last = particle.i if particle is not None and "+" in _first_hit(keys) else word.i
            return Cue(word.i, word.i, last, kinds)
    return None


def noun_cue(word: Token) -> Cue | None:
    """The cue that a noun is ("accusation"), or None."""
    if word.tag_ not in ("NN", "NNS"):
        return None
    kinds = _kinds([word.lemma_.lower()], ("noun",))
    return Cue(word.i, word.i, word.i, kinds) if kinds else None


def adjective_cue(word: Token) -> Cue | None:
    """The cue that an adjective or participle is ("confident", "worried"), or None."""
    if word.tag_ not in ("JJ", "VBN"):
        return None
    kinds = _kinds([word.lower_], ("adjective",))
    return Cue(word.i, word.i, word.i, kinds) if kinds else None


def _kinds(keys: list[str], frames: tuple[Frame, ...]) -> tuple[tuple[Frame, ClaimKind], ...]:
    found = []
    for frame in frames:
        key = next((key for key in keys if key in _table(frame)), None)
        if key:
            found.append((frame, _table(frame)[key]))
    return tuple(found)


def _first_hit(keys: list[str]) -> str:
    tables = [_table(frame) for frame in _VERB_FRAMES]
    return next((key for key in keys if any(key in table for table in tables)), "")


def _lemmas(word: Token) -> list[str]:
    """The lemmatizer's answer, then plain guesses from the ending, for verbs it has not learnt."""
    lower = word.lower_
    guesses = [word.lemma_.lower(), lower]
    for ending, puts in _ENDINGS:
        if lower.endswith(ending):
            guesses.append(lower.removesuffix(ending) + puts)
    return list(dict.fromkeys(guesses))


def _particle(word: Token, lemma: str) -> Token | None:
    particles = _particles().get(lemma)
    if not particles:
        return None
    for following in word.doc[word.i + 1 : word.i + 1 + _PARTICLE_WITHIN]:
        if following.lower_ in particles:
            return following
    return None


def is_negated(word: Token) -> bool:
    """Whether a word before a cue that hangs on it denies it: "did not say"."""
    return any(child.lower_ in _NEGATIONS for child in word.lefts)


def first_of_negated(word: Token) -> int:
    """First word of a negated verb with its helpers ("did not deny"), else the verb itself."""
    negations = [child for child in word.lefts if child.lower_ in _NEGATIONS]
    if not negations:
        return word.i
    helpers = [c.i for c in word.lefts if c.dep_.startswith("aux") and c.i == negations[0].i - 1]
    return min([negations[0].i, *helpers])


def is_unreal(word: Token) -> bool:
    """Whether the cue reports nothing said: "could say", "if he says", "trouble supporting"."""
    if word.tag_ == "VBG" and word.head.lemma_.lower() in _HARDLY:
        return True
    for child in word.lefts:
        if child.lower_ in _UNREAL and child.tag_ in ("MD", "TO"):
            return True
        if child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether", "without"):
            return True
        if child.tag_ == "WRB" and child.lower_ in ("how", "why", "where"):
            return True  # "did not say how they believed it was done"
    if (
        word.tag_ == "VB"
        and word.dep_ == "conj"
        and word.head.tag_ == "VB"
        and word.head.i < word.i
    ):
        return is_unreal(word.head)  # "persuaded the court to void the verdict and order a trial"
    return _is_never_done(word) or _is_subject(word) or _is_prevented(word)


def _is_prevented(word: Token) -> bool:
    """Whether a gerund names what was kept from being done: "barred from standing by"."""
    before = word.doc[max(word.sent.start, word.i - 1)]
    return word.tag_ == "VBG" and before.lower_ in ("from", "without", "against", "instead")


def _is_never_done(word: Token) -> bool:
    """Whether the cue names what is only weighed or would have been: "could consider backing"."""
    helpers = {child.lower_ for child in word.lefts if child.dep_.startswith("aux")}
    if "would" in helpers and "have" in helpers:
        return True
    is_weighed = word.tag_ == "VBG" and word.dep_ == "xcomp" and "be" not in helpers
    return is_weighed and word.head.lemma_ not in lexicon.words("cues.carrying_on", "words")


def _is_subject(word: Token) -> bool:
    """Whether a gerund is what something is said of: "rejecting voters may be unwise"."""
    if word.tag_ != "VBG" or word.dep_ == "ROOT":
        return False
    before = word.doc[max(word.sent.start, word.i - 1)]
    is_behind_cue = before.tag_ in ("VBD", "VBZ", "VBP")
    if word.dep_ == "csubj" or (is_behind_cue and before.lemma_ in _SAYING):
        return True
    between = word.doc[word.i + 1 : word.head.i]
    is_before = word.head.i > word.i and word.dep_ in ("nsubj", "advcl", "ccomp")
    return is_before and not any(w.text == "," for w in between)


def content_kind(text: str, kind: ClaimKind) -> ClaimKind:
    """What a plain "said" does, from the words said: a refusal, a demand, a warning, ….

    Who rejects a claim denies it, and a promise to tear up a treaty is a threat to who signed it.
    """
    lower = text.lower()
    if kind == "refuse":
        said = "|".join(lexicon.words("cues.said", "words"))
        is_denial = re.match(rf"\W*(\w+ ){{0,2}}({said})s?\b", lower)
        return "deny" if is_denial else kind
    if kind not in ("state", "propose"):
        return kind
    found = next((k for k, patterns in _content_patterns() if patterns.search(lower)), kind)
    return found if kind == "state" or found == "threaten" else kind


def is_ruling(lemma: str, source: str) -> bool:
    """Whether a court does what a verb says: what it finds or holds is decided."""
    return lemma in ("find", "hold", "rule", "order") and source in lexicon.words(
        "cues.courts", "words"
    )


@cache
def _content_patterns() -> tuple[tuple[ClaimKind, re.Pattern[str]], ...]:
    table: dict[str, list[str]] = lexicon.load("cues")["content"]
    return tuple((cast("ClaimKind", kind), re.compile("|".join(ps))) for kind, ps in table.items())
