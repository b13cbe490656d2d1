"""The one door: a path, an address or standard input becomes an article, or a feed's entries.

It knows the order of the steps and which failure is which error; each step is another module's.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from briefings.article import Article, Entry, Feed
from briefings.errors import (
    ArticleUnreadable,
    FeedUnreadable,
    NotAnArticle,
    NotEnglish,
    NoText,
    ParserGaveUp,
    SourceError,
    TooLarge,
)
from briefings.languages import ENGLISH
from briefings.ports import Clock, Fetcher
from briefings.sources.arrival import Arrival, arrive
from briefings.sources.draft import MAX_PARSED_BYTES, Draft, parse_instant
from briefings.sources.english import foreign_language
from briefings.sources.kinds import Kind
from briefings.sources.letters import UNREADABLE
from briefings.sources.pages import read_page
from briefings.sources.sandbox import run_parser
from briefings.sources.texts import is_prose, read_text

#: From this many words on, what a feed gives of an entry is an article and no teaser.
WHOLE_ARTICLE_WORDS = 120
FROM_FEED = "The article's page could not be read; this is the text that its feed gives."
LETTERS_LOST = f"Some letters could not be read; {UNREADABLE} stands in their place."


async def read_article(
    source: str,
    *,
    fetcher: Fetcher,
    clock: Clock,
    entry: int | None = None,
    stdin: bytes | None = None,
    any_language: bool = False,
) -> Article:
    """The article that a path, an http(s) address or "-" (with `stdin`) leads to.

    A feed leads to its `entry`, counted from 1, the newest; None takes the newest. Unless it may
    be in `any_language`, it is English. Raises SourceError.
    """
    arrival = await arrive(source, fetcher=fetcher, stdin=stdin)
    if arrival.kind is Kind.FEED:
        feed = await _parse_feed(arrival)
        draft = await _read_entry(_pick(feed, source, 1 if entry is None else entry), feed, fetcher)
    elif entry is not None:
        raise FeedUnreadable(source, "it is an article, and has no entries")
    else:
        draft = await _read_draft(arrival)
    return await _to_article(draft, source, clock, any_language=any_language)


async def read_feed(source: str, *, fetcher: Fetcher, stdin: bytes | None = None) -> Feed:
    """The feed at an http(s) address, in a file, or on standard input. Raises SourceError."""
    try:
        arrival = await arrive(source, fetcher=fetcher, stdin=stdin)
    except ArticleUnreadable as error:
        raise FeedUnreadable(source, error.detail or "it is empty") from error
    if arrival.kind is not Kind.FEED:
        raise FeedUnreadable(source, f"it is a {arrival.kind.value}, not a feed")
    return await _parse_feed(arrival)


async def find_feed(source: str, *, fetcher: Fetcher) -> Feed:
    """The feed at an address, or the first that can be read of those that a page names as its own.

    Raises SourceError.
    """
    arrival = await arrive(source, fetcher=fetcher)
    if arrival.kind is Kind.FEED:
        return await _parse_feed(arrival)
    if arrival.kind is not Kind.PAGE:
        raise FeedUnreadable(source, f"it is a {arrival.kind.value}, not a feed")
    options = {"url": arrival.url, "charset": arrival.charset}
    found = await run_parser("links", arrival.body, options, source=source)
    for url in found["feeds"]:
        with suppress(SourceError):
            return await read_feed(url, fetcher=fetcher)
    raise FeedUnreadable(source, "it is a page that names no feed that can be read")


async def read_entry(
    entry: Entry, feed: Feed, *, fetcher: Fetcher, clock: Clock, any_language: bool = False
) -> Article:
    """The article behind an entry that a feed listed. Raises SourceError."""
    draft = await _read_entry(entry, feed, fetcher)
    return await _to_article(draft, entry.url or feed.url, clock, any_language=any_language)


async def _read_draft(arrival: Arrival) -> Draft:
    match arrival.kind:
        case Kind.FEED:
            raise NotAnArticle(arrival.source, "feed")
        case Kind.PAGE:
            return await read_page(
                arrival.body, source=arrival.source, url=arrival.url, charset=arrival.charset
            )
    if len(arrival.body) > MAX_PARSED_BYTES:
        raise TooLarge(arrival.source, arrival.kind.form, limit=MAX_PARSED_BYTES)
    if arrival.kind is Kind.MARKDOWN:
        # The parser costs a fifth of a second to import, and most texts need none.
        from briefings.sources.markdown import read_markdown  # noqa: PLC0415

        draft = read_markdown(arrival.body, arrival.charset)
    else:
        draft = read_text(arrival.body, arrival.charset)
    if not is_prose(draft):
        raise NoText(arrival.source, "hardly a letter in it")
    return replace(draft, url=arrival.url)


async def _to_article(draft: Draft, source: str, clock: Clock, *, any_language: bool) -> Article:
    if not draft.title or not draft.paragraphs:
        raise NoText(source)
    language = await foreign_language(" ".join([draft.title, *draft.paragraphs]), source=source)
    if language and not any_language:
        raise NotEnglish(source, language=language)
    return Article.compose(
        draft.title,
        list(draft.paragraphs),
        retrieved_at=clock.now(),
        url=draft.url,
        outlet=draft.outlet,
        authors=draft.authors,
        published=draft.published,
        language=language or ENGLISH,
        remarks=draft.remarks + _lost_letters(draft),
    )


def _lost_letters(draft: Draft) -> tuple[str, ...]:
    is_damaged = any(UNREADABLE in line for line in (draft.title, *draft.paragraphs))
    return (LETTERS_LOST,) if is_damaged else ()


async def _parse_feed(arrival: Arrival) -> Feed:
    options = {"url": arrival.url, "charset": arrival.charset}
    try:
        found = await run_parser("feed", arrival.body, options, source=arrival.source)
    except ParserGaveUp as error:
        raise FeedUnreadable(arrival.source, error.detail) from error
    if not found["is_feed"]:
        raise FeedUnreadable(arrival.source, "it is no feed")
    return Feed(
        url=arrival.url or arrival.source,
        title=found["title"] or arrival.source,
        entries=tuple(
            Entry(
                title=entry["title"],
                url=entry["url"],
                published=parse_instant(entry["published"]),
                authors=tuple(entry["authors"]),
                content_html=entry["content_html"],
                guid=entry["guid"],
            )
            for entry in found["entries"]
        ),
    )


def _pick(feed: Feed, source: str, number: int) -> Entry:
    if not feed.entries:
        raise FeedUnreadable(source, "it has no entries")
    if not 1 <= number <= len(feed.entries):
        raise FeedUnreadable(source, f"it has {len(feed.entries)} entries, and no entry {number}")
    return feed.entries[number - 1]


async def _read_entry(entry: Entry, feed: Feed, fetcher: Fetcher) -> Draft:
    """The entry's page; its own text where that is whole and the page can't be read."""
    if entry.url is None:
        return _with_feed(await _read_content(entry, feed.url, fewest_words=1), entry, feed)
    try:
        draft = await _read_draft(await arrive(entry.url, fetcher=fetcher))
    except SourceError:
        whole = await _read_whole_content(entry, feed.url)
        if whole is None:
            raise
        draft = whole
    return _with_feed(draft, entry, feed)


async def _read_whole_content(entry: Entry, source: str) -> Draft | None:
    """The draft of the feed's own text, if that is the whole article."""
    try:
        draft = await _read_content(entry, source, fewest_words=WHOLE_ARTICLE_WORDS)
    except SourceError:
        return None
    return replace(draft, url=entry.url, remarks=(FROM_FEED,))


async def _read_content(entry: Entry, source: str, *, fewest_words: int) -> Draft:
    """The draft of the text that the feed itself gives."""
    page = f"<html><body><article>{entry.content_html}</article></body></html>"
    draft = await read_page(page.encode(), source=source, charset="utf-8", title=entry.title)
    if draft.words < fewest_words:
        raise NoText(source)
    return draft


def _with_feed(draft: Draft, entry: Entry, feed: Feed) -> Draft:
    """The draft with what its feed knows, where the page said nothing."""
    return replace(
        draft,
        outlet=draft.outlet or feed.title,
        authors=draft.authors or entry.authors,
        published=draft.published or entry.published,
    )
