"""Checks that who does something to whom is the same in the line as in the article.

Held against the embedded parse: the subject of a deed in the line is not who undergoes it there,
and whom a statement is about is not who makes it.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefings.summarizers.extractive.members import Member
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.slots import check_slots
from briefings.verification.sources import is_source
from briefings.verification.speakers import told_by
from briefings.verification.stems import stem

_UNDERGOING = ("obj", "iobj", "nsubj:pass", "obl", "xcomp")
_AGENT = ("obl:agent",)


def check_direction(read: ReadLine) -> Reason | None:
    """Doers and undergoers keep their places, and nothing changed place with its like."""
    return check_slots(read) or _exchanged(read) or _turned(read) or _about_itself(read)


def _exchanged(read: ReadLine) -> Reason | None:
    """Where the evidence mentions somebody the line does not name somebody else."""
    groups = [(read.words[a].i, read.words[b - 1].i) for a, b in read.name_groups]
    for gap in (gap for gap in read.gaps if gap.ours and gap.theirs):
        places = {w.i for w in gap.ours}
        named = [(a, b) for a, b in groups if a in places or b in places]
        theirs = {m for w in gap.theirs if (m := read.ground.member_at(w.i)) is not None}
        words = {stem(w.text) for w in gap.theirs}
        if not theirs:
            continue
        for a, b in named:
            called = read.ground.members_called(_text(read, a, b))
            own = {stem(w.text) for w in read.sheet.doc[a : b + 1]}
            if not (set(called) & theirs or own & words):
                return "direction"
    return None


def _text(read: ReadLine, first: int, last: int) -> str:
    return read.sheet.text[read.sheet.starts[first] : read.sheet.ends[last]]


def _turned(read: ReadLine) -> Reason | None:
    people = _people(read)
    for word in read.words if people else ():
        there = read.match(word)
        if there is None or not word.tag_.startswith("VB") or not there.tag_.startswith("VB"):
            continue
        doers, undergoers = _members(word, people)
        their_doers, their_undergoers = _members(there, read.ground.cast.at)
        if (doers & their_undergoers) - their_doers or (
            undergoers & their_doers
        ) - their_undergoers - doers:
            return "direction"
    return None


def _people(read: ReadLine) -> dict[int, Member]:
    """Members of the cast by words of the line that name them elsewhere than the evidence does."""
    found: dict[int, Member] = {}
    for a, b in read.name_groups:
        text = " ".join(w.text for w in read.words[a:b])
        called = read.ground.members_called(text)
        if len(called) == 1 and not all(w.i in read.matches for w in read.words[a:b]):
            found.update(dict.fromkeys((w.i for w in read.words[a:b]), called[0]))
    return found


def _members(verb: Token, at: dict[int, Member]) -> tuple[set[Member], set[Member]]:
    """Who does what a verb says, and who undergoes it."""
    doers: set[Member] = set()
    undergoers: set[Member] = set()
    for part in verb.children:
        member = at.get(part.i) or next(
            (
                at[c.i]
                for c in part.children
                if c.dep_.startswith(("flat", "compound")) and c.i in at
            ),
            None,
        )
        if member is None:
            continue
        is_by = part.dep_ in _AGENT or any(c.lower_ == "by" for c in part.children)
        if part.dep_ in ("nsubj", "nsubj:outer") or is_by:
            doers.add(member)
        elif part.dep_ in _UNDERGOING:
            undergoers.add(member)
    return doers, undergoers


def _about_itself(read: ReadLine) -> Reason | None:
    """Whom the line gives as spoken about is not the statement's own source."""
    told = told_by(read) if read.line.about and read.line.speaker else []
    for name in read.line.about:
        if any(
            is_source(read, a, name) and not is_source(read, a, read.line.speaker or "")
            for _, a in told
        ):
            return "direction"
    return None
