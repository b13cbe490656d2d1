"""Discord's gateway as documented: hello, identify, heartbeats, events, resume with replay.

It speaks plain JSON text frames, which a client that offers compression must take too.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.scenarios.discord.world import APPLICATION, BOT, GUILD, TOKEN, Json, World, user

(DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT) = (0, 1, 2, 6, 7)
(INVALID_SESSION, HELLO, HEARTBEAT_ACK) = (9, 10, 11)


@dataclass
class Session:
    """What can be resumed: every event with its number."""

    id: str
    events: list[Json] = field(default_factory=list)


@dataclass
class Gateway:
    """The websocket's side. `overlap`: how many events already seen are told again on resume."""

    world: World
    url: str = ""
    token: str = TOKEN
    overlap: int = 0
    refuses: int = 0
    identified: list[Json] = field(default_factory=list)
    resumed: list[Json] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    heartbeats: int = 0
    socket: web.WebSocketResponse | None = None
    session: Session | None = None
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", self._connect)
        return app

    async def dispatch(self, name: str, content: Json) -> None:
        """Tell of an event; kept for a resume, should nobody listen now."""
        assert self.session is not None
        self.session.events.append(
            {"op": DISPATCH, "t": name, "s": len(self.session.events) + 1, "d": content}
        )
        if self.socket is not None and not self.socket.closed:
            await self._send(self.socket, self.session.events[-1])

    async def ask_to_reconnect(self) -> None:
        self.ready.clear()
        assert self.socket is not None
        await self._send(self.socket, {"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """The session is over and can't be resumed."""
        self.ready.clear()
        self.sessions.clear()
        assert self.socket is not None
        await self._send(self.socket, {"op": INVALID_SESSION, "d": False})

    async def drop(self) -> None:
        """Cut the connection without a word."""
        self.ready.clear()
        socket, self.socket = self.socket, None
        assert socket is not None
        assert socket._req is not None
        assert socket._req.transport is not None
        socket._req.transport.abort()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if self.refuses:
            self.refuses -= 1
            return web.Response(status=502)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await self._send(socket, {"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._take(socket, json.loads(frame.data))
        return socket

    async def _take(self, socket: web.WebSocketResponse, sent: Json) -> None:
        match sent["op"]:
            case 1:
                self.heartbeats += 1
                # discord.py notes when it sent after sending: nobody's answer is there before.
                await asyncio.sleep(0.05)
                await self._send(socket, {"op": HEARTBEAT_ACK})
            case 2:
                await self._identify(socket, sent["d"])
            case 6:
                await self._resume(socket, sent["d"])
            case 3 | 4 | 8:
                return
            case _:
                await socket.close(code=4001)

    async def _identify(self, socket: web.WebSocketResponse, asked: Json) -> None:
        self.identified.append(asked)
        if asked["token"] != self.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        self.session = Session(id=f"session{len(self.sessions) + len(self.identified)}")
        self.sessions[self.session.id] = self.session
        self.socket = socket
        await self.dispatch(
            "READY",
            {
                "v": 10,
                "user": user(BOT),
                "guilds": [{"id": GUILD, "unavailable": True}],
                "session_id": self.session.id,
                "resume_gateway_url": self.url,
                "application": {"id": APPLICATION, "flags": 0},
            },
        )
        await self.dispatch("GUILD_CREATE", self.world.guild_create())
        self.ready.set()

    async def _resume(self, socket: web.WebSocketResponse, asked: Json) -> None:
        self.resumed.append(asked)
        known = self.sessions.get(asked["session_id"])
        if known is None or asked["token"] != self.token:
            await self._send(socket, {"op": INVALID_SESSION, "d": False})
            return
        self.session, self.socket = known, socket
        for event in known.events[max(0, asked["seq"] - self.overlap) :]:
            await self._send(socket, event)
        await self.dispatch("RESUMED", {})
        self.ready.set()

    async def _send(self, socket: web.WebSocketResponse, payload: Any) -> None:
        await socket.send_str(json.dumps(payload))
