"""SQL lies in files: `queries/<name>.sql`, one query a file, and `schema/<number>-<name>.sql`, one migration a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["migrations", "query"]


@cache
def query(name: str) -> str:
    """The text of `queries/<name>.sql`."""
    return files("siaga.store").joinpath("queries", f"{name}.sql").read_text("utf-8")


@cache
def migrations() -> tuple[str, ...]:
    """The text of every migration, in order of their numbers; they are appended to, never changed."""
    found = sorted(file.name for file in files("siaga.store").joinpath("schema").iterdir() if file.name[-4:] == ".sql")
    return tuple(files("siaga.store").joinpath("schema", name).read_text("utf-8") for name in found)
