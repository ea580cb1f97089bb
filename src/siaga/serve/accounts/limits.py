"""How often somebody may try to log in: by name and by address, with waits that double.

A try is counted before the password is looked at, and taken back if it was right: a hundred tries at the same moment
are a hundred.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import NamedTuple

from siaga.store.accounts import add_failure, failures, forget_failures, forget_old_failures, take_back_failure
from siaga.store.connection import Connection
from siaga.store.database import transaction

__all__ = ["Tried", "forget_failures_of", "forgiven", "seconds_to_wait", "tried"]

FREE_BY_NAME = 5
"""Failed logins under a name before the first wait, of a second; each further one doubles it."""
FREE_BY_ADDRESS = 20
"""The same from an address, which many may share."""
LONGEST_WAIT = 900.0
"""Seconds. The wait is forgotten a day after the last try."""
DOUBLINGS = 10
"""After these the longest wait is reached."""
SUBNET = 64
"""Bits of an IPv6 address that one customer holds: the others cost nothing to change."""


class Tried(NamedTuple):
    """Who tries, as far as it is counted."""

    name: str
    address: str | None

    @property
    def limits(self) -> tuple[tuple[str, int], ...]:
        """What is counted, as a hash, and how many are free."""
        by_name = (_key("name", self.name), FREE_BY_NAME)
        return (by_name, (_key("address", _network(self.address)), FREE_BY_ADDRESS)) if self.address else (by_name,)


def tried(connection: Connection, who: Tried, moment: str) -> int:
    """Count a try, unless it comes too early: then the seconds to wait, and nothing is counted."""
    with transaction(connection):
        forget_old_failures(connection, moment)
        if wait := max(_waits(connection, who, moment)):
            return wait
        for hash_, _ in who.limits:
            add_failure(connection, hash_, moment)
    return 0


def forgiven(connection: Connection, who: Tried) -> None:
    """A try was right: the failures under the name are forgotten, this try from the address is taken back."""
    (by_name, _), *others = who.limits
    forget_failures(connection, by_name)
    for hash_, _ in others:
        take_back_failure(connection, hash_)


def forget_failures_of(connection: Connection, name: str) -> None:
    """Forget the failed logins under a name."""
    forget_failures(connection, _key("name", name))


def seconds_to_wait(times: int, free: int) -> float:
    """How long after the last of so many failures no other try is looked at."""
    return 0.0 if times < free else min(2.0 ** min(times - free, DOUBLINGS), LONGEST_WAIT)


def _waits(connection: Connection, who: Tried, moment: str) -> Iterable[int]:
    for hash_, free in who.limits:
        times, latest = failures(connection, hash_)
        passed = 0.0 if latest is None else _seconds_between(latest, moment)
        yield max(0, math.ceil(seconds_to_wait(times, free) - passed))


def _seconds_between(earlier: str, later: str) -> float:
    """Seconds from one moment to another; none if the clock was set back."""
    return max(0.0, (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds())


def _network(address: str) -> str:
    """What one customer holds: an address, or of IPv6 the upper half; what is no address is one itself."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if read.version == 4:  # noqa: PLR2004 - the version of the protocol
        return str(read)
    return str(read.ipv4_mapped or int(read) >> SUBNET)


def _key(kind: str, value: str) -> str:
    return sha256(f"{kind}\n{value}".encode()).hexdigest()
