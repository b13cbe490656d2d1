"""A workspace on loopback: Slack's Web API and Socket Mode, as their documentation has them.

It refuses what Slack refuses: malformed blocks, used tickets, late triggers, spent response_urls.
"""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.scenarios.slack.checks import why_refused

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-bot-token", "xapp-1-app-token", "8f742231b10e8888abcd"
TEAM, BOT_USER, BOT_ID = "T0TEAM", "U0BOT", "B0BOT"
SCOPES = "commands,chat:write,channels:read,groups:read,channels:history,groups:history,users:read"
#: Seconds that a trigger_id opens a view, and that a response_url may be answered.
TRIGGER, ANSWERABLE, ANSWERS = 3, 1_800, 5


@dataclass
class Call:
    """One call of the Web API, or an answer to a response_url (method "respond")."""

    method: str
    body: dict
    ok: bool
    error: str = ""


@dataclass
class Channel:
    id: str
    members: set = field(default_factory=lambda: {"U0MAKER", "U0ASKER", BOT_USER})
    creator: str = "U0MAKER"
    is_private: bool = False
    is_archived: bool = False
    messages: list = field(default_factory=list)


@dataclass
class Fault:
    """What a method does once instead of answering: an error word, a status, or a cut line.

    `is_done`: whether the call took effect before the line was cut.
    """

    error: str = ""
    status: int = 200
    headers: dict = field(default_factory=dict)
    is_cut: bool = False
    is_done: bool = False
    text: str = ""


class Refused(Exception):
    """Slack's word for why a call is not obeyed."""


