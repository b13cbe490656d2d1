"""Names what a dispute is about: one noun phrase of the article's own words.

It takes a phrase that stands in the article, or a clause such as "to close two schools", which it
opens with "whether"; it never writes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

from spacy.tokens import Token

from briefings.briefing import MAX_ISSUE_WORDS
from briefings.language import gazetteer
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.claims import Statement
from briefings.summarizers.extractive.draft import FINITE

_CONTENT_TAGS = ("NN", "NNS", "NNP", "NNPS", "VB", "VBG", "VBN", "VBD", "VBZ", "VBP", "JJ")
_DETERMINERS = ("a", "an", "the", "its", "his", "her", "their")
#: What leads from an accusation or a warning to the deed.
_CHARGED_WITH = ("of", "against", "for", "with")
#: What hangs on a noun by one of these is no part of its phrase.
_BREAKING = ("punct", "appos", "acl:relcl", "parataxis", "cc", "conj", "dep")
_ACCUSING = (
    "accuse",
    "convict",
    "acquit",
    "suspect",
    "clear",
    "warn",
    "criticize",
    "criticise",
    "fault",
    "denounce",
    "condemn",
    "blame",
    "blam",
    "sue",
    "fine",
    "rebuke",
)
_BREAKING_MARKS = (",", ";", "—", "--", "(", ":")
#: Tags of words that open something and so close nothing: "holding back the river as".
_OPENING = ("IN", "TO", "CC", "DT")
_BREAKING_WORDS = ("who", "which", "when", "after", "while")
# All numbers here were set by hand on the development articles.
#: The phrase is looked for in the headline and this many sentences.
_LEAD_SENTENCES = 4
#: What a word weighs: how often it stands in the article and, so much, in statements; more if it is
#: in the headline.
_IN_STATEMENT, _IN_TITLE = 0.7, 1.8
_COUNT_EXPONENT = 0.7
#: What the sides say against each other counts as so many more statements.
_AIMED = 1
#: What a phrase is worth by how many telling words it has: one or two alone say too little.
_TELLING = 0.5, 0.65, 0.85, 1.0
#: "Its app" is no matter that a reader understands alone.
_UNCLEAR = 0.85
#: Bonuses of a phrase: a word of dispute leads to it; it is a headline's, which leaves out small
#: words; it is a subject, so rather somebody than something; the lead tells what is done to it;
#: it is a body or a place.
_THE_MATTER, _HEADLINE, _SUBJECT, _DONE_TO, _BODY = 1.25, 0.8, 0.9, 1.2, 0.7
#: What parties argue about by its nature weighs so much more: a tax, a raid.
_ARGUED = 1.2
#: What deeds end in.
_DEED_ENDINGS = ("tion", "sion", "ment", "al", "ing", "ance", "ure")
#: A long phrase has to earn its words: its score is divided by this power of its length and some.
_LENGTH_EXPONENT, _SPARE_WORDS = 0.35, 5
_SECOND_EXPONENT, _SECOND_SPARE = 0.5, 2
#: A further matter is named where it weighs at least so much of the first, word for word.
_WORTH_ADDING = 0.3
#: A further matter is named in so many words at most, and room is left for one.
_LONGEST_SECOND = 9
#: Clauses are looked for in the headline and so many sentences, are worth so much beside phrases
#: and have at most so many words.
_LAST_CLAUSES, _CLAUSE, _LONGEST_CLAUSE = 2, 1.3, 18
_NEEDED = ("obj", "obl", "xcomp", "ccomp", "iobj")
_CLAUSE_RELATIONS = ("xcomp", "advcl", "acl", "ccomp")
_LONGEST_FIRST = MAX_ISSUE_WORDS - 6

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue as text with the words it was taken from."""

    text: str
    ranges: tuple[Range, ...]


