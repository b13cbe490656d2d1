"""What the bot needs of a chat platform, and where on it a message goes.

It knows no platform: each adapter translates these values and raises our errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from briefings.rendering.nodes import Document

PlatformName = Literal["slack", "discord", "console"]


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """A channel: of which platform, of whose workspace or guild, and its own identity there."""

    platform: PlatformName
    tenant_id: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """One part of what is posted: the request body but for what the moment of posting adds.

    That is the channel, the thread, and the mark that makes a double visible (`nonce`,
    `metadata`); see `Platform.to_body`. A `is_detail` part goes into the thread of the first part.
    """

    body: Mapping[str, Any]
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands in a channel. `thread_id`: what its thread is addressed by."""

    message_id: str
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the platform says, at this moment, of a channel.

    `missing`: the platform's own names of what the bot lacks to post there; empty when it can.
    `may_manage`: whether the asker may manage the channel or the guild. `may_read`: whether they
    may see the channel, and so what is scheduled for it.
    """

    missing: tuple[str, ...] = ()
    may_manage: bool = False
    may_read: bool = True


class Platform(Protocol):
    """A chat platform, as delivery and commands see it."""

    @property
    def name(self) -> PlatformName: ...

    def compose(self, top: Document, details: Document | None) -> tuple[Message, ...]:
        """The parts that show `top` in the channel and `details` in its thread, each within size.

        Pure: the same documents give the same parts, so that a part can be stored before it is
        sent and sent again as it was.
        """
        ...

    def to_body(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Mapping[str, Any]:
        """The request body with which `post` posts, exactly as the API gets it."""
        ...

    async def post(
        self, destination: Destination, message: Message, *, nonce: str, thread_id: str | None
    ) -> Posted:
        """Post one part, once. `nonce`: at most 25 characters, the same at each try of a part.

        Raises DestinationGone, PermissionMissing, RateLimited, DeliveryRefused where the platform
        certainly did not post, DeliveryUncertain where it may have.
        """
        ...

    async def find_posted(
        self,
        destination: Destination,
        nonce: str,
        attempted_at: datetime,
        *,
        thread_id: str | None,
    ) -> Posted | None:
        """The message that carries this mark; None where there certainly is none.

        `thread_id`: as the part was posted with; a channel's history does not show its threads.
        Raises DeliveryUncertain where the platform can't tell.
        """
        ...

    async def rights(self, destination: Destination, asker_id: str | None = None) -> Rights:
        """What the bot, and the asker, may do there now. Raises DeliveryError."""
        ...
