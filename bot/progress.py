"""Shows somebody at a terminal what a slow command is doing; says nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot import messages

if TYPE_CHECKING:
    from rich.status import Status

    from briefings.article import Article


class Progress:
    """A spinner on standard error, and the remarks to print once it is gone."""

    def __init__(self) -> None:
        self.remarks: tuple[str, ...] = ()
        self._status: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def on_reading(self, source: str) -> None:
        self._tell(messages.READING.format(source=messages.name_source(source)))

    def on_summarizing(self, article: Article) -> None:
        self.remarks = article.remarks
        self._tell(messages.SUMMARIZING.format(title=messages.show(article.title)))

    def _tell(self, line: str) -> None:
        if sys.stderr is None or not sys.stderr.isatty():
            return
        from rich.console import Console  # noqa: PLC0415  # not needed in a pipe
        from rich.text import Text  # noqa: PLC0415

        words = Text(line, overflow="ellipsis", no_wrap=True)
        if self._status is None:
            self._status = Console(stderr=True).status(words)
            self._status.start()
        else:
            self._status.update(words)
