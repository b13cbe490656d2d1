"""What people typed, pressed and shared in Slack, as requests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import FORM, Button
from bot.slack.to_blocks import to_actions
from bot.slack.to_request import first_link, from_press, read_text, tenant_of, to_turn

TYPED = {
    "as typed": ("https://n.example/a?x=1&y=2 claims", "https://n.example/a?x=1&y=2 claims"),
    "address escaped": (
        "<https://n.example/a?x=1&amp;y=2> private",
        "https://n.example/a?x=1&y=2 private",
    ),
    "address with a label": ("<http://n.example/a|n.example/a>", "http://n.example/a"),
    "entities": ("add a &lt;b&gt; matching R&amp;D", "add a <b> matching R&D"),
    "looks like an entity": ("https://n.example/?a=1&copy=2", "https://n.example/?a=1&copy=2"),
    "escaped entity": ("a &amp;lt; b", "a &lt; b"),
    "nothing": ("  ", ""),
    "channel": ("channel <#C0NEWS|news>", "channel <#C0NEWS|news>"),
}


@pytest.mark.parametrize(("sent", "typed"), TYPED.values(), ids=TYPED)
def test_text_is_read_as_it_was_typed(sent, typed):
    """Slack's marks around addresses and its three entities are taken away, and nothing else."""
    assert read_text(sent) == typed


def rich(*elements):
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"blocks": [{"type": "rich_text", "elements": [section]}]}


LINKS = {
    "text": (
        {"text": "Read <https://n.example/a|this>, then <https://n.example/b>"},
        "https://n.example/a",
    ),
    "entities": ({"text": "<https://n.example/a?x=1&amp;y=2>"}, "https://n.example/a?x=1&y=2"),
    "bare": ({"text": "Read https://n.example/a."}, "https://n.example/a"),
    "in brackets": ({"text": "(see http://n.example/a)"}, "http://n.example/a"),
    "rich text": (
        rich({"type": "text", "text": "see "}, {"type": "link", "url": "https://n.example/a"}),
        "https://n.example/a",
    ),
    "section": (
        {
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": "<https://n.example/a|A>"}}
            ]
        },
        "https://n.example/a",
    ),
    "button": (
        {
            "blocks": [
                {"type": "actions", "elements": [{"type": "button", "url": "https://n.example/a"}]}
            ]
        },
        "https://n.example/a",
    ),
    "link preview": (
        {
            "text": "",
            "attachments": [{"from_url": "https://n.example/a", "thumb_url": "https://i.example/"}],
        },
        "https://n.example/a",
    ),
    "title of an attachment": (
        {
            "attachments": [
                {
                    "title": "A",
                    "title_link": "https://n.example/a",
                    "image_url": "https://i.example/",
                }
            ]
        },
        "https://n.example/a",
    ),
    "text before blocks": (
        {"text": "<https://n.example/a>", **rich({"type": "link", "url": "https://n.example/b"})},
        "https://n.example/a",
    ),
    "picture alone": ({"attachments": [{"image_url": "https://i.example/a.png"}]}, ""),
    "mail": ({"text": "<mailto:a@n.example|a@n.example> <@U1> <#C1|news> <!here>"}, ""),
    "other schemes": ({"text": "<ftp://n.example/a> javascript:alert(1)"}, ""),
    "nothing": ({}, ""),
    "nulls": ({"text": None, "blocks": None, "attachments": [None]}, ""),
}


@pytest.mark.parametrize(("message", "url"), LINKS.values(), ids=LINKS)
def test_first_link(message, url):
    """The first web address of a message, wherever in it Slack puts it; no picture, no mention."""
    assert first_link(message) == url


@given(value=st.text(max_size=100), command=st.sampled_from(["show", "briefing pause"]))
def test_a_button_gives_back_what_it_carries(value, command):
    """Whatever a button carries comes back when it is pressed."""
    (block,) = to_actions([Button("Label", command, value)])
    payload = {"actions": [block["elements"][0]], "user": {"id": "U1"}, "team": {"id": "T1"}}
    request = from_press(to_turn(payload), payload)
    assert (request.name, request.options) == (command, {"value": value})


def test_a_form_s_button_names_its_schedule():
    """A form is asked for by the schedule's id; without one it is a new schedule's."""
    new, edit = to_actions([Button("New", FORM), Button("Edit", FORM, "7")])[0]["elements"]
    requests = [from_press(to_turn({}), {"actions": [button]}) for button in (new, edit)]
    assert [r.options for r in requests] == [{"value": ""}, {"value": "7", "id": "7"}]


TENANTS = {
    "command": ({"team_id": "T1", "enterprise_id": "E1"}, "T1"),
    "button": ({"team": {"id": "T1"}, "user": {"team_id": "T2"}}, "T1"),
    "whole organisation": ({"team": None, "enterprise": {"id": "E1"}, "user": {}}, "E1"),
}


@pytest.mark.parametrize(("payload", "tenant"), TENANTS.values(), ids=TENANTS)
def test_tenant(payload, tenant):
    """The workspace is named in each kind of payload; an organisation stands for all of its own."""
    assert tenant_of(payload) == tenant


def test_what_is_sent_again_has_the_same_key():
    """The same payload has the same key, in whatever order its fields come; another has another."""
    first, again = {"text": "a", "trigger_id": "1"}, {"trigger_id": "1", "text": "a"}
    assert to_turn(first).key == to_turn(again).key != to_turn({**first, "trigger_id": "2"}).key
