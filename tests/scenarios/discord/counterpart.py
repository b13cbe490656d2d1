"""A Discord of our own on loopback: the HTTP API, the gateway, and a person who uses the client.

What the person does is sent as Discord sends it; what the bot answers is there to be looked at.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.scenarios.discord.gateway import Gateway
from tests.scenarios.discord.rest import Interacted, Rest
from tests.scenarios.discord.world import (
    APPLICATION,
    BOT_MAY,
    EDITOR,
    EDITOR_MAY,
    EVERYONE_MAY,
    GUILD,
    NEWS,
    READER,
    Json,
    World,
    message,
    snowflake,
)

#: Seconds in which anything on loopback is over.
PATIENCE = 60.0
_tokens = itertools.count()


class Counterpart:
    """Both servers and the world that they tell of."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        self.gateway = Gateway(self.world)
        self._runners: list[web.AppRunner] = []
        self.api_url = ""

    async def start(self) -> None:
        rest_port = await self._serve(self.rest.app())
        gateway_port = await self._serve(self.gateway.app())
        self.api_url = f"http://127.0.0.1:{rest_port}/api/v10"
        self.gateway.url = f"ws://127.0.0.1:{gateway_port}/"

    async def stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()

    async def connected(self) -> None:
        """Wait until the bot stands in a session."""
        await asyncio.wait_for(self.gateway.ready.wait(), PATIENCE)

    # what a person does

    async def slash(self, name: str, options: Mapping[str, Any] | None = None, **by: str) -> Any:
        """Use "/brief" or "/briefing add", with typed options; wait for the whole answer."""
        used = await self.send(2, command(name, options or {}, self.rest.commands), **by)
        return await self.answered(used)

    async def complete(self, name: str, option: str, typed: str, **given: str) -> list[str]:
        """Type into an option that completes; the choices shown."""
        offered = command(name, given, self.rest.commands)
        place = offered["options"][0]["options"] if " " in name else offered["options"]
        place[:] = [entry for entry in place if entry["name"] != option]
        place.append({"name": option, "type": 3, "value": typed, "focused": True})
        used = await self.answered(await self.send(4, offered))
        assert used.acknowledged is not None
        return [choice["value"] for choice in used.acknowledged["data"]["choices"]]

    async def press(self, custom_id: str, on: Json, **by: str) -> Interacted:
        """Press a button below a message."""
        pressed = {"custom_id": custom_id, "component_type": 2}
        return await self.answered(await self.send(3, pressed, on=on, **by))

    async def submit(self, modal: Json, filled_in: Mapping[str, str], **by: str) -> Interacted:
        """Send a form that was opened."""
        parts = [fill(label, filled_in) for label in modal["components"]]
        sent = {"custom_id": modal["custom_id"], "components": parts}
        return await self.answered(await self.send(5, sent, **by))

    async def use_on(self, name: str, target: Json, **by: str) -> Interacted:
        """Use a context menu's command on a message."""
        known = next(c for c in self.rest.commands if c["name"] == name)
        chosen = {
            "id": known["id"],
            "name": name,
            "type": 3,
            "target_id": target["id"],
            "resolved": {"messages": {target["id"]: target}},
        }
        return await self.answered(await self.send(2, chosen, **by))

    async def answered(self, used: Interacted) -> Interacted:
        await asyncio.wait_for(used.answered.wait(), PATIENCE)
        return used

    async def send(
        self, kind: int, content: Json, *, by: str = EDITOR, on: Json | None = None, age: float = 0
    ) -> Interacted:
        """Hand out an interaction, `age` seconds old, without waiting for its answer."""
        used = Interacted(self._interaction(kind, content, by, on), time.monotonic() - age)
        self.rest.interactions[used.payload["token"]] = used
        await self.gateway.dispatch("INTERACTION_CREATE", used.payload)
        return used

    def write(self, content: str, *, embeds: tuple[Json, ...] = ()) -> Json:
        """A message that a person wrote."""
        made = message(NEWS, READER, {"content": content, "embeds": list(embeds)})
        self.rest.messages.setdefault(NEWS, []).append(made)
        return made

    def _interaction(self, kind: int, content: Json, by: str, on: Json | None) -> Json:
        held = {EDITOR: EVERYONE_MAY | EDITOR_MAY, READER: EVERYONE_MAY}.get(by, 0)
        member = {**self.world.member(by), "permissions": str(held)}
        below = {"message": on} if on else {}
        return {
            "id": snowflake(),
            "application_id": APPLICATION,
            "type": kind,
            "data": content,
            "guild_id": GUILD,
            "guild": {"id": GUILD, "features": [], "locale": "en-US"},
            "channel_id": NEWS,
            "channel": self.world.channel(NEWS),
            "member": member,
            "token": f"interaction-token-{next(_tokens)}",
            "version": 1,
            "app_permissions": str(BOT_MAY),
            "locale": "en-GB",
            "guild_locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": GUILD},
            "context": 0,
            "attachment_size_limit": 10_485_760,
            **below,
        }

    async def _serve(self, app: web.Application) -> int:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return int(runner.addresses[0][1])


def command(name: str, options: Mapping[str, Any], known: list[Json]) -> Json:
    """A slash command as used: its options in Discord's types, channels resolved."""
    top, _, sub = name.partition(" ")
    listed = next(c for c in known if c["name"] == top)
    takers = listed["options"]
    if sub:
        takers = next(o for o in takers if o["name"] == sub).get("options", [])
    kinds = {taker["name"]: taker["type"] for taker in takers}
    given = [
        {"name": key, "type": kinds[key], "value": value}
        for key, value in options.items()
        if value is not None
    ]
    channels = {o["value"]: resolved(o["value"]) for o in given if o["type"] == 7}
    return {
        "id": listed["id"],
        "name": top,
        "type": 1,
        "options": [{"name": sub, "type": 1, "options": given}] if sub else given,
        **({"resolved": {"channels": channels}} if channels else {}),
    }


def resolved(channel_id: str) -> Json:
    """A channel as an interaction resolves it: partial, with the asker's permissions."""
    return {
        "id": channel_id,
        "name": f"channel{channel_id}",
        "type": 0,
        "permissions": "0",
        "guild_id": GUILD,
        "parent_id": None,
        "position": 0,
        "nsfw": False,
        "last_message_id": None,
        "topic": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def fill(label: Json, filled_in: Mapping[str, str]) -> Json:
    """A label of a form as it comes back: with its text, or with its chosen values."""
    inner = label["component"]
    name, kind = inner["custom_id"], inner["type"]
    value = filled_in.get(name, "")
    shown = {"value": value} if kind == 4 else {"values": [value] if value else []}
    return {"type": 18, "id": 1, "component": {"type": kind, "id": 2, "custom_id": name, **shown}}


def buttons(shown: Json) -> dict[str, str]:
    """Label to custom_id, or to the address of a link, of a message's buttons."""
    return {
        button["label"]: button.get("custom_id") or button["url"]
        for row in shown["components"]
        for button in row["components"]
    }


def texts(shown: Json) -> str:
    """All that a message says."""
    parts = [e.get("title", "") + "\n" + e.get("description", "") for e in shown["embeds"]]
    return "\n".join([shown["content"], *parts])
