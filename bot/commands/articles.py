"""/brief and the buttons below a briefing.

It reads no article itself: `Briefer` does, once for however many ask.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.briefer import Briefer
from bot.commands.replies import buttons_for, top_of
from bot.commands.values import CommandRequest, Reply
from bot.errors import OptionRefused
from briefings.briefing import Briefing
from briefings.rendering import SECTIONS
from briefings.rendering.links import link_address
from briefings.rendering.sections import build_document, build_evidence

#: Gives a kept briefing by its id, or None.
Recall = Callable[[str], Awaitable[Briefing | None]]
_YES = ("yes", "true", "1", "private")


class ArticleCommands:
    """Briefs addresses, and shows parts of briefings that were made before."""

    def __init__(self, briefer: Briefer, recall: Recall) -> None:
        self._briefer = briefer
        self._recall = recall

    async def brief(self, request: CommandRequest) -> Reply:
        """The briefing of "url": its top with buttons, or the one "section" asked for."""
        url, section = request.options.get("url", ""), request.options.get("section", "")
        if not link_address(url):
            raise OptionRefused("url", url, "no address" if url else "missing")
        if section and section not in SECTIONS:
            raise OptionRefused("section", section, "unknown section")
        kept = await self._briefer.brief(url)
        briefing = kept.briefing
        return Reply(
            notice=briefing.summary.text,
            document=build_document(briefing, [section]) if section else top_of(briefing),
            is_private=request.options.get("private", "").lower() in _YES,
            buttons=buttons_for(kept.id, link_address(briefing.source.url)),
        )

    async def show(self, request: CommandRequest) -> Reply:
        """What a button asks for: "value" is a briefing's id and a section, or "evidence"."""
        briefing_id, _, section = request.options.get("value", "").partition(" ")
        briefing = await self._recall(briefing_id)
        if briefing is None:
            raise OptionRefused("value", briefing_id, "no longer kept")
        if section == "evidence":
            document = build_evidence(briefing)
        elif section in SECTIONS:
            document = build_document(briefing, [section])
        else:
            raise OptionRefused("section", section, "unknown section")
        return Reply(notice=briefing.source.title, document=document)