def name_issue(
    reading: Reading,
    statements: tuple[Statement, ...],
    aimed: tuple[Statement, ...] = (),
    parties: frozenset[int] = frozenset(),
) -> Issue | None:
    """The phrase of headline or lead that holds most of what the parties speak about.

    `aimed` are the statements that the sides make against each other: they tell most of it.
    `parties` are the words that mention the sides, which head no issue.
    """
    weights = _term_weights(reading, statements, aimed)
    scored = []
    phrases = [
        x
        for x in (*_candidates(reading), *_clauses(reading))
        if not _is_party(reading, *x[:2], parties)
    ]
    phrases = phrases or list(_candidates(reading, least=1))
    for first, last, bonus in phrases:
        if _is_party(reading, first, last, parties):
            continue
        score = fsum(weights.get(term, 0.0) for term in _terms(reading, (first, last))) * bonus
        score /= (last - first + 1 + _SPARE_WORDS) ** _LENGTH_EXPONENT
        score *= _TELLING[min(len(_terms(reading, (first, last))), len(_TELLING) - 1)]
        scored.append((score, (first, last)))
    if not scored:
        return None
    best = max(scored, key=lambda pair: pair[0])[1]
    second = None if _is_clause(reading, best) else _second(reading, best, weights, parties)
    return _to_issue(reading, [best] if second is None else [best, second])


def _is_party(reading: Reading, first: int, last: int, parties: frozenset[int]) -> bool:
    """Whether the main word of a phrase is a mention of a side."""
    return reading.doc[first : last + 1].root.i in parties


def _terms(reading: Reading, bounds: Range) -> set[str]:
    """Lemmas of the content words in a range, lower case."""
    words = reading.doc[bounds[0] : bounds[1] + 1]
    return {w.lemma_.lower() for w in words if w.tag_ in _CONTENT_TAGS}


def _term_weights(
    reading: Reading, statements: tuple[Statement, ...], aimed: tuple[Statement, ...]
) -> dict[str, float]:
    """How much the article and the parties' statements are about each word."""
    words = (w.lemma_.lower() for w in reading.doc if w.tag_ in _CONTENT_TAGS)
    counts = Counter(word for word in words if word not in listed("dispute", "empty"))
    said: Counter[str] = Counter()
    for statement in statements:
        for bounds in statement.attribution.content:
            said.update(_terms(reading, bounds))
    for statement in aimed:
        for bounds in statement.attribution.content:
            said.update(dict.fromkeys(_terms(reading, bounds), _AIMED))
    in_title = {w.lemma_.lower() for w in reading.sents[0]}
    return {
        term: float((n + _IN_STATEMENT * said[term]) ** _COUNT_EXPONENT)
        * (_IN_TITLE if term in in_title else 1.0)
        for term, n in counts.items()
        if n > 1 or term in in_title
    }


def _candidates(reading: Reading, least: int = 2) -> Iterator[tuple[int, int, float]]:
    """Noun phrases of the headline and the lead with what hangs on them, each with a bonus."""
    nouns = {w.lemma_.lower() for w in reading.doc[reading.sents[0].end :] if w.tag_[:2] == "NN"}
    for number, sent in enumerate(reading.sents[: _LEAD_SENTENCES + 1]):
        for word in sent:
            if not _can_head(reading, word):
                continue
            bonus = _THE_MATTER if _is_the_matter(word) else 1.0
            bonus *= _ARGUED if word.lemma_.lower() in listed("dispute", "arguable") else 1.0
            bonus *= 1.0 if number else _HEADLINE
            bonus *= _SUBJECT if word.dep_.startswith("nsubj") else 1.0
            bonus *= _BODY if _names_body(reading, word.i, word.i) else 1.0
            bonus *= _DONE_TO if number == 1 and word.dep_ in ("obj", "nsubj:pass") else 1.0
            first = _start(word)
            bonus *= _UNCLEAR if any(w.tag_ in ("PRP", "PRP$") for w in word.subtree) else 1.0
            for last in _ends(word):
                if number == 0 and not _are_nouns(reading, first, last, nouns):
                    continue
                if number == 0 and _has_verb_for_noun(reading, first, last):
                    continue  # a headline's verb is easily taken for a noun: "regulator fines firm"
                if not _is_whole(reading, first, last):
                    continue
                if least <= last - first + 1 <= _LONGEST_FIRST and not _tells(reading, first, last):
                    yield first, last, bonus


def _is_arguable(head: Token) -> bool:
    """Whether a noun names a deed or a thing that parties argue about, no scene and no setting."""
    lemma = head.lemma_.lower()
    matters = listed("dispute", "arguable") | listed("dispute", "nouns") | listed("dispute", "laws")
    return lemma in matters or lemma.endswith(_DEED_ENDINGS)


