"""What can be set, by group: each setting with its default, its bounds and what it is for.

It reads nothing; `settings` does.
"""

from __future__ import annotations

import json
import zoneinfo
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from briefings.languages import ENGLISH, read_language


def _to_list(value: object) -> object:
    """A list from the environment: JSON, or names parted by commas."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [name.strip() for name in value.split(",") if name.strip()]


def _to_host(value: str) -> str:
    if not value or any(character in value for character in "/@ "):
        raise ValueError("not the bare name of a host")
    return value.lower()


Host = Annotated[str, AfterValidator(_to_host)]


def _to_address(value: str, *schemes: str) -> str:
    """A service's address without a slash at its end; "" stays: the platform's own."""
    parts = urlsplit(value)  # raises ValueError for what is no address
    if value and not (parts.scheme in schemes and parts.hostname):
        raise ValueError("not a whole address")
    return value.rstrip("/")


Address = Annotated[str, AfterValidator(lambda value: _to_address(value, "https", "http"))]
SocketAddress = Annotated[str, AfterValidator(lambda value: _to_address(value, "wss", "ws"))]


class FetchSettings(BaseModel):
    """How pages and feeds are fetched."""

    allow_hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_to_list)] = Field(
        default=(),
        description="Hosts on a private network that may be fetched from all the same.",
        json_schema_extra={
            "expects": "host names or addresses without http:// and without a path,"
            " such as intranet.example or 192.168.1.20:8080"
        },
    )
    deadline_seconds: float = Field(
        default=20.0,
        ge=1,
        le=300,
        description="How long one page or feed may take altogether, redirects included.",
        json_schema_extra={"expects": "a number of seconds from 1 to 300, such as 20"},
    )
    max_bytes: int = Field(
        default=5_000_000,
        ge=10_000,
        le=50_000_000,
        description="How large one page or feed may be once decoded.",
        json_schema_extra={
            "expects": "a whole number of bytes from 10000 to 50000000, such as 5000000"
        },
    )


def _to_language(value: str) -> str:
    return read_language(value)  # raises ValueError for what is none


def _to_zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise ValueError("no such zone")
    return value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_to_list)]


class SlackSettings(BaseModel):
    """How Slack is reached: over Socket Mode with an app token, or over HTTP with a secret."""

    bot_token: SecretStr = Field(
        default=SecretStr(""),
        description="The bot's token, from the app's page OAuth & Permissions.",
        json_schema_extra={"expects": "a token that begins with xoxb-"},
    )
    app_token: SecretStr = Field(
        default=SecretStr(""),
        description="The app-level token with connections:write; set, Socket Mode is used.",
        json_schema_extra={"expects": "a token that begins with xapp-"},
    )
    signing_secret: SecretStr = Field(
        default=SecretStr(""),
        description="The signing secret, from Basic Information; for HTTP in place of Socket Mode.",
        json_schema_extra={"expects": "the 32 hexadecimal digits that Slack shows"},
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address for Slack's requests; a proxy with TLS stands before it.",
        json_schema_extra={"expects": "an address of this machine, such as 127.0.0.1"},
    )
    port: int = Field(
        default=3000,
        ge=1,
        le=65535,
        description="The port for Slack's requests.",
        json_schema_extra={"expects": "a port from 1 to 65535, such as 3000"},
    )
    api_url: Address = Field(
        default="",
        description="Where Slack's Web API is reached, if not at Slack itself.",
        json_schema_extra={"expects": "a whole address, such as https://slack.com/api"},
    )


class DiscordSettings(BaseModel):
    """How Discord is reached."""

    token: SecretStr = Field(
        default=SecretStr(""),
        description="The bot's token, from the application's page Bot.",
        json_schema_extra={"expects": "the token as Discord shows it, without the word Bot"},
    )
    api_url: Address = Field(
        default="",
        description="Where Discord's HTTP API is reached, if not at Discord itself.",
        json_schema_extra={
            "expects": "a whole address with the version, such as https://discord.com/api/v10"
        },
    )
    gateway_url: SocketAddress = Field(
        default="",
        description="Where Discord's gateway is reached, if not at Discord itself.",
        json_schema_extra={"expects": "a whole address, such as wss://gateway.discord.gg"},
    )


class TeamSettings(BaseModel):
    """What holds for the team where nothing else is said."""

    zone: Annotated[str, AfterValidator(_to_zone)] = Field(
        default="UTC",
        description="The time zone of schedules that name none.",
        json_schema_extra={"expects": "a zone of the IANA database, such as Europe/Berlin"},
    )
    language: Annotated[str, AfterValidator(_to_language)] = Field(
        default=ENGLISH,
        description="The language of briefings that name none; all but English need a model.",
        json_schema_extra={"expects": "a language by name or code, such as German or de"},
    )


class AccessSettings(BaseModel):
    """Who may change schedules besides those who may manage the channel or guild."""

    users: Names = Field(
        default=(),
        description="Their ids on Slack or Discord.",
        json_schema_extra={"expects": "ids of users, such as U012AB3CD or 80351110224678912"},
    )
    roles: Names = Field(
        default=(),
        description="Ids of Discord roles whose members may.",
        json_schema_extra={"expects": "ids of roles, such as 41771983423143936"},
    )


class HealthSettings(BaseModel):
    """The small server that tells monitoring how the bot does."""

    host: str = Field(
        default="127.0.0.1",
        description="The address of /healthz and /metrics.",
        json_schema_extra={"expects": "an address of this machine, such as 127.0.0.1"},
    )
    port: int = Field(
        default=9464,
        ge=0,
        le=65535,
        description="Their port; 0 turns them off.",
        json_schema_extra={"expects": "a port from 1 to 65535, or 0 for none"},
    )


class WorkSettings(BaseModel):
    """How much is done at once."""

    processes: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that analyse articles, about 200 MB each.",
        json_schema_extra={"expects": "a whole number from 1 to 64, such as 2"},
    )
    articles: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Articles that are fetched and analysed at the same time.",
        json_schema_extra={"expects": "a whole number from 1 to 64, such as 4"},
    )


EngineName = Literal["extractive", "llm", "auto"]


class SummarizerSettings(BaseModel):
    """Who makes the briefings: the embedded engine, or a language model held to the article."""

    engine: EngineName = Field(
        default="auto",
        description="Who makes briefings unless a command or schedule says: extractive, llm, auto.",
        json_schema_extra={"expects": "extractive, llm or auto"},
    )
    model: str = Field(
        default="",
        description="The model, as PROVIDER:NAME; needs pip install 'briefbot[llm]'.",
        json_schema_extra={
            "expects": "a provider and a model's name parted by a colon, such as ollama:llama3.2"
        },
    )
    base_url: str = Field(
        default="",
        description="Where the model is reached, if not at its provider's usual address.",
        json_schema_extra={"expects": "an address such as http://127.0.0.1:8080/v1"},
    )
    key: SecretStr = Field(
        default=SecretStr(""),
        description="The provider's key.",
        json_schema_extra={"expects": "the key as the provider shows it"},
    )
    seconds: float = Field(
        default=60.0,
        ge=1,
        le=600,
        description="How long a briefing may take; then the embedded engine's is there.",
        json_schema_extra={"expects": "a number of seconds from 1 to 600, such as 60"},
    )
    tokens: int = Field(
        default=60_000,
        ge=1_000,
        le=2_000_000,
        description="Tokens that one briefing may take, both ways and all exchanges together.",
        json_schema_extra={"expects": "a whole number from 1000 to 2000000, such as 60000"},
    )
    exchange_tokens: int = Field(
        default=16_000,
        ge=1_000,
        le=1_000_000,
        description="Tokens of one exchange; longer articles go in parts.",
        json_schema_extra={"expects": "a whole number from 1000 to 1000000, such as 16000"},
    )
    exchanges_per_day: int = Field(
        default=200,
        ge=0,
        le=1_000_000,
        description="How often the model may be asked in a day (UTC) for one workspace or guild.",
        json_schema_extra={"expects": "a whole number from 0 to 1000000, such as 200"},
    )
    repairs: bool = Field(
        default=True,
        description="Whether lines that do not hold go back to the model, once a briefing.",
        json_schema_extra={"expects": "true or false"},
    )
    at_once: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Briefings that the model is asked for at the same time.",
        json_schema_extra={"expects": "a whole number from 1 to 64, such as 2"},
    )


def wants_model(settings: SummarizerSettings) -> bool:
    """Whether a model is to be asked, be one named or not."""
    return settings.engine == "llm" or (settings.engine == "auto" and bool(settings.model))
