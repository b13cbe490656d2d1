"""Answers interactions: acknowledge, have the command run, show its reply to whom it is for.

What the command does and says is decided in `bot.commands`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from bot import messages_discord as words
from bot.commands import CommandRequest, Commands, Form, Reply
from bot.discord.acknowledging import defer, respond
from bot.discord.components import page_of, page_with, to_modal
from bot.discord.custom_ids import CustomId
from bot.discord.drafts import Drafts, fill_in
from bot.discord.requests import Interaction
from bot.discord.showing import ReplyWriter, say
from bot.errors import BotError

#: An interaction's token lives 15 minutes; the last is for showing the reply.
PATIENCE: Final = 14 * 60.0
#: Forms and suggestions are first answers themselves, due within 3 seconds.
QUICKLY: Final = 2.0
#: Interactions are remembered, as a resumed gateway session may tell of one again.
REMEMBERED: Final = 10_000
SUGGESTIONS: Final = 25
LONGEST_SUGGESTION: Final = 100

_log = logging.getLogger(__name__)


class Answers:
    """Handles each interaction once, and knows which are under way.

    `patience`: seconds that a command may take.
    """

    def __init__(
        self, commands: Commands, writer: ReplyWriter, *, patience: float = PATIENCE
    ) -> None:
        self._commands = commands
        self._writer = writer
        self._patience = patience
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._under_way: set[asyncio.Task[object]] = set()
        self._drafts = Drafts()
        self._is_closing = False

    def is_new(self, interaction: Interaction) -> bool:
        """Whether this interaction is met for the first time; from now on it is known."""
        if interaction.id in self._seen:
            return False
        self._seen[interaction.id] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def answer(
        self,
        interaction: Interaction,
        request: CommandRequest,
        *,
        is_private: bool = True,
        more: CustomId | None = None,
        page: int = 0,
    ) -> None:
        """Acknowledge, run the command, show the reply.

        `page`: the page of a form that was sent; `more`: its next one, if any.
        """
        with self._tracked():
            if not await defer(interaction, is_private=is_private):
                return
            try:
                reply = await self._run(request)
                way = self._drafts.keep(request, reply, page) or more
                await self._writer.show(
                    interaction, request, reply, is_private=is_private, more=way
                )
            except asyncio.CancelledError:
                await self._writer.excuse(interaction)
                raise

    async def tell(self, interaction: Interaction, title: str, *lines: str) -> None:
        """Answer with plain sentences, to whoever asked alone."""
        with self._tracked():
            if await defer(interaction, is_private=True):
                await self._writer.tell(interaction, title, *lines)

    async def open_form(
        self, interaction: Interaction, request: CommandRequest, page: int = 0, draft: str = ""
    ) -> None:
        """Open the form that `request` asks for, filled in with what the draft of that key holds.

        Where there is none, the command says why.
        """
        with self._tracked():
            try:
                form = await self._form(request)
            except BotError:
                await self.answer(interaction, request)
                return
            if form is not None:
                form, page = self._filled_in(form, page, draft)
            if form is None or not page_of(form, page)[0]:
                await self.tell(interaction, *words.FORM_TOOK_TOO_LONG)
                return
            modal = to_modal(form, page, draft=draft)
            await respond(interaction, lambda: interaction.response.send_modal(modal))

    def _filled_in(self, form: Form, page: int, draft: str) -> tuple[Form, int]:
        """The form with what was typed before, and the page on which the mistake stands."""
        typed = self._drafts.find(draft)
        if typed is None:
            return form, page
        filled = fill_in(form, typed)
        wrong = page_with(filled, typed.wrong_option)
        return filled, page if wrong is None else wrong

    def typed(self, draft: str) -> Mapping[str, str]:
        """What was typed before, by option; nothing where that is no longer known."""
        known = self._drafts.find(draft)
        return known.options if known else {}

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> tuple[str, ...]:
        """At most 25 completions, each of a length that Discord takes; none where it takes long."""
        try:
            async with asyncio.timeout(QUICKLY):
                found = await self._commands.suggest(request, option, typed)
        except Exception as error:  # noqa: BLE001  # typing goes on without completions
            _log.warning("interaction %s: no suggestions: %s", request.id, type(error).__name__)
            return ()
        fitting = (text for text in found if 0 < len(text) <= LONGEST_SUGGESTION)
        return tuple(dict.fromkeys(fitting))[:SUGGESTIONS]

    async def close(self, limit: float) -> None:
        """Take no more commands; let those under way end within `limit` seconds, then stop them."""
        self._is_closing = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=limit)
        left = tuple(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _run(self, request: CommandRequest) -> Reply:
        if self._is_closing:
            return say(*words.INTERRUPTED)
        try:
            async with asyncio.timeout(self._patience):
                return await self._commands.run(request)
        except TimeoutError:
            return replace(say(*words.TOOK_TOO_LONG), is_refused=True)
        except Exception as error:  # noqa: BLE001  # a person never sees a traceback
            _log.error("request %s: %s failed: %s", request.id, request.name, type(error).__name__)
            _log.debug("request %s", request.id, exc_info=error)
            title, advice = words.UNEXPECTED
            return replace(say(title, advice.format(request_id=request.id)), is_refused=True)

    async def _form(self, request: CommandRequest) -> Form | None:
        try:
            async with asyncio.timeout(QUICKLY):
                return await self._commands.form(request)
        except BotError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it was, the asker is told
            _log.warning("request %s: no form: %s", request.id, type(error).__name__)
            return None

    @contextmanager
    def _tracked(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task is None or task in self._under_way:
            yield
            return
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)
