"""The claims: each attribution as a line with its speaker, verb, content and the outlet it came by.

Only what somebody in the story says; what an outlet reports in its own name is the article.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefings.briefing import Claim, ClaimKind
from briefings.evidence import Span
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution, Range, find_attributions
from briefings.summarizers.extractive.cast import Cast, Member
from briefings.summarizers.extractive.cues import content_kind

_REPORTING_NOUNS = ("report", "article", "story", "interview")


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker known: what a Claim is made of, and what other sections use."""

    attribution: Attribution
    speaker: Member | None
    speaker_text: str
    kind: ClaimKind
    about: tuple[Member, ...]
    via: str | None
    sentences: tuple[int, ...]


def find_statements(reading: Reading, cast: Cast) -> tuple[Statement, ...]:
    """Every statement by somebody in the story, in order."""
    attributions = find_attributions(reading, cast)
    carried = _carriers(reading, cast, attributions)
    found = []
    for a in attributions:
        speaker = cast.at.get(a.source_head)
        if speaker is not None and (speaker.is_media or speaker.is_thing or speaker.is_place):
            continue
        if speaker is None and reading.doc[a.source_head].tag_ == "PRP":
            continue  # a pronoun that nobody in the story answers to
        found.append(_statement(reading, cast, a, speaker, carried))
    return tuple(found)


def _statement(
    reading: Reading, cast: Cast, a: Attribution, speaker: Member | None, carried: dict[int, str]
) -> Statement:
    text = content_text(reading, a)
    kind = a.kind if a.frame == "act" else content_kind(text, a.kind)
    about = tuple(
        dict.fromkeys(
            member
            for first, last in a.content
            for member in cast.member_in(first, last)
            if member is not speaker and not (member.is_place or member.is_thing or member.is_media)
        )
    )
    sentences = {reading.sentence_number(i) for first, last in a.content for i in (first, last)}
    sentences.add(reading.sentence_number(a.cue[0]))
    via = next((carried[n] for n in sorted(sentences) if n in carried), None)
    source = reading.span(*a.source).quote
    return Statement(a, speaker, source, kind, about, via, tuple(sorted(sentences)))


def content_text(reading: Reading, a: Attribution) -> str:
    """The content in the article's words; parts that the attribution splits are joined by " … "."""
    parts = [reading.span(first, last).quote for first, last in _merged(reading, a.content)]
    return " … ".join(parts)


def _merged(reading: Reading, ranges: tuple[Range, ...]) -> list[Range]:
    """Ranges that follow one another without a word between them, joined."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and (first <= out[-1][1] + 1 or _only_marks(reading, out[-1][1] + 1, first)):
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _only_marks(reading: Reading, first: int, last: int) -> bool:
    return all(word.is_punct for word in reading.doc[first:last])


def _carriers(
    reading: Reading, cast: Cast, attributions: tuple[Attribution, ...]
) -> dict[int, str]:
    """Sentences that an outlet carried: "…, the Haaretz daily reported", "According to Ynet"."""
    carried: dict[int, str] = {}
    for a in attributions:
        member = cast.at.get(a.source_head)
        if member is not None and member.is_media:
            for first, last in a.content:
                for i in (first, last):
                    carried.setdefault(reading.sentence_number(i), member.name)
    for member in cast.members:
        if not member.is_media:
            continue
        for mention in (*member.mentions, *member.passing):
            beside = reading.doc[mention.last + 1 : mention.last + 3]
            before = reading.doc[max(0, mention.first - 6) : mention.first]
            number = reading.sentence_number(mention.head)
            if any(w.lemma_ in _REPORTING_NOUNS for w in beside) or any(w.lemma_ == "tell" for w in before):
                carried.setdefault(number, member.name)
    return carried


def to_claim(reading: Reading, statement: Statement, ids: dict[int, str]) -> Claim:
    """A Claim of the briefing; `ids` maps the numbers of chosen members to actor ids."""
    a = statement.attribution
    text = content_text(reading, a)
    speaker = statement.speaker
    name = statement.speaker_text
    if speaker is not None and reading.doc[a.source_head].tag_ == "PRP":
        name = speaker.name
    return Claim(
        speaker=ids.get(speaker.number) if speaker else None,
        speaker_text=name,
        kind=statement.kind,
        verb=reading.span(*a.cue).quote,
        text=text,
        quoted=is_quoted(text),
        via=statement.via,
        about=tuple(ids[m.number] for m in statement.about if m.number in ids),
        evidence=evidence_of(reading, a),
    )


def is_quoted(text: str) -> bool:
    """Whether the content is a quotation, or is carried by one."""
    return any(mark in text for mark in ("“", '"', "``", "''", "«", "„"))


def evidence_of(reading: Reading, a: Attribution) -> tuple[Span, ...]:
    """The exact words from source to content; one span for each sentence."""
    ranges = sorted({a.source, a.cue, *a.content})
    spans = []
    by_sentence: dict[int, list[int]] = {}
    for first, last in ranges:
        for n in range(reading.sentence_number(first), reading.sentence_number(last) + 1):
            sent = reading.sents[n]
            by_sentence.setdefault(n, []).extend((max(first, sent.start), min(last, sent.end - 1)))
    for n in sorted(by_sentence):
        spans.append(reading.span(min(by_sentence[n]), max(by_sentence[n])))
    return tuple(spans)


def is_document(word: str) -> bool:
    return word in listed("cues.documents", "words")
