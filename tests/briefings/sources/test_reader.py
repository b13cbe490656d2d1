"""The one door: every kind of source becomes an article, or one error that names what it is."""

import asyncio
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from aiohttp import web

from briefings.errors import (
    AddressRefused,
    ConsentWall,
    FeedUnreadable,
    NotAnArticle,
    NotEnglish,
    NoText,
    Paywalled,
    SourceMissing,
    TimedOut,
    TooLarge,
    Unreachable,
)
from briefings.sources.fetch import FetchLimits, GuardedFetcher
from briefings.sources.pages import MAY_BE_CUT
from briefings.sources.reader import (
    FROM_FEED,
    LETTERS_LOST,
    find_feed,
    read_article,
    read_entry,
    read_feed,
)

PARAGRAPHS = (
    (
        "Ferry crews in Port Ellery walked out on Monday over a new rota that their union says "
        "leaves them without rest between two night crossings."
    ),
    (
        "The operator, Ellery Lines, said the rota was “lawful and safe” and had been agreed with "
        "the regulator in January."
    ),
    "“We will not sail tired,” said Mira Thole, the union’s secretary. “Not one more crossing.”",
    "What comes next",
    (
        "Talks are to resume on Thursday. It is not known how many passengers have been stranded "
        "on the islands, which lie three hours from the coast."
    ),
)
PLAIN = "Ferry crews walk out\n\nThe crews of the ferries walked out. They want to have rest."
LONG_PARAGRAPH = "The crews of the ferries walked out and they want to have more rest. " * 10
GERMAN = (
    "<html><body><article><h1>Streik der Fähren</h1><p>"
    + "Die Besatzungen der Fähren haben am Montag die Arbeit niedergelegt, teilte die "
    "Gewerkschaft mit. Der neue Dienstplan lasse zu wenig Zeit für die Erholung. "
    * 3
    + "</p></article></body></html>"
)


@pytest.fixture
def url() -> str:
    return "https://harbour.example/news/ferry-rota?utm_source=x"


async def test_a_page_becomes_an_article(read, fake, clock, pages, url):
    """Title, facts and paragraphs in order; menus, buttons and hidden words left out."""
    fake.queue_page(url, (pages / "ferry.html").read_bytes())
    article = await read(url)
    assert article.title == "Ferry crews walk out over new rota"
    assert article.text == "\n\n".join([article.title, *PARAGRAPHS])
    assert article.outlet == "Harbour Post"
    assert article.authors == ("Ada Marlow", "Tom Veery")
    assert article.published == datetime(2024, 3, 5, 8, 30, tzinfo=timezone(timedelta(hours=1)))
    assert article.url == "https://harbour.example/news/ferry-rota"
    assert article.retrieved_at == clock.now()
    assert (article.language, article.remarks) == ("en", ())


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode("cp1252", "xmlcharrefreplace"), id="windows-1252"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with a BOM"),
    ],
)
async def test_an_undeclared_encoding_changes_no_letter(read, fake, pages, url, encode):
    """The same page in another encoding, none declared, is the same article."""
    page = (pages / "ferry.html").read_text(encoding="utf-8")
    fake.queue_page(url, encode(page.replace('<meta charset="utf-8">', "")))
    assert (await read(url)).text.split("\n\n")[1:] == list(PARAGRAPHS)


async def test_a_misdeclared_encoding_changes_no_letter(read, fake, pages, url):
    """A page that claims to be UTF-8 and is windows-1252 is read as what it is."""
    page = (pages / "ferry.html").read_text(encoding="utf-8")
    fake.queue_page(url, page.encode("cp1252", "xmlcharrefreplace"))
    assert (await read(url)).text.split("\n\n")[1:] == list(PARAGRAPHS)


async def test_a_host_is_no_outlet(read, fake, url):
    """A page that does not say whose it is has no outlet: its host is in its address."""
    fake.queue_page(url, PAGE)
    assert (await read(url)).outlet is None


async def test_a_page_names_only_its_own_site(read, fake, pages, url):
    """A canonical address on another site is not believed."""
    page = (pages / "ferry.html").read_text(encoding="utf-8")
    fake.queue_page(url, page.replace('href="/news/ferry-rota"', 'href="https://bbc.example/x"'))
    assert (await read(url)).url == "https://harbour.example/news/ferry-rota"


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("consent.html", ConsentWall),
        ("paywall.html", Paywalled),
        ("empty.html", NoText),
        ("needs-script.html", NoText),
    ],
)
async def test_a_page_without_its_article_is_named(read, fake, pages, url, page, error):
    """A wall or an empty page is an error of its own, with the address as asked for."""
    fake.queue_page(url, (pages / page).read_bytes())
    with pytest.raises(error) as caught:
        await read(url)
    assert caught.value.url == url


