"""A person pastes the address of each kind of page: a briefing, or one sentence that helps.

The pages come from a web server on loopback; everything between command and socket is real.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.settings import Settings, known_settings


def to_paragraphs(text: str) -> list[str]:
    return [" ".join(lines.split()) for lines in text.strip().split("\n\n")]


TITLE = "Harbour pilots’ café talks “stall” as port owners walk out"
PARAGRAPHS = to_paragraphs("""
Talks between the harbour pilots of Eastwick and the owners of the port broke down on Monday, the
pilots’ union said, three weeks after its members refused to bring in ships at night.

“We will not steer tankers past unlit buoys,” said Marta Lindqvist, who leads the union. She
accused the port’s owners of saving on safety while fees rose by 12 percent.

The port’s director, Paul Okafor, rejected the charge. He said that every buoy had been checked in
January and warned that the port would lose its largest customer in June.

Eastwick handles a third of the country’s grain. The transport ministry has called on both sides
to return to the table, and a mediator is to see them on Thursday.

It is not known how many ships have been sent to other ports. The harbour office declined to give
a figure, and neither side would say what it had offered on Monday.""")
GERMAN = (
    to_paragraphs("""
Die Gespräche zwischen den Lotsen und den Eigentümern des Hafens sind am Montag gescheitert. Das
teilte die Gewerkschaft mit, deren Mitglieder seit drei Wochen nachts nicht mehr fahren.

Der Direktor des Hafens wies die Vorwürfe zurück und sagte, alle Bojen seien im Januar geprüft
worden. Das Ministerium forderte beide Seiten auf, wieder zu verhandeln.""")
    * 3
)
CONSENT = to_paragraphs("""
We and our 1,142 partners store and access information on your device, such as cookies. With your
consent we and our partners process personal data for advertising.

You can accept all cookies or manage your choices. Accept all. Reject all. Manage options.""")
TEASER = [
    PARAGRAPHS[0],
    "Subscribe to continue reading. Already a subscriber? Sign in.",
]
ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000


def page(
    paragraphs: list[str], *, title: str = TITLE, encoding: str = "utf-8", head: str = ""
) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head>{head}<title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode(encoding)


def bomb() -> bytes:
    """300 MB of a page, in 300 kB."""
    packer = zlib.compressobj(level=1, wbits=31)
    pieces = [packer.compress(page(PARAGRAPHS))]
    pieces += [packer.compress(b"<p>" + b" " * MEGABYTE) for _ in range(300)]
    return b"".join([*pieces, packer.flush()])


UTF8 = '<meta charset="utf-8">'
PAYWALL_MARK = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",'
    '"headline": "x", "isAccessibleForFree": false}</script>'
)
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Eastwick</title>
<item><title>{TITLE}</title><link>http://HOST/utf-8</link>
<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>""".encode()

#: Path: status, headers, body.
PAGES: dict[str, tuple[int, dict[str, str], Callable[[], bytes]]] = {
    "/utf-8": (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        lambda: page(PARAGRAPHS, head=UTF8),
    ),
    "/windows-1252": (
        200,
        {"Content-Type": "text/html"},
        lambda: page(PARAGRAPHS, encoding="windows-1252"),
    ),
    "/consent": (
        200,
        {"Content-Type": "text/html"},
        lambda: page(CONSENT, title="Before you continue", head=UTF8),
    ),
    "/paywall": (
        200,
        {"Content-Type": "text/html"},
        lambda: page(TEASER, head=UTF8 + PAYWALL_MARK),
    ),
    "/missing": (404, {"Content-Type": "text/html"}, lambda: page(["Not found"])),
    "/broken": (503, {"Content-Type": "text/html"}, lambda: page(["Back soon"])),
    "/chain": (301, {"Location": "/chain2"}, lambda: b""),
    "/chain2": (301, {"Location": "http://10.0.0.1/article"}, lambda: b""),
    "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb),
    "/pdf": (200, {"Content-Type": "application/pdf"}, lambda: b"%PDF-1.7\n" + b"\0" * 100),
    "/image": (200, {"Content-Type": "image/png"}, lambda: b"\x89PNG\r\n" + b"\0" * 100),
    "/empty": (200, {"Content-Type": "text/html"}, lambda: b""),
    "/german": (
        200,
        {"Content-Type": "text/html"},
        lambda: page(GERMAN, title="Lotsen und Hafen streiten weiter", head=UTF8),
    ),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, lambda: RSS),
    "/slow": (200, {"Content-Type": "text/html"}, lambda: page(PARAGRAPHS)),
}


