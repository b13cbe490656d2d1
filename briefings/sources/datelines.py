"""Read outlet, date and authors from lines that newspapers set for it: datelines and bylines.

Only what a line states plainly counts: nothing is guessed, and no line is taken out.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

_T = TypeVar("_T")

#: Bylines and datelines stand in the first paragraphs; "Reporting by" in the last.
_OPENING_PARAGRAPHS = 6
_CLOSING_PARAGRAPHS = 3
#: A byline is a line of its own, a sentence that opens with "By" is longer.
_BYLINE_WORDS = 14

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_US_DATE = re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE)
_UK_DATE = re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE)
_ISO_DATE = re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-{_DAY}\b")
_DAY_OF_MONTH = re.compile(rf"^{_MONTH}\s+{_DAY}$", re.IGNORECASE)

# Such as "NAIROBI, May 8 (Xinhua) --", "BENGALURU/MUMBAI (Reuters) -", or with a year after
# the day.
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][^\W\d_]*[A-Z][^a-z()]*?(?:, [A-Z][\w. ]+?)??)"
    r"(?:,\s+(?P<when>[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?))?"
    r"\s+\((?P<outlet>[A-Z][\w&.'’ /-]{1,40})\)\s*(?:--?|[–—])\s"
)
# "(Reuters) -", without a place: only agencies, since other words stand in brackets as well.
_BARE_AGENCY = re.compile(
    r"^\((?P<outlet>Reuters|AP|AFP|Xinhua|UPI|dpa|DPA|ANSA|TASS|IANS|PTI|CNN)\)\s*(?:--?|[–—])\s"
)
# Such as "Source: Xinhua| 2018-05-08 22:54:41|Editor: Mu Xuequan".
_SOURCE = re.compile(r"^Source:\s*(?P<outlet>[^|\d][^|]{0,60}?)\s*(?:\||$)", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"^(?:(?:first )?(?:published|posted|updated|last updated|date|dated)\b(?: on| at)?:?\s*)"
    r"|^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)",
    re.IGNORECASE,
)
_LONGEST_DATE_LINE = 70
# What may follow a date on a line without a label: a time, a zone.
_TIME_OF_DAY = re.compile(r"^[\s,|·•–—-]*(?:at )?(?:\d{1,2}[:.]\d\d[\s\w.:,()+-]*)?$")
_BYLINE = re.compile(r"^By:?\s+(?P<names>[A-Z].*)$")
# Such as "(Reporting by Jane Doe and John Roe; Editing by Will Dunham.)".
_REPORTING = re.compile(r"\(?\bReporting by (?P<names>[A-Z][^;()]*?)\s*(?:[;.)]|$)")
_AND = re.compile(r"\s*(?:;|&|,?\s+\band\b)\s*")
_NAME_WORD = r"(?:[A-Z][\w.'’-]*|d[aeiu]|v[ao]n|de[lnr]?|bin|al|el|la|le)"
_NAME = re.compile(rf"^{_NAME_WORD}(?: {_NAME_WORD}){{1,4}}$")
_PLACE_AFTER_NAME = re.compile(r"\s+in\s+[A-Z].*$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What an article's own lines say of where it comes from."""

    outlet: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()


def read_stated(paragraphs: Sequence[str]) -> Stated:
    """Outlet, publication date and authors that the paragraphs (title left out) state."""
    opening = paragraphs[:_OPENING_PARAGRAPHS]
    return Stated(
        outlet=_first(map(_outlet_in, opening)),
        published=_first(map(_labelled_date, opening))
        or _first(_date_of_dateline(line, paragraphs) for line in opening),
        authors=_first(map(_byline_authors, opening))
        or _first(map(_reporting_authors, paragraphs[-_CLOSING_PARAGRAPHS:]))
        or (),
    )


def _first(found: Iterable[_T | None]) -> _T | None:
    return next((value for value in found if value), None)


def _outlet_in(line: str) -> str | None:
    match = _DATELINE.match(line) or _BARE_AGENCY.match(line) or _SOURCE.match(line)
    return match["outlet"].strip() if match else None


def _labelled_date(line: str) -> date | None:
    """The date of a line that is there to give it: labelled, or with nothing else on it."""
    if _SOURCE.match(line):
        return _find_date(line)
    if len(line) > _LONGEST_DATE_LINE:
        return None
    bare = _DATE_LABEL.sub("", line)
    match = _first(pattern.match(bare) for pattern in (_US_DATE, _UK_DATE, _ISO_DATE))
    if not match or (bare == line and not _TIME_OF_DAY.match(bare[match.end() :])):
        return None
    return _to_date(match)


def _date_of_dateline(line: str, paragraphs: Sequence[str]) -> date | None:
    match = _DATELINE.match(line)
    when = match["when"] if match else None
    if not when:
        return None
    return _find_date(when) or _complete(when, paragraphs)


def _complete(when: str, paragraphs: Sequence[str]) -> date | None:
    """The same day of the same month with a year, if one of the lines names it so."""
    day = _DAY_OF_MONTH.match(when)
    if not day:
        return None
    for line in paragraphs[:_OPENING_PARAGRAPHS]:
        for pattern in (_US_DATE, _UK_DATE):
            for match in pattern.finditer(line):
                found = _to_date(match)
                if found and found == _to_date(day, year=found.year):
                    return found
    return None


def _find_date(line: str) -> date | None:
    return _first(_to_date(m) for p in (_ISO_DATE, _US_DATE, _UK_DATE) if (m := p.search(line)))


def _to_date(match: re.Match[str], *, year: int | None = None) -> date | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS[month]
    with contextlib.suppress(ValueError):  # a 31 June is a slip of the pen, not a date
        return date(year or int(match["year"]), number, int(match["day"]))
    return None


def _byline_authors(line: str) -> tuple[str, ...]:
    match = _BYLINE.match(line)
    if not match or len(line.split()) > _BYLINE_WORDS:
        return ()
    return _split_names(re.split(r"[|•·]|\s[-–—]\s", match["names"])[0])


def _reporting_authors(line: str) -> tuple[str, ...]:
    match = _REPORTING.search(line)
    return _split_names(match["names"]) if match else ()


def _split_names(names: str) -> tuple[str, ...]:
    """Names in the order given: commas part them only before an "and" ("A, B and C, Berlin")."""
    head, _, last = _AND.sub("&", names).rpartition("&")
    pieces = [*re.split("[,&]", head), last.split(",")[0]]
    found = (_PLACE_AFTER_NAME.sub("", piece).strip(" .") for piece in pieces)
    return tuple(name for name in found if _NAME.match(name))
