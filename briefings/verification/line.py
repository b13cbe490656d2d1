"""A line as it stands for checking: words proposed for a briefing and the sentences given for them.

It holds what was proposed, right or wrong; whether it holds is for the checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Why a line is stopped, in one word; `engine.checks` carries it.
Reason = Literal[
    "no-evidence",
    "unseen",
    "address",
    "mention",
    "markup",
    "instruction",
    "quotation",
    "number",
    "date",
    "name",
    "speaker",
    "polarity",
    "modality",
    "direction",
    "verdict",
    "support",
    "voice",
]


@dataclass(frozen=True, slots=True)
class Line:
    """Words proposed for one part of a briefing, such as `claims[3]`.

    `sentences` are numbers of the reading's sentences that are given as evidence. `speaker`: whose
    statement it is; None where the briefing would say it in its own voice. `verb`: the cue as
    proposed. `quotes`: further words given as the article's, letter for letter. `when` and `date`:
    of an event, its words and the ISO day, month or year given for them.
    """

    part: str
    text: str
    sentences: tuple[int, ...]
    speaker: str | None = None
    verb: str | None = None
    quotes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    via: str | None = None
    when: str | None = None
    date: str | None = None
    #: Of a figure.
    value: float | None = None
    #: A label or name: it may be two words long and asserts nothing.
    is_label: bool = False
    #: What a side holds: shown as its position, so it is in nobody's voice but the side's.
    is_position: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """Everything of it that a reader could see."""
        seen = (self.speaker, self.verb, self.text, self.when, self.via, *self.quotes, *self.about)
        return tuple(filter(None, seen))
