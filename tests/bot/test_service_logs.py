"""Records of the service: one JSON object a line, and never a secret."""

import json
import subprocess
import sys

import pytest

from bot.logs import strike_out

SLACK = "xoxb-" + "0" * 12 + "-" + "a" * 24
APP = "xapp-1-" + "B" * 11 + "-0-" + "c" * 10
DISCORD = "M" * 24 + "." + "G" * 6 + "." + "x" * 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"auth with {SLACK} failed", "auth with *** failed"),
        (f"({APP})", "(***)"),
        (f"Bot {DISCORD}", "Bot ***"),
        ("postgresql://bot:pa55@host/db", "postgresql://***@host/db"),
        ("https://news.example/a.b.c", "https://news.example/a.b.c"),
    ],
    ids=["Slack bot", "Slack app", "Discord", "password in an address", "an address"],
)
def test_what_looks_like_a_secret_is_struck_out(text, expected):
    """Tokens and passwords become ***; plain addresses stay."""
    assert strike_out(text) == expected


def test_a_record_is_one_json_object_with_the_request_s_id():
    """Records of libraries and ours come out alike, with what was bound and without secrets."""
    program = f"""
import logging
from bot.service_logs import bind, configure_service_logging
configure_service_logging(debug=False)
bind(request_id="r-1")
logging.getLogger("bot.test").info("token %s", "{SLACK}", extra={{"channel": "C1"}})
logging.getLogger("discord.http").info("chatter")
try:
    raise ValueError("{APP}")
except ValueError:
    logging.getLogger("discord.http").exception("lost")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="."
    )
    first, second = (json.loads(line) for line in done.stderr.splitlines())
    assert (first["event"], first["request_id"], first["channel"]) == ("token ***", "r-1", "C1")
    assert (first["level"], first["logger"]) == ("info", "bot.test")
    assert second["level"] == "error"
    assert "xapp" not in done.stderr
