"""The environment over a file over the defaults, and every problem at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import (
    SettingRefused,
    SettingsFileUnreadable,
    SettingsInvalid,
    UnknownSetting,
)
from bot.messages import explain
from bot.settings import Settings, known_settings, load_settings, wants_colour
from briefings.sources.fetch import FetchLimits

EXAMPLE = Path(__file__).parents[2] / "config" / "example.toml"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine where nobody has set anything."""
    for name in ("BRIEFBOT_CONFIG", "BRIEFBOT_FETCH__ALLOW_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def problems(config: Path | None = None) -> list[Exception]:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings(Settings, config)
    return list(caught.value.problems)


def test_defaults_are_those_of_the_fetcher():
    """Somebody who sets nothing gets the limits that the fetcher itself would choose."""
    settings, limits = load_settings(Settings), FetchLimits()
    assert settings.fetch.allow_hosts == ()
    assert settings.fetch.max_bytes == limits.max_bytes
    assert settings.fetch.deadline_seconds == limits.deadline_seconds


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("intranet.example, 127.0.0.1:8080", id="commas"),
        pytest.param('["intranet.example", "127.0.0.1:8080"]', id="JSON"),
        pytest.param("Intranet.Example,127.0.0.1:8080,", id="capitals and a comma too many"),
    ],
)
def test_a_list_in_the_environment(monkeypatch, value):
    """A list may be given as names parted by commas or as JSON."""
    monkeypatch.setenv("BRIEFBOT_FETCH__ALLOW_HOSTS", value)
    hosts = load_settings(Settings).fetch.allow_hosts
    assert hosts == ("intranet.example", "127.0.0.1:8080")


def test_the_environment_wins_over_the_file_setting_by_setting(monkeypatch, tmp_path):
    """A variable replaces its own setting and leaves its neighbours in the file alone."""
    file = tmp_path / "own.toml"
    file.write_text("[fetch]\nmax_bytes = 20000\ndeadline_seconds = 5")
    monkeypatch.setenv("BRIEFBOT_FETCH__DEADLINE_SECONDS", "7")
    fetch = load_settings(Settings, file).fetch
    assert (fetch.max_bytes, fetch.deadline_seconds) == (20_000, 7)


@pytest.mark.parametrize("place", ["option", "variable", "folder", "home"])
def test_where_the_file_is_found(monkeypatch, tmp_path, place):
    """The file is the one named, else briefbot.toml here, else the one at home."""
    files = {
        "option": tmp_path / "named.toml",
        "variable": tmp_path / "other.toml",
        "folder": tmp_path / "briefbot.toml",
        "home": tmp_path / "home/.config/briefbot/config.toml",
    }
    order = list(files)
    for seconds, (name, file) in enumerate(files.items(), start=1):
        if order.index(name) >= order.index(place):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"[fetch]\ndeadline_seconds = {seconds}")
    if place in {"option", "variable"}:
        monkeypatch.setenv("BRIEFBOT_CONFIG", str(files["variable"]))
    settings = load_settings(Settings, files["option"] if place == "option" else None)
    assert settings.fetch.deadline_seconds == order.index(place) + 1


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        pytest.param("BRIEFBOT_DATABASE_URL", "postgresql://db.example/b", "database_url"),
        pytest.param("BRIEFBOT_SLACK__BOT_TOKEN", "xoxb-1", "slack.bot_token"),
        pytest.param("BRIEFBOT_SLACK__APP_TOKEN", "xapp-1", "slack.app_token"),
        pytest.param("BRIEFBOT_SLACK__SIGNING_SECRET", "0f" * 16, "slack.signing_secret"),
        pytest.param("BRIEFBOT_SLACK__API_URL", "http://slack.example/api", "slack.api_url"),
        pytest.param("BRIEFBOT_DISCORD__TOKEN", "a.b.c", "discord.token"),
        pytest.param("BRIEFBOT_DISCORD__API_URL", "http://dc.example/v10", "discord.api_url"),
        pytest.param("BRIEFBOT_DISCORD__GATEWAY_URL", "ws://dc.example", "discord.gateway_url"),
    ],
)
def test_the_names_that_deployments_rely_on(monkeypatch, variable, value, key):
    """The bot is reached and its database named by these variables; other names would break it."""
    monkeypatch.setenv(variable, value)
    found: object = load_settings(Settings)
    for name in key.split("."):
        found = getattr(found, name)
    assert (found.get_secret_value() if isinstance(found, SecretStr) else found) == value


