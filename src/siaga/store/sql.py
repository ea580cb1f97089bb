"""SQL lies in files: `queries/<name>.sql`, one query a file, and `schema/<number>-<name>.sql`, one migration a file.

One text serves SQLite and PostgreSQL wherever one can. Where it can't, `queries/postgresql/<name>.sql` takes its place
there; the migrations of PostgreSQL lie in `schema/postgresql/` under the numbers of those that they match.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["migrations", "migrations_of_postgresql", "query", "to_postgresql"]

_PLACE = re.compile(
    r"""'(?:[^']|'')*' | "[^"]*" | --[^\n]* | :: | :(?P<name>[a-z_]+) | (?P<next>\?) | (?P<percent>%)""", re.VERBOSE
)


@cache
def query(name: str) -> str:
    """The text of `queries/<name>.sql`."""
    return _queries().joinpath(f"{name}.sql").read_text("utf-8")


@cache
def migrations() -> tuple[str, ...]:
    """The text of every migration, in order of their numbers; they are appended to, never changed."""
    return tuple(file.read_text("utf-8") for file in _sql_in(files("siaga.store").joinpath("schema")))


@cache
def migrations_of_postgresql() -> dict[int, str]:
    """The text of every migration of PostgreSQL by its number, in order."""
    found = _sql_in(files("siaga.store").joinpath("schema", "postgresql"))
    return {int(file.name.partition("-")[0]): file.read_text("utf-8") for file in found}


@cache
def to_postgresql(text: str) -> str:
    """A query as PostgreSQL and its driver understand it: what takes its place there, with `%s` for `?`.

    >>> to_postgresql("SELECT id FROM article WHERE seq = ? OR id LIKE :id || '%'")
    "SELECT id FROM article WHERE seq = %s OR id LIKE %(id)s || '%%'"
    """
    return _PLACE.sub(_place, _instead().get(text, text))


@cache
def _instead() -> dict[str, str]:
    """The texts that stand in for others, by those."""
    return {
        query(file.name.removesuffix(".sql")): file.read_text("utf-8")
        for file in _sql_in(_queries().joinpath("postgresql"))
    }


def _place(match: re.Match[str]) -> str:
    if match["name"]:
        return f"%({match['name']})s"
    return "%s" if match["next"] else match[0].replace("%", "%%")


def _queries() -> Traversable:
    return files("siaga.store").joinpath("queries")


def _sql_in(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
