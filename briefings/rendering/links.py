"""Makes an address of an article safe to stand in a link, on every platform alike.

Only the source's own address becomes a link; addresses inside an article stay words.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefings.rendering.clean import clean

#: What no address may hold as it is (RFC 3986, section 2), and what would end a link early.
_UNSAFE = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f]")


def link_address(url: str | None) -> str | None:
    """`url` with unsafe characters percent-encoded; None unless it is http(s) with a host."""
    if url is None:
        return None
    address = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", clean(url).strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "%" in parts.hostname:
        return None
    return address
