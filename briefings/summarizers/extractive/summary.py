"""Chooses the sentences that say what happened, between whom and over what: the summary.

It takes at most two and shortens them; a scene that only leads up to the news gives way to it.
"""

from __future__ import annotations

import re
from itertools import takewhile

from spacy.tokens import Token

from briefings.briefing import Summary
from briefings.language.lexicon import words as listed
from briefings.language.reading import Reading
from briefings.summarizers.extractive.cast import Cast
from briefings.summarizers.extractive.central import centrality, likeness
from briefings.summarizers.extractive.clauses import subject_of
from briefings.summarizers.extractive.draft import FINITE
from briefings.summarizers.extractive.shorten import shorten
from briefings.summarizers.extractive.standing import points_back

# All numbers were set by hand on the development articles.
_SUMMARY_WORDS = 34
#: The summary is taken from the first sentences that can stand in it; each step down costs the
#: lead so much centrality. Where the article opens with a scene, the news stands further down.
_FIRST_LEAD, _PAST_SCENE, _LEAD = 3, 8, 6
_STEP_DOWN, _STEP_PAST_SCENE = 0.22, 0.05
#: How much the headline's words count, and what a pronoun for somebody outside or a scene costs.
_OF_HEADLINE, _POINTS_OUT, _SCENE = 0.5, 0.3, 0.6
#: A second sentence that shares more of its words with the lead says it again.
_TOO_ALIKE = 0.7
#: A sentence of fewer words is a caption or a cry.
_SHORTEST_LEAD = 8
_ENDINGS = (".", "!", "?", "”", '"')
#: Lines of more words could not be cut where it is safe, and are left out; a summary of more gives
#: way to the headline.
_LONGEST_LINE = 45
_LONGEST_SUMMARY = 90
_AGE = re.compile(r"\b\d{1,2}[\s-]years?[\s-]olds?\b|, \d{2},", re.IGNORECASE)
#: Openings that count those named in a sentence before.
_THE_SAID = ("the two ", "the three ", "the pair ", "the latter ")
#: Openings of what is taken as known.
_KNOWN = ("the", "these", "those", "this", "such")
_PERSONS = ("he", "she", "him", "her", "his", "hers", "they", "them", "their")


def summarize(
    reading: Reading,
    cast: Cast,
    *,
    most: int = _LONGEST_SUMMARY,
    told: frozenset[int] = frozenset(),
) -> Summary:
    """The lead sentence, and the most central one after it that adds to it in `most` words of both.

    `told`: numbers of the sentences that the briefing tells elsewhere; none is the second.
    """
    numbers = [n for n in range(len(reading.sents)) if _can_lead(reading, n)]
    if not numbers:
        return _headline(reading)
    central = centrality(reading)
    first = _leading(reading, cast, numbers, central)
    picked = [first]
    rest = [n for n in numbers[:_LEAD] if n > first and n not in told]
    rest = [n for n in rest if _goes_on(reading, cast, first, n)]
    if rest:
        picked.append(max(rest, key=lambda n: central[n]))
    texts = [_line(reading, n) for n in picked]
    if len(picked) > 1 and sum(len(text.split()) for text in texts) > most:
        texts.pop()
    if len(texts[0].split()) > _LONGEST_SUMMARY:
        return _headline(reading)
    evidence = tuple(map(reading.span_of_sentence, picked[: len(texts)]))
    return Summary(text=" ".join(texts), evidence=evidence)


def _headline(reading: Reading) -> Summary:
    return Summary(text=reading.article.title, evidence=(reading.span_of_sentence(0),))


def _leading(reading: Reading, cast: Cast, numbers: list[int], central: tuple[float, ...]) -> int:
    """The sentence that tells the news: among the first, or behind the scene they open with."""
    opens_with_scene = _is_scene(reading, cast, numbers[0])
    among = numbers[: _PAST_SCENE if opens_with_scene else _FIRST_LEAD]
    step = _STEP_PAST_SCENE if opens_with_scene else _STEP_DOWN

    def worth(number: int) -> float:
        score = central[number] + _OF_HEADLINE * likeness(reading, 0, number)
        score -= _POINTS_OUT * _points_out(reading, cast, number)
        score -= _SCENE * _is_scene(reading, cast, number)
        return score - step * numbers.index(number)

    return max(among, key=worth)


