"""What a person reads on Discord alone: descriptions of commands and options, and a few sentences.

It words; which commands there are and what they do is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Discord takes 100 characters of each.
COMMANDS: Final[Mapping[str, str]] = {
    "brief": "Brief one article: what happened, who says what, what is at stake",
    "briefing": "Scheduled briefings in this channel",
    "add": "Set up a schedule; without options a form opens",
    "list": "The schedules of this channel",
    "show": "One schedule, with its next times",
    "edit": "Change a schedule; without options a form opens",
    "pause": "Stop posting until it is resumed",
    "resume": "Go on posting",
    "remove": "Delete a schedule",
    "run": "Post now what is new",
    "preview": "What it would post now; nothing is posted",
    "log": "What was posted at each time, and why nothing was",
    "help": "What Briefbot can do here",
}
OPTIONS: Final[Mapping[str, str]] = {
    "url": "Address of the article",
    "section": "Only this part of the briefing",
    "private": "Show it to you alone",
    "urls": "Addresses of feeds or sites, parted by spaces",
    "times": "weekdays 08:00 · Mon,Thu 07:30 · every 2 hours · five cron fields",
    "zone": "Time zone, such as Europe/Berlin; left out: the team's",
    "any": "Take articles with any of these words or phrases, parted by commas",
    "all": "Take articles with all of these words or phrases, parted by commas",
    "none": "Leave out articles with any of these words or phrases, parted by commas",
    "matching": "Take articles that match this regular expression (RE2)",
    "max": "How many articles at most each time",
    "within": "How long after its time a missed one is still posted; left out: 6 hours",
    "mode": "Each article in a message of its own, or all in one",
    "name": "What to call the schedule",
    "engine": "Who writes it; left out: as set up here",
    "language": "In which language; all but English needs a language model",
    "channel": "Where to post; left out: here",
    "id": "Which schedule",
}
MODES: Final[Mapping[str, str]] = {"each": "each article by itself", "digest": "all in one message"}
ENGINES: Final[Mapping[str, str]] = {
    "extractive": "the embedded engine",
    "llm": "a language model",
    "auto": "a language model within its budget",
    "default": "as set up here",
}
BRIEF_THIS: Final = "Brief this"
#: Below every posted message: by it a message is found again whose sending broke off.
MARK: Final = "Ref. {nonce}"
#: A thread needs a name; this one where the details have no title.
DETAILS: Final = "Details"

#: Stands for a moment where everyone saw the bot at work, while the asker alone is answered.
FOR_THE_ASKER: Final = "The answer is for whoever asked."
NO_LINK: Final = "This message holds no link to a web page."
NO_LINK_ADVICE: Final = "Use “Brief this” on a message with a link, or /brief with an address."
MORE_FIELDS: Final = "More fields ({page} of {pages})"
#: Below a refusal: it opens the form with what was typed.
CORRECT: Final = "Correct it"

#: Title and advice of the few answers that come from the adapter itself.
OLD_BUTTON: Final = ("This button is no longer known", "Ask for the briefing again with /brief.")
OLD_COMMAND: Final = (
    "This command has changed",
    "Discord learns of it within a minute; reload Discord, then try again.",
)
TOOK_TOO_LONG: Final = ("This took too long", "Try again later, or another address.")
FORM_TOOK_TOO_LONG: Final = ("The form could not be made in time", "Try again in a moment.")
UNEXPECTED: Final = (
    "Something went wrong here",
    "It is noted in the log under {request_id}; whoever runs the bot can look it up.",
)
INTERRUPTED: Final = ("The bot is being restarted", "Ask again in a minute.")
NOT_SHOWN: Final = ("The answer could not be shown", "Discord refused it ({detail}).")
