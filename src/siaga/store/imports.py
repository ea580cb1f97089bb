"""Bring your own events: files of other projects become events of a workspace, in a Parquet file of their own.

A file is read by DuckDB as text, its columns are named by the query of its format, and one query codes them: CAMEO
becomes PLOVER, names become codes, dates days. What can't be used is rejected with its line and a reason.
"""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

import duckdb

from siaga.base.errors import DamagedError, NotSavedError, PanelError
from siaga.base.failpoint import failpoint
from siaga.base.pack import asset
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.files import sync
from siaga.store.segments import engine_settings
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["FORMATS", "Imported", "format_of", "import_file", "imported", "imported_view"]

FORMATS: Mapping[str, tuple[str, frozenset[str]]] = {
    "gdelt1": ("read_gdelt", frozenset()),
    "gdelt2": ("read_gdelt2", frozenset()),
    "icews": ("read_icews", frozenset({"Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name"})),
    "icews_plain": ("read_icews_plain", frozenset({"date", "source", "target", "cameo"})),
    "icews_named": ("read_icews_named", frozenset({"date", "source", "relation", "target"})),
    "polecat": ("read_polecat", frozenset({"Event Date", "Event Type", "Actor Name", "Recipient Name"})),
    "acled": ("read_acled", frozenset({"event_date", "event_type", "sub_event_type", "actor1"})),
    "ged": ("read_ged", frozenset({"date_start", "side_a", "side_b", "type_of_violence", "best"})),
    "plain": ("read_plain", frozenset({"date", "actor", "recipient", "type"})),
}
"""Format -> query that reads it, and headings that tell it; GDELT has none."""
MOST_COLUMNS = {"gdelt1": 58, "gdelt2": 61}
GDELT_COLUMNS = {57: "gdelt1", 58: "gdelt1", 61: "gdelt2"}
SOURCED = frozenset({"gdelt1", "gdelt2", "ged"})
"""Formats that tell how many sources reported an event."""
MOST_KEPT = 100
"""Rejected rows of one reason that are kept with their line."""
UNFINISHED = ".unfinished"
MOST_UNPACKED = 64 * 2**30
FIRST_BYTES = 1 << 20
MEMORY = "2GB"


class Imported(Record):
    """A file that was imported."""

    id: str
    name: str
    format: str
    events: int
    rejected: int
    first: str | None
    last: str | None
    sourced: bool
    file: str
    bytes: int
    sha256: str


def imported(connection: Connection) -> tuple[Imported, ...]:
    """All files that were imported, in order of their days."""
    names = Imported.__struct_fields__
    rows = (dict(zip(names, row, strict=True)) for row in connection.execute(query("imports")))
    return tuple(Imported(**(row | {"sourced": bool(row["sourced"])})) for row in rows)


def format_of(path: Path) -> str:
    """The format of a file, from its headings or the number of its columns.

    Raises:
        PanelError: it is none that we know.

    """
    if path.suffix == ".parquet":
        heads = {str(row[0]) for row in duckdb.read_parquet(str(path)).limit(0).description}
    else:
        line = _first_line(path)
        delimiter = "\t" if line.count("\t") > line.count(",") else ","
        cells = next(csv.reader([line], delimiter=delimiter), [])
        if delimiter == "\t" and cells and cells[0].isdigit() and len(cells) in GDELT_COLUMNS:
            return GDELT_COLUMNS[len(cells)]
        heads = {cell.strip().strip("﻿") for cell in cells}
    for name, (_, needed) in FORMATS.items():
        if needed and needed <= heads:
            return name
    raise PanelError(
        f"{path}: no format that we know; expected GDELT 1 or 2 (57, 58 or 61 columns), ICEWS, POLECAT, ACLED, UCDP "
        "GED or the columns date,actor,recipient,type,count; for counts by unit and month or week: siaga backtest. "
        f"Met: {', '.join(sorted(heads))[:200]}"
    )


