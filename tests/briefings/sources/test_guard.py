"""Which addresses are dialled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.guard import (
    AllowedHosts,
    why_address_refused,
    why_dial_refused,
    why_url_refused,
)

NOBODY = AllowedHosts()

REFUSED_ADDRESSES = {
    "this network": "0.0.0.0",  # noqa: S104 - refused here, bound by nobody
    "loopback": "127.0.0.1",
    "all of loopback": "127.255.3.4",
    "private 10": "10.1.2.3",
    "private 172": "172.16.0.1",
    "private 172, last": "172.31.255.255",
    "private 192": "192.168.1.1",
    "carriers": "100.64.0.1",
    "a cloud's metadata": "169.254.169.254",
    "Azure's host": "168.63.129.16",
    "Alibaba's metadata": "100.100.100.200",
    "protocols": "192.0.0.9",
    "documentation 1": "192.0.2.1",
    "documentation 2": "198.51.100.7",
    "documentation 3": "203.0.113.7",
    "6to4 relay": "192.88.99.1",
    "benchmarking": "198.19.255.255",
    "multicast": "224.0.0.251",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 unspecified": "::",
    "IPv6 loopback": "::1",
    "IPv4-mapped private": "::ffff:10.0.0.1",
    "IPv4-mapped public": "::ffff:8.8.8.8",
    "NAT64": "64:ff9b::7f00:1",
    "local NAT64": "64:ff9b:1::1",
    "discard": "100::1",
    "unique local": "fd00::1",
    "link-local": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "public with a zone": "2606:4700::1%eth0",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "Teredo": "2001::1",
    "ORCHID": "2001:20::1",
    "IPv6 documentation": "2001:db8::1",
    "new IPv6 documentation": "3fff::1",
    "6to4 of loopback": "2002:7f00:1::1",
    "segment routing": "5f00::1",
    "6bone": "3ffe::1",
    "no address": "example.org",
}


@pytest.mark.parametrize("address", REFUSED_ADDRESSES.values(), ids=REFUSED_ADDRESSES.keys())
def test_special_addresses_are_refused(address):
    """No block that is set apart from the public internet is dialled."""
    assert why_address_refused(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.32.0.1", "100.128.0.1", "11.0.0.1", "2606:4700:4700::1111", "2a00:1450::1"],
)
def test_public_addresses_are_dialled(address):
    """Addresses just outside the special blocks are the public internet."""
    assert why_address_refused(address) is None


REFUSED_URLS = {
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.org/a",
    "javascript": "javascript:alert(1)",
    "no scheme": "example.org/a",
    "nothing": "",
    "no host": "http:///a",
    "user name": "http://user@example.org/",
    "user and password": "https://example.org:80@10.0.0.1/",
    "port 22": "http://example.org:22/",
    "port 8080": "http://example.org:8080/",
    "port 0": "http://example.org:0/",
    "port too large": "http://example.org:65536/",
    "port not a number": "http://example.org:abc/",
    "loopback literal": "http://127.0.0.1/",
    "IPv6 literal": "http://[::1]/",
    "broken IPv6": "http://[::1/",
    "private literal": "https://192.168.0.1/",
    "backslash": "http://example.org\\@10.0.0.1/",
    "space": "http://exa mple.org/",
    "line feed": "http://example.org/\nHost: a",
    "percent in the host": "http://127%2e0.0.1/",
}


@pytest.mark.parametrize("url", REFUSED_URLS.values(), ids=REFUSED_URLS.keys())
def test_urls_are_refused_before_dialling(url):
    """Schemes, ports, user names and literal addresses are judged from the URL alone."""
    assert why_url_refused(url, NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://example.org/a?b=c#d",
        "http://example.org:443/",
        "https://example.org:80/",
        "https://bücher.example/",
        "HTTPS://EXAMPLE.ORG/",
        "http://[2606:4700::1111]/",
        "https://example.org/%7Euser/a%20b",
    ],
)
def test_ordinary_urls_pass(url):
    """An address of the public web is fetched."""
    assert why_url_refused(url, NOBODY) is None


def test_an_allowed_host_may_be_private_and_use_any_port():
    """What the person who runs the bot opened by name is open, and nothing beside it."""
    allowed = AllowedHosts.of(["127.0.0.1:8080", "Intranet.example", "[::1]:9000", " "])
    opened = ("http://127.0.0.1:8080/", "http://intranet.example:5000/", "http://[::1]:9000/")
    assert [why_url_refused(url, allowed) for url in opened] == [None, None, None]
    closed = ("http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://[::1]/")
    assert all(why_url_refused(url, allowed) for url in closed)


def test_an_allowed_host_still_needs_http_and_no_user_name():
    """Opening a host opens no other scheme."""
    allowed = AllowedHosts.of(["intranet.example"])
    assert why_url_refused("ftp://intranet.example/", allowed)
    assert why_url_refused("http://me@intranet.example/", allowed)


def test_the_port_is_checked_at_the_dial_as_well():
    """A public address on a port of another service is not dialled."""
    assert why_dial_refused("8.8.8.8", 443) is None
    assert why_dial_refused("8.8.8.8", 25) == "port 25"
    assert why_dial_refused("10.0.0.1", 443) == "private network"


@given(st.text() | st.from_regex(r"https?://[^/]{0,20}[:@\[\]%.]{0,5}[^/]{0,10}/?", fullmatch=True))
def test_the_guard_raises_on_no_string(url):
    """Whatever a stranger types is judged, never an exception."""
    verdict = why_url_refused(url, AllowedHosts.of([url]))
    assert verdict is None or verdict
    assert why_address_refused(url) is None or why_address_refused(url)
