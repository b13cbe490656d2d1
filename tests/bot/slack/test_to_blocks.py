"""Replies and forms within Slack's sizes, checked by ours and by an independent library."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import Button, Field, Form, Reply
from bot.slack.to_blocks import (
    reply_to_slack,
    to_actions,
    to_form_view,
    to_home_view,
    to_reply_view,
)
from bot.slack.to_fields import read_fields
from briefings.rendering.nodes import Document, Line, Paragraph, Run, Section
from tests.scenarios.slack.checks import why_refused

#: What can be shown: no controls and no white space but the space.
TEXTS = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=200
).filter(str.strip)


def to_document(text, times=1):
    line = Line((Run("plain", text),))
    sections = tuple(Section(f"s{n}", "Part", (Paragraph(line),)) for n in range(times))
    return Document("Mill to close", Line((Run("muted", "Herald"),)), None, sections, ())


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=TEXTS,
    times=st.integers(1, 60),
    labels=st.lists(TEXTS, max_size=60),
    value=st.text(max_size=100),
)
def test_every_reply_is_one_that_slack_takes(text, times, labels, value):
    """Whatever a reply says and however many buttons it has, each message keeps to the sizes."""
    buttons = tuple(Button(label, "show", value) for label in labels)
    bodies = reply_to_slack(Reply("n", to_document(text * 9, times), buttons=buttons))
    for body in bodies:
        assert why_refused(body, surface="message") == ""
        assert len(json.dumps(body, ensure_ascii=False)) < 10_000
    shown = [e for b in bodies for block in b["blocks"] for e in block.get("elements", ())]
    assert len([e for e in shown if e["type"] == "button"]) == len(labels)


@settings(max_examples=10, deadline=None)
@given(text=TEXTS, times=st.integers(1, 150), count=st.integers(0, 60))
def test_every_view_is_one_that_slack_takes(text, times, count):
    """A reply of any length fits into a modal and into the App Home."""
    buttons = tuple(Button(f"Edit {n}", "show", str(n)) for n in range(count))
    reply = Reply("n", to_document(text * 9, times), buttons=buttons)
    assert why_refused(to_reply_view(reply, "C1"), surface="modal") == ""
    assert why_refused(to_home_view(reply), surface="home") == ""


def test_buttons_join_the_last_message():
    """Buttons stand below what they belong to, in the same message where there is room."""
    buttons = (Button("Claims", "show", "1"), Button("Open", url="https://n.example/a?x=1&y=2"))
    (body,) = reply_to_slack(Reply("n", to_document("Hask.", 1), buttons=buttons))
    press, link = body["blocks"][-1]["elements"]
    assert json.loads(press["value"]) == {"command": "show", "value": "1"}
    assert "url" not in press
    assert (link["url"], "value" in link) == ("https://n.example/a?x=1&y=2", False)


def test_a_button_that_carries_too_much_is_a_fault_of_ours():
    """What a button can't carry whole is not cut: it would come back as something else."""
    with pytest.raises(ValueError, match="carries more"):
        to_actions([Button("Claims", "show", "x" * 2_000)])


@settings(max_examples=20, deadline=None)
@given(
    words=TEXTS,
    value=st.text(max_size=4_000),
    choices=st.dictionaries(st.text(min_size=1, max_size=100), TEXTS, max_size=120),
)
def test_every_form_is_one_that_slack_takes(words, value, choices):
    """A form's words are cut to Slack's sizes; more choices than a menu takes are typed instead."""
    fields = (
        Field("urls", words * 20, value, words * 20, is_required=True, is_long=True),
        Field("mode", words, value, choices=choices),
        Field("channel", words, "C0NEWS"),
        Field("zone", words),
    )
    view = to_form_view(
        Form(words, "briefing add", fields, words, value[:100]), "C1", mistake=words
    )
    assert why_refused(view, surface="modal") == ""
    assert [block["block_id"] for block in view["blocks"][1:]] == [f.option for f in fields]


STATES = {
    "typed": ({"type": "plain_text_input", "value": "a"}, "a"),
    "empty": ({"type": "plain_text_input", "value": None}, ""),
    "chosen": ({"type": "static_select", "selected_option": {"value": "each"}}, "each"),
    "not chosen": ({"type": "static_select", "selected_option": None}, ""),
    "picked": ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
}


@pytest.mark.parametrize(("element", "value"), STATES.values(), ids=STATES)
def test_fields_are_read_as_they_were_filled_in(element, value):
    """Every kind of input gives its value as text, and "" where it was left empty."""
    assert read_fields({"state": {"values": {"option": {"value": element}}}}) == {"option": value}
