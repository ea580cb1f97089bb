"""A workspace of any earlier schema is brought up to date, with all that was in it."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw
import pytest

from siaga.base.errors import StoreError
from siaga.serve.daily import daily
from siaga.store.alert_rules import rule_text, save_rule
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import APPLICATION_ID, reading_from, writing_to
from siaga.store.search import Asked, search
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace, lay_out
from tests.unit.monitor.told import Told, stored
from tests.unit.serve.test_alerts import rule

EARLIER = range(1, len(migrations()))
"""Numbers of schemas: how many files of migrations were there, which is what `user_version` counts. The numbers in
their names have gaps."""
Rows = dict[str, Counter[tuple[object, ...]]]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of today with articles, stories, claims, an alert and a daily step."""
    told = [Told(day=day, outlet=f"Outlet {day % 4}") for day in range(0, 54, 2)]
    made = stored(tmp_path_factory.mktemp("full"), told)
    save_rule(made, "feeds", rule_text(rule("Tell atom:desk when any source falls silent"), "x"))
    with writing_to(made) as connection:
        connection.execute("INSERT INTO source_failure VALUES ('harbour', '2030-02-28', 'silent', 9, 0, 'x')")
        connection.execute("INSERT INTO reject VALUES ('load', 'x', 'empty', 'nothing', '2030-01-01T00:00:00Z')")
    daily(made, date(2030, 3, 1))
    return made


def of_schema(number: int, full: Workspace, folder: Path) -> Workspace:
    """A workspace as the migrations up to a number make it, with what it can hold of the rows of a full one."""
    where = lay_out(folder / "old", {})
    with closing(apsw.Connection(str(where.database))) as connection:
        for count, script in enumerate(migrations()[:number], 1):
            connection.execute(script)
            connection.execute("INSERT INTO migration VALUES (?, '0.0.1', '2020-01-01T00:00:00Z')", (count,))
        connection.execute(f"PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("ATTACH ? AS today", (str(full.database),))
        for table in tables(connection):
            if table != "migration":
                columns = ", ".join(f'"{name}"' for name in shared(connection, table))
                given = f"({columns}) SELECT {columns} FROM today.{table}"  # noqa: S608 - names of our own schema
                connection.execute(f"INSERT OR IGNORE INTO main.{table} {given}")
        connection.execute("DETACH today")
    return where


def tables(connection: apsw.Connection) -> list[str]:
    """Tables of ours, parents before those that refer to them: in the order in which they were made."""
    rows = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY rowid")
    return [str(name) for (name,) in rows if not str(name).startswith(("sqlite_", "article_words"))]


def shared(connection: apsw.Connection, table: str) -> list[str]:
    """Columns that a table had and has."""
    old, new = (
        [str(row[1]) for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]
        for schema in ("main", "today")
    )
    return [name for name in old if name in new]


def rows(where: Workspace, columns: dict[str, list[str]]) -> Rows:
    found: Rows = {}
    with closing(apsw.Connection(str(where.database))) as connection:
        for table, names in columns.items():
            cells = ", ".join(f'"{name}"' for name in names)
            found[table] = Counter(connection.execute(f"SELECT {cells} FROM {table}"))  # noqa: S608 - our own schema
    return found


def columns_of(where: Workspace) -> dict[str, list[str]]:
    with closing(apsw.Connection(str(where.database))) as connection:
        return {
            table: [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables(connection)
            if table != "migration"
        }


def schema(where: Workspace) -> list[tuple[object, ...]]:
    with closing(apsw.Connection(str(where.database))) as connection:
        return sorted(connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


@pytest.mark.parametrize("number", EARLIER)
def test_a_store_of_an_earlier_schema_is_brought_up_to_date_with_all_that_is_in_it(
    number: int, full: Workspace, tmp_path: Path
) -> None:
    old = of_schema(number, full, tmp_path)
    columns = columns_of(old)
    before = rows(old, columns)
    assert before["article"].total() == 27
    with pytest.raises(StoreError, match="Bring it up to date with: siaga init"), reading_from(old):
        pass
    with writing_to(old) as connection:
        assert connection.execute("PRAGMA user_version").get == len(migrations())
        assert connection.execute("PRAGMA integrity_check").get == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)")
    assert rows(old, columns) == before
    assert schema(old) == schema(full)
    with reading_from(old) as connection:
        [(word,)] = connection.execute("SELECT substr(text, 1, instr(text, ' ') - 1) FROM article LIMIT 1")
        assert list(search(connection, Asked(words=f'"{word}"')))
        with analysing(old, connection) as engine:
            counted = sum(one.events for one in count_events(engine, ("country",), Selection()))
        assert counted == connection.execute("SELECT count(*) FROM event WHERE part = 'body'").get


def test_the_full_store_has_rows_in_tables_of_most_migrations(full: Workspace) -> None:
    filled = {name for name, found in rows(full, columns_of(full)).items() if found}
    assert {"article", "event", "lineage_link", "story", "alert", "outbox", "daily_run", "incident"} <= filled
