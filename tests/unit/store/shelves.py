"""Workspaces for the tests of the store, and a look into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import apsw

from bench.invented import reading
from siaga.base.document import Reading
from siaga.store.connection import Connection
from siaga.store.database import reading_from, writing_to
from siaga.store.save import Saved, save
from siaga.store.workspace import Workspace, lay_out

MOMENT = "2022-02-24T04:00:00Z"
STORES: list[Callable[[], str]] = []
"""Makes the database of a new workspace, while the tests of a module run on a server (conftest.py)."""
TABLES = ("article", "reading", "event", "event_party", "quote", "forecast", "reject")


def workspace(folder: Path, **settings: object) -> Workspace:
    """A new workspace, with settings of its section `[store]`."""
    return laid_out(folder / "work", **settings)


def laid_out(folder: Path, **settings: object) -> Workspace:
    """The same in this very folder."""
    if STORES:
        lay_out(folder, {})
        file = folder / "siaga.toml"
        file.write_text(file.read_text("utf-8").replace("[store]", f'[store]\nurl = "{STORES[-1]()}"'), "utf-8")
    return lay_out(folder, {f"SIAGA_STORE_{name.upper()}": str(value) for name, value in settings.items()})


def filled(folder: Path, articles: int = 20, **settings: object) -> Workspace:
    """A workspace with so many articles."""
    made = workspace(folder, **settings)
    put(made, map(reading, range(articles)))
    return made


def put(where: Workspace, readings: Iterable[Reading]) -> Saved:
    """Save readings in one transaction."""
    with writing_to(where) as connection:
        return save(connection, readings, MOMENT)


def counts(where: Workspace) -> dict[str, int]:
    """How many rows each table has; the database is sound."""
    if where.is_served:
        with reading_from(where) as reader:
            return {table: count_of(reader, table) for table in TABLES}
    connection = apsw.Connection(str(where.database))
    assert connection.execute("PRAGMA integrity_check").get == "ok"
    assert connection.execute("PRAGMA foreign_key_check").get is None
    connection.execute("INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)")
    found = {table: count_of(connection, table) for table in TABLES}
    connection.close()
    return found


def count_of(connection: Connection, table: str) -> int:
    return int(str(connection.execute(f"SELECT count(*) FROM {table}").get))  # noqa: S608 - a name of ours
