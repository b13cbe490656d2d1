"""Stands in for Slack or Discord in a dry run: composes as they do, prints instead of posting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.platform import Destination, Message, Platform, PlatformName, Posted, Rights
from briefings.rendering.nodes import Document

#: Is given each message that would be posted: where, its body, and whether it goes to a thread.
Show = Callable[[Destination, Mapping[str, Any], bool], None]


class ConsolePlatform:
    """Shows what `shape`, a real platform that is never connected, would post."""

    def __init__(self, shape: Platform, show: Show) -> None:
        self._shape = shape
        self._show = show
        self._posted = 0

    @property
    def name(self) -> PlatformName:
        return self._shape.name

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        return self._shape.compose(top, details)

    def to_body(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Mapping[str, Any]:
        return self._shape.to_body(destination, message, nonce=nonce, thread_id=thread_id)

    async def post(
        self,
        destination: Destination,
        message: Message,
        *,
        nonce: str,
        thread_id: str | None,
    ) -> Posted:
        self._posted += 1
        body = self.to_body(destination, message, nonce=nonce, thread_id=thread_id)
        self._show(destination, body, message.is_detail)
        posted = f"shown-{self._posted}"
        return Posted(posted, thread_id or posted)

    async def find_posted(
        self,
        destination: Destination,  # noqa: ARG002  # the port's
        nonce: str,  # noqa: ARG002
        attempted_at: datetime,  # noqa: ARG002
        *,
        thread_id: str | None,  # noqa: ARG002
    ) -> Posted | None:
        return None

    async def rights(
        self,
        destination: Destination,  # noqa: ARG002  # the port's
        asker_id: str | None = None,  # noqa: ARG002
    ) -> Rights:
        """Whoever has the terminal may do everything."""
        return Rights(may_manage=True)
