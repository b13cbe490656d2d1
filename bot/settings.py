"""Settings: the environment over a TOML file over the defaults, checked as a whole.

The only module that reads the environment. It reports problems; their wording is in messages.py.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnparsableVariable

from bot.errors import (
    SettingRefused,
    SettingsError,
    SettingsFileUnreadable,
    SettingsInvalid,
    UnknownSetting,
)
from bot.setting_groups import (
    AccessSettings,
    DiscordSettings,
    FetchSettings,
    HealthSettings,
    SlackSettings,
    SummarizerSettings,
    TeamSettings,
    WorkSettings,
)

PREFIX = "BRIEFBOT_"
LEVEL = "__"
#: Names the file; it is no setting itself.
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
#: Where the file is looked for when nobody names one; the first that exists counts.
USUAL_PLACES = (Path("briefbot.toml"), Path("~/.config/briefbot/config.toml"))


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=LEVEL, frozen=True, extra="ignore"
    )

    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///briefbot.db"),
        description="SQLite file or PostgreSQL database for what is kept; no password is shown.",
        json_schema_extra={"expects": "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"},
    )
    fetch: FetchSettings = FetchSettings()
    team: TeamSettings = TeamSettings()
    slack: SlackSettings = SlackSettings()
    discord: DiscordSettings = DiscordSettings()
    access: AccessSettings = AccessSettings()
    summarizer: SummarizerSettings = SummarizerSettings()
    work: WorkSettings = WorkSettings()
    health: HealthSettings = HealthSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # named by the library
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # named by the library
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # named by the library
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what `load_settings` hands in from the file."""
        return env_settings, init_settings


S = TypeVar("S", bound=BaseSettings)


def load_settings(model: type[S], config: Path | None = None) -> S:
    """Read file and environment. `config`: the file named on the command line, if any.

    Raises SettingsInvalid with everything that is wrong.
    """
    path = _find_file(config)
    tables = _read_file(path) if path else {}
    known = dict(known_settings(model))
    places = {key: str(path) for key in _leaves(tables, known)}
    places |= {_to_key(name): name for name in _variables()}
    problems: list[SettingsError] = [
        UnknownSetting(key, place, nearest=_nearest(key, known))
        for key, place in places.items()
        if key not in known
    ]
    try:
        settings = model(**{name: tables[name] for name in model.model_fields.keys() & tables})
    except ValidationError as error:
        problems += _refusals(error, known, places)
        problems = problems or _faults(error)
    except UnparsableVariable:
        if not problems:  # a group set as a whole, such as BRIEFBOT_FETCH, is among them already
            raise
    else:
        if not problems:
            return settings
    raise SettingsInvalid(tuple(problems))


def known_settings(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting with its dotted name, such as `fetch.allow_hosts`."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from known_settings(field.annotation, f"{above}{name}.")
        else:
            yield above + name, field


def forget_variables() -> None:
    """Take our variables out of this process's environment: some hold secrets."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        del os.environ[name]


def wants_colour() -> bool:
    """Whether the person has not turned colours off (no-color.org; TERM=dumb)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _find_file(config: Path | None) -> Path | None:
    variables = (value for name, value in os.environ.items() if name.upper() == CONFIG_VARIABLE)
    named = config or next(filter(None, variables), None)
    if named:
        return Path(named).expanduser()
    return next((place for p in USUAL_PLACES if (place := p.expanduser()).is_file()), None)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable(path, error.strerror or "can't be opened") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, detail: str) -> SettingsInvalid:
    return SettingsInvalid((SettingsFileUnreadable(str(path), detail),))


def _leaves(tables: Mapping[str, Any], known: Mapping[str, object], above: str = "") -> list[str]:
    """Dotted names of what a file sets; a table that is itself a setting counts as one."""
    names: list[str] = []
    for name, value in tables.items():
        key = above + name
        is_table = isinstance(value, dict) and key not in known
        names += _leaves(value, known, f"{key}.") if is_table else [key]
    return names


def _variables() -> list[str]:
    """Ours, in whichever case: pydantic-settings reads them without regard to it."""
    names = [name for name in os.environ if name.upper().startswith(PREFIX)]
    return [name for name in names if name.upper() != CONFIG_VARIABLE]


def _to_key(variable: str) -> str:
    return variable[len(PREFIX) :].lower().replace(LEVEL, ".")


def _nearest(key: str, known: Mapping[str, object]) -> str | None:
    """The setting that is spelled much like `key`, if there is one."""
    return next(iter(difflib.get_close_matches(key, known, n=1, cutoff=0.6)), None)


def _refusals(
    error: ValidationError, known: Mapping[str, FieldInfo], places: Mapping[str, str]
) -> Iterator[SettingsError]:
    """One problem a setting, however many faults its value has.

    A fault elsewhere, such as a number where a table belongs, is an unknown setting already.
    """
    faults = {_key_of(fault["loc"], known): fault for fault in error.errors()}
    for key in (key for key in known if key in faults and key in places):
        extra = known[key].json_schema_extra
        yield SettingRefused(
            key,
            places[key],
            value=_shown(known[key], faults[key]["input"]),
            expects=str(extra["expects"]) if isinstance(extra, dict) else "",
        )


def _faults(error: ValidationError) -> list[SettingsError]:
    """What is wrong where neither file nor variable can be named: never nothing."""
    keys = {".".join(map(str, fault["loc"])) for fault in error.errors()}
    return [SettingsError(key, "file or environment") for key in sorted(keys)]


def _key_of(loc: tuple[int | str, ...], known: Mapping[str, object]) -> str | None:
    """The setting at which, or inside which, a fault was found."""
    names = [str(part) for part in loc]
    paths = (".".join(names[: i + 1]) for i in range(len(names)))
    return next((path for path in paths if path in known), None)


def _shown(field: FieldInfo, value: object) -> str:
    """The value as a message may show it: never a secret, nor one that may be missing."""
    is_secret = SecretStr in (field.annotation, *get_args(field.annotation))
    return "***" if is_secret else str(value)
