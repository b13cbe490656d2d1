"""Slack messages: sizes checked by ours and by an independent library, escaping, completeness."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slackblocks import ContextBlock, DividerBlock, HeaderBlock, Message, SectionBlock

from briefings.rendering.slack import escape_slack, to_slack_messages

BLOCKS = {
    "header": HeaderBlock,
    "section": SectionBlock,
    "context": ContextBlock,
    "divider": DividerBlock,
}
SENTENCES = st.text(
    alphabet=st.sampled_from("abc de.&<>*_`@🤝 "), min_size=20, max_size=120
).filter(str.strip)


def texts_of(message):
    for block in message["blocks"]:
        if "text" in block:
            yield block["text"]["text"]
        yield from (element["text"] for element in block.get("elements", ()))


def check_sizes(messages):
    assert messages
    for message in messages:
        blocks = [BLOCKS[block["type"]].from_dict(block) for block in message["blocks"]]
        Message(channel="C1", blocks=blocks, text=message["text"])
        assert len(json.dumps(message, ensure_ascii=False)) < 10_000
        assert 1 <= len(message["blocks"]) <= 50
        assert all(texts_of(message))


def test_sizes(named_briefing):
    """Every message is one that Slack takes: block by block, and as a whole."""
    _, briefing = named_briefing
    check_sizes(to_slack_messages(briefing))


@settings(max_examples=25, deadline=None)
@given(sentence=SENTENCES, times=st.integers(1, 60), claims=st.integers(0, 70))
def test_sizes_of_any_text(long_briefing, sentence, times, claims):
    """However long the briefing and whatever its letters, each message keeps to the sizes."""
    briefing = long_briefing(f"M{sentence.strip()} ", times=times, claims=claims)
    check_sizes(to_slack_messages(briefing))


def test_nothing_is_cut_silently(over_long):
    """An over-long briefing goes on in further messages that say which part they are."""
    messages = to_slack_messages(over_long)
    assert len(messages) > 1
    text = " ".join(text for message in messages for text in texts_of(message))
    for opening in ("*Summary*", "*Figures*", "Made by extractive"):
        assert opening in text
    sentence = "The council of Brask weighed the report on the mill with care."
    sections = [b["text"]["text"] for m in messages for b in m["blocks"] if b["type"] == "section"]
    summary = " ".join(sections).split("*The dispute*")[0].split("*Summary*", 1)[1]
    assert summary.count(sentence) == over_long.summary.text.count(sentence) == 70
    assert f"Part 2 of {len(messages)}" in messages[1]["blocks"][0]["elements"][0]["text"]


def test_an_article_mentions_and_links_nobody(hostile):
    """Mentions, links and channels of an article arrive as text; the one link is the source."""
    dumped = json.dumps(to_slack_messages(hostile), ensure_ascii=False)
    links = re.findall(r"<([^>]*)>", dumped)
    assert {link.split("|")[0] for link in links} == {
        "https://evil.example/a%7Cb%3Ec%3Cd%20(e)'%22?x=1&amp;y=2"
    }
    assert "&lt;!channel&gt;" in dumped
    assert "&lt;@U123&gt;" in dumped


def test_messages_unfurl_nothing_and_parse_nothing(hostile):
    """Slack is told to show no previews and to look for no names or addresses in the words."""
    for message in to_slack_messages(hostile):
        assert message["unfurl_links"] is False
        assert message["unfurl_media"] is False
        assert message["link_names"] is False
        assert message["parse"] == "none"
        marked = [text for text in _text_objects(message) if text["type"] == "mrkdwn"]
        assert all(text["verbatim"] for text in marked)


def _text_objects(message):
    for block in message["blocks"]:
        yield from block.get("elements", [block["text"]] if "text" in block else [])


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        pytest.param("<!channel> & you", "&lt;!channel&gt; &amp; you", id="entities"),
        pytest.param("&lt;", "&amp;lt;", id="no-double-meaning"),
        pytest.param("*b* ~s~", "*\u200bb*\u200b ~\u200bs~\u200b", id="formatting"),
    ],
)
def test_escaping(text, escaped):
    """The three entities of Slack's documentation, and formatting signs that cannot pair up."""
    assert escape_slack(text) == escaped


def test_an_address_too_long_for_a_link_is_said_to_be(typical):
    """Slack takes no link of any length: the reader is told why there is none."""
    source = typical.source.model_copy(update={"url": "https://a.example/" + "x" * 3_000})
    messages = to_slack_messages(typical.model_copy(update={"source": source}))
    assert "its address is too long for a link" in json.dumps(messages)
    check_sizes(messages)
