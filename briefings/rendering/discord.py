"""A briefing as bodies for Discord's "create message": embeds in Discord's sizes.

It posts nothing. Nothing the article brings along can mention, link or format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from briefings.briefing import Briefing
from briefings.rendering.dialect import Dialect, chunk_sections, mark
from briefings.rendering.limits import DISCORD, MAX_LINK, size_of
from briefings.rendering.nodes import Document, Run
from briefings.rendering.sections import build_document
from briefings.rendering.wording import LONG_ADDRESS

Json = dict[str, Any]

#: A slate that reads on Discord's dark and light grounds and stands for no party.
COLOUR: Final = 0x5B6B7F
_SPECIAL = re.compile(r"([\\`*_~|<>#\[\]])")
#: An address that Discord would make a link of.
_ADDRESS = re.compile(r":(?=//)")
#: Discord mentions after @; a zero-width space keeps even "@everyone" a word.
_MENTION = re.compile(r"@(?!\u200b)")
#: Lists and small print, where a line begins.
_LINE_START = re.compile(r"^([-+]|\d+(?=[.)]))")


def to_discord_messages(briefing: Briefing, *, sections: Iterable[str] | None = None) -> list[Json]:
    """Bodies in the order to post them, each with `embeds` and `allowed_mentions` for nobody.

    An over-long briefing takes several; those after the first say in `content` which part they are.
    """
    return document_to_discord(build_document(briefing, sections))


def document_to_discord(document: Document) -> list[Json]:
    """The same for any document."""
    groups = _pack(_embeds(document))
    return [_message(embeds, number, len(groups)) for number, embeds in enumerate(groups, 1)]


def escape_discord(text: str) -> str:
    """`text` so that Discord prints it as it stands (Discord's "Markdown Text 101")."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _MENTION.sub("@\u200b", _ADDRESS.sub(r"\\:", escaped))


def _message(embeds: list[Json], number: int, total: int) -> Json:
    content = {} if number == 1 else {"content": f"Part {number} of {total}"}
    return {**content, "embeds": embeds, "allowed_mentions": {"parse": []}}


def _embeds(document: Document) -> Iterator[Json]:
    """The whole document: the head goes on top of the first text, the footer below the last."""
    texts: list[str] = []
    body = chunk_sections(DISCORD_DIALECT, document.sections, DISCORD.embed_description)
    for text in (*_head(document), *body):
        _add(texts, text)
    for number, line in enumerate(document.footer):
        for part in DISCORD_DIALECT.parts(line.runs, DISCORD.embed_description, "-# "):
            _add(texts, part, gap="\n" if number else "\n\n")
    opening = _title(document)
    for text in texts:
        yield {**opening, "description": text, "color": COLOUR}
        opening = {}
    if opening and not texts:
        yield {**opening, "color": COLOUR}  # Discord takes a title alone, but no empty message


def _add(texts: list[str], text: str, gap: str = "\n\n") -> None:
    """Append to the last text where it still fits, else as a text of its own."""
    if texts and size_of(texts[-1] + gap + text) <= DISCORD.embed_description:
        texts[-1] += gap + text
    else:
        texts.append(text)


def _title(document: Document) -> Json:
    title = escape_discord(document.title)
    if size_of(title) > DISCORD.embed_title:
        return {}
    link = document.link.url if document.link else None
    address = {"url": link} if link and size_of(link) <= MAX_LINK else {}
    return {"title": title, **address}


def _head(document: Document) -> Iterator[str]:
    """What stands above the sections: an over-long title, the byline, a link the title can't be."""
    limit = DISCORD.embed_description
    has_title = "title" in _title(document)
    if not has_title:
        yield from DISCORD_DIALECT.parts((Run("strong", document.title),), limit)
    if document.byline.runs:
        yield from DISCORD_DIALECT.parts(document.byline.runs, limit)
    if document.link and "url" not in _title(document):
        yield DISCORD_DIALECT.line((document.link,))


def _pack(embeds: Iterable[Json]) -> list[list[Json]]:
    """Embeds in order, in as few messages as hold them."""
    groups: list[list[Json]] = [[]]
    used = 0
    for embed in embeds:
        size = sum(size_of(embed.get(part, "")) for part in ("title", "description"))
        if groups[-1] and (
            used + size > DISCORD.message - DISCORD.mark or len(groups[-1]) == DISCORD.embeds
        ):
            groups.append([])
            used = 0
        groups[-1].append(embed)
        used += size
    return groups


def _guard(line: str) -> str:
    return _LINE_START.sub(
        lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", line
    )


def _write(run: Run) -> str:
    text = escape_discord(run.text)
    match run.style:
        case "strong" | "label":
            return mark(text, "**")
        case "cue":
            return mark(text, "*")
        case "quotation":
            return f"“{text}”"
        case "link":
            return _link(text, run.url or "")
        case _:
            return text


def _link(text: str, url: str) -> str:
    """A masked link; parentheses would end the address early."""
    address = url.replace("(", "%28").replace(")", "%29")
    return f"[{text}]({address})" if size_of(address) <= MAX_LINK else f"{text} ({LONG_ADDRESS})"


DISCORD_DIALECT: Final = Dialect(
    write=_write,
    heading=lambda text: f"### {text}",
    bullet="- ",
    evidence="> ",
    nested_evidence="> ",
    guard=_guard,
)
