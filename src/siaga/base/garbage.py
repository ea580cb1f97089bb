"""Python's search for garbage, done less often where much is held that is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["seldom_sought"]

SELDOM = (50_000, 20, 50)
"""Objects made before the youngest are looked through, and how often the next older ones are (Python: 700, 10, 10).
What is known of a language is a million objects, none of them garbage; nearly all that reading leaves behind goes at
once, as nothing refers to it."""


@contextmanager
def seldom_sought() -> Iterator[None]:
    """A stretch of the program in which garbage is sought seldom: an archive is read in .955 of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
