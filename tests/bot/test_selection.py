"""Which entries a slot posts, and why not the others."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.platform import Destination
from bot.schedule import Filter, Schedule
from bot.selection import Listed, key_of, select, why_filtered
from bot.slots import Story
from briefings.article import Entry, Feed

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = Feed("https://one.example/feed", "One", ())
TWO = Feed("https://two.example/feed", "Two", ())
THREE = Feed("https://three.example/feed", "Three", ())


def listed(title, url="", feed=ONE, hours=1.0, content="", guid=None, published=None):
    url = url or f"{feed.url}/{title.replace(' ', '-')}"
    return Listed(
        Entry(title, url, published or NOW - hours * HOUR, content_html=content, guid=guid), feed
    )


def schedule(**facts):
    plain = {
        "id": "k7xz",
        "destination": Destination("slack", "T1", "C1"),
        "name": "",
        "feeds": (ONE.url,),
        "times": "hourly",
        "zone": "UTC",
        "created_by": "U1",
        "created_at": NOW,
    }
    return Schedule(**{**plain, **facts})


def choose(entries, *, seen=(), stories=(), is_first_run=False, **facts):
    return select(
        entries,
        schedule=schedule(**facts),
        seen=frozenset(seen),
        stories=stories,
        is_first_run=is_first_run,
        now=NOW,
    )


def titles(selection):
    return [choice.listed.entry.title for choice in selection.chosen]


def reasons(selection):
    return {one.title: (one.reason, one.detail) for one in selection.skipped}


DAM = listed("Dam on the Wey to be rebuilt", hours=5)
WOLF = listed("Wolves return to the Harn forest", hours=2)
TRAM = listed("Trams stop for a week in Calder", hours=3)


def test_new_entries_come_newest_first():
    """The order is that of publication, whatever the feeds' order is."""
    assert titles(choose([DAM, WOLF, TRAM])) == [e.entry.title for e in (WOLF, TRAM, DAM)]


def test_more_than_the_maximum_is_left_out_for_good():
    """The newest are posted; the rest is not posted next time either."""
    selection = choose([DAM, WOLF, TRAM], at_most=2)
    assert titles(selection) == [WOLF.entry.title, TRAM.entry.title]
    assert reasons(selection) == {DAM.entry.title: ("over the maximum", "")}
    assert set(key_of(DAM)) <= selection.seen


def test_what_was_seen_is_not_posted_again():
    """An entry is known by any of its keys, and stays known while it is listed."""
    selection = choose([DAM, WOLF], seen=key_of(WOLF))
    assert titles(selection) == [DAM.entry.title]
    assert reasons(selection) == {WOLF.entry.title: ("seen", "")}
    assert set(key_of(WOLF)) <= selection.seen


SEEN_AGAIN = {
    "with tracking": ("https://one.example/a?utm_source=rss", "x"),
    "with a fragment": ("https://ONE.example:443/a#top", "x"),
    "address changed, id kept": ("https://one.example/a-new-title", "id-1"),
}


@pytest.mark.parametrize(("url", "guid"), SEEN_AGAIN.values(), ids=SEEN_AGAIN)
def test_an_entry_is_recognized_when_its_address_is_dressed_up(url, guid):
    """Tracking, spelling and a changed address with the same id make no new entry."""
    first = listed("First", "https://one.example/a", guid="id-1")
    again = listed("First, changed", url, guid=guid)
    assert titles(choose([again], seen=key_of(first))) == []


def test_ids_count_within_their_feed():
    """Two feeds that number their entries from one do not hide each other's."""
    first = listed("Dam on the Wey", guid="1")
    other = listed("Wolves in the Harn", feed=TWO, guid="1")
    assert titles(choose([other], seen=key_of(first))) == [other.entry.title]


def test_an_entry_in_two_feeds_is_posted_once():
    """A site that lists an article under two headings posts it once."""
    twin = Listed(DAM.entry, TWO)
    assert titles(choose([DAM, twin])) == [DAM.entry.title]


def test_the_first_run_posts_the_newest_alone():
    """A new schedule does not flood its channel; what was there before counts as seen."""
    selection = choose([DAM, WOLF, TRAM], is_first_run=True)
    assert titles(selection) == [WOLF.entry.title]
    assert {reason for reason, _ in reasons(selection).values()} == {"first run"}
    assert selection.seen == {key for one in (DAM, WOLF, TRAM) for key in key_of(one)}


def test_the_first_run_posts_the_newest_that_passes():
    """The filter holds from the first day on."""
    rules = Filter(none_of=("wolves",))
    assert titles(choose([DAM, WOLF], is_first_run=True, filter=rules)) == [DAM.entry.title]


