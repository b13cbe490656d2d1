"""Measures how much in an article speaks for a live dispute between parties; `dispute` decides.

It counts what parties say and do and the words of the lead; it draws no sides.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.parties import Parties
from briefings.summarizers.extractive.why.against import HEAT, why_heat
from briefings.summarizers.notes import is_anybody_listening, note

# All numbers here were set by hand on the development articles and read against a hundred others.
#: What counts as headline and lead, in sentences.
_LEAD = 4
#: What `heat` is made of: the contentious share of all statements (of five at least); each aimed
#: statement; what is between the parties; nouns and verbs of contest in the lead. Then how much of
#: the last four counts at most.
_SHARE, _PER_AIMED, _PER_BETWEEN, _PER_NOUN, _PER_VERB = 0.4, 0.13, 0.07, 0.18, 0.09
_MOST = 5.0, 6.0, 3, 4
_FEWEST_STATEMENTS = 5


def heat(reading: Reading, statements: tuple[Statement, ...], parties: Parties) -> float:
    """How much speaks for a live dispute, from 0 up; `dispute` says how much is enough.

    Counted: contentious statements, most where they are aimed at somebody; what the two parties do
    to and say of each other; words of dispute in headline and lead.
    """
    aimed = sum(parties.force_of(s) for s in statements)
    lead = [w for sent in reading.sents[:_LEAD] for w in sent]
    nouns = sum(w.lemma_.lower() in listed("dispute", "strong_nouns") for w in lead)
    verbs = sum(_is_contest(w) for w in lead)
    between = parties.widest_rift()
    most_aimed, most_between, most_nouns, most_verbs = _MOST
    if is_anybody_listening():
        strong = listed("dispute", "strong_nouns")
        words = {
            "strong_nouns": [w for w in lead if w.lemma_.lower() in strong],
            "hostile": [w for w in lead if _is_contest(w)],
        }
        share = _SHARE * aimed / max(_FEWEST_STATEMENTS, len(statements))
        weights = {
            "all contentious statements add": share + _PER_AIMED * min(aimed, most_aimed),
            "what the parties do to and say of each other adds": _PER_BETWEEN
            * min(between, most_between),
            "strong_nouns": _PER_NOUN * min(nouns, most_nouns),
            "hostile": _PER_VERB * min(verbs, most_verbs),
        }
        forces = [(s, parties.force_of(s)) for s in statements]
        note(HEAT, why_heat, heat, reading, forces, words, weights)
    return (
        _SHARE * aimed / max(_FEWEST_STATEMENTS, len(statements))
        + _PER_AIMED * min(aimed, most_aimed)
        + _PER_BETWEEN * min(between, most_between)
        + _PER_NOUN * min(nouns, most_nouns)
        + _PER_VERB * min(verbs, most_verbs)
    )


def _is_contest(word: Token) -> bool:
    """A verb of contest, in the headline or lead; violence alone makes no dispute."""
    lemma = word.lemma_.lower()
    if not word.tag_.startswith("VB") or lemma not in listed("dispute", "hostile"):
        return False
    return lemma not in listed("dispute", "violent") | listed("dispute", "of_dangers")
