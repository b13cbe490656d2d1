"""Finds the clauses that could name what a dispute is about: "to close two schools".

What is decided or refused opens with "whether", and so does what one says and another denies. Which
clause is taken, if any, is decided in `issue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.clauses import subject_of
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.issue_phrases import (
    BREAKING_MARKS,
    Matter,
    Range,
    ends_of,
    lead_numbers,
    tells,
)

#: What leads from an accusation or a warning to the deed.
_CHARGED_WITH = ("of", "against", "for", "with")
#: Tags of words that open something and so close nothing: "holding back the river as".
_OPENING = ("IN", "TO", "CC", "DT")
_NEEDED = ("obj", "obl", "xcomp", "ccomp", "iobj")
_CLAUSE_RELATIONS = ("xcomp", "advcl", "acl", "ccomp")
#: "It" and its like, which a headline's subject may stand for.
_ITSELF = ("it", "he", "she", "they")
# All numbers here were set by hand on the development articles.
#: Clauses are looked for in the headline and so many sentences, are worth so much beside phrases
#: and have at most so many words.
_LAST_CLAUSES, _CLAUSE, _LONGEST_CLAUSE = 2, 1.3, 18
#: What one side says happened and another denies is worth so much.
_IN_QUESTION = 1.2
#: A law of the lead with its whole clause is worth so much beside other clauses.
_LAW = 1.0


def find_clauses(reading: Reading) -> Iterator[Matter]:
    """What headline or lead say somebody decides, is accused of, or says happened."""
    for number in lead_numbers(reading, _LAST_CLAUSES):
        for verb in reading.sents[number]:
            yield from _of_deeds(reading, verb)
            if number == 0:
                yield from _in_question(reading, verb)
                yield from _of_law_named(reading, verb)
            yield from _of_law_told(reading, verb)


def _of_deeds(reading: Reading, verb: Token) -> Iterator[Matter]:
    first = _clause_start(reading, verb)
    if first is None:
        return
    opening = "whether" if verb.doc[first].tag_ == "TO" else ""
    for ranges in _clause_ranges(verb, first):
        length = sum(b - a + 1 for a, b in ranges)
        is_clear = not any(_is_unclear(reading, bounds) for bounds in ranges)
        if length <= _LONGEST_CLAUSE and is_clear:
            yield Matter(ranges, _CLAUSE, opening)


def _clause_start(reading: Reading, verb: Token) -> int | None:
    """Where a clause that names a matter begins, at "to" or the participle; None for any other."""
    if verb.text[:1].isupper() or reading.is_quoted(verb) or verb.dep_ not in _CLAUSE_RELATIONS:
        return None
    if not any(c.dep_ == "obj" and c.i > verb.i for c in verb.rights):
        return None
    lemma = verb.head.lemma_.lower()
    if verb.lemma_.lower() in listed("dispute", "light"):
        return None
    deciding = listed("dispute", "deciding")
    if verb.tag_ == "VB" and verb.i > 1 and verb.nbor(-1).lower_ == "to":
        is_decided = lemma in deciding or verb.nbor(-2).lemma_.lower() in deciding
        return verb.i - 1 if is_decided else None
    is_of = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ in _CHARGED_WITH
    return verb.i if is_of and lemma in listed("dispute", "accusing") else None


def _clause_ranges(verb: Token, first: int) -> Iterator[tuple[Range, ...]]:
    """The clause up to where it may close: behind all that the verb needs.

    What is said of its object between commas is left out: "to hold X, a former aide, in contempt".
    """
    done: list[Range] = []
    start, last = first, verb.i
    for child in verb.rights:
        if child.dep_ in ("punct", "cc", "conj", "parataxis", "advcl", "obl:unmarked"):
            break
        # The comma that closes an aside may be read into what follows.
        if child.left_edge.i not in (last + 1, start - 1):
            return
        ends = ends_of(child) if child.tag_.startswith("NN") else [child.right_edge.i]
        last = ends[-1]
        if last != child.right_edge.i and last + 1 < len(verb.doc):
            following = [c for c in verb.rights if c.i > child.i and c.dep_ in _NEEDED]
            if following and not _is_between_commas(last + 1, child):
                return
            if not following:
                break
            done.append((start, last))
            last = child.right_edge.i + (verb.doc[child.right_edge.i].text != ",")
            start = last + 1
    while verb.doc[last].tag_ in _OPENING:
        last -= 1
    if last > verb.i:
        yield (*done, (start, last))


def _is_between_commas(first: int, noun: Token) -> bool:
    """Whether what follows the noun's own phrase is an aside: ", a former aide to him,"."""
    doc, last = noun.doc, noun.right_edge.i
    closes = doc[last].text == "," or (last + 1 < len(doc) and doc[last + 1].text == ",")
    return doc[first].text == "," and closes and last > first


