"""Everything that can go wrong between a source and its briefing.

Errors carry identity (which address, which field) and whether another try may help; the sentence
a person reads is made elsewhere from the class and these attributes.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

#: Why a model that was asked for did not write the briefing.
FallbackReason = Literal[
    "timeout",
    "refusal",
    "malformed",
    "rate limit",
    "server",
    "rejected",
    "budget",
    "too long",
    "nothing held",
    "not set up",
]


class BriefingError(Exception):
    """Root of the domain's errors. `retryable`: the same call may succeed later."""

    retryable: ClassVar[bool] = False

    def __reduce__(self) -> tuple[Any, ...]:
        """As it is: a constructor takes other arguments than the message that is kept of them."""
        return _revive, (type(self), self.args, vars(self))


def _revive(kind: type[BriefingError], args: tuple[Any, ...], facts: dict[str, Any]) -> Any:  # noqa: ANN401  # of the kind given
    """An error as it came from another process."""
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(facts)
    return error


class SourceError(BriefingError):
    """A source could not be turned into an article. `url` is the address or path as asked for."""

    def __init__(self, url: str, detail: str = "") -> None:
        super().__init__(f"{url}: {detail}" if detail else url)
        self.url = url
        self.detail = detail


class SourceMissing(SourceError):
    """No such file, or one that can't be opened."""


class AddressRefused(SourceError):
    """The address, or one it leads to, is none that we dial. `detail` names the rule."""


class Unreachable(SourceError):
    """Nobody answered, or with an error; `status` is the HTTP status where there was one."""

    retryable = True

    def __init__(self, url: str, detail: str = "", *, status: int | None = None) -> None:
        super().__init__(url, detail)
        self.status = status


class TimedOut(Unreachable):
    """The total deadline passed before the whole answer was here."""


class TooLarge(SourceError):
    """More bytes, decoded, than the limit. `limit` in bytes."""

    def __init__(self, url: str, detail: str = "", *, limit: int) -> None:
        super().__init__(url, detail)
        self.limit = limit


class FeedUnreadable(SourceError):
    """It answered, and is no feed that can be read; or the feed has no such entry."""


class ArticleUnreadable(SourceError):
    """It answered, and holds no article that can be read."""


class NotAnArticle(ArticleUnreadable):
    """A kind of content that holds no readable article. `detail` is the kind: PDF, image, …."""


class NoText(ArticleUnreadable):
    """A page or file with no running text."""


class ConsentWall(ArticleUnreadable):
    """A page that asks for consent to cookies in place of the article."""


class Paywalled(ArticleUnreadable):
    """Only the beginning of the article is here; the rest is for subscribers."""


class NotEnglish(ArticleUnreadable):
    """The article is in a language the embedded engine can't read. `language`: ISO 639-1 code."""

    def __init__(self, url: str, detail: str = "", *, language: str) -> None:
        super().__init__(url, detail)
        self.language = language


class ForeignUnread(NotEnglish):
    """Only a model could brief it, and gave nothing that could be used. `reason`: why."""

    def __init__(
        self, url: str, detail: str = "", *, language: str, reason: FallbackReason
    ) -> None:
        super().__init__(url, detail, language=language)
        self.reason = reason


class ForeignUnreadNow(ForeignUnread):
    """The same, for a reason that passes."""

    retryable = True


class ParserGaveUp(ArticleUnreadable):
    """The parser ran past its time or memory limit and was stopped."""


class SummaryError(BriefingError):
    """A summarizer could not make a briefing. `summarizer` is its name."""

    def __init__(self, summarizer: str, detail: str = "") -> None:
        super().__init__(f"{summarizer}: {detail}" if detail else summarizer)
        self.summarizer = summarizer
        self.detail = detail


class SummarizerUnavailable(SummaryError):
    """What the summarizer works with is missing or out of reach."""

    retryable = True


class EngineNotInstalled(SummarizerUnavailable):
    """The summarizer needs packages that are optional. `extra`: what installs them."""

    retryable = False

    def __init__(self, summarizer: str, detail: str = "", *, extra: str) -> None:
        super().__init__(summarizer, detail)
        self.extra = extra


class ModelUnusable(SummaryError):
    """The model as it is set can't be asked at all. `model` is its name, `detail` the reason."""

    def __init__(self, summarizer: str, detail: str = "", *, model: str) -> None:
        super().__init__(summarizer, detail)
        self.model = model


class ModelFailed(SummarizerUnavailable):
    """A model gave no usable answer. `reason`: one word or two for what went wrong.

    `tokens`: what went in and came back all the same.
    """

    def __init__(
        self,
        summarizer: str,
        detail: str = "",
        *,
        reason: FallbackReason,
        tokens: tuple[int, int] = (0, 0),
    ) -> None:
        super().__init__(summarizer, detail)
        self.reason = reason
        self.tokens = tokens


class ReplyRejected(SummaryError):
    """The summarizer answered, and its answer does not hold against the article."""


class InvalidBriefing(BriefingError):
    """A briefing, or a part of one, that must not exist. `field` is the path to the fault."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail
