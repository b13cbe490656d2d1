"""The gateway client: hands each event on to whom it concerns, and keeps nothing it need not.

It answers nobody itself; reconnecting for good is the adapter's job.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot import messages_discord as words
from bot.commands import FORM, CommandRequest
from bot.discord.answers import Answers
from bot.discord.api import LONGEST_WAIT
from bot.discord.components import read_modal
from bot.discord.custom_ids import CustomId, read_custom_id
from bot.discord.drafts import FORMS
from bot.discord.registration import register
from bot.discord.requests import Interaction, to_request
from bot.discord.tree import Tree

#: Forgets everything of a guild, by its id.
ForgetTenant = Callable[[str], Awaitable[None]]
_log = logging.getLogger(__name__)


class GatewayClient(discord.Client):
    """One connection; a new one is made for each start, as discord.py can't reopen a closed one.

    It asks for the guilds intent alone, which is not a privileged one, and stores no messages.
    """

    def __init__(self, answers: Answers, forget_tenant: ForgetTenant) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._answers = answers
        self._forget_tenant = forget_tenant
        self._tree = Tree(self, answers)

    async def setup_hook(self) -> None:
        if await register(self._tree):
            _log.info("Discord was told of the commands")

    async def on_interaction(self, interaction: Interaction) -> None:
        """Buttons and sent forms; the tree has the commands."""
        match interaction.type:
            case discord.InteractionType.component if self._answers.is_new(interaction):
                await self._press(interaction)
            case discord.InteractionType.modal_submit if self._answers.is_new(interaction):
                await self._submit(interaction)
            case _:
                return

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed; of an outage discord.py tells by `on_guild_unavailable`.

        `guild.unavailable` says nothing here: it may be left over from an outage before.
        """
        await self._forget_tenant(str(guild.id))

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Name what failed; its words may hold a token or an article's text."""
        _log.error("%s failed", event_method, exc_info=_log.isEnabledFor(logging.DEBUG))

    async def _press(self, interaction: Interaction) -> None:
        pressed = _custom_id(interaction)
        if pressed is None or pressed.kind == "form":
            await self._answers.tell(interaction, *words.OLD_BUTTON)
            return
        request = _request(interaction, pressed, {"id": pressed.value})
        if pressed.kind == "more" or pressed.command in {*FORMS, FORM}:
            await self._answers.open_form(interaction, request, pressed.page, pressed.draft)
        else:
            await self._answers.answer(interaction, request)

    async def _submit(self, interaction: Interaction) -> None:
        sent = _custom_id(interaction)
        if sent is None or sent.kind != "form":
            await self._answers.tell(interaction, *words.OLD_BUTTON)
            return
        filled_in = read_modal(_payload(interaction).get("components", ()))
        request = _request(interaction, sent, {**self._answers.typed(sent.draft), **filled_in})
        await self._answers.answer(interaction, request, more=_next_page(sent), page=sent.page)


def _next_page(sent: CustomId) -> CustomId | None:
    """The rest of a form that edits something; what is new has its id only in the reply."""
    following = CustomId("more", sent.command, sent.value, sent.page + 1, sent.pages)
    has_more = sent.value and following.page < sent.pages
    return following if has_more and following.fits else None


def _request(interaction: Interaction, sent: CustomId, options: dict[str, str]) -> CommandRequest:
    """What was pressed or sent names its command, and gives its value as the option "value"."""
    given = {"value": sent.value} if sent.value else {}
    kept = options if sent.value or sent.kind == "form" else {}
    return to_request(interaction, sent.command, {**given, **kept})


def _custom_id(interaction: Interaction) -> CustomId | None:
    return read_custom_id(str(_payload(interaction).get("custom_id", "")))


def _payload(interaction: Interaction) -> dict[str, Any]:
    return dict(interaction.data or {})
