"""Discord's HTTP API as far as the bot uses it, with the refusals that Discord documents.

It judges requests by Discord's published limits and rules, not by what the bot happens to send.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from simcord.components import ComponentValidationError, validate_message_state, validate_modal

from tests.scenarios.discord.world import (
    APPLICATION,
    BOT,
    GUILD,
    TOKEN,
    Json,
    World,
    message,
    snowflake,
    user,
)

EPHEMERAL = 64
#: Seconds in which an interaction must be acknowledged, and in which its token serves.
FIRST_ANSWER, TOKEN_LIFE = 3.0, 900.0


class Refusal(Exception):
    """An error answer: HTTP status, Discord's code, its words."""

    def __init__(self, status: int, code: int, text: str) -> None:
        super().__init__(text)
        self.status, self.code, self.text = status, code, text


@dataclass
class Fault:
    """What to do instead of the right answer to the next request of `method` to a path with `part`.

    "drop": close the connection without doing it; "drop after": do it, then close; else answer
    with `status`, `headers` and `body`. `gate`: wait for it first.
    """

    method: str
    part: str
    kind: str = "answer"
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    gate: asyncio.Event | None = None


@dataclass
class Interacted:
    """An interaction that was handed out, and what became of it."""

    payload: Json
    issued_at: float
    acknowledged: Json | None = None
    #: The message that answers it; None while it "thinks", or once deleted.
    original: Json | None = None
    is_deleted: bool = False
    was_completed: bool = False
    followups: list[Json] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_ephemeral(self) -> bool:
        inner = (self.acknowledged or {}).get("data") or {}
        return bool(inner.get("flags", 0) & EPHEMERAL)


