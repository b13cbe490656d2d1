"""An application whose slow or far parts are hand-written fakes."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import App
from bot.cli import cli
from briefings.ports import Fetched, Validators
from briefings.testing import FakeSummarizer
from tests.bot.world import World

PROSE = "The crews of the ferries walked out on Monday and they want to have more rest. " * 10


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass
class FakeFetcher:
    """Serves pages from memory; what is asked for and missing is a fault of the test."""

    pages: dict[str, bytes] = field(default_factory=dict)

    async def fetch(
        self,
        url: str,
        validators: Validators | None = None,  # noqa: ARG002  # the port's
    ) -> Fetched:
        return Fetched(url=url, status=200, media_type="", charset="utf-8", body=self.pages[url])


@pytest.fixture
def app() -> App:
    return App(fetcher=FakeFetcher(), summarizer=FakeSummarizer(), clock=FixedClock())


@pytest.fixture
def article_page() -> Callable[[str], str]:
    """A page that holds an article with this title."""
    return lambda title: (
        f"<html><body><article><h1>{title}</h1><p>{PROSE}</p></article></body></html>"
    )


@pytest.fixture
def world(article_page) -> World:
    made = World(article_page)
    made.list_entries("Ferry crews walk out")
    return made


@pytest.fixture
def world_with(article_page) -> Callable[..., World]:
    """A world whose settings allow certain people."""

    def make(**allowed: frozenset[str]) -> World:
        made = World(article_page, **allowed)
        made.list_entries("Ferry crews walk out")
        return made

    return make


@pytest.fixture
def briefbot(app: App) -> Callable[..., Result]:
    """Call the command line on the fake application: `briefbot("brief", "a.txt")`."""

    def run(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], obj=app, input=stdin)

    return run


@pytest.fixture
def child_environment() -> dict[str, str]:
    """For a child that imports the project from its checkout."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def read_terminal() -> Callable[[list[str], dict[str, str]], str]:
    """Run a command on a terminal of its own; what it shows there."""
    return _read_terminal


def _read_terminal(command: list[str], env: dict[str, str]) -> str:
    """What a command shows on a terminal of its own, within a minute."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=env
    ) as child:
        os.close(theirs)
        shown, deadline = b"", time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([ours], [], [], 1)[0]:
                continue
            try:
                piece = os.read(ours, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not piece:
                break
            shown += piece
        child.wait(timeout=10)
    os.close(ours)
    return shown.decode()
