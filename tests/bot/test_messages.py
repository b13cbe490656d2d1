"""What a person reads when something goes wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.errors import (
    BotError,
    OutputFailed,
    OutputRefused,
    SettingRefused,
    SettingsFileUnreadable,
    SettingsInvalid,
    UnknownSetting,
)
from bot.messages import LONGEST_SHOWN, REMEDIES, SENTENCES, explain, list_entries, show
from briefings.article import Entry, Feed
from briefings.errors import (
    AddressRefused,
    BriefingError,
    ConsentWall,
    FeedUnreadable,
    InvalidBriefing,
    NotAnArticle,
    NotEnglish,
    NoText,
    ParserGaveUp,
    Paywalled,
    ReplyRejected,
    SourceMissing,
    SummarizerUnavailable,
    TimedOut,
    TooLarge,
    Unreachable,
)

URL = "https://news.example/a"


def family(kind: type) -> Iterator[type]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


@pytest.mark.parametrize("kind", [*family(BriefingError), *family(BotError)])
def test_every_error_has_its_own_sentence(kind):
    """No class of error borrows its sentence from its parent."""
    assert kind in SENTENCES


SAMPLES = {
    "missing file": (SourceMissing("a.txt", "no such file"), "a.txt", "Check the path"),
    "private address": (
        AddressRefused("http://10.0.0.1/", "private network"),
        "private network",
        "fetch.allow_hosts",
    ),
    "redirect": (
        AddressRefused(URL, "it leads to http://10.0.0.1/: private network"),
        "it leads to http://10.0.0.1/",
        "fetch.allow_hosts",
    ),
    "localhost": (
        AddressRefused("http://localhost/", "outside the public IPv6 block"),
        "(this machine or a private network)",
        "fetch.allow_hosts",
    ),
    "malformed": (AddressRefused("http://", "malformed address"), "malformed", "how it is written"),
    "user name": (AddressRefused(URL, "user name in the address"), "user name", "Leave the user"),
    "leads to ftp": (
        AddressRefused(URL, "it leads to an address that is neither http nor https"),
        "it leads to",
        "Only http and https addresses",
    ),
    "ftp": (SourceMissing("ftp://a/b", "no such file"), "ftp://a/b", "Only http and https"),
    "file address": (SourceMissing("file:///b"), "file:///b", "Only http and https addresses"),
    "setting like no other": (UnknownSetting("x", "f", nearest=None), "x (f)", "config/example"),
    "no connection": (Unreachable(URL, "no such host"), "no such host", "try again"),
    "400": (Unreachable(URL, status=400), "400", "Check the address"),
    "403": (Unreachable(URL, status=403), "403", "save its text"),
    "404": (Unreachable(URL, status=404), "no page", "Check the address"),
    "410": (Unreachable(URL, status=410), "no page", "Check the address"),
    "429": (Unreachable(URL, status=429), "too often", "Wait"),
    "503": (Unreachable(URL, status=503), "trouble", "Try again later"),
    "timeout": (TimedOut(URL, "20 s"), "in the time allowed", "fetch.deadline_seconds"),
    "too large": (TooLarge(URL, limit=5_000_000), "5 MB", "Save the article's text"),
    "endless input": (TooLarge("-", limit=5), "What came on standard input is", "Save the"),
    "foreign input": (NotEnglish("-", language="de"), "What came on standard input is", "English"),
    "feed": (FeedUnreadable(URL, "no feed"), "no feed", "briefbot feed lists"),
    "PDF": (NotAnArticle(URL, "PDF"), "PDF", "save its text"),
    "image": (NotAnArticle(URL, "image"), "image", "save its text"),
    "empty": (NoText(URL), "no running text", "save its text"),
    "consent": (ConsentWall(URL), "consent to cookies", "save its text"),
    "paywall": (Paywalled(URL), "subscription", "save the whole text"),
    "German": (NotEnglish(URL, language="de"), "German", "English version"),
    "unknown language": (NotEnglish(URL, language="q1"), "“q1”", "English version"),
    "empty file": (NoText("a.txt"), "no running text", "its title first"),
    "empty input": (NoText("-"), "What came on standard input", "its title first"),
    "parser": (ParserGaveUp(URL), "too much time or memory", "save its text"),
    "no model": (SummarizerUnavailable("extractive", "no model"), "no model", "Install"),
    "rejected": (ReplyRejected("llm", "3 of 4 lines"), "bear out", "Try again"),
    "invalid": (InvalidBriefing("claims[0]", "x"), "claims[0]", "report"),
    "unknown setting": (
        UnknownSetting("fetch.x", "a.toml", nearest="fetch.max_bytes"),
        "fetch.x (a.toml)",
        "Did you mean fetch.max_bytes?",
    ),
    "refused setting": (
        SettingRefused("fetch.max_bytes", "a.toml", value="x", expects="a number"),
        "“x”",
        "It takes a number",
    ),
    "settings file": (SettingsFileUnreadable("a.toml", "line 3"), "line 3", "--config"),
    "folder as output": (OutputRefused("out", "directory"), "is a folder", "--output"),
    "output nowhere": (OutputRefused("x/out", "no folder"), "no folder", "Create it"),
    "new folder as output": (OutputRefused("out/", "no folder"), "no folder out/", "a file"),
    "unnamed output": (OutputRefused("", "no name"), "--output is empty", "leave it out"),
    "long output": (OutputRefused("x", "unusable", "too long"), "(too long)", "another name"),
    "disk full": (OutputFailed("out", "no space left"), "no space left", "--output"),
    "unforeseen": (KeyError("secret words"), "KeyError", "--debug"),
}


@pytest.mark.parametrize(("error", "happened", "remedy"), SAMPLES.values(), ids=[*SAMPLES])
def test_a_sentence_says_what_happened_and_what_to_do(error, happened, remedy):
    """Each message names what happened and the next step, on one line, in whole sentences."""
    text = explain(error)
    assert happened in text
    assert remedy in text
    assert "\n" not in text
    assert text[-1] in ".?"
    assert "{" not in text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("http://user:pw@a.example/x", "http://a.example/x", id="both"),
        pytest.param("https://token@a.example/", "https://a.example/", id="user alone"),
        pytest.param("http://user:p@w@a.example/", "http://a.example/", id="@ in it"),
        pytest.param("http://user:p/w@a.example/", "http://a.example/", id="slash in it"),
        pytest.param("http://user:p w#?@a.example/", "http://a.example/", id="others in it"),
        pytest.param(
            "it leads to ftp://u:p@a.example: no", "it leads to ftp://a.example: no", id="within"
        ),
        pytest.param("https://a.example/@user", "https://a.example/@user", id="@ in the path"),
        pytest.param("https://a.example:443/@user", "https://a.example:443/@user", id="port"),
        pytest.param("https://a.example?to=b@c", "https://a.example?to=b@c", id="query"),
    ],
)
def test_an_address_is_shown_without_user_and_password(address, shown):
    """What stands before the host is nobody's business but the asker's."""
    assert show(address) == shown


@pytest.mark.parametrize("rule", [*REMEDIES])
def test_no_setting_is_named_that_would_not_help(rule):
    """fetch.allow_hosts is advised only where it opens the address."""
    assert "allow_hosts" not in explain(AddressRefused(URL, rule))


def test_an_unforeseen_error_keeps_its_own_words_to_itself():
    """What a library says about its own failure is not shown to a person."""
    assert "secret words" not in explain(KeyError("secret words"))


def test_settings_are_told_line_by_line():
    """All problems of the settings come at once, a line each."""
    problems = (
        UnknownSetting("a", "f", nearest="b"),
        SettingRefused("c", "f", value="1", expects="2"),
    )
    assert explain(SettingsInvalid(problems)).splitlines() == [explain(p) for p in problems]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "red", id="terminal codes"),
        pytest.param("a\u202eb\u2066c", "abc", id="direction"),
        pytest.param("a\nb\tc", "a b c", id="line ends"),
        pytest.param("a\udcffb", "ab", id="undecodable file name"),
        pytest.param("Ünïcode “x”", "Ünïcode “x”", id="letters stay"),
        pytest.param("x" * 300, "x" * LONGEST_SHOWN + "…", id="over-long"),
    ],
)
def test_strangers_text_cannot_move_the_cursor(text, shown):
    """Addresses and titles appear without anything that a terminal would obey."""
    assert show(text) == shown


def test_a_feed_is_listed_with_numbers_dates_and_addresses():
    """Entries are numbered from 1 in the feed's order, with what each of them has."""
    entries = (
        Entry("Ministers meet", URL, datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Entry("Old\x1b[2J news", None, date(2026, 3, 1)),
        Entry("Undated", "https://news.example/c"),
    )
    assert list_entries(Feed("https://news.example/rss", "News", entries)).splitlines() == [
        "News",
        "",
        "1  2026-03-02  Ministers meet",
        "               https://news.example/a",
        "2  2026-03-01  Old news",
        "3              Undated",
        "               https://news.example/c",
    ]


def test_an_empty_feed_is_no_blank():
    """A feed without entries says so."""
    assert list_entries(Feed(URL, "News", ())) == "News has no entries yet."


def test_a_text_that_is_too_long_is_not_sent_in_a_circle():
    """Who already has the text alone in a file is told something else than to make one."""
    told = explain(TooLarge("long.txt", "text", limit=1_000_000))
    assert "in parts" in told
    assert "to a file" not in told
