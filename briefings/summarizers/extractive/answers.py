"""Finds who answers whom without naming them: a denial, a refusal, an appeal, with what it answers.

It pairs statements only; what an answer weighs is for `relations`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.acts import find_suers
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.targets import Owners

# Set by hand on the development articles.
#: What is denied or refused is what others charge or ask for.
_CHARGES = ("accuse", "demand", "threaten")
#: And nobody denies what is offered, or said in their favour.
_HARMLESS = ("propose", "support")
#: A refusal stands among so many first sentences, and shares so many words with what it answers.
_EARLY, _SHARED = 12, 2

#: Who answers with what, and whom: their statement is what is answered.
Answer = tuple[Member, Statement, Member, Statement]


def find_answers(
    reading: Reading, owners: Owners, statements: tuple[Statement, ...], plain: Collection[int]
) -> Iterator[Answer]:
    """Denials and the first refusal with what they answer.

    `plain` holds the ids (`id`) of the statements whose target is known, which answer nobody else.
    """
    yield from _denials(reading, owners, statements, plain)
    yield from _first_refusal(reading, statements, plain)


def _denials(
    reading: Reading, owners: Owners, statements: tuple[Statement, ...], plain: Collection[int]
) -> Iterator[Answer]:
    """Who denies without naming anybody, and whoever spoke of them or theirs.

    Who did so before comes first; where nobody did, who accuses them or demands of them later.
    """
    spoken_of: dict[int, list[tuple[Member, Statement]]] = defaultdict(list)
    for s in statements:
        if s.speaker is not None:
            for member in _members_of(reading, owners, s):
                spoken_of[member.number].append((s.speaker, s))
    for s in statements:
        if s.speaker is None or s.kind != "deny" or id(s) in plain or is_admission(reading, s):
            continue
        told = [
            (m, x)
            for one in (s.speaker, *_whose(reading, owners, s.speaker))
            for m, x in spoken_of[one.number]
            if m not in (s.speaker, one) and x.kind not in _HARMLESS
        ]
        before = [(m, x) for m, x in told if x.attribution.cue < s.attribution.cue]
        charges = [(m, x) for m, x in told if x.kind in _CHARGES]
        for member, x in (before or charges)[:1]:
            yield s.speaker, s, member, x


def _first_refusal(
    reading: Reading, statements: tuple[Statement, ...], plain: Collection[int]
) -> Iterator[Answer]:
    """Who refuses early on, and who demands it or makes charges about the same thing.

    "The minister refused to withdraw the bill"; "farmers will stay until she withdraws the bill".
    """
    told = [(s.speaker, s) for s in statements if s.speaker is not None and id(s) not in plain]
    for member, s in told:
        if s.kind != "refuse" or s.attribution.frame != "intend" or s.sentences[0] > _EARLY:
            continue
        said = _matter_of(reading, s)
        others = [(m, x) for m, x in told if _is_another(member, m) and x.kind != "support"]
        others.sort(key=lambda other: other[1].kind not in _CHARGES)
        for other, x in others:
            if len(said & _matter_of(reading, x)) >= _SHARED:
                yield member, s, other, x
                return


def _whose(reading: Reading, owners: Owners, speaker: Member) -> list[Member]:
    """Whose voice a speaker without a name is: Norway's, of "a Norwegian source"."""
    if speaker.is_named:
        return []
    found = (owners.owner_of(reading.doc[m.head]) for m in speaker.mentions)
    return list(dict.fromkeys(m for m in found if m is not None))


def find_appeals(
    reading: Reading, owners: Owners, statements: tuple[Statement, ...]
) -> Iterator[tuple[Member, Member, Statement]]:
    """Who took a matter to court, who says that they will appeal, and the words that say so."""
    suers = find_suers(reading, owners)
    for s in statements:
        words = (w for first, last in s.attribution.content for w in reading.doc[first : last + 1])
        will_appeal = any(w.lemma_ == "appeal" and w.tag_ == "VB" for w in words)
        if will_appeal and s.speaker is not None and s.speaker not in suers:
            for suer in suers:
                yield suer, s.speaker, s


def is_admission(reading: Reading, s: Statement) -> bool:
    """Whether "pleaded" is followed by "guilty", which denies nothing."""
    return reading.doc[s.attribution.content[0][0]].lower_ == "guilty"


def _is_another(one: Member, other: Member) -> bool:
    """Whether nothing in two names shows them as one."""
    return one is not other and not {w.lower() for w in one.tokens} & {
        w.lower() for w in other.tokens
    }


def _matter_of(reading: Reading, s: Statement) -> set[str]:
    """Lemmas of what a statement is about: its nouns and verbs, names and the emptiest left out."""
    words = (w for first, last in s.attribution.content for w in reading.doc[first : last + 1])
    lemmas = {w.lemma_.lower() for w in words if w.tag_[:2] in ("NN", "VB") and w.tag_[:3] != "NNP"}
    return lemmas - listed("dispute", "empty") - listed("dispute", "light")


def _members_of(reading: Reading, owners: Owners, s: Statement) -> list[Member]:
    """Who is spoken of in a statement, by themselves or by what is theirs."""
    words = (w for first, last in s.attribution.content for w in reading.doc[first : last + 1])
    found = (owners.of(w) for w in words if w.tag_.startswith(("NN", "PRP")))
    return list(dict.fromkeys(m for m in found if m is not None))