async def test_a_metered_page_in_full_is_read_with_a_remark(read, fake, url):
    """A page marked for subscribers that gives its text is an article, and says so."""
    mark = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    text = "".join(f"<p>{LONG_PARAGRAPH}</p>" for _ in range(3))
    fake.queue_page(url, f"<html><head>{mark}</head><body><h1>Title</h1>{text}</body></html>")
    assert (await read(url)).remarks == (MAY_BE_CUT,)


async def test_another_language_is_named(read, fake, url):
    """A German page is refused as German."""
    fake.queue_page(url, GERMAN)
    with pytest.raises(NotEnglish) as caught:
        await read(url)
    assert caught.value.language == "de"


async def test_a_page_of_too_much_markup_is_refused(read, fake, url):
    """What would keep the extractor busy for minutes is refused by its size."""
    fake.queue_page(url, "<html><body>" + "<p>word</p>" * 120_000 + "</body></html>")
    with pytest.raises(TooLarge):
        await read(url)


async def test_files_are_read_like_pages(read, pages):
    """An HTML file on disk gives the article that its page would."""
    article = await read(str(pages / "ferry.html"))
    assert article.text.split("\n\n")[1:] == list(PARAGRAPHS)


async def test_standard_input_is_a_source(read):
    """A dash reads what was piped in."""
    article = await read("-", stdin=PLAIN.encode())
    assert article.title == "Ferry crews walk out"
    assert article.url is None


@pytest.mark.parametrize(
    ("stray", "remarks"), [(b"", ()), (b"\xff", (LETTERS_LOST,))], ids=["whole", "damaged"]
)
async def test_lost_letters_are_told(read, stray, remarks):
    """One bad byte leaves the other letters as they are, and the reader is told."""
    article = await read("-", stdin="\n\n".join(["Title", *PARAGRAPHS]).encode() + stray)
    assert "“lawful and safe”" in article.text
    assert article.remarks == remarks


async def test_a_text_on_the_web_keeps_its_address(read, fake, url):
    """A plain text file that was fetched is an article with an address."""
    fake.queue_page(url, PLAIN, "text/plain")
    assert (await read(url)).url == "https://harbour.example/news/ferry-rota"


FILES = {
    "empty": (b"", NoText),
    "white space": (b" \n\n ", NoText),
    "only a title": (b"Ferry crews walk out", NoText),
    "punctuation": (b"Title\n\n" + b"!" * 500, NoText),
    "a rule": (b"-" * 80 + b"\n\n" + b"=" * 300, NoText),
    "figures": (b"date,price,volume\n" + b"2024-03-05,12.50,104\n" * 50, NoText),
    "quotation marks": (b"Title\n\n" + "“”…".encode() * 100, NoText),
    "PDF": (b"%PDF-1.7\n...", NotAnArticle),
    "picture": (b"\x89PNG\r\n\x1a\n...", NotAnArticle),
    "JSON": (b'{"a": 1}', NotAnArticle),
    "too large": (b"Title\n\n" + b"word " * 250_000, TooLarge),
    "far too large": (b"x" * 5_000_001, TooLarge),
}


@pytest.mark.parametrize(("body", "error"), FILES.values(), ids=FILES.keys())
async def test_a_file_without_an_article_is_named(read, tmp_path, body, error):
    """Each kind of file that holds no article has its own error, which names the path."""
    path = tmp_path / "article.txt"
    path.write_bytes(body)
    with pytest.raises(error) as caught:
        await read(str(path))
    assert caught.value.url == str(path)


FAR_TOO_LARGE = b"word " * 1_000_001
LARGE_FILES = {
    "text": ("a.txt", b"Title\n\n" + b"word " * 250_000, "text"),
    "Markdown": ("a.md", b"# Title\n\n" + b"word " * 250_000, "text"),
    "page": ("a.html", b"<html><body>" + b"<p>word</p>" * 120_000, "page"),
    "larger text": ("a.txt", FAR_TOO_LARGE, "text"),
    "larger Markdown": ("a.md", FAR_TOO_LARGE, "text"),
    "larger page": ("a.html", b"<html><body>" + FAR_TOO_LARGE, "page"),
    "larger feed": ("a.xml", b"<rss>" + FAR_TOO_LARGE, "feed"),
    "larger PDF": ("a.pdf", b"%PDF-1.7" + FAR_TOO_LARGE, "file"),
}


