"""Reads schedules from a TOML file, for a dry run: the options of /briefing add, as a table each.

It opens no feed and keeps nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot import messages
from bot.commands.drafting import read_changes
from bot.errors import SchedulesFileUnreadable
from bot.platform import Destination
from bot.schedule import Filter, Schedule


def _to_text(value: object) -> object:
    """As somebody would type it: numbers in digits, lists parted by commas."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(f'"{part}"' if "," in part else part for part in value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_Text = Annotated[str, BeforeValidator(_to_text)]


class _Listed(BaseModel):
    """A schedule as a file lists it: the options of /briefing add, and where it posts."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    platform: Literal["slack", "discord"] = "slack"
    tenant: _Text = "dry-run"
    channel: _Text
    urls: _Text
    times: _Text
    zone: _Text = ""
    any: _Text = ""
    all: _Text = ""
    none: _Text = ""
    matching: _Text = ""
    max: _Text = ""
    within: _Text = ""
    mode: _Text = ""
    engine: _Text = ""
    language: _Text = ""
    name: _Text = ""


class _File(BaseModel):
    """The tables of a file."""

    model_config = ConfigDict(extra="forbid")

    schedule: list[_Listed] = []


def read_schedules(path: Path, zone: str, now: datetime) -> list[Schedule]:
    """The `[[schedule]]` tables of a TOML file; `zone` where one names none.

    Raises SchedulesFileUnreadable or CommandError.
    """
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SchedulesFileUnreadable(str(path), _first_line(error)) from error
    if not found.schedule:
        raise SchedulesFileUnreadable(str(path), messages.NO_SCHEDULE_TABLES)
    return [_to_schedule(one, zone, now) for one in found.schedule]


def _to_schedule(one: _Listed, zone: str, now: datetime) -> Schedule:
    given = one.model_dump(exclude={"platform", "tenant", "channel"}, exclude_defaults=True)
    options = {name: text.strip() for name, text in given.items()}
    blank = Schedule(
        id="",
        destination=Destination(one.platform, one.tenant, one.channel),
        name="",
        feeds=(),
        times="",
        zone=zone,
        created_by="operator",
        created_at=now,
    )
    return replace(blank, **read_changes(options, Filter()))


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        place = [str(step + 1) if isinstance(step, int) else step for step in fault["loc"]]
        return f"{' '.join(place)}: {fault['msg'].lower()}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error).splitlines()[0]
