"""Every sentence a person can read: what happened, and what to do about it.

It words what it is given; it decides nothing and prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from bot.errors import (
    BotError,
    CommandError,
    DeliveryError,
    DeliveryFailed,
    DeliveryRefused,
    DeliveryUncertain,
    DestinationGone,
    OutputFailed,
    OutputRefused,
    PermissionMissing,
    RateLimited,
    SchedulesFileUnreadable,
    SchemaOutdated,
    SettingMissing,
    SettingRefused,
    SettingsError,
    SettingsFileUnreadable,
    SettingsInvalid,
    StoreError,
    StoreUnavailable,
    TimesUnreadable,
    TokenRefused,
    UnknownSetting,
    ZoneUnknown,
)
from bot.messages import commands
from briefings.article import Feed
from briefings.errors import (
    AddressRefused,
    ArticleUnreadable,
    BriefingError,
    ConsentWall,
    EngineNotInstalled,
    FeedUnreadable,
    ForeignUnread,
    ForeignUnreadNow,
    InvalidBriefing,
    ModelFailed,
    ModelUnusable,
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

if TYPE_CHECKING:  # at run time --help needs no prompt
    from briefings.summarizers.llm.prompt import Prompt

#: Longer addresses and values are shown up to here.
LONGEST_SHOWN = 200
SAVE_THE_TEXT: Final = "Open it in a browser, save its text to a file, and brief that file instead."
TEXT_ALONE: Final = "Put the article's text alone into a file, its title first, and brief that."
WEB_ALONE: Final = "Only http and https addresses are read, and files by their path alone."
OPEN_HOST: Final = (
    "Check the address; only those of the public web are fetched, "
    "unless you add a host that you trust to the setting fetch.allow_hosts."
)
#: What helps where a rule of the guard that no setting opens refused an address.
REMEDIES: Final[Mapping[str, str]] = {
    "malformed address": "Check how it is written: an address is like https://news.example/article.",
    "neither http nor https": WEB_ALONE,
    "user name in the address": "Leave the user name and the password out of it.",
}
#: Rules of the guard in words for those who know no address blocks.
PLAINLY: Final[Mapping[str, str]] = {
    "outside the public IPv6 block": "this machine or a private network"
}
MEGABYTE = 1_000_000

READING = "Reading {source}"
SUMMARIZING = "Looking for who says what in “{title}”"
ALWAYS_WHOLE = "--format {format} is always the whole briefing. Leave --section out."
NOT_EXPLAINED = (
    "--format {format} has no room for an explanation. Use --explain with --format text or json."
)
DRY_RUN_OF_MODEL = "--dry-run shows what a model would be sent. Use it with --engine llm."
PROMPT_PART = "── Part {number} of {total}: the message"
PROMPT_INSTRUCTIONS = "── The instructions, the same for every part"
PROMPT_SIZE = (
    "── {characters:,} characters in {exchanges}, at most some {tokens:,} tokens. Nothing was sent."
)
NOTE = "Note: {remark}"
PAGE_ON_TERMINAL = "To keep this as a page: --output briefing.html"
PREVIEW_NO_SOURCE = "no schedule has this id, and no file this name"
DRY_RUN_ALL = "--only goes with a real run: a dry run is of all parts. Leave one of them out."
NO_SCHEDULE_TABLES = "it has no [[schedule]] table"
NO_LANGUAGE = "“{value}” is no language. Use a name or a code, such as German or de."
NO_INSTANT = "“{value}” is no instant. Write it such as 2026-03-02T08:00:00Z."
DRY_RUN_ONLY = "--schedules, --once and --json go with --dry-run. Add it, or leave them out."
MIGRATED = "The tables in {place} are of version {version}."
STOPPING = "Stopping: what is under way is finished or written down. Again to end at once."
OPERATOR_WHERE = "Name the channel too: --platform, --tenant and --channel."
OPERATOR_NONE = "There are no schedules yet. Set one up with briefbot schedules add."
OPERATOR_PAUSED = "Schedule {id} is paused. Resume it first: briefbot schedules resume {id}"
OPERATOR_RUN = "Schedule {id} is due now: the running bot posts it within a second or two."
CHECK_SETTINGS = "They can be read, and each has a value that fits."
CHECK_NO_TOKENS = "None is set, so only dry runs work. The README says where to get them."
CHECK_SHAPE = "It looks like one."
CHECK_NO_SHAPE = (
    "What is set does not look like one, which would be {form}. Copy it again; the README says "
    "from where."
)
#: What each token looks like.
CHECK_FORMS: Final = {
    "slack.bot_token": "xoxb-…",
    "slack.app_token": "xapp-…",
    "slack.signing_secret": "32 of 0 to 9 and a to f",
    "discord.token": "three long words with dots between them",
}
CHECK_DATABASE = "{place} answers, and its tables are up to date."
CHECK_ZONE = "Schedules that name no zone go by {zone}, where it is {now}."
CHECK_SCOPES = "The app lacks {scopes}. Add them from config/slack-manifest.yaml and reinstall it."
CHECK_REACHED = "It answers, and takes the token."
CHECK_REFUSED = "It does not take the token. Reset it where the bot is registered."
CHECK_CLOCK = "This machine's clock is right."
CHECK_DRIFT = "This machine's clock is off by {seconds} seconds. Set it, with NTP for example."
CHECK_UNREACHED = "It could not be reached from here ({reason}), so it was not checked."
#: In a preview, what is known only when it is posted.
PREVIEW_CHANNEL = "(channel)"
PREVIEW_THREAD = "(ts of the message above)"
PREVIEW_NOTHING = "Nothing would be posted."
PREVIEW_PART = "Message {number} of {total} for {platform}"
DRY_RUN_BEGINS = "Dry run of {count} schedules: nothing is posted. Ctrl-C ends it."
DRY_RUN_CHANNEL = "{platform}, channel {channel}"
DRY_RUN_THREAD = "{platform}, thread in {channel}"
BLANK_CONFIG = "It is empty. Give the name of a TOML file, or leave it out."
BLANK_SOURCE = "SOURCE is empty. Give a file, an address, or - for standard input."
TYPE_NOW = "Type or paste the article, its title on the first line; end with Ctrl-D."
UNEXPECTED = (
    "Something went wrong inside briefbot ({kind}), which is not your doing. "
    "Run the command again with --debug to see the details for a report."
)

#: What stands before the host in an address. The first way is for passwords with characters that
#: belong escaped: after a colon where no port follows, everything up to the last @ is one.
_USER = re.compile(r"(?<=://)(?:[^/?#\s:]*:(?!\d*(?:[/?#\s]|$))[^\n]*|[^/?#\s]*)@")

Wording = Callable[[Any], str]


def explain(error: BaseException) -> str:
    """Say what happened and what to do: one sentence or two on a line, a line for each setting."""
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](error)
    return UNEXPECTED.format(kind=type(error).__name__)


def show(value: str) -> str:
    """A stranger's text fit for a terminal: on one line, nothing to obey, not too long."""
    from briefings.rendering.clean import clean_line  # noqa: PLC0415  # --help needs none of it

    kept = hide_users(clean_line(value))
    return kept if len(kept) <= LONGEST_SHOWN else f"{kept[:LONGEST_SHOWN]}…"


