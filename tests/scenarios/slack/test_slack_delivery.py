"""Scheduled posts on Slack: posted once, found again, refused in our words, never doubled."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    DestinationGone,
    PermissionMissing,
    RateLimited,
)
from bot.platform import Destination, Message, Posted
from bot.slack.refusals import MEANINGS, UNNAMED_WAIT
from bot.slack.scopes import missing_scopes
from tests.scenarios.slack.conftest import to_document
from tests.scenarios.slack.counterpart import Fault
from tests.scenarios.slack.methods import BOT_ID, BOT_USER, TEAM, Channel

WHERE = Destination("slack", TEAM, "C0NEWS")
NONCE = "n1d5c2a9b7e4"


@pytest.fixture
def platform(to_platform):
    return to_platform()


@pytest.fixture
def part(platform):
    return platform.compose(to_document(), None)[0]


@pytest.fixture
def now():
    return datetime.now(UTC)


async def post(platform, part, *, nonce=NONCE, thread_id=None, where=WHERE):
    return await platform.post(where, part, nonce=nonce, thread_id=thread_id)


async def find(platform, now, *, nonce=NONCE, thread_id=None, where=WHERE):
    return await platform.find_posted(where, nonce, now, thread_id=thread_id)


def messages_of(slack):
    return slack.channels["C0NEWS"].messages


async def test_parts_are_posted_with_details_below(slack, platform):
    """The top stands in the channel, the details in its thread, each body as it was composed."""
    details = to_document("Claims", "The union said it was told on Monday.")
    top, below = platform.compose(to_document(), details)
    assert (top.is_detail, below.is_detail) == (False, True)
    posted = await post(platform, top)
    await post(platform, below, nonce="n2", thread_id=posted.thread_id)
    first, second = messages_of(slack)
    assert posted == Posted(first["ts"], first["ts"])
    assert second["thread_ts"] == first["ts"]
    sent = slack.made("chat.postMessage")[0]
    assert {name: sent[name] for name in top.body} == top.body
    assert sent["unfurl_links"] is sent["unfurl_media"] is False


async def test_composing_is_pure_and_in_size(platform):
    """The same documents give the same parts, each a request under 10,000 characters."""
    long = to_document(text="Word & <word> *word*. " * 100, times=30)
    parts = platform.compose(long, long)
    assert parts == platform.compose(long, long)
    assert all(len(json.dumps(part.body, ensure_ascii=False)) < 10_000 for part in parts)
    assert all("first" not in part.body["text"] for part in parts)


@pytest.mark.parametrize(
    ("word", "kind"),
    [(word, kind) for kind, words in MEANINGS.items() for word in sorted(words)]
    + [("invalid_blocks", DeliveryRefused), ("a_word_of_tomorrow", DeliveryRefused)],
)
async def test_refusals_in_our_words(slack, platform, part, word, kind):
    """Each of Slack's words becomes the error that says what to do about it."""
    slack.faults["chat.postMessage"] = [Fault(word)]
    with pytest.raises(kind) as caught:
        await post(platform, part)
    assert type(caught.value) is kind
    assert caught.value.destination == WHERE
    assert kind is RateLimited or caught.value.detail == word


REAL = {
    "no such channel": ("C0NONE", DestinationGone),
    "archived": ("C0OLD", DestinationGone),
    "not invited": ("C0OTHER", PermissionMissing),
    "hidden": ("C0SECRET", DestinationGone),
}


@pytest.fixture
def channels(slack):
    outside = {"U0MAKER", "U0ASKER", "U0ADMIN"}
    for channel in (
        Channel("C0OLD", is_archived=True),
        Channel("C0OTHER", members=outside),
        Channel("C0SECRET", members=outside, is_private=True),
        Channel("C0CLOSED", members={"U0MAKER", BOT_USER, "U1", "U2", "U0GUEST2"}, is_private=True),
    ):
        slack.channels[channel.id] = channel


@pytest.mark.usefixtures("channels")
@pytest.mark.parametrize(("channel_id", "kind"), REAL.values(), ids=REAL)
async def test_channels_that_take_nothing(platform, part, channel_id, kind):
    """A channel that is gone, closed or not ours is told apart from a message that is wrong."""
    with pytest.raises(kind):
        await post(platform, part, where=Destination("slack", TEAM, channel_id))


