"""Finds numbers in a text, in figures or words, with their scale and currency sign.

It does not know what they count; dates, labels and ages are for the caller to leave out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from briefings.language import lexicon

_TALLY = re.compile(
    r"\b(\d{1,3})(?:\s?[-–]\s?|\s?-?to-?\s?)(\d{1,3})\b(?![\d,.-]\d|-\w|\s?(?:percent|%|years?|days?))"
)


#: What parts the ends of a range, and a part from its whole: "32 of the 47", "104 per 100,000".
_RANGE = re.compile(r"\s?(?:-|–|to)\s?")
_SECOND = re.compile(
    r"\s(?:out )?of (?:the |its |their |more than )?|(?:\s\w+)?\sper\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: its place, value and, where a sign or word tells it, its unit."""

    start: int
    end: int
    value: float
    #: What its scale word multiplied it by: 1,000,000 for "million".
    factor: float
    unit: str | None
    in_words: bool


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """The numbers between two offsets, in order.

    A range ("$2 to $4", "5 to 6 million") is one number with the value it opens with. Conversions
    in brackets and the second number of "32 of the 47" are left out.
    """
    found: list[Number] = []
    before = start
    for match in _pattern().finditer(text, start, end):
        joint, before = text[before : match.start()], match.end()
        number = _number(match)
        if number is None or joint.endswith("("):
            continue
        if found and _RANGE.fullmatch(joint):
            found[-1] = _joined(found[-1], number)
        elif not (found and _SECOND.fullmatch(joint)):
            found.append(number)
    return found


def _number(match: re.Match[str]) -> Number | None:
    tables = lexicon.load("units")
    sign, scale = match["sign"], (match["scale"] or match["short"] or "").lower()
    if match["short"] and not sign and match["short"].lower() in ("m", "k"):
        return None
    factor = tables["scales"].get(scale, 1)
    signs = {key.lower(): code for key, code in tables["currency_signs"].items()}
    return Number(
        start=match.start(),
        end=match.end(),
        value=_value(match) * factor,
        factor=factor,
        unit=signs[sign.lower()] if sign else None,
        in_words=match["digits"] is None and not scale,
    )


def _joined(first: Number, second: Number) -> Number:
    """A range as one number: the second's scale and sign hold for the first where it has none."""
    factor = second.factor if first.factor == 1 else 1
    unit = first.unit or second.unit
    return replace(first, end=second.end, value=first.value * factor, unit=unit)


def find_tallies(text: str, start: int, end: int) -> list[re.Match[str]]:
    """As in "19-15" or "2-to-1", wherever the sentence speaks of a vote or ruling."""
    words = set(re.findall(r"[a-z]+", text[start:end].lower()))
    if not words & set(lexicon.load("units")["lists"]["votes"]):
        return []
    return list(_TALLY.finditer(text, start, end))


@cache
def _pattern() -> re.Pattern[str]:
    """A number in figures or words, with sign and scale."""
    tables = lexicon.load("units")
    signs = "|".join(re.escape(s) for s in sorted(tables["currency_signs"], key=len, reverse=True))
    words = "|".join(
        w for w in sorted(tables["words"], key=len, reverse=True) if w not in ("a", "half")
    )
    scales = "|".join(s for s in tables["scales"] if len(s) > 2)  # noqa: PLR2004 - m, bn stand alone
    return re.compile(
        rf"(?<![\w.,])(?:(?P<sign>{signs})\s?)?"
        rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d:]|,\d|\.\d)"
        rf"|\b(?P<words>(?:{words})(?:[\s-](?:{words}))?)\b|\b(?P<a>half\sa|a)(?=\s(?:{scales})\b))"
        rf"(?:[\s-]?(?P<scale>{scales})\b|(?P<short>bn|tn|mn|m|k)\b)?",
        re.IGNORECASE,
    )


def _value(match: re.Match[str]) -> float:
    words = lexicon.load("units")["words"]
    if match["digits"]:
        return float(match["digits"].replace(",", ""))
    if match["a"]:
        return 0.5 if match["a"].lower().startswith("half") else 1.0
    return float(sum(words[word] for word in re.split(r"[\s-]", match["words"].lower())))
