"""Marks, secrets and lines of work: the parts that everything else leans on."""

import asyncio
import logging

import pytest

from bot.platform import Destination
from bot.slack.clients import Redacted, redact
from bot.slack.marker import Marker
from bot.slack.work import Workers

WHERE = Destination("slack", "T1", "C1")

OTHERS = {
    "nonce": (WHERE, "n2"),
    "channel": (Destination("slack", "T1", "C2"), "n1"),
    "workspace": (Destination("slack", "T2", "C1"), "n1"),
}


def test_a_mark_is_known_again():
    """The mark of a part is known by whoever holds the key, also after a restart."""
    mark = Marker(b"key").write(WHERE, "n1")
    assert Marker(b"key").is_signed(WHERE, "n1", mark)
    assert not Marker(b"other").is_signed(WHERE, "n1", mark)
    assert "key" not in str(mark)


@pytest.mark.parametrize(("where", "nonce"), OTHERS.values(), ids=OTHERS)
def test_a_mark_is_of_one_part_in_one_channel(where, nonce):
    """A mark taken to another part, channel or workspace is none."""
    marker = Marker(b"key")
    mark = marker.write(WHERE, "n1")
    assert not marker.is_signed(where, nonce, mark)
    mark["event_payload"]["nonce"] = nonce
    assert not marker.is_signed(where, nonce, mark)


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        "n1",
        {"event_type": "other", "event_payload": {"nonce": "n1"}},
        {"event_type": "briefbot_part"},
        {"event_type": "briefbot_part", "event_payload": {"nonce": "n1", "signature": 7}},
        {"event_type": "briefbot_part", "event_payload": {"nonce": "n1", "signature": "ü"}},
    ],
    ids=repr,
)
def test_what_is_no_mark(metadata):
    """Metadata of any shape is looked at without harm."""
    assert not Marker(b"key").is_signed(WHERE, "n1", metadata)


def test_a_marker_needs_a_key():
    """Without a key anyone could write marks."""
    with pytest.raises(ValueError, match="key"):
        Marker(b"")


SECRETS = {
    "bot token": "xoxb-12-34-AbC",
    "app token": "xapp-1-A0-99-dead",
    "ticket": "wss://wss-primary.slack.com/link/?ticket=8f-ab&app_id=1",
    "response_url": "https://hooks.slack.com/commands/T1/2/secret-part",
    "response_url of a button": "https://hooks.slack.com/actions/T1/2/secret-part",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_secrets_are_taken_out_of_logs(secret, caplog):
    """Neither a record's words, nor its values, nor its traceback show a secret."""
    hidden = ("xoxb-12", "xapp-1", "8f-ab", "secret-part")
    logger = logging.getLogger("a logger of this test")
    logger.addFilter(Redacted())
    try:
        int(secret)
    except ValueError:
        logger.exception("failed: %s", secret)
    shown = caplog.text
    assert "ValueError" in shown
    assert not [part for part in hidden if part in shown]
    assert redact(f"({secret})") != f"({secret})"


def test_other_words_are_left_in_logs():
    """What is no secret stays readable."""
    words = "The request failed. (url: https://slack.com/api/chat.postMessage, status: 200)"
    assert redact(words) == words


async def test_only_so_much_is_done_at_once():
    """Beyond the limit work waits in line, and beyond the line it is turned away."""
    gate, running, done = asyncio.Event(), [], []

    async def work(number):
        running.append(number)
        await gate.wait()
        done.append(number)

    workers = Workers(at_once=2, waiting=3)
    begun = [workers.start(work(number)) for number in range(6)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert begun == [True] * 5 + [False]
    assert running == [0, 1]
    gate.set()
    assert await workers.finish(5) == 0
    assert done == [0, 1, 2, 3, 4]


async def test_what_fails_makes_room(caplog):
    """Work that fails is logged and holds up nothing after it."""

    async def fail():
        raise RuntimeError("no such table")

    workers = Workers(at_once=1, waiting=5)
    assert all(workers.start(fail()) for _ in range(3))
    assert await workers.finish(5) == 0
    assert caplog.text.count("RuntimeError: no such table") == 3
