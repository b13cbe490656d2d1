"""Posting once: threads, marks, what each failure means, and proof after an uncertain one."""

import asyncio
from datetime import timedelta

import pytest

from bot.discord import DiscordPlatform, use_addresses
from bot.discord.proof import PAGE, PAGES
from bot.errors import (
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    DestinationGone,
    PermissionMissing,
    RateLimited,
)
from bot.platform import Destination
from tests.scenarios.discord.fakes import document, long_document
from tests.scenarios.discord.rest import Fault
from tests.scenarios.discord.world import (
    BOT,
    DESK,
    EDITOR,
    GUILD,
    NEWS,
    OWNER,
    READER,
    TOKEN,
    bits,
    message,
)

HERE = Destination("discord", GUILD, NEWS)
NONCE = "k3m9x2.part-0"


@pytest.fixture
def top(platform):
    """One message for the channel."""
    (part,) = platform.compose(document("Brask weighs the mill", "It did."), None)
    return part


@pytest.fixture
def detail(platform):
    """One message for the thread below it."""
    details = document("Who said what about *the mill*", "She denied it.")
    return platform.compose(document("Brask weighs the mill"), details)[1]


async def test_a_post_carries_its_nonce_and_its_mark(discord, platform, top):
    """What is sent is the stored body with the nonce enforced and shown, and nobody mentioned."""
    posted = await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    (sent,) = discord.rest.calls("POST", "/messages")
    assert (sent["nonce"], sent["enforce_nonce"]) == (NONCE, True)
    assert sent["allowed_mentions"] == {"parse": []}
    assert sent["embeds"][-1]["footer"] == {"text": f"Ref. {NONCE}"}
    assert sent["embeds"][0]["title"] == top.body["embeds"][0]["title"]
    assert "footer" not in top.body["embeds"][-1]
    assert [posted.message_id] == [m["id"] for m in discord.rest.posted(NEWS)]
    assert posted.thread_id == posted.message_id


async def test_the_same_nonce_posts_once(discord, platform, top):
    """A part that is sent a second time is the message that was made the first time."""
    first = await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    second = await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    assert first == second
    assert len(discord.rest.posted(NEWS)) == 1


async def test_details_go_into_one_thread(discord, platform, top, detail):
    """The first detail opens the thread, named by its title; the next one finds it open."""
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    for nonce in ("b", "c"):
        below = await platform.post(HERE, detail, nonce=nonce, thread_id=posted.thread_id)
        assert below.thread_id == posted.thread_id
    assert len(discord.rest.posted(posted.thread_id)) == 2
    assert discord.world.threads[posted.thread_id]["name"] == "Who said what about *the mill*"
    assert len(discord.rest.calls("POST", "/threads")) == 1


async def test_a_thread_that_another_try_opened_is_used(discord, platform, top, detail):
    """After a restart the thread of a message is found again by being opened a second time."""
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    discord.world.thread(posted.message_id, NEWS, "opened before")
    await platform.post(HERE, detail, nonce="b", thread_id=posted.thread_id)
    assert len(discord.rest.posted(posted.thread_id)) == 1


NO_THREADS = {
    "may not open one": bits("create_public_threads"),
    "may not write in one": bits("send_messages_in_threads"),
}


@pytest.mark.parametrize("denied", NO_THREADS.values(), ids=NO_THREADS)
async def test_without_threads_details_follow_in_the_channel(
    discord, platform, top, detail, denied
):
    """Where the bot may not use threads, nothing is lost: the details stand in the channel."""
    discord.world.denied[NEWS] = denied
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    for nonce in ("b", "c"):
        await platform.post(HERE, detail, nonce=nonce, thread_id=posted.thread_id)
    assert len(discord.rest.posted(NEWS)) == 3


async def test_a_channel_without_threads_gets_the_details_itself(discord, platform, top, detail):
    """A voice channel's chat knows no threads on messages; details follow there."""
    discord.world.kinds[NEWS] = 2
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    await platform.post(HERE, detail, nonce="b", thread_id=posted.thread_id)
    assert len(discord.rest.posted(NEWS)) == 2


