"""What /briefing sets up, changes and shows, word for word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands import schedules
from bot.errors import DestinationGone
from bot.platform import Rights
from bot.schedule import Filter
from bot.slots import SlotPlan

FEED = "https://news.example/feed"


async def test_add_tells_the_next_times_and_what_it_would_post(world):
    """A new schedule answers with three instants in its zone and the briefing it would post."""
    told = await world.told(f"add {FEED} at weekdays 08:00 in New York any ferry, “box office”")
    (made,) = await world.store.list_schedules()
    assert told == (
        f"Schedule {made.id} is set up\n"
        "\n"
        "  Next: Mon 2 Mar 08:00, Tue 3 Mar 08:00, Wed 4 Mar 08:00 (America/New_York)\n"
        "  • Would post “Ferry crews walk out”\n"
        "\n"
        "FERRY CREWS WALK OUT: SUMMARY\n"
        "  Ferry crews walk out. ¶ title\n"
        "\n"
        "FERRY CREWS WALK OUT: THE DISPUTE\n"
        "  The article reports no dispute between identifiable parties.\n"
    )
    assert (made.name, made.feeds, made.zone) == ("News", (FEED,), "America/New_York")
    assert made.filter == Filter(any_of=("ferry", "box office"))
    assert made.next_fire_at == datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert (made.created_by, made.destination) == ("U1", world.where)


async def test_add_takes_the_team_s_zone(world):
    """Without a zone a schedule goes by the settings', or by the tenant's own."""
    await world.added()
    await world.store.put_setting("slack", "T1", "zone", "Asia/Tokyo")
    await world.added()
    zones = {s.zone for s in await world.store.list_schedules()}
    assert zones == {"Europe/Berlin", "Asia/Tokyo"}


async def test_add_finds_the_feed_of_a_site(world):
    """The address of a site is replaced by that of the feed which it names."""
    page = '<link rel="alternate" type="application/rss+xml" href="/feed"><h1>News</h1>'
    world.fetcher.queue_page(
        "https://news.example", f"<html><head>{page}</head><body></body></html>"
    )
    await world.run("briefing", "add news.example at daily 9:00")
    assert (await world.store.list_schedules())[0].feeds == (FEED,)


MISTAKES = {
    "nothing": ("add", "urls", "Give the address of a feed or site."),
    "no times": (f"add {FEED}", "times", "Give times, such as at weekdays 08:00."),
    "no such times": (
        f"add {FEED} at noonish",
        "times",
        (
            "“noonish” is not understood as a time or day. Write for example: weekdays 08:00; "
            "daily 07:30 and 18:00; Mon,Thu 9am; every 2 hours; or cron such as 0 8 * * 1-5."
        ),
    ),
    "no such zone": (
        f"add {FEED} at daily 9:00 in Berlyn",
        "zone",
        "There is no time zone “Berlyn”. Did you mean Europe/Berlin?",
    ),
    "keyword without words": (
        f"add {FEED} at daily 9:00 max",
        "max",
        "Give a number of articles from 1 to 10, such as max 5.",
    ),
    "too many articles": (
        f"add {FEED} at daily 9:00 max 11",
        "max",
        "“11” is no number of articles. Use a whole number from 1 to 10.",
    ),
    "no regular expression": (
        f"add {FEED} at daily 9:00 matching (a",
        "matching",
        "“(a” is no regular expression that can be used (RE2 syntax).",
    ),
    "a word behind the times": (
        f"add {FEED} at weekdays 8:00 and 17:00 exclude sport",
        "times",
        (
            "“exclude” is neither a time nor one of the words that tell what to take and how: any, "
            "all, none, matching, max, within, in, name, channel, engine, language, each, digest."
        ),
    ),
    "no address": (
        "add ftp://news.example/x at daily 9:00",
        "urls",
        "“ftp://news.example/x” is no address. Use one such as https://news.example/feed.",
    ),
    "too many feeds": (
        f"add {' '.join(f'https://n{n}.example' for n in range(11))} at daily 9:00",
        "urls",
        "That is more than 10 addresses; make several schedules of them.",
    ),
    "no feed there": (
        "add https://news.example/none at daily 9:00",
        "urls",
        (
            "There is no page at https://news.example/none (404). Check the address; it may have "
            "moved."
        ),
    ),
    "an article, no feed": (
        "add https://news.example/ferry-crews-walk-out at daily 9:00",
        "urls",
        (
            "https://news.example/ferry-crews-walk-out does not serve as a feed (it is a page that "
            "names no feed that can be read). Give the address of a feed, or of a site that names "
            "its feed."
        ),
    ),
}


@pytest.mark.parametrize(("text", "option", "sentence"), MISTAKES.values(), ids=MISTAKES)
async def test_a_wrong_option_is_named(world, text, option, sentence):
    """Each mistake is one sentence, and names the option; nothing is kept."""
    reply = await world.run("briefing", text)
    assert (reply.notice, reply.wrong_option) == (sentence, option)
    assert reply.is_refused
    assert reply.is_private
    assert await world.store.list_schedules() == ()


async def test_a_typed_mode_must_be_one(world):
    """A mode that a platform hands over is checked like typed words."""
    reply = await world.run("briefing add", urls=FEED, times="daily 9:00", mode="weekly")
    assert reply.notice == "“weekly” is neither each nor digest."


async def test_a_channel_has_room_for_twenty(world):
    """The twenty-first is refused, and one moved there as well."""
    where = world.where
    await world.added()
    (first,) = await world.store.list_schedules()
    for _ in range(schedules.MOST_SCHEDULES):
        await world.store.add_schedule(replace(first, destination=replace(where, channel_id="C2")))
    told = "This channel has 20 schedules already, which is the most."
    assert await world.told(f"edit {first.id} channel C2") == f"{told}\n"
    world.where = replace(where, channel_id="C2")
    assert await world.told(f"add {FEED} at daily 9:00") == f"{told}\n"


async def test_an_empty_feed_is_told_as_such(world):
    """Where a feed lists nothing, the preview says that it is the feed, not the filter."""
    world.list_entries()
    told = await world.told(f"add {FEED} at daily 9:00")
    assert f"{FEED} lists no entries at the moment." in told


async def test_list_and_show(world):
    """A list has a line and a button for each schedule; one of them shows what it does."""
    first = await world.added("at daily 9:00 none sport max 1 digest name “At nine”")
    second = await world.added("at every 2 hours matching ferr(y|ies) all crews")
    reply = await world.run("briefing", "list")
    assert [button.value for button in reply.buttons] == [first, second]
    assert await world.told("list") == (
        "Schedules of this channel\n"
        "\n"
        f"  • {first} “At nine”: daily at 09:00 (Europe/Berlin)\n"
        f"  • {second} “News”: every 2 hours (Europe/Berlin)\n"
    )
    assert await world.told(f"show {first}") == (
        f"Schedule {first} “At nine”\n"
        "\n"
        "  Next: Tue 3 Mar 09:00, Wed 4 Mar 09:00, Thu 5 Mar 09:00 (Europe/Berlin)\n"
        "  • Posts all articles in one message, daily at 09:00 (Europe/Berlin).\n"
        "  • Takes from https://news.example/feed, at most 1 article a time.\n"
        "  • Not with: “sport”.\n"
    )
    assert "Only with all of: “crews”.\n  • Only matching: ferr(y|ies).\n" in await world.told(
        f"show {second}"
    )


async def test_edit_changes_what_is_named_and_keeps_the_rest(world):
    """Options that are left out stand; “-” clears; a pressed button names the schedule too."""
    made = await world.added("any ferry none sport at daily 9:00 name Mine")
    before = await world.store.find_schedule(made)
    await world.run("briefing", f"edit {made} max 5 none - digest")
    after = await world.store.find_schedule(made)
    assert after == replace(
        before, at_most=5, mode="digest", filter=Filter(any_of=("ferry",), none_of=())
    )
    await world.run("briefing edit", value=made, name="", any="", times="Mon 7:30", zone="")
    cleared = await world.store.find_schedule(made)
    assert (cleared.name, cleared.filter, cleared.times) == ("", Filter(), "Mon at 07:30")
    assert cleared.zone == "Europe/Berlin"
    assert cleared.next_fire_at == datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


async def test_edit_asks_only_feeds_that_are_new(world):
    """A feed that can't be reached today may stay while something else is changed."""
    made = await world.added()
    world.fetcher.forget(FEED)
    reply = await world.run("briefing edit", value=made, urls=FEED, times="daily 6:00")
    assert not reply.is_refused
    asked = len(world.fetcher.asked)
    refused = await world.run("briefing edit", value=made, urls=f"{FEED} https://other.example/f")
    assert refused.wrong_option == "urls"
    assert [url for url, _ in world.fetcher.asked[asked:]] == ["https://other.example/f"]