def test_all_problems_are_told_at_once(monkeypatch, tmp_path):
    """One run names every fault, each with where it was set, in file and environment alike."""
    file = tmp_path / "own.toml"
    file.write_text('colour = 1\n[fetch]\nallow_host = ["x"]\nmax_bytes = "lots"')
    monkeypatch.setenv("BRIEFBOT_FETCH__DEADLINE_SECONDS", "soon")
    monkeypatch.setenv("BRIEFBOT_FETCH__DEADLIN", "3")
    found = {(type(problem), problem.key, problem.place) for problem in problems(file)}
    assert found == {
        (UnknownSetting, "colour", str(file)),
        (UnknownSetting, "fetch.allow_host", str(file)),
        (UnknownSetting, "fetch.deadlin", "BRIEFBOT_FETCH__DEADLIN"),
        (SettingRefused, "fetch.max_bytes", str(file)),
        (SettingRefused, "fetch.deadline_seconds", "BRIEFBOT_FETCH__DEADLINE_SECONDS"),
    }


def test_an_unknown_setting_names_the_nearest(monkeypatch):
    """Who mistypes a setting is told which one they probably meant."""
    monkeypatch.setenv("BRIEFBOT_FETCH__ALLOWED_HOSTS", "x")
    [problem] = problems()
    assert problem.nearest == "fetch.allow_hosts"


def test_a_setting_like_no_other_names_none(monkeypatch):
    """A name that resembles no setting is not taken for one."""
    monkeypatch.setenv("BRIEFBOT_COLOUR", "x")
    [problem] = problems()
    assert problem.nearest is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("BRIEFBOT_FETCH__ALLOW_HOSTS", "http://intranet.example", id="address"),
        pytest.param("BRIEFBOT_FETCH__ALLOW_HOSTS", '["intranet', id="broken JSON"),
        pytest.param("BRIEFBOT_FETCH__DEADLINE_SECONDS", "0", id="no time"),
        pytest.param("BRIEFBOT_FETCH__DEADLINE_SECONDS", "nan", id="no number"),
        pytest.param("BRIEFBOT_FETCH__MAX_BYTES", "1e99", id="out of bounds"),
        pytest.param("BRIEFBOT_SLACK__API_URL", "slack.example/api", id="half an address"),
        pytest.param("BRIEFBOT_DISCORD__GATEWAY_URL", "https://gw.example", id="no websocket"),
    ],
)
def test_a_value_that_does_not_fit(monkeypatch, name, value):
    """A refused value is told with the value and with what would fit."""
    monkeypatch.setenv(name, value)
    [problem] = problems()
    assert isinstance(problem, SettingRefused)
    assert problem.place == name
    assert problem.expects
    assert value in explain(problem)


def test_a_variable_counts_in_any_case(monkeypatch, tmp_path):
    """A variable in lower case is read, and a fault in it told, as in upper case."""
    monkeypatch.setenv("briefbot_fetch__deadline_seconds", "soon")
    monkeypatch.setenv("briefbot_config", str(tmp_path / "none.toml"))
    (tmp_path / "none.toml").write_text("[fetch]\nmax_bytes = 1")
    assert {(type(problem), problem.key, problem.place) for problem in problems()} == {
        (SettingRefused, "fetch.deadline_seconds", "briefbot_fetch__deadline_seconds"),
        (SettingRefused, "fetch.max_bytes", str(tmp_path / "none.toml")),
    }