def hide_users(text: str) -> str:
    """The text, its addresses without user names and passwords."""
    return _USER.sub("", text)


def name_source(source: str) -> str:
    """What a person would call the source."""
    return "what comes on standard input" if source == "-" else show(source)


def list_prompts(prompts: Sequence[Prompt]) -> str:
    """What a model would be sent, and how much that is."""
    total = len(prompts)
    pages = [PROMPT_INSTRUCTIONS, prompts[0].instructions.rstrip()]
    for number, prompt in enumerate(prompts, start=1):
        pages += [PROMPT_PART.format(number=number, total=total), prompt.message]
    characters = sum(len(p.instructions) + len(p.message) for p in prompts)
    exchanges = "one exchange" if total == 1 else f"{total} exchanges, and one that merges them"
    tokens = sum(prompt.tokens for prompt in prompts)
    pages.append(PROMPT_SIZE.format(characters=characters, exchanges=exchanges, tokens=tokens))
    return "\n\n".join(pages)


def list_entries(feed: Feed) -> str:
    """A feed's entries as numbered lines, each with its date and address where it has them."""
    if not feed.entries:
        return f"{show(feed.title)} has no entries yet."
    margin = len(str(len(feed.entries)))
    lines = [show(feed.title), ""]
    for number, entry in enumerate(feed.entries, start=1):
        day = f"{entry.published:%Y-%m-%d}" if entry.published else " " * len("2024-05-15")
        lines.append(f"{number:>{margin}}  {day}  {show(entry.title)}")
        if entry.url:
            lines.append(f"{'':>{margin}}  {'':10}  {show(entry.url)}")
    return "\n".join(lines)