async def test_edit_wants_a_change(world):
    """Without a change nothing is said to be changed."""
    made = await world.added()
    assert (await world.run("briefing", f"edit {made}")).notice == (
        "Say what to change, such as: max 5, or: at Mon,Thu 07:30."
    )


async def test_edit_moves_to_another_channel(world):
    """The channel that is named is checked like one that a schedule is set up for."""
    made = await world.added()
    world.slack.rights_of["C2"] = Rights(may_manage=False)
    assert "Only those who may manage" in await world.told(f"edit {made} channel <#C2|x>")
    world.slack.rights_of["C2"] = Rights(("not_in_channel",), may_manage=True)
    assert "The bot may not post in this channel" in await world.told(f"edit {made} channel <#C2>")
    world.slack.rights_of["C2"] = Rights(may_manage=True)
    await world.run("briefing", f"edit {made} channel <#C2|x>")
    assert (await world.store.find_schedule(made)).destination.channel_id == "C2"


async def test_pause_and_resume(world):
    """A paused schedule is not due; resumed, it is due at its next time and not at once."""
    made = await world.added("at daily 9:00")
    assert await world.told(f"pause {made}") == f"Schedule {made} is paused\n"
    assert (await world.store.find_schedule(made)).next_fire_at is None
    assert await world.told(f"edit {made} max 2") == (
        f"Schedule {made} is changed\n\n  Paused.\n  • Would post “Ferry crews walk out”\n\n"
        "FERRY CREWS WALK OUT: SUMMARY\n  Ferry crews walk out. ¶ title\n\n"
        "FERRY CREWS WALK OUT: THE DISPUTE\n"
        "  The article reports no dispute between identifiable parties.\n"
    )
    assert (await world.store.find_schedule(made)).next_fire_at is None
    world.time.seconds += 3 * 86_400
    assert await world.told(f"resume {made}") == (
        f"Schedule {made} goes on\n\n"
        "  Next: Fri 6 Mar 09:00, Sat 7 Mar 09:00, Sun 8 Mar 09:00 (Europe/Berlin)\n"
    )
    assert (await world.store.find_schedule(made)).next_fire_at == datetime(
        2026, 3, 6, 8, tzinfo=UTC
    )


