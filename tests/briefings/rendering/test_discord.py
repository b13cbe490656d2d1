"""Discord messages: sizes, escaping, completeness."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.rendering.discord import (
    document_to_discord,
    escape_discord,
    to_discord_messages,
)
from briefings.rendering.nodes import Document, Line

SENTENCES = st.text(
    alphabet=st.sampled_from("abc de.&<>*_`@#-[]🤝 "), min_size=20, max_size=120
).filter(str.strip)


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def check_sizes(messages):
    assert messages
    for message in messages:
        embeds = message["embeds"]
        assert 1 <= len(embeds) <= 10
        assert utf16(message.get("content", "")) <= 2_000
        assert all(0 < utf16(embed["description"]) <= 4_096 for embed in embeds)
        assert all(utf16(embed.get("title", "")) <= 256 for embed in embeds)
        assert all(utf16(embed.get("url", "")) <= 2_000 for embed in embeds)
        assert sum(utf16(e.get("title", "") + e["description"]) for e in embeds) <= 5_960


def test_sizes(named_briefing):
    """Every message is one that Discord takes."""
    _, briefing = named_briefing
    check_sizes(to_discord_messages(briefing))


@settings(max_examples=25, deadline=None)
@given(sentence=SENTENCES, times=st.integers(1, 60), claims=st.integers(0, 70))
def test_sizes_of_any_text(long_briefing, sentence, times, claims):
    """However long the briefing and whatever its letters, each message keeps to the sizes."""
    briefing = long_briefing(f"M{sentence.strip()} ", times=times, claims=claims)
    check_sizes(to_discord_messages(briefing))


def test_a_title_alone_is_a_message():
    """A document that says all in its title is not an empty message, which Discord refuses."""
    document = Document("Schedule k3 is paused", Line(()), None, (), ())
    (message,) = document_to_discord(document)
    (embed,) = message["embeds"]
    assert embed["title"] == "Schedule k3 is paused"
    assert "description" not in embed


def test_a_typical_briefing_is_one_message(typical):
    """What fits into one message is not scattered over several."""
    (message,) = to_discord_messages(typical)
    assert "content" not in message
    assert message["embeds"][0]["title"] == typical.source.title
    assert message["embeds"][0]["url"] == typical.source.url


def test_nothing_is_cut_silently(over_long):
    """An over-long briefing goes on in further messages, its sections marked as continued."""
    messages = to_discord_messages(over_long)
    text = " ".join(embed["description"] for message in messages for embed in message["embeds"])
    sentence = "The council of Brask weighed the report on the mill with care."
    summary = text.split("### The dispute")[0].split("### Summary", 1)[1]
    assert summary.count(sentence) == over_long.summary.text.count(sentence) == 70
    assert "### Summary (continued)" in text
    assert [message.get("content") for message in messages][1] == f"Part 2 of {len(messages)}"
    assert "Made by extractive" in messages[-1]["embeds"][-1]["description"]


def test_nobody_is_ever_mentioned(named_briefing):
    """Every message forbids mentions, and no mention of the article survives as one."""
    _, briefing = named_briefing
    messages = to_discord_messages(briefing)
    assert all(message["allowed_mentions"] == {"parse": []} for message in messages)
    dumped = json.dumps(messages, ensure_ascii=False)
    assert not re.search(r"@(?!\u200b)", dumped)
    assert not re.search(r"(?<!\\)<[@#:!/t]", dumped)


def test_no_line_of_the_article_becomes_a_heading_list_or_link(hostile):
    """Only our headings and bullets open lines; the article's signs and addresses are escaped."""
    for message in to_discord_messages(hostile):
        for embed in message["embeds"]:
            for line in embed["description"].splitlines():
                body = re.sub(r"^(### |- |> |-# )", "", line)
                assert not re.match(r"(#|>|[-+*] |\d+[.)] )", body)
            assert not re.search(r"https?://", embed["description"])


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        pytest.param("@everyone", "@\u200beveryone", id="mention"),
        pytest.param("<@123>", "\\<@\u200b123\\>", id="user"),
        pytest.param(
            "*a* _b_ ~~c~~ ||d||", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\|", id="marks"
        ),
        pytest.param("```x```", "\\`\\`\\`x\\`\\`\\`", id="code"),
        pytest.param("[a](https://b)", "\\[a\\](https\\://b)", id="link"),
        pytest.param("# a", "\\# a", id="heading"),
    ],
)
def test_escaping(text, escaped):
    """Each sign that Discord would act on is escaped."""
    assert escape_discord(text) == escaped


def test_a_title_too_long_for_an_embed_moves_into_the_text(over_long):
    """An over-long title is shown whole, and the link comes along."""
    (first, *_) = to_discord_messages(over_long)
    embed = first["embeds"][0]
    assert "title" not in embed
    assert embed["description"].startswith("**Brask weighs")
    assert "[Read the article](https://brask.example/" in embed["description"]
