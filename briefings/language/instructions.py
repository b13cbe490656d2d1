"""Leaves out of an article what speaks to the machine that reads it instead of to its readers.

Such a sentence is no part of a story, whoever is said to have said it; a person who tells others to
ignore a warning is. It says nothing about text that only misleads people.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from briefings.article import PARAGRAPH_BREAK, Article
from briefings.language.lexicon import load
from briefings.language.sentences import split_sentences

#: Told to whoever reads the briefing.
REMARK = "text that speaks to a machine instead of a reader was left out"
#: Signs of no width part a word for the eye of nobody: "ig\u200bnore".
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    listed: list[str] = load("instructions")["patterns"]
    return tuple(re.compile(p, re.IGNORECASE | re.MULTILINE) for p in listed)


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for pattern in _patterns() if pattern.pattern.startswith("^"))


def is_instruction(text: str, *, is_part: bool = False) -> bool:
    """Whether words speak to a machine: "ignore the instructions above", "system: …".

    `is_part`: of a text that is known not to, so that only its opening can make it one.
    """
    seen = " ".join(_UNSEEN.sub("", text).split())
    patterns = _openings() if is_part else _patterns()
    return any(pattern.search(seen) for pattern in patterns)


def without_instructions(article: Article) -> Article:
    """The article without such sentences, and a remark where there were any.

    A paragraph that has one ends before it: what follows there belongs to it. The headline stays.
    """
    cut: dict[int, int] = {}
    for sentence in split_sentences(article)[1:]:
        words = article.text[sentence.start : sentence.end]
        if sentence.paragraph and sentence.paragraph not in cut and is_instruction(words):
            cut[sentence.paragraph] = sentence.start
    if not cut:
        return article
    first: dict[int, int] = {}
    for sentence in split_sentences(article):
        first.setdefault(sentence.paragraph, sentence.start)
    ends = {first[paragraph]: end for paragraph, end in cut.items()}
    kept, at = [], 0
    for piece in article.text.split(PARAGRAPH_BREAK):
        start = next((s for s in ends if at <= s < at + len(piece)), None)
        kept.append(piece if start is None else article.text[at : ends[start]].rstrip())
        at += len(piece) + len(PARAGRAPH_BREAK)
    text = PARAGRAPH_BREAK.join(piece for piece in kept if piece.strip())
    return replace(article, text=text, remarks=(*article.remarks, REMARK))
