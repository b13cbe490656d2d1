"""What is read: feeds, their entries, articles and an article's sentences.

Plain frozen values with no knowledge of where they came from over the wire or what becomes of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

#: What parts the title and the paragraphs in `Article.text`.
PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed lists it. `url` may be None where the feed gives only a text."""

    title: str
    url: str | None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    #: The feed's own HTML for the entry; often a teaser, sometimes the whole article.
    content_html: str = ""
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed address with its entries, newest first."""

    url: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Article:
    """The readable text of one news article.

    `text` is the title, a blank line, then the paragraphs parted by blank lines: every span of a
    briefing indexes it in code points. `retrieved_at` knows its zone. `language`: ISO 639-1.
    """

    title: str
    text: str
    retrieved_at: datetime
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    language: str = "en"
    #: What the reader noticed and a person should know, such as "the text may be cut short".
    remarks: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.text.startswith(self.title):
            raise ValueError("an article's text opens with its title")
        if self.retrieved_at.tzinfo is None:
            raise ValueError("retrieved_at must know its zone")

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the UTF-8 text: what tells one version of an article from another."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def compose(cls, title: str, paragraphs: list[str], **facts: object) -> Article:
        """Build an article from its title and paragraphs; `facts` are the remaining fields."""
        text = PARAGRAPH_BREAK.join([title, *paragraphs])
        return cls(title=title, text=text, **facts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as code-point offsets into `Article.text`; `paragraph` 0 is the title."""

    index: int
    start: int
    end: int
    paragraph: int
