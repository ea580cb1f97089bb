"""Which store a test is run on: SQLite's file and, where it can be had, a server of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import Server
from tests.unit.store import shelves


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The tests of a module on one store after the other: every workspace that they make has its records there."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    server: Server = request.getfixturevalue("server")
    shelves.STORES.append(server.database)
    yield "postgresql"
    shelves.STORES.pop()
    server.give_back(0)


@pytest.fixture(autouse=True)
def _databases(request: pytest.FixtureRequest) -> Iterator[None]:
    """The databases that a test took are free for the next one; those of its module are not."""
    if not shelves.STORES:
        yield
        return
    server: Server = request.getfixturevalue("server")
    before = len(server.taken)
    yield
    server.give_back(before)