async def test_an_unopened_thread_leaves_nothing_uncertain(discord, platform, top, detail):
    """If opening the thread breaks off, no message was posted, and the part may be tried again."""
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    discord.rest.faults.append(Fault("POST", "/threads", "drop after"))
    with pytest.raises(DeliveryFailed):
        await platform.post(HERE, detail, nonce="b", thread_id=posted.thread_id)
    await platform.post(HERE, detail, nonce="b", thread_id=posted.thread_id)
    assert len(discord.rest.posted(posted.thread_id)) == 1


VIA = {"Via": "1.1 loopback"}
FAILURES = {
    "429 with retry_after": (
        {"status": 429, "headers": VIA, "body": {"message": "x", "retry_after": 61.5}},
        RateLimited,
    ),
    "429 without retry_after": (
        {"status": 429, "headers": VIA, "body": {"message": "x"}},
        RateLimited,
    ),
    "429 from Cloudflare": (
        {"status": 429, "headers": {"Retry-After": "300"}, "body": "error code: 1015"},
        RateLimited,
    ),
    "400": ({"status": 400, "body": {"message": "bad", "code": 50035}}, DeliveryRefused),
    "403 missing access": (
        {"status": 403, "body": {"message": "Missing Access", "code": 50001}},
        PermissionMissing,
    ),
    "403 of something in between": (
        {"status": 403, "headers": {"Content-Type": "text/html"}, "body": "<html>"},
        DeliveryFailed,
    ),
    "404": ({"status": 404, "body": {"message": "x", "code": 10003}}, DestinationGone),
    "503": ({"status": 503, "body": {"message": "x", "code": 0}}, DeliveryUncertain),
    "dropped": ({"kind": "drop"}, DeliveryUncertain),
    "dropped after posting": ({"kind": "drop after"}, DeliveryUncertain),
    "200 that is no JSON": ({"status": 200, "body": "{"}, DeliveryUncertain),
    "200 of something in between": (
        {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html>"},
        DeliveryUncertain,
    ),
}


@pytest.mark.parametrize(("answer", "kind"), FAILURES.values(), ids=FAILURES)
async def test_what_each_failure_means(discord, platform, top, answer, kind):
    """Each way to fail is told apart by whether the message can have been posted; one try only."""
    discord.rest.faults.append(Fault("POST", "/messages", **answer))
    with pytest.raises(kind) as caught:
        await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    assert caught.value.destination == HERE
    assert len(discord.rest.calls("POST", "/messages")) == 1


async def test_how_long_to_wait(discord, platform, top):
    """A limit says how long: Discord's own figure, else the header's, else a minute."""
    waits = []
    for name in ("429 with retry_after", "429 without retry_after", "429 from Cloudflare"):
        discord.rest.faults.append(Fault("POST", "/messages", **FAILURES[name][0]))
        with pytest.raises(RateLimited) as caught:
            await platform.post(HERE, top, nonce=NONCE, thread_id=None)
        waits.append(caught.value.retry_after)
    assert waits == [61.5, 5.0, 300.0]


async def test_a_short_limit_is_waited_out(discord, platform, top):
    """A limit of less than half a minute is waited out, and the message posted once."""
    limit = {"status": 429, "headers": VIA, "body": {"message": "x", "retry_after": 0.05}}
    discord.rest.faults.append(Fault("POST", "/messages", **limit))
    await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    assert len(discord.rest.posted(NEWS)) == 1


async def test_a_doubtful_first_try_stays_doubtful(discord, platform, top):
    """What a server error left open is not settled by a refusal of the next try."""
    for answer in ({"status": 502, "body": {}}, FAILURES["429 with retry_after"][0]):
        discord.rest.faults.append(Fault("POST", "/messages", **answer))
    with pytest.raises(DeliveryUncertain):
        await platform.post(HERE, top, nonce=NONCE, thread_id=None)


async def test_an_answer_that_does_not_come_is_uncertain(discord, clock, top):
    """A request that is not answered in time may have been obeyed all the same."""
    gate = asyncio.Event()
    hasty = DiscordPlatform(TOKEN, clock=clock, deadline=0.2)
    discord.rest.faults.append(Fault("POST", "/messages", "drop after", gate=gate))
    with pytest.raises(DeliveryUncertain):
        await hasty.post(HERE, top, nonce=NONCE, thread_id=None)
    gate.set()
    await hasty.close()


@pytest.mark.usefixtures("discord")
async def test_what_waits_too_long_for_a_limit_was_not_posted(discord, clock, top):
    """A call that ends while it waits out a limit leaves no doubt, and says how long to wait."""
    limit = {"message": "x", "retry_after": 20, "global": True}
    headers = {**VIA, "Retry-After": "20"}
    discord.rest.faults.append(Fault("POST", "/messages", status=429, headers=headers, body=limit))
    hasty = DiscordPlatform(TOKEN, clock=clock, deadline=0.2)
    with pytest.raises(RateLimited) as caught:
        await hasty.post(HERE, top, nonce=NONCE, thread_id=None)
    assert caught.value.retry_after == 20
    await hasty.post(HERE, top, nonce=NONCE, thread_id=None)
    await hasty.close()


async def test_a_server_that_is_not_there_is_no_doubt(platform, clock, top):
    """Where nothing listens, nothing was posted: before the first request, and after it."""
    await platform.rights(HERE)
    use_addresses(api_url="http://127.0.0.1:9/api/v10")
    stranger = DiscordPlatform(TOKEN, clock=clock)
    for posting in (platform, stranger):
        with pytest.raises(DeliveryFailed):
            await posting.post(HERE, top, nonce=NONCE, thread_id=None)
    await stranger.close()


async def test_a_refused_token_is_not_shown_again(discord, clock, top):
    """A refused token is a permission that is missing, and Discord is asked once."""
    posting = DiscordPlatform("another", clock=clock)
    for _ in range(3):
        with pytest.raises(PermissionMissing):
            await posting.post(HERE, top, nonce=NONCE, thread_id=None)
    assert len(discord.rest.requests) == 1
    await posting.close()


async def test_a_cancelled_post_holds_up_nobody(discord, platform, top):
    """Who stops waiting while the whole bot is limited does not block what others post."""
    limit = {"message": "x", "retry_after": 0.3, "global": True}
    discord.rest.faults.append(
        Fault("POST", f"/{DESK}/messages", status=429, headers=VIA, body=limit)
    )
    desk = Destination("discord", GUILD, DESK)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await platform.post(desk, top, nonce="a", thread_id=None)
    await asyncio.wait_for(platform.post(HERE, top, nonce="b", thread_id=None), 5)


async def test_a_dead_channel_holds_up_no_other(discord, platform, top):
    """While one channel does not answer, another is posted to."""
    gate = asyncio.Event()
    discord.rest.faults.append(Fault("POST", f"/{DESK}/messages", "drop", gate=gate))
    desk = Destination("discord", GUILD, DESK)
    stuck = asyncio.create_task(platform.post(desk, top, nonce="a", thread_id=None))
    await asyncio.wait_for(platform.post(HERE, top, nonce="b", thread_id=None), 5)
    gate.set()
    with pytest.raises(DeliveryUncertain):
        await stuck


# proof


async def test_an_uncertain_post_is_found(discord, platform, clock, top):
    """A message whose sending broke off is found by its mark, and not by another's."""
    discord.rest.faults.append(Fault("POST", "/messages", "drop after"))
    with pytest.raises(DeliveryUncertain):
        await platform.post(HERE, top, nonce=NONCE, thread_id=None)
    await platform.post(HERE, top, nonce="another", thread_id=None)
    (first, _) = discord.rest.posted(NEWS)
    found = await platform.find_posted(HERE, NONCE, clock.now(), thread_id=None)
    assert found is not None
    assert found.message_id == found.thread_id == first["id"]


async def test_an_uncertain_detail_is_found_in_its_thread(discord, platform, clock, top, detail):
    """A detail is looked for in the thread that it was meant for."""
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    thread = posted.thread_id
    await platform.post(HERE, detail, nonce=NONCE, thread_id=thread)
    found = await platform.find_posted(HERE, NONCE, clock.now(), thread_id=thread)
    assert found is not None
    assert found.thread_id == thread
    assert found.message_id == discord.rest.posted(thread)[0]["id"]


async def test_an_uncertain_detail_is_found_in_the_channel(discord, platform, clock, top, detail):
    """Where no thread was to be had, a detail is found among the channel's messages."""
    discord.world.denied[NEWS] = bits("create_public_threads")
    posted = await platform.post(HERE, top, nonce="a", thread_id=None)
    thread = posted.thread_id
    await platform.post(HERE, detail, nonce=NONCE, thread_id=thread)
    found = await platform.find_posted(HERE, NONCE, clock.now(), thread_id=thread)
    assert found is not None
    assert (found.message_id, found.thread_id) == (discord.rest.posted(NEWS)[1]["id"], thread)


async def test_a_forged_mark_proves_nothing(discord, platform, clock):
    """Only a message of the bot's own account counts."""
    forged = {"embeds": [{"footer": {"text": f"Ref. {NONCE}"}}]}
    discord.rest.messages[NEWS] = [message(NEWS, READER, forged)]
    clock.instant += timedelta(minutes=3)
    assert (
        await platform.find_posted(HERE, NONCE, clock.now() - timedelta(minutes=3), thread_id=None)
        is None
    )


@pytest.mark.usefixtures("discord")
async def test_absence_is_proof_only_after_a_while(platform, clock):
    """Just after a try Discord may still be at it: only later does absence say that nothing was."""
    tried_at = clock.now()
    with pytest.raises(DeliveryUncertain):
        await platform.find_posted(HERE, NONCE, tried_at, thread_id=None)
    clock.instant += timedelta(seconds=46)
    assert await platform.find_posted(HERE, NONCE, tried_at, thread_id=None) is None


async def test_a_busy_channel_is_read_to_its_end(discord, platform, clock):
    """The mark is found behind hundreds of later and earlier messages."""
    chatter = [message(NEWS, READER, {"content": "hm"}) for _ in range(250)]
    ours = message(NEWS, BOT, {"embeds": [{"footer": {"text": f"Ref. {NONCE}"}}]})
    discord.rest.messages[NEWS] = [*chatter, ours]
    found = await platform.find_posted(HERE, NONCE, clock.now(), thread_id=None)
    assert found is not None
    assert found.message_id == ours["id"]


@pytest.mark.parametrize("hidden", ["view_channel", "read_message_history"])
async def test_a_history_that_can_not_be_read_proves_nothing(discord, platform, clock, hidden):
    """Without the right to read it, Discord shows an empty history: that is no proof."""
    discord.world.denied[NEWS] = bits(hidden)
    clock.instant += timedelta(minutes=3)
    with pytest.raises(DeliveryUncertain):
        await platform.find_posted(HERE, NONCE, clock.now() - timedelta(minutes=3), thread_id=None)


UNREADABLE = {
    "gone": {"status": 404, "body": {"message": "x", "code": 10003}},
    "dropped": {"kind": "drop"},
    "503": {"status": 503, "body": {}},
}


@pytest.mark.parametrize("answer", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_history_that_fails_proves_nothing(discord, platform, clock, answer):
    """Whatever goes wrong while looking leaves the post uncertain."""
    # Twice, because aiohttp repeats a GET whose connection was closed under it.
    discord.rest.faults.extend(Fault("GET", "/messages", **answer) for _ in range(2))
    clock.instant += timedelta(minutes=3)
    with pytest.raises(DeliveryUncertain):
        await platform.find_posted(HERE, NONCE, clock.now() - timedelta(minutes=3), thread_id=None)


async def test_a_flood_is_not_read_for_ever(discord, platform, clock):
    """Behind thousands of messages the search is given up, and the post stays uncertain."""
    word = message(NEWS, READER, {"content": "hm"})
    first = int(word["id"])
    discord.rest.messages[NEWS] = [
        {**word, "id": str(first + number)} for number in range(PAGE * PAGES + 1)
    ]
    with pytest.raises(DeliveryUncertain):
        await platform.find_posted(HERE, NONCE, clock.now(), thread_id=None)
    assert len(discord.rest.calls("GET", "/messages")) == PAGES


# rights


async def test_what_the_bot_lacks_has_discords_names(discord, platform):
    """Each right the bot lacks is named as Discord's settings name it."""
    assert (await platform.rights(HERE)).missing == ()
    discord.world.denied[NEWS] = bits("send_messages", "embed_links", "send_messages_in_threads")
    rights = await platform.rights(HERE)
    assert rights.missing == ("Send Messages", "Embed Links", "Send Messages in Threads")


ASKERS = {"owner": (OWNER, True), "manager": (EDITOR, True), "reader": (READER, False)}


@pytest.mark.parametrize(("asker", "may"), ASKERS.values(), ids=ASKERS)
@pytest.mark.usefixtures("discord")
async def test_who_may_manage(platform, asker, may):
    """The owner and whoever has Manage Guild may manage; others may not."""
    assert (await platform.rights(HERE, asker)).may_manage is may


async def test_a_manager_who_does_not_see_the_channel_may_not_post_there(discord, platform):
    """Manage Guild does not open a channel that is hidden from the asker."""
    discord.world.hidden_from[NEWS] = {EDITOR}
    assert not (await platform.rights(HERE, EDITOR)).may_manage


@pytest.mark.parametrize("stranger", ["77", "U123", None])
@pytest.mark.usefixtures("discord")
async def test_a_stranger_may_nothing(platform, stranger):
    """Who is not of the guild, or nobody, may not manage it."""
    assert not (await platform.rights(HERE, stranger)).may_manage


async def test_rights_in_a_thread_are_those_of_its_channel(discord, platform):
    """In a thread, writing in threads is what counts."""
    discord.world.thread("300", NEWS, "Talk")
    discord.world.denied[NEWS] = bits("send_messages")
    there = Destination("discord", GUILD, "300")
    assert (await platform.rights(there)).missing == ()
    discord.world.denied[NEWS] = bits("send_messages_in_threads")
    assert (await platform.rights(there)).missing == ("Send Messages in Threads",)


GONE = {
    "channel": (Destination("discord", GUILD, "999"), DestinationGone),
    "guild": (Destination("discord", "999", NEWS), DestinationGone),
    "no id": (Destination("discord", "T1", "C1"), DestinationGone),
}


@pytest.mark.parametrize(("there", "kind"), GONE.values(), ids=GONE)
@pytest.mark.usefixtures("discord")
async def test_rights_of_what_is_gone(platform, there, kind):
    """A channel or guild that is no more is told as such."""
    with pytest.raises(kind):
        await platform.rights(there)


async def test_rights_come_from_the_gateways_memory(discord, bot, clock):
    """With a connected bot, asking for its rights costs no request of guild or channel."""
    remembering = DiscordPlatform(TOKEN, clock=clock, gateway=lambda: bot.client)
    before = len(discord.rest.calls("GET", "/guilds")) + len(discord.rest.calls("GET", "/channels"))
    assert (await remembering.rights(HERE)).missing == ()
    after = len(discord.rest.calls("GET", "/guilds")) + len(discord.rest.calls("GET", "/channels"))
    assert before == after
    await remembering.close()


# composing


async def test_composed_parts_are_taken_by_discord(discord, platform):
    """However long the documents, every part with its mark keeps to Discord's sizes."""
    parts = platform.compose(long_document("Top", 400), long_document("Details", 400))
    assert parts == platform.compose(long_document("Top", 400), long_document("Details", 400))
    first = None
    for number, part in enumerate(parts):
        nonce = f"{number:025}"
        posted = await platform.post(HERE, part, nonce=nonce, thread_id=first)
        first = first or posted.thread_id
    assert len(parts) > 4
    assert [part.is_detail for part in parts] == sorted(part.is_detail for part in parts)
    assert not discord.rest.refused
