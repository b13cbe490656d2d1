"""Tells Discord which commands there are, when it knows others.

Discord takes 200 new commands a day; a bot that told it at each start would soon have none left.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

import discord

from bot.discord.failures import describe
from bot.discord.tree import Tree

Json = dict[str, Any]
_DEFAULTS: Final[tuple[Any, ...]] = (None, False, "", [])
_UNORDERED: Final = frozenset({"contexts", "integration_types", "channel_types"})
_log = logging.getLogger(__name__)
_KEPT: Final = frozenset(
    {
        "name",
        "description",
        "type",
        "options",
        "choices",
        "value",
        "required",
        "autocomplete",
        "channel_types",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "default_member_permissions",
        "contexts",
        "integration_types",
        "nsfw",
    }
)


async def register(tree: Tree) -> bool:
    """Tell Discord which commands there are, if it knows others. Whether it had to be told.

    Discord takes 200 new commands a day; a bot that tells it at each start soon has none left.
    """
    client = tree.client
    wanted = [command.to_dict(tree) for command in tree.get_commands()]
    application_id = client.application_id or 0
    try:
        known = await client.http.get_global_commands(application_id)
        if _essence(wanted) == _essence(known):
            return False
        await client.http.bulk_upsert_global_commands(application_id, payload=wanted)
    except discord.HTTPException as error:
        _log.error("the commands could not be registered: %s", describe(error))
        return False
    return True


def _essence(commands: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Commands without what Discord adds, in an order that does not matter."""
    plain = [_plain(command) for command in commands]
    return sorted(plain, key=lambda command: (command.get("type", 1), command["name"]))


def _plain(part: Mapping[str, Any]) -> Json:
    """What was asked for, each default left out as Discord may leave it out."""
    kept = {key: _plain_value(key, value) for key, value in part.items() if key in _KEPT}
    return {key: value for key, value in kept.items() if value not in _DEFAULTS}


def _plain_value(key: str, value: Any) -> Any:  # noqa: ANN401  # JSON of any shape
    if key == "default_member_permissions" and value is not None:
        return str(value)  # Discord answers with text, whatever it was sent
    if isinstance(value, list):
        inner = [_plain(part) if isinstance(part, Mapping) else part for part in value]
        return sorted(inner) if key in _UNORDERED else inner
    return value
