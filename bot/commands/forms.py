"""The form to create or edit a schedule, and completions of what is typed into it.

Where an option is asked for and what it is called; what it means is `drafting`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from bot.commands.drafting import options_of, say_span
from bot.commands.grammar import DEFAULT
from bot.commands.values import Field, Form
from bot.messages.commands import ENGINES, FORM_HINTS, FORM_LABELS, FORM_MODES, FORM_TITLES
from bot.schedule import CATCH_UP, Schedule

#: Discord shows at most so many completions.
MOST_SUGGESTIONS = 25
#: As `Schedule` has it where nothing is said.
AT_MOST = 3
_CHOICES: Mapping[str, Mapping[str, str]] = {"mode": FORM_MODES, "engine": ENGINES}
_REQUIRED = ("urls", "times")
_LONG = ("urls",)
#: In this order: a platform that shows five fields shows the first five.
_ORDER = (
    *("urls", "times", "zone", "any", "none"),
    *("all", "max", "mode", "name", "matching", "within"),
)
#: Where there is a model to ask.
_OF_MODEL = ("engine", "language")


def _new(zone: str) -> Mapping[str, str]:
    return {
        "zone": zone,
        "max": str(AT_MOST),
        "mode": "each",
        "within": say_span(CATCH_UP),
        "engine": DEFAULT,
    }


def form_for(schedule: Schedule | None, zone: str, *, has_model: bool = False) -> Form:
    """The form to create a schedule, its zone filled in, or to edit the one given."""
    values: Mapping[str, str] = options_of(schedule) if schedule else _new(zone)
    fields = tuple(
        Field(
            option=option,
            label=FORM_LABELS[option],
            value=values.get(option, ""),
            hint=FORM_HINTS.get(option, ""),
            is_required=option in _REQUIRED,
            is_long=option in _LONG,
            choices=_CHOICES.get(option),
        )
        for option in (*_ORDER, *(_OF_MODEL if has_model else ()))
    )
    return Form(
        title=FORM_TITLES["edit" if schedule else "add"],
        command="briefing edit" if schedule else "briefing add",
        fields=fields,
        value=schedule.id if schedule else "",
    )


@cache
def _zones() -> frozenset[str]:
    """Read once: it takes hundreds of files, and somebody types meanwhile."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def suggest_zones(typed: str) -> tuple[str, ...]:
    """Zones whose name holds what was typed; those that begin with it, or their city, first."""
    wanted = typed.strip().lower().replace(" ", "_")
    found = [zone for zone in _zones() if wanted in zone.lower()]

    def rank(zone: str) -> tuple[bool, bool, str]:
        city = zone.rpartition("/")[2].lower()
        return not city.startswith(wanted), zone.startswith("Etc/") or "/" not in zone, zone

    return tuple(sorted(found, key=rank)[:MOST_SUGGESTIONS])
