"""Plain text to title and paragraphs, every line kept.

It cleans characters and joins wrapped lines; it leaves no paragraph out and reads no markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefings.sources.datelines import read_stated
from briefings.sources.draft import Draft
from briefings.sources.letters import clean, clean_line, decode

#: No editor wraps wider; a longer line is a paragraph of its own.
_WIDEST_WRAP = 120
#: Below this share of lines that end a sentence, line ends are the editor's, not the author's.
_WRAPPED_SHARE = 0.5
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_LONGEST_TITLE_WORDS = 40
#: Prose has nine letters or spaces in ten characters, a table of figures two or three.
_PROSE_SHARE = 0.5
_FIRST_SENTENCE = re.compile(r"^.{10,}?[a-z\d)\"”’'][.!?][\"”’)]*(?=\s+[A-Z\"“‘(])")


def read_text(body: bytes, charset: str | None = None) -> Draft:
    """The draft of a text file: its first line the title, then the paragraphs.

    Blank lines part paragraphs; without them each line is one, unless the file is hard-wrapped.
    """
    lines = [clean_line(line) for line in clean(decode(body, charset)).split("\n")]
    while lines and not lines[0]:
        del lines[0]
    if not lines:
        return Draft(title="")
    return with_stated(part_title(lines[0], join_lines(lines[1:])))


def is_prose(draft: Draft) -> bool:
    """Whether letters (of any script) and spaces make up half of the characters or more."""
    counted = Counter("".join([draft.title, *draft.paragraphs]))
    # Letters, the marks that many scripts write vowels with, and separators (Unicode, table 4-4).
    worded = sum(n for char, n in counted.items() if unicodedata.category(char)[0] in "LMZ")
    return worded >= _PROSE_SHARE * counted.total()


def part_title(title: str, paragraphs: Sequence[str]) -> Draft:
    """A draft whose title is a heading: a text of one paragraph lends its first sentence."""
    if not paragraphs and len(title.split()) > _LONGEST_TITLE_WORDS:
        first = _FIRST_SENTENCE.match(title)
        if first:
            return Draft(title=first[0], paragraphs=(title[first.end() :].strip(),))
    return Draft(title=title, paragraphs=tuple(paragraphs))


def with_stated(draft: Draft) -> Draft:
    """The draft with what its own lines state, where nothing better is known."""
    stated = read_stated(draft.paragraphs)
    return replace(
        draft,
        outlet=draft.outlet or stated.outlet,
        published=draft.published or stated.published,
        authors=draft.authors or stated.authors,
    )


def join_lines(lines: Sequence[str]) -> list[str]:
    """Paragraphs from clean lines, blank ones among them."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    if _is_hard_wrapped(blocks):
        return [" ".join(block) for block in blocks if block]
    return [line for block in blocks for line in block]


def _is_hard_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether the line ends inside blocks are an editor's: lines short, sentences running on."""
    inner = [line for block in blocks for line in block[:-1]]
    if not inner or max(map(len, inner)) > _WIDEST_WRAP:
        return False
    ended = sum(bool(_SENTENCE_END.search(line)) for line in inner)
    return ended < _WRAPPED_SHARE * len(inner)
