"""What goes wrong, in words for people who sit in a channel."""

import pytest

from bot.errors import (
    BotError,
    NotAllowed,
    SchemaOutdated,
    SettingMissing,
    SettingsInvalid,
    StoreUnavailable,
)
from bot.messages.chat import explain_in_chat
from briefings.errors import (
    AddressRefused,
    ArticleUnreadable,
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
    SourceError,
    SourceMissing,
    SummarizerUnavailable,
    SummaryError,
    TimedOut,
    TooLarge,
    Unreachable,
)

URL = "https://news.example/a"
ERRORS = [
    *(
        kind(URL)
        for kind in (
            SourceError,
            SourceMissing,
            AddressRefused,
            Unreachable,
            TimedOut,
            FeedUnreadable,
            ArticleUnreadable,
            NotAnArticle,
            NoText,
            ConsentWall,
            Paywalled,
            ParserGaveUp,
        )
    ),
    Unreachable(URL, status=403),
    TooLarge(URL, limit=5),
    NotEnglish(URL, language="fr"),
    *(kind("fake", "why") for kind in (SummaryError, SummarizerUnavailable, ReplyRejected)),
    InvalidBriefing("claims", "why"),
    BriefingError(),
    BotError(),
    StoreUnavailable("postgresql://db.internal/bot"),
    SchemaOutdated("sqlite:///srv/bot.db"),
    SettingMissing("slack.bot_token"),
    SettingsInvalid((SettingMissing("slack.bot_token"),)),
]
#: What somebody in a channel has not, or must not be told.
FOREIGN = ("--", "file", "briefbot", "setting", "standard input", "db.", "sqlite", "slack.")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_sentence_speaks_of_terminals_files_or_settings(error):
    """Each is a sentence or two, and tells what somebody in a channel can use."""
    told = explain_in_chat(error)
    assert [word for word in FOREIGN if word in told] == []
    assert told.endswith(".")
    assert "\n" not in told
    assert len(told) < 300


def test_the_asker_s_own_mistakes_are_told_as_everywhere():
    """Their wording is made for people in a channel."""
    assert explain_in_chat(NotAllowed()).startswith("Only those who may manage this channel")