def _in_question(reading: Reading, verb: Token) -> Iterator[Matter]:
    """What a headline says somebody denies, believes or alleges: "denies it gave X a loan"."""
    if not {verb.lemma_.lower(), verb.lower_} & listed("dispute", "questioned"):
        return
    # A headline's clause is easily taken for one of a noun.
    clauses = (c for c in verb.rights if c.dep_ in ("ccomp", "acl:relcl") and c.tag_[:2] == "VB")
    clause = next(clauses, None)
    subject = subject_of(clause) if clause is not None else None
    if clause is None or subject is None or subject.i < verb.i or reading.is_quoted(clause):
        return
    last = _end_of_headline(reading, clause)
    ranges: tuple[Range, ...] = ((subject.left_edge.i, last),)
    if subject.lower_ in _ITSELF:
        start = reading.sents[0].start
        holder = verb.doc[start : verb.i]
        if not len(holder) or any(word.tag_ not in ("NNP", "NNPS") for word in holder):
            return
        ranges = ((start, verb.i - 1), (subject.i + 1, last))
    length = sum(b - a + 1 for a, b in ranges)
    if length <= _LONGEST_CLAUSE and not any(_is_loose(reading, x) for x in ranges):
        yield Matter(ranges, _IN_QUESTION, "whether")


def _of_law_named(reading: Reading, word: Token) -> Iterator[Matter]:
    """A law of a headline with what it does: "bill making it a crime to camp"."""
    title = reading.sents[0]
    if word.i + 1 >= title.end or word.lemma_.lower() not in listed("dispute", "laws"):
        return
    if word.nbor(1).tag_ != "VBG" or (word.i > title.start and word.nbor(-1).lower_ == "to"):
        return
    bounds = (word.i, _end_of_headline(reading, word))
    if bounds[1] - bounds[0] < _LONGEST_CLAUSE and not _is_loose(reading, bounds):
        yield Matter((bounds,), _IN_QUESTION, "")


def _of_law_told(reading: Reading, word: Token) -> Iterator[Matter]:
    """A law of the lead with what it does: "law that let cities ban camping"."""
    if word.lemma_.lower() not in listed("dispute", "laws") or not word.tag_.startswith("NN"):
        return
    clause = next((c for c in word.rights if c.dep_ == "acl:relcl"), None)
    if clause is None or clause.left_edge.i != word.i + 1 or word.nbor(1).lower_ != "that":
        return
    behind = word.doc[clause.i : clause.right_edge.i + 1]
    last = next((w.i - 1 for w in behind if w.text in BREAKING_MARKS), clause.right_edge.i)
    if last - word.i < _LONGEST_CLAUSE and not _is_loose(reading, (word.i + 2, last)):
        yield Matter(((word.i, last),), _LAW, "")


def _end_of_headline(reading: Reading, verb: Token) -> int:
    """The last word of a clause that a headline ends with: before a mark, or its very end."""
    title = reading.sents[0]
    behind = title.doc[verb.i + 1 : title.end]
    mark = next((w.i for w in behind if w.text in (*BREAKING_MARKS, "-", ".", "?")), title.end)
    return mark - 1


def _is_unclear(reading: Reading, bounds: Range) -> bool:
    """Whether a clause needs the words around it, or tells a day."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    # A verb's tag on an object is a headline's misreading: "to hold tech aide X in contempt".
    is_told = tells(reading, bounds) and not any(
        w.tag_ in FINITE and w.dep_ == "obj" and w.nbor(-1).dep_ == "compound" for w in words
    )
    return is_told or _is_loose(reading, bounds)


def _is_loose(reading: Reading, bounds: Range) -> bool:
    """Whether words point at others outside, or hold a mark that a phrase has not."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    has_pronoun = any(w.tag_ in ("PRP", "PRP$", "WDT", "WP") for w in words)
    return has_pronoun or any(w.text in BREAKING_MARKS or w.is_quote for w in words)
