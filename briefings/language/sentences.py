"""Splits an article into sentences by rule.

A parser trained on web text breaks sentences at "Maj. Gen."; newspapers abbreviate by a fixed
style, so a list does better. It never joins across paragraphs and never changes a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefings.article import PARAGRAPH_BREAK, Article, Sentence
from briefings.language import lexicon
from briefings.languages import ENGLISH

#: Characters; the longest sentences of newspapers have some 600.
_LONGEST = 2_000
_CLOSERS = "\"'”’)]»“‘"
#: A sentence mark with whatever closes after it, then white space, then what could open the next.
_BOUNDARY = re.compile(
    rf"(?P<mark>[.!?…]+)(?P<close>[{re.escape(_CLOSERS)}]*)\s+(?=[\"'“‘„‚»(\[«—-]*(?P<next>[^\W_]+))"
)
_LAST_WORD = re.compile(r"[^\s\"'“‘(\[]+$")
#: "NAIROBI, May 8 (Xinhua) --", "CARACAS (Reuters) -", "(AP) —": where a report was filed from.
_DATELINE = re.compile(
    r"(?:[A-Z][\w.’'/ -]*(?:,[^()\n]{1,30})?\s*)?\([^()\n]{2,30}\)\s*(?:--|[-–—])\s+"
    r"|[A-Z][A-Z.’'/ -]{2,}(?:,[^()\n]{1,30}?)?\s+(?:--|[–—])\s+"
)
#: Many languages write a day so: "am 2. März".
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]$")


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of the article in order; the title is the first, in paragraph 0.

    A dateline belongs to no sentence.
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraph_bounds(article.text)):
        body = start if number == 0 else dateline_end(article.text, start)
        is_english = article.language == ENGLISH
        bounds = (
            _split(article.text, body, end, is_english=is_english) if number else [(start, end)]
        )
        for a, b in bounds:
            found.append(Sentence(len(found), a, b, number))
    return tuple(found)


def dateline_end(text: str, start: int) -> int:
    """Where the words of a paragraph begin: after its dateline, if it opens with one."""
    match = _DATELINE.match(text, start)
    return match.end() if match else start


def paragraph_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each paragraph that holds anything, white space at its edges left out."""
    at = 0
    for piece in text.split(PARAGRAPH_BREAK):
        body = piece.strip()
        if body:
            start = at + piece.index(body)
            yield start, start + len(body)
        at += len(piece) + len(PARAGRAPH_BREAK)


def _split(text: str, start: int, end: int, *, is_english: bool) -> Iterator[tuple[int, int]]:
    at = start
    for match in _BOUNDARY.finditer(text, start, end):
        before = text[max(at, match.start("mark") - _LONGEST) : match.start("mark")]
        if not is_english and _ORDINAL.search(before):
            continue
        if _ends_sentence(before, match):
            yield from _in_pieces(text, at, match.end("close"))
            at = match.end()
    if at < end:
        yield from _in_pieces(text, at, end)


def _in_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or where nobody could have meant one so long, pieces of it cut at spaces."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        if cut <= start:
            break
        yield start, cut
        start = cut + 1
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _ends_sentence(before: str, match: re.Match[str]) -> bool:
    follower = match["next"]
    word_match = _LAST_WORD.search(before)
    word = word_match[0].lower() if word_match else ""
    if match["mark"] != ".":
        # "Stop!" he said: a mark inside a quotation does not end the sentence around it.
        return not follower[0].islower()
    if follower[0].islower():
        return False
    if word in lexicon.words("abbreviations", "before_name"):
        return bool(match["close"])
    if word in lexicon.words("abbreviations", "either"):
        return bool(match["close"]) or follower.lower() in lexicon.words("abbreviations", "openers")
    return not (word_match and _INITIALS.match(word_match[0]) and not match["close"])
