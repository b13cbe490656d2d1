"""Plain text and Markdown to title and paragraphs."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.article import Article
from briefings.sources.markdown import read_markdown
from briefings.sources.texts import is_prose, read_text
from briefings.testing import FixedClock

SHARED = Path(__file__).parents[4] / "shared"
DEV_ARTICLES = sorted((SHARED / "eval/dev/articles").glob("*.txt"))

SHAPES = {
    "blank lines": ("Title\n\nOne.\n\nTwo.\n", ("One.", "Two.")),
    "no blank lines": ("Title\nOne.\nTwo.\n", ("One.", "Two.")),
    "one after the title": ("Title\n\nOne.\nTwo.\n", ("One.", "Two.")),
    "Windows line ends": ("Title\r\n\r\nOne.\r\n\r\nTwo.\r\n", ("One.", "Two.")),
    "byte order mark": ("\ufeffTitle\n\nOne.", ("One.",)),
    "leading blank lines": ("\n \n Title\n\nOne.", ("One.",)),
    "hard-wrapped": (
        "Title\n\nThe crews walked out on\nMonday over a rota. They\nwant rest.\n\nTalks go\non.\n",
        ("The crews walked out on Monday over a rota. They want rest.", "Talks go on."),
    ),
    "hard-wrapped, no blank lines": (
        "Title\nThe crews walked out on\nMonday over a rota that\nleaves no rest.",
        ("The crews walked out on Monday over a rota that leaves no rest.",),
    ),
    "long lines without blank ones": (
        f"Title\n{'word ' * 40}\n{'word ' * 40}",
        (("word " * 40).strip(), ("word " * 40).strip()),
    ),
    "only a title": ("Title", ()),
    "nothing": (" \n\n", ()),
}


@pytest.mark.parametrize(("text", "paragraphs"), SHAPES.values(), ids=SHAPES.keys())
def test_the_first_line_is_the_title(text, paragraphs):
    """Blank lines part paragraphs; without them lines do, unless an editor wrapped them."""
    draft = read_text(text.encode())
    assert draft.title == ("Title" if text.strip() else "")
    assert draft.paragraphs == paragraphs


def test_a_text_of_one_paragraph_lends_its_first_sentence():
    """Pasted prose without a heading keeps all its words, the first sentence as the title."""
    prose = "The ferry crews of Port Ellery walked out. " + "They want two nights of rest. " * 12
    draft = read_text(prose.encode())
    assert draft.title == "The ferry crews of Port Ellery walked out."
    assert " ".join([draft.title, *draft.paragraphs]) == prose.strip()


def test_a_text_file_states_its_outlet_and_date():
    """A dateline gives what no markup does, and stays in the text."""
    draft = read_text(b"Floods\n\nNAIROBI, May 8, 2018 (Xinhua) -- Rain fell.\n\nMore rain.")
    assert (draft.outlet, draft.published) == ("Xinhua", date(2018, 5, 8))
    assert draft.paragraphs[0].startswith("NAIROBI, May 8")


@pytest.mark.skipif(not DEV_ARTICLES, reason="the evaluation articles are not on this machine")
@pytest.mark.parametrize("path", DEV_ARTICLES, ids=lambda path: path.stem)
def test_a_text_file_keeps_every_letter(path):
    """Each paragraph, bylines included, arrives in the article letter for letter."""
    draft = read_text(path.read_bytes())
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["text"]
    article = Article.compose(draft.title, list(draft.paragraphs), retrieved_at=FixedClock().now())
    assert article.text == expected


@given(st.text(), st.sampled_from([read_text, read_markdown]))
def test_any_text_becomes_clean_paragraphs(text, read):
    """No paragraph is blank, spans lines, or has edges: offsets into the text stay sane."""
    draft = read(text.encode("utf-8", "ignore"))
    for line in (draft.title, *draft.paragraphs):
        assert "\n" not in line
        assert line == line.strip()
    assert all(draft.paragraphs)
    assert draft.title or not draft.paragraphs


PROSE = {
    "a sentence": ("Crews walk out\n\nThey want rest.", True),
    "a long run of letters": ("Title\n\n" + "x" * 500, True),
    "results": ("Results\n\nThe final score was 21-17, 19-21, 21-18 after 74 minutes.", True),
    "Cyrillic": ("Новый закон\n\nОн вступит в силу.", True),
    "Hindi, with its vowel marks": ("हड़ताल\n\nकर्मचारियों की हड़ताल सोमवार को शुरू हुई।", True),
    "a run of one mark": ("Title\n\n" + "." * 201, False),
    "figures": ("a,b\n1,2\n3,4\n5,6", False),
}


@pytest.mark.parametrize(("text", "expected"), PROSE.values(), ids=PROSE.keys())
def test_figures_and_marks_are_no_prose(text, expected):
    """Half of a text's characters are letters and spaces, in any script, or it is none."""
    assert is_prose(read_text(text.encode())) is expected


MARKDOWN = """# Crews *walk out*

By [Ada Marlow](https://harbour.example/ada)

The **operator** said the `rota` was [lawful](https://harbour.example/law "why").
It was agreed in January.

## What comes next

- Talks resume on Thursday.
- Nobody <b>knows</b> more.

> “We will not sail tired.”

![A ferry](ferry.png)

```
code that nobody reads
```

| a | b |
|---|---|
| 1 | 2 |

<script>alert(1)</script>
"""


def test_markdown_becomes_plain_words():
    """Links and emphasis are read as words; code, tables, pictures and raw HTML are left out."""
    draft = read_markdown(MARKDOWN.encode())
    assert draft.title == "Crews walk out"
    assert draft.authors == ("Ada Marlow",)
    assert draft.paragraphs == (
        "By Ada Marlow",
        "The operator said the rota was lawful. It was agreed in January.",
        "What comes next",
        "Talks resume on Thursday.",
        "Nobody knows more.",
        "“We will not sail tired.”",
    )


def test_markdown_without_a_heading_opens_with_its_title():
    """The first line is the title where no heading is."""
    draft = read_markdown(b"Crews walk out\n\nThey want rest.")
    assert (draft.title, draft.paragraphs) == ("Crews walk out", ("They want rest.",))


def test_front_matter_is_read_and_not_printed():
    """The block that site builders put on top gives facts, and is no part of the text."""
    text = "---\ntitle: 'Crews walk out'\ndate: 2024-03-05\nauthor: Ada Marlow\n---\n\nThey did.\n"
    draft = read_markdown(text.encode())
    assert (draft.title, draft.paragraphs) == ("Crews walk out", ("They did.",))
    assert (draft.published, draft.authors) == (date(2024, 3, 5), ("Ada Marlow",))