def _say(template: str) -> Wording:
    """A sentence with the error's own attributes, such as {url}, filled in.

    {reason} is its detail in brackets, {way_out} what helps with a text that can't be had.
    """

    def word(error: BaseException) -> str:
        facts = {name: show(str(value)) for name, value in vars(error).items()}
        source = facts.get("url", "")
        facts["reason"] = f" ({facts['detail']})" if facts.get("detail") else ""
        facts["way_out"] = SAVE_THE_TEXT if source.startswith("http") else TEXT_ALONE
        if source:
            facts["url"] = _begin_with(source)
        return template.format_map(facts)

    return word


def _begin_with(source: str) -> str:
    """The source as a sentence begins with it."""
    return "What came on standard input" if source == "-" else show(source)


def _address_refused(error: AddressRefused) -> str:
    detail = show(error.detail)
    for rule, plainly in PLAINLY.items():
        detail = detail.replace(rule, plainly)
    remedy = next((remedy for rule, remedy in REMEDIES.items() if rule in error.detail), OPEN_HOST)
    return f"{show(error.url)} was not fetched{f' ({detail})' if detail else ''}. {remedy}"


def _source_missing(error: SourceMissing) -> str:
    if error.url == "-":
        return (
            f"There is no standard input to read ({show(error.detail)}). "
            "Pipe an article into the command, or give a file."
        )
    reason = f" ({show(error.detail)})" if error.detail else ""
    if "://" in error.url:
        return f"{show(error.url)} can't be opened. {WEB_ALONE}"
    return (
        f"{show(error.url)} can't be opened{reason}. "
        "Check the path; an address on the web starts with https://."
    )


def _unreachable(error: Unreachable) -> str:
    where, status = show(error.url), error.status
    if status is None:
        return (
            f"{where} can't be reached ({show(error.detail) or 'no answer'}). "
            "Check the address and your network connection, then try again."
        )
    if status in {404, 410}:
        return f"There is no page at {where} ({status}). Check the address; it may have moved."
    if status in {401, 402, 403, 406, 451}:
        return f"{where} can't be read by a program ({status}). {SAVE_THE_TEXT}"
    if status == 429:  # noqa: PLR2004  # Too Many Requests
        return f"{where} has been asked too often ({status}). Wait a few minutes and try again."
    if status >= 500:  # noqa: PLR2004  # server errors
        return f"The server of {where} has trouble at the moment ({status}). Try again later."
    return f"{where} answered with status {status} and no page. Check the address. {SAVE_THE_TEXT}"


def _too_large(error: TooLarge) -> str:
    way_out = (
        "Brief it in parts."
        if error.detail == "text"
        else "Save the article's text alone to a file, and brief that."
    )
    return (
        f"{_begin_with(error.url)} is larger than {error.limit / MEGABYTE:g} MB, which is too "
        f"much for an article. {way_out}"
    )


def _not_english(error: NotEnglish) -> str:
    return (
        f"{_begin_with(error.url)} is in {_language(error.language)}, and only English articles "
        "can be briefed so far. Look for an English version of it."
    )


def _only_a_model(error: ForeignUnread) -> str:
    from bot.messages.models import explain_unread  # noqa: PLC0415  # --help needs none of it

    return (
        f"{_begin_with(error.url)} is in {_language(error.language)}, which takes a language "
        f"model to brief, but {explain_unread(error)}."
    )


