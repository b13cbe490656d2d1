"""Turns the options of "briefing add" and "briefing edit" into a schedule's fields.

Pure: it opens no address and asks no store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Literal

import re2

from bot.commands.grammar import CLEAR, DEFAULT, OPTIONS, split_addresses, split_list
from bot.engines import Wish
from bot.errors import OptionRefused, TimesUnreadable
from bot.schedule import Filter, Mode, Schedule, read_zone
from bot.setting_groups import EngineName
from bot.times import describe_times, read_times
from briefings.languages import name_language, read_language
from briefings.rendering.clean import clean_line
from briefings.rendering.links import link_address

#: A digest of more would be read by nobody.
MOST_ARTICLES = 10
MOST_FEEDS = 10
LONGEST_NAME = 80
#: How long after its time a slot is still posted. Less could pass while the bot is merely busy;
#: after a week nobody waits for it any more.
SHORTEST_CATCH_UP, LONGEST_CATCH_UP = timedelta(minutes=5), timedelta(days=7)
_SPANS = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_SPAN = re.compile(r"(\d{1,5})\s*(d|days?|h|hours?|m|mins?|minutes?)")


def read_changes(options: Mapping[str, str], filter_now: Filter) -> dict[str, Any]:
    """The fields of Schedule that these options set, checked. Raises CommandError."""
    readers: dict[str, Callable[[str], tuple[str, Any]]] = {
        "urls": lambda text: ("feeds", _read_feeds(text)),
        "times": lambda text: ("times", _read_times(text)),
        "zone": lambda text: ("zone", read_zone(text)),
        "max": lambda text: ("at_most", _read_count(text)),
        "within": lambda text: ("catch_up", _read_span(text)),
        "mode": lambda text: ("mode", _read_mode(text)),
        "engine": lambda text: ("engine", _read_engine(text)),
        "language": lambda text: ("language", _read_language(text)),
        "name": lambda text: ("name", "" if text == CLEAR else clean_line(text)[:LONGEST_NAME]),
    }
    empty = next((name for name, value in options.items() if name in OPTIONS and not value), None)
    if empty:
        raise OptionRefused(empty, "", "missing")
    changes = dict(read(options[name]) for name, read in readers.items() if name in options)
    changed = _read_filter(options, filter_now)
    return changes if changed == filter_now else {**changes, "filter": changed}


def options_of(schedule: Schedule) -> dict[str, str]:
    """What a person would type to get this schedule: what a form to edit it begins with."""
    listed = schedule.filter
    return {
        "urls": " ".join(schedule.feeds),
        "times": schedule.times,
        "zone": schedule.zone,
        "any": _join(listed.any_of),
        "all": _join(listed.all_of),
        "none": _join(listed.none_of),
        "matching": listed.pattern or "",
        "max": str(schedule.at_most),
        "within": say_span(schedule.catch_up),
        "mode": schedule.mode,
        "name": schedule.name,
        "engine": schedule.engine or DEFAULT,
        "language": name_language(schedule.language) if schedule.language else "",
    }


def read_wish(options: Mapping[str, str]) -> Wish:
    """Who is to make a briefing, and in which language. Raises OptionRefused."""
    engine, language = (options.get(name, "") for name in ("engine", "language"))
    return Wish(_read_engine(engine), _read_language(language))


def _join(phrases: tuple[str, ...]) -> str:
    return ", ".join(f'"{phrase}"' if "," in phrase else phrase for phrase in phrases)


def _read_feeds(text: str) -> tuple[str, ...]:
    addresses = split_addresses(text)
    wrong = next((a for a in addresses if not link_address(a)), None)
    if wrong is not None or not addresses:
        raise OptionRefused("urls", wrong or text, "no address")
    if len(addresses) > MOST_FEEDS:
        raise OptionRefused("urls", str(MOST_FEEDS), "too many")
    return addresses


def _read_times(text: str) -> str:
    """Times as they are shown. A word behind readable times was meant for something else."""
    try:
        return describe_times(read_times(text))
    except TimesUnreadable as error:
        before, found, _ = text.lower().partition(f" {error.word}")
        if error.reason == "word" and found and error.word.isalpha() and _are_times(before):
            raise OptionRefused("times", error.word, "unknown word") from error
        raise


def _are_times(text: str) -> bool:
    try:
        read_times(text)
    except TimesUnreadable:
        return False
    return True


def _read_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_ARTICLES:
        raise OptionRefused("max", text, "not a number")
    return int(text)


def say_span(span: timedelta) -> str:
    """A whole span in its largest unit, as it is typed: "6 hours", "90 minutes"."""
    unit = next(unit for unit in _SPANS if not span % _SPANS[unit])
    count = span // _SPANS[unit]
    return f"{count} {unit if count == 1 else unit + 's'}"


def _read_span(text: str) -> timedelta:
    match = _SPAN.fullmatch(text.strip().lower())
    unit = next((_SPANS[name] for name in _SPANS if match and name[0] == match[2][0]), timedelta())
    span = int(match[1]) * unit if match else timedelta()
    if not SHORTEST_CATCH_UP <= span <= LONGEST_CATCH_UP:
        raise OptionRefused("within", text, "no span")
    return span


def _read_mode(text: str) -> Mode:
    match text.lower():
        case "each":
            return "each"
        case "digest":
            return "digest"
    raise OptionRefused("mode", text, "unknown mode")


def _read_engine(text: str) -> EngineName | Literal[""]:
    match text.lower():
        case "" | "default" | "-":
            return ""
        case "extractive":
            return "extractive"
        case "llm":
            return "llm"
        case "auto":
            return "auto"
    raise OptionRefused("engine", text, "unknown engine")


def _read_language(text: str) -> str:
    if text.lower() in ("", DEFAULT, CLEAR):
        return ""
    try:
        return read_language(text)
    except ValueError as error:
        raise OptionRefused("language", text, "unknown language") from error


def _read_filter(options: Mapping[str, str], now: Filter) -> Filter:
    def listed(name: str, standing: tuple[str, ...]) -> tuple[str, ...]:
        text = options.get(name, "")
        return split_list("" if text == CLEAR else text) if text else standing

    pattern = options.get("matching", "") or now.pattern or ""
    return Filter(
        any_of=listed("any", now.any_of),
        all_of=listed("all", now.all_of),
        none_of=listed("none", now.none_of),
        pattern=_read_pattern("" if pattern == CLEAR else pattern),
    )


def _read_pattern(text: str) -> str | None:
    if not text:
        return None
    quiet = re2.Options()
    quiet.log_errors = False
    try:
        re2.compile(text, quiet)
    except re2.error as error:
        raise OptionRefused("matching", text, "bad pattern") from error
    return text