FIRE = listed(
    "Fire destroys historic market hall in Calder",
    hours=2,
    content="<p>A fire destroyed the historic market hall of Calder overnight.</p>",
)
FIRE_TWO = listed(
    "Historic Calder market hall destroyed by fire",
    feed=TWO,
    hours=1,
    content="<p>The market hall in Calder burned down overnight.</p>",
)
FIRE_THREE = listed(
    "Calder: fire destroys historic market hall",
    feed=THREE,
    hours=4,
    content="The historic hall in Calder was destroyed by fire.",
)


def test_one_story_of_several_outlets_is_posted_once_with_the_others_links():
    """The newest report stands for the story; the others are listed, and named in the log."""
    selection = choose([FIRE, FIRE_TWO, FIRE_THREE, WOLF], at_most=2)
    assert titles(selection) == [FIRE_TWO.entry.title, WOLF.entry.title]
    assert selection.chosen[0].also == (FIRE, FIRE_THREE)
    assert reasons(selection) == {
        FIRE.entry.title: ("same story", FIRE_TWO.entry.title),
        FIRE_THREE.entry.title: ("same story", FIRE_TWO.entry.title),
    }


def test_a_story_posted_before_is_not_posted_again():
    """A later slot recognizes the story by what is kept of it."""
    posted = choose([FIRE]).chosen[0].story
    assert (posted.title, posted.url, posted.posted_at) == (FIRE.entry.title, FIRE.entry.url, NOW)
    selection = choose([FIRE_TWO, WOLF], stories=[posted])
    assert titles(selection) == [WOLF.entry.title]
    assert reasons(selection) == {FIRE_TWO.entry.title: ("same story", FIRE.entry.title)}


def test_stories_far_apart_in_time_are_two():
    """The same headline two days later tells of another event."""
    posted = Story(FIRE.entry.title, "", NOW - timedelta(hours=60))
    assert titles(choose([FIRE_TWO], stories=[posted])) == [FIRE_TWO.entry.title]


def test_entries_without_a_date_count_as_new():
    """They keep their feed's order; a date to come is no reason to stand first for ever."""
    undated = [
        Listed(Entry(f"Undated {n} {'abc'[n]}", f"https://one.example/{n}"), ONE) for n in range(3)
    ]
    future = listed("From the future", published=NOW + timedelta(days=400))
    day = listed("By its day", published=date(2026, 3, 1))
    chosen = titles(choose([day, *undated, future], at_most=9))
    assert chosen == [*(e.entry.title for e in undated), "From the future", "By its day"]


FILTERS = {
    "any word": (Filter(any_of=("dam", "wolf")), "The Dam is safe", None),
    "no word of any": (Filter(any_of=("dam", "wolf")), "Trams stop", "none of: dam, wolf"),
    "whole words only": (Filter(any_of=("dam",)), "Damage in Amsterdam", "none of: dam"),
    "all words": (Filter(all_of=("dam", "wey")), "A dam on the Wey", None),
    "one of all missing": (Filter(all_of=("dam", "wey")), "A dam on the Arl", "no “wey”"),
    "none of": (Filter(none_of=("cup final",)), "Osk win the Cup\nfinal", "cup final"),
    "none of, not there": (Filter(none_of=("cup final",)), "The final of the cup", None),
    "accents": (Filter(any_of=("sao paulo",)), "Fire in São Paulo", None),
    "accents in the rule": (Filter(any_of=("Köln",)), "Flood in Koln", None),
    "typographic apostrophe": (Filter(any_of=("women's",)), "The women’s cup", None),
    "other scripts": (Filter(any_of=("київ",)), "Новини: КИЇВ сьогодні", None),
    "signs in a word": (Filter(any_of=("C++",)), "Learn C++ now", None),
    "not a pattern": (Filter(any_of=("a.c",)), "abc", "none of: a.c"),
    "pattern": (Filter(pattern=r"\bEU-?\d+"), "Talks of the eu27", None),
    "pattern that does not match": (Filter(pattern="^Live:"), "Not live: x", "no match for ^Live:"),
    "no rules": (Filter(), "Anything", None),
    "an empty word": (Filter(none_of=(" ",)), "Anything", None),
}


@pytest.mark.parametrize(("rules", "text", "because"), FILTERS.values(), ids=FILTERS)
def test_filters(rules, text, because):
    """Words and phrases count whole, without case and accents; the rule that hit is told."""
    assert why_filtered(rules, text) == because


def test_a_filter_reads_the_teaser_too():
    """A word in the feed's own text counts as one in the title."""
    entry = listed("Quiet night", content="<p>Only the <b>dam</b> gave way.</p>")
    assert titles(choose([entry], filter=Filter(any_of=("dam",)))) == ["Quiet night"]
    selection = choose([entry], filter=Filter(none_of=("dam",)))
    assert reasons(selection) == {"Quiet night": ("filtered", "dam")}


def test_no_pattern_takes_long():
    """A pattern that would stall other engines is done in time proportional to the text."""
    text = "a" * 4000 + "!"
    assert why_filtered(Filter(pattern=r"(a+)+$"), text) is not None
