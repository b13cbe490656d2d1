"""Holds lines against the article: every check in turn, the first that stops one gives the reason.

It drops nothing itself; what becomes of a stopped line is for whoever asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefings.language.instructions import is_instruction
from briefings.verification.dates import check_dates
from briefings.verification.direction import check_direction
from briefings.verification.ground import Ground
from briefings.verification.line import Line, Reason
from briefings.verification.markup import check_address, check_markup, check_mention, check_unseen
from briefings.verification.modality import check_modality
from briefings.verification.names import check_names
from briefings.verification.numbers import check_numbers
from briefings.verification.polarity import check_polarity
from briefings.verification.proposed import ReadLine, read_lines
from briefings.verification.quotations import check_quotations
from briefings.verification.speakers import check_speaker
from briefings.verification.support import check_support
from briefings.verification.verdicts import check_verdict
from briefings.verification.voice import check_voice

#: In this order: what is plain to see first, what needs the parse last.
CHECKS: tuple[Callable[[ReadLine], Reason | None], ...] = (
    check_quotations,
    check_numbers,
    check_dates,
    check_names,
    check_verdict,
    check_support,
    check_speaker,
    check_polarity,
    check_modality,
    check_direction,
    check_voice,
)

#: A label asserts nothing that could be denied, doubted or turned round.
LABEL_CHECKS = CHECKS[:6]


def check_lines(lines: Iterable[Line], ground: Ground) -> list[Reason | None]:
    """Why each line is stopped, None where it holds; one reading of all lines together."""
    proposed = list(lines)
    reasons = [_on_sight(line, ground) for line in proposed]
    left = [i for i, reason in enumerate(reasons) if reason is None]
    for i, read in zip(left, read_lines([proposed[i] for i in left], ground), strict=True):
        checks = LABEL_CHECKS if read.line.is_label else CHECKS
        reasons[i] = next(filter(None, (check(read) for check in checks)), None)
    return reasons


def _on_sight(line: Line, ground: Ground) -> Reason | None:
    """What needs no parse of the line."""
    if not line.text.strip() or not ground.holds(line.sentences):
        return "no-evidence"
    words = "\n".join(line.pieces)
    return (
        check_unseen(words)
        or check_mention(words)
        or check_markup(words)
        or check_address(words, ground.reading.text)
        or _check_instruction(words, line, ground)
    )


def _check_instruction(words: str, line: Line, ground: Ground) -> Reason | None:
    """Neither the line nor a sentence it rests on speaks to a machine."""
    evidence = ground.text(line.sentences)
    is_part = all(piece in evidence for piece in line.pieces)
    is_one = ground.instructs(line.sentences) or is_instruction(words, is_part=is_part)
    return "instruction" if is_one else None
