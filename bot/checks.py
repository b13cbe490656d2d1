"""`briefbot check`: what is right and what is wrong with how the bot is set up.

It changes nothing; each finding says what to do.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import aiohttp
from discord.http import Route
from slack_sdk.errors import SlackApiError

from bot import messages
from bot.errors import BotError
from bot.settings import Settings
from bot.slack.clients import API_URL
from bot.slack.marker import Marker
from bot.slack.post import SlackPlatform
from bot.slack.refusals import word_of
from bot.slack.scopes import missing_scopes
from bot.slack.serve import REFUSED
from bot.store.database import Database
from bot.store.schema import check_schema

_SHAPES = {
    "slack.bot_token": re.compile(r"xoxb-[\w-]{10,}"),
    "slack.app_token": re.compile(r"xapp-[\w-]{10,}"),
    "slack.signing_secret": re.compile(r"[0-9a-f]{32}"),
    "discord.token": re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}"),
}
#: Seconds by which our clock may differ: Slack refuses requests that are five minutes off.
_LARGEST_DRIFT = 60
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part. `told` is a sentence."""

    part: str
    told: str
    is_wrong: bool = False

    @property
    def sign(self) -> str:
        return "✗" if self.is_wrong else "✓"


async def run_checks(settings: Settings) -> list[Finding]:
    """All checks; what can't be reached from here is said to be so, and is no fault."""
    found = [Finding("settings", messages.CHECK_SETTINGS)]
    found += _check_tokens(settings)
    found.append(await _check_database(settings.database_url.get_secret_value()))
    found.append(Finding("zone", _say_time(settings.team.zone)))
    if settings.slack.bot_token.get_secret_value():
        found += [finding async for finding in _check_slack(settings)]
    if settings.discord.token.get_secret_value():
        found += [finding async for finding in _check_discord(settings)]
    return found


def _check_tokens(settings: Settings) -> list[Finding]:
    """Whether each token that is set looks like one."""
    values = {
        key: getattr(getattr(settings, key.split(".")[0]), key.split(".")[1]).get_secret_value()
        for key in _SHAPES
    }
    given = [key for key, value in values.items() if value]
    if not given:
        return [Finding("tokens", messages.CHECK_NO_TOKENS)]
    return [
        Finding(key, messages.CHECK_SHAPE)
        if _SHAPES[key].fullmatch(values[key])
        else Finding(
            key, messages.CHECK_NO_SHAPE.format(form=messages.CHECK_FORMS[key]), is_wrong=True
        )
        for key in given
    ]


async def _check_database(url: str) -> Finding:
    try:
        place = Database(url).place
        await check_schema(url)
    except BotError as error:
        return Finding("database", messages.explain(error), is_wrong=True)
    return Finding("database", messages.CHECK_DATABASE.format(place=place))


def _say_time(zone: str) -> str:
    return messages.CHECK_ZONE.format(zone=zone, now=f"{datetime.now(ZoneInfo(zone)):%H:%M}")


async def _check_slack(settings: Settings) -> AsyncIterator[Finding]:
    token = settings.slack.bot_token.get_secret_value()
    address = f"{settings.slack.api_url}/" if settings.slack.api_url else API_URL
    platform = SlackPlatform(token, marker=Marker(b"unused"), api_url=address)

    async def ask() -> Finding:
        try:
            missing = missing_scopes(await platform.granted_scopes())
        except SlackApiError as error:
            if word_of(error) not in REFUSED:
                raise
            return Finding("slack", messages.CHECK_REFUSED, is_wrong=True)
        if missing:
            told = messages.CHECK_SCOPES.format(scopes=", ".join(missing))
            return Finding("slack", told, is_wrong=True)
        return Finding("slack", messages.CHECK_REACHED)

    yield await _patiently("slack", ask)
    yield await _patiently("clock", lambda: _check_clock(f"{address}api.test"))


async def _check_discord(settings: Settings) -> AsyncIterator[Finding]:
    token = settings.discord.token.get_secret_value()
    address = settings.discord.api_url or Route.BASE

    async def ask() -> Finding:
        headers = {"Authorization": f"Bot {token}"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{address}/users/@me", headers=headers) as answer,
        ):
            if answer.status == 401:  # noqa: PLR2004  # the token is refused
                return Finding("discord", messages.CHECK_REFUSED, is_wrong=True)
            answer.raise_for_status()
            return Finding("discord", messages.CHECK_REACHED)

    yield await _patiently("discord", ask)
    yield await _patiently("clock", lambda: _check_clock(f"{address}/gateway"))


async def _check_clock(address: str) -> Finding:
    """Our clock against that of a server's answer."""
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        theirs = parsedate_to_datetime(answer.headers["Date"])
    drift = abs((datetime.now(UTC) - theirs).total_seconds())
    if drift > _LARGEST_DRIFT:
        return Finding("clock", messages.CHECK_DRIFT.format(seconds=round(drift)), is_wrong=True)
    return Finding("clock", messages.CHECK_CLOCK)


async def _patiently(part: str, ask: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await ask()
    except Exception as error:  # noqa: BLE001  # whatever it was, nobody was reached
        return Finding(part, messages.CHECK_UNREACHED.format(reason=type(error).__name__))
