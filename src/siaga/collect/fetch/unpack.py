"""The body of an answer, unpacked once and never beyond its cap."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from siaga.base.errors import RejectError

__all__ = ["ENCODINGS", "unpacked"]

ENCODINGS = "gzip, deflate"
"""What we say we can read; anything else is refused."""


def unpacked(chunks: Iterable[bytes], encodings: Sequence[str], most: int) -> bytes:
    """The bytes of a body.

    Args:
        chunks: as they come; no more are taken than fit.
        encodings: the headers `Content-Encoding`.
        most: bytes of the result.

    Raises:
        RejectError: `too_large`; `bad_encoding`, for more than one encoding, an unknown or a broken one.

    """
    names = [name.strip().lower() for header in encodings for name in header.split(",")]
    named = [name for name in names if name not in {"", "identity"}]
    if len(named) > 1:
        raise RejectError("bad_encoding", f"packed {len(named)} times ({', '.join(named)[:80]}), expected once")
    if not named:
        return _joined(chunks, most)
    if named[0] not in {"gzip", "x-gzip", "deflate"}:
        raise RejectError("bad_encoding", f"packed as {named[0][:40]!r}, expected {ENCODINGS}")
    return _inflated(chunks, most)


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _inflated(chunks: Iterable[bytes], most: int) -> bytes:
    """What zlib or gzip holds; a stream that ends too early is as broken as one that can't be read."""
    body, packed, machine = bytearray(), b"", zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in chunks:
            packed = machine.unconsumed_tail + chunk
            body += machine.decompress(packed, most + 1 - len(body))
            if len(body) > most:
                raise _too_large(most)
    except zlib.error as error:
        raise RejectError("bad_encoding", f"can't be unpacked: {error}") from error
    if packed and not machine.eof:
        raise RejectError("bad_encoding", "packed bytes that end too early")
    return bytes(body)


def _too_large(most: int) -> RejectError:
    return RejectError("too_large", f"more than {most} bytes; see fetch.most_bytes")
