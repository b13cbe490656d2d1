"""Finds the clause that a word belongs to, by the parse: a subject with its finite verb.

It gives places only, shortens nothing and judges no importance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.summarizers.extractive.draft import FINITE, Cut

#: What joins a clause to another and is none of its own words.
_JOINTS = ("mark", "cc", "punct", "discourse", "cc:preconj")
#: A plain past is easily tagged as a participle.
_PAST = (*FINITE, "VBN")
_RELATIVES = ("WDT", "WP")
#: What a clause that stands alone never opens with, once its joint is off: "where", "whose".
_QUESTIONING = ("WDT", "WP", "WP$", "WRB")
#: Those stand among so many words: "two of whom".
_OPENING = 3
#: A clause behind these only measures the one it hangs on: "more than they met in 2006".
_MEASURING = ("than", "as")
_OUTER = (",", ";", ":", "--", "-", "–", "—", "”", "''", '"')


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` to `last` without `gone`: a subject and what is said of it.

    `head` is the word that the clause hangs on: a verb, or what "is" links to the subject.
    """

    head: Token
    first: int
    last: int
    gone: tuple[Cut, ...] = ()

    def covers(self, first: int, last: int) -> bool:
        """Whether words `first` to `last` stand in it."""
        return self.first <= first and last <= self.last

    def widened(self, first: int, last: int) -> Clause:
        """The same with words `first` to `last` in it, where the parse left out a part of them."""
        return replace(self, first=min(self.first, first), last=max(self.last, last))


def clause_of(word: Token) -> Clause | None:
    """The smallest clause with a word in it that can stand alone; None where there is none.

    A relative clause stands with what it is about in the place of "who" or "which"; the second of
    two verbs stands with the subject they share. A condition never stands alone.
    """
    for head in (word, *word.ancestors):
        if is_finite(head) and (clause := _clause_at(head, word)) is not None:
            return clause
    return None


def _clause_at(head: Token, word: Token) -> Clause | None:
    """The clause that hangs on a verb, if it can stand alone."""
    if _is_bound(head):
        return None
    subject = subject_of(head)
    if subject is None:
        shared = _shared_subject(head)
        clause = _joined(head, shared, word) if shared is not None else None
    elif subject.tag_ in _RELATIVES or subject.lower_ == "that":
        is_own = head.dep_ == "acl:relcl" and subject.i < head.i and word.i > subject.i
        clause = _relative(head, subject, word) if is_own else None
    else:
        clause = None if head.dep_.endswith("relcl") else _plain(head, subject, word)
    return None if clause is None or _asks(clause, subject) else clause


def _asks(clause: Clause, subject: Token | None) -> bool:
    """Whether it opens with a word for what stands before it: "of whom 128", "whose budget"."""
    gone = {i for start, stop in clause.gone for i in range(start, stop)}
    opening = clause.head.doc[clause.first : clause.first + _OPENING]
    return any(
        w.tag_ in _QUESTIONING and w.head in (clause.head, subject)
        for w in opening
        if w.i not in gone
    )


def _is_bound(head: Token) -> bool:
    """Whether it says under what condition, or how much more, another holds, or what a view is."""
    if head.head.tag_.startswith("NN") and head.dep_ in ("acl", "ccomp"):
        return True  # "doubts the view that prices rise" does not say that they rise
    conditions = listed("shorten", "conditions")
    marks = (c.lower_ for c in head.lefts if c.dep_ in ("mark", "advmod"))
    return any(m in _MEASURING or m in conditions - {"not", "no", "never", "only"} for m in marks)


def subject_of(head: Token) -> Token | None:
    """The subject of a clause, "there" and an empty "it" too, by the word that it hangs on."""
    return next(
        (c for c in head.children if c.dep_.startswith(("nsubj", "csubj")) or c.dep_ == "expl"),
        None,
    )


def is_finite(head: Token) -> bool:
    """Whether a word is, or is linked by, a verb in a tense: no "to go", no bare participle."""
    if head.tag_ in FINITE:
        return True
    if any(c.tag_ in FINITE and c.dep_.startswith(("aux", "cop")) for c in head.children):
        return True
    # As in "voters withheld support", tagged as a participle.
    children = [c.dep_ for c in head.children]
    is_past = head.tag_ == "VBN" and head.dep_ in ("ROOT", "ccomp", "conj")
    return is_past and "nsubj" in children and not any(d.startswith("aux") for d in children)


def _plain(head: Token, subject: Token, word: Token) -> Clause | None:
    """A clause as it stands; inside a sentence it opens with its subject."""
    first, last = _bounds(head, word)
    start = subject.left_edge.i
    before = head.doc[head.sent.start : first]
    if start <= min(head.i, word.i) and not all(w.is_punct or w.tag_ == "CC" for w in before):
        if any(w.tag_ in _QUESTIONING and w.head in (head, subject) for w in head.doc[first:start]):
            return None
        first = max(first, start)
    return Clause(head, first, last)