def _is_scene(reading: Reading, cast: Cast, number: int) -> bool:
    """Whether a sentence shows a private person whom the headline does not name."""
    subject = subject_of(reading.sents[number].root)
    if subject is None:
        return False
    if _is_anybody(reading, subject):
        return True
    member = cast.at.get(subject.i)
    if member is None or member.type != "person":
        return False
    title = reading.text[reading.sentences[0].start : reading.sentences[0].end].lower()
    is_in_title = any(part.lower() in title for part in member.label.split())
    is_private = bool(_AGE.search(reading.sents[number].text))
    return is_private and not is_in_title


def _is_anybody(reading: Reading, subject: Token) -> bool:
    """Whether an active subject is somebody counted and unnamed: "Two men drove up to a car".

    A headline that counts them or calls them so makes them the news.
    """
    if subject.dep_ != "nsubj" or subject.lemma_.lower() not in listed("actors", "anybody"):
        return False
    opening = subject.left_edge
    is_open = opening.lower_ in ("a", "an") or opening.tag_ == "CD"
    title = {w.lemma_.lower() for w in reading.sents[0]}
    return is_open and not {subject.lemma_.lower(), opening.lower_} & title


def _points_out(reading: Reading, cast: Cast, number: int) -> bool:
    """Whether a pronoun of a sentence stands for somebody whom it does not name."""
    sent = reading.sents[number]
    return any(_is_unnamed(cast, word) for word in sent if not reading.is_quoted(word))


def _is_unnamed(cast: Cast, word: Token) -> bool:
    if word.lower_ not in _PERSONS or not word.tag_.startswith("PRP"):
        return False
    sent = word.sent
    # Nobody is the object of what he does himself: "prosecutors accused them".
    subject = subject_of(word.head) if word.dep_ in ("obj", "iobj") else None
    own = {w.i for w in subject.subtree} if subject is not None else set()
    before = [
        w for w in word.doc[sent.start : word.i] if w.tag_.startswith("NN") and w.i not in own
    ]
    member = cast.at.get(word.i)
    if member is None:
        return not before
    return not any(cast.at.get(w.i) is member for w in sent if not w.tag_.startswith("PRP"))


def _goes_on(reading: Reading, cast: Cast, first: int, number: int) -> bool:
    """Whether a sentence adds to the lead in a line that fits and points back at nothing else."""
    line = _line(reading, number)
    if points_back(line) or line.lower().startswith(_THE_SAID) or len(line.split()) > _LONGEST_LINE:
        return False
    if _points_out(reading, cast, number) or _is_scene(reading, cast, number):
        return False
    if _takes_as_known(reading, cast, first, number):
        return False
    return likeness(reading, first, number) < _TOO_ALIKE


def _takes_as_known(reading: Reading, cast: Cast, first: int, number: int) -> bool:
    """Whether a sentence is about "the shipments" that neither the first nor the title names."""
    opening, *rest = reading.sents[number]
    phrase = list(takewhile(lambda word: word.tag_[:2] in ("JJ", "NN"), rest))
    if opening.lower_ not in _KNOWN or not phrase or phrase[-1].tag_ not in ("NN", "NNS"):
        return False
    head = phrase[-1]
    named = {w.lemma_.lower() for n in (0, first) for w in reading.sents[n]}
    return head.i not in cast.at and head.lemma_.lower() not in named


def _line(reading: Reading, number: int) -> str:
    sent = reading.sents[number]
    return shorten(reading, sent.start, sent.end - 1, max_words=_SUMMARY_WORDS, end=".")


def _can_lead(reading: Reading, number: int) -> bool:
    """A whole sentence of the body that is no byline, caption or bare quotation."""
    sent = reading.sents[number]
    if reading.sentences[number].paragraph == 0 or len(sent) < _SHORTEST_LEAD:
        return False
    if number in reading.captions:
        return False
    if any(sign in sent.text.lower() for sign in listed("stakes", "background")):
        return False
    if reading.is_quoted(sent.start) and reading.is_quoted(sent[-1]):
        return False
    # A plain past is easily tagged as a participle: "rescuers searched".
    return sent[-1].text in _ENDINGS and any(w.tag_ in (*FINITE, "VBN") for w in sent)