class Site(BaseHTTPRequestHandler):
    """Answers with PAGES; /slow sends a byte at a time, and gives up after half a minute."""

    slow_asked = threading.Event()

    def do_GET(self) -> None:
        status, headers, make_body = PAGES[self.path]
        body = make_body().replace(b"HOST", self.headers["Host"].encode())
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            if self.path != "/slow":
                self.wfile.write(body)
            else:
                self.slow_asked.set()
            for i in range(30 if self.path == "/slow" else 0):
                self.wfile.write(body[i : i + 1])
                time.sleep(1)
        except OSError:
            self.close_connection = True  # the visitor has seen enough

    def log_message(self, *_: object) -> None:
        """Say nothing: the test looks at what the command says."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def briefbot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """The whole command with the loopback host opened on purpose."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("BRIEFBOT_FETCH__ALLOW_HOSTS", "127.0.0.1")
    return lambda *arguments: CliRunner().invoke(cli, arguments)


@pytest.mark.parametrize("path", ["/utf-8", "/windows-1252", "/feed"])
def test_a_readable_page_becomes_a_briefing(briefbot, site, path):
    """Whatever its encoding, an article on a page or in a feed is briefed letter for letter."""
    result = briefbot("brief", site + path, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    briefing = json.loads(result.stdout)
    assert briefing["source"]["title"] == TITLE
    assert briefing["text"].endswith(PARAGRAPHS[-1])
    assert briefing["claims"]


def test_a_feed_is_listed(briefbot, site):
    """`feed` lists the entries, each with the address that `brief` would read."""
    result = briefbot("feed", site + "/feed")
    assert f"1  2026-03-02  {TITLE}" in result.stdout
    assert f"{site}/utf-8" in result.stdout


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/consent", "asks for consent to cookies"),
        ("/paywall", "only the beginning"),
        ("/missing", "There is no page at"),
        ("/broken", "has trouble at the moment (503)"),
        ("/chain", "fetch.allow_hosts"),
        ("/bomb", "is larger than 5 MB"),
        ("/pdf", "(PDF)"),
        ("/image", "(image)"),
        ("/empty", "holds no running text"),
        ("/german", "is in German"),
    ],
)
def test_any_other_page_is_one_sentence(briefbot, site, path, told):
    """What cannot be briefed fails with one line that says why and what to do."""
    result = briefbot("brief", site + path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert site + path in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_page_that_drips_is_left_at_the_deadline(briefbot, site, monkeypatch):
    """A byte a second is given up on when the deadline is over, not when the page is."""
    monkeypatch.setenv("BRIEFBOT_FETCH__DEADLINE_SECONDS", "1")
    began = time.monotonic()
    result = briefbot("brief", site + "/slow")
    assert time.monotonic() - began < 10
    assert result.exit_code == 1
    assert "fetch.deadline_seconds" in result.stderr


def test_a_host_that_nobody_opened_is_refused(briefbot, site, monkeypatch):
    """Loopback is refused unless the settings open it, and the sentence names the setting."""
    monkeypatch.delenv("BRIEFBOT_FETCH__ALLOW_HOSTS")
    result = briefbot("brief", site + "/utf-8")
    assert result.exit_code == 1
    assert "fetch.allow_hosts" in result.stderr
    assert "fetch.allow_hosts" in dict(known_settings(Settings))


def test_a_closed_port_is_told_as_such(briefbot):
    """An address where nobody listens is one sentence that says to try again."""
    result = briefbot("brief", "http://127.0.0.1:9/article")
    assert result.exit_code == 1
    assert "can't be reached" in result.stderr


def test_ctrl_c_ends_quietly(site, tmp_path):
    """Somebody who stops a slow command gets their prompt back, with 130 and no word."""
    Site.slow_asked.clear()
    environment = {**os.environ, "BRIEFBOT_FETCH__ALLOW_HOSTS": "127.0.0.1", "HOME": str(tmp_path)}
    # A shell starts what it puts in the background with Ctrl-C ignored, and the test with it.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    start += "from bot.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", start, "brief", site + "/slow"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert Site.slow_asked.wait(timeout=60)
        child.send_signal(signal.SIGINT)
        assert child.communicate(timeout=20) == (b"", b"")
        assert child.returncode == 130


def test_ctrl_c_while_a_page_arrives_ends_quietly(site, tmp_path):
    """Ctrl-C in the moment in which a piece of the page is taken in is no broken page."""
    environment = {**os.environ, "BRIEFBOT_FETCH__ALLOW_HOSTS": "127.0.0.1", "HOME": str(tmp_path)}
    start = """
import signal, sys
from bot.cli import main

def interrupt(frame, event, arg):
    if frame.f_code.co_name == "feed_data" and frame.f_code.co_filename.endswith("streams.py"):
        sys.setprofile(None)
        signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.setprofile(interrupt)
main()
"""
    ended = subprocess.run(
        [sys.executable, "-c", start, "brief", site + "/slow"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"", b"", 130)