def _is_whole(reading: Reading, first: int, last: int) -> bool:
    """Whether a phrase has no comma in it and no adverb at its end, as a misread clause has."""
    words = reading.doc[first : last + 1]
    return words[-1].tag_ != "RB" and not any(w.text in _BREAKING_MARKS for w in words)


def _can_head(reading: Reading, word: Token) -> bool:
    """Whether a word can be the main word of the phrase."""
    is_noun = word.tag_ in ("NN", "NNS") and word.dep_ not in ("compound", "flat", "nmod:poss")
    lemma = word.lemma_.lower()
    is_somebody = gazetteer.role_noun(lemma) in ("person", "group") or word.text[:1].isupper()
    is_telling = lemma not in listed("dispute", "empty") and not is_somebody
    return is_noun and is_telling and not reading.is_quoted(word)


def _are_nouns(reading: Reading, first: int, last: int, nouns: set[str]) -> bool:
    """Whether the body has every noun of a phrase as a noun too."""
    words = reading.doc[first : last + 1]
    return all(w.lemma_.lower() in nouns for w in words if w.tag_ in ("NN", "NNS"))


def _clauses(reading: Reading) -> Iterator[tuple[int, int, float]]:
    """What somebody decides, refuses or is accused of doing: "to close two schools"."""
    for sent in reading.sents[: _LAST_CLAUSES + 1]:
        for verb in sent:
            first = _clause_start(reading, verb)
            if first is None:
                continue
            for last in _clause_ends(verb):
                if last - first < _LONGEST_CLAUSE and not _is_unclear(reading, first, last):
                    yield first, last, _CLAUSE


def _clause_start(reading: Reading, verb: Token) -> int | None:
    """Where a clause that names a matter begins, at "to" or the participle; None for any other."""
    if verb.text[:1].isupper() or reading.is_quoted(verb) or verb.dep_ not in _CLAUSE_RELATIONS:
        return None
    if not any(c.dep_ == "obj" and c.i > verb.i for c in verb.rights):
        return None
    lemma = verb.head.lemma_.lower()
    if verb.lemma_.lower() in listed("dispute", "light"):
        return None
    if verb.tag_ == "VB" and verb.i and verb.nbor(-1).lower_ == "to":
        return verb.i - 1 if lemma in listed("dispute", "deciding") else None
    is_of = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ in _CHARGED_WITH
    return verb.i if is_of and lemma in _ACCUSING else None


def _clause_ends(verb: Token) -> Iterator[int]:
    """Where the clause may close: behind all that the verb needs, with or without adjuncts."""
    last = verb.i
    for child in verb.rights:
        if child.dep_ in ("punct", "cc", "conj", "parataxis", "advcl", "obl:unmarked"):
            break
        if child.left_edge.i != last + 1:
            return
        ends = _ends(child) if child.tag_.startswith("NN") else [child.right_edge.i]
        last = ends[-1]
        if last != child.right_edge.i and last + 1 < len(verb.doc):
            following = [c for c in verb.rights if c.i > child.i and c.dep_ in _NEEDED]
            if following:
                return  # "to hold X, a former aide, in contempt" can't be cut before "in"
            break
    while verb.doc[last].tag_ in _OPENING:
        last -= 1
    if last > verb.i:
        yield last


def _is_unclear(reading: Reading, first: int, last: int) -> bool:
    """Whether a clause needs the words around it, or tells a day."""
    words = reading.doc[first : last + 1]
    has_pronoun = any(w.tag_ in ("PRP", "PRP$", "WDT", "WP") for w in words)
    has_mark = any(w.text in _BREAKING_MARKS or w.is_quote for w in words)
    return has_pronoun or has_mark or _tells(reading, first, last)


def _is_clause(reading: Reading, bounds: Range) -> bool:
    return reading.doc[bounds[0]].tag_ in ("TO", "VBG")


def _has_verb_for_noun(reading: Reading, first: int, last: int) -> bool:
    """Whether a headline's verb may pass for a plural behind a name: "Department probes chief"."""
    verbs = (
        listed("dispute", "hostile") | listed("dispute", "pursuing") | listed("dispute", "friendly")
    )
    words = reading.doc[first : last + 1]
    return any(
        w.tag_ == "NNS" and w.i < last and w.lemma_.lower() in verbs and w.nbor(-1).tag_ == "NNP"
        for w in words
        if w.i > first
    )


