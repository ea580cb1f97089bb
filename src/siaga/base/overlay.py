"""A user's own knowledge: a folder that mirrors `assets/`, whose rows stand beside those that come with Siaga.

    overlay/actors/*.csv  overlay/places/*.csv  overlay/lang/<code>/lexicon/*.csv  overlay/lang/<code>/grammar/*.toml

A row adds. A row with the key of one that comes with Siaga stands in its place (`assets/overlay/files.csv` says which
columns are the key). A row with `remove` set takes away all that have the cells it names; a grammar lists ids under
`remove`. An overlay is read once, into memory: what is done with it is done with the same files, in every process.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import msgspec

from siaga.base.errors import OverlayError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.record import Record
from siaga.base.table import Line, read_lines

__all__ = [
    "NO_OVERLAY", "REMOVE", "TRUE", "Knowledge", "Overlay", "OverlayFile", "Table", "knowledge", "knowledge_of",
    "load_overlay", "own_tables", "unknown_file",
]  # fmt: skip

REMOVE = "remove"
"""The column, or the list of a grammar, that takes rows away."""
TRUE = "true"
GRAMMAR = ".toml"
UNREAD = (".md", "~", ".bak", ".swp")
"""Ends of names of files that people and editors leave; hidden files are passed over too."""
EXAMPLES = frozenset({"hits", "misses"})
"""Parts of a rule that change nothing that is read."""


class Knowledge(Record):
    """A row of `assets/overlay/files.csv`: a file of knowledge, and how its rows are told apart."""

    file: str
    """Below `assets/`; those of `lexicon/` and `grammar/` lie under `lang/<code>/`."""
    key: str
    """Columns, with a space between: a row of an overlay stands in the place of those with the same cells in them."""
    lower: bool = False
    """Whether the first column is matched in lower case."""
    refers: str = ""
    """`column=kind`, with a space between: what the cells of the column must name."""


class OverlayFile(Record):
    """A file of an overlay, as it was when it was read."""

    name: str
    """Where it lies in the overlay, and what it stands beside lies in `assets/`: `lang/id/lexicon/events.csv`."""
    path: str
    """Where it lies on the disk, for messages."""
    text: str


class Table(NamedTuple):
    """A `[[rule]]` of a grammar, and where it stands."""

    where: str
    fields: Mapping[str, Any]


class Overlay(Record):
    """All files of an overlay."""

    files: tuple[OverlayFile, ...] = ()

    @property
    def fingerprint(self) -> str | None:
        """Eight hexadecimal digits for all that changes what is read, comments and examples left out; null if nothing.

        Raises:
            OverlayError: a grammar is no TOML.

        """
        digest, empty = blake2b(digest_size=4), True
        for file in self.files:
            for part in _substance(file):
                digest.update(f"{file.name}\x1f{part}\x1e".encode())
                empty = False
        return None if empty else digest.hexdigest()

    def file(self, name: str) -> OverlayFile | None:
        """The file that stands beside the one of this name in `assets/`."""
        return next((file for file in self.files if file.name == name), None)

    def rows(self, name: str) -> tuple[Line, ...]:
        """The rows of a file that add."""
        return tuple(line for line in self._lines(name) if REMOVE not in line.cells)

    def removals(self, name: str) -> tuple[Line, ...]:
        """The rows of a file that take away, without the column that says so.

        Raises:
            OverlayError: `remove` holds something else than `true`.

        """
        return tuple(_removal(line) for line in self._lines(name) if REMOVE in line.cells)

    def tables(self, name: str) -> tuple[Table, ...]:
        """The rules of a grammar that add.

        Raises:
            OverlayError: it is no TOML, or holds something else than `remove` and rules.

        """
        file = self.file(name)
        return () if file is None else tuple(own_tables(file))

    def removed_ids(self, name: str) -> frozenset[str]:
        """The ids of rules that a grammar takes away."""
        file = self.file(name)
        return frozenset(_toml(file).get(REMOVE, ())) if file and name.endswith(GRAMMAR) else frozenset()

    def _lines(self, name: str) -> Iterator[Line]:
        file = self.file(name)
        return read_lines(file.text, file.path) if file and not name.endswith(GRAMMAR) else iter(())


NO_OVERLAY = Overlay()


@cache
def knowledge() -> Mapping[str, Knowledge]:
    """The files of knowledge that an overlay may hold, by name."""
    table = files("siaga").joinpath("assets", "overlay", "files.csv")
    lines = read_lines(table.read_text("utf-8"), str(table))
    rows = (msgspec.convert(line.cells, Knowledge, strict=False) for line in lines)
    return {row.file: row for row in rows}


def knowledge_of(name: str) -> Knowledge | None:
    """What is known of the file of this name (`lang/id/lexicon/events.csv`); null if none may be added to it."""
    parts = name.split("/")
    return knowledge().get("/".join(parts[2:]) if parts[0] == "lang" else name)


def load_overlay(folder: Path, languages: Iterable[str]) -> Overlay:
    """The overlay in a folder; none if there is no such folder, or nothing in it.

    Raises:
        OverlayError: a file is none that we know, or no UTF-8.

    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_left(path.relative_to(folder)))
    known = frozenset(_names(languages))
    return Overlay(files=tuple(_load(path, path.relative_to(folder).as_posix(), known) for path in paths))


