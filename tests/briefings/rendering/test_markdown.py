"""Markdown, read back by an independent CommonMark parser."""

import pytest
from markdown_it import MarkdownIt

from briefings.rendering.markdown import escape_markdown, render_markdown

ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "hr",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "blockquote_open", "blockquote_close",
}  # fmt: skip
ALLOWED_INLINE = {
    "text", "text_special", "strong_open", "strong_close", "em_open", "em_close",
    "link_open", "link_close",
}  # fmt: skip


def tokens_of(markdown):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def test_only_our_own_mark_up_takes_effect(named_briefing):
    """Whatever the article holds, the parser finds no mark-up but what we wrote."""
    _, briefing = named_briefing
    tokens = tokens_of(render_markdown(briefing))
    assert {token.type for token in tokens} <= ALLOWED
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= ALLOWED_INLINE
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1


def test_the_only_link_is_the_source(named_briefing):
    """Addresses inside an article stay words; the one link leads to the source."""
    _, briefing = named_briefing
    tokens = tokens_of(render_markdown(briefing))
    links = [
        child.attrs["href"]
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert len(links) == (1 if briefing.source.url else 0)
    assert all(link.startswith("https://") for link in links)


def test_the_article_reads_as_it_stands(hostile):
    """Escaping leaves the reader exactly the article's characters."""
    tokens = tokens_of(render_markdown(hostile, sections=["summary"]))
    texts = ["".join(c.content for c in token.children or ()) for token in tokens]
    assert any("# Heading - list > quote 1. one <@123>" in text for text in texts)
    assert any("$x$ \\backslash end." in text for text in texts)


@pytest.mark.parametrize(
    "text",
    ["a*b*c", "_a_ __b__", "`a`", "[a](b)", "<b>", "&lt;", "~~a~~", "a|b", "\\*", "![a](b)", "$a$"],
)
def test_escaping(text):
    """Each piece of mark-up comes back from the parser as plain text."""
    (inline,) = [token for token in tokens_of(escape_markdown(text)) if token.type == "inline"]
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children) == text


@pytest.mark.parametrize("address", ["https://evil.example", "www.evil.example", "a@evil.example"])
def test_addresses_are_no_links(address):
    """What GitHub would turn into a link by itself is broken by a backslash."""
    escaped = escape_markdown(address)
    assert address not in escaped
    assert escaped.replace("\\", "") == address
