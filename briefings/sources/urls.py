"""Addresses as text: is it one, its canonical form, where a relative link leads.

It judges no address (the guard does) and fetches none.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlunsplit

from briefings.sources.guard import ALLOWED_SCHEMES, split_url

#: Parameters that tell a publisher who clicked where and change nothing of the page. The names
#: are those of Google Analytics, the advertising networks and the mailing services.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "at_campaign", "at_medium", "hsa_")
_LISTED = """
    _ga _gl _hsenc _hsmi cmpid dclid fb_action_ids fb_action_types fbclid gbraid gclid gclsrc igsh
    igshid mc_cid mc_eid mkt_tok msclkid ocid s_cid smid twclid vero_id wbraid yclid
"""
_TRACKING = frozenset(_LISTED.split())
#: Prefixes under which one site serves the same page.
_TWIN_PREFIXES = ("www.", "m.", "amp.", "mobile.", "edition.")


def is_url(source: str) -> bool:
    """Whether a person who types this means an address rather than a file."""
    return source.strip().lower().startswith(("http://", "https://"))


def canonical_url(url: str) -> str:
    """One spelling for one page: host in lower case, no default port, fragment or tracking.

    What is no http(s) address comes back as it was.
    """
    parts = split_url(url.strip())
    if parts is None or parts.scheme not in ALLOWED_SCHEMES or not parts.hostname:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.rstrip(".")
    is_default = parts.port in (None, 443 if parts.scheme == "https" else 80)
    netloc = host if is_default else f"{host}:{parts.port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", _plain_query(parts.query), ""))


def _plain_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _is_tracking(key.lower())]
    # Untouched queries keep their spelling: some servers read "a=b;c" or "a+b" in their own way.
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_tracking(key: str) -> bool:
    return key in _TRACKING or key.startswith(_TRACKING_PREFIXES)


def resolve_link(base: str | None, link: str | None) -> str | None:
    """The http(s) address that `link`, perhaps a relative one, means on the page `base`."""
    if not link or not link.strip():
        return None
    try:
        url = urljoin(base or "", link.strip())
    except ValueError:
        return None
    parts = split_url(url)
    is_web = parts is not None and parts.scheme in ALLOWED_SCHEMES and bool(parts.hostname)
    return url if is_web else None


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses lie on one site, but for www, mobile and such prefixes.

    Stricter than a shared registered domain: a page may not name another's as its own address.
    """
    first, second = _plain_host(one), _plain_host(other)
    return bool(first) and first == second


def _plain_host(url: str) -> str:
    parts = split_url(url)
    host = (parts.hostname or "").rstrip(".") if parts else ""
    for prefix in _TWIN_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host
