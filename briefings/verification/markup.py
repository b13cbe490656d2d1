"""Checks a line for what no line may carry: addresses, mentions, mark-up, unseen characters.

Links in a message are built from the source's own address alone; it removes nothing.
"""

from __future__ import annotations

import re
import unicodedata

from briefings.verification.line import Reason

_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\b(?:mailto|javascript|data|tel):\S"
    r"|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S|[\w.+-]+@[\w-]+\.[a-z]{2,}",
    re.IGNORECASE,
)
#: A domain alone: with the endings that are no words, or where it is spelt as no sentence's end is.
_DOMAIN = re.compile(r"(?<![\w@])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w])", re.IGNORECASE)
_MENTION = re.compile(
    r"<[@#!]|(?<!\w)@\w|(?<!\w)<(?:https?:|mailto:)|&lt;[@#!]|(?<!\w)#[A-Za-z]\w+"
)
_MARKUP = re.compile(
    r"</?[a-z!][^>]*>|&(?:#x?[0-9a-f]+|[a-z]{2,8});|\]\(|\[\[|```|\{\{|\$\{|<\||\|>|\[/?INST\]",
    re.IGNORECASE,
)
#: Formats (zero-width, bidirectional), private use, unassigned, surrogates, controls; blanks of no
#: width that count as letters (Hangul fillers), and the invisible tags.
_UNSEEN_KINDS = ("Cf", "Co", "Cn", "Cs", "Cc")
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0\u2800\u034f"


def check_unseen(text: str) -> Reason | None:
    """Characters that steer a screen or hide from the eye."""
    hidden = any(
        (unicodedata.category(sign) in _UNSEEN_KINDS and sign not in "\n\t\u00ad")
        or sign in _UNSEEN_LETTERS
        for sign in text
    )
    return "unseen" if hidden else None


def check_address(text: str, article: str) -> Reason | None:
    """An address of the web or of mail; a bare domain only where the article has it as a name."""
    if _ADDRESS.search(text):
        return "address"
    found = (m[0] for m in _DOMAIN.finditer(text) if not _is_abbreviation(m[0]))
    return "address" if any(domain not in article for domain in found) else None


def _is_abbreviation(text: str) -> bool:
    """Whether only single letters are parted by points: "U.S", "a.m"."""
    return all(len(part) <= 2 for part in text.split("."))  # noqa: PLR2004 - "Ph.D", "St.Petersburg" not


def check_mention(text: str) -> Reason | None:
    """A call to people or a channel of a chat."""
    return "mention" if _MENTION.search(text) else None


def check_markup(text: str) -> Reason | None:
    """Tags, entities, links in Markdown, templates and the marks of a model's turns."""
    return "markup" if _MARKUP.search(text) else None
