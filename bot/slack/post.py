"""Slack as a platform to deliver to: composes parts, posts each once, finds it again.

It retries nothing: whether a second try is safe is decided where deliveries are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.platform import Destination, Message, PlatformName, Posted, Rights
from bot.slack.clients import API_URL, posting_client, reading_client
from bot.slack.history import History
from bot.slack.marker import Marker
from bot.slack.refusals import CALL_FAILED, to_doubt, to_error
from bot.slack.rights import read_rights
from briefings.rendering.nodes import Document, Paragraph
from briefings.rendering.slack import document_to_slack


class SlackPlatform:
    """One workspace. `marker`: signs what is posted; its key must outlive a restart."""

    def __init__(self, bot_token: str, *, marker: Marker, api_url: str = API_URL) -> None:
        self.api_url = api_url
        self.posting = posting_client(bot_token, api_url)
        self.reading = reading_client(bot_token, api_url)
        self._marker = marker
        self._bot_id = ""

    @property
    def name(self) -> PlatformName:
        return "slack"

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        """See `bot.platform.Platform`; bodies of chat.postMessage, each under 10,000 characters."""
        parts = [Message(body) for body in document_to_slack(top, first_words(top))]
        if details:
            bodies = document_to_slack(details, first_words(details))
            parts += [Message(body, is_detail=True) for body in bodies]
        return tuple(parts)

    def to_body(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Mapping[str, Any]:
        """See `bot.platform.Platform`; a mark with the nonce goes into the message's metadata."""
        where = {"channel": destination.channel_id}
        if thread_id:
            where["thread_ts"] = thread_id
        return {**message.body, **where, "metadata": self._marker.write(destination, nonce)}

    async def post(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Posted:
        """See `bot.platform.Platform`."""
        body = self.to_body(destination, message, nonce=nonce, thread_id=thread_id)
        try:
            answer = await self.posting.chat_postMessage(**body)
        except CALL_FAILED as error:
            raise to_error(destination, error) from error
        posted = str(answer["ts"])
        return Posted(posted, thread_id or posted)

    async def find_posted(
        self,
        destination: Destination,
        nonce: str,
        attempted_at: datetime,
        *,
        thread_id: str | None,
    ) -> Posted | None:
        """See `bot.platform.Platform`; the channel's history is asked, or the thread's replies."""
        history = History(self.reading, self._marker, await self._own_id(destination))
        return await history.find(destination, nonce, attempted_at, thread_id)

    async def rights(self, destination: Destination, asker_id: str | None = None) -> Rights:
        """See `bot.platform.Platform`; `missing` holds Slack's words, such as not_in_channel."""
        return await read_rights(self.reading, destination, asker_id)

    async def granted_scopes(self) -> str:
        """The token's scopes, parted by commas, as auth.test answers in a header."""
        answer = await self.reading.auth_test()
        return str({k.lower(): v for k, v in answer.headers.items()}.get("x-oauth-scopes", ""))

    async def _own_id(self, destination: Destination) -> str:
        """Our id as messages carry it; asked once."""
        if not self._bot_id:
            try:
                answer = await self.reading.auth_test()
            except CALL_FAILED as error:
                raise to_doubt(destination, error) from error
            self._bot_id = str(answer.get("bot_id") or "")
        return self._bot_id


def first_words(document: Document) -> str:
    """What a notification says after the title: the document's first line."""
    for section in document.sections:
        for block in section.blocks:
            lines = (block.line,) if isinstance(block, Paragraph) else block.lines
            if lines:
                return lines[0].text
    return document.byline.text
