"""The patterns of expressions of time: where in a text they match, and what only looks like one.

It resolves nothing and knows no parse; the patterns themselves are in `lexicons/dates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from briefings.language import lexicon

#: Characters around a word of time in which the rest of its expression stands.
_REACH = 40

#: "NAIROBI, May 8 (Xinhua) --", "WASHINGTON (AP) —", "SEOUL, Jan. 3 -": what opens a report.
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'\-]+(?:(?:, ?|[ /])[A-Z][\w.’'\-]*)*[A-Z.]?)?"
    r"(?P<when>,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?:, \d{4})? ?(?:\((?:[A-Z][\w.’/ -]{1,30})\) ?)?(?:--?|—|–)\s"
)


@lru_cache(maxsize=8)
def find_matches(text: str) -> tuple[tuple[int, int, str, str, re.Match[str]], ...]:
    """Matches of all patterns, the earlier pattern winning where two overlap; in text order."""
    taken = bytearray(len(text) + 1)
    found = []
    windows = list(_windows(text))
    for kind, rule, pattern in _patterns():
        for match in (m for a, b in windows for m in pattern.finditer(text, a, b)):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, kind, rule, match))
    return tuple(sorted(found, key=lambda entry: entry[0]))


def names_time(text: str) -> bool:
    """Whether a piece of text holds an expression of time that has a place in the calendar."""
    return any(kind not in ("stretch", "ago", "same") for _, _, kind, _, _ in find_matches(text))


def is_no_time(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether the words are a name, a verb or a count that only looks like a time."""
    tables = lexicon.load("dates")
    before = text[max(0, match.start() - 20) : match.start()].lower().rstrip("-— ")
    after = text[match.end() : match.end() + 20].lower().lstrip()
    if kind == "weekday":
        return before.endswith(tuple(tables["not_a_day_before"])) or after.startswith(
            tuple(tables["not_a_day_after"])
        )
    if kind == "year":
        counted = re.match(r"(?:\w+ )?(\w+)", after)
        first = re.match(r"\w+", after)
        words = {m[m.lastindex or 0] for m in (counted, first) if m}
        return bool(words & set(tables["counted"]["after_year"])) and match[0][0].isdigit()
    if kind == "month" and match["month"].lower() in tables["ambiguous_months"]:
        return _is_person(text, match["month"])
    return False


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Kind, rule and compiled pattern of each entry of the lexicon, in its order."""
    tables = lexicon.load("dates")
    flat = [form for forms in tables["months"] for form in forms]
    fill = {name: f"{body}" for name, body in tables["parts"].items()}
    fill["months"] = f"(?-i:{_either([form.title() for form in flat])})"
    fill["weekdays"] = f"(?-i:{_either([form.title() for (form,) in tables['weekdays']])})"
    fill["seasons"] = _either(list(tables["seasons"]))
    fill["units"] = _either(tables["units"])
    fill["count"] = (
        rf"(?:\d{{1,3}}|(?:a\s)?few|several|a\scouple\sof|{_either(list(tables['numbers']))})"
    )
    fill["named"] = _either(list(tables["named_days"]))
    return tuple(
        (entry["kind"], entry["rule"], _compile(entry["pattern"], fill))
        for entry in tables["patterns"]
    )


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace("'", "[’']") for word in longest_first) + ")"


def _compile(pattern: str, fill: dict[str, str]) -> re.Pattern[str]:
    for name, body in fill.items():
        # A group's name is written (?P<year>…): only a bare <year> is a place to fill.
        pattern = re.sub(rf"(?<!\?P)<{name}>", body.replace("\\", r"\\"), pattern)
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches around words of time: the patterns need to look nowhere else."""
    open_at = close_at = -1
    for match in _trigger().finditer(text):
        # Opens where a word does, so that no pattern starts inside one.
        start = text.rfind(" ", 0, max(0, match.start() - _REACH)) + 1
        if start > close_at:
            if close_at > 0:
                yield open_at, close_at
            open_at = start
        close_at = min(len(text), match.end() + _REACH)
    if close_at > 0:
        yield open_at, close_at


@cache
def _trigger() -> re.Pattern[str]:
    """Any word that an expression of time holds."""
    tables = lexicon.load("dates")
    words = [form for forms in (*tables["months"], *tables["weekdays"]) for form in forms]
    words += [*tables["units"], *tables["seasons"], *tables["named_days"], *tables["triggers"]]
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{plain})|\b\d{{4}}|9/11|['’]\d0s", re.IGNORECASE)


@cache
def _is_person(text: str, month: str) -> bool:
    """Whether the article knows somebody of a month's name, such as Theresa May."""
    for match in re.finditer(rf"\b([A-Z][a-z]+\.?) {month}\b(?!,? \d)", text):
        before = match[1].lower()
        if before not in lexicon.words("dates", "before_month"):
            return True
    return False