async def test_a_malformed_message_is_refused_for_good(platform):
    """What Slack takes for malformed will never be posted."""
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}]
    with pytest.raises(DeliveryRefused, match="invalid_blocks"):
        await post(platform, Message({"text": "x", "blocks": blocks}))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({"Retry-After": "7"}, 7), ({"Retry-After": "soon"}, UNNAMED_WAIT), ({}, UNNAMED_WAIT)],
    ids=["named", "unreadable", "unnamed"],
)
async def test_too_many_is_not_posted_and_says_how_long(slack, platform, part, headers, wait):
    """A 429 posts nothing and is not retried here: its wait is handed on."""
    slack.faults["chat.postMessage"] = [Fault("ratelimited", status=429, headers=headers)]
    with pytest.raises(RateLimited) as caught:
        await post(platform, part)
    assert caught.value.retry_after == wait
    assert not messages_of(slack)


UNCERTAIN = {
    "cut before an answer, posted": Fault(is_cut=True, is_done=True),
    "cut before an answer, not posted": Fault(is_cut=True),
    "internal error": Fault("internal_error", status=500),
    "a page of a proxy": Fault(text="Bad gateway", status=502),
    "a page that says 200": Fault(text="Welcome", status=200),
}


@pytest.mark.parametrize("fault", UNCERTAIN.values(), ids=UNCERTAIN)
async def test_what_may_have_been_posted_is_sent_once(slack, platform, part, now, fault):
    """Where no answer of Slack's says so or not, it is uncertain, and history tells."""
    slack.faults["chat.postMessage"] = [fault]
    with pytest.raises(DeliveryUncertain):
        await post(platform, part)
    calls = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert len(calls) == 1
    found = await find(platform, now)
    assert found == (Posted(*[messages_of(slack)[0]["ts"]] * 2) if fault.is_done else None)


async def test_slack_out_of_reach_posted_nothing(slack, platform, part):
    """Where no connection was made, nothing was posted: it may be tried again."""
    await slack._server.close()
    with pytest.raises(DeliveryFailed):
        await post(platform, part)


async def test_a_part_is_found_in_its_thread(platform, part, now):
    """A detail is looked for in its thread, over as many pages as that takes."""
    top = await post(platform, part)
    for number in range(8):
        await post(platform, part, nonce=f"other {number}", thread_id=top.thread_id)
    detail = await post(platform, part, nonce="the last", thread_id=top.thread_id)
    assert await find(platform, now, nonce="the last", thread_id=top.thread_id) == detail
    assert await find(platform, now, nonce="the last") is None
    assert await find(platform, now, nonce="no such", thread_id=top.thread_id) is None


async def test_a_part_is_found_below_what_others_wrote(slack, platform, part, now):
    """What people wrote since does not hide a part."""
    posted = await post(platform, part)
    for _ in range(9):
        messages_of(slack).append({"type": "message", "user": "U1", "ts": slack.stamp()})
    assert await find(platform, now) == posted


async def test_a_mark_of_others_proves_nothing(slack, platform, part, now):
    """A mark that somebody else copied or made up is not taken for our message."""
    await post(platform, part)
    forged = messages_of(slack).pop()
    forged["metadata"]["event_payload"]["signature"] = "0" * 64
    messages_of(slack).append({**forged, "bot_id": "B0OTHER"})
    assert await find(platform, now) is None


async def test_a_mark_of_another_channel_proves_nothing(slack, platform, part, now):
    """A message with the mark of a part for another channel is not that part here."""
    slack.channels["C0TWO"] = Channel("C0TWO")
    await post(platform, part, where=Destination("slack", TEAM, "C0TWO"))
    copied = {**slack.channels["C0TWO"].messages[0], "bot_id": "B0OTHER"}
    messages_of(slack).append(copied)
    assert await find(platform, now) is None


async def test_a_changed_key_leaves_it_uncertain(to_platform, part, now):
    """After the key was changed our own mark can't be checked, so nothing is proved."""
    await post(to_platform(), part)
    with pytest.raises(DeliveryUncertain):
        await find(to_platform(b"another key"), now)


async def test_hidden_metadata_leaves_it_uncertain(slack, platform, part, now):
    """Where Slack shows no metadata, a message of our own may be the one looked for."""
    await post(platform, part)
    slack.hidden_metadata = True
    with pytest.raises(DeliveryUncertain):
        await find(platform, now)


async def test_our_joining_is_no_message(slack, platform, now):
    """That the bot joined the channel is a message as well, but proves and hides nothing."""
    joined = {"type": "message", "subtype": "channel_join", "bot_id": BOT_ID, "ts": slack.stamp()}
    messages_of(slack).append(joined)
    assert await find(platform, now) is None