class Counterpart:
    def __init__(self):
        self.calls, self.faults, self.acks = [], {}, {}
        self.channels = {"C0NEWS": Channel("C0NEWS")}
        self.admins = {"U0ADMIN"}
        self.views, self.homes, self.triggers, self.urls, self.tickets = {}, {}, {}, {}, set()
        self.sockets, self.connections, self.holds_back_mail = [], 0, False
        self.hidden_metadata = False
        self.skew = 0.0
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()
        self._server = None

    # What tests look at

    @property
    def api_url(self):
        return str(self._server.make_url("/api/"))

    def now(self):
        return time.time() + self.skew

    def number(self):
        return next(self._numbers)

    def made(self, method, *, ok=True):
        """Bodies of the calls of a method that were obeyed."""
        return [call.body for call in self.calls if call.method == method and call.ok == ok]

    async def until(self, is_so, *, what="what was waited for"):
        """Wait until something that was received makes `is_so` true."""
        try:
            async with asyncio.timeout(10), self._changed:
                await self._changed.wait_for(is_so)
        except TimeoutError:
            seen = [(call.method, call.error) for call in self.calls]
            raise AssertionError(f"{what} never came; calls: {seen}") from None

    async def changed(self):
        async with self._changed:
            self._changed.notify_all()

    # Running

    async def __aenter__(self):
        app = web.Application(client_max_size=10**6)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._call),
                web.post("/commands/{id}", self._respond),
                web.get("/link", self._link),
            ]
        )
        self._server = TestServer(app)
        await self._server.start_server(access_log=None)  # it would show our tickets
        return self

    async def __aexit__(self, *_):
        for socket in list(self.sockets):
            await socket.close()
        await self._server.close()

    # Web API

    async def _call(self, request):
        method = request.match_info["method"]
        body = await _read(request)
        fault = (self.faults.get(method) or [None]).pop(0)
        if fault and not fault.is_done:
            return await self._fail(request, method, body, fault)
        answer, error = {"ok": True}, ""
        try:
            self._check_token(request, method)
            answer |= getattr(self, "_" + method.replace(".", "_"), self._unknown)(body)
        except Refused as refused:
            error = str(refused)
            answer = {"ok": False, "error": error.partition(":")[0], "why": error}
        self.calls.append(Call(method, body, ok=not error, error=error))
        await self.changed()
        if fault:
            return await self._fail(request, method, body, fault)
        return web.json_response(answer, headers={"X-OAuth-Scopes": SCOPES})

    async def _fail(self, request, method, body, fault):
        if not fault.is_done:
            self.calls.append(Call(method, body, ok=False, error=fault.error or "cut"))
            await self.changed()
        if fault.is_cut:
            request.transport.abort()
            return web.Response()
        if fault.text:
            return web.Response(text=fault.text, status=fault.status)
        answer = {"ok": False, "error": fault.error}
        return web.json_response(answer, status=fault.status, headers=fault.headers)

    def _check_token(self, request, method):
        expected = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("Authorization") != f"Bearer {expected}":
            raise Refused("invalid_auth")

    def _unknown(self, _):
        raise Refused("unknown_method")

    def _auth_test(self, _):
        return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, "url": self.api_url}

    def _apps_connections_open(self, _):
        ticket = f"ticket-{self.number()}"
        self.tickets.add(ticket)
        url = self._server.make_url("/link").with_scheme("ws").with_query(ticket=ticket)
        return {"url": str(url)}

    def _chat_postMessage(self, body):  # noqa: N802  # Slack's name
        channel = self._channel(body)
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if channel.is_archived:
            raise Refused("is_archived")
        self._check_message(body)
        message = {
            "type": "message",
            "ts": self.stamp(),
            "bot_id": BOT_ID,
            "user": BOT_USER,
            **{k: body[k] for k in ("text", "blocks", "metadata", "thread_ts") if body.get(k)},
        }
        channel.messages.append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def _chat_postEphemeral(self, body):  # noqa: N802  # Slack's name
        channel = self._channel(body)
        if BOT_USER not in channel.members:
            raise Refused("not_in_channel")
        if body["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        self._check_message(body)
        return {"message_ts": self.stamp()}

    def _conversations_info(self, body):
        channel = self._channel(body)
        return {
            "channel": {
                "id": channel.id,
                "creator": channel.creator,
                "is_private": channel.is_private,
                "is_archived": channel.is_archived,
                "is_member": BOT_USER in channel.members,
            }
        }

    def _conversations_members(self, body):
        members = sorted(self._channel(body).members)
        start = int(body.get("cursor") or 0)
        end = start + min(int(body["limit"]), 2)  # fewer than asked for: Slack may
        cursor = str(end) if end < len(members) else ""
        return {"members": members[start:end], "response_metadata": {"next_cursor": cursor}}

    def _conversations_history(self, body):
        tops = [m for m in self._channel(body).messages if "thread_ts" not in m]
        return self._page(body, tops[::-1])

    def _conversations_replies(self, body):
        below = [m for m in self._channel(body).messages if body["ts"] in _threads_of(m)]
        if not below:
            raise Refused("thread_not_found")
        return self._page(body, below)

    def _page(self, body, messages):
        recent = [m for m in messages if float(m["ts"]) >= float(body.get("oldest") or 0)]
        start = int(body.get("cursor") or 0)
        end = start + min(int(body["limit"]), 3)
        cursor = str(end) if end < len(recent) else ""
        hides = self.hidden_metadata or str(body.get("include_all_metadata")).lower() not in "1true"
        shown = [{k: v for k, v in m.items() if k != "metadata" or not hides} for m in recent]
        return {
            "messages": shown[start:end],
            "has_more": bool(cursor),
            "response_metadata": {"next_cursor": cursor},
        }

    def _users_info(self, body):
        user = body["user"]
        return {"user": {"id": user, "is_admin": user in self.admins, "deleted": False}}

    def _views_open(self, body):
        issued_at = self.triggers.pop(body["trigger_id"], None)
        if issued_at is None:
            raise Refused("exchanged_trigger_id")
        if self.now() - issued_at > TRIGGER:
            raise Refused("expired_trigger_id")
        return self._keep_view(f"V{self.number()}", body["view"])

    def _views_update(self, body):
        if body["view_id"] not in self.views:
            raise Refused("not_found")
        return self._keep_view(body["view_id"], body["view"])

    def _views_publish(self, body):
        self.check_view(body["view"], "home")
        self.homes[body["user_id"]] = body["view"]
        return {"view": {**body["view"], "id": f"V{body['user_id']}"}}

    def _keep_view(self, view_id, view):
        self.check_view(view, "modal")
        self.views[view_id] = view
        return {"view": {**view, "id": view_id}}

    def check_view(self, view, kind):
        if view.get("type") != kind:
            raise Refused("invalid_arguments: type")
        if why := why_refused(view, surface=kind):
            raise Refused(why)

    def _channel(self, body):
        channel = self.channels.get(body.get("channel"))
        if channel is None or (channel.is_private and BOT_USER not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def _check_message(self, body):
        if not body.get("text") and not body.get("blocks"):
            raise Refused("no_text")
        if why := why_refused(body, surface="message"):
            raise Refused(why)

    def stamp(self):
        """A message's ts: unique, and in order."""
        return f"{self.now():.0f}.{self.number():06d}"

    # response_url

    def response_url(self):
        name = f"r{self.number()}"
        self.urls[name] = [self.now(), 0]
        return str(self._server.make_url(f"/commands/{name}"))

    async def _respond(self, request):
        issued_at, used = self.urls[request.match_info["id"]]
        body = await request.json()
        why = why_refused(body, surface="message")
        if self.now() - issued_at > ANSWERABLE:
            why = "expired_url"
        elif used >= ANSWERS:
            why = "used_url"
        fault = (self.faults.get("respond") or [None]).pop(0)
        if fault:
            return await self._fail(request, "respond", body, fault)
        if not why:
            self.urls[request.match_info["id"]][1] += 1
        self.calls.append(Call("respond", body, ok=not why, error=why))
        await self.changed()
        return web.Response(text=why or "ok", status=404 if why else 200)

    # Socket Mode

    async def _link(self, request):
        ticket = request.query["ticket"]
        if ticket not in self.tickets:
            return web.Response(status=403)
        self.tickets.discard(ticket)
        if self.faults.get("link") and self.faults["link"].pop(0):
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        self.connections += 1
        await self.changed()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                answer = json.loads(message.data)
                self.acks[answer["envelope_id"]] = answer
                await self.changed()
        self.sockets.remove(socket)
        await self.changed()
        return socket


async def _read(request):
    if request.content_type == "application/json":
        return await request.json()
    found = {**request.query, **await request.post()}
    return {
        name: json.loads(value) if name in {"view", "blocks", "metadata"} else value
        for name, value in found.items()
    }


def _threads_of(message):
    return (message["ts"], message.get("thread_ts"))


def read_form(body):
    """A form body's fields, each once."""
    return {name: values[0] for name, values in parse_qs(body).items()}
