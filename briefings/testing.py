"""Hand-written stand-ins for the ports: answers are queued beforehand and calls are recorded.

For tests only; nothing that runs for a user imports it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime

from briefings.article import Article
from briefings.briefing import Briefing, Checks, Engine, Source, Summary
from briefings.errors import Unreachable
from briefings.evidence import Span
from briefings.explanation import Explained, ExplainedLine, Explanation, Reason
from briefings.ports import Fetched, Validators


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, instant: datetime = datetime(2024, 5, 15, 8, 0, tzinfo=UTC)) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


class FakeFetcher:
    """Answers each address with what was queued for it, in that order; the last one stays.

    `asked` lists every call: the address with its validators. An address without an answer is
    Unreachable with status 404, as on the web.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, Validators | None]] = []
        self._queued: defaultdict[str, deque[Fetched | Exception]] = defaultdict(deque)

    def queue(self, url: str, answer: Fetched | Exception) -> None:
        """Answer the next call for `url` with this: returned, or raised."""
        self._queued[url].append(answer)

    def queue_page(
        self, url: str, body: str | bytes, media_type: str = "text/html", *, leads_to: str = ""
    ) -> None:
        """Answer 200 with this body, text as UTF-8; `leads_to`: the address after redirects."""
        is_text = isinstance(body, str)
        self.queue(
            url,
            Fetched(
                url=leads_to or url,
                status=200,
                media_type=media_type,
                charset="utf-8" if is_text else None,
                body=body.encode() if isinstance(body, str) else body,
            ),
        )

    def forget(self, url: str) -> None:
        """Drop what was queued for `url`: what is queued next is the next answer."""
        self._queued.pop(url, None)

    async def fetch(self, url: str, validators: Validators | None = None) -> Fetched:
        self.asked.append((url, validators))
        queued = self._queued.get(url)
        if not queued:
            raise Unreachable(url, "nothing queued", status=404)
        answer = queued.popleft() if len(queued) > 1 else queued[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeSummarizer:
    """Takes the title for the summary; raises `failure` where a test sets one."""

    failure: BaseException | None = None
    name: str = "fake"

    async def summarize(self, article: Article) -> Briefing:
        if self.failure:
            raise self.failure
        evidence = (Span.of(article.text, 0, len(article.title)),)
        return Briefing(
            source=Source(
                url=article.url,
                title=article.title,
                outlet=article.outlet,
                published=article.published,
                retrieved=article.retrieved_at,
                language=article.language,
                sha256=article.sha256,
            ),
            text=article.text,
            summary=Summary(text=article.title, evidence=evidence),
            contested=False,
            engine=Engine(name=self.name, version="1", checks=Checks(proposed=1, kept=1)),
        )

    async def explain(self, article: Article) -> Explained:
        briefing = await self.summarize(article)
        why = Reason(about="line", rule="the title", where=("testing.py: FakeSummarizer",))
        lines = (ExplainedLine(part="summary", reasons=(why,)),)
        return Explained(briefing=briefing, explanation=Explanation(lines=lines))
