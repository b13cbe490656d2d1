"""What kind of content some bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.kinds import Kind, tell_kind, why_bytes_unreadable, why_type_unreadable

KINDS = {
    "text": (b"Title\n\nText.", "", "", Kind.TEXT),
    "declared text": (b"Title\n\nText.", "text/plain", "", Kind.TEXT),
    "a page in a .txt": (b"\n<!DOCTYPE html><html>", "text/plain", "a.txt", Kind.PAGE),
    "a fragment": (b"<p>Hello</p>", "", "", Kind.PAGE),
    "declared HTML": (b"Hello", "text/html", "", Kind.PAGE),
    "XHTML": (b'<?xml version="1.0"?><!-- x --><html xmlns="x">', "", "", Kind.PAGE),
    "a page in UTF-16": ("<html><body>".encode("utf-16"), "", "", Kind.PAGE),
    "RSS": (b'<?xml version="1.0"?>\n<rss version="2.0">', "text/html", "", Kind.FEED),
    "Atom": (b'<feed xmlns="http://www.w3.org/2005/Atom">', "", "", Kind.FEED),
    "RDF": (b"<rdf:RDF xmlns:rdf='x'>", "", "", Kind.FEED),
    "declared RSS": (b"<!DOCTYPE rss><x>", "application/rss+xml", "", Kind.FEED),
    "JSON feed": (b'{"version": "https://jsonfeed.org/version/1.1"}', "", "", Kind.FEED),
    "other JSON": (b'{"a": 1}', "application/json", "", None),
    "Markdown by name": (b"Hello", "", "a.MD", Kind.MARKDOWN),
    "Markdown by type": (b"Hello", "text/markdown", "", Kind.MARKDOWN),
    "Markdown by its heading": (b"# Hello\n\nText", "", "", Kind.MARKDOWN),
    "a text that opens with a brace": (b"{sic} he said", "", "", Kind.TEXT),
}


@pytest.mark.parametrize(("body", "media_type", "name", "kind"), KINDS.values(), ids=KINDS.keys())
def test_the_first_bytes_tell_the_kind(body, media_type, name, kind):
    """What stands in a source decides, then what it is called."""
    assert tell_kind(body, media_type, name) is kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"PK\x03\x04", "archive or word processor file"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"{\\rtf1", "word processor file"),
        (b"some\x00binary" + b"x" * 50, "binary file"),
        (b"BMW workers strike", None),
        ("Title\n\nText".encode("utf-16"), None),
        ("Title\n\nText".encode("utf-16-le"), None),
        (b"", None),
    ],
)
def test_bytes_that_hold_no_text_are_named(body, kind):
    """A PDF is a PDF whatever its name; text that looks alike stays text."""
    assert why_bytes_unreadable(body) == kind


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("text/html", None),
        ("application/rss+xml", None),
        ("application/feed+json", None),
        ("application/octet-stream", None),
        ("", None),
        ("application/pdf", "PDF"),
        ("image/webp", "image"),
        ("video/mp4", "video"),
        ("text/css", "text/css"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "word processor file",
        ),
    ],
)
def test_declared_kinds_without_text_are_named(media_type, kind):
    """What can't be an article is refused by its declared type, before its body is read."""
    assert why_type_unreadable(media_type) == kind


@given(st.binary(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_any_bytes_have_a_kind(body, media_type, name):
    """There are no bytes that stop the sorting."""
    assert tell_kind(body, media_type, name) in {*Kind, None}
