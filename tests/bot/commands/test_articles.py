"""/brief, and the buttons below a briefing, also after a restart and in another tenant."""

from dataclasses import replace

import pytest

from bot.platform import Destination
from bot.slots import KeptBriefing
from briefings.errors import NoText, SummarizerUnavailable

URL = "https://news.example/ferry-crews-walk-out"


async def test_a_briefing_has_its_top_and_buttons(world):
    """The top stands in the channel; sections, evidence and the article are behind buttons."""
    reply = await world.run("brief", URL)
    kept = reply.buttons[0].value.split()[0]
    assert (reply.notice, reply.is_private, reply.is_refused) == (
        "Ferry crews walk out",
        False,
        False,
    )
    assert [section.name for section in reply.document.sections] == ["summary", "dispute"]
    assert [(b.label, b.command, b.value, b.url) for b in reply.buttons] == [
        ("Claims", "show", f"{kept} claims", None),
        ("Timeline", "show", f"{kept} timeline", None),
        ("Actors", "show", f"{kept} actors", None),
        ("Unknowns", "show", f"{kept} unknowns", None),
        ("Evidence", "show", f"{kept} evidence", None),
        ("Open article", "", "", URL),
    ]
    assert max(len(b.value) for b in reply.buttons) <= 100


@pytest.mark.parametrize(
    "options",
    [{"url": URL, "private": "yes"}, {"text": f"private {URL}"}, {"text": f"<{URL}> private"}],
    ids=["typed", "first", "last"],
)
async def test_private_is_for_the_asker_alone(world, options):
    """The word may stand anywhere; a typed option says yes."""
    assert (await world.run("brief", **options)).is_private


async def test_a_section_alone(world):
    """Only what was asked for is shown, in whichever letters it was named."""
    for options in ({"text": f"{URL} Claims"}, {"url": URL, "section": "Claims"}):
        reply = await world.run("brief", **options)
        assert [section.name for section in reply.document.sections] == ["claims"]


async def test_an_address_needs_no_scheme(world):
    """A bare host is read over https, typed as an option too."""
    reply = await world.run("brief", url="news.example/ferry-crews-walk-out")
    assert reply.notice == "Ferry crews walk out"


MISTAKES = {
    "nothing": ({}, "url", "Give the address of an article."),
    "a path": (
        {"url": "file:///etc/passwd"},
        "url",
        "“file:///etc/passwd” is no address. Use one such as https://news.example/feed.",
    ),
    "no section": (
        {"url": URL, "section": "gossip"},
        "section",
        (
            "There is no section “gossip”. There are: summary, dispute, stakes, claims, "
            "timeline, unknowns, actors, figures."
        ),
    ),
    "no page": (
        {"url": "https://news.example/none"},
        "url",
        (
            "There is no page at https://news.example/none (404). Check the address; it may have "
            "moved."
        ),
    ),
}


@pytest.mark.parametrize(("options", "option", "sentence"), MISTAKES.values(), ids=MISTAKES)
async def test_a_wrong_option_is_named(world, options, option, sentence):
    """Each mistake is a private sentence that names the option."""
    reply = await world.run("brief", **options)
    assert (reply.notice, reply.wrong_option) == (sentence, option)
    assert reply.is_refused
    assert reply.is_private


@pytest.mark.parametrize("path", ["/etc/passwd", "./README.md", "-", "~/x"])
async def test_no_file_of_ours_is_read(world, path):
    """Whatever is typed is an address on the web."""
    reply = await world.run("brief", url=path)
    assert reply.is_refused
    assert all(url.startswith("https://") for url, _ in world.fetcher.asked)


async def test_what_can_t_be_read_is_told_without_files_and_terminals(world):
    """Whoever sits in a channel has neither."""
    world.fetcher.queue("https://news.example/b", NoText("https://news.example/b"))
    assert (await world.run("brief", url="https://news.example/b")).notice == (
        "https://news.example/b holds no running text. Look for another report of it."
    )
    world.summarizer.failure = SummarizerUnavailable("fake", "out of time")
    assert (await world.run("brief", url=URL)).notice == (
        "No briefing could be made of this article. Try again in a minute."
    )


@pytest.mark.parametrize("section", ["claims", "timeline", "actors", "unknowns"])
async def test_a_button_shows_its_section_after_a_restart(world, article_page, section):
    """What a button needs is in the store: another process answers it, privately."""
    pressed = (await world.run("brief", URL)).buttons[0].value.split()[0]
    later = type(world)(article_page, store=world.store)
    reply = await later.run("show", value=f"{pressed} {section}")
    assert [shown.name for shown in reply.document.sections] == [section]
    assert reply.is_private
    assert later.fetcher.asked == []


async def test_evidence_shows_the_article_s_words(world):
    """Each line's words, with where they stand."""
    evidence = (await world.run("brief", URL)).buttons[4].value
    reply = await world.run("show", value=evidence)
    assert "Ferry crews walk out" in str(reply.document)


@pytest.mark.parametrize(
    ("where", "is_refused"),
    [
        (Destination("slack", "T1", "C2"), False),
        (Destination("slack", "T2", "C1"), True),
        (Destination("discord", "T1", "C1"), True),
    ],
    ids=["channel", "tenant", "platform"],
)
async def test_a_kept_briefing_belongs_to_its_tenant(world, where, is_refused):
    """Its buttons answer in the tenant alone."""
    pressed = (await world.run("brief", URL)).buttons[0].value
    world.where = where
    reply = await world.run("show", value=pressed)
    assert reply.is_refused is is_refused
    if is_refused:
        assert reply.notice == "This briefing is no longer kept. Ask for it again with /brief."


async def test_two_tenants_that_brief_the_same_article_displace_nothing(world):
    """The first one's buttons still work after the second has asked."""
    mine = (await world.run("brief", URL)).buttons[0].value
    world.where = replace(world.where, tenant_id="T2")
    theirs = (await world.run("brief", URL)).buttons[0].value
    assert not (await world.run("show", value=theirs)).is_refused
    world.where = replace(world.where, tenant_id="T1")
    assert not (await world.run("show", value=mine)).is_refused


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0123456789abcdef claims", "This briefing is no longer kept. Ask for it again with "),
        ("old claims", "This briefing is no longer kept. Ask for it again with "),
        ("", "This briefing is no longer kept. Ask for it again with "),
    ],
    ids=["forgotten", "another version's", "nothing"],
)
async def test_a_button_without_its_briefing_says_so(world, value, sentence):
    """Briefings are kept for a month, and an older version's may not be readable."""
    await world.store.keep_briefing(KeptBriefing("old", "slack", "T1", "{}", world.time.now()))
    reply = await world.run("show", value=value)
    assert reply.notice == f"{sentence}/brief."


async def test_a_button_for_no_section(world):
    """A section that this version does not know is named with those it does."""
    kept = (await world.run("brief", URL)).buttons[0].value.split()[0]
    reply = await world.run("show", value=f"{kept} gossip")
    assert reply.notice.startswith("There is no section “gossip”. There are: summary,")
