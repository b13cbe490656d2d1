"""The form to create or edit a schedule, and what completes what is typed."""

from dataclasses import replace

import pytest

from bot.commands.drafting import options_of, read_changes
from bot.commands.forms import suggest_zones
from bot.schedule import Filter

FEED = "https://news.example/feed"


async def test_a_new_form_begins_with_the_zone(world):
    """The first five fields are what matters most: some platforms show no more."""
    form = await world.form()
    assert (form.title, form.command, form.value) == ("New schedule", "briefing add", "")
    assert [field.option for field in form.fields[:5]] == ["urls", "times", "zone", "any", "none"]
    assert {field.option: field.value for field in form.fields if field.value} == {
        "zone": "Europe/Berlin",
        "max": "3",
        "mode": "each",
        "within": "6 hours",
    }
    assert [field.option for field in form.fields if field.is_required] == ["urls", "times"]


async def test_an_edit_form_sent_unchanged_changes_nothing(world):
    """What it shows is what one would type to get the schedule."""
    made = await world.added(
        'at Mon,Thu 07:30 any “Rafah, Gaza”, aid none sport all border matching "a|b" max 5 digest'
        " within 90 minutes"
    )
    before = await world.store.find_schedule(made)
    form = await world.form(id=made)
    assert (form.title, form.command, form.value) == ("Change schedule", "briefing edit", made)
    sent = {field.option: field.value for field in form.fields}
    assert sent["within"] == "90 minutes"
    assert sent["any"] == '"Rafah, Gaza", aid'
    reply = await world.run(form.command, **sent, value=form.value)
    assert not reply.is_refused
    assert await world.store.find_schedule(made) == before


async def test_options_and_changes_are_inverse(world):
    """Reading what a schedule would be typed as gives its fields back."""
    made = await world.added("at every 2 hours any ferry max 2 within 90 minutes name “At sea”")
    schedule = await world.store.find_schedule(made)
    options = {name: text for name, text in options_of(schedule).items() if text}
    blank = replace(schedule, feeds=(), times="", filter=Filter(), at_most=9, name="")
    assert replace(blank, **read_changes(options, Filter())) == schedule


async def test_a_button_names_the_schedule_of_its_form(world):
    """A pressed button carries its schedule's id as its value."""
    made = await world.added()
    assert (await world.form(value=made)).value == made


async def test_ids_are_completed_by_id_and_name(world):
    """Schedules of this channel alone."""
    mine = await world.added("at daily 9:00 name “Ferry news”")
    other = await world.added("at daily 9:00 channel C2 name “Ferry too”")
    request = world.request("briefing show")
    assert await world.commands.suggest(request, "id", "FERRY") == (mine,)
    assert await world.commands.suggest(request, "id", mine[:2]) == (mine,)
    assert other not in await world.commands.suggest(request, "id", "")
    assert await world.commands.suggest(request, "times", "") == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berlin", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("europe/lon", "Europe/London"),
        ("utc", "UTC"),
    ],
)
def test_zones_are_completed_by_city(typed, first):
    """A city is typed more often than its continent."""
    found = suggest_zones(typed)
    assert first in found[:2]
    assert len(found) <= 25


def test_no_zone_fits():
    """Nothing is completed rather than something wrong."""
    assert suggest_zones("atlantis city") == ()