async def test_a_channel_too_busy_to_search_is_uncertain(slack, platform, now):
    """After so many pages the search ends, and says that it proves nothing."""
    for _ in range(40):
        messages_of(slack).append({"type": "message", "user": "U1", "ts": slack.stamp()})
    with pytest.raises(DeliveryUncertain):
        await find(platform, now)


async def test_what_is_older_than_the_attempt_is_not_read(platform, part, now):
    """Only messages since the attempt are looked at, less what clocks may differ."""
    await post(platform, part)
    assert await find(platform, now - timedelta(minutes=1)) is not None
    assert await find(platform, now + timedelta(minutes=6)) is None


@pytest.mark.parametrize("word", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_history_that_can_not_be_read_is_uncertain(slack, platform, now, word):
    """Without the scope, or without access, nothing is proved."""
    slack.faults["conversations.history"] = [Fault(word)]
    with pytest.raises(DeliveryUncertain, match=word):
        await find(platform, now)


async def test_history_may_be_asked_again(slack, platform, now):
    """A look-up that came too fast, or did not reach Slack, is one to try again later."""
    slack.faults["conversations.history"] = [
        Fault("ratelimited", status=429, headers={"Retry-After": "60"})
    ]
    with pytest.raises(RateLimited) as caught:
        await find(platform, now)
    assert caught.value.retry_after == 60
    await slack._server.close()
    with pytest.raises(DeliveryFailed):
        await find(platform, now)


#: What the asker may do: manage, read.
MAY = {
    "who made it": ("C0NEWS", "U0MAKER", (True, True)),
    "admin": ("C0NEWS", "U0ADMIN", (True, True)),
    "member": ("C0NEWS", "U0ASKER", (False, True)),
    "public, not a member": ("C0NEWS", "U0OTHER", (False, True)),
    "public, a guest outside": ("C0NEWS", "U0GUEST", (False, False)),
    "private, a guest inside": ("C0CLOSED", "U0GUEST2", (False, True)),
    "somebody who left": ("C0NEWS", "U0GONE", (False, False)),
    "nobody": ("C0NEWS", None, (False, False)),
    "private, who made it": ("C0CLOSED", "U0MAKER", (True, True)),
    "private, member": ("C0CLOSED", "U2", (False, True)),
    "private, admin outside": ("C0CLOSED", "U0ADMIN", (False, False)),
    "own home, member": ("U0ASKER", "U0ASKER", (False, True)),
    "own home, admin": ("U0ADMIN", "U0ADMIN", (True, True)),
    "another's home": ("U0ASKER", "U0ADMIN", (False, False)),
}


@pytest.mark.usefixtures("channels")
@pytest.mark.parametrize(("channel_id", "asker", "may"), MAY.values(), ids=MAY)
async def test_who_may_do_what(platform, channel_id, asker, may):
    """Who made a channel and admins manage it; a private one is only for those inside."""
    rights = await platform.rights(Destination("slack", TEAM, channel_id), asker)
    assert (rights.may_manage, rights.may_read) == may
    assert rights.missing == ()


@pytest.mark.usefixtures("channels")
@pytest.mark.parametrize(
    ("channel_id", "missing"),
    [
        ("C0OTHER", ("not_in_channel",)),
        ("C0SECRET", ("not_in_channel",)),
        ("C0OLD", ("is_archived",)),
    ],
    ids=["not invited", "hidden", "archived"],
)
async def test_what_the_bot_lacks(platform, channel_id, missing):
    """Why the bot can't post in a channel, in Slack's words."""
    rights = await platform.rights(Destination("slack", TEAM, channel_id))
    assert rights.missing == missing


@pytest.mark.usefixtures("channels")
async def test_a_channel_that_is_hidden(platform):
    """Of a channel that the bot can't see, admins may clear up; others hear that it is not in."""
    where = Destination("slack", TEAM, "C0SECRET")
    assert (await platform.rights(where, "U0ADMIN")).may_manage
    with pytest.raises(PermissionMissing, match="not_in_channel"):
        await platform.rights(where, "U0MAKER")


async def test_rights_that_can_not_be_read(slack, platform):
    """Where Slack does not say who may what, that is an error and no answer."""
    slack.faults["conversations.info"] = [Fault("missing_scope")]
    with pytest.raises(PermissionMissing, match="missing_scope"):
        await platform.rights(WHERE, "U0ASKER")


async def test_scopes_as_granted(platform):
    """What a token lacks can be told from what Slack says of it."""
    assert missing_scopes(await platform.granted_scopes()) == ()
    assert missing_scopes("commands, chat:write") == (
        "channels:read",
        "groups:read",
        "channels:history",
        "groups:history",
        "users:read",
    )
