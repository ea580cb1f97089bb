"""Migrations are appended to, never changed: somebody's store was made with them. And SQL says what it is for."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from siaga.store.sql import migrations, migrations_of_postgresql

ROOT = Path(__file__).parents[2]
SQL = sorted((ROOT / "src/siaga/store").rglob("*.sql"))
RELEASED = (
    "d990ae06f67b86b8",
    "ce902469d84a5c4f",
    "a413b09d1ddc2fd0",
    "ed1b29536efc468c",
    "31d27b4dde42f052",
    "934685937f20b7bd",
    "dfda9a608d9a29fb",
    "dc113f7129769627",
    "59c040507e3b8524",
    "0287138f4bc4988e",
    "23762f67ceba841e",
    "98f6b5588d7983f0",
    "82cf3f63554ad6df",
    "1c21f507d276ebf1",
)
"""Hashes of the migrations, in order. A change of the schema is a new file and a new line here."""

RELEASED_OF_POSTGRESQL = {
    19: "aae548b192ecee7b",
}
"""The same by their numbers. Each migration of SQLite after 0019 has one here of its number."""


def test_migrations_are_as_they_were_released() -> None:
    assert tuple(sha256(script.encode()).hexdigest()[:16] for script in migrations()) == RELEASED


def test_migrations_of_postgresql_are_as_they_were_released() -> None:
    found = {number: sha256(script.encode()).hexdigest()[:16] for number, script in migrations_of_postgresql().items()}
    assert found == RELEASED_OF_POSTGRESQL


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.name)
def test_every_query_begins_with_a_sentence(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert first[3].isupper()


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.name)
def test_every_query_is_used(path: Path) -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/siaga/store").glob("*.py"))
    assert "schema" in path.parts or f'query("{path.stem}")' in code or f'"{path.stem}"' in code