def import_file(workspace: Workspace, connection: Connection, path: Path, moment: str) -> tuple[Imported, bool]:
    """The file as it was imported, now or before, and whether it is new.

    Raises:
        PanelError: it is of no format that we know, or can't be read.
        NotSavedError: the disk is full or may not be written to.

    """
    try:
        with path.open("rb") as file:
            key = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PanelError(f"{path}: can't be read: {error.strerror}") from error
    known = [one for one in imported(connection) if one.id == key]
    if known and (workspace.imports / known[0].file).is_file():
        return known[0], False
    format_ = format_of(path)
    with _plain(path, workspace.folder) as lies, _engine(workspace) as engine:
        made, rejects = _converted(workspace, engine, (path, lies), (key, format_))
    with transaction(connection):
        cells = (getattr(made, name) for name in Imported.__struct_fields__)
        connection.execute(query("add_import"), (*cells, moment))
        connection.executemany(query("add_reject"), (("import", *reject, moment) for reject in rejects))
    return made, True


def imported_view(engine: duckdb.DuckDBPyConnection, workspace: Workspace, files: Sequence[Imported]) -> None:
    """Give the engine all imported events as a view `imported`.

    Raises:
        DamagedError: a file is missing or of another size.

    """
    paths = [workspace.imports / one.file for one in files]
    for one, path in zip(files, paths, strict=True):
        if not path.is_file() or path.stat().st_size != one.bytes:
            raise damaged_import(workspace, one)
    if paths:
        engine.read_parquet([str(path) for path in paths]).create_view("imported")
    else:
        engine.execute(query("no_imports"))


def damaged_import(workspace: Workspace, one: Imported) -> DamagedError:
    """The error that says how an import is mended."""
    return DamagedError(
        f"{workspace.imports / one.file} is missing or of another size than it was made with. Import {one.name} again, "
        "or take it from a backup"
    )


