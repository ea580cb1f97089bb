"""What is PostgreSQL's own: every question is one to it, its schema, transactions, and what it says when it can't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from traceback import format_exception

import apsw
import pytest

from bench.invented import reading
from siaga.base.errors import BusyError, NewerStoreError, NotSavedError, SiagaError, StoreError
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import noting_in, reading_from, told, transaction, writing_to
from siaga.store.forget import doomed, forget
from siaga.store.segments import seal
from siaga.store.sql import query, to_postgresql
from siaga.store.workspace import Workspace, lay_out
from tests.server import Server
from tests.unit.store.shelves import MOMENT, put

psycopg = pytest.importorskip("psycopg", reason="pip install 'siaga[postgresql]'")

from siaga.store.postgresql import Served  # noqa: E402 - it needs psycopg
from siaga.store.refusals import shown  # noqa: E402

QUERIES = sorted(Path(__file__).parents[3].joinpath("src/siaga/store/queries").glob("*.sql"))
OTHERS = ("-- DuckDB.", "-- SQLite.", "-- PostgreSQL.")


def asked_of_both() -> list[str]:
    """The questions that are asked of the records, wherever they are."""
    return [path.stem for path in QUERIES if not path.read_text("utf-8").startswith(OTHERS)]


@pytest.fixture(scope="module")
def where(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = lay_out(tmp_path_factory.mktemp("team"), {"SIAGA_STORE_URL": server.database()})
    with writing_to(made):
        return made


@pytest.fixture(scope="module")
def connection(where: Workspace) -> Iterator[Served]:
    with reading_from(where) as opened:
        assert isinstance(opened, Served)
        yield opened


@pytest.mark.parametrize("name", asked_of_both())
def test_every_question_is_one_to_postgresql(connection: Served, name: str) -> None:
    text = to_postgresql(query(name))
    named = re.findall(r"%\((\w+)\)s", text)
    values = dict.fromkeys(named) if named else (None,) * text.count("%s")
    for statement in filter(str.strip, re.sub("--.*", "", text).split(";")):
        connection.session.execute(f"EXPLAIN {statement}".encode(), values)


INDEX = frozenset(
    {
        ("article", "words"),
        ("article", "tokens"),
        ("article_words_total", "articles"),
        ("article_words_total", "tokens"),
    }
)
"""Of PostgreSQL's index of words; that of SQLite has tables of its own."""


def columns_of_file(folder: Path) -> set[tuple[str, str]]:
    """The tables and columns of SQLite, but for its index of words."""
    columns = (
        "SELECT tables.name, columns.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns "
        "WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE 'article_words%'"
    )
    with writing_to(lay_out(folder, {})) as file:
        return set(file.execute(columns).fetchall())


def test_both_stores_have_the_same_tables_and_columns(connection: Served, tmp_path: Path) -> None:
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'siaga'"
    assert set(connection.execute(columns)) - INDEX == columns_of_file(tmp_path)


def test_nothing_is_written_by_a_reader(connection: Served) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute(query("add_reject"), ("load", "a", "empty", "why", MOMENT))


def test_what_failed_within_a_transaction_is_never_taken_for_saved(where: Workspace) -> None:
    with writing_to(where) as connection:
        with pytest.raises(StoreError, match="rolled back"), transaction(connection), suppress(psycopg.Error):
            connection.execute("SELECT 1 / 0")
        assert not connection.in_transaction


def test_a_part_of_a_transaction_fails_by_itself(where: Workspace) -> None:
    with writing_to(where) as connection, transaction(connection):
        with suppress(apsw.ConstraintError), connection:
            connection.execute(query("add_forgotten"), ("address", "gone", MOMENT))
            connection.execute(query("add_forgotten"), ("no such kind", "gone", MOMENT))
        connection.execute(query("add_forgotten"), ("address", "stays", MOMENT))
    with reading_from(where) as connection:
        assert [name for _, name, _ in connection.execute("SELECT * FROM forgotten")] == ["stays"]


