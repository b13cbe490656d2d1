"""What goes wrong, for people in a channel: they have no terminal, no settings and no files.

Where the command line's sentence serves them as well, it is that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.errors import (
    BotError,
    DestinationGone,
    PermissionMissing,
    SettingsError,
    SettingsInvalid,
    StoreError,
)
from bot.messages import SAVE_THE_TEXT, SENTENCES, TEXT_ALONE, Wording, explain, show
from briefings.errors import (
    AddressRefused,
    BriefingError,
    FeedUnreadable,
    InvalidBriefing,
    NotAnArticle,
    ParserGaveUp,
    Paywalled,
    SourceError,
    SourceMissing,
    SummaryError,
    TimedOut,
    TooLarge,
)

OTHER_REPORT: Final = "Look for another report of it."
_OURS: Final = "Something is wrong with the bot itself; tell whoever runs it."


def _say(template: str) -> Wording:
    def word(error: Any) -> str:  # noqa: ANN401  # the class of the error is the table's
        detail = show(getattr(error, "detail", ""))
        url = show(getattr(error, "url", ""))
        return template.format(url=url, reason=f" ({detail})" if detail else "")

    return word


#: What is said otherwise than on the command line.
_IN_CHAT: Final[Mapping[type[BaseException], Wording]] = {
    SourceMissing: _say("{url} is no address. Use one such as https://news.example/article."),
    AddressRefused: _say("{url} was not fetched{reason}: only the public web is read."),
    TimedOut: _say("{url} did not answer in full in the time allowed{reason}. Try again later."),
    TooLarge: _say("{url} is too large for an article. " + OTHER_REPORT),
    FeedUnreadable: _say(
        "{url} does not serve as a feed{reason}. "
        "Give the address of a feed, or of a site that names its feed."
    ),
    NotAnArticle: _say("{url} is not an article in text but something else{reason}."),
    Paywalled: _say(
        "{url} shows only the beginning of the article to readers without a subscription. "
        + OTHER_REPORT
    ),
    ParserGaveUp: _say("{url} took too much time or memory to take apart. " + OTHER_REPORT),
    SourceError: _say("{url} can't be read{reason}. Check the address."),
    InvalidBriefing: _say("No briefing could be made of this article that it bears out."),
    BriefingError: _say("No briefing could be made of this article."),
    # Said to who asks for something now; what pauses a schedule is worded where all errors are.
    DestinationGone: _say(
        "The channel is gone, or the bot was removed from it{reason}. "
        "Invite the bot, then try again."
    ),
    PermissionMissing: _say(
        "The bot may not post in this channel{reason}. "
        "Invite it there or give it that permission, then try again."
    ),
    BotError: _say(_OURS),
}
#: What is said of every error of a kind.
_OF_ALL: Final[Mapping[type[BaseException], Wording]] = {
    SummaryError: _say("No briefing could be made of this article. Try again in a minute."),
    SettingsError: _say(_OURS),
    SettingsInvalid: _say(_OURS),
    StoreError: _say("The bot's database does not answer. Try again in a minute."),
}


def explain_in_chat(error: BaseException) -> str:
    """Say in a sentence or two what happened and what to do, to somebody in a channel."""
    for kind, wording in _OF_ALL.items():
        if isinstance(error, kind):
            return wording(error)
    for kind in type(error).__mro__:
        if kind in _IN_CHAT:
            return _IN_CHAT[kind](error)
        if kind in SENTENCES:
            break
    told = explain(error)
    for way_out in (SAVE_THE_TEXT, TEXT_ALONE):
        told = told.replace(way_out, OTHER_REPORT)
    return told
