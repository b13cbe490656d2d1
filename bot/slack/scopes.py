"""What the bot asks of a workspace: each scope with the reason for it.

config/slack-manifest.yaml asks for the same; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Bot token scopes (docs.slack.dev/reference/scopes).
SCOPES: Final[Mapping[str, str]] = {
    "commands": "/brief, /briefing and the message shortcut",
    "chat:write": "post where the bot is a member, and answer the asker alone",
    "channels:read": "is the bot in the public channel, and who made it",
    "groups:read": "the same of private channels it was invited to, and who is a member",
    "channels:history": "look for a message whose posting was cut off, before any second try",
    "groups:history": "the same in private channels it was invited to",
    "users:read": "is the asker an admin or an owner of the workspace",
}


def missing_scopes(granted: str) -> tuple[str, ...]:
    """What we need beyond `granted`: the header x-oauth-scopes, names parted by commas."""
    names = {name.strip() for name in granted.split(",")}
    return tuple(scope for scope in SCOPES if scope not in names)
