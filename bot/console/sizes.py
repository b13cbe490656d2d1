"""How large a message is against what its platform takes; it cuts and refuses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.platform import PlatformName
from briefings.rendering.limits import DISCORD, SLACK, size_of

#: What the moment of posting adds to Slack's body; the limit of a message leaves room for it.
_ADDED: Final = ("channel", "thread_ts", "metadata")


@dataclass(frozen=True, slots=True)
class Size:
    """One measure of a message: what, how much of it, and how much the platform takes."""

    what: str
    size: int
    limit: int

    @property
    def fits(self) -> bool:
        return self.size <= self.limit


def sizes_of(platform: PlatformName, body: Mapping[str, Any]) -> tuple[Size, ...]:
    """The measures that the platform's documentation bounds, the largest of each kind."""
    return tuple(_of_discord(body) if platform == "discord" else _of_slack(body))


def _of_slack(body: Mapping[str, Any]) -> Iterator[Size]:
    blocks = body.get("blocks", [])
    sections = [size_of(b["text"]["text"]) for b in blocks if b["type"] == "section"]
    contexts = [size_of(e["text"]) for b in blocks if b["type"] == "context" for e in b["elements"]]
    composed = {name: part for name, part in body.items() if name not in _ADDED}
    yield Size("message", size_of(json.dumps(composed, ensure_ascii=False)), SLACK.message)
    yield Size("blocks", len(blocks), SLACK.blocks)
    yield Size("longest section", max(sections, default=0), SLACK.section)
    yield Size("longest context", max(contexts, default=0), SLACK.context)


def _of_discord(body: Mapping[str, Any]) -> Iterator[Size]:
    embeds = body.get("embeds", [])
    texts = [size_of(embed.get("description", "")) for embed in embeds]
    titles = [size_of(embed.get("title", "")) for embed in embeds]
    footers = [size_of((embed.get("footer") or {}).get("text", "")) for embed in embeds]
    yield Size("content", size_of(body.get("content", "")), DISCORD.content)
    yield Size("embeds", len(embeds), DISCORD.embeds)
    yield Size("all embeds", sum(texts + titles + footers), DISCORD.message)
    yield Size("longest description", max(texts, default=0), DISCORD.embed_description)
    yield Size("longest title", max(titles, default=0), DISCORD.embed_title)
