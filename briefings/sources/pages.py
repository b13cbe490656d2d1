"""Turn a page's bytes into a draft, or say which kind of page stands in the article's place.

The parsing is `extract`'s, in the sandbox; this side never sees markup.
"""

from __future__ import annotations

from briefings.errors import ConsentWall, NoText, Paywalled, SourceError, TooLarge
from briefings.sources.draft import MAX_PARSED_BYTES, Draft, parse_instant
from briefings.sources.sandbox import run_parser
from briefings.sources.texts import part_title, with_stated
from briefings.sources.urls import canonical_url, is_same_site, resolve_link

#: A page with fewer words of prose holds no article.
FEWEST_WORDS = 20
MAY_BE_CUT = "The page says it is for subscribers; its text may be cut short."
_WALLS: dict[str, type[SourceError]] = {
    "consent": ConsentWall,
    "paywall": Paywalled,
    "script": NoText,
}


async def read_page(
    body: bytes,
    *,
    source: str,
    url: str | None = None,
    charset: str | None = None,
    title: str = "",
) -> Draft:
    """The draft of an HTML page that came from `url`; errors name `source`.

    `title`: the article's, where somebody other than the page knows it.
    """
    found = await run_parser("page", body, {"url": url, "charset": charset}, source=source)
    if found["is_too_large"]:
        raise TooLarge(source, "page", limit=MAX_PARSED_BYTES)
    if found["wall"]:
        raise _WALLS[found["wall"]](source)
    draft = _titled(title or found["title"], found["paragraphs"])
    if draft.words < FEWEST_WORDS:
        raise NoText(source)
    return with_stated(
        Draft(
            title=draft.title,
            paragraphs=draft.paragraphs,
            outlet=found["outlet"],
            authors=tuple(found["authors"]),
            published=parse_instant(found["published"]),
            url=_own_address(url, found["canonical"]),
            remarks=(MAY_BE_CUT,) if found["may_be_cut"] else (),
        )
    )


def _titled(title: str, paragraphs: list[str]) -> Draft:
    if title or not paragraphs:
        return Draft(title=title, paragraphs=tuple(paragraphs))
    return part_title(paragraphs[0], paragraphs[1:])


def _own_address(url: str | None, canonical: str | None) -> str | None:
    """The address a page gives itself, believed only within the site that it came from."""
    stated = resolve_link(url, canonical)
    if url is None or (stated and is_same_site(url, stated)):
        return canonical_url(stated) if stated else None
    return url
