"""What a page hides from its readers stays out of its article."""

import lxml.html
import pytest

from briefings.sources.unseen import drop_unseen

FILLER = "<p>The crews of the ferries walked out and they want to have more rest.</p>" * 3


@pytest.fixture
def seen():
    """The words of a page that are left, the filler's left out."""

    def read(markup: str, css: str = "") -> str:
        tree = lxml.html.document_fromstring(
            f"<html><head>{css}</head><body>{FILLER}<div id=at>{markup}</div></body></html>"
        )
        drop_unseen(tree)
        return " ".join(tree.get_element_by_id("at").text_content().split())

    return read


HIDING = (
    "display:none",
    "DISPLAY : NONE !important",
    "display:/**/none",
    "visibility:hidden",
    "opacity:0",
    "opacity: 0.0",
    "font-size:0",
    "font-size:1px",
    "font-size: 0.5px",
    "font-size:0.01em",
    "position:absolute;clip:rect(0,0,0,0)",
    "clip: rect(0 0 0 0)",
    "clip:rect(1px, 1px, 1px, 1px)",
    "clip-path: inset(100%)",
    "clip-path:inset(50%)",
    "clip-path:inset(0 100% 0 0)",
    "scale:0",
    "transform:scale(0)",
    "transform: rotate(3deg) scale(0, 1)",
    "transform:translateX(-9999px)",
    "position:absolute;left:-9999px",
    "left:9999px",
    "text-indent:-9999px",
    "margin-left:-10000px",
)
SHOWING = (
    "color:red",
    "display:block",
    "display:none;display:block",
    "opacity:0.5",
    "opacity:1",
    "font-size:10px",
    "font-size:1em",
    "font-size:1.2rem",
    "font-size:100%",
    "clip:rect(0,100px,100px,0)",
    "clip-path:inset(0)",
    "clip-path:inset(5%)",
    "transform:scale(0.98)",
    "transform:scale(1)",
    "scale:0.98",
    "left:0",
    "left:-10px",
    "margin-left:-50px",
    "background:url(data:image/png;base64,display:none)",
)


@pytest.mark.parametrize("style", HIDING)
def test_what_a_style_hides_is_dropped(seen, style):
    """The element goes, the words around it stay."""
    assert seen(f'Crews <b style="{style}">praise Ellery</b> rest.') == "Crews rest."


@pytest.mark.parametrize("style", SHOWING)
def test_what_a_style_shows_stays(seen, style):
    """A style that leaves words in sight costs none of them."""
    assert seen(f'Crews <b style="{style}">want</b> rest.') == "Crews want rest."


def test_words_with_a_size_of_their_own_stay(seen):
    """A wrapper without font size, as in newsletters, hides its bare words alone."""
    inner = 'hidden <i>hidden too</i> <b style="font-size:13px">Crews want rest.</b> hidden'
    assert seen(f'<div style="font-size:0px">{inner}</div>') == "Crews want rest."


RULES = {
    "class": ("<style>.x{display:none}</style>", False),
    "id": ("<style>#y { visibility: hidden }</style>", False),
    "tag and class": ("<style>a{color:red} b.x{display:none!important}</style>", False),
    "in a list": ("<style>.other, .x {color:red; display:none}</style>", False),
    "commented": ("<style>/* } */ .x/**/{display:none}</style>", False),
    "after an import": ("<style>@import url(a.css); .x{display:none}</style>", False),
    "on screens": ("<style>@media screen{.x{display:none}}</style>", False),
    "important": ("<style>.x{display:none!important} .x{display:block}</style>", False),
    "weightier": ("<style>#y{display:none} .x{display:block}</style>", False),
    "undone": ("<style>.x{display:none} .x{display:block}</style>", True),
    "in print": ("<style>@media print{.x{display:none}}</style>", True),
    "sheet for print": ("<style media=print>.x{display:none}</style>", True),
    "on small screens": ("<style>@media (max-width:600px){.x{display:none}}</style>", True),
    "within another": ("<style>.menu .x{display:none}</style>", True),
    "on another tag": ("<style>i.x{display:none}</style>", True),
    "for no script": ("<noscript><style>.x{display:none}</style></noscript>", True),
    "fading in": ("<style>.x{opacity:0}</style>", True),
    "unclosed": ("<style>.x{display:none</style>", True),
}


@pytest.mark.parametrize(("css", "is_seen"), RULES.values(), ids=RULES.keys())
def test_the_page_s_own_rules_hide_too(seen, css, is_seen):
    """Plain class and id rules that hold on a reader's screen are obeyed, and no others."""
    left = seen('Crews <b class="a x" id="y">want</b> rest.', css)
    assert left == ("Crews want rest." if is_seen else "Crews rest.")


def test_inline_styles_outweigh_rules(seen):
    """What a rule hides and the element itself shows is shown."""
    css = "<style>.x{display:none}</style>"
    assert seen('<b class="x" style="display:block">Crews</b>', css) == "Crews"


def test_a_page_that_fades_in_is_read(seen):
    """An element that holds most of the page is no hidden one, however faint."""
    text = FILLER * 2
    assert len(seen(f'<div style="opacity:0">{text}</div>')) > len(FILLER)
