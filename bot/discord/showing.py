"""Shows a reply where the interaction was deferred: embeds, buttons, details in a thread.

An answer that can't be shown is told in a sentence, or noted in the log; it is never raised.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
import discord
from discord import ui

from bot import messages_discord as words
from bot.commands import CommandRequest, Reply
from bot.discord.components import to_embeds, to_view
from bot.discord.custom_ids import CustomId
from bot.discord.failures import UNKNOWN_MESSAGE, describe
from bot.discord.requests import Interaction
from bot.errors import DeliveryError
from bot.platform import Message, Platform
from briefings.rendering.discord import document_to_discord
from briefings.rendering.nodes import Document, Line, Paragraph, Run, Section

#: Seconds in which a reply must be shown; discord.py would wait out any limit Discord names.
PATIENCE: Final = 60.0
#: Seconds for a last word while the bot stops.
LAST_WORD: Final = 2.0
#: Seconds before a second try.
BREATH: Final = 0.5
#: KeyError: discord.py 2.7 takes for granted that a 429 says how long to wait.
_BROKEN_OFF: Final = (aiohttp.ClientError, OSError, KeyError)
_NOBODY: Final = discord.AllowedMentions.none()
_log = logging.getLogger(__name__)


def say(title: str, *lines: str) -> Reply:
    """A private reply of plain sentences."""
    blocks = tuple(Paragraph(Line((Run("plain", line),))) for line in lines)
    sections = (Section("reply", "", blocks),) if blocks else ()
    document = Document(title=title, byline=Line(()), link=None, sections=sections, footer=())
    return Reply(notice=title, document=document)


class ReplyWriter:
    """Writes replies. `platform` posts details into the thread below a public one."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def show(
        self,
        interaction: Interaction,
        request: CommandRequest,
        reply: Reply,
        *,
        is_private: bool,
        more: CustomId | None = None,
    ) -> None:
        """Show `reply` in place of the deferred message, which `is_private` or not.

        What is for the asker alone stays so: a public wait for a private reply is taken back.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._show(interaction, request, reply, is_private=is_private, more=more)
        except discord.HTTPException as error:
            _log.error("interaction %s: reply refused: %s", interaction.id, describe(error))
            if error.code == UNKNOWN_MESSAGE:
                return  # the asker has waved the answer away
            title, detail = words.NOT_SHOWN
            await self.tell(interaction, title, detail.format(detail=f"{error.code}"))
        except _BROKEN_OFF as error:
            _log.error("interaction %s: reply lost: %s", interaction.id, describe(error))

    async def tell(self, interaction: Interaction, title: str, *lines: str) -> None:
        """Plain sentences in place of the deferred message."""
        embeds = _embeds(say(title, *lines).document)
        try:
            async with asyncio.timeout(PATIENCE):
                await _edit(interaction, *embeds[0], None)
        except (discord.HTTPException, *_BROKEN_OFF) as error:
            _log.warning("interaction %s: not told: %s", interaction.id, describe(error))

    async def excuse(self, interaction: Interaction) -> None:
        """A last word to whoever still waits while the bot stops."""
        try:
            async with asyncio.timeout(LAST_WORD):
                await self.tell(interaction, *words.INTERRUPTED)
        except TimeoutError:
            _log.warning("interaction %s: left without a word", interaction.id)

    async def _show(
        self,
        interaction: Interaction,
        request: CommandRequest,
        reply: Reply,
        *,
        is_private: bool,
        more: CustomId | None,
    ) -> None:
        parts = _embeds(reply.document)
        view = to_view(reply.buttons, more=more)
        if reply.is_private and not is_private:
            await _go_private(interaction, parts, view)
            return
        alone = view if len(parts) == 1 else None
        message = await _edit(interaction, *parts[0], alone)
        await _follow(interaction, parts[1:], view, is_private=is_private)
        if reply.details is not None and not is_private:
            await self._post_details(request, reply.details, message.id)
        elif reply.details is not None and not reply.buttons:
            await _follow(interaction, _embeds(reply.details), None, is_private=True)

    async def _post_details(
        self, request: CommandRequest, details: Document, message_id: int
    ) -> None:
        for number, body in enumerate(document_to_discord(details)):
            part = Message(body, is_detail=True)
            nonce = f"i{request.id}.{number}"
            try:
                await self._platform.post(
                    request.destination, part, nonce=nonce, thread_id=str(message_id)
                )
            except DeliveryError as error:
                _log.warning("request %s: details not posted: %s", request.id, error.detail)
                return


Part = tuple[str | None, list[discord.Embed]]


def _embeds(document: Document) -> list[Part]:
    return [(body.get("content"), to_embeds(body)) for body in document_to_discord(document)]


async def _edit(
    interaction: Interaction, content: str | None, embeds: list[discord.Embed], view: ui.View | None
) -> discord.InteractionMessage:
    """Put the first part in place of the deferred message; the same twice does no harm."""
    options: dict[str, Any] = {"content": content, "embeds": embeds, "allowed_mentions": _NOBODY}
    try:
        return await interaction.edit_original_response(**options, view=view)
    except _BROKEN_OFF:
        await asyncio.sleep(BREATH)
        return await interaction.edit_original_response(**options, view=view)


async def _go_private(
    interaction: Interaction, parts: Sequence[Part], view: ui.View | None
) -> None:
    """Answer the asker alone where everyone sees a wait.

    The wait is ended first, and taken away last: the first message after it would be as public as
    it is, and none can follow a wait that was deleted (discord-api-docs #2739, #3087).
    """
    await _edit(interaction, words.FOR_THE_ASKER, [], None)
    await _follow(interaction, parts, view, is_private=True)
    await interaction.delete_original_response()


async def _follow(
    interaction: Interaction, parts: Sequence[Part], view: ui.View | None, *, is_private: bool
) -> None:
    """Further messages; the buttons stand below the last."""
    for number, (content, embeds) in enumerate(parts, 1):
        await interaction.followup.send(
            content or discord.utils.MISSING,
            embeds=embeds,
            ephemeral=is_private,
            allowed_mentions=_NOBODY,
            view=view if view and number == len(parts) else discord.utils.MISSING,
            wait=True,
        )
