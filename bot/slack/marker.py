"""The signed mark in a message's metadata, by which a message of ours is known again.

Slack has no idempotency key for apps, so a second try needs proof that the first failed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from bot.platform import Destination

#: `event_type` of the metadata (docs.slack.dev/messaging/message-metadata).
EVENT_TYPE: Final = "briefbot_part"


class Marker:
    """Writes and knows marks. `key`: secret, and the same after a restart."""

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ValueError("a marker needs a key")
        self._key = key

    def write(self, destination: Destination, nonce: str) -> dict[str, Any]:
        """The metadata of the part `nonce` in this channel."""
        payload = {"nonce": nonce, "signature": self._sign(destination, nonce)}
        return {"event_type": EVENT_TYPE, "event_payload": payload}

    def is_signed(self, destination: Destination, nonce: str, metadata: object) -> bool:
        """Whether the metadata is the mark that we wrote for this part in this channel."""
        if not names(metadata, nonce):
            return False
        signature = _payload(metadata).get("signature")
        expected = self._sign(destination, nonce)
        return isinstance(signature, str) and hmac.compare_digest(
            signature.encode(), expected.encode()
        )

    def _sign(self, destination: Destination, nonce: str) -> str:
        signed = json.dumps([destination.tenant_id, destination.channel_id, nonce])
        return hmac.new(self._key, signed.encode(), hashlib.sha256).hexdigest()


def names(metadata: object, nonce: str) -> bool:
    """Whether the metadata speaks of this part, whoever signed it."""
    return _payload(metadata).get("nonce") == nonce


def is_mark(metadata: object) -> bool:
    """Whether the metadata is a mark of this kind at all."""
    return "nonce" in _payload(metadata)


def _payload(metadata: object) -> Mapping[str, Any]:
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT_TYPE:
        return {}
    payload = metadata.get("event_payload")
    return payload if isinstance(payload, Mapping) else {}
