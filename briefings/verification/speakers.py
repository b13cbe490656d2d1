"""Checks that whoever a line gives as the speaker is the one whose words its evidence has.

Rule: by the embedded engine's parse the statement that shares most words with the line is by that
member of the cast, named or resolved from a pronoun or noun, or by people of that state or body.
Where the parse finds no statement the speaker must be who acts in the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.members import Member
from briefings.verification.line import Reason
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import stem

#: A statement with this share of the words of the one that fits best is as good.
_AS_GOOD = 0.35
#: A statement that shares less of a line's words is not the one the line tells.
_TOLD = 0.3
#: Of the words of a line that stand in others' statements alone at most this share may do so.
_BORROWED = 0.25
_FEWEST_BORROWED = 3
#: A statement with more of a line's words is all that the line tells.
_WHOLLY = 0.85
_BY = ("by", "from", "including", "among")
_ACTING = ("nsubj", "obl:agent")
_OF_NAME = ("flat", "compound", "appos", "conj")
#: The words of a name stand so near.
_NEAR = 6
_SMALL = (
    "the",
    "a",
    "an",
    "of",
    "for",
    "'s",
    "’s",
    "and",
    "who",
    "in",
    "at",
    "his",
    "her",
    "its",
    "their",
)


def check_speaker(read: ReadLine) -> Reason | None:
    """The speaker is the source of the statement that the line tells."""
    if read.line.speaker is None:
        return None
    told = told_by(read)
    if not told:
        return None if _acts_there(read, read.line.speaker) and not _gathers(read) else "speaker"
    best = max(share for share, _ in told)
    fitting = [a for share, a in told if share >= _AS_GOOD * best]
    if not any(is_source(read, a, read.line.speaker) for a in fitting):
        is_told = best < _WHOLLY and _says_so_itself(read, read.line.speaker)
        return None if is_told and not _gathers(read) else "speaker"
    return "speaker" if _borrows(read) or _gathers(read) else None


def _says_so_itself(read: ReadLine, name: str) -> bool:
    """Whether the line keeps the evidence's own clause in which the speaker acts."""
    kept = set(read.matches.values())
    return any(word.i in kept for word in _acting_words(read, name))


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


def is_source(read: ReadLine, a: Attribution, name: str) -> bool:
    """Whether a name is that of a statement's source, by word, by the cast or by its state."""
    doc = read.ground.reading.doc
    source = doc[a.source[0] : a.source[1] + 1]
    member = read.ground.cast.at.get(a.source_head)
    called = read.ground.members_called(name)
    meant = [*_explaining(read, a), *filter(None, (member,))]
    if any(m is c for m in meant for c in called):
        return True
    words = {stem(w) for w in _words(name)}
    said = {stem(w) for w in _words(source.text)}
    if words and words == said:
        return True
    if words and words <= said:
        return _fits(member, called) and _is_main(doc[a.source_head], words)
    if doc[a.source_head].tag_ == "PRP" and _is_just_named(read, a, called):
        return True
    if words and said <= words and said:
        return True
    return _is_of(read, name, a)


def _explaining(read: ReadLine, a: Attribution) -> list[Member]:
    """Whoever an apposition names the source by, and whose body or people the source is."""
    head = read.ground.reading.doc[a.source_head]
    words = [c for c in head.children if c.dep_ == "appos"]
    if head.lemma_.lower() in listed("verification.speaking_for", "heads"):
        words += [c for c in head.children if c.dep_.startswith(("amod", "nmod"))]
    return [m for c in words if (m := read.ground.member_at(c.i)) is not None]


def _fits(member: Member | None, called: Sequence[Member]) -> bool:
    """Words of a source can be another's name inside it: "Egypt" in "critics of Egypt"."""
    return member is None or not called or any(m is member for m in called) or not member.is_named


def _is_main(head: Token, words: set[str]) -> bool:
    """Whether words name the source and not whose it is: no "Hale" for "Hale's lawyer"."""
    if stem(head.text) in words or head.lemma_.lower() in listed(
        "verification.speaking_for", "heads"
    ):
        return True
    near = (c for c in head.children if c.dep_.startswith(("compound", "flat", "appos", "amod")))
    return any(stem(w.text) in words for w in near)


