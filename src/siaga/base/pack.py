"""Language packs and other assets: knowledge as data, checked when it is loaded.

A pack is a folder `assets/lang/<code>/` with `pack.toml`, `lexicon/*.csv` (lists) and
`grammar/*.toml` (rules). The engine asks for a file by name and for the record each row should be;
a row that is not one stops the program with the file and line. Every rule of a grammar carries
`hits` and `misses`, which `tests/packs` executes (`siaga.extract.checks`). What is loaded is what comes with
Siaga, with the overlay over it that the process stands on (`siaga.base.ground`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from siaga.base.document import Document
from siaga.base.errors import PackError
from siaga.base.expected import convert
from siaga.base.ground import overlay_in_use
from siaga.base.overlay import Overlay, Table, knowledge_of
from siaga.base.record import Record
from siaga.base.table import Line, read_lines

__all__ = [
    "Pack", "asset", "grammar", "is_overlaid", "languages", "lexicon", "load_pack", "pack_of", "read_cells",
    "read_rows",
]  # fmt: skip

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
    plain_place: str | None = None
    """The same for places other than countries."""

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
    return convert(tomllib.loads(path.read_text("utf-8")), Pack, f"{code}/pack.toml")


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
    overlay, file = overlay_in_use(), f"lang/{pack.code}/grammar/{name}.toml"
    tables = _with_own_rules(tuple(_tables(path, f"{pack.code}/grammar/{name}.toml")), overlay, file)
    return tuple(convert(table.fields, rule, table.where) for table in tables)


def read_rows(path: Traversable, row: type[Row]) -> tuple[Row, ...]:
    """The rows of a CSV asset as records; lines that start with `#` are comments.

    Raises:
        PackError: the file is missing, or a row is not such a record.

    """
    return tuple(convert(line.cells, row, line) for line in read_cells(path))


def read_cells(path: Traversable) -> Iterator[Line]:
    """The rows of a CSV asset as cells, those of the overlay first: where two are alike, the first mostly counts.

    Raises:
        PackError: the file is missing.

    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise PackError(f"{path}: no such file") from error
    lines = read_lines(text, str(path))
    return _with_own_rows(lines, overlay_in_use(), _name(path)) if is_overlaid(path) else lines


def is_overlaid(path: Traversable) -> bool:
    """Whether the overlay has a file for this asset."""
    overlay = overlay_in_use()
    return bool(overlay.files) and overlay.file(_name(path)) is not None


def _name(path: Traversable) -> str:
    """Where an asset lies below `assets/`."""
    return str(path).removeprefix(str(asset())).replace("\\", "/").strip("/")


def _with_own_rows(lines: Iterator[Line], overlay: Overlay, name: str) -> Iterator[Line]:
    """The rows of the overlay, and after them those that it neither replaces nor removes."""
    file, own, removals = knowledge_of(name), overlay.rows(name), overlay.removals(name)
    columns = file.key.split() if file else []
    replaced = {_key(line, columns) for line in own}
    yield from own
    for line in lines:
        if _key(line, columns) not in replaced and not any(_fits(line, removal) for removal in removals):
            yield line


def _key(line: Line, columns: list[str]) -> tuple[str, ...]:
    return tuple(line.cells.get(column, "") for column in columns)


def _fits(line: Line, removal: Line) -> bool:
    """Whether a row has every cell that a removal names."""
    return removal.cells.items() <= line.cells.items()


def _tables(path: Traversable, where: str) -> Iterator[Table]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["rule"]
    except (tomllib.TOMLDecodeError, KeyError, FileNotFoundError) as error:
        raise PackError(f"{where}: expected [[rule]] tables, met {error}") from error
    return (Table(f"{where}: rule {number}", table) for number, table in enumerate(tables, 1))


def _with_own_rules(tables: tuple[Table, ...], overlay: Overlay, file: str) -> tuple[Table, ...]:
    """The new rules of the overlay, then the others; one with the id of another stands where that stood."""
    own, removed = {str(table.fields.get("id")): table for table in overlay.tables(file)}, overlay.removed_ids(file)
    known = {str(table.fields.get("id")) for table in tables}
    new = tuple(table for name, table in own.items() if name not in known)
    kept = (table for table in tables if table.fields.get("id") not in removed)
    return (*new, *(own.get(str(table.fields.get("id")), table) for table in kept))
