"""The renderer's own words: headings, labels, the sentences for what is not there, dates in words.

They describe the article and never judge it; what parties say is not worded here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from briefings.briefing import StakeStatus
from briefings.errors import FallbackReason

HEADINGS: Final = {
    "summary": "Summary",
    "dispute": "The dispute",
    "stakes": "What is at stake",
    "claims": "Who claims what",
    "timeline": "Timeline",
    "unknowns": "What is not known",
    "actors": "Who is involved",
    "figures": "Figures",
}
#: Said where a reader asked for a section for which there is nothing.
NOTHING: Final = {
    "dispute": "The article reports no dispute between identifiable parties.",
    "stakes": "The article gives no consequences, risks or next steps.",
    "claims": "The article attributes no statement to anyone.",
    "timeline": "The article gives no dated events.",
    "unknowns": "The article calls nothing unknown, unconfirmed or unanswered.",
    "actors": "The article names nobody involved.",
    "figures": "The article gives no figures.",
}
STATUS: Final[dict[StakeStatus, str]] = {
    "happening": "Under way",
    "risk": "Risk",
    "next": "Next",
}
LEFT_OUT: Final = "Left out"
NO_POSITION: Final = "the article gives no position."
OWN_ACCOUNT: Final = "by the article’s own account"
READ_IT: Final = "Read the article"
LONG_ADDRESS: Final = "its address is too long for a link"
EVIDENCE_NOTE: Final = (
    "Every line rests on the words of the article; ¶ gives the paragraph they stand in."
)
#: Why a model's briefing is not there, by `engine.fallback`.
FALLBACKS: Final[Mapping[FallbackReason, str]] = {
    "timeout": "it did not answer in time",
    "refusal": "it refused to answer",
    "malformed": "its answer could not be read",
    "rate limit": "its provider asked for fewer requests",
    "server": "its server failed or could not be reached",
    "rejected": "its provider did not accept the request",
    "budget": "today's budget for it is spent",
    "too long": "the article is longer than the limit for it",
    "nothing held": "nothing in its answer held against the article",
    "not set up": "none is set up any more",
}
INSTEAD_OF_MODEL: Final = "A language model was to write this briefing, but {why}."
#: Behind each line that is a model's translation.
TRANSLATED: Final = "[translated]"
TRANSLATION_NOTE: Final = (
    "Lines marked [translated] are a model's translation into {language}. What stands behind them"
    " was checked; of the translation itself numbers, names and links were, its wording was not."
)
FOREIGN_NOTE: Final = (
    "The article is in {language}, which the checks can't parse: each line is made of whole"
    " sentences of it, speakers stand in them by name, and what kind of statement or risk it is was"
    " not checked."
)
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY, _MONTH = 3, 2
#: A mark of quotation, or a word by which an article gives something for somebody else's.
_SOURCE: Final = re.compile(
    r"[“”\"]|''|\baccording to\b"
    r"|\b(?:sa(?:ys?|id)|tells?|told|warn(?:s|ed)?|estimate[sd]?|predict(?:s|ed)?|forecasts?"
    r"|expect(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|allege[sd]?|believe[sd]?|fear(?:s|ed)?|report(?:s|ed)?|announce[sd]?)\b",
    re.IGNORECASE,
)
#: What joins a clause to the next one, which is not here; also inside closing marks.
_LAST_COMMA = re.compile(r"[,;:]+(?=[\"'”’)\]]*$)")
#: A capital of theirs is the sentence's, not their own.
_COUNTS: Final = frozenset(
    [
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "another",
        "both",
        "few",
        "many",
        "most",
        "other",
        "several",
        "some",
        "the",
        "these",
    ]
)


def join_names(names: Sequence[str]) -> str:
    """As in "A", "A and B", "A, B and C"."""
    if len(names) < 2:  # noqa: PLR2004 - one name, or none, needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def say_day(day: date) -> str:
    """As in "3 March 2025"; of an instant, the day in its own zone."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_instant(instant: datetime) -> str:
    """As in "3 March 2025, 09:05 UTC"."""
    moment = instant.astimezone(UTC)
    return f"{say_day(moment)}, {moment:%H:%M} UTC"


def say_iso(iso: str) -> str:
    """An ISO day, month or year in words; anything else as it stands."""
    try:
        numbers = [int(number) for number in iso.split("-")]
        if len(numbers) == _DAY:
            return say_day(date.fromisoformat(iso))
        if len(numbers) == _MONTH and numbers[1] > 0:
            return f"{MONTHS[numbers[1] - 1]} {numbers[0]}"
    except (ValueError, IndexError):
        pass
    return iso


def complete_date(when: str, iso: str) -> str | None:
    """What of the resolved date `when` leaves unsaid: the whole, the year, or nothing (None)."""
    said = say_iso(iso)
    told, told_words = when.casefold(), said.casefold().split()
    if said.casefold() in told or iso.casefold() in told:
        return None
    *day_and_month, year = told_words
    orders = {" ".join(day_and_month), " ".join(reversed(day_and_month))}
    if day_and_month and any(re.search(rf"\b{re.escape(order)}\b", told) for order in orders):
        return None if year in told.split() else year
    return said


def say_count(count: int, one: str) -> str:
    """As in "1 line", "2 lines"."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def name_within(name: str, article: str) -> str:
    """A name as it stands within a sentence: "the World Bank" where the article has it so."""
    first, space, rest = name.partition(" ")
    lowered = f"{first.lower()}{space}{rest}"
    if first.lower() in _COUNTS or re.search(rf"\b{re.escape(lowered)}\b", article):
        name = lowered
    found = re.findall(rf"\b([Tt]he )?{re.escape(name)}\b", article)
    return f"the {name}" if sum(map(bool, found)) * 2 > len(found) else name


def open_line(text: str) -> str:
    """`text` as a line begins: its first letter raised, unless the word is spelt its own way."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[0].upper() + text[1:] if word.islower() and text[0].isalpha() else text


def names_source(words: str) -> bool:
    """Whether words of the article say whose they are, or are a quotation: not its own account."""
    return bool(_SOURCE.search(words))


def close_line(text: str, aside: str = "") -> str:
    """`text` with a full stop where it ends in none; an `aside` goes in before it."""
    stripped = text.rstrip()
    if aside:
        return f"{stripped.rstrip('.,;:')} ({aside})."
    if stripped.rstrip("\"'”’)]").endswith((".", "!", "?", "…")):
        return stripped
    return f"{_LAST_COMMA.sub('', stripped)}."