def unknown_file(name: str, languages: Iterable[str]) -> str:
    """That there is no such file of knowledge, and which was probably meant."""
    return f"no file of knowledge is called {name}.{_meant(name, _names(languages))}"


def _names(languages: Iterable[str]) -> Iterator[str]:
    """The names of all files that an overlay may hold."""
    codes = tuple(languages)
    for name in knowledge():
        in_pack = name.startswith(("lexicon/", "grammar/"))
        yield from (f"lang/{code}/{name}" for code in codes) if in_pack else (name,)


def _is_left(path: Path) -> bool:
    return path.name.endswith(UNREAD) or any(part.startswith(".") for part in path.parts)


def _load(path: Path, name: str, known: frozenset[str]) -> OverlayFile:
    if name not in known:
        raise OverlayError(f"{path}: no file of knowledge has this name.{_meant(name, known)}")
    try:
        return OverlayFile(name=name, path=str(path), text=path.read_text("utf-8-sig"))
    except OSError as error:
        raise OverlayError(f"{path}: could not be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise OverlayError(f"{path}:{line}: expected UTF-8, met the byte {error.object[error.start]:#04x}") from error


def _meant(name: str, known: Iterable[str]) -> str:
    """What was probably meant: a file of the same name elsewhere, else one whose name is like it."""
    names = sorted(known)
    same = (one for one in names if PurePosixPath(one).name == PurePosixPath(name).name)
    return did_you_mean(next(same, None) or nearest(name, names)) or f" There are {', '.join(names[:10])} …"


def _substance(file: OverlayFile) -> Iterator[str]:
    """What of a file changes what is read."""
    if not file.name.endswith(GRAMMAR):
        yield from (str(sorted(line.cells.items())) for line in read_lines(file.text, file.path))
        return
    yield from (f"{REMOVE} {name}" for name in sorted(_toml(file).get(REMOVE, ())))
    for table in own_tables(file):
        yield str(sorted((key, value) for key, value in table.fields.items() if key not in EXAMPLES))


def _removal(line: Line) -> Line:
    if line.cells[REMOVE] != TRUE:
        raise OverlayError(f"{line.where}: {REMOVE}: expected {TRUE!r} or nothing, met {line.cells[REMOVE]!r}")
    return line._replace(cells={column: cell for column, cell in line.cells.items() if column != REMOVE})


def own_tables(file: OverlayFile) -> Iterator[Table]:
    """The rules of a grammar, each with the line on which it begins.

    Raises:
        OverlayError: it is no TOML, or holds something else than `remove` and rules.

    """
    rules = _toml(file).get("rule", [])
    for line, fields in zip(_heads(file.text), rules, strict=False):
        yield Table(f"{file.path}:{line}", fields)


def _heads(text: str) -> Iterator[int]:
    """The numbers of the lines on which rules begin."""
    return (number for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith("[[rule]]"))


def _toml(file: OverlayFile) -> Mapping[str, Any]:
    try:
        found = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise OverlayError(f"{file.path}: expected TOML: {error}") from error
    if unknown := sorted(found.keys() - {REMOVE, "rule"}):
        raise OverlayError(f"{file.path}: expected [[rule]] tables and {REMOVE} = [ids], met {unknown[0]!r}")
    if not isinstance(found.get("rule", []), list) or not all(isinstance(one, dict) for one in found.get("rule", [])):
        raise OverlayError(f"{file.path}: expected [[rule]] in double brackets, met [rule]")
    removed = found.get(REMOVE, [])
    if not isinstance(removed, list) or not all(isinstance(one, str) for one in removed):
        raise OverlayError(f"{file.path}: expected {REMOVE} = [ids of rules], met {removed!r}")
    return found
