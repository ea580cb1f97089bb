"""Bytes -> characters: byte order marks, UTF-8, declared and guessed legacy charsets; then one normal form."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from siaga.base.errors import RejectError

__all__ = ["Decoded", "decode", "looks_binary", "normalise", "printable"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes looked at when a file's kind or charset is guessed."""
MOST_CONTROLS = 0.02
"""Share of control bytes above which a file is binary; text has next to none, images and archives about .1."""
MOST_DAMAGE = 0.01
"""Share of characters that may be unreadable in text that is otherwise UTF-8."""
MOST_HIGH = 0.2
"""Share of bytes above 127 up to which Western European is by far the likeliest legacy charset of our languages."""
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
"""Codecs of Python that are no charset of a page; punycode takes time that grows with the square of the length."""
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^<>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*(?P<name>[\w.:-]{2,30})", re.IGNORECASE
)
_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
"""Any run of spaces but a single plain one, which stays as it is."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[^\n!-~\u00a1-\u00ac\u00ae-\u060b\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u3001-\ud7ff ]| (?= )")
"""What is not plainly left as it is: for most text one quick look suffices."""


class Decoded(NamedTuple):
    """Characters, and what had to be guessed on the way."""

    text: str
    warnings: tuple[str, ...] = ()


def looks_binary(head: bytes) -> bool:
    """Whether a file that starts like this is not text in any charset we read."""
    if head.startswith(tuple(mark for mark, _ in _BOMS)) or _wide(head):
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > MOST_CONTROLS * len(head)


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """The characters of a page, by byte order mark, as UTF-8, by declaration, or by guess, in this order.

    `declared` is what the server said, over what the page itself declares.

    Raises:
        RejectError: `mis_encoded`, no charset gives readable text.

    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _with_replacements(body, charset)
    if (wide := _wide(body[:SAMPLE])) is not None:
        return Decoded(body.decode(wide, "replace"), (f"read as {wide}",))
    try:
        return Decoded(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _legacy(body, declared)


def normalise(text: str) -> str:
    r"""The one form in which text is kept: NFC, one kind of space and line break, nothing invisible.

    Joiners inside emoji and combining marks survive; lone surrogates become U+FFFD.

    >>> normalise("Riga\u00a0 \u200bmemanas\r\n")
    'Riga memanas\n'
    """
    if (text.isprintable() and "  " not in text) or not _ODD.search(text):
        return unicodedata.normalize("NFC", text)
    if (spaced := text.replace("\t", " ").replace("\u00a0", " ")).isprintable():  # all but plain spaces is not
        return unicodedata.normalize("NFC", _SPACES.sub(" ", spaced))
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", printable(text)))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def printable(text: str) -> str:
    """Text that can be written out: what JSON or a file name held of broken characters becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    if b"\x00" not in head:
        return None
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _with_replacements(body: bytes, charset: str) -> Decoded:
    text = body.decode("utf-8-sig" if charset == "utf-8" else charset, "replace")
    damage = text.count("\ufffd")
    if damage > MOST_DAMAGE * len(text) + 1:
        raise RejectError("mis_encoded", f"{damage} unreadable characters, expected text in {charset}")
    return Decoded(text, (f"{damage} unreadable characters",) if damage else ())


def _legacy(body: bytes, declared: str | None) -> Decoded:
    """Text that is not quite UTF-8: damaged, declared as something else, or undeclared."""
    text = body.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    if damage <= MOST_DAMAGE * sum(map(str.isalpha, text)) and damage < _multibyte(text):
        return Decoded(text, (f"{damage} unreadable characters",))
    for charset in (declared, _declared(body), _guessed(body)):
        if charset and (found := _strictly(body, charset)) is not None:
            return Decoded(found, (f"read as {charset}",))
    raise RejectError("mis_encoded", f"met {damage} bytes that are not UTF-8, expected UTF-8 or a known charset")


def _multibyte(text: str) -> int:
    """Characters beyond ASCII that UTF-8 did give."""
    return sum(character > "\x7f" and character != "\ufffd" for character in text)


def _declared(body: bytes) -> str | None:
    match = _DECLARED.search(body, 0, 4096)
    return match["name"].decode("ascii") if match else None


def _guessed(body: bytes) -> str | None:
    if sum(byte > 127 for byte in body[:SAMPLE]) <= MOST_HIGH * min(len(body), SAMPLE):  # noqa: PLR2004 - last of ASCII
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed

    best = from_bytes(body[:SAMPLE]).best()
    return best.encoding if best else None


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return None if codecs.lookup(charset).name in _NO_CHARSETS else body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None
