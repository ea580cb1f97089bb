"""How the pages are served: to which hosts, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_bytes

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from siaga.base.person import Person
from siaga.store.workspace import Workspace

__all__ = ["LOCAL_NAMES", "PersonOf", "Serving", "single_user"]

LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
PersonOf = Callable[[Workspace, HTTPConnection], Person | None]
"""Who asks; null for somebody who has not said it."""


def single_user(_place: Workspace, _request: HTTPConnection) -> Person | None:
    """Who asks where there are no users: whoever sits at this machine may do everything."""
    return Person(name="", role="admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How it is served."""

    names: tuple[str, ...] = LOCAL_NAMES
    """Hosts that we answer to."""
    person_of: PersonOf = single_user
    entrance: str | None = None
    """Path, below the language, of the page on which somebody says who they are."""
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    """With which the tokens of forms are made."""
    mounts: tuple[BaseRoute, ...] = ()
    """What else is answered, e.g. the API; it comes before the pages."""