@dataclass
class Rest:
    """The API's state. `refused`: what was answered with an error, as (method, path, code)."""

    world: World
    commands: list[Json] = field(default_factory=list)
    syncs: int = 0
    messages: dict[str, list[Json]] = field(default_factory=dict)
    nonces: dict[str, Json] = field(default_factory=dict)
    interactions: dict[str, Interacted] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: list[tuple[str, str, int]] = field(default_factory=list)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/v10/{path:.*}", self._handle)
        return app

    def posted(self, channel_id: str) -> list[Json]:
        """What stands in a channel or thread, oldest first."""
        return self.messages.get(channel_id, [])

    def calls(self, method: str, part: str) -> list[Any]:
        """Bodies of the requests of this method to paths with `part`."""
        return [body for verb, path, body in self.requests if verb == method and part in path]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body = await request.json() if request.can_read_body else None
        self.requests.append((request.method, path, body))
        fault = self._take_fault(request.method, path)
        if fault and fault.gate:
            await fault.gate.wait()
        if fault and fault.kind == "drop":
            return _drop(request)
        if fault and fault.kind == "answer":
            return _answer(fault.status, fault.body, fault.headers)
        try:
            self._authorize(request, path)
            status, answer = await self._route(request, path, body)
        except Refusal as refusal:
            self.refused.append((request.method, path, refusal.code))
            status, answer = refusal.status, {"code": refusal.code, "message": refusal.text}
        return _drop(request) if fault else _answer(status, answer, {})

    def _take_fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.part in path:
                self.faults.remove(fault)
                return fault
        return None

    def _authorize(self, request: web.Request, path: str) -> None:
        is_open = path.startswith(("/interactions/", "/webhooks/"))
        if not is_open and request.headers.get("Authorization") != f"Bot {TOKEN}":
            raise Refusal(401, 0, "401: Unauthorized")

    async def _route(  # noqa: C901, PLR0911, PLR0912  # a line a route, as in Discord's reference
        self, request: web.Request, path: str, body: Any
    ) -> tuple[int, Any]:
        match [request.method, *path.strip("/").split("/")]:
            case ["GET", "users", "@me"]:
                return 200, user(BOT)
            case ["GET", "oauth2", "applications", "@me"]:
                return 200, _application()
            case ["GET", "applications", _, "commands"]:
                return 200, self.commands
            case ["PUT", "applications", _, "commands"]:
                return 200, self._register(body)
            case ["GET", "guilds", guild_id]:
                self._require_guild(guild_id)
                return 200, self.world.guild()
            case ["GET", "guilds", guild_id, "members", user_id]:
                self._require_guild(guild_id)
                if user_id not in self.world.members:
                    raise Refusal(404, 10007, "Unknown Member")
                return 200, self.world.member(user_id)
            case ["GET", "guilds", guild_id, "threads", "active"]:
                self._require_guild(guild_id)
                return 200, {"threads": list(self.world.threads.values()), "members": []}
            case ["GET", "channels", channel_id]:
                self._require_channel(channel_id)
                return 200, self.world.channel(channel_id)
            case ["GET", "channels", channel_id, "threads", "archived", "public"]:
                self._require_channel(channel_id)
                return 200, {"threads": [], "members": [], "has_more": False}
            case ["GET", "channels", channel_id, "messages"]:
                return 200, self._history(channel_id, request.query)
            case ["POST", "channels", channel_id, "messages"]:
                return 200, self._create_message(channel_id, body)
            case ["POST", "channels", channel_id, "messages", message_id, "threads"]:
                return 201, self._create_thread(channel_id, message_id, body)
            case ["POST", "interactions", interaction_id, token, "callback"]:
                return self._acknowledge(interaction_id, token, body, request.query)
            case [method, "webhooks", application_id, token, *rest]:
                return self._webhook(method, application_id, token, rest, body)
        raise Refusal(404, 0, "404: Not Found")

    # guilds and channels

    def _require_guild(self, guild_id: str) -> None:
        if guild_id != GUILD:
            raise Refusal(404, 10004, "Unknown Guild")

    def _require_channel(self, channel_id: str) -> None:
        if channel_id not in {**self.world.kinds, **self.world.threads}:
            raise Refusal(404, 10003, "Unknown Channel")
        if not self.world.may(channel_id, "view_channel"):
            raise Refusal(403, 50001, "Missing Access")

    def _require(self, channel_id: str, *names: str) -> None:
        self._require_channel(channel_id)
        if not all(self.world.may(channel_id, name) for name in names):
            raise Refusal(403, 50013, "Missing Permissions")

    def _register(self, body: list[Json]) -> list[Json]:
        self.syncs += 1
        self.commands = [registered(command) for command in body]
        return self.commands

    # messages

    def _history(self, channel_id: str, query: Any) -> list[Json]:
        self._require_channel(channel_id)
        if not self.world.may(channel_id, "read_message_history"):
            return []  # so documented: no error, no messages
        limit = int(query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise Refusal(400, 50035, "Invalid Form Body")
        after = int(query.get("after", 0))
        found = [m for m in self.posted(channel_id) if int(m["id"]) > after][:limit]
        return [{k: v for k, v in m.items() if k != "nonce"} for m in reversed(found)]

    def _create_message(self, channel_id: str, body: Json) -> Json:
        in_thread = channel_id in self.world.threads
        speak = "send_messages_in_threads" if in_thread else "send_messages"
        self._require(channel_id, speak, "embed_links")
        check_message(body)
        nonce = body.get("nonce")
        if nonce is not None and len(str(nonce)) > 25:
            raise Refusal(400, 50035, "Invalid Form Body: nonce")
        if body.get("enforce_nonce") and nonce in self.nonces:
            return self.nonces[nonce]
        made = message(channel_id, BOT, body)
        self.messages.setdefault(channel_id, []).append(made)
        if in_thread:
            self.world.threads[channel_id]["last_message_id"] = made["id"]
        if nonce is None:
            return made
        self.nonces[nonce] = {**made, "nonce": nonce}
        return self.nonces[nonce]

    def _create_thread(self, channel_id: str, message_id: str, body: Json) -> Json:
        self._require(channel_id, "create_public_threads")
        if self.world.channel(channel_id)["type"] not in {0, 5}:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        if message_id not in {m["id"] for m in self.posted(channel_id)}:
            raise Refusal(404, 10008, "Unknown Message")
        if message_id in self.world.threads:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        if not 1 <= len(body["name"]) <= 100:
            raise Refusal(400, 50035, "Invalid Form Body: name")
        return self.world.thread(message_id, channel_id, body["name"])

    # interactions

    def _acknowledge(
        self, interaction_id: str, token: str, body: Json, query: Any
    ) -> tuple[int, Any]:
        known = self.interactions.get(token)
        is_late = known is None or time.monotonic() - known.issued_at > FIRST_ANSWER
        if known is None or known.payload["id"] != interaction_id or is_late:
            raise Refusal(404, 10062, "Unknown interaction")
        if known.acknowledged is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        check_callback(known.payload["type"], body)
        known.acknowledged = body
        if body["type"] in {8, 9}:
            known.answered.set()
        if query.get("with_response") not in {"1", "true"}:
            return 204, None
        about = {"id": interaction_id, "type": known.payload["type"]}
        return 200, {"interaction": about, "resource": {"type": body["type"]}}

    def _webhook(
        self, method: str, application_id: str, token: str, rest: list[str], body: Json
    ) -> tuple[int, Any]:
        known = self.interactions.get(token)
        if known is None or known.acknowledged is None or application_id != APPLICATION:
            raise Refusal(404, 10015, "Unknown Webhook")
        if time.monotonic() - known.issued_at > TOKEN_LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        match [method, *rest]:
            case ["PATCH", "messages", "@original"]:
                return 200, self._edit_original(known, body)
            case ["DELETE", "messages", "@original"]:
                self._take_away(known)
                return 204, None
            case ["POST"] if not known.was_completed:
                return 200, self._edit_original(known, body)  # documented, for old bots
            case ["POST"]:
                made = self._say(known, body, bool(int(body.get("flags") or 0) & EPHEMERAL))
                known.followups.append(made)
                return 200, made
        raise Refusal(404, 0, "404: Not Found")

    def _edit_original(self, known: Interacted, body: Json) -> Json:
        if known.is_deleted:
            raise Refusal(404, 10008, "Unknown Message")
        check_message(body)
        if known.original is None:
            known.original, known.was_completed = self._say(known, body, known.is_ephemeral), True
        else:
            for key in ("content", "embeds", "components"):
                known.original[key] = body.get(key, known.original[key]) or ""
        known.answered.set()
        return known.original

    def _take_away(self, known: Interacted) -> None:
        stands = self.messages.get(known.payload["channel_id"], [])
        stands[:] = [m for m in stands if m is not known.original]
        known.original, known.is_deleted = None, True

    def _say(self, known: Interacted, body: Json, is_ephemeral: bool) -> Json:
        check_message(body)
        flags = EPHEMERAL if is_ephemeral else 0
        made = message(known.payload["channel_id"], BOT, {**body, "flags": flags})
        if not is_ephemeral:
            self.messages.setdefault(known.payload["channel_id"], []).append(made)
        return made


def registered(command: Json) -> Json:
    """A command as Discord lists it: with ids, permissions as text, and defaults left out."""
    permissions = command.get("default_member_permissions")
    return {
        **_without_defaults(command),
        "id": snowflake(),
        "application_id": APPLICATION,
        "version": snowflake(),
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": False,
        "nsfw": False,
        "description": command.get("description", ""),
        "name_localizations": None,
    }


def _without_defaults(part: Any) -> Any:
    if isinstance(part, dict):
        plain = {key: _without_defaults(value) for key, value in part.items()}
        return {key: value for key, value in plain.items() if value not in (False, [])}
    return [_without_defaults(value) for value in part] if isinstance(part, list) else part


def check_message(body: Json) -> None:
    """Discord's sizes, and our own rule that nobody is ever mentioned."""
    try:
        validate_message_state(
            body.get("components") or [],
            flags=int(body.get("flags") or 0),
            content=body.get("content"),
            embeds=body.get("embeds") or [],
            require_nonempty=True,
        )
    except ComponentValidationError as error:
        raise Refusal(400, 50035, f"Invalid Form Body: {error}") from error
    if (body.get("allowed_mentions") or {}).get("parse") != []:
        raise Refusal(400, 50035, "mentions are not off")


def check_callback(kind: int, body: Json) -> None:
    """Which answers fit which interaction ("Interaction Callback Type"), and their sizes."""
    fitting = {2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}[kind]
    if body["type"] not in fitting:
        raise Refusal(400, 50035, "Invalid Form Body: type")
    try:
        if body["type"] == 9:
            validate_modal(body["data"])
    except ComponentValidationError as error:
        raise Refusal(400, 50035, f"Invalid Form Body: {error}") from error
    choices = body["data"]["choices"] if body["type"] == 8 else []
    sizes = [len(text) for choice in choices for text in (choice["name"], choice["value"])]
    if len(choices) > 25 or not all(1 <= size <= 100 for size in sizes):
        raise Refusal(400, 50035, "Invalid Form Body: choices")


def _application() -> Json:
    return {
        "id": APPLICATION,
        "name": "Briefbot",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": user("1"),
        "team": None,
    }


def _answer(status: int, answer: Any, headers: dict[str, str]) -> web.Response:
    """discord.py decodes an answer only where its Content-Type is exactly this."""
    if status == 204:
        return web.Response(status=204)
    content_type = {"Content-Type": "application/json", **headers}
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return web.Response(body=text.encode(), status=status, headers=content_type)


def _drop(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
