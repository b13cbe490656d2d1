"""What the sections say, before any platform writes it."""

import pytest

from briefings.briefing import Claim
from briefings.evidence import Span
from briefings.rendering.attribution import attribute
from briefings.rendering.citations import is_verbatim
from briefings.rendering.links import link_address
from briefings.rendering.nodes import Line, Run
from briefings.rendering.quotations import quote_claim
from briefings.rendering.sections import SECTIONS, build_document
from briefings.rendering.wording import close_line, complete_date, name_within, open_line


def lines_of(document, name):
    section = next(section for section in document.sections if section.name == name)
    for block in section.blocks:
        yield from block.lines if hasattr(block, "lines") else (block.line,)


def test_sections_come_in_reading_order(typical):
    """The sections stand in the order of SECTIONS, however they were asked for."""
    assert [section.name for section in build_document(typical).sections] == list(SECTIONS)
    document = build_document(typical, ["figures", "summary"])
    assert [section.name for section in document.sections] == ["summary", "figures"]


def test_empty_sections_are_left_out_but_the_dispute_is_not(empty):
    """Without a dispute one plain sentence says so; other empty sections are left out."""
    document = build_document(empty)
    assert [section.name for section in document.sections] == ["summary", "dispute"]
    (line,) = lines_of(document, "dispute")
    assert line.text == "The article reports no dispute between identifiable parties."


@pytest.mark.parametrize("name", [name for name in SECTIONS if name != "summary"])
def test_an_empty_section_asked_for_says_so(empty, name):
    """Who asks for an empty section is told that the article gives nothing for it."""
    (line,) = lines_of(build_document(empty, [name]), name)
    assert line.text.startswith("The article")
    assert not line.citations


def test_unknown_sections_are_refused(typical):
    """A name that is no section is an error, not an empty page."""
    with pytest.raises(ValueError, match="no such section: verdict"):
        build_document(typical, ["summary", "verdict"])


def test_every_line_carries_evidence(named_briefing):
    """Each line of a briefing cites the article, with the words that stand there."""
    _, briefing = named_briefing
    document = build_document(briefing)
    for section in document.sections:
        for line in lines_of(document, section.name):
            assert line.citations or not briefing.contested
            assert all(citation.quote for citation in line.citations)


def test_claims_always_show_speaker_and_verb(typical):
    """Nobody speaks in our own voice: each claim opens with its speaker and the article's verb."""
    for line, claim in zip(
        lines_of(build_document(typical), "claims"), typical.claims, strict=True
    ):
        styles = [run.style for run in line.runs]
        assert "strong" in styles[:3]
        assert claim.verb in [run.text for run in line.runs if run.style == "cue"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            {"speaker": "orland", "speaker_text": "Orland"}, "Orland (said): it.", id="name"
        ),
        pytest.param(
            {"speaker": "orland", "speaker_text": "it"}, "Orland (said): it.", id="pronoun"
        ),
        pytest.param(
            {"speaker": "orland", "speaker_text": "Orland officials"},
            "Orland officials [Orland] (said): it.",
            id="officials-are-not-the-state",
        ),
        pytest.param(
            {"speaker": "venn", "speaker_text": "the foreign minister"},
            "Mara Venn (said): it.",
            id="person-by-role",
        ),
        pytest.param(
            {"speaker_text": "two senior officials", "via": "Kurier"},
            "Two senior officials (said, via Kurier): it.",
            id="anonymous-via-an-outlet",
        ),
        pytest.param(
            {"speaker_text": "the report", "verb": "according to"},
            "According to the report: it.",
            id="cue-before-its-speaker",
        ),
    ],
)
def test_how_a_speaker_is_named(typical, facts, words):
    """A speaker is named as the article has it, and never made more official than there."""
    claim = Claim.model_validate(
        {
            "kind": "state",
            "verb": "said",
            "text": "it",
            "quoted": False,
            "evidence": typical.summary.evidence,
            **facts,
        }
    )
    assert Line(attribute(claim, typical)).text == words


ARTICLE = "“We will wait,” Venn said. “We have time. All of it.” The ‘lock’ is old."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("We have time. All of it.", "“We have time. All of it.”", id="in-a-row"),
        pytest.param("We will wait, We have time.", "We will wait, We have time.", id="not-there"),
        pytest.param("We will wait. We have time.", "“We will wait” … “We have time.”", id="apart"),
        pytest.param("We will wait,", "“We will wait”", id="comma"),
        pytest.param("a “precise” step", "a “precise” step", id="marks-of-its-own"),
        pytest.param("wait,” Venn said", "“wait,” Venn said", id="opening-lost"),
        pytest.param("Venn said. “We have", "Venn said. “We have”", id="closing-lost"),
    ],
)
def test_quotation_marks_stand_around_the_articles_words_only(text, words):
    """Words in quotation marks are the article's, letter for letter; others get none."""
    assert Line(quote_claim(text, ARTICLE)).text == words


