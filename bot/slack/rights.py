"""Who may do what in a channel, as Slack says at this moment.

It decides nothing: commands do, by what it finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import PermissionMissing
from bot.platform import Destination, Rights
from bot.slack.refusals import CALL_FAILED, to_error, word_of

#: Members asked for at once, and how often, before somebody counts as no member.
_PAGE, _PAGES = 1_000, 20
_NOT_MEMBER, _ARCHIVED, _HIDDEN = "not_in_channel", "is_archived", "channel_not_found"
#: What a person's id begins with; their App Home is addressed by it.
_PERSON: Final = ("U", "W")

Json = Mapping[str, Any]


async def read_rights(
    client: AsyncWebClient, destination: Destination, asker_id: str | None
) -> Rights:
    """What the bot lacks in the channel, and what the asker may do there.

    Everyone reads a public channel but guests, who read their own; a private one, its members.
    Of those, whoever made the channel manages it, and the workspace's admins and owners do. Of a
    channel that is gone, or private and not the bot's, Slack tells nothing: admins may still clear
    it up, and others are told that the bot is not in it. Raises DeliveryError.
    """
    try:
        channel = await _read_channel(client, destination.channel_id)
        person = _part(await client.users_info(user=asker_id), "user") if asker_id else {}
        may_read = bool(channel) and await _may_read(client, channel, person)
    except CALL_FAILED as error:
        raise to_error(destination, error) from error
    if channel:
        may_manage = may_read and _is_manager(channel, person)
        return Rights(missing=_missing(channel), may_manage=may_manage, may_read=may_read)
    if person and not _is_admin(person):
        raise PermissionMissing(destination, _NOT_MEMBER)
    return Rights(missing=(_NOT_MEMBER,), may_manage=_is_admin(person), may_read=False)


async def _read_channel(client: AsyncWebClient, channel_id: str) -> Json:
    """What Slack says of the channel; nothing where it is hidden from the bot."""
    if channel_id.startswith(_PERSON):
        return {"id": channel_id, "user": channel_id, "is_im": True}
    try:
        return _part(await client.conversations_info(channel=channel_id), "channel")
    except SlackApiError as error:
        if word_of(error) == _HIDDEN:
            return {}
        raise


def _missing(channel: Json) -> tuple[str, ...]:
    if channel.get("is_archived"):
        return (_ARCHIVED,)
    is_inside = channel.get("is_member") or channel.get("is_im") or channel.get("is_mpim")
    return () if is_inside else (_NOT_MEMBER,)


async def _may_read(client: AsyncWebClient, channel: Json, person: Json) -> bool:
    if not person or person.get("deleted"):
        return False
    if channel.get("is_im"):
        return person.get("id") == channel.get("user")
    if not channel.get("is_private") and not person.get("is_restricted"):
        return True
    return await _is_member(client, str(channel.get("id")), str(person.get("id")))


def _is_manager(channel: Json, person: Json) -> bool:
    return _is_admin(person) or (
        bool(channel.get("creator")) and channel.get("creator") == person.get("id")
    )


def _is_admin(person: Json) -> bool:
    signs = ("is_admin", "is_owner", "is_primary_owner")
    return not person.get("deleted") and any(person.get(sign) for sign in signs)


async def _is_member(client: AsyncWebClient, channel_id: str, asker_id: str) -> bool:
    cursor = ""
    for _ in range(_PAGES):
        answer = await client.conversations_members(channel=channel_id, limit=_PAGE, cursor=cursor)
        if asker_id in (answer.get("members") or ()):
            return True
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return False
    return False


def _part(answer: AsyncSlackResponse, name: str) -> Json:
    part = answer.get(name)
    return part if isinstance(part, Mapping) else {}
