"""The bot in a workspace: connected by Socket Mode or served over signed HTTP, until told to stop.

It wires this package together; what people do is handled by the listeners.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import messages
from bot.commands import Commands
from bot.errors import SettingRefused
from bot.slack.answers import Answers
from bot.slack.clients import sdk_logger
from bot.slack.listeners import PATIENCE, ForgetTenant, Listeners
from bot.slack.modals import GRACE, Modals
from bot.slack.over_http import PATH, serve_http
from bot.slack.over_socket import LOST, keep_connected
from bot.slack.post import SlackPlatform
from bot.slack.refusals import CALL_FAILED, word_of
from bot.slack.running import RememberEvent, Runner

#: Slack's words for a token that will never do.
REFUSED: Final = frozenset(
    {"account_inactive", "invalid_auth", "not_allowed_token_type", "not_authed", "token_revoked"}
)
#: Seconds between tries to reach Slack at the start: the first, and the longest.
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0

_log = logging.getLogger(__name__)


class SlackBot:
    """One workspace's bot. `remember_event` and `forget_tenant` are the store's."""

    def __init__(
        self,
        commands: Commands,
        platform: SlackPlatform,
        *,
        bot_token: str,
        remember_event: RememberEvent,
        forget_tenant: ForgetTenant,
        patience: float = PATIENCE,
        grace: float = GRACE,
        stop_within: float = 20.0,
        lost: float = LOST,
    ) -> None:
        self._platform = platform
        self._bot_token = bot_token
        self._stop_within = stop_within
        self._lost = lost
        runner, answers = Runner(commands, remember_event), Answers(platform)
        modals = Modals(runner, answers, grace=grace)
        self.listeners = Listeners(
            runner, answers, modals, forget_tenant=forget_tenant, patience=patience
        )
        #: Set while Slack reaches us.
        self.connected = asyncio.Event()

    async def serve_socket(self, app_token: str, stop: asyncio.Event) -> None:
        """Stay connected by Socket Mode until `stop`, then finish what was begun.

        Raises SettingRefused for a token that Slack refuses.
        """
        async with self._running("", stop) as app:
            client = AsyncWebClient(base_url=self._platform.api_url, logger=sdk_logger())
            try:
                await keep_connected(
                    app, client, app_token, stop, on_change=self._note, lost=self._lost
                )
            except SlackApiError as error:
                raise _refusal("slack.app_token", messages.SLACK_EXPECTS_APP) from error

    async def serve_http(
        self,
        signing_secret: str,
        stop: asyncio.Event,
        *,
        host: str,
        port: int,
        path: str = PATH,
    ) -> None:
        """Take signed requests at http://host:port/path until `stop`, then finish what was begun.

        Raises SettingRefused for a token that Slack refuses, OSError where the port is taken.
        """
        async with self._running(signing_secret, stop) as app:
            await serve_http(
                app, signing_secret, stop, host=host, port=port, path=path, on_change=self._note
            )

    @asynccontextmanager
    async def _running(self, signing_secret: str, stop: asyncio.Event) -> AsyncIterator[AsyncApp]:
        identity = await self._identify(stop)
        app = self._build_app(identity, signing_secret)
        try:
            yield app
        finally:
            self.connected.clear()
            if cut := await self.listeners.finish(self._stop_within):
                _log.warning("%d requests were cut short by the stop", cut)

    @property
    def is_connected(self) -> bool:
        """Whether Slack reaches us at this moment."""
        return self.connected.is_set()

    def _note(self, *, is_connected: bool) -> None:
        if is_connected == self.connected.is_set():
            return
        _log.info("slack: %s", "connected" if is_connected else "not connected")
        if is_connected:
            self.connected.set()
        else:
            self.connected.clear()

    async def _identify(self, stop: asyncio.Event) -> AuthorizeResult:
        """Who we are, asked once before anything is served, so that no request waits for it."""
        wait = _FIRST_WAIT
        while not stop.is_set():
            try:
                return AuthorizeResult.from_auth_test_response(
                    bot_token=self._bot_token,
                    auth_test_response=await self._platform.reading.auth_test(),
                )
            except CALL_FAILED as error:
                if isinstance(error, SlackApiError) and word_of(error) in REFUSED:
                    raise _refusal("slack.bot_token", messages.SLACK_EXPECTS_BOT) from error
                _log.warning("slack is not reached (%s): next try in %g s", error, wait)
            await _wait_for(stop, wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        return AuthorizeResult(enterprise_id=None, team_id=None)

    def _build_app(self, identity: AuthorizeResult, signing_secret: str) -> AsyncApp:
        async def authorize() -> AuthorizeResult:
            return identity

        app = AsyncApp(
            name="briefbot",
            logger=sdk_logger(),
            signing_secret=signing_secret,
            client=AsyncWebClient(base_url=self._platform.api_url, logger=sdk_logger()),
            authorize=authorize,
            # Our listeners return at once; without this, bolt looks every 10 ms if they have.
            process_before_response=True,
            raise_error_for_unhandled_request=True,
        )
        app.error(_acknowledge_unknown)
        self.listeners.register(app)
        return app


async def _acknowledge_unknown(error: Exception) -> BoltResponse | None:
    """What nobody listens to is acknowledged all the same: Slack would send it again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    _log.error("what Slack sent was not handled", exc_info=error)
    return None


def _refusal(key: str, expects: str) -> SettingRefused:
    return SettingRefused(key, "refused by Slack", value="***", expects=expects)


async def _wait_for(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
