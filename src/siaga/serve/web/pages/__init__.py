"""The pages, in the order of the menu: each module here has its own in `ROUTES`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from siaga.serve.web.asking import Page

__all__ = ["menu", "pages"]

MODULES = (
    "board",
    "map",
    "stories",
    "story",
    "unit",
    "actor",
    "article",
    "compare",
    "claims",
    "claim",
    "alerts",
    "playbooks",
    "briefs",
    "event",
    "sources",
    "search",
    "status",
    "about",
    "start",
    "appearance",
    "login",
    "account",
    "users",
    "audit",
)  # fmt: skip


@cache
def pages() -> tuple[Page, ...]:
    """All pages."""
    return tuple(page for name in MODULES for page in _routes(name))


@cache
def menu() -> tuple[Page, ...]:
    """Those that stand in the menu."""
    return tuple(page for page in pages() if page.nav)


def _routes(name: str) -> Iterator[Page]:
    yield from import_module(f"siaga.serve.web.pages.{name}").ROUTES