class _OddPrefix(BaseSettings):
    """Reads variables that we don't look for."""

    model_config = SettingsConfigDict(env_prefix="ODDBOT_")
    size: int = 1


def test_wrong_settings_always_name_a_problem(monkeypatch):
    """A fault whose place is unknown is told all the same."""
    monkeypatch.setenv("ODDBOT_SIZE", "big")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings(_OddPrefix)
    assert "size" in explain(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[fetch]\nallow_hosts = [1, "x"]', id="number in a list"),
        pytest.param("fetch = 3", id="no table"),
        pytest.param("[fetch.max_bytes]\nx = 1", id="table for a number"),
        pytest.param("_env_file = 'x'", id="the library's own argument"),
    ],
)
def test_a_file_of_the_wrong_shape(tmp_path, text):
    """A file that is TOML but no settings of ours is a problem, never a crash."""
    file = tmp_path / "own.toml"
    file.write_text(text)
    [problem] = problems(file)
    assert problem.place == str(file)


@pytest.mark.parametrize("value", ["3", "nonsense", "{}"])
def test_a_whole_group_in_one_variable(monkeypatch, value):
    """A variable for a group of settings is none that we know."""
    monkeypatch.setenv("BRIEFBOT_FETCH", value)
    [problem] = problems()
    assert isinstance(problem, UnknownSetting)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"fetch = ", id="no TOML"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, body):
    """A named file that is missing or broken is told, never passed over."""
    file = tmp_path / "own.toml"
    if body is not None:
        file.write_bytes(body)
    [problem] = problems(file)
    assert isinstance(problem, SettingsFileUnreadable)
    assert problem.place == str(file)


class _Chat(BaseModel):
    token: SecretStr | None = None
    size: int = 1


class _WithSecret(BaseSettings):
    """Settings as they will be once there is something to hide."""

    model_config = SettingsConfigDict(env_prefix="BRIEFBOT_", env_nested_delimiter="__")
    chat: _Chat = _Chat()


def test_a_secret_prints_as_stars(tmp_path):
    """No message shows a secret, not even one that was refused."""
    file = tmp_path / "own.toml"
    file.write_text('[chat]\ntoken = ["xoxb-secret"]\nsize = "big"')
    with pytest.raises(SettingsInvalid) as caught:
        load_settings(_WithSecret, file)
    text = explain(caught.value)
    assert "“***”" in text
    assert "“big”" in text
    assert "xoxb" not in text


def _leaves(tables: dict, above: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield above + name, value


def _as_written(default: object) -> object:
    """A default as TOML holds it."""
    if isinstance(default, tuple):
        return list(default)
    return default.get_secret_value() if isinstance(default, SecretStr) else default


def test_the_example_documents_every_setting_with_its_default():
    """config/example.toml holds exactly the settings that exist, each with its default."""
    written = dict(_leaves(tomllib.loads(EXAMPLE.read_text())))
    defaults = {key: _as_written(field.default) for key, field in known_settings(Settings)}
    assert written == defaults


def test_the_example_explains_every_setting():
    """Above each setting of the example stands a comment that holds its description."""
    text = " ".join(line.removeprefix("#").strip() for line in EXAMPLE.read_text().splitlines())
    for key, field in known_settings(Settings):
        assert field.description.rstrip(".") in text, key


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        pytest.param("NO_COLOR", "1", False, id="NO_COLOR"),
        pytest.param("NO_COLOR", "", True, id="empty NO_COLOR"),
        pytest.param("TERM", "dumb", False, id="dumb terminal"),
        pytest.param("TERM", "xterm", True, id="usual terminal"),
    ],
)
def test_colours_can_be_turned_off(monkeypatch, variable, value, wanted):
    """NO_COLOR counts when it is not empty (no-color.org); a dumb terminal has none."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    assert wants_colour() is wanted
