"""Every sentence of a reply to a command: what was done, what will happen, what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.errors import CommandNotUnderstood, NoSuchSchedule, NotAllowed, OptionRefused

#: Headings of what is posted.
ALSO: Final = "Also reported by"
DIGEST: Final = "{name}: {count} articles"
#: What the buttons below a briefing are called, and the section that each asks for.
SECTION_BUTTONS: Final = {
    "Claims": "claims",
    "Timeline": "timeline",
    "Actors": "actors",
    "Unknowns": "unknowns",
    "Evidence": "evidence",
}
OPEN_ARTICLE: Final = "Open article"
#: Buttons below schedules, by what they do.
SCHEDULE_BUTTONS: Final = {
    "show": "Show {id}",
    "edit one": "Edit {id}",
    "edit": "Edit",
    "pause": "Pause",
    "resume": "Resume",
    "preview": "Preview",
    "log": "Log",
}

HELP_TITLE: Final = "What Briefbot can do here"
HELP: Final = (
    ("/brief ADDRESS", "brief one article; add a section (claims, stakes, …) or the word private"),
    (
        "/briefing add ADDRESSES at TIMES in ZONE",
        "post briefings of what is new in these feeds or sites here",
    ),
    ("/briefing list", "the schedules of this channel"),
    ("/briefing show ID", "one of them, with its next times"),
    ("/briefing preview ID", "what it would post now; nothing is posted"),
    ("/briefing run ID", "post now what is new"),
    ("/briefing edit ID …", "change what is named, such as: max 5, or: at Mon,Thu 07:30"),
    ("/briefing pause ID", "stop posting until it is resumed"),
    ("/briefing resume ID", "go on posting"),
    ("/briefing remove ID", "delete it"),
    ("/briefing log ID", "what was posted at each time, and why nothing was"),
)
HELP_TIMES: Final = (
    "Times: weekdays 08:00 · Mon,Thu 07:30 · daily 07:30 and 18:00 · every 2 hours · "
    "or five cron fields, such as 0 8 * * 1-5"
)
HELP_FILTERS: Final = (
    "What to take: any ceasefire, truce · all border · none sport, “box office” · "
    "matching a regular expression · max 3 · each or digest · within 2 hours, after which what was "
    "missed is left out"
)
HELP_MODEL: Final = (
    "Who writes: engine llm · engine extractive · engine auto · language German; "
    "all but English needs a language model, and all a model writes is held to the article"
)
HELP_CHECK: Final = (
    "Every line of a briefing points at the article's own words; press Evidence to read them."
)

NEXT_TIMES: Final = "Next: {instants} ({zone})"
NO_ENTRIES: Final = "{url} lists no entries at the moment."
NOTHING_NOW: Final = "Nothing new to post at this moment."
ADDED: Final = "Schedule {id} is set up"
EDITED: Final = "Schedule {id} is changed"
PAUSED: Final = "Schedule {id} is paused"
RESUMED: Final = "Schedule {id} goes on"
REMOVED: Final = "Schedule {id} is deleted"
RAN: Final = "Schedule {id} has run"
NO_SCHEDULES: Final = "This channel has no schedules yet. Set one up with /briefing add."
SCHEDULES: Final = "Schedules of this channel"
PREVIEW: Final = "What schedule {id} would post now"
LOG: Final = "What schedule {id} did"
FAILED: Final = (
    "Something went wrong on my side ({request}). Try again; if it stays so, give whoever runs "
    "this bot the word in brackets."
)
NO_PLATFORM: Final = (
    "{platform} is not set up: whoever runs this bot has given it no token for {platform}."
)
RUNS_ALREADY: Final = "It is being posted at this moment."
HOME_TITLE: Final = "Schedules of this workspace"
HOME_EMPTY: Final = "There are none yet."
HOME_ADD: Final = "New schedule"
NO_LOG: Final = "It has not been due yet."

FORM_TITLES: Final = {"add": "New schedule", "edit": "Change schedule"}
FORM_LABELS: Final = {
    "urls": "Feeds or sites",
    "times": "When",
    "zone": "Time zone",
    "any": "Only with any of these words",
    "all": "Only with all of these words",
    "none": "Without any of these words",
    "matching": "Only matching (regular expression)",
    "max": "Articles at most (1 to 10)",
    "mode": "How",
    "name": "Name",
    "within": "What was missed is posted within",
    "engine": "Who writes",
    "language": "Language",
}
#: Who makes a schedule's briefings, by its option.
ENGINES: Final = {
    "default": "Whoever does so here unless told",
    "extractive": "The embedded engine",
    "llm": "A language model",
    "auto": "A language model within its budget",
}
FORM_HINTS: Final = {
    "urls": "Addresses, one a line",
    "times": "weekdays 08:00 · Mon,Thu 07:30 · every 2 hours · 0 8 * * 1-5",
    "zone": "Europe/Berlin",
    "any": "Words or phrases, parted by commas",
    "all": "Words or phrases, parted by commas",
    "none": "Words or phrases, parted by commas",
    "within": "5 minutes to 7 days, after which it is left out: 2 hours · 90 minutes",
    "language": "English unless told; any other needs a language model",
}
FORM_MODES: Final = {
    "each": "One message for each article",
    "digest": "All articles in one message",
}
MODES: Final = {"each": "each article on its own", "digest": "all articles in one message"}
TAKES: Final = "Takes from {feeds}, at most {count}."
MADE_BY: Final = "Written by: {engine}."
WRITTEN_IN: Final = "Language: {language}."
CATCHES_UP: Final = "What the bot missed is still posted within {span}."
FILTERS: Final = {
    "any_of": "Only with any of: {words}.",
    "all_of": "Only with all of: {words}.",
    "none_of": "Not with: {words}.",
    "pattern": "Only matching: {words}.",
}
IS_PAUSED: Final = "Paused{reason}."
STATES: Final = {
    "open": "at work",
    "planned": "being posted",
    "posted": "posted",
    "nothing": "nothing to post",
    "failed": "failed",
    "uncertain": "uncertain: it may have been posted or not, so it was not tried again",
    "missed": "missed: the bot was not running",
}

_REASONS: Final[Mapping[str, str]] = {
    "missing": "Give {option}.",
    "no change": "Say what to change, such as: max 5, or: at Mon,Thu 07:30.",
    "unknown section": "There is no section “{value}”. There are: {choices}.",
    "unknown zone": (
        "“{value}” is no time zone. Use a name such as Europe/Berlin, America/New_York or UTC."
    ),
    "not a number": "“{value}” is no number of articles. Use a whole number from 1 to 10.",
    "unknown word": (
        "“{value}” is neither a time nor one of the words that tell what to take and how: any, "
        "all, none, matching, max, within, in, name, channel, engine, language, each, digest."
    ),
    "bad pattern": "“{value}” is no regular expression that can be used (RE2 syntax).",
    "unknown engine": "“{value}” is none of extractive, llm and auto.",
    "unknown language": "“{value}” is no language. Use a name or a code, such as German or de.",
    "no model": (
        "No language model is set up here, which {option} “{value}” needs: "
        "whoever runs this bot can name one in the setting summarizer.model."
    ),
    "embedded": (
        "The embedded engine writes English alone. Ask for {value} with engine llm, "
        "or leave the language out."
    ),
    "no span": "“{value}” is no span from 5 minutes to 7 days, such as within 2 hours.",
    "unknown mode": "“{value}” is neither each nor digest.",
    "no address": "“{value}” is no address. Use one such as https://news.example/feed.",
    "too many": "That is more than {value} addresses; make several schedules of them.",
    "too many schedules": "This channel has {value} schedules already, which is the most.",
    "no longer kept": "This briefing is no longer kept. Ask for it again with /brief.",
}
_NAMES: Final[Mapping[str, str]] = {
    "urls": "the address of a feed or site",
    "url": "the address of an article",
    "times": "times, such as at weekdays 08:00",
    "id": "the id of a schedule; /briefing list shows them",
    "zone": "a time zone, such as in Europe/Berlin",
    "any": "words behind any, such as any ceasefire, truce",
    "all": "words behind all, such as all border",
    "none": "words behind none, such as none sport",
    "matching": "a regular expression behind matching",
    "max": "a number of articles from 1 to 10, such as max 5",
    "within": "a span of time, such as within 2 hours",
    "name": "a name, such as name “Border news”",
    "channel": "a channel behind channel",
    "engine": "engine",
    "language": "language",
}

Wording = Callable[[Any], str]


def say_instants(instants: tuple[datetime, ...], zone: str) -> str:
    """Instants in the schedule's own zone: "Mon 2 Mar 08:00, Tue 3 Mar 08:00"."""
    local = (instant.astimezone(ZoneInfo(zone)) for instant in instants)
    return ", ".join(f"{instant:%a} {instant.day} {instant:%b %H:%M}" for instant in local)


def _shown(text: str) -> str:
    from bot.messages import show  # noqa: PLC0415  # which imports this module

    return show(text)


def _not_understood(error: CommandNotUnderstood) -> str:
    word = f"“{_shown(error.word)}”" if error.word else "That"
    if error.expected:
        return f"{word} is not understood. Use one of: {', '.join(error.expected)}."
    return f"{word} is not understood here. /briefing help shows how it is written."


def _refused(error: OptionRefused) -> str:
    sentence = _REASONS.get(error.reason, error.reason)
    name = _NAMES.get(error.option, error.option)
    from briefings.rendering import SECTIONS  # noqa: PLC0415  # --help needs none of it

    return sentence.format(option=name, value=_shown(error.value), choices=", ".join(SECTIONS))


SENTENCES: Final[Mapping[type[BaseException], Wording]] = {
    CommandNotUnderstood: _not_understood,
    OptionRefused: _refused,
    NotAllowed: lambda _: (
        "Only those who may manage this channel can change its schedules. "
        "Ask one of them, or have yourself added to the setting access.users."
    ),
    NoSuchSchedule: lambda error: (
        f"There is no schedule {_shown(error.schedule_id)} here. "
        "/briefing list shows those there are."
    ),
}
