"""Addresses as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.urls import canonical_url, is_same_site, is_url, resolve_link


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example/A", "https://news.example/A"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://news.example/a#top", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"),
        ("https://news.example/a?UTM_Source=x", "https://news.example/a"),
        ("https://news.example/a?b=1;c=2&d=a+b", "https://news.example/a?b=1;c=2&d=a+b"),
        ("https://news.example/a?empty=", "https://news.example/a?empty="),
        ("http://[2606:4700::1111]/a", "http://[2606:4700::1111]/a"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("http://[broken/", "http://[broken/"),
    ],
)
def test_one_page_has_one_spelling(url, canonical):
    """What says who clicked where is left out; what changes the page stays."""
    assert canonical_url(url) == canonical


@given(st.text())
def test_canonical_form_is_final(url):
    """The canonical form of a canonical form is itself, whatever was typed."""
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://news.example", True),
        (" HTTP://news.example", True),
        ("news.example", False),
        ("-", False),
        ("articles/http.txt", False),
        ("file:///etc/passwd", False),
    ],
)
def test_an_address_says_http(source, expected):
    """Only what begins as a web address is one; the rest are files."""
    assert is_url(source) is expected


@pytest.mark.parametrize(
    ("base", "link", "expected"),
    [
        ("https://a.example/news/", "one", "https://a.example/news/one"),
        ("https://a.example/news/", "/two", "https://a.example/two"),
        ("https://a.example/", "//b.example/x", "https://b.example/x"),
        (None, "https://a.example/x", "https://a.example/x"),
        (None, "/x", None),
        ("https://a.example/", "javascript:alert(1)", None),
        ("https://a.example/", "file:///etc/passwd", None),
        ("https://a.example/", "http://[broken", None),
        ("https://a.example/", " ", None),
        ("https://a.example/", None, None),
    ],
)
def test_links_lead_to_the_web_or_nowhere(base, link, expected):
    """A link becomes an http address, or nothing."""
    assert resolve_link(base, link) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://www.a.example/x", "https://a.example/y", True),
        ("https://m.a.example/x", "https://www.a.example/y", True),
        ("https://a.example/", "https://b.example/", False),
        ("https://evil-a.example/", "https://a.example/", False),
        ("https://blog.a.example/", "https://a.example/", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_page_speaks_only_for_its_own_site(one, other, expected):
    """Prefixes such as www make no other site; anything else does."""
    assert is_same_site(one, other) is expected
