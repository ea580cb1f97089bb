"""What is PostgreSQL's own: that every question is one to it, its schema, its lease, and what it says when it can't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from siaga.store.database import reading_from, writing_to
from siaga.store.postgresql import Served
from siaga.store.sql import query, to_postgresql
from siaga.store.workspace import Workspace, lay_out
from tests.server import Server

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