def _tells(reading: Reading, first: int, last: int) -> bool:
    """Whether the words tell a story instead of naming a matter: a finite verb, a day, a number."""
    words = reading.doc[first : last + 1]
    is_dated = any(w.lower_ in listed("names", "calendar") for w in words)
    is_counted = any(w.tag_ == "CD" and not w.is_alpha for w in words)
    return is_dated or is_counted or any(w.tag_ in FINITE and w.dep_ != "amod" for w in words)


def _is_the_matter(word: Token) -> bool:
    """Whether a word of dispute leads to it: "rift over capture", "threat to block leases"."""
    prepositions = {c.lower_ for c in word.children if c.dep_ == "case"}
    if word.lemma_.lower() in listed("dispute", "nouns"):
        return True
    if "of" in prepositions and word.head.dep_ in ("obj", "nsubj:pass"):
        return word.head.head.lemma_.lower() in _ACCUSING
    return bool(prepositions & listed("dispute", "over")) and word.head.lemma_.lower() in (
        listed("dispute", "nouns") | listed("dispute", "hostile")
    )


def _start(word: Token) -> int:
    first = word.left_edge.i
    while first < word.i and _is_no_start(word.doc[first]):
        first += 1
    return first


def _is_no_start(word: Token) -> bool:
    is_small = word.tag_ in ("RB", "IN", "DT", "PDT") or word.dep_ in ("case", "mark", "cc")
    return word.is_punct or is_small or word.lower_ in _DETERMINERS


def _ends(word: Token) -> list[int]:
    """Where the phrase may close: after the noun, and after each thing that hangs on it in turn."""
    ends = [word.i]
    for child in word.rights:
        if child.dep_ in _BREAKING or child.left_edge.i != ends[-1] + 1:
            break
        if _is_charge(word, child):
            break
        words = word.doc[child.left_edge.i : child.right_edge.i + 1]
        if any(w.text in _BREAKING_MARKS or w.lower_ in _BREAKING_WORDS for w in words):
            break
        ends.append(child.right_edge.i)
    return ends


def _is_charge(word: Token, child: Token) -> bool:
    """Whether an "of" behind somebody accused says of what: "accuses forces of killings"."""
    is_accused = word.dep_ in ("obj", "nsubj:pass") and word.head.lemma_.lower() in _ACCUSING
    return is_accused and any(c.lower_ == "of" for c in child.lefts)


def _second(
    reading: Reading, taken: Range, weights: dict[str, float], parties: frozenset[int]
) -> Range | None:
    """A further matter that the first phrase lacks, where the article is as much about it."""
    held = {w.lemma_.lower() for w in reading.doc[taken[0] : taken[1] + 1]}
    scored = []
    for first, last, bonus in _candidates(reading):
        length = last - first + 1
        overlaps = first <= taken[1] and last >= taken[0]
        if not overlaps and length <= _LONGEST_SECOND and not _names_body(reading, first, last):
            if reading.doc[last].lemma_.lower() in held:
                continue  # the same matter in other words
            head = reading.doc[first : last + 1].root
            if head.i in parties or not _is_arguable(head):
                continue
            new = _terms(reading, (first, last)) - held
            score = fsum(weights.get(term, 0.0) for term in new) * bonus
            score /= (length + _SECOND_SPARE) ** _SECOND_EXPONENT
            scored.append((score, (first, last)))
    score, (first, last) = max(scored, key=lambda pair: pair[0], default=(0.0, taken))
    own = fsum(weights.get(term, 0.0) for term in held) / len(held) ** _SECOND_EXPONENT
    if score < _WORTH_ADDING * own:
        return None
    length = taken[1] - taken[0] + 1 + last - first + 1
    return (first, last) if length < MAX_ISSUE_WORDS else None


def _names_body(reading: Reading, first: int, last: int) -> bool:
    """Whether a phrase names a body or a place, which is party or scene rather than matter."""
    lemmas = [w.lemma_.lower() for w in reading.doc[first : last + 1] if w.tag_.startswith("NN")]
    return any(
        gazetteer.role_noun(lemma) is not None or lemma in listed("names", "place")
        for lemma in lemmas
    )


def _to_issue(reading: Reading, ranges: list[Range]) -> Issue:
    joined = " and ".join(reading.span(first, last).quote for first, last in ranges)
    if reading.doc[ranges[0][0]].tag_ == "TO":
        joined = f"whether {joined}"
    return Issue(" ".join(joined.split()), tuple(ranges))
