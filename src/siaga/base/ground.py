"""The ground on which a process reads: the knowledge that comes with Siaga, and the overlay that is laid over it.

It is chosen once, by the command that works in a workspace, before anything is read; the loaders of `siaga.base.pack`
stand on it, so that no function between hands it on. Processes that others start choose it again: an `Overlay` is a
record, and can be sent to them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from siaga.base.overlay import NO_OVERLAY, Overlay

__all__ = ["ground_label", "overlay_in_use", "standing_on", "use_overlay"]


MODELS = ("siaga.extract.syntax", "siaga.extract.coder.linear")
"""Modules whose caches hold weights, which no overlay changes and which take longest to load."""


class _Ground:
    """What this process stands on."""

    overlay: Overlay = NO_OVERLAY


def overlay_in_use() -> Overlay:
    """The overlay that this process reads with; an empty one by default."""
    return _Ground.overlay


def use_overlay(overlay: Overlay) -> None:
    """Read with this overlay from now on. Knowledge that was loaded with another one is forgotten."""
    if overlay != _Ground.overlay:
        _Ground.overlay = overlay
        _forget()


@cache
def ground_label() -> str:
    """What an overlay adds to the name of a reader: `+1a2b3c4d`; empty if nothing in it changes what is read."""
    fingerprint = overlay_in_use().fingerprint
    return f"+{fingerprint}" if fingerprint else ""


@contextmanager
def standing_on(overlay: Overlay) -> Iterator[None]:
    """A stretch of the program that reads with this overlay. Not for threads: a process has one ground."""
    before = overlay_in_use()
    use_overlay(overlay)
    try:
        yield
    finally:
        use_overlay(before)


def _forget() -> None:
    """Empty every cache of ours: what is loaded is kept in `functools.cache` by the modules that need it.

    All of them, found where they lie: one that had to enter itself in a list could be forgotten there, and would go on
    reading with the knowledge of before.
    """
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] == "siaga" and not name.startswith(MODELS):
            for value in tuple(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
