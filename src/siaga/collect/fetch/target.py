"""Addresses of the web: taken apart strictly, written in one way, compared."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from siaga.base.errors import RejectError
from siaga.base.record import Record

__all__ = ["Target", "joined", "same_site", "target_of"]

STANDARD_PORTS = {"http": 80, "https": 443}
LONGEST = 4096
"""Characters of an address; longer ones are traps."""
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)$")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PERCENT = re.compile(r"%(?P<code>[0-9A-Fa-f]{2})")
_TRACKING = re.compile(
    r"(?<![^&])(?:utm_[a-z]+|fbclid|gclid|igshid|mc_cid|mc_eid|at_[a-z]+|xtor|ocid|cmpid)=[^&]*&?", re.IGNORECASE
)
PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""Characters that never need to be escaped (RFC 3986)."""
SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "go", "gov", "mil", "net", "or", "org", "sch", "web", "my", "desa", "biz"}
)
"""Labels under which countries register names, so that `antara.co.id` is one site and `co.id` is none."""


class Target(Record):
    """An address taken apart. `userinfo` is kept out of `url`, so that it is never shown or stored."""

    scheme: str
    host: str
    """In lower case, IDNA; IPv6 without brackets."""
    port: int
    path: str
    """With the query, escaped."""
    userinfo: str | None = None

    @property
    def authority(self) -> str:
        """Host, and the port where it is not the scheme's own: what stands in the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt is for, and what credentials are for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address in the one way in which we write it."""
        return f"{self.origin}{self.path}"


def target_of(address: str, ports: tuple[int, ...] = (80, 443)) -> Target:
    """What an address leads to; fragments and marks of campaigns are left out.

    Args:
        address: with scheme.
        ports: that may be asked.

    Raises:
        RejectError: `not_http`, `bad_address` or `blocked_port`.

    """
    if len(address) > LONGEST:
        raise RejectError("bad_address", f"an address of {len(address)} characters, expected at most {LONGEST}")
    try:
        parts = urlsplit(_CONTROLS.sub("", address).strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise RejectError("bad_address", f"{address[:200]!r} is no address: {error}") from error
    if parts.scheme not in STANDARD_PORTS:
        raise RejectError("not_http", f"{address[:200]!r}: expected an address with http:// or https://")
    port = STANDARD_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise RejectError("blocked_port", f"port {port}, expected one of {ports}; if you mean to, see fetch.ports")
    userinfo = parts.netloc.rpartition("@")[0] or None
    path = _path(parts.path, parts.query)
    return Target(scheme=parts.scheme, host=_host(host, address), port=port, path=path, userinfo=userinfo)


def joined(base: str, reference: str) -> str | None:
    """The whole address of a reference on a page; null if it is none of the web."""
    reference = reference.strip()
    try:
        whole = reference if reference.startswith(("http://", "https://")) else urljoin(base, reference)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in STANDARD_PORTS and parts.hostname else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registered name.

    >>> same_site("https://news.detik.com/a", "https://www.detik.com/b")
    True
    >>> same_site("https://a.co.id/", "https://b.co.id/")
    False
    """
    try:
        hosts = [urlsplit(address).hostname or "" for address in (one, other)]
    except ValueError:
        return False
    return bool(hosts[0]) and _registered(hosts[0]) == _registered(hosts[1])


def _registered(host: str) -> str:
    if _NUMBER.fullmatch(host.rpartition(".")[2]) or ":" in host:
        return host
    labels = host.lower().rstrip(".").split(".")
    many = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVELS and len(labels[-1]) == 2 else 2  # noqa: PLR2004
    return ".".join(labels[-many:])


def _host(host: str, address: str) -> str:
    """A host in the one spelling; numbers spelt oddly (`0x7f.1`, `2130706433`) are refused, as in the URL Standard."""
    if ":" in host:
        return _literal(host, address)
    try:
        plain = unicodedata.normalize("NFKC", host).rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise RejectError("bad_address", f"{address[:200]!r}: no host: {error}") from error
    if not plain or not re.fullmatch(r"[a-z0-9._-]+", plain):
        raise RejectError("bad_address", f"{address[:200]!r}: no host that a name server could know")
    return _literal(plain, address) if _NUMBER.fullmatch(plain.rpartition(".")[2]) else plain


def _literal(host: str, address: str) -> str:
    try:
        number = ip_address(host)
    except ValueError as error:
        raise RejectError(
            "blocked_address", f"{address[:200]!r}: a host of numbers that is no plain network address"
        ) from error
    if isinstance(number, IPv6Address) and number.scope_id:
        raise RejectError("blocked_address", f"{address[:200]!r}: an address with a zone")
    return str(number)


def _path(path: str, query: str) -> str:
    whole = _escaped(path or "/")
    query = _TRACKING.sub("", query).rstrip("&")
    return f"{whole}?{_escaped(query)}" if query else whole


def _escaped(text: str) -> str:
    """Escaped once: what is escaped stays so, and what needs no escape loses it."""
    escaped = quote(text, safe="!#$%&'()*+,/:;=?@[]~|")
    return _PERCENT.sub(_unescaped, escaped)


def _unescaped(match: re.Match[str]) -> str:
    sign = chr(int(match["code"], 16))
    return sign if sign in PLAIN else match[0].upper()
