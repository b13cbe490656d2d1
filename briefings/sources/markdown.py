"""Markdown to title and paragraphs: links and emphasis as plain words, code and tables left out.

It renders nothing: what Markdown lets through as HTML is dropped, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefings.sources.draft import Draft, parse_instant
from briefings.sources.letters import clean, clean_line, decode
from briefings.sources.texts import part_title, with_stated

# The metadata block that static site builders put on top, between two lines of dashes.
_FRONT_MATTER = re.compile(r"\A\s*---[ ]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):[ ]*(?P<value>\S.*)$", re.MULTILINE)
_SHOWN = {"code_inline", "text"}


def read_markdown(body: bytes, charset: str | None = None) -> Draft:
    """The draft of a Markdown file: its first heading, or else its first line, is the title."""
    text = clean(decode(body, charset))
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        fields = {m["key"].lower(): _unquote(m["value"]) for m in _FIELD.finditer(front["fields"])}
        text = text[front.end() :]
    lines = list(_plain_lines(MarkdownIt("commonmark").enable("table").parse(text)))
    title = fields.get("title") or next((line for line, heads in lines if heads), None)
    paragraphs = [line for line, _ in lines]
    if title in paragraphs:
        paragraphs.remove(title)
    elif not title:
        title, paragraphs = (paragraphs or [""])[0], paragraphs[1:]
    draft = part_title(title or "", paragraphs)
    return with_stated(_with_fields(draft, fields))


def _with_fields(draft: Draft, fields: dict[str, str]) -> Draft:
    author = fields.get("author")
    return Draft(
        title=draft.title,
        paragraphs=draft.paragraphs,
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publisher"),
        authors=(author,) if author else (),
        published=parse_instant(fields.get("date") or fields.get("published")),
    )


def _unquote(value: str) -> str:
    return clean_line(value).strip("\"'")


def _plain_lines(tokens: Iterable[Token]) -> Iterable[tuple[str, bool]]:
    """Each block's words, with whether the block is a heading; nothing from tables."""
    opened = ""
    in_table = False
    for token in tokens:
        if token.type in {"table_open", "table_close"}:
            in_table = token.type == "table_open"
        elif token.type == "inline" and not in_table:
            line = clean_line(_plain(token.children or ()))
            if line:
                yield line, opened == "heading_open"
        opened = token.type


def _plain(children: Iterable[Token]) -> str:
    """The words of one block: breaks are spaces, images and raw HTML nothing."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in children
        if child.type in {"softbreak", "hardbreak"} or child.type in _SHOWN
    )