@pytest.mark.parametrize(("name", "body", "form"), LARGE_FILES.values(), ids=LARGE_FILES.keys())
async def test_a_large_file_is_told_from_a_large_page(read, tmp_path, name, body, form):
    """Whoever has a text already needs other advice than to save the text of a page."""
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(TooLarge) as caught:
        await read(str(path))
    assert caught.value.detail == form


@pytest.mark.parametrize("name", ["", "missing.txt", "missing/deep.txt", "nul\0.txt"])
async def test_what_cannot_be_opened_is_missing(read, tmp_path, name):
    """No file, a folder, or an impossible name is a missing source."""
    with pytest.raises(SourceMissing):
        await read(str(tmp_path / name))


async def test_standard_input_that_is_closed_is_missing(read):
    """A dash without input is a missing source."""
    with pytest.raises(SourceMissing):
        await read("-")


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Harbour &amp; Coast</title>{''.join(items)}</channel></rss>"
    )


OLD = """<item><title>Old news</title><link>https://harbour.example/old</link>
<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>"""
NEW = """<item><title>New &lt;b&gt;news&lt;/b&gt;</title><link>/new</link>
<author>desk@harbour.example (Ada Marlow)</author>
<pubDate>Tue, 05 Mar 2024 08:00:00 +0100</pubDate></item>"""
UNDATED = "<item><title>Undated</title></item>"
PAGE = f"<html><body><article><h1>New news</h1><p>{LONG_PARAGRAPH}</p></article></body></html>"
FEED_URL = "https://harbour.example/feed.xml"


async def test_a_feed_lists_its_entries_newest_first(fake):
    """Dates order the entries, undated ones stay where they stood; links and titles are clean."""
    fake.queue_page(FEED_URL, rss(OLD, UNDATED, NEW), "application/rss+xml")
    feed = await read_feed(FEED_URL, fetcher=fake)
    assert (feed.title, feed.url) == ("Harbour & Coast", FEED_URL)
    assert [entry.title for entry in feed.entries] == ["New news", "Old news", "Undated"]
    newest = feed.entries[0]
    assert newest.url == "https://harbour.example/new"
    assert newest.published == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert newest.authors == ("Ada Marlow",)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>
<entry><title>A</title><link href="/a"/><updated>2024-03-05T08:00:00Z</updated>
<author><name>Ada</name></author><content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry>
</feed>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Coast", "items": [
{"id": "1", "title": "A", "url": "/a", "date_published": "2024-03-05T08:00:00Z",
 "authors": [{"name": "Ada"}], "content_html": "<p>Hello</p>"}, "nonsense"]}"""


@pytest.mark.parametrize("body", [ATOM, JSON_FEED], ids=["Atom", "JSON Feed"])
async def test_feeds_of_every_format_are_read_alike(fake, body):
    """Atom and JSON Feed give the same entry."""
    fake.queue_page(FEED_URL, body, "application/xml")
    (entry,) = (await read_feed(FEED_URL, fetcher=fake)).entries
    assert (entry.title, entry.url) == ("A", "https://harbour.example/a")
    assert (entry.authors, entry.content_html) == (("Ada",), "<p>Hello</p>")
    assert entry.published == datetime(2024, 3, 5, 8, tzinfo=UTC)


async def test_a_feed_gives_at_most_200_entries(tmp_path, fake):
    """A feed of 20,000 entries is cut, quickly."""
    path = tmp_path / "feed.xml"
    path.write_text(rss(*[OLD] * 20_000), encoding="utf-8")
    async with asyncio.timeout(10):
        feed = await read_feed(str(path), fetcher=fake)
    assert len(feed.entries) == 200


async def test_a_feed_leads_to_its_newest_article(read, fake):
    """Without a number the newest entry's page is read; the feed fills in what the page lacks."""
    fake.queue_page(FEED_URL, rss(OLD, NEW), "application/rss+xml")
    fake.queue_page("https://harbour.example/new", PAGE)
    article = await read(FEED_URL)
    assert article.url == "https://harbour.example/new"
    assert (article.outlet, article.authors) == ("Harbour & Coast", ("Ada Marlow",))
    assert article.published == datetime(2024, 3, 5, 7, tzinfo=UTC)


async def test_a_number_picks_the_entry(read, fake):
    """Entries are counted from the newest, from 1."""
    fake.queue_page(FEED_URL, rss(OLD, NEW), "application/rss+xml")
    fake.queue_page("https://harbour.example/old", PAGE)
    assert (await read(FEED_URL, entry=2)).url == "https://harbour.example/old"


