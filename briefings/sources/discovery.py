"""Finds the feeds that a page names as its own; runs in the sandbox's child.

It follows no link and judges no feed.
"""

from __future__ import annotations

from typing import Any

import lxml.html

from briefings.sources.letters import decode
from briefings.sources.urls import resolve_link

#: What a page calls its feeds (RSS Advisory Board, "RSS Autodiscovery"; jsonfeed.org, version 1.1).
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
_MOST_LINKS = 5


def find_feed_links(body: bytes, *, url: str | None, charset: str | None) -> dict[str, Any]:
    """`{"feeds": [address, …]}`, at most five, in the order of the page, comments last."""
    page = lxml.html.document_fromstring(decode(body, charset))
    base = resolve_link(url, page.xpath("string(//base/@href)")) or url
    found: dict[str, bool] = {}
    for link in page.xpath("//link[@href]"):
        relation = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").lower().partition(";")[0].strip()
        address = resolve_link(base, link.get("href"))
        if "alternate" in relation and media_type in _FEED_TYPES and address:
            # A blog's feed of comments stands beside that of its articles.
            found.setdefault(address, "comment" in (link.get("title") or "").lower())
    return {"feeds": sorted(found, key=lambda address: found[address])[:_MOST_LINKS]}
