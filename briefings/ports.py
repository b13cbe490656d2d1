"""What the domain needs from outside, as protocols: someone else builds the real things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from briefings.article import Article
from briefings.briefing import Briefing
from briefings.explanation import Explained


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "changed since?" with (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. `body` is decoded from gzip or br; `url` is where it finally came from."""

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    validators: Validators = Validators()

    @property
    def is_unchanged(self) -> bool:
        """The server said 304: what we had still holds, and `body` is empty."""
        return self.status == 304  # noqa: PLR2004


class Fetcher(Protocol):
    """Fetches what strangers paste: refuses addresses, bounds time and size."""

    async def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        """Raise AddressRefused, Unreachable, TimedOut or TooLarge."""
        ...


class Summarizer(Protocol):
    """Condenses one article into a briefing."""

    @property
    def name(self) -> str: ...

    async def summarize(self, article: Article) -> Briefing:
        """Raise SummaryError."""
        ...


class Explainer(Summarizer, Protocol):
    """A summarizer that can say why: what proposed each line, and from which words."""

    async def explain(self, article: Article) -> Explained:
        """The briefing that `summarize` gives, with the reasons for it; raise SummaryError."""
        ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...
