"""Who may do what in a channel, as Slack says at this moment.

It decides nothing: commands do, by what it finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

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
    """What the bot lacks in the channel, and whether the asker may manage it.

    Whoever made the channel may, and the workspace's admins and owners; in a private channel only
    as its members. A channel that is hidden from the bot is one it was not invited to. Raises
    DeliveryError where Slack could not be asked.
    """
    try:
        channel = await _read_channel(client, destination.channel_id)
        is_manager = bool(asker_id) and await _is_manager(client, channel, asker_id or "")
    except CALL_FAILED as error:
        raise to_error(destination, error) from error
    return Rights(missing=_missing(channel), may_manage=is_manager)


async def _read_channel(client: AsyncWebClient, channel_id: str) -> Json:
    if channel_id.startswith(_PERSON):
        return {"id": channel_id, "is_im": True}
    try:
        answer = await client.conversations_info(channel=channel_id)
    except SlackApiError as error:
        if word_of(error) == _HIDDEN:
            return {"id": channel_id}
        raise
    return _part(answer, "channel")


def _missing(channel: Json) -> tuple[str, ...]:
    if channel.get("is_archived"):
        return (_ARCHIVED,)
    is_inside = channel.get("is_member") or channel.get("is_im") or channel.get("is_mpim")
    return () if is_inside else (_NOT_MEMBER,)


async def _is_manager(client: AsyncWebClient, channel: Json, asker_id: str) -> bool:
    person = _part(await client.users_info(user=asker_id), "user")
    if person.get("deleted"):
        return False
    is_admin = any(person.get(sign) for sign in ("is_admin", "is_owner", "is_primary_owner"))
    if not (is_admin or asker_id in (channel.get("creator"), channel.get("user"))):
        return False
    is_closed = channel.get("is_private") and not channel.get("is_im")
    return not is_closed or await _is_member(client, str(channel["id"]), asker_id)


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
