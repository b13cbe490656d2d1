"""Decide which addresses we dial: the ones a stranger may send us to, and no others.

Pure decisions on strings: it resolves no name, opens no socket, and raises on no input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

ALLOWED_SCHEMES = frozenset({"http", "https"})
ALLOWED_PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA's special-purpose registries (RFC 6890 and its updates), and the addresses that clouds put
# beside them. `ipaddress.is_global` knows too few: it lets multicast, NAT64 and 6to4 pass.
_SPECIAL_V4 = tuple(
    (ip_network(block), rule)
    for block, rule in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private network"),
        ("100.64.0.0/10", "shared by carriers"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "cloud service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private network"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
#: The only IPv6 block that IANA hands out for unicast; loopback, NAT64, fc00::, fe80::, fec0::,
#: multicast and addresses that wrap an IPv4 one all lie outside it.
_GLOBAL_V6 = ip_network("2000::/3")
_SPECIAL_V6 = tuple(
    (ip_network(block), rule)
    for block, rule in (
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3ffe::/16", "returned to the registry"),
        ("3fff::/20", "documentation"),
    )
)


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts opened on purpose, each `host` (any port) or `host:port`; they may be private."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> AllowedHosts:
        return cls(frozenset(name.strip().lower().rstrip(".") for name in names if name.strip()))

    def admit(self, host: str, port: int) -> bool:
        """Whether this host, as the URL spells it, was opened for this port."""
        host = host.lower().rstrip(".")
        spelled = (host, f"[{host}]") if ":" in host else (host,)
        return any(name in self.names or f"{name}:{port}" in self.names for name in spelled)


def split_url(url: str) -> SplitResult | None:
    """The parts of a URL, or None where it is malformed."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # the port is only read, and refused, when asked for
    except ValueError:
        return None
    return parts


def port_of(parts: SplitResult) -> int | None:
    """The port to dial; None for a scheme that has none here."""
    return parts.port if parts.port is not None else _DEFAULT_PORTS.get(parts.scheme)


def why_url_refused(url: str, allowed: AllowedHosts) -> str | None:
    """The rule that forbids this URL, in two or three words; None where nothing does.

    A name says nothing about where it leads: the dialled address is checked as well.
    """
    parts = _split_plainly(url)
    if parts is None:
        return "malformed address"
    if parts.scheme not in ALLOWED_SCHEMES:
        return "neither http nor https"
    if "@" in parts.netloc:
        return "user name in the address"
    return _why_host_refused(parts.hostname or "", port_of(parts), allowed)


def _split_plainly(url: str) -> SplitResult | None:
    """The parts of a URL that every parser reads alike, or None."""
    # Parsers disagree about these characters, and what is read two ways is not checked.
    if any(char <= " " or char in "\\\x7f" for char in url):
        return None
    parts = split_url(url)
    is_web = parts is not None and parts.scheme in ALLOWED_SCHEMES
    if parts is not None and is_web and (not parts.hostname or "%" in parts.netloc):
        return None
    return parts


def _why_host_refused(host: str, port: int | None, allowed: AllowedHosts) -> str | None:
    if port is None or allowed.admit(host, port):
        return None
    if port not in ALLOWED_PORTS:
        return f"port {port}"
    return why_address_refused(host) if _is_literal(host) else None


def why_address_refused(address: str) -> str | None:
    """The block that forbids dialling this IP address; None for one of the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "no IP address"
    if isinstance(ip, IPv6Address):
        return _why_v6_refused(ip)
    return _find_block(ip, _SPECIAL_V4)


def why_dial_refused(address: str, port: int) -> str | None:
    """The rule that forbids this address and port at the moment of dialling."""
    return why_address_refused(address) or (None if port in ALLOWED_PORTS else f"port {port}")


def _why_v6_refused(ip: IPv6Address) -> str | None:
    if ip.scope_id is not None or ip not in _GLOBAL_V6:
        return "outside the public IPv6 block"
    return _find_block(ip, _SPECIAL_V6)


def _find_block(ip: IPv4Address | IPv6Address, table: Iterable[tuple[object, str]]) -> str | None:
    return next((rule for block, rule in table if ip in block), None)  # type: ignore[operator]


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
