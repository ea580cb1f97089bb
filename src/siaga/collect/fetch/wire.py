"""One request to one address that was checked, within limits of time and size.

`http.client` reads the answer from a stream of ours, so that every byte counts against one deadline and the head
against a cap: a server that drips a byte a second is cut off as any other.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.client import HTTPException, HTTPResponse
from urllib.parse import unquote

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.collect.fetch.address import Address, Networks, check_address
from siaga.collect.fetch.target import Target
from siaga.collect.fetch.unpack import unpacked

__all__ = ["Letter", "Limits", "Raw", "Resolve", "ask", "post", "system_resolver"]

Resolve = Callable[[str, int], tuple[str, ...]]
"""Network addresses of a host, as the system writes them."""
MOST_HEAD = 65_536
"""Bytes of status line and headers together."""
CHUNK = 65_536


class Limits(Record):
    """What one answer may cost."""

    deadline: float = 30.0
    """Seconds in all, from looking up the host to the last byte."""
    most_bytes: int = 10_000_000
    """Of the body, unpacked."""
    allowed: Networks = ()


class Letter(Record):
    """What is sent to an address."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


class Raw(Record):
    """One answer, as it came but for the unpacked body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    peer: str


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """What the system says of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def ask(target: Target, headers: Mapping[str, str], limits: Limits, resolve: Resolve = system_resolver) -> Raw:
    """Ask for an address; redirects are not followed here.

    Raises:
        RejectError: `blocked_address`, `unreachable`, `timed_out`, `bad_certificate`, `bad_answer`, `too_large`.

    """
    ends = time.monotonic() + limits.deadline
    with _told(target, limits), _connected(target, limits, resolve, ends) as (stream, peer):
        stream.sendall(_request(target, headers))
        return _answer(stream, limits, str(peer))


def post(target: Target, letter: Letter, limits: Limits, resolve: Resolve = system_resolver) -> Raw:
    """Send a letter to an address that may be connected to, as `ask` has it; redirects are not followed.

    Raises:
        RejectError: as `ask`.

    """
    ends = time.monotonic() + limits.deadline
    headers = {**dict(letter.headers), "Content-Length": str(len(letter.body))}
    with _told(target, limits), _connected(target, limits, resolve, ends) as (stream, peer):
        stream.sendall(_request(target, headers, "POST") + letter.body)
        return _answer(stream, limits, str(peer))


def _answer(stream: _Bounded, limits: Limits, peer: str) -> Raw:
    response = HTTPResponse(stream, method="GET")  # type: ignore[arg-type]  # it needs no more of a socket than this
    response.begin()
    stream.in_body = True
    headers = tuple((name, value) for name, value in response.getheaders())
    body = unpacked(_chunks(response), response.headers.get_all("Content-Encoding", []), limits.most_bytes)
    return Raw(status=response.status, headers=headers, body=body, peer=peer)


def _chunks(response: HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(CHUNK):
        yield chunk
    if response.length:  # read1 does not tell
        raise RejectError("bad_answer", f"a body that ends {response.length} bytes too early")


@contextmanager
def _told(target: Target, limits: Limits) -> Iterator[None]:
    """What goes wrong on the way, as a reason."""
    try:
        yield
    except TimeoutError as error:
        raise RejectError("timed_out", f"{target.authority}: no whole answer in {limits.deadline:g} s") from error
    except ssl.SSLCertVerificationError as error:
        raise RejectError("bad_certificate", f"{target.authority}: {error.verify_message}") from error
    except socket.gaierror as error:
        raise RejectError("unreachable", f"{target.host}: no such host: {error.strerror}") from error
    except HTTPException as error:
        raise RejectError("bad_answer", f"{target.authority}: {type(error).__name__}: {str(error)[:200]}") from error
    except OSError as error:
        raise RejectError("unreachable", f"{target.authority}: {error.strerror or error}") from error


@contextmanager
def _connected(target: Target, limits: Limits, resolve: Resolve, ends: float) -> Iterator[tuple[_Bounded, Address]]:
    """A connection to the first address of the host that answers, of those that may be connected to."""
    addresses = _checked(target, limits, resolve, ends)
    plain, peer = _opened(addresses, target.port, ends)
    with plain:
        if target.scheme == "http":
            yield _Bounded(plain, ends), peer
            return
        plain.settimeout(_left(ends))
        with _trust().wrap_socket(plain, server_hostname=target.host) as secure:
            yield _Bounded(secure, ends), peer


def _checked(target: Target, limits: Limits, resolve: Resolve, ends: float) -> tuple[Address, ...]:
    """The addresses of a host that may be connected to.

    Raises:
        RejectError: `blocked_address`, none may.

    """
    fit, refused = [], None
    for written in _resolved(target, resolve, ends):
        try:
            fit.append(check_address(written, limits.allowed))
        except RejectError as error:
            refused = error
    if not fit:
        raise refused or RejectError("unreachable", f"{target.host}: no address")
    return tuple(fit)


def _resolved(target: Target, resolve: Resolve, ends: float) -> tuple[str, ...]:
    """What the resolver says; a slow one is left behind, since it can't be stopped."""
    told: list[tuple[str, ...] | OSError] = []
    asking = threading.Thread(target=_resolve_into, args=(told, resolve, target), daemon=True)
    asking.start()
    asking.join(_left(ends))
    if not told:
        raise TimeoutError
    if isinstance(told[0], OSError):
        raise told[0]
    return told[0]


def _resolve_into(told: list[tuple[str, ...] | OSError], resolve: Resolve, target: Target) -> None:
    try:
        told.append(resolve(target.host, target.port))
    except OSError as error:
        told.append(error)


def _opened(addresses: tuple[Address, ...], port: int, ends: float) -> tuple[socket.socket, Address]:
    """A socket to the very address that was checked."""
    failed: OSError | None = None
    for number, address in enumerate(addresses):
        share = _left(ends) / (len(addresses) - number)
        try:
            return socket.create_connection((str(address), port), timeout=share), address
        except OSError as error:
            failed = error
    assert failed is not None  # noqa: S101 - there is at least one address
    raise failed


def _left(ends: float) -> float:
    """Seconds until a moment.

    Raises:
        TimeoutError: it is over.

    """
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(target: Target, headers: Mapping[str, str], method: str = "GET") -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}", "Connection: close"]
    if target.userinfo:
        name = b64encode(unquote(target.userinfo).encode()).decode()
        lines.append(f"Authorization: Basic {name}")
    lines += (f"{name}: {value}" for name, value in headers.items() if "\r" not in value and "\n" not in value)
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the system trusts."""
    return ssl.create_default_context()


class _Bounded(io.RawIOBase):
    """A connection whose every wait ends at the deadline, and whose head ends at its cap."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self.in_body = False
        self._connection = connection
        self._ends = ends
        self._taken = 0

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - as http.client calls it
        """The stream that the answer is read from."""
        return io.BufferedReader(self, CHUNK)

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._ends))
        self._connection.sendall(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no length
        room = buffer if self.in_body else buffer[: MOST_HEAD - self._taken]
        if not len(room):
            raise RejectError("bad_answer", f"a head of more than {MOST_HEAD} bytes")
        self._connection.settimeout(_left(self._ends))
        count = self._connection.recv_into(room)
        self._taken += count
        return count
