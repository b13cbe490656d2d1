"""A briefing as bodies for Slack's chat.postMessage, without a channel: Block Kit in Slack's sizes.

It posts nothing. Nothing the article brings along can mention, link or shout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from briefings.briefing import Briefing
from briefings.rendering.dialect import Dialect, chunk_sections, mark
from briefings.rendering.limits import MAX_LINK, SLACK, size_of, split_text
from briefings.rendering.nodes import Document, Line, Run
from briefings.rendering.sections import build_document
from briefings.rendering.wording import LONG_ADDRESS

Json = dict[str, Any]

#: mrkdwn has no escape for these; a zero-width space behind one keeps it from pairing up.
_FORMATTING = re.compile(r"([*_~`])")
#: A message after the first opens so; more digits than any briefing needs, to reserve its room.
_WIDEST_PART = 9_999


def to_slack_messages(briefing: Briefing, *, sections: Iterable[str] | None = None) -> list[Json]:
    """Request bodies in the order to post them, each with `text` and `blocks`.

    One is at most SLACK.message characters long as JSON, so an over-long briefing takes several.
    """
    return document_to_slack(build_document(briefing, sections), briefing.summary.text)


def document_to_slack(document: Document, gist: str) -> list[Json]:
    """The same for any document; `gist`: what a notification says after the title."""
    notice = _notice(document, gist)
    groups = _pack([*_head(document), *_body(document)], _room(document, notice))
    return [
        _message(notice, blocks)
        if number == 1
        else _message(
            _continuation(document, number, len(groups)),
            [_context([_continuation(document, number, len(groups))]), *blocks],
        )
        for number, blocks in enumerate(groups, 1)
    ]


def escape_slack(text: str) -> str:
    """`text` so that Slack prints it as it stands (docs.slack.dev, "Formatting message text")."""
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMATTING.sub("\\1\u200b", entities)


def _head(document: Document) -> Iterator[Json]:
    # A header knows no entities, so a title with their signs is safer as a section.
    if size_of(document.title) <= SLACK.header and not set(document.title) & set("&<>"):
        text = {"type": "plain_text", "text": document.title, "emoji": False}
        yield {"type": "header", "text": text}
    else:
        title = (Run("strong", document.title),)
        yield from (_section(part) for part in SLACK_DIALECT.parts(title, SLACK.section))
    lines = [document.byline, *([Line((document.link,))] if document.link else [])]
    yield from _contexts([line for line in lines if line.runs])


def _body(document: Document) -> Iterator[Json]:
    for section in document.sections:
        yield from map(_section, chunk_sections(SLACK_DIALECT, [section], SLACK.section))
    if document.footer:
        yield {"type": "divider"}
        yield from _contexts(document.footer)


def _contexts(lines: Iterable[Line]) -> Iterator[Json]:
    """Context blocks with one element for each line, or part of an over-long line."""
    texts = [part for line in lines for part in SLACK_DIALECT.parts(line.runs, SLACK.context)]
    for start in range(0, len(texts), SLACK.context_elements):
        yield _context(texts[start : start + SLACK.context_elements])


def _context(texts: list[str]) -> Json:
    return {"type": "context", "elements": [_mrkdwn(text) for text in texts]}


def _section(text: str) -> Json:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> Json:
    # verbatim: Slack makes no links, channels or mentions out of words that look like them.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _message(text: str, blocks: list[Json]) -> Json:
    quiet = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
    return {"text": text, "blocks": blocks, **quiet}


def _notice(document: Document, gist: str) -> str:
    """What a notification shows: title and gist, or their beginning; the blocks hold it all."""
    text = ": ".join(filter(None, (document.title, Run("plain", gist).text)))
    return escape_slack(_beginning(text, SLACK.fallback))


def _continuation(document: Document, number: int, total: int) -> str:
    title = escape_slack(_beginning(document.title, SLACK.header))
    return f"Part {number} of {total}: {title}"


def _beginning(text: str, limit: int) -> str:
    parts = split_text(text, limit)
    return parts[0] if len(parts) == 1 else f"{parts[0]} …"


def _room(document: Document, notice: str) -> int:
    """Characters that a message's own blocks may take beside its frame."""
    continuation = _continuation(document, _WIDEST_PART, _WIDEST_PART)
    first = _json_size(_message(notice, []))
    later = _json_size(_message(continuation, [_context([continuation])]))
    return SLACK.message - max(first, later)


def _pack(blocks: Iterable[Json], room: int) -> list[list[Json]]:
    """Blocks in order, in as few messages as hold them."""
    groups: list[list[Json]] = [[]]
    used = 0
    for block in blocks:
        size = _json_size(block) + len(", ")
        # One block is kept free for the line that names the part.
        if groups[-1] and (used + size > room or len(groups[-1]) >= SLACK.blocks - 1):
            groups.append([])
            used = 0
        groups[-1].append(block)
        used += size
    return groups


def _json_size(body: Json) -> int:
    return size_of(json.dumps(body, ensure_ascii=False))


def _write(run: Run) -> str:
    text = escape_slack(run.text)
    match run.style:
        case "strong" | "label":
            return mark(text, "*", _closing("*", text))
        case "cue":
            return mark(text, "_", _closing("_", text))
        case "quotation":
            return f"“{text}”"
        case "link":
            return _link(text, run.url or "")
        case _:
            return text


def _closing(sign: str, text: str) -> str:
    """Slack overlooks a closing sign right behind punctuation, unless something stands between."""
    return sign if text.rstrip()[-1:].isalnum() else f"\u200b{sign}"


def _link(text: str, url: str) -> str:
    address = url.replace("&", "&amp;")
    return f"<{address}|{text}>" if size_of(address) <= MAX_LINK else f"{text} ({LONG_ADDRESS})"


SLACK_DIALECT: Final = Dialect(
    write=_write,
    heading=lambda text: mark(text, "*"),
    bullet="• ",
    evidence="> ",
    nested_evidence="> ",
)
