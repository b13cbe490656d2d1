"""Tells whether a name is that of a statement's source: by word, by the cast, by its state or body.

It looks at who is named; whether a line may give the statement to them is for `speakers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.members import Member
from briefings.verification.proposed import ReadLine
from briefings.verification.stems import stem

_SMALL = (
    "the", "a", "an", "of", "for", "'s", "’s", "and", "who", "in", "at", "his", "her", "its",
    "their",
)  # fmt: skip
#: A pronoun means somebody who acts in one of so many sentences before, in the nearest that has
#: anybody it could mean.
_JUST = 3
_DEMONYMS = ("n", "an", "ian", "ns", "ians", "ese", "i", "ish")
#: Shorter openings of a name are many names'.
_FEWEST_LETTERS = 4


def is_source(read: ReadLine, a: Attribution, name: str) -> bool:
    """Whether a name is that of a statement's source, by word, by the cast or by its state."""
    doc = read.ground.reading.doc
    source = doc[a.source[0] : a.source[1] + 1]
    member = read.ground.cast.at.get(a.source_head)
    called = read.ground.members_called(name)
    meant = [*_explaining(read, doc[a.source_head]), *filter(None, (member,))]
    if any(m is c for m in meant for c in called) or _ends_in(read, source[-1], called):
        return True
    words = name_words(name)
    said = name_words(source.text)
    if words and words == said:
        return True
    if words and words <= said:
        return _fits(member, called) and _is_main(doc[a.source_head], words)
    if doc[a.source_head].tag_ == "PRP" and _is_just_named(read, a, called):
        return True
    if said <= words and said:
        return True
    return _is_of(read, name, a) or _is_described(member, source, words)


def name_words(name: str) -> set[str]:
    """The common forms of a name's words, titles and small words left out."""
    parts = name.replace("’", "'").replace("-", " ").replace(",", " ").split()
    return {stem(w) for w in parts if w.lower() not in _SMALL and not gazetteer.is_title(w)}


def _ends_in(read: ReadLine, last: Token, called: Sequence[Member]) -> bool:
    """Whether a source ends in somebody's name that hangs on nothing: "outside court Mrs Hale"."""
    member = read.ground.cast.at.get(last.i)
    if member is None or not any(member is c for c in called):
        return False
    first = last
    while first.dep_.startswith("flat") and first.head is not first:
        first = first.head
    return not first.dep_.startswith(("nmod", "obl")) and all(
        c.dep_ != "case" for c in first.children
    )


def _explaining(read: ReadLine, head: Token) -> list[Member]:
    """Whoever an apposition names the source by, and whose body or people the source is."""
    return [m for word in _named_beside(head) if (m := read.ground.member_at(word.i)) is not None]


def _named_beside(head: Token) -> Iterator[Token]:
    is_speaking = head.lemma_.lower() in listed("verification.speaking_for", "heads")
    for word in head.children:
        kind = word.dep_.partition(":")[0]
        is_at = any(c.dep_ == "case" and c.lower_ in ("at", "from", "with") for c in word.children)
        if (
            kind == "appos"
            or (kind == "nmod" and is_at)
            or (is_speaking and kind in ("amod", "nmod", "compound"))
        ):
            yield word
        elif word.lemma_.lower() in listed("verification.speaking_for", "doings"):
            # "A study published by researchers at X", "the dissenters, led by X".
            for part in word.children:
                if any(c.lower_ == "by" for c in part.children):
                    yield part
                    yield from _named_beside(part)


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
    """Whether who is meant by a pronoun acts in a sentence shortly before, gender allowing."""
    number = read.ground.reading.sentence_number(a.source_head)
    pronoun = read.ground.reading.doc[a.source_head].lower_
    gender = {"he": "m", "she": "f"}.get(pronoun)
    for before in range(number - 1, max(0, number - 1 - _JUST), -1):
        could_be = [
            member
            for word in read.ground.words([before])
            if (member := read.ground.cast.at.get(word.i)) is not None
            and word.dep_.startswith("nsubj")
            and (gender is None or _is_person(member, gender))
        ]
        if could_be:
            return any(m is c for m in could_be for c in called)
    return False


def _is_person(member: Member, gender: str) -> bool:
    return member.is_named and member.type == "person" and member.gender in (None, gender)


def _is_of(read: ReadLine, name: str, a: Attribution) -> bool:
    """Whether the source is people of a state: "Egypt" for "Egyptian officials"."""
    words = read.ground.reading.doc[a.source[0] : a.source[1] + 1]
    known = gazetteer.lookup(name)
    if known is None:
        is_speaking = words[-1].lemma_.lower() in listed("verification.speaking_for", "heads")
        return is_speaking and any(_is_demonym(w.text, name) for w in words)
    if known.kind != "state":
        return False
    return any(
        (k := gazetteer.lookup(w.text)) is not None and k.state == known.state and k.kind == "state"
        for w in words
    )


def _is_demonym(word: str, name: str) -> bool:
    """Whether a word is made of the name of a place that no list has."""
    root = name.rstrip("aeiouy")
    is_made = word.startswith(root) and word.endswith(_DEMONYMS) and word[:1].isupper()
    return is_made and len(root) >= _FEWEST_LETTERS and " " not in name


def _is_described(member: Member | None, source: Span, words: set[str]) -> bool:
    """Whether the source is what a name calls its bearer: "the government" for a state's own.

    Or somebody brought in with "a" whom the article names by that noun later.
    """
    if member is None or member.is_named:
        return False
    if any(forms and forms <= words for forms in map(name_words, member.forms())):
        return True
    return source[0].lower_ in ("a", "an") and stem(source[-1].text) in words