def _is_just_named(read: ReadLine, a: Attribution, called: Sequence[Member]) -> bool:
    """Whether who is meant by a pronoun acts in the sentence before, gender allowing."""
    reading = read.ground.reading
    pronoun = reading.doc[a.source_head].lower_
    number = reading.sentence_number(a.source_head) - 1
    gender = {"he": "m", "she": "f"}.get(pronoun)
    for word in read.ground.words([number]) if number > 0 else ():
        member = read.ground.cast.at.get(word.i)
        if (
            member is None
            or not any(m is member for m in called)
            or not word.dep_.startswith("nsubj")
        ):
            continue
        if gender is None or member.gender in (None, gender):
            return True
    return False


def _is_of(read: ReadLine, name: str, a: Attribution) -> bool:
    """Whether the source is people of a state: "Egypt" for "Egyptian officials"."""
    known = gazetteer.lookup(name)
    if known is None or known.kind != "state":
        return False
    words = read.ground.reading.doc[a.source[0] : a.source[1] + 1]
    return any(
        (k := gazetteer.lookup(w.text)) is not None and k.state == known.state and k.kind == "state"
        for w in words
    )


def _words(name: str) -> list[str]:
    parts = name.replace("’", "'").replace("-", " ").replace(",", " ").split()
    return [w for w in parts if w.lower() not in _SMALL and not gazetteer.is_title(w)]


def _acts_there(read: ReadLine, name: str) -> bool:
    """Whether the speaker, by the cast or by word, is who acts in the evidence."""
    return any(True for _ in _acting_words(read, name))


def _acting_words(read: ReadLine, name: str) -> Iterator[Token]:
    called = read.ground.members_called(name)
    words = {stem(w) for w in _words(name)}
    for word in read.evidence:
        member = read.ground.member_at(word.i)
        is_meant = member is not None and any(m is member for m in called)
        if (is_meant or stem(word.text) in words) and _is_acting(word):
            near = {stem(w.text) for w in word.doc[max(0, word.i - _NEAR) : word.i + _NEAR]}
            if is_meant or words <= near:
                yield word


def _is_acting(word: Token) -> bool:
    """Whether a word is, or belongs to the name of, who does something."""
    while word.head is not word and (word.dep_.startswith(_OF_NAME) or _is_body_of(word)):
        word = word.head
    if word.dep_ == "ROOT" and not word.tag_.startswith("VB"):
        return True  # the parse took who acts for the sentence
    marks = {c.lower_ for c in word.children if c.dep_ == "case"}
    is_by = word.dep_.startswith(("obl", "nmod")) and bool(marks & set(_BY))
    is_according = word.i > 1 and any(
        c.nbor(-1).lower_ == "according" for c in word.subtree if c.lower_ == "to" and c.i > 0
    )
    return word.dep_.startswith(_ACTING) or is_by or is_according


def _is_body_of(word: Token) -> bool:
    """Whether a name is that of what it hangs on: "the village of X", "X's government"."""
    is_hanging = word.dep_.startswith("nmod")
    return is_hanging and word.head.lemma_.lower() in listed("verification.speaking_for", "heads")


def _gathers(read: ReadLine) -> bool:
    """Whether a sentence that the line draws on is nothing the speaker says or does."""
    speaker = read.line.speaker or ""
    statements = statements_in(read)
    drawn: dict[int, int] = {}
    for word in read.content:
        there = read.match(word)
        if there is not None:
            number = read.ground.reading.sentence_number(there.i)
            drawn[number] = drawn.get(number, 0) + 1
    if len(drawn) < 2:  # noqa: PLR2004 - one sentence is its speaker's, or was stopped
        return False
    return any(
        count >= _FEWEST_BORROWED and not _is_own(read, number, speaker, statements)
        for number, count in drawn.items()
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
    one = replace(read, evidence=read.ground.words([number]))
    return not here and _acts_there(one, speaker)


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
