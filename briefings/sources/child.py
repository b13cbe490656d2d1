"""The child of `sandbox`: one request on standard input, one answer on standard output.

It runs the one job asked for and gives its machine nothing else: no network, no program, no file
but the modules' own.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

#: What a child may run, and where it is. Only the one asked for is imported.
JOBS = {
    "page": "briefings.sources.extract:extract_page",
    "feed": "briefings.sources.feeds:parse_feed",
    "links": "briefings.sources.discovery:find_feed_links",
    "language": "briefings.sources.tongues:tell_language",
}
_FORBIDDEN_EVENTS = (
    "socket.",
    "urllib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.spawn",
    "os.posix_spawn",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.mkdir",
)
#: By how much it stands back on a busy machine: whoever waits for an answer of ours comes first.
NICENESS = 5
_WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CODE_SUFFIXES = (".py", ".pyc", ".so", ".pyd")
#: Where Python, the installed packages and this package keep their own files.
_OWN_ROOTS = tuple(
    os.path.realpath(root) + os.sep
    for root in (
        sys.prefix,
        sys.base_prefix,
        os.path.dirname(os.path.dirname(__file__)),  # noqa: PTH120 - pathlib costs start-up time
        "/usr/share/zoneinfo",
    )
)


def main() -> None:
    """Read `{job, options, cpu, memory}` as a line of JSON, then the bytes to parse."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    header, _, body = sys.stdin.buffer.read().partition(b"\n")
    request = json.loads(header)
    logging.disable(logging.CRITICAL)
    module, _, name = JOBS[request["job"]].partition(":")
    parse: Callable[..., dict[str, Any]] = getattr(importlib.import_module(module), name)
    _limit_resources(request["cpu"], request["memory"])
    sys.addaudithook(_forbid)
    try:
        answer: dict[str, Any] = {"found": parse(body, **request["options"])}
    except MemoryError:
        answer = {"failed": "out of memory"}
    except Exception as error:  # noqa: BLE001 - whatever a parser raises, its input was unreadable
        answer = {"failed": type(error).__name__}
    sys.stdout.write(json.dumps(answer))


def _limit_resources(cpu_seconds: int, memory_bytes: int) -> None:
    with contextlib.suppress(ImportError):
        resource = importlib.import_module("resource")  # none on Windows: the wall clock remains
        for name, limit in (
            ("RLIMIT_CPU", cpu_seconds),
            ("RLIMIT_AS", memory_bytes),
            ("RLIMIT_CORE", 0),
        ):
            # macOS refuses some of these; the others still hold.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (limit, limit))


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook (PEP 578) against what a parser has no business to do."""
    if event.startswith(_FORBIDDEN_EVENTS):
        raise PermissionError(event)
    if event == "open":
        path, _, flags = arguments
        if flags & _WRITING_FLAGS or not _is_own_file(path):
            raise PermissionError(event)


def _is_own_file(path: object) -> bool:
    if not isinstance(path, str):
        return False
    return path.endswith(_CODE_SUFFIXES) or os.path.realpath(path).startswith(_OWN_ROOTS)


if __name__ == "__main__":
    main()
