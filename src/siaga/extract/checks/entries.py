"""What an overlay does: which rows and rules it adds, puts in the place of ours, or takes away."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Literal

from siaga.base.ground import standing_on
from siaga.base.overlay import NO_OVERLAY, Overlay, OverlayFile, knowledge_of
from siaga.base.pack import asset, read_cells
from siaga.base.record import Record
from siaga.base.table import Line
from siaga.extract.morphology import forms_of

__all__ = ["Entry", "entries", "our_ids", "our_lines"]


Does = Literal["addition", "replacement", "removal"]


class Entry(Record):
    """A row or rule of an overlay."""

    file: str
    where: str
    """`path:line`, or the path of a grammar that takes rules away."""
    does: Does
    what: str
    """The cells of the row, or the id of the rule."""

    @property
    def place(self) -> str:
        """The file and the line, as seen from the overlay."""
        _, _, line = self.where.rpartition(":")
        return f"{self.file}:{line}" if line.isdigit() else self.file


def entries(overlay: Overlay) -> Iterator[Entry]:
    """All rows and rules of an overlay, file by file."""
    for file in overlay.files:
        yield from _rules(overlay, file) if file.name.endswith(".toml") else _rows(overlay, file)


def our_lines(name: str) -> tuple[Line, ...]:
    """The rows that come with Siaga in a file of this name."""
    with standing_on(NO_OVERLAY):
        return tuple(read_cells(asset(*name.split("/"))))


def our_ids(name: str) -> frozenset[str]:
    """The ids of the rules that come with Siaga in a grammar of this name."""
    return frozenset(rule["id"] for rule in tomllib.loads(asset(*name.split("/")).read_text("utf-8"))["rule"])


def _rules(overlay: Overlay, file: OverlayFile) -> Iterator[Entry]:
    known = our_ids(file.name)
    for table in overlay.tables(file.name):
        name = str(table.fields.get("id"))
        yield Entry(file=file.name, where=table.where, does="replacement" if name in known else "addition", what=name)
    for name in sorted(overlay.removed_ids(file.name)):
        yield Entry(file=file.name, where=file.path, does="removal", what=name)


def _rows(overlay: Overlay, file: OverlayFile) -> Iterator[Entry]:
    known = knowledge_of(file.name)
    columns = known.key.split() if known else []
    keys = {tuple(line.cells.get(column) for column in columns) for line in our_lines(file.name)}
    for line in overlay.rows(file.name):
        replaces = tuple(line.cells.get(column) for column in columns) in keys
        yield _entry(file, line, "replacement" if replaces else "addition")
    yield from (_entry(file, line, "removal") for line in overlay.removals(file.name))


def _entry(file: OverlayFile, line: Line, does: Does) -> Entry:
    forms = f": {', '.join(_forms(file, line))}" if does != "removal" and "forms" in line.cells else ""
    return Entry(file=file.name, where=line.where, does=does, what=", ".join(line.cells.values()) + forms)


def _forms(file: OverlayFile, line: Line) -> tuple[str, ...]:
    """The forms in which a word is found, so that whoever wrote the row sees whether they are right."""
    language = file.name.split("/")[1]
    return tuple(dict.fromkeys(form.words for form in forms_of(language, line.cells["lemma"], line.cells["forms"])))
