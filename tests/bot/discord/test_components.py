"""Laying out replies and forms within Discord's sizes."""

import pytest
from simcord.components import validate_components, validate_modal

from bot.commands import Button, Field, Form
from bot.discord.components import page_of, read_modal, shorten, to_modal, to_view
from bot.discord.custom_ids import CustomId


async def test_more_buttons_than_a_message_holds():
    """25 buttons in five rows are shown, and every label fits."""
    view = to_view([Button("L" * 90, "show", f"v{number}") for number in range(30)])
    assert view is not None
    rows = view.to_components()
    validate_components(rows)
    assert [len(row["components"]) for row in rows] == [5] * 5
    assert all(len(button["label"]) == 80 for row in rows for button in row["components"])


async def test_no_buttons_is_no_view():
    """A reply without buttons has no rows, nor has one whose buttons can't be shown."""
    assert to_view([]) is None
    assert to_view([Button("Open", url="https://brask.example/" + "a" * 512)]) is None


async def test_a_view_is_laid_out_and_not_listened_to():
    """discord.py keeps no view in memory: what is pressed is read from its id."""
    view = to_view([Button("Claims", "show", "b1 claims")])
    assert view is not None
    assert view.is_finished()


async def test_the_next_page_of_a_form_has_its_button():
    """Behind a sent page stands the way to the next one."""
    view = to_view([], more=CustomId("more", "briefing edit", "k3", 1, 2))
    assert view is not None
    (row,) = view.to_components()
    assert row["components"][0]["label"] == "More fields (2 of 2)"
    assert row["components"][0]["custom_id"] == "n12:briefing edit:k3"


async def test_an_over_long_form_fits():
    """Titles, labels, hints, values and choices are cut to what Discord takes."""
    choices = {f"v{number}": "C" * 120 for number in range(30)}
    fields = (
        Field("urls", "L" * 60, value="v" * 5000, hint="h" * 120, is_required=True, is_long=True),
        Field("mode", "Mode", value="v3", choices=choices),
        Field("times", "Times", is_required=True),
        *(Field(f"f{number}", "More") for number in range(9)),
    )
    form = Form("T" * 60, "briefing edit", fields, value="k3")
    for page in range(page_of(form, 0)[1]):
        validate_modal(to_modal(form, page).to_dict())
    assert [field.option for field in page_of(form, 0)[0]][:3] == ["urls", "times", "mode"]
    assert page_of(form, 3)[0] == ()


FILLED = {
    "labels": [
        {"type": 18, "id": 1, "component": {"type": 4, "custom_id": "urls", "value": "a b"}},
        {"type": 18, "id": 2, "component": {"type": 3, "custom_id": "mode", "values": ["each"]}},
        {"type": 18, "id": 3, "component": {"type": 3, "custom_id": "zone", "values": []}},
    ],
    "rows": [
        {"type": 1, "components": [{"type": 4, "custom_id": "urls", "value": "a b"}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "mode", "values": ["each"]}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "zone", "values": []}]},
    ],
}


@pytest.mark.parametrize("components", FILLED.values(), ids=FILLED)
def test_what_was_filled_in(components):
    """Text and choices are read from labels, and from rows as older clients send them."""
    assert read_modal(components) == {"urls": "a b", "mode": "each", "zone": ""}


def test_shortening_counts_as_discord_does():
    """A letter outside of the basic plane counts twice, and is never cut in half."""
    assert shorten("🤝🤝🤝", 5) == "🤝🤝…"
    assert shorten("abc", 3) == "abc"
