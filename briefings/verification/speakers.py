"""Checks that whoever a line gives as the speaker is the one whose words its evidence has.

Rule: by the embedded engine's parse the statement that shares most words with the line is by that
member of the cast, named or resolved from a pronoun or noun, or by people of that state or body.
Where the parse finds no statement the speaker must be who acts in the evidence.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution
from briefings.verification.acting import acting_words, acts_in
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.sources import is_source
from briefings.verification.stems import stem

#: A statement with this share of the words of the one that fits best is as good.
_AS_GOOD = 0.35
#: A statement that shares less of a line's words is not the one the line tells.
_TOLD = 0.3
#: Of the words of a line that stand in others' statements alone at most this share may do so.
_BORROWED = 0.25
_FEWEST_BORROWED = 3
#: So many words of any sort are no chance either.
_FEWEST_WORDS = 5
#: A statement with more of a line's words is all that the line tells.
_WHOLLY = 0.85
#: A quotation goes on over so many sentences before who says it must be told again.
_GOES_ON = 4


def check_speaker(read: ReadLine) -> Reason | None:
    """The speaker is the source of the statement that the line tells."""
    if read.line.speaker is None:
        return None
    speaker = read.line.speaker
    told = told_by(read)
    if not told:
        is_theirs = acts_in(read, read.evidence, speaker) and not _gathers(read)
        return None if is_theirs or _goes_on(read, speaker) else "speaker"
    best = max(share for share, _ in told)
    fitting = [a for share, a in told if share >= _AS_GOOD * best]
    if not any(is_source(read, a, read.line.speaker) for a in fitting):
        is_told = best < _WHOLLY and _says_so_itself(read, read.line.speaker)
        return None if is_told and not _gathers(read) else "speaker"
    return "speaker" if _borrows(read) or _gathers(read) else None


def _says_so_itself(read: ReadLine, name: str) -> bool:
    """Whether the line keeps the evidence's own clause in which the speaker acts."""
    kept = set(read.matches.values())
    return any(word.i in kept for word in acting_words(read, read.evidence, name))


def _goes_on(read: ReadLine, name: str) -> bool:
    """Whether the evidence is all quotation that goes on from what somebody said just before."""
    reading = read.ground.reading
    first, *others = sorted(read.line.sentences)
    if not all(_is_all_quoted(reading, number) for number in (first, *others)):
        return False
    for number in range(first - 1, max(0, first - 1 - _GOES_ON), -1):
        statements = read.ground.statements_in((number,))
        if statements:
            return any(is_source(read, a, name) for a in statements)
        if not _is_all_quoted(reading, number):
            return False
    return False


def _is_all_quoted(reading: Reading, number: int) -> bool:
    sentence = reading.sents[number]
    words = [word for word in sentence if word.text[:1].isalnum()]
    return bool(words) and all(reading.is_quoted(word) for word in words)


def told_by(read: ReadLine) -> list[tuple[float, Attribution]]:
    """The statements of the evidence with the share of the line's words that each has."""
    ours = [word for word in read.content if read.match(word) is not None]
    if not ours:
        return []
    found = []
    for a in statements_in(read):
        there = read.ground.stems_said(a)
        share = sum(bool(stem(w.text) in there or _lemma(w) in there) for w in ours) / len(ours)
        if share >= _TOLD:
            found.append((share, a))
    return found


def _lemma(word: Token) -> str:
    return stem(word.lemma_)


def statements_in(read: ReadLine) -> list[Attribution]:
    """The statements whose cue, or whose content, stands in the sentences of the evidence."""
    return read.ground.statements_in(read.line.sentences)


def _content(a: Attribution) -> list[int]:
    return [i for first, last in a.content for i in range(first, last + 1)]


def own_content(read: ReadLine) -> set[int]:
    """Indexes of the words that the line's speaker says in the evidence, if any is found."""
    if read.line.speaker is None:
        return set()
    speaker = read.line.speaker
    return {i for _, a in told_by(read) if is_source(read, a, speaker) for i in _content(a)}


def _gathers(read: ReadLine) -> bool:
    """Whether a sentence that the line draws on is nothing the speaker says or does."""
    speaker = read.line.speaker or ""
    statements = statements_in(read)
    content, words = _drawn(read, read.content), _drawn(read, read.words)
    if len(content) < 2:  # noqa: PLR2004 - one sentence is its speaker's, or was stopped
        return False
    return any(
        (content[number] >= _FEWEST_BORROWED or count >= _FEWEST_WORDS)
        and not _is_own(read, number, speaker, statements)
        for number, count in words.items()
    )


def _drawn(read: ReadLine, words: list[Token]) -> Counter[int]:
    """How many of some words stand in each sentence; the headline's are told again below it."""
    reading = read.ground.reading
    found = (read.match(word) for word in words if word.text[:1].isalnum())
    return Counter(
        reading.sentence_number(there.i)
        for there in found
        if there is not None and reading.sentence_of(there.i).paragraph
    )


def _is_own(read: ReadLine, number: int, speaker: str, statements: list[Attribution]) -> bool:
    reading = read.ground.reading
    here = [
        a
        for a in statements
        if any(
            reading.sentence_number(i) <= number <= reading.sentence_number(j)
            for i, j in (a.cue, *a.content)
        )
    ]
    if any(is_source(read, a, speaker) for a in here):
        return True
    if not here and reading.is_quoted(reading.sents[number].start):
        return True
    return not here and acts_in(read, read.ground.words([number]), speaker)


def _borrows(read: ReadLine) -> bool:
    """Whether the line puts words into the speaker's mouth that only others say."""
    speaker = read.line.speaker or ""
    statements = statements_in(read)
    own = {
        i
        for a in statements
        if is_source(read, a, speaker)
        for i in (*_content(a), *range(a.cue[0], a.cue[1] + 1))
    }
    others = {i for a in statements if not is_source(read, a, speaker) for i in _content(a)} - own
    if not own:
        return False
    nested = {
        i
        for a in statements
        if not is_source(read, a, speaker) and set(_content(a)) & own
        for i in _content(a)
    }
    matched = [m.i for w in read.content if (m := read.match(w)) is not None]
    own_stems = {s for i in own for s in read.ground.stems(read.ground.reading.doc[i])}
    borrowed = [
        i
        for i in matched
        if i in others - nested and not read.ground.stems(read.ground.reading.doc[i]) & own_stems
    ]
    return len(borrowed) >= _FEWEST_BORROWED and len(borrowed) > _BORROWED * len(matched)
