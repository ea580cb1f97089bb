"""Which network addresses may be connected to: those of the public internet, and what a workspace allows besides.

The tables follow the registries of special-purpose addresses (RFC 6890; IANA, checked 2026-11-28). An IPv6 address
that carries an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo) is refused whatever it carries: no public server
needs one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from siaga.base.errors import ConfigError, RejectError

__all__ = ["Address", "Networks", "check_address", "networks"]

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]

NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, and where clouds tell their secrets
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
            "2001::/23",  # protocol assignments, among them Teredo (2001::/32), ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
PUBLIC_IPV6 = IPv6Network("2000::/3")
"""Of IPv6, all that is assigned to the public; loopback, mapped, NAT64, unique local and multicast lie outside."""


@cache
def networks(written: tuple[str, ...]) -> Networks:
    """The networks of the setting `fetch.allow_networks`.

    Raises:
        ConfigError: one is no network.

    """
    try:
        return tuple(ip_network(one) for one in written)
    except ValueError as error:
        raise ConfigError(f"fetch.allow_networks: {error}; expected networks as 10.1.0.0/16") from error


def check_address(written: str, allowed: Networks = ()) -> Address:
    """The address that is written so, if it may be connected to.

    Args:
        written: as the resolver gives it.
        allowed: networks that may be connected to though they are not public.

    Raises:
        RejectError: `blocked_address`.

    """
    try:
        address = ip_address(written.partition("%")[0])
    except ValueError as error:
        raise RejectError("blocked_address", f"{written!r} is no network address") from error
    if _within(address, allowed) or ("%" not in written and _is_public(address)):
        return address
    raise RejectError(
        "blocked_address", f"{written} is no address of the public internet; if you mean to, see fetch.allow_networks"
    )


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in PUBLIC_IPV6:
        return False
    return not _within(address, NOT_PUBLIC)


def _within(address: Address, ranges: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == one.version and address in one for one in ranges)
