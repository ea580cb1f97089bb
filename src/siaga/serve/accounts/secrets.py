"""Secrets: passwords as argon2id hashes, ids of sessions and tokens as 256 random bits of which only a hash is kept."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from hashlib import sha256
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from siaga.base.errors import AccountError

__all__ = ["LEAST_SIGNS", "digest", "fits", "hashed", "is_outdated", "new_secret", "require_strong"]

LEAST_SIGNS = 12
"""Of a password. Length is what counts (NIST SP 800-63B): no rules about kinds of signs."""
MOST_SIGNS = 1000
"""More than any passphrase, less than what would keep the machine busy."""
RANDOM_BYTES = 32
ONE_AT_A_TIME = Lock()
"""A hash takes 64 MiB: many logins at once must not take the memory of the machine."""


def hashed(password: str) -> str:
    """The hash of a password, with its salt and its parameters (argon2id, RFC 9106, second recommended option)."""
    with ONE_AT_A_TIME:
        return PasswordHasher().hash(_composed(password))


def fits(secret: str | None, password: str) -> bool:
    """Whether a password is that of a hash; for nobody's (null) it takes as long, and is false."""
    with ONE_AT_A_TIME:
        try:
            PasswordHasher().verify(secret or _nobodys(), _composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return secret is not None


def is_outdated(secret: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return PasswordHasher().check_needs_rehash(secret)


def require_strong(name: str, password: str) -> None:
    """Make sure that a password is not too easy to guess.

    Raises:
        AccountError: it is too short, too long, or made of the name.

    """
    length = len(password)
    if length < LEAST_SIGNS:
        raise AccountError("short", f"a password of {length} signs; expected at least {LEAST_SIGNS}")
    if length > MOST_SIGNS:
        raise AccountError("long", f"a password of {length} signs; expected at most {MOST_SIGNS}")
    if len(set(password)) < LEAST_SIGNS // 2 or not password.casefold().replace(name, ""):
        raise AccountError("easy", "a password that is easy to guess; expected one that is not the name repeated")


def new_secret() -> str:
    """256 random bits, as signs that stand in a cookie or a header."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def digest(secret: str) -> str:
    """What is kept of 256 random bits: they need no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()


@cache
def _nobodys() -> str:
    """A hash that takes as long to check as anybody's."""
    return PasswordHasher().hash(new_secret())


def _composed(password: str) -> str:
    """The same signs however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