@contextmanager
def _engine(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that sorts on disk what is too much for its share of memory."""
    with (
        tempfile.TemporaryDirectory(dir=workspace.folder, prefix=".import-") as aside,
        duckdb.connect(
            ":memory:", config=engine_settings() | {"temp_directory": aside, "memory_limit": MEMORY, "threads": "1"}
        ) as engine,
    ):
        engine.execute(
            "SET disabled_optimizers = 'join_order,build_side_probe_side'"
        )  # the small tables stay in memory
        yield engine


def _converted(
    workspace: Workspace, engine: duckdb.DuckDBPyConnection, paths: tuple[Path, Path], about: tuple[str, str]
) -> tuple[Imported, list[tuple[str, str, str]]]:
    """The file as Parquet, in place but not yet in the list, and what was rejected of it."""
    (path, lies), (key, format_) = paths, about
    aside = workspace.imports / f"{key[:24]}{UNFINISHED}"
    try:
        workspace.imports.mkdir(exist_ok=True)
        _tables(engine)
        _raw(engine, lies, format_)
        engine.execute(query("coded"))
        engine.sql(query("usable")).write_parquet(str(aside), compression="zstd", row_group_size=100_000)
        [(events, first, last)] = engine.execute(query("imported_days"), {"path": str(aside)}).fetchall()
        kept = engine.execute(query("unusable"), {"most": MOST_KEPT}).fetchall()
        failpoint("import.written")
        digest, size = _synced(aside)
        failpoint("import.synced")
        target = workspace.imports / f"{key[:24]}.parquet"
        aside.replace(target)
        failpoint("import.renamed")
        sync(workspace.imports)
    except (duckdb.IOException, OSError) as error:
        aside.unlink(missing_ok=True)
        raise NotSavedError(
            f"{workspace.imports}: the import can't be written: {error}. Make room and try again"
        ) from error
    except duckdb.Error as error:
        aside.unlink(missing_ok=True)
        raise PanelError(f"{path}: can't be read as {format_}: {str(error).splitlines()[0]}") from error
    made = Imported(
        id=key, name=path.name, format=format_, events=events, rejected=sum(row[3] for row in kept if row[0] == 1),
        first=first, last=last, sourced=format_ in SOURCED, file=target.name, bytes=size, sha256=digest,
    )  # fmt: skip
    return made, [(f"{path.name}:{row[1]}", row[2], row[4]) for row in kept]


def _raw(engine: duckdb.DuckDBPyConnection, lies: Path, format_: str) -> None:
    """The rows as the file has them, all of them text, as a view `file`; columns are named by the format's query."""
    if lies.suffix == ".parquet":
        relation = engine.read_parquet(str(lies))
    elif format_ in {"gdelt1", "gdelt2"}:
        columns = {f"c{number}": "VARCHAR" for number in range(MOST_COLUMNS[format_])}
        relation = engine.read_csv(
            str(lies), header=False, sep="\t", quotechar="", escapechar="", null_padding=True, auto_detect=False,
            columns=columns,
        )  # fmt: skip
    else:
        relation = engine.read_csv(str(lies), header=True, all_varchar=True, null_padding=True, strict_mode=False)
    relation.create_view("file")
    heads = {name.casefold() for name in relation.columns}
    text = query(FORMATS[format_][0])
    if "count" not in heads and format_ == "plain":
        text = text.replace('"count"', "'1'")
    engine.execute(f"CREATE TEMP VIEW named AS {text}")


def _tables(engine: duckdb.DuckDBPyConnection) -> None:
    """What CAMEO codes, types, names of countries and kinds of ACLED mean, as tables."""
    engine.execute(query("meanings"))
    engine.executemany(
        "INSERT INTO cameo VALUES (?, ?)", [(row["cameo"], row["type"]) for row in _asset_rows("ontology", "cameo.csv")]
    )
    engine.executemany(
        "INSERT INTO cameo_names VALUES (?, ?)",
        [(row["name"], row["cameo"]) for row in _asset_rows("ontology", "cameo_names.csv")],
    )
    engine.executemany("INSERT INTO kinds VALUES (?, ?)", list(_kinds()))
    engine.executemany("INSERT INTO names VALUES (?, ?)", list(_names().items()))
    engine.executemany(
        "INSERT INTO fips VALUES (?, ?)", [(row["fips"], row["code"]) for row in _asset_rows("places", "fips.csv")]
    )


def _kinds() -> Iterator[tuple[str, str]]:
    yield from ((row["kind"], row["type"]) for row in _asset_rows("ontology", "acled.csv"))
    yield from ((row["type"], row["type"]) for row in _asset_rows("ontology", "types.csv"))


def _names() -> dict[str, str]:
    """Names and codes of countries and organisations in any of our languages, in lower case -> code."""
    found: dict[str, str] = {}
    for table in ("organisations.csv", "countries.csv"):
        for row in _asset_rows("actors", table):
            listed = [
                name for column, cell in row.items() if column.startswith(("name", "alias")) for name in cell.split("|")
            ]
            found |= {name.casefold(): row["code"] for name in (*listed, row["code"]) if name}
    return found | {row["name"].casefold(): row["code"] for row in _asset_rows("actors", "source_names.csv")}


def _asset_rows(*parts: str) -> Iterator[dict[str, str]]:
    lines = asset(*parts).read_text("utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _first_line(path: Path) -> str:
    try:
        with _unpacked(path) as file:
            return file.readline(FIRST_BYTES).rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise PanelError(f"{path}: can't be read: {error}") from error


@contextmanager
def _unpacked(path: Path) -> Iterator[TextIOWrapper]:
    with _opened(path) as file:
        yield TextIOWrapper(file, "utf-8", errors="replace")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) != 1 or members[0].file_size > MOST_UNPACKED:
                raise PanelError(f"{path}: {len(members)} files in the archive; expected one of at most 64 GiB")
            with archive.open(members[0]) as file:
                yield file
    elif path.suffix == ".gz":
        with gzip.open(path) as packed:
            yield cast("IO[bytes]", packed)
    else:
        with path.open("rb") as file:
            yield file


@contextmanager
def _plain(path: Path, folder: Path) -> Iterator[Path]:
    """The file itself, or, of a ZIP archive, the one in it, laid aside for as long as it is needed."""
    if path.suffix != ".zip":
        yield path
        return
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv") as aside:
        with _opened(path) as file:
            shutil.copyfileobj(file, aside)
        aside.flush()
        yield Path(aside.name)


def _synced(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return file_digest(file, "sha256").hexdigest(), path.stat().st_size
