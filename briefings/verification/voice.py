"""Checks that the briefing says nothing in its own voice that the article only attributes.

A line in the briefing's voice that rests on what somebody says must tell so: by the speaker's name,
by a word of saying, or by doubt. What is done by saying, such as a decision, is a fact.
"""

from __future__ import annotations

from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cues import verb_cue
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.scope import any_of
from briefings.verification.speakers import statements_in

#: This share of a line's words inside one statement makes the line that statement.
_MOSTLY = 0.75


def check_voice(read: ReadLine) -> Reason | None:
    """A line without a speaker is not what one speaker asserts."""
    if read.line.speaker is not None or read.line.is_position:
        return None
    if not any(w.tag_.startswith("VB") or w.dep_ == "ccomp" for w in read.words):
        return None  # a phrase asserts nothing
    matched = [m.i for w in read.content if (m := read.match(w)) is not None]
    if _is_aside(read, matched) or _says_unknown(read):
        return None
    for a in statements_in(read):
        inside = [i for i in matched if _holds(a, i)]
        is_it = matched and len(inside) >= _MOSTLY * len(matched) and _is_assertion(read, a)
        if is_it and not _tells_so(read, a):
            return "voice"
    return None


def _is_aside(read: ReadLine, matched: list[int]) -> bool:
    """Whether a line is what the writer adds of somebody named: "X, who lives in exile, …"."""
    doc = read.ground.reading.doc
    for word in (doc[i] for i in matched if doc[i].dep_ == "acl:relcl"):
        first = word.left_edge.i
        if "," in (doc[first].text, doc[first - 1].text):
            before = {w.i for w in word.head.subtree if w.i < first}
            return set(matched) <= before | {w.i for w in word.subtree}
    return False


def _says_unknown(read: ReadLine) -> bool:
    """Whether a line says no more than that something is not known: "It was not clear whether"."""
    root = next((w for w in read.words if w.lower_ in listed("verification.voice", "open")), None)
    return root is not None and any(c.lower_ == "it" for c in root.children)


def _holds(a: Attribution, i: int) -> bool:
    return any(first <= i <= last for first, last in a.content)


def _tells_so(read: ReadLine, a: Attribution) -> bool:
    """Whether a word of saying or doubt in the line is none of the words said."""
    telling = (
        w for w in read.words if w.lower_ in listed("verification.voice", "words") or verb_cue(w)
    )
    doubting = (w for w in read.words if any_of((w,), "alleged"))
    return any((m := read.match(w)) is None or not _holds(a, m.i) for w in (*telling, *doubting))


def _is_assertion(read: ReadLine, a: Attribution) -> bool:
    """Whether a source says the content rather than does it by saying it, or means to."""
    cue = read.ground.reading.doc[a.cue[0]].lemma_.lower()
    source = read.ground.cast.at.get(a.source_head)
    if a.frame == "phrase" and source is not None and source.is_media:
        return False  # an outlet's report is carried by it, and no party's word
    is_deed = a.kind == "decide" or cue in listed("verification.voice", "deeds")
    return not is_deed and a.frame != "intend"
