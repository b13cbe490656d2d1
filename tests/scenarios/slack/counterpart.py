"""A workspace on loopback: Slack's Web API and Socket Mode, as their documentation has them.

It refuses what Slack refuses: malformed blocks, used tickets, late triggers, spent response_urls.
"""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from tests.scenarios.slack.checks import why_refused
from tests.scenarios.slack.methods import Channel, Methods, Refused

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-bot-token", "xapp-1-app-token", "8f742231b10e8888abcd"
SCOPES = "commands,chat:write,channels:read,groups:read,channels:history,groups:history,users:read"
#: Seconds that a response_url may be answered, and how often.
ANSWERABLE, ANSWERS = 1_800, 5


@dataclass
class Call:
    """One call of the Web API, or an answer to a response_url (method "respond")."""

    method: str
    body: dict
    ok: bool
    error: str = ""


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


class Counterpart(Methods):
    def __init__(self):
        self.calls, self.faults, self.acks = [], {}, {}
        self.channels = {"C0NEWS": Channel("C0NEWS")}
        self.admins = {"U0ADMIN"}
        self.views, self.homes, self.triggers, self.urls, self.tickets = {}, {}, {}, {}, set()
        self.sockets, self.connections = [], 0
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
            async with asyncio.timeout(60), self._changed:
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
