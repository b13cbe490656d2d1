"""/brief and the buttons below a briefing.

It reads no article itself: `Briefer` does, once for however many ask.
"""

from __future__ import annotations

import hashlib

from pydantic import ValidationError

from bot.briefer import Briefer
from bot.commands.drafting import read_wish
from bot.commands.grammar import split_addresses
from bot.commands.replies import buttons_for
from bot.commands.values import CommandRequest, Reply
from bot.engines import name_payer
from bot.errors import OptionRefused
from bot.posts import top_of
from bot.slots import KeptBriefing
from bot.store.port import Store
from briefings.briefing import Briefing
from briefings.ports import Clock
from briefings.rendering import SECTIONS
from briefings.rendering.links import link_address
from briefings.rendering.sections import build_document, build_evidence
from briefings.summarizers.llm.budget import paid_by

_YES = ("yes", "true", "1", "private")
#: Hexadecimal digits of a hash that name a briefing: enough for a month's worth.
_ID_LENGTH = 16


class ArticleCommands:
    """Briefs addresses, and shows parts of briefings that were made before."""

    def __init__(self, briefer: Briefer, store: Store, clock: Clock) -> None:
        self._briefer = briefer
        self._store = store
        self._clock = clock

    async def brief(self, request: CommandRequest) -> Reply:
        """The briefing of "url": its top with buttons, or the one "section" asked for."""
        typed, section = request.options.get("url", ""), request.options.get("section", "").lower()
        url = next(iter(split_addresses(typed)), typed)
        if not link_address(url):
            raise OptionRefused("url", typed, "no address" if typed else "missing")
        if section and section not in SECTIONS:
            raise OptionRefused("section", section, "unknown section")
        wish, where = read_wish(request.options), request.destination
        self._briefer.engines.ensure(wish)
        with paid_by(name_payer(where.platform, where.tenant_id)):
            briefing = await self._briefer.brief(url, wish)
        return Reply(
            notice=briefing.summary.text,
            document=build_document(briefing, [section]) if section else top_of(briefing),
            is_private=request.options.get("private", "").lower() in _YES,
            buttons=buttons_for(
                await self._keep(briefing, request), link_address(briefing.source.url)
            ),
        )

    async def show(self, request: CommandRequest) -> Reply:
        """What a button asks for: "value" is a briefing's id and a section, or "evidence"."""
        briefing_id, _, section = request.options.get("value", "").partition(" ")
        where = request.destination
        kept = await self._store.find_briefing(briefing_id, where.platform, where.tenant_id)
        if kept is None:
            raise OptionRefused("value", briefing_id, "no longer kept")
        try:
            briefing = Briefing.model_validate_json(kept.text)
        except ValidationError as error:  # another version of the bot kept it
            raise OptionRefused("value", briefing_id, "no longer kept") from error
        if section == "evidence":
            document = build_evidence(briefing)
        elif section in SECTIONS:
            document = build_document(briefing, [section])
        else:
            raise OptionRefused("section", section, "unknown section")
        return Reply(notice=briefing.source.title, document=document)

    async def _keep(self, briefing: Briefing, request: CommandRequest) -> str:
        """Store it for the asker's workspace or guild, under an id made from both.

        The same article in another workspace, or by another engine, has another id, lest one
        displace the other.
        """
        where, engine = request.destination, briefing.engine
        named = f"{where.platform} {where.tenant_id} {briefing.source.url} {briefing.source.sha256}"
        if engine.model:
            named = f"{named} {engine.model} {engine.language}"
        briefing_id = hashlib.sha256(named.encode()).hexdigest()[:_ID_LENGTH]
        await self._store.keep_briefing(
            KeptBriefing(
                id=briefing_id,
                platform=where.platform,
                tenant_id=where.tenant_id,
                text=briefing.model_dump_json(by_alias=True),
                kept_at=self._clock.now(),
            )
        )
        return briefing_id
