# ruff: noqa: PLC0415 - imports stand in functions so that a format loads only what it needs
"""One door to every format: a name in, the whole text out.

A renderer and what it needs are loaded when their format is asked for, not before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from briefings.briefing import Briefing
from briefings.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask of a format. `width` in columns; it and `colour` are the terminal's."""

    #: Names out of SECTIONS; None for the whole briefing.
    sections: tuple[str, ...] | None = None
    width: int = 88
    colour: bool = False
    #: The article's words under every line, not only under those worded otherwise.
    evidence: bool = False
    #: Why each line is there, for the formats of EXPLAINED_FORMATS.
    explanation: Explanation | None = None


def _text(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.text import render_text

    return render_text(
        briefing,
        sections=options.sections,
        width=options.width,
        colour=options.colour,
        evidence=options.evidence,
        explanation=options.explanation,
    )


def _json(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.as_json import render_explained_json, render_json

    if options.sections is not None:
        raise ValueError("json is always the whole briefing")
    if options.explanation is not None:
        return render_explained_json(briefing, options.explanation)
    return render_json(briefing)


def _markdown(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.markdown import render_markdown

    return render_markdown(briefing, sections=options.sections)


def _slack(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.slack import to_slack_messages

    return _pretty(to_slack_messages(briefing, sections=options.sections))


def _discord(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.discord import to_discord_messages

    return _pretty(to_discord_messages(briefing, sections=options.sections))


def _html(briefing: Briefing, options: Options) -> str:
    from briefings.rendering.html import render_html

    return render_html(briefing, sections=options.sections)


def _pretty(messages: object) -> str:
    return json.dumps(messages, ensure_ascii=False, indent=2)


FORMATS: Final[Mapping[str, Callable[[Briefing, Options], str]]] = MappingProxyType(
    {
        "text": _text,
        "json": _json,
        "markdown": _markdown,
        "slack": _slack,
        "discord": _discord,
        "html": _html,
    }
)
#: The formats that can show some sections only; "json" is the whole object or nothing.
SECTIONED_FORMATS: Final = tuple(name for name in FORMATS if name != "json")
#: The formats that can carry an explanation; the others are for those who only read.
EXPLAINED_FORMATS: Final = ("text", "json")


def render(
    briefing: Briefing,
    format_name: str,
    *,
    sections: Iterable[str] | None = None,
    width: int = 88,
    colour: bool = False,
    evidence: bool = False,
    explanation: Explanation | None = None,
) -> str:
    """The briefing in a format of FORMATS, without a line feed at its end.

    ValueError for an unknown format or section, for sections of a format that takes none, and for
    an explanation in a format that has no room for it.
    """
    if format_name not in FORMATS:
        raise ValueError(f"no such format: {format_name}")
    if explanation is not None and format_name not in EXPLAINED_FORMATS:
        raise ValueError(f"{format_name} carries no explanation")
    chosen = None if sections is None else tuple(sections)
    options = Options(chosen, width, colour, evidence, explanation)
    return FORMATS[format_name](briefing, options)
