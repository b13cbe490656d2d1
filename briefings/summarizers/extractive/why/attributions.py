"""Why an attribution that was found is no claim of the briefing. It finds none itself."""

from __future__ import annotations

from briefings.explanation import LeftOut
from briefings.language.reading import Reading
from briefings.summarizers.extractive.attribution import Attribution
from briefings.summarizers.extractive.why.places import Place, reason


def why_no_claim(rule: Place, reading: Reading, a: Attribution, *, is_frame: bool) -> LeftOut:
    """It only leads to another statement (`is_frame`), or nobody in the story says it."""
    told = "only leads to, or stands inside, another statement"
    if not is_frame:
        told = "nobody in the story says it: an outlet, a pronoun for nobody, or no comment"
    parts = [reading.span(*bounds) for bounds in (a.source, a.cue)]
    text = " … ".join(reading.span(*bounds).quote for bounds in (a.source, a.cue, *a.content))
    because = reason("line", told, rule, words=parts)
    return LeftOut(section="claims", text=text, reasons=(because,))
