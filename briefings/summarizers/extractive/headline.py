"""Reads who turns on whom in a headline, whose capitals and clipped grammar mislead the parse.

It trusts the order of words only: somebody, a word of contest, somebody.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.targets import Owners, prepositions

#: What a headline's word of contest weighs; set by hand on the development articles.
_HEADLINE = 1.6
#: How many words behind its verb the one who is turned on may stand.
_WITHIN = 8
_SUFFIXES = ("s", "es", "ed", "d")

#: Holder, target, weight, the word that tells it.
Turn = tuple[Member, Member, float, Token]


def find_turns(reading: Reading, owners: Owners) -> Iterator[Turn]:
    """The first word of contest in the headline with who stands before and behind it."""
    title = reading.sents[0]
    verb = next((w for w in title if w.i > title.start and _is_contest(w)), None)
    if verb is None or any(w.lower_ in ("would", "could", "may", "not") for w in title):
        return
    before = [m for w in reversed(title.doc[title.start : verb.i]) if (m := owners.named_by(w))]
    doer = before[0] if before else _lead_subject(reading, owners)
    behind = title.doc[verb.i + 1 : min(verb.i + 1 + _WITHIN, title.end)]
    target = next((m for w in behind if (m := owners.of(w)) is not None), None)
    if doer is not None and target is not None and doer is not target:
        yield doer, target, _HEADLINE, verb


def _is_contest(word: Token) -> bool:
    """Whether a word is a verb of contest in any form, whatever the parse takes it for."""
    verbs = listed("dispute", "turning")
    text = word.lower_
    return text in verbs or any(
        text.endswith(suffix) and text.removesuffix(suffix) in verbs for suffix in _SUFFIXES
    )


def _lead_subject(reading: Reading, owners: Owners) -> Member | None:
    """The subject of the lead: who a headline calls by what he is, the lead calls by name."""
    if len(reading.sents) < 2:  # noqa: PLR2004 - a headline and a lead
        return None
    root = reading.sents[1].root
    subject = next((c for c in root.lefts if c.dep_ == "nsubj" and not prepositions(c)), None)
    return owners.named_by(subject) if subject is not None else None