def _joined(head: Token, subject: Token, word: Token) -> Clause | None:
    """The subject that two verbs share, with the second of them; no noun stands before that."""
    first, last = _bounds(head, word)
    stop = _end_of_name(subject, first)
    is_name = subject.dep_.startswith("nsubj") and subject.tag_ not in _RELATIVES
    parted = any(w.text in (":", ";") for w in head.doc[subject.i : first])
    if (
        not is_name
        or parted
        or _may_share_passive(head)
        or any(w.tag_.startswith("NN") for w in head.doc[first : head.i])
    ):
        return None
    return Clause(head, _start_of_name(subject), last, ((stop + 1, first),))


def _may_share_passive(head: Token) -> bool:
    """Whether "was" may be left out before it: "had been arrested and fined $100"."""
    first = head
    while first.dep_ == "conj" and subject_of(first) is None:
        first = first.head
    is_passive = any(c.dep_ == "aux:pass" for c in first.children)
    is_own = any(c.dep_.startswith(("aux", "cop")) for c in head.children)
    return is_passive and not is_own and head.lower_.endswith("ed")


def _relative(head: Token, pronoun: Token, word: Token) -> Clause | None:
    """What a relative clause is about, with the rest of it: "The plan", "passed on Friday"."""
    about = head.head
    if about.dep_ == "appos" and any(c.lower_ in ("a", "an") for c in about.lefts):
        about = about.head  # "AIOVA, a group that represents": the name tells more than "a group"
    _, last = _bounds(head, word)
    stop = _end_of_name(about, head.left_edge.i)
    last = min(last, _end_of_aside(head, pronoun, last))
    runs_on = word.i > last or any(c.dep_ == "conj" and c.is_ancestor(word) for c in head.children)
    is_name = about.tag_.startswith("NN") and subject_of(about) is None
    if not is_name or pronoun.i <= stop or runs_on:
        return None
    return Clause(head, _start_of_name(about), last, ((stop + 1, pronoun.i + 1),))


def _end_of_aside(head: Token, pronoun: Token, last: int) -> int:
    """Where a relative clause ends, whatever the parse says: at the comma that answers its own.

    One that no comma opens ends before a verb behind a comma: that is the outer clause's.
    """
    doc = head.doc
    is_aside = doc[pronoun.i - 1].text in (",", "-", "--", "–", "—")
    for i in range(max(pronoun.i, head.i) + 1, last + 1):
        if doc[i].text == "," and (is_aside or doc[i + 1].tag_ in _PAST):
            return i - 1
    return last


def _start_of_name(noun: Token) -> int:
    """The first word of a noun with what stands before it; a preposition is no part of it."""
    joints = ("case", "punct", "cc", "mark")
    lefts = [c.left_edge.i for c in noun.lefts if c.dep_ not in joints and c.tag_ != "IN"]
    return min([noun.i, *lefts])


def _end_of_name(noun: Token, before: int) -> int:
    """The last word of a noun with what describes it, clauses and what stands aside left out."""
    last = noun.i
    for child in noun.rights:
        if child.dep_ not in ("nmod", "flat", "compound", "nmod:unmarked", "nmod:desc"):
            break
        if child.right_edge.i >= before or child.left_edge.i != last + 1:
            break
        last = child.right_edge.i
    return last


def _shared_subject(head: Token) -> Token | None:
    """The subject of the verb that this one is joined to by "and"."""
    first = head
    while first.dep_ == "conj" and subject_of(first) is None:
        first = first.head
    if first == head or not is_finite(first) or first.dep_.endswith("relcl"):
        return None
    return subject_of(first)


def _bounds(head: Token, word: Token) -> tuple[int, int]:
    """First and last word of a clause; joints, and clauses joined to it, are left out at its ends.

    What holds `word` stays.
    """
    kept = [head, *_own_children(head, word)]
    first = min(child.left_edge.i if child != head else head.i for child in kept)
    last = max(child.right_edge.i if child != head else head.i for child in kept)
    joints = [c.i for c in head.lefts if c.dep_ in ("mark", "cc") and not _goes_with_verb(c)]
    first = max(first, *(i + 1 for i in joints)) if joints else first
    while last > word.i and head.doc[last].text in _OUTER:
        last -= 1
    while (
        last + 2 < head.sent.end
        and head.doc[last + 1].text == "-"
        and not head.doc[last].whitespace_
    ):
        last += 2  # half a compound that the parse has cut
    return first, last


def _goes_with_verb(joint: Token) -> bool:
    """Whether a mark is the "to" of an infinitive."""
    return joint.tag_ == "TO"


def _own_children(head: Token, word: Token) -> Iterator[Token]:
    for child in head.children:
        holds = child == word or child.is_ancestor(word)
        is_clause = child.dep_ in ("conj", "parataxis", "list")
        if holds or not (is_clause or child.dep_ in _JOINTS):
            yield child
