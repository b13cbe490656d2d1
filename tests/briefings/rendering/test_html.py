"""The page's source: segments, policy, and nothing of the article that could run."""

from html.parser import HTMLParser

from briefings.rendering.clean import clean
from briefings.rendering.html import cut_article, render_html
from briefings.rendering.paragraphs import number_paragraphs, paragraph_at


class Reader(HTMLParser):
    """Notes every tag with its attributes, and the text outside style and script."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.texts = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, text):
        if self.tags and self.tags[-1][0] not in {"style", "script"}:
            self.texts.append(text)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_segments_are_the_article(named_briefing):
    """The segments of a paragraph together are the paragraph, but for control characters."""
    _, briefing = named_briefing
    stretches = number_paragraphs(briefing.text)
    for stretch, paragraph in zip(stretches, cut_article(briefing), strict=True):
        shown = "".join(segment.text for segment in paragraph.segments)
        assert shown == clean(briefing.text[stretch.start : stretch.end])


def test_segments_of_a_citation_are_its_quote(named_briefing):
    """What lights up for a citation is its quotation, counted in code points."""
    _, briefing = named_briefing
    segments = [s for paragraph in cut_article(briefing) for s in paragraph.segments]
    places = sorted({(span.start, span.end, span.quote) for _, span in briefing.spans()})
    for number, (_, _, quote) in enumerate(places, 1):
        lit = "".join(segment.text for segment in segments if number in segment.cited)
        assert lit == clean(quote)


def test_a_page_loads_nothing(named_briefing):
    """No tag of the page names anything to load, and only the source is linked."""
    _, briefing = named_briefing
    tags = read(render_html(briefing)).tags
    assert not [attrs for _, attrs in tags if "src" in attrs or "srcset" in attrs]
    assert [attrs["href"] for tag, attrs in tags if tag == "link"] == ["data:,"]
    links = [attrs["href"] for tag, attrs in tags if tag == "a" and attrs["href"][0] != "#"]
    assert len(links) == (1 if briefing.source.url else 0)


def test_nothing_of_the_article_becomes_a_tag(hostile, typical):
    """A hostile article adds no kind of tag or handler to a page."""
    kinds = {tag for tag, _ in read(render_html(typical)).tags}
    reader = read(render_html(hostile))
    assert {tag for tag, _ in reader.tags} <= kinds
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert sum(tag == "script" for tag, _ in reader.tags) == 1
    assert "</script><script>alert(1)</script>" in "".join(reader.texts)


def test_every_reference_leads_to_its_words(typical):
    """A reference points at an anchor that is there, script or no script."""
    tags = read(render_html(typical)).tags
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    references = [attrs for _, attrs in tags if attrs.get("class") == "cite"]
    assert references
    assert all(attrs["href"][1:] in ids for attrs in references)


def test_a_page_of_one_section_keeps_the_article(typical):
    """Whichever sections are shown, the article stands beside them in full."""
    page = render_html(typical, sections=["figures"])
    assert "Who claims what" not in page
    assert "between the two." in page


def test_paragraphs_are_counted_from_the_title():
    """The title is 0, and blank stretches are not counted."""
    text = "Title\n\nOne.\n\n\n\nTwo."
    numbered = number_paragraphs(text)
    assert [(s.number, text[s.start : s.end]) for s in numbered] == [
        (0, "Title"),
        (1, "One."),
        (2, "Two."),
    ]
    assert [paragraph_at(numbered, at) for at in (0, 4, 7, 10, 15)] == [0, 0, 1, 1, 2]
