"""Checks that every name in a line stands in its evidence or is resolved from it by a stated rule.

Rules: a name stands there if all its words do; else whoever it names by the article's cast (full
name, surname, acronym, "the minister", a pronoun) is mentioned there; else the evidence has another
form of the same state: its demonym, its capital, its government's seat. It knows no other way.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.summarizers.extractive.standing import name_opening
from briefings.verification.gaps import Gap
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import stem


def check_names(read: ReadLine) -> Reason | None:
    """Every name of the line, of its speaker and of whom it is about."""
    if not read.is_cut_out:
        groups = [read.words[i:j] for i, j in read.name_groups]
        if not all(_stands(read, words) for words in groups):
            return "name"
        if any(_replaces(read, gap) for gap in read.gaps):
            return "name"
    given = (*read.line.about, *filter(None, (read.line.via,)))
    return None if all(_is_resolved(read, name) for name in given) else "name"


def _replaces(read: ReadLine, gap: Gap) -> bool:
    """Whether somebody whom the evidence does not mention stands where it mentions somebody."""
    if not any(read.ground.member_at(w.i) for w in gap.theirs):
        return False
    nouns = {w.lemma_.lower() for w in gap.ours if w.tag_ in ("NN", "NNS")}
    nouns -= {e.lemma_.lower() for e in read.evidence}
    there = read.ground.members_in(read.line.sentences)
    heads = {head for m in there for head in m.heads}
    known = {head for m in read.ground.cast.members for head in m.heads}
    return bool(nouns & known - heads)


def _stands(read: ReadLine, words: list[Token]) -> bool:
    text = read.sheet.text[read.sheet.starts[words[0].i] : read.sheet.ends[words[-1].i]]
    return _is_resolved(read, text)


def _is_resolved(read: ReadLine, name: str) -> bool:
    """Whether the evidence has a name's words, mentions its bearer or another form of its state."""
    there = {w for e in read.evidence for w in (e.lower_, e.lower_.removesuffix("."), stem(e.text))}
    words = [
        w
        for w in name.replace("-", " ").split()
        if w.lower() not in ("of", "the", "and", "'s", "’s")
    ]
    if all(w.lower().strip(".,") in there or stem(w) in there for w in words):
        return True
    mentioned = read.ground.members_in(read.line.sentences)
    if any(member in mentioned for member in read.ground.members_called(name)):
        return True
    return _same_state(read, name) or _is_spelt_out(read, name) or _is_meant(read, name)


def _is_meant(read: ReadLine, name: str) -> bool:
    """Whether a sentence of the evidence opens with a pronoun for somebody of this name: "Her"."""
    reading = read.ground.reading
    for number in read.line.sentences:
        span = reading.span_of_sentence(number)
        named = name_opening(reading, read.ground.cast, span.quote, span)
        if named != span.quote and named.startswith(name.removesuffix("’s").removesuffix("'s")):
            return True
    return False


def _same_state(read: ReadLine, name: str) -> bool:
    known = gazetteer.lookup(name)
    if known is None or known.kind != "state":
        return False
    forms = {form.lower() for form in gazetteer.forms_of(known.name)}
    text = f" {' '.join(e.lower_ for e in read.evidence)} "
    return any(f" {form} " in text for form in forms)


def _is_spelt_out(read: ReadLine, name: str) -> bool:
    """Whether capitals are the first letters of words that the evidence has one after another."""
    letters = name.replace(".", "")
    if not (letters.isupper() and len(letters) > 1):
        return False
    initials = "".join(e.text[:1] for e in read.evidence if e.text[:1].isupper())
    return letters in initials
