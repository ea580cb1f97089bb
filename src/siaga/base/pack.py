"""Language packs and other assets: knowledge as data, checked when it is loaded.

A pack is a folder `assets/lang/<code>/` with `pack.toml`, `lexicon/*.csv` (lists) and
`grammar/*.toml` (rules). The engine asks for a file by name and for the record each row should be;
a row that is not one stops the program with the file and line. Every rule of a grammar carries
`hits` and `misses`, which `tests/packs` executes.
"""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec

from siaga.base.document import Document
from siaga.base.errors import PackError
from siaga.base.record import Record

__all__ = ["Pack", "asset", "grammar", "languages", "lexicon", "load_pack", "pack_of", "read_rows"]

Row = TypeVar("Row", bound=Record)


class Pack(Record):
    """A language: what `pack.toml` says of it."""

    code: str
    """ISO 639-1, e.g. `id`."""
    name: str
    version: int
    home: str | None = None
    """Country (alpha-3) that local news in this language plays in when nothing says otherwise."""
    plain_name: str | None = None
    """A name that the syntax model knows well, read in place of every known country and organisation."""
    plain_person: str | None = None
    """The same for persons."""

    @property
    def label(self) -> str:
        """Language and version as written into each article's `reader`: `id-3`."""
        return f"{self.code}-{self.version}"


def asset(*parts: str) -> Traversable:
    """A file or folder under `assets/`."""
    return files("siaga").joinpath("assets", *parts)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages we have packs for."""
    return tuple(sorted(folder.name for folder in asset("lang").iterdir() if folder.joinpath("pack.toml").is_file()))


@cache
def load_pack(code: str) -> Pack:
    """The pack of a language.

    Raises:
        PackError: there is no such pack, or its `pack.toml` is not one.

    """
    path = asset("lang", code, "pack.toml")
    if not path.is_file():
        raise PackError(f"no language pack {code!r}; there are {', '.join(languages())}")
    return _convert(tomllib.loads(path.read_text("utf-8")), Pack, f"{code}/pack.toml")


def pack_of(document: Document) -> Pack | None:
    """The pack of the language the document is in; null where that is not known or has none."""
    language = document.article.language
    return load_pack(language) if language is not None and language in languages() else None


def lexicon(pack: Pack, name: str, row: type[Row]) -> tuple[Row, ...]:
    """The rows of `lexicon/<name>.csv`, each as a record of type `row`; empty cells take the default.

    Raises:
        PackError: a row is not such a record: `path:line: what was met`.

    """
    return read_rows(asset("lang", pack.code, "lexicon", f"{name}.csv"), row)


def grammar(pack: Pack, name: str, rule: type[Row]) -> tuple[Row, ...]:
    """The `[[rule]]` tables of `grammar/<name>.toml`, each as a record of type `rule`.

    Raises:
        PackError: a table is not such a record, or two have the same `id`.

    """
    path = asset("lang", pack.code, "grammar", f"{name}.toml")
    where = f"{pack.code}/grammar/{name}.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["rule"]
    except (tomllib.TOMLDecodeError, KeyError, FileNotFoundError) as error:
        raise PackError(f"{where}: expected [[rule]] tables, met {error}") from error
    return tuple(_convert(table, rule, f"{where}: rule {number}") for number, table in enumerate(tables, 1))


def read_rows(path: Traversable, row: type[Row]) -> tuple[Row, ...]:
    """The rows of a CSV asset as records; lines that start with `#` are comments.

    Raises:
        PackError: the file is missing, or a row is not such a record.

    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise PackError(f"{path}: no such file") from error
    lines = csv.DictReader(io.StringIO("".join(_without_comments(text))), restkey="(too many cells)")
    return tuple(
        _convert({key: cell for key, cell in cells.items() if cell}, row, f"{path}: row {number}")
        for number, cells in enumerate(lines, 1)
    )


def _without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines(keepends=True) if line.strip() and not line.startswith("#")]


def _convert(value: Any, type_: type[Row], where: str) -> Row:  # noqa: ANN401 - what a file holds is not known yet
    try:
        return msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as error:
        raise PackError(f"{where}: {error}; met {value!r}") from error
