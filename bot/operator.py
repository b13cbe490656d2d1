"""Schedules managed from a terminal, with the words of the slash commands.

Who has the terminal may change them. It talks to the store and to no platform.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from bot import messages
from bot.app_service import build_dry_parts, build_parts
from bot.commands import Asker, CommandHandler, CommandRequest, telling
from bot.platform import Destination
from bot.settings import Settings
from bot.store.port import Store
from bot.store.schema import check_schema
from bot.store.sql import open_store
from briefings.ports import Clock
from briefings.rendering.text import document_to_text

_OPERATOR = "operator"


async def run_command(settings: Settings, text: str, where: Destination) -> tuple[bool, str]:
    """Whether it was done, and what to tell. `where`: the channel that was named, if any was.

    Raises BotError where the database can't be used.
    """
    url = settings.database_url.get_secret_value()
    await check_schema(url)
    shown = build_dry_parts(settings, lambda *_: None)
    parts = build_parts(settings, open_store(url), shown.platforms)
    try:
        return await _answer(parts.commands, parts.store, parts.clock, text, where)
    finally:
        await shown.close()
        await parts.close()


async def _answer(
    commands: CommandHandler, store: Store, clock: Clock, text: str, where: Destination
) -> tuple[bool, str]:
    word, _, rest = text.partition(" ")
    schedule = await store.find_schedule(rest.split()[0]) if rest.split() else None
    match word.lower():
        case "list" if not where.channel_id:
            found = await store.list_schedules(
                platform=where.platform if where.tenant_id else None,
                tenant_id=where.tenant_id or None,
            )
            lines = [telling.summary_line(one, with_channel=True) for one in found]
            return True, "\n".join(lines) or messages.OPERATOR_NONE
        case "run" if schedule and schedule.is_paused:
            return False, messages.OPERATOR_PAUSED.format(id=schedule.id)
        case "run" if schedule:
            # The bot that runs posts it at its next look: one process posts, not two.
            await store.update_schedule(replace(schedule, next_fire_at=clock.now()))
            return True, messages.OPERATOR_RUN.format(id=schedule.id)
        case "add" if not (where.tenant_id and where.channel_id):
            return False, messages.OPERATOR_WHERE
    reply = await commands.run(
        CommandRequest(
            id=secrets.token_hex(4),
            destination=schedule.destination if schedule else where,
            asker=Asker(_OPERATOR, may_manage=True),
            name="briefing",
            options={"text": text},
        )
    )
    told = document_to_text(reply.document)
    # What to type stands in a refusal as it is typed in a channel.
    return not reply.is_refused, messages.for_terminal(told) if reply.is_refused else told
