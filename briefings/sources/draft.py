"""What a parser found in one source, before it is known to be an article.

Values only: whether it is readable English is decided by `reader`.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, datetime

#: Bytes of markup or text that a parser is given; the time of some grows faster than the page.
MAX_PARSED_BYTES = 1_000_000
_ISO_DATE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """Title and paragraphs as clean lines, and what the source states of itself."""

    title: str
    paragraphs: tuple[str, ...] = ()
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    url: str | None = None
    remarks: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Words in the paragraphs, the title's left out."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def parse_instant(text: str | None) -> date | datetime | None:
    """An ISO 8601 date, or an instant with its zone; a time without a zone counts as its date."""
    if not text:
        return None
    text = text.strip()
    with contextlib.suppress(ValueError):
        if len(text) <= _ISO_DATE_LENGTH:
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else instant.date()
    return None
