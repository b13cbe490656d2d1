"""What people type after a slash command becomes options by name."""

import pytest

from bot.commands.grammar import read_command, split_addresses, split_list
from bot.errors import CommandNotUnderstood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/x", {"url": "https://a.example/x"}),
        ("<https://a.example/x|a.example>", {"url": "https://a.example/x"}),
        ("a.example/x", {"url": "https://a.example/x"}),
        ("https://a.example/x Claims", {"url": "https://a.example/x", "section": "claims"}),
        (
            "https://a.example/x private stakes",
            {"url": "https://a.example/x", "section": "stakes", "private": "yes"},
        ),
        ("", {}),
    ],
    ids=["address", "Slack's writing", "bare host", "section", "private", "nothing"],
)
def test_brief_takes_an_address_a_section_and_private(text, expected):
    """The address comes first; the rest is a section or the word private, in any order."""
    assert read_command("brief", {"text": text}) == ("brief", expected)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("", "help", {}),
        ("LIST", "list", {}),
        (
            "add https://a.example/feed https://b.example at weekdays 08:00 in Europe/Berlin",
            "add",
            {
                "urls": "https://a.example/feed https://b.example",
                "times": "weekdays 08:00",
                "zone": "Europe/Berlin",
            },
        ),
        (
            "add a.example/feed Mon,Thu 07:30 digest max 5",
            "add",
            {"urls": "a.example/feed", "times": "Mon,Thu 07:30", "mode": "digest", "max": "5"},
        ),
        (
            'add a.example at daily 9:00 any "border crossing", aid none sport name In the morning',
            "add",
            {
                "urls": "a.example",
                "times": "daily 9:00",
                "any": '"border crossing" , aid',
                "none": "sport",
                "name": "",
                "zone": "the morning",
            },
        ),
        (
            "add a.example at daily 9:00 name “In the morning”",
            "add",
            {"urls": "a.example", "times": "daily 9:00", "name": "In the morning"},
        ),
        ("edit k3 max 4 each", "edit", {"id": "k3", "max": "4", "mode": "each"}),
        ("edit k3 https://c.example", "edit", {"id": "k3", "urls": "https://c.example"}),
        ("log k3", "log", {"id": "k3"}),
        (
            "add a.example none private equity",
            "add",
            {"urls": "a.example", "none": "private equity"},
        ),
        ("add ftp://a.example/x", "add", {"urls": "ftp://a.example/x"}),
    ],
    ids=[
        "nothing is help",
        "capitals",
        "several feeds",
        "times without at",
        "a keyword in a name opens an option",
        "unless it is quoted",
        "edit numbers",
        "edit feeds",
        "id",
        "private is a word like others",
        "another scheme is an address too",
    ],
)
def test_briefing_takes_words_that_open_options(text, name, expected):
    """An option lasts from its word to the next such word; quoted words open none."""
    assert read_command("briefing", {"text": text}) == (f"briefing {name}", expected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ad https://a.example", "ad"),
        ("list now", "now"),
        ("show k3 x", "x"),
        ("list max 3", "max"),
        ("show k3 digest", "digest"),
    ],
)
def test_a_word_without_use_is_named(text, word):
    """What a command has no use for is not dropped silently."""
    with pytest.raises(CommandNotUnderstood) as caught:
        read_command("briefing", {"text": text})
    assert caught.value.word == word


def test_signs_that_nobody_sees_do_not_count():
    """What was copied from an answer may hold a space without width, which is no part of a name."""
    text = "add https://a.example/feed daily 9:00 in America/New_\u200bYork"
    assert read_command("briefing", {"text": text})[1]["zone"] == "America/New_York"
    typed = read_command("briefing add", {"zone": "America/New_\u200bYork"})
    assert typed == ("briefing add", {"zone": "America/New_York"})


def test_typed_options_pass_through():
    """A platform with typed options needs no reading; empty ones are left out."""
    options = {"urls": "https://a.example ", "zone": " "}
    assert read_command("briefing add", options) == (
        "briefing add",
        {"urls": "https://a.example"},
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ceasefire, truce", ("ceasefire", "truce")),
        ("border crossing,aid", ("border crossing", "aid")),
        ('"Rafah, Gaza" , aid', ("Rafah, Gaza", "aid")),
        ("“box office”", ("box office",)),
        (" , ", ()),
    ],
)
def test_a_list_is_parted_by_commas(value, expected):
    """Phrases keep their spaces; quotation marks keep a comma."""
    assert split_list(value) == expected


def test_addresses_are_parted_by_anything():
    """Spaces and commas part addresses; https is added, and each is kept once."""
    assert split_addresses("a.example/f, https://b.example a.example/f") == (
        "https://a.example/f",
        "https://b.example",
    )