WHOLE = (
    "<item><title>Crews walk out</title>{link}"
    f"<description>&lt;p&gt;{LONG_PARAGRAPH}&lt;/p&gt;</description></item>"
)


async def test_a_feed_file_may_hold_its_articles(read, tmp_path):
    """An entry without a link is read from the feed's own text."""
    path = tmp_path / "feed.xml"
    path.write_text(rss(WHOLE.format(link="")), encoding="utf-8")
    article = await read(str(path))
    assert article.text == f"Crews walk out\n\n{LONG_PARAGRAPH.strip()}"
    assert (article.url, article.outlet, article.remarks) == (None, "Harbour & Coast", ())


async def test_an_unreachable_page_is_replaced_by_the_feed_s_whole_text(read, fake, tmp_path):
    """What the feed gives in full serves where the page fails, and the reader is told."""
    path = tmp_path / "feed.xml"
    link = "<link>https://harbour.example/gone</link>"
    path.write_text(rss(WHOLE.format(link=link)), encoding="utf-8")
    article = await read(str(path))
    assert article.url == "https://harbour.example/gone"
    assert article.remarks == (FROM_FEED,)
    assert [url for url, _ in fake.asked] == ["https://harbour.example/gone"]


async def test_a_teaser_replaces_nothing(read, fake):
    """Where the page fails and the feed holds a teaser, the page's error stands."""
    fake.queue_page(FEED_URL, rss(NEW), "application/rss+xml")
    with pytest.raises(Unreachable) as caught:
        await read(FEED_URL)
    assert caught.value.url == "https://harbour.example/new"


@pytest.mark.parametrize("link", ["file:///etc/passwd", "/etc/passwd", "javascript:alert(1)"])
async def test_a_feed_opens_no_file(read, fake, tmp_path, link):
    """A link in a feed leads to the web or nowhere, never to a file on this machine."""
    path = tmp_path / "feed.xml"
    path.write_text(rss(f"<item><title>A</title><link>{link}</link></item>"), encoding="utf-8")
    with pytest.raises(NoText):
        await read(str(path))
    assert fake.asked == []


@pytest.mark.parametrize("number", [0, -1, 3])
async def test_an_entry_that_is_not_there_is_a_feed_s_error(read, fake, number):
    """A number outside the list says how many entries there are."""
    fake.queue_page(FEED_URL, rss(OLD, NEW), "application/rss+xml")
    with pytest.raises(FeedUnreadable, match="2 entries"):
        await read(FEED_URL, entry=number)


async def test_an_empty_feed_has_no_article(read, fake):
    """A feed without entries can be listed, and gives no article."""
    fake.queue_page(FEED_URL, rss(), "application/rss+xml")
    assert (await read_feed(FEED_URL, fetcher=fake)).entries == ()
    with pytest.raises(FeedUnreadable):
        await read(FEED_URL)


async def test_an_article_has_no_entries(read):
    """Asking for an entry of what is no feed is an error, not the article."""
    with pytest.raises(FeedUnreadable):
        await read("-", stdin=PLAIN.encode(), entry=1)


@pytest.mark.parametrize(
    "body",
    [PAGE, PLAIN, "", "%PDF-1.7", "<?xml version='1.0'?><note/>", '{"version": "jsonfeed'],
    ids=["page", "text", "empty", "PDF", "other XML", "broken JSON"],
)
async def test_what_is_no_feed_is_said_to_be_none(fake, body):
    """Whatever else a feed's address answers with, the error is the feed's."""
    fake.queue_page(FEED_URL, body, "")
    with pytest.raises(FeedUnreadable) as caught:
        await read_feed(FEED_URL, fetcher=fake)
    assert caught.value.url == FEED_URL


