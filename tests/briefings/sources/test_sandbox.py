"""The child that parses: what it may not do, and that it ends."""

import asyncio
import sys
import time
from pathlib import Path

import psutil
import pytest

from briefings.errors import ParserGaveUp
from briefings.sources import child
from briefings.sources.sandbox import AT_ONCE, SandboxLimits, run_parser

FEED = b'<rss version="2.0"><channel><title>Harbour</title></channel></rss>'
NO_OPTIONS = {"url": None, "charset": None}
# Nested unclosed tags: work for a parser, and small on the wire.
HEAVY = b"<html><body>" + b"<div><p>word " * 60_000 + b"</body></html>"


async def test_a_parser_answers():
    """What the parser made of the bytes comes back."""
    found = await run_parser("feed", FEED, NO_OPTIONS, source="feed.xml")
    assert found["title"] == "Harbour"


async def test_a_parser_out_of_time_is_killed():
    """The wall clock ends a parse, and the error names the source."""
    began = time.monotonic()
    with pytest.raises(ParserGaveUp) as caught:
        await run_parser(
            "page", HEAVY, NO_OPTIONS, source="a.html", limits=SandboxLimits(wall_seconds=0.3)
        )
    assert caught.value.url == "a.html"
    assert time.monotonic() - began < 3


async def test_a_parser_out_of_memory_is_stopped():
    """The address space ends a parse before the machine feels it."""
    limits = SandboxLimits(memory_bytes=64_000_000)
    with pytest.raises(ParserGaveUp):
        await run_parser("page", HEAVY, NO_OPTIONS, source="a.html", limits=limits)


def list_parsers() -> list[psutil.Process]:
    """The processes that parse at the moment; other tests may have left children of their own."""
    return [process for process in psutil.Process().children() if is_parser(process)]


def is_parser(process: psutil.Process) -> bool:
    try:
        return child.__name__ in process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return False


async def find_child() -> psutil.Process:
    """The process that parses at the moment."""
    for _ in range(100):
        for process in list_parsers():
            return process
        await asyncio.sleep(0.02)
    raise AssertionError("no child was started")


async def test_a_cancelled_parse_leaves_no_process():
    """Whoever stops waiting stops the child."""
    task = asyncio.create_task(run_parser("page", HEAVY, NO_OPTIONS, source="a.html"))
    parser = await find_child()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not parser.is_running()


async def test_no_more_parsers_at_once_than_the_machine_has_cores():
    """Whoever comes when all are at work waits its turn; all are answered."""
    most = 0
    parses = asyncio.gather(
        *(
            run_parser("feed", FEED, NO_OPTIONS, source=f"{number}.xml")
            for number in range(2 * AT_ONCE + 1)
        )
    )
    while not parses.done():
        most = max(most, len(list_parsers()))
        await asyncio.sleep(0.005)
    assert {found["title"] for found in await parses} == {"Harbour"}
    assert 0 < most <= AT_ONCE


FORBIDDEN = {
    "network": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "names": "import socket; socket.getaddrinfo('localhost', 80)",
    "reading": "open('/etc/hostname')",
    "reading bytes": "import os; os.open('/etc/hostname', os.O_RDONLY)",
    "writing": "open('{tmp}/x', 'w')",
    "writing beside the code": "open('{package}/x.py', 'w')",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "a feed by name": "import feedparser; feedparser.parse('/etc/hostname')['x']",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
async def test_a_parser_reaches_nothing_else(statement, tmp_path):
    """No network, no file, no program is within a parser's reach."""
    statement = statement.format(tmp=tmp_path, package=Path(child.__file__).parent)
    script = (
        "import sys, socket, subprocess, feedparser\n"
        "from briefings.sources import child\n"
        "sys.addaudithook(child._forbid)\n"
        f"try:\n    {statement}\n"
        "except (PermissionError, KeyError):\n    print('refused')\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert printed == b"refused\n"


async def test_our_environment_stays_here(monkeypatch):
    """The child gets no variable of ours: tokens live there."""
    monkeypatch.setenv("BRIEFBOT_TOKEN", "secret")
    task = asyncio.create_task(run_parser("page", HEAVY, NO_OPTIONS, source="a.html"))
    parser = await find_child()
    variables = parser.environ()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert variables.keys() <= {"PYTHONPATH", "PYTHONUTF8"}
