"""Why a claim was proposed: its frame and cue, its speaker, its kind, and what carried it.

It reads a statement that was found; finding statements is for `claims` and `attributing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from briefings.evidence import Span
from briefings.explanation import Reason
from briefings.language import lexicon
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attributing import find_attributions
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.claims import Statement, find_statements
from briefings.summarizers.extractive.cues import (
    Cue,
    Frame,
    adjective_cue,
    content_kind,
    noun_cue,
    verb_cue,
)
from briefings.summarizers.extractive.members import Member
from briefings.summarizers.extractive.quoted import with_whole_quotations
from briefings.summarizers.extractive.speakers import Speakers
from briefings.summarizers.extractive.why.made import Made
from briefings.summarizers.extractive.why.people import why_meant
from briefings.summarizers.extractive.why.places import Entry, Place, reason

#: What each frame of an attribution is, and what finds it.
_FRAMES: dict[Frame, tuple[str, Place]] = {
    "say": ("a verb of saying with what is said", verb_cue),
    "act": ("a verb that is the statement, with what it is done to", verb_cue),
    "intend": ("a verb with what somebody means to do", verb_cue),
    "noun": ("a noun that carries a statement", noun_cue),
    "adjective": ("an adjective that carries a statement", adjective_cue),
    "phrase": ("“according to” and its like", find_attributions),
}
_CUES: dict[Frame, Callable[[Token], Cue | None]] = {
    "say": verb_cue,
    "act": verb_cue,
    "intend": verb_cue,
    "noun": noun_cue,
    "adjective": adjective_cue,
}


def why_claim(made: Made, statement: Statement) -> Iterator[Reason]:
    """The reasons for everything that a claim says of a statement."""
    reading, a = made.reading, statement.attribution
    cue = reading.span(*a.cue)
    told, place = _FRAMES[a.frame]
    places = (place, *_entry_of(reading, a))
    yield reason("line", f"{told} ({a.kind})", *places, words=[cue])
    yield _why_speaker(reading, statement)
    yield from _why_kind(reading, statement, cue)
    if len(a.content) > 1:
        parts = [reading.span(*bounds) for bounds in a.content]
        told = "in parts: the attribution splits it, or its quotation goes on"
        yield reason("content", told, with_whole_quotations, words=parts)
    yield from _why_via(reading, made.cast, statement)
    yield from _why_about(made, statement)


def _entry_of(reading: Reading, a: Attribution) -> list[Entry]:
    """The list of lexicons/cues.toml that holds the cue; none where no list does."""
    find = _CUES.get(a.frame)
    words = reading.doc[a.cue[0] : a.cue[1] + 1] if find else ()
    cues = [cue for word in words if find and (cue := find(word))]
    kinds = [kind for cue in cues if (kind := cue.kind_in(a.frame))]
    return [Entry("cues", f"{a.frame}.{kind}") for kind in kinds[:1]]


def _why_speaker(reading: Reading, s: Statement) -> Reason:
    """Who the source is, and where it stands to the cue."""
    a = s.attribution
    side = "after" if a.source[0] > a.cue[0] else "before"
    words = [reading.span(*a.source)]
    found = find_attributions if a.frame == "phrase" else Speakers.source_of
    place = reason("speaker", f"{side} the cue", found, words=words)
    if s.speaker is None:
        told = "nobody whom the article mentions as an actor"
        meant = reason("speaker", told, Speakers.can_speak, words=words)
    else:
        meant = why_meant(reading, s.speaker, a.source_head)
    rule = f"{place.rule}, {meant.rule}"
    return meant.model_copy(update={"rule": rule, "where": (*place.where, *meant.where)})


def _why_kind(reading: Reading, s: Statement, cue: Span) -> Iterator[Reason]:
    a = s.attribution
    if a.is_negated:
        yield reason("kind", f"{s.kind}: the cue is negated", find_attributions, words=[cue])
    elif s.kind == a.kind:
        return  # told with the cue
    elif found := _shifting_words(reading, s):
        told = f"{s.kind}: what is said makes it one"
        entry = Entry("cues", f"content.{s.kind}")
        yield reason("kind", told, content_kind, entry, words=found)
    else:
        yield reason("kind", f"{s.kind}: the act that it goes with", find_statements, words=[cue])


def _shifting_words(reading: Reading, s: Statement) -> list[Span]:
    """The words of the content that a pattern of its kind found."""
    patterns: list[str] = lexicon.load("cues")["content"].get(s.kind, [])
    for bounds in s.attribution.content:
        said = reading.span(*bounds)
        match = re.search("|".join(patterns) or "$", said.quote, re.IGNORECASE)
        if match and match[0].strip():
            start = said.start + match.start()
            return [Span.of(reading.text, start, said.start + match.end())]
    return []


def _why_via(reading: Reading, cast: Cast, s: Statement) -> Iterator[Reason]:
    if s.via is None:
        return
    numbers = set(s.sentences)
    media = (m for m in cast.members if m.is_media and m.name == s.via)
    mentions = (mention for m in media for mention in (*m.mentions, *m.passing))
    here = [m for m in mentions if reading.sentence_number(m.head) in numbers]
    words = [reading.span(m.first, m.last) for m in here]
    yield reason("via", f"{s.via} is named as who carried it", find_statements, words=words)


def _why_about(made: Made, s: Statement) -> Iterator[Reason]:
    """The actors that the content mentions, and which of them it is aimed at."""
    listed = [m for m in s.about if any(c.member is m for c in made.chosen)]
    places = [_first(made.cast, s.attribution, m) for m in listed]
    words = [made.reading.span(i, made.cast.last_of(i)) for i in places if i is not None]
    aimed = ", ".join(m.label for m in listed if m in s.aimed_at)
    told = f"mentioned in what is said; aimed at {aimed or 'none of them'}"
    if listed:
        yield reason("about", told, find_statements, words=words)


def _first(cast: Cast, a: Attribution, member: Member) -> int | None:
    """The first word of the content that mentions a member."""
    inside = (i for first, last in a.content for i in range(first, last + 1))
    return next((i for i in inside if cast.at.get(i) is member), None)