@pytest.mark.parametrize(
    ("text", "verbatim"),
    [
        pytest.param("a treaty on the shared bridge", True, id="part"),
        pytest.param("Vessa signed a pact on the bridge", False, id="other-words"),
        pytest.param("TALKS are to continue; ", True, id="case-and-edges"),
        pytest.param("a treat", False, id="half-a-word"),
        pytest.param("Talks are to continue. Vessa signed a treaty.", True, id="two-sentences"),
        pytest.param("Talks are to continue. Nobody knows.", False, id="one-sentence-of-two"),
    ],
)
def test_verbatim(text, verbatim):
    """A line is verbatim where each of its sentences stands in its evidence, in whole words."""
    article = "Vessa signed a treaty on the shared bridge.\n\nTalks are to continue on Monday."
    evidence = [Span.of(article, 0, 43), Span.of(article, 45, len(article))]
    assert is_verbatim(text, evidence) is verbatim


@pytest.mark.parametrize(
    ("when", "iso", "rest"),
    [
        pytest.param("Tuesday", "2031-03-04", "4 March 2031", id="weekday"),
        pytest.param("October 7", "2023-10-07", "2023", id="american-order"),
        pytest.param("on 7 October 2023", "2023-10-07", None, id="whole"),
        pytest.param("in 1984", "1984", None, id="year"),
        pytest.param("last month", "2031-02", "February 2031", id="month"),
        pytest.param("17 March", "2031-03-07", "7 March 2031", id="no-part-of-a-number"),
        pytest.param("soon", "2031-13-77", "2031-13-77", id="no-date"),
    ],
)
def test_dates_say_what_the_article_leaves_open(when, iso, rest):
    """Beside the article's own "when" stands only what it leaves unsaid of the date."""
    assert complete_date(when, iso) == rest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("the bridge", "The bridge.", id="phrase"),
        pytest.param("al-Karn fell", "al-Karn fell.", id="own-spelling"),
        pytest.param("Done!", "Done!", id="closed"),
        pytest.param("“Done.”", "“Done.”", id="closed-inside-marks"),
        pytest.param("first, second;", "First, second.", id="cut-at-a-comma"),
    ],
)
def test_lines_open_and_close(before, after):
    """A line opens with a capital and closes with a full stop, the words left alone."""
    assert close_line(open_line(before)) == after


@pytest.mark.parametrize(
    ("url", "address"),
    [
        pytest.param("https://a.example/b?c=d&e=f", "https://a.example/b?c=d&e=f", id="plain"),
        pytest.param(
            "https://a.example/<b> |\"'", "https://a.example/%3Cb%3E%20%7C%22'", id="unsafe"
        ),
        pytest.param("https://a.example/\u202egpj.exe", "https://a.example/gpj.exe", id="bidi"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("https://a b.example/", None, id="broken-host"),
        pytest.param("https://[::1/", None, id="unreadable"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_safe_addresses_become_links(url, address):
    """A link leads to http or https, and its address can't end early on any platform."""
    assert link_address(url) == address


def test_runs_hold_no_control_characters():
    """Terminal escapes, bidirectional controls and line breaks never reach a renderer."""
    dirty = "a\x1b[31mb\x1b]0;title\x07c\u202ed\u2066e\x00f\ng\x9b1mh\r\ni\ud800"
    assert Run("plain", dirty).text == "abcdef gh i"


def test_an_unfinished_escape_takes_nothing_with_it():
    """An escape sequence that never ends loses its sign, not the words behind it."""
    assert Run("plain", "a\x1b]0;never ends").text == "a]0;never ends"


def test_actors_know_their_affiliation(typical):
    """An actor's line names whom the actor belongs to."""
    texts = [line.text for line in lines_of(build_document(typical), "actors")]
    assert "Mara Venn (person, Orland): Foreign Minister" in texts


@pytest.mark.parametrize(
    ("name", "article", "shown"),
    [
        ("World Bank", "A loan of the World Bank ended.", "the World Bank"),
        (
            "World Bank",
            "World Bank loans ended, and the World Bank left. World Bank.",
            "World Bank",
        ),
        ("Two former clerks", "Two former clerks spoke.", "two former clerks"),
        ("Growers", "Growers wait. All growers do.", "growers"),
        ("Maren Oldt", "Maren Oldt spoke.", "Maren Oldt"),
    ],
    ids=["with-the", "mostly-without", "count", "common-noun", "person"],
)
def test_names_stand_within_a_sentence_as_in_the_article(name, article, shown):
    """A name takes the article's "the", and loses a capital that was only its sentence's."""
    assert name_within(name, article) == shown


def test_a_comma_before_the_closing_mark_does_not_stand_before_the_full_stop():
    """What led on to "he said" ends the line without its comma."""
    assert close_line("“If it rains, we go,”") == "“If it rains, we go”."