def test_text_with_nul_is_kept_with_a_sign_in_its_place(where: Workspace) -> None:
    with writing_to(where) as connection:
        connection.execute(query("add_reject"), ("load", "a\0b", "empty", "why", MOMENT))
        assert connection.execute("SELECT count(*) FROM reject WHERE id = ?", ("a\ufffdb",)).get == 1
        assert connection.execute("SELECT count(*) FROM reject WHERE id = ?", ("a\0b",)).get == 1


def test_a_transaction_that_writes_waits_for_the_one_before(where: Workspace) -> None:
    hasty = where.replace(config=where.config.replace(store=where.config.store.replace(wait=0.1)))
    with writing_to(where) as connection, transaction(connection), noting_in(hasty) as other:  # noqa: SIM117
        with pytest.raises(BusyError, match=r"longer than store\.wait"), told(hasty), transaction(other):
            pass


def test_numbers_of_events_are_never_given_twice(where: Workspace) -> None:
    put(where, [reading(1)])
    with writing_to(where) as connection:
        last = connection.execute(query("last_event")).get
        forget(where, connection, doomed(connection, reading(1).article.id), MOMENT)
        assert connection.execute("SELECT count(*) FROM event").get == 0
        assert connection.execute(query("last_event")).get == last


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://ani:hush-hush@/nowhere?host={folder}", "database exists"),
        ("postgresql://ani:hush-hush@127.0.0.1:1/watch", "can't be reached"),
        ("postgresql//ani:hush-hush@127.0.0.1/watch", "no address of a database"),
        ("postgresql://ani:hush-hush@127.0.0.1/watch?nonsense=1", "no address of a database"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(
    server: Server, tmp_path: Path, url: str, words: str
) -> None:
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": url.format(folder=server.folder)})
    with pytest.raises(SiagaError, match=words) as caught, writing_to(made):
        pass
    assert "hush-hush" not in "".join(format_exception(caught.value))


def test_a_password_stands_in_no_picture_of_the_settings(tmp_path: Path) -> None:
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": "postgresql://ani:hush-hush@db/watch"})
    assert "hush-hush" not in repr(made)
    assert "hush-hush" not in shown(made.config.store.url)


def test_who_may_not_make_tables_is_told_what_to_ask_for(server: Server, tmp_path: Path) -> None:
    url = server.database()
    server.run("CREATE ROLE guest LOGIN")
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": url.replace("//postgres@", "//guest@")})
    with pytest.raises(NotSavedError, match="GRANT CREATE ON DATABASE"), writing_to(made):
        pass


def test_records_that_nobody_made_are_told(server: Server, tmp_path: Path) -> None:
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": f"{server.url('template1')}"})
    with pytest.raises(StoreError, match="siaga init"), reading_from(made):
        pass


def test_newer_records_are_told_with_the_version_that_made_them(server: Server, tmp_path: Path) -> None:
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": server.database()})
    with writing_to(made) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, '7.1.0', ?)", (MOMENT,))
    for opened in (reading_from, writing_to, noting_in):
        with pytest.raises(NewerStoreError, match=r"siaga 7\.1\.0 \(schema 9999\)"), opened(made):
            pass
    server.run("DELETE FROM siaga.migration WHERE number = 9999", made.config.store.url.split("/")[3].split("?")[0])


def test_what_another_machine_sealed_is_counted_from_the_records(where: Workspace, tmp_path: Path) -> None:
    put(where, map(reading, range(20, 30)))
    with writing_to(where) as connection:
        assert seal(where, connection, MOMENT) is not None
    put(where, map(reading, range(30, 35)))
    elsewhere = lay_out(tmp_path, {"SIAGA_STORE_URL": where.config.store.url})
    counts = []
    for place in (where, elsewhere):
        with reading_from(place) as connection, analysing(place, connection) as engine:
            counts.append(count_events(engine, ("type", "month"), Selection(titles=True)))
    assert counts[0] == counts[1] != ()