async def test_a_pause_that_nobody_asked_for_says_why(world):
    """After the channel was gone the list says so, in one sentence."""
    made = await world.added("at daily 9:00")
    world.slack.queue("C1", DestinationGone(world.where, "is_archived"))
    await world.run("briefing", f"run {made}")
    assert await world.told("list") == (
        "Schedules of this channel\n\n"
        f"  • {made} “News”: daily at 09:00 (Europe/Berlin) · Paused: The channel is gone, or the\n"
        "    bot was removed from it (is_archived). Invite the bot again, then resume the\n"
        "    schedule.\n"
    )
    assert (await world.run("briefing", f"resume {made}")).notice == f"Schedule {made} goes on"
    assert (await world.store.find_schedule(made)).paused_because == ""


async def test_resume_asks_whether_the_bot_can_post(world):
    """What stopped it must be gone."""
    made = await world.added()
    await world.run("briefing", f"pause {made}")
    world.slack.rights_of["C1"] = Rights(("not_in_channel",), may_manage=True)
    assert (await world.run("briefing", f"resume {made}")).is_refused
    assert (await world.store.find_schedule(made)).is_paused


async def test_removed_is_gone(world):
    """Its id means nothing any more, whatever is asked."""
    made = await world.added()
    assert await world.told(f"remove {made}") == f"Schedule {made} is deleted\n"
    for name in ("show", "edit", "pause", "resume", "remove", "run", "preview", "log"):
        assert await world.told(f"{name} {made}") == (
            f"There is no schedule {made} here. /briefing list shows those there are.\n"
        )
        assert await world.told(name) == ("Give the id of a schedule; /briefing list shows them.\n")