def _language(code: str) -> str:
    """The English name of an ISO 639-1 language, or the code where it has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # its tables are slow to load

    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return f"a language with the code “{show(code)}”"


def _settings(error: SettingsInvalid) -> str:
    return "\n".join(explain(problem) for problem in error.problems)


def _unknown_setting(error: UnknownSetting) -> str:
    way_out = f"Did you mean {error.nearest}?" if error.nearest else "See config/example.toml."
    return f"There is no setting {show(error.key)} ({show(error.place)}). {way_out}"


def _setting_missing(error: SettingMissing) -> str:
    missing = " or ".join(filter(None, (error.key, error.instead)))
    return (
        f"The setting {missing} is missing. Put it into the settings file, or into the variable "
        f"BRIEFBOT_{error.key.upper().replace('.', '__')}; the README says where to get it."
    )


def _output_refused(error: OutputRefused) -> str:
    if error.reason == "directory":
        return f"{show(error.path)} is a folder. Give --output the name of a file inside it."
    if error.reason == "no name":
        return "--output is empty. Give it the name of a file, or leave it out."
    if error.reason == "unusable":
        reason = f" ({show(error.detail)})" if error.detail else ""
        return f"{show(error.path)} can't be written to{reason}. Give --output another name."
    if error.path.endswith("/"):
        return f"There is no folder {show(error.path)}, and --output takes the name of a file."
    return f"There is no folder to put {show(error.path)} in. Create it first, or choose another."


# Schedules and their delivery.

TIMES_EXAMPLES: Final = (
    "Write for example: weekdays 08:00; daily 07:30 and 18:00; Mon,Thu 9am; every 2 hours; "
    "or cron such as 0 8 * * 1-5."
)
#: What is wrong with the times of a schedule, by TimesUnreadable.reason.
TIMES_FAULTS: Final[Mapping[str, str]] = {
    "word": "“{word}” is not understood as a time or day.",
    "no time": "“{text}” does not say which time belongs to which day.",
    "too often": "“{text}” is too often: every 5 minutes is the most.",
    "too seldom": "“{text}” is more than a day: name days and a time instead.",
    "never": "“{text}” never comes: no such month has that day.",
}


def for_terminal(text: str) -> str:
    """Advice for people in a channel, in the words of the command line."""
    return text.replace("/briefing ", "briefbot schedules ")


def _times_unreadable(error: TimesUnreadable) -> str:
    fault = TIMES_FAULTS[error.reason].format(word=show(error.word), text=show(error.text))
    return f"{fault} {TIMES_EXAMPLES}"


def _zone_unknown(error: ZoneUnknown) -> str:
    way_out = (
        f"Did you mean {error.nearest}?"
        if error.nearest
        else "Give a region and city, such as Europe/Berlin or America/New_York."
    )
    return f"There is no time zone “{show(error.zone)}”. {way_out}"


#: A wording for every class; a subclass without one of its own fails a test.
SENTENCES: Final[Mapping[type[BaseException], Wording]] = {
    SourceMissing: _source_missing,
    AddressRefused: _address_refused,
    Unreachable: _unreachable,
    TimedOut: _say(
        "{url} did not answer in full in the time allowed{reason}. Try again later, "
        "or raise the setting fetch.deadline_seconds."
    ),
    TooLarge: _too_large,
    FeedUnreadable: _say(
        "{url} does not serve as a feed here{reason}. "
        "briefbot feed lists a feed's entries, and briefbot brief reads an article."
    ),
    ArticleUnreadable: _say("{url} holds no article that can be read{reason}. {way_out}"),
    NotAnArticle: _say(
        "{url} is not an article in text but something else{reason}. "
        "Look for a web page of it, or save its text to a file and brief that."
    ),
    NoText: _say("{url} holds no running text. {way_out}"),
    ConsentWall: _say(
        "{url} asks for consent to cookies and shows no article before that. {way_out}"
    ),
    Paywalled: _say(
        "{url} shows only the beginning of the article to readers without a subscription. "
        "If you have one, save the whole text to a file and brief that."
    ),
    NotEnglish: _not_english,
    ForeignUnread: lambda error: f"{_only_a_model(error)} Look for an English version of it.",
    ForeignUnreadNow: lambda error: f"{_only_a_model(error)} Try again later.",
    ParserGaveUp: _say(
        "{url} took too much time or memory to take apart, so reading it was stopped. {way_out}"
    ),
    SourceError: _say("{url} can't be read{reason}. Check the path or address."),
    SummarizerUnavailable: _say(
        "The summarizer “{summarizer}” can't start{reason}. "
        "Install briefbot anew: its language model may be missing."
    ),
    ReplyRejected: _say(
        "The summarizer “{summarizer}” gave lines that the article does not bear out{reason}, "
        "so nothing is shown. Try again, or another summarizer."
    ),
    EngineNotInstalled: _say(
        "A language model needs packages that are not installed. "
        "Install them with: pip install 'briefbot[{extra}]'"
    ),
    ModelFailed: _say(
        "No answer of a language model could be had{reason}. Look at the settings under "
        "summarizer, or use --engine extractive."
    ),
    ModelUnusable: _say(
        "The model “{model}” can't be asked{reason}. Check the settings summarizer.model, "
        "summarizer.base_url and summarizer.key, or use --engine extractive."
    ),
    SummaryError: _say(
        "No briefing could be made of this article{reason}. Try another text of it."
    ),
    InvalidBriefing: _say(
        "The briefing was withheld because one of its lines does not rest on the article "
        "({field}). Please report the article's address."
    ),
    BriefingError: _say(
        "No briefing could be made. Run the command again with --debug for details."
    ),
    UnknownSetting: _unknown_setting,
    SettingRefused: _say("The setting {key} ({place}) can't be “{value}”. It takes {expects}."),
    SettingMissing: _setting_missing,
    SettingsFileUnreadable: _say(
        "The settings in {place} can't be read{reason}. "
        "Mend the file, or name another with --config."
    ),
    SettingsError: _say("The setting {key} ({place}) can't be used. See config/example.toml."),
    SettingsInvalid: _settings,
    OutputRefused: _output_refused,
    CommandError: _say("The command can't be carried out as given. See: briefbot --help"),
    TimesUnreadable: _times_unreadable,
    ZoneUnknown: _zone_unknown,
    DestinationGone: _say(
        "The channel is gone, or the bot was removed from it{reason}. "
        "Invite the bot again, then resume the schedule."
    ),
    PermissionMissing: _say(
        "The bot may not post in this channel{reason}. "
        "Give it that permission, then resume the schedule."
    ),
    DeliveryRefused: _say(
        "The platform refused the message as malformed{reason}, so it is not sent again. "
        "Please report it with the article's address."
    ),
    RateLimited: _say(
        "The platform asks the bot to slow down ({retry_after} s); it tries again by itself."
    ),
    DeliveryFailed: _say("The platform can't be reached{reason}; the bot tries again by itself."),
    DeliveryUncertain: _say(
        "The connection broke while a message was posted{reason}, and the platform can't tell "
        "whether it arrived. Look into the channel; it is not posted a second time."
    ),
    DeliveryError: _say("The message was not delivered{reason}. See the schedule's log."),
    SchemaOutdated: _say(
        "The database {place} does not fit this version of briefbot{reason}. Run: briefbot migrate"
    ),
    StoreUnavailable: _say(
        "The database {place} does not answer{reason}. Check the setting database_url, "
        "and that its server runs."
    ),
    StoreError: _say("The database {place} can't be used{reason}. Check the setting database_url."),
    SchedulesFileUnreadable: _say("The schedules in {path} can't be read: {detail}."),
    OutputFailed: _say(
        "The result could not be written to {path}{reason}. "
        "Whatever was there before is unchanged; choose another place with --output."
    ),
    TokenRefused: _say(
        "{platform} does not take the token in the setting {key}{reason}. "
        "Make a new one where the bot is registered, and put it there."
    ),
    BotError: _say("The command failed. Run it again with --debug for details."),
    **commands.SENTENCES,
}

# --- Slack ---------------------------------------------------------------------------------------

SLACK_TITLE: Final = "Briefbot"
SLACK_CLOSE: Final = "Close"
SLACK_CANCEL: Final = "Cancel"
SLACK_CHANNEL: Final = "Channel"
SLACK_READING: Final = "Reading the article. The briefing follows in a moment."
SLACK_WORKING: Final = "Working on it. The answer follows in a moment."
SLACK_LOADING: Final = "One moment …"
#: Below a refusal, to be copied and mended: Slack empties the line when it is sent.
SLACK_TYPED: Final = "You typed: /{command} {text}"
SLACK_BUSY: Final = "Too much is being asked of me right now. Try again in a minute."
SLACK_FAILED: Final = (
    "Something went wrong on my side ({request}). Try again; if it stays so, give whoever runs "
    "this bot the word in brackets."
)
SLACK_NO_LINK: Final = (
    "This message holds no link to an article. Choose one with a link, or use /brief and the "
    "article's address."
)
SLACK_LATE: Final = "That took too long for Slack to open a window. Press the button once more."
SLACK_CUT: Final = "There is more than fits here. /briefing list shows a channel's schedules."
SLACK_UNCERTAIN: Final = (
    "Slack did not say whether the briefing was posted. Look into the channel before you ask again."
)
SLACK_EXPECTS_BOT: Final = "a bot token (xoxb-…) of an app that is installed in the workspace"
SLACK_EXPECTS_APP: Final = "an app-level token (xapp-…) with the scope connections:write"
