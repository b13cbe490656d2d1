"""What the counterpart knows: one guild with its people and channels, as Discord words them.

Payloads follow Discord's documentation ("Guild Resource", "Channel Resource", "Receiving and
Responding"); nothing here answers a request.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import discord

TOKEN = "MTE0.loopback.not-a-secret"  # noqa: S105  # of the counterpart alone
APPLICATION = "900"
BOT = "900"
GUILD = "100"
NEWS, DESK = "200", "201"
OWNER, EDITOR, READER = "1", "2", "3"
BOT_ROLE, EDITOR_ROLE = "160", "150"
#: Discord's epoch, in milliseconds.
EPOCH = 1_420_070_400_000

Json = dict[str, Any]
_serial = itertools.count()


def snowflake(at: float | None = None) -> str:
    """An id of the instant `at` (seconds since 1970), unique."""
    millis = int((time.time() if at is None else at) * 1000) - EPOCH
    return str((millis << 22) | (next(_serial) & 0x3FFFFF))


def bits(*names: str) -> int:
    return discord.Permissions(**dict.fromkeys(names, True)).value


EVERYONE_MAY = bits("view_channel", "read_message_history", "use_application_commands")
BOT_MAY = bits(
    "view_channel",
    "send_messages",
    "embed_links",
    "create_public_threads",
    "send_messages_in_threads",
    "read_message_history",
)
EDITOR_MAY = bits("manage_guild", "send_messages")


def user(user_id: str) -> Json:
    return {
        "id": user_id,
        "username": f"user{user_id}",
        "global_name": None,
        "discriminator": "0",
        "avatar": None,
        "bot": user_id == BOT,
    }


def role(role_id: str, permissions: int) -> Json:
    return {
        "id": role_id,
        "name": f"role{role_id}",
        "permissions": str(permissions),
        "position": 0 if role_id == GUILD else 1,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


@dataclass
class World:
    """The guild. `denied`: for each channel what its overwrite takes from the bot."""

    denied: dict[str, int] = field(default_factory=dict)
    hidden_from: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=lambda: {NEWS: 0, DESK: 0})
    threads: dict[str, Json] = field(default_factory=dict)
    members: dict[str, list[str]] = field(
        default_factory=lambda: {
            BOT: [BOT_ROLE],
            OWNER: [],
            EDITOR: [EDITOR_ROLE],
            READER: [],
        }
    )

    def member(self, user_id: str) -> Json:
        return {
            "user": user(user_id),
            "nick": None,
            "roles": self.members[user_id],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def channel(self, channel_id: str) -> Json:
        if channel_id in self.threads:
            return self.threads[channel_id]
        view = bits("view_channel")
        overwrites = [
            {"id": who, "type": 1, "allow": "0", "deny": str(view)}
            for who in self.hidden_from.get(channel_id, ())
        ]
        if channel_id in self.denied:
            taken = str(self.denied[channel_id])
            overwrites.append({"id": BOT, "type": 1, "allow": "0", "deny": taken})
        return {
            "id": channel_id,
            "type": self.kinds[channel_id],
            "guild_id": GUILD,
            "name": f"channel{channel_id}",
            "position": 0,
            "permission_overwrites": overwrites,
            "parent_id": None,
            "nsfw": False,
            "topic": None,
            "rate_limit_per_user": 0,
            "last_message_id": None,
        }

    def thread(self, thread_id: str, parent_id: str, name: str) -> Json:
        self.threads[thread_id] = {
            "id": thread_id,
            "type": 11,
            "guild_id": GUILD,
            "parent_id": parent_id,
            "owner_id": BOT,
            "name": name,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2024-01-01T00:00:00+00:00",
                "locked": False,
            },
        }
        return self.threads[thread_id]

    def guild(self) -> Json:
        return {
            "id": GUILD,
            "name": "The Brask Observer",
            "owner_id": OWNER,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [
                role(GUILD, EVERYONE_MAY),
                role(BOT_ROLE, BOT_MAY),
                role(EDITOR_ROLE, EDITOR_MAY),
            ],
            "emojis": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "public_updates_channel_id": None,
            "nsfw_level": 0,
            "premium_progress_bar_enabled": False,
            "stickers": [],
        }

    def guild_create(self) -> Json:
        """What the gateway tells of a guild the bot is in."""
        return {
            **self.guild(),
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "voice_states": [],
            "members": [self.member(BOT)],
            "channels": [self.channel(channel_id) for channel_id in self.kinds],
            "threads": list(self.threads.values()),
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def may(self, channel_id: str, name: str) -> bool:
        """Whether the bot has this permission there."""
        place = self.threads.get(channel_id, {}).get("parent_id", channel_id)
        return bool(BOT_MAY & ~self.denied.get(place, 0) & bits(name))


def message(channel_id: str, author_id: str, body: Json) -> Json:
    """A message as GET and POST answer with it."""
    return {
        "id": snowflake(),
        "channel_id": channel_id,
        "author": user(author_id),
        "content": body.get("content") or "",
        "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
        "components": body.get("components") or [],
        "flags": int(body.get("flags") or 0),
        "attachments": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "type": 0,
        "timestamp": "2031-03-05T09:00:00+00:00",
        "edited_timestamp": None,
    }