async def slow(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(10):
        await response.write(b"x")
        await asyncio.sleep(1)
    return response


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/ferry.html", None),
        ("/windows-1252", None),
        ("/consent.html", ConsentWall),
        ("/paywall.html", Paywalled),
        ("/missing", Unreachable),
        ("/chain", AddressRefused),
        ("/slow", TimedOut),
        ("/pdf", NotAnArticle),
        ("/empty.html", NoText),
        ("/nothing", NoText),
        ("/feed", None),
    ],
)
async def test_each_kind_of_page_from_a_real_server(site, pages, clock, path, error):
    """Through socket, guard and parser, every kind of page ends as an article or its own error."""
    for page in pages.iterdir():
        site.serve(f"/{page.name}", page.read_bytes())
    ferry = (pages / "ferry.html").read_text(encoding="utf-8").replace('charset="utf-8"', "")
    site.serve("/windows-1252", ferry.encode("cp1252"))
    site.redirect("/chain", "/link")
    site.redirect("/link", "http://192.168.0.1/")
    site.serve("/pdf", b"%PDF-1.7", "application/pdf")
    site.serve("/nothing", b"")
    site.handle("/slow", slow)
    item = f"<item><title>A</title><link>{site.url('/ferry.html')}</link></item>"
    site.serve("/feed", rss(item), "application/rss+xml")
    real = GuardedFetcher(FetchLimits(deadline_seconds=2), allow_hosts=[site.host])
    source = site.url(path)
    if error:
        with pytest.raises(error) as caught:
            await read_article(source, fetcher=real, clock=clock)
        assert caught.value.url == source
    else:
        article = await read_article(source, fetcher=real, clock=clock)
        assert article.text.split("\n\n")[1:] == list(PARAGRAPHS)


async def test_a_text_file_states_its_facts(read, tmp_path):
    """Outlet and date of a plain text come from its own lines."""
    path = tmp_path / "floods.txt"
    text = "Kenya floods\n\nSource: Xinhua| 2018-05-08 22:54:41\n\nThe rain fell and it was wet."
    path.write_text(text, encoding="utf-8")
    article = await read(str(path))
    assert (article.text, article.outlet) == (text, "Xinhua")
    assert article.published == date(2018, 5, 8)


HEAVY = ("aiohttp", "trafilatura", "feedparser", "lxml", "numpy", "charset_normalizer")


def test_reading_a_text_file_loads_no_heavy_library(tmp_path):
    """A plain text needs neither network nor parsers: none is imported, no child started."""
    path = tmp_path / "article.txt"
    path.write_text("Title\n\n" + LONG_PARAGRAPH, encoding="utf-8")
    script = f"""
import asyncio, sys
from briefings.sources.reader import (
    FROM_FEED,
    LETTERS_LOST,
    find_feed,
    read_article,
    read_entry,
    read_feed,
)
from briefings.sources.fetch import GuardedFetcher
from briefings.testing import FixedClock
sys.addaudithook(lambda event, _: print(event) if event.startswith("subprocess") else None)
asyncio.run(read_article({str(path)!r}, fetcher=GuardedFetcher(), clock=FixedClock()))
print(*sorted(sys.modules.keys() & set({HEAVY!r})))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "\n"


SITE = "https://harbour.example/news/"
HEAD = (
    '<html><head><title>Harbour</title><base href="https://harbour.example/">'
    '<link rel="alternate" type="application/rss+xml" title="Comments" href="comments.xml">'
    '<link rel="alternate" hreflang="de" href="/de">'
    '<link rel="Alternate" type="application/rss+xml; charset=utf-8" href="feed.xml">'
    "</head><body><p>Welcome.</p></body></html>"
)


async def test_a_page_leads_to_the_feed_it_names(fake):
    """Of the feeds in a page's head the one of articles is taken, resolved against its base."""
    fake.queue_page(SITE, HEAD)
    fake.queue_page(FEED_URL, rss(OLD, NEW), "application/rss+xml")
    assert (await find_feed(SITE, fetcher=fake)).url == FEED_URL
    assert [url for url, _ in fake.asked] == [SITE, FEED_URL]


async def test_a_feed_that_cannot_be_read_gives_way_to_the_next(fake):
    """Where the first feed of a page is gone, the next one is tried."""
    fake.queue_page(SITE, HEAD)
    fake.queue_page("https://harbour.example/comments.xml", rss(NEW), "application/rss+xml")
    assert (await find_feed(SITE, fetcher=fake)).url == "https://harbour.example/comments.xml"


async def test_a_page_without_a_feed_is_said_to_name_none(fake):
    """A page that names no feed is an error of the feed, with its address."""
    fake.queue_page(SITE, PAGE)
    with pytest.raises(FeedUnreadable, match=r"news/: it is a page that names no feed"):
        await find_feed(SITE, fetcher=fake)


async def test_an_entry_leads_to_its_article(fake, clock):
    """An entry that was listed before is read without asking for its feed again."""
    fake.queue_page(FEED_URL, rss(NEW), "application/rss+xml")
    fake.queue_page("https://harbour.example/new", PAGE)
    feed = await read_feed(FEED_URL, fetcher=fake)
    article = await read_entry(feed.entries[0], feed, fetcher=fake, clock=clock)
    assert (article.title, article.outlet) == ("New news", "Harbour & Coast")
    assert [url for url, _ in fake.asked] == [FEED_URL, "https://harbour.example/new"]