async def test_ids_are_read_in_capitals_too(world):
    """Phones begin words with capitals."""
    made = await world.added()
    assert not (await world.run("briefing", f"show {made.upper()}")).is_refused


async def test_preview_posts_stores_and_marks_nothing(world):
    """However often it is asked, the same entry is new."""
    made = await world.added()
    first = await world.told(f"preview {made}")
    assert "Would post “Ferry crews walk out”" in first
    assert await world.told(f"preview {made}") == first
    assert world.slack.calls == 0
    assert await world.store.list_slots(made, 5) == ()
    assert not await world.store.has_seen_any(made)


async def test_run_posts_once_and_tells(world):
    """What was posted is not posted again; the log explains both slots, newest first."""
    made = await world.added()
    assert await world.told(f"run {made}") == (
        f"Schedule {made} has run\n\n  Mon 2 Mar 2026 09:00: posted, asked for, 1 of 1 parts sent\n"
    )
    world.time.seconds += 60
    assert await world.told(f"run {made}") == (
        f"Schedule {made} has run\n\n"
        "  Mon 2 Mar 2026 09:01: nothing to post, asked for\n"
        "  • 1 entry from before\n"
    )
    assert [post.message.body["text"] for post in world.slack.posted] == ["Ferry crews walk out"]
    assert await world.told(f"log {made}") == (
        f"What schedule {made} did\n\n"
        "  • Mon 2 Mar 2026 09:01: nothing to post, asked for\n"
        "  • 1 entry from before\n"
        "  • Mon 2 Mar 2026 09:00: posted, asked for, 1 of 1 parts sent\n"
    )


async def test_run_is_refused_while_a_slot_is_under_way(world):
    """Two runs at once would post the same entries twice."""
    made = await world.added()
    slot = await world.store.open_slot(made, world.time.now(), now=world.time.now())
    told = f"Schedule {made} has run\n\n  It is being posted at this moment.\n"
    assert await world.told(f"run {made}") == told
    await world.store.plan_slot(slot, SlotPlan())
    world.time.seconds += 1
    assert await world.told(f"run {made}") == told
    await world.store.finish_slot(slot, "nothing", world.time.now())
    assert "1 of 1 parts sent" in await world.told(f"run {made}")


async def test_log_before_the_first_slot(world):
    """It says that there is nothing to tell yet."""
    made = await world.added()
    assert await world.told(f"log {made}") == (
        f"What schedule {made} did\n\n  It has not been due yet.\n"
    )


async def test_help_names_every_subcommand(world):
    """Whatever can be typed is in the help, and nothing that can't."""
    lines = (await world.told("help")).splitlines()
    named = {line.split()[2].rstrip(":") for line in lines if line.startswith("  • /briefing ")}
    assert named == {
        *("add", "list", "show", "edit", "pause", "resume", "remove", "run", "preview", "log"),
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [("2 hours", "2 hours"), ("90m", "90 minutes"), ("1 day", "1 day"), ("24h", "1 day")],
)
async def test_how_long_a_missed_slot_is_caught_up(world, typed, told):
    """Each schedule has a window of its own, shown where it is not the usual one."""
    made = await world.added(f"at daily 9:00 within {typed}")
    assert f"What the bot missed is still posted within {told}." in await world.told(f"show {made}")
    assert "still posted" not in await world.told(f"show {await world.added()}")


@pytest.mark.parametrize("typed", ["1 minute", "8 days", "5 s", "soon", "-2 hours"])
async def test_a_window_that_makes_no_sense_is_refused(world, typed):
    """Too short, too long, or no span at all."""
    assert (await world.run("briefing", f"add {FEED} daily 9:00 within {typed}")).notice == (
        f"“{typed}” is no span from 5 minutes to 7 days, such as within 2 hours."
    )
