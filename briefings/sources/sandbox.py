"""Run one parser over a stranger's bytes in a process that can be killed.

It decides nothing about what the parser found, and never lets the parser near our environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from briefings.errors import ParserGaveUp

Job = Literal["page", "feed", "links", "language"]
#: Children at a time: more than there are cores parse nothing sooner, and each takes some 60 MB.
AT_ONCE = max(2, os.cpu_count() or 1)
_rooms: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """Seconds of processor and of waiting, and bytes of address space, for one parse."""

    cpu_seconds: int = 10
    wall_seconds: float = 15.0
    memory_bytes: int = 1_073_741_824


async def run_parser(
    job: Job,
    body: bytes,
    options: Mapping[str, str | None],
    *,
    source: str,
    limits: SandboxLimits = SandboxLimits(),
) -> dict[str, Any]:
    """What the job's function made of `body`; ParserGaveUp, naming `source`, if it made nothing.

    Where AT_ONCE children are at work, it waits its turn first; that time does not count.
    """
    request = {
        "job": job,
        "options": dict(options),
        "cpu": limits.cpu_seconds,
        "memory": limits.memory_bytes,
    }
    sent = json.dumps(request).encode() + b"\n" + body
    room = _rooms.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
    try:
        async with room, asyncio.timeout(limits.wall_seconds):
            answer = await _talk_to_child(sent)
    except TimeoutError as error:
        raise ParserGaveUp(source, "out of time") from error
    return _read_answer(answer, source)


async def _talk_to_child(sent: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-s", "-m", "briefings.sources.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Tokens live in our environment; a parser needs only to find its modules.
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    try:
        answer, _ = await child.communicate(sent)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return answer


def _read_answer(answer: bytes, source: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError as error:
        # Killed by the kernel, for time or memory: nothing, or half an answer, was written.
        raise ParserGaveUp(source, "out of time or memory") from error
    if "found" not in found:
        raise ParserGaveUp(source, str(found.get("failed")))
    return dict(found["found"])
