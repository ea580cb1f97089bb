"""A panel: how much was counted for each unit in each step, from a file or from arrays."""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

import numpy as np
import numpy.typing as npt

from siaga.base.errors import PanelError
from siaga.base.nearest import did_you_mean, nearest
from siaga.monitor.steps import Step, day_read, number_of, step_named, step_of

__all__ = ["Flags", "Floats", "Panel", "Places", "load_panel", "panel_of"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

NEEDED = ("unit", "date", "count")
MOST_CELLS = 50_000_000
"""Units times steps: 400 MB for each column."""
MOST_BYTES = 2**30
"""Of a file, unpacked."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts by unit and step; where a file has no row, nothing was counted: 0."""

    units: tuple[str, ...]
    first: int
    """Number of the first step (`steps.number_of`)."""
    step: Step
    counts: Floats
    """Units by steps."""
    columns: tuple[Floats, ...] = ()
    """Further numbers, each units by steps."""
    names: tuple[str, ...] = ()
    """Of the columns."""
    sha256: str = ""
    """Of the file."""

    @property
    def length(self) -> int:
        """How many steps there are."""
        return int(self.counts.shape[1])

    def named(self, index: int) -> str:
        """The name of a step by its place in the panel."""
        return step_named(self.first + index, self.step)

    def place(self, text: str) -> int:
        """The place of the step that a date falls into; it may lie outside.

        Raises:
            ValueError: it is no date.

        """
        return number_of(day_read(text), self.step) - self.first


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a file says, row by row."""

    units: list[str]
    dates: list[str]
    days: list[date]
    numbers: list[tuple[float, ...]]


def load_panel(path: Path) -> Panel:
    """The panel of a CSV file with the columns unit, date, count and, as it may be, further ones of numbers.

    A date is `YYYY-MM` or `YYYY-MM-DD`; rows of one unit and step are added up; cells left empty are 0. A file that
    ends in `.gz` is unpacked.

    Raises:
        PanelError: it can't be read so; says in which line.

    """
    raw, digest = _bytes_of(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PanelError(f"{path}: expected UTF-8: {error}") from error
    table = csv.reader(io.StringIO(text, newline=""))
    header = _header(path, next(table, []))
    extra = tuple(name for name in header if name not in NEEDED)
    rows = _rows(path, table, header)
    if not rows.units:
        raise PanelError(f"{path}: no rows; expected unit,date,count and a row for each count")
    return _counted(path, rows, extra, digest)


def panel_of(units: Sequence[str], first: date, step: Step, counts: npt.ArrayLike) -> Panel:
    """A panel of counts that are at hand, units by steps."""
    return Panel(tuple(units), number_of(first, step), step, np.asarray(counts, dtype=np.float64))


def _bytes_of(path: Path) -> tuple[bytes, str]:
    """What a file says, and the hash of the file as it lies there."""
    try:
        with path.open("rb") as lies:
            digest = file_digest(lies, "sha256").hexdigest()
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            raw = bytes(file.read(MOST_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise PanelError(f"{path}: can't be read: {error}") from error
    if len(raw) > MOST_BYTES:
        raise PanelError(f"{path}: larger than {MOST_BYTES >> 20} MiB; expected counts by unit and step, not events")
    return raw, digest


def _header(path: Path, cells: Sequence[str]) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    for name in NEEDED:
        if name not in header:
            meant = did_you_mean(nearest(name, [cell for cell in header if cell not in NEEDED]))
            raise PanelError(
                f"{path}:1: no column {name!r}; expected unit,date,count. Met: {', '.join(header)}.{meant}"
            )
    if len(set(header)) < len(header):
        raise PanelError(f"{path}:1: a column stands twice: {', '.join(header)}")
    return header


def _rows(path: Path, table: Iterator[list[str]], header: Sequence[str]) -> _Rows:
    unit, day = header.index("unit"), header.index("date")
    order = (header.index("count"), *(index for index, name in enumerate(header) if name not in NEEDED))
    rows = _Rows([], [], [], [])
    for line, cells in enumerate(table, 2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise PanelError(f"{path}:{line}: {len(cells)} cells; expected {len(header)}: {', '.join(header)}")
        text = cells[day].strip()
        try:
            rows.days.append(day_read(text))
        except ValueError as error:
            raise PanelError(f"{path}:{line}: date {text!r}; expected YYYY-MM or YYYY-MM-DD") from error
        rows.units.append(cells[unit].strip())
        rows.dates.append(text)
        rows.numbers.append(tuple(_number(cells[index], f"{path}:{line}", header[index]) for index in order))
        if not rows.units[-1] or rows.numbers[-1][0] < 0:
            raise PanelError(
                f"{path}:{line}: unit {rows.units[-1]!r}, count {cells[order[0]]}; expected a name and >= 0"
            )
    return rows


def _number(cell: str, where: str, column: str) -> float:
    text = cell.strip()
    try:
        number = float(text) if text else 0.0
    except ValueError as error:
        raise PanelError(f"{where}: {column} {text!r}; expected a number") from error
    if not math.isfinite(number):
        raise PanelError(f"{where}: {column} {text!r}; expected a finite number")
    return number


def _counted(path: Path, rows: _Rows, extra: tuple[str, ...], digest: str) -> Panel:
    step = step_of(rows.dates, rows.days)
    units = tuple(sorted(set(rows.units)))
    places = {unit: index for index, unit in enumerate(units)}
    steps = np.array([number_of(day, step) for day in rows.days])
    first, length = int(steps.min()), int(steps.max() - steps.min()) + 1
    if len(units) * length > MOST_CELLS:
        raise PanelError(f"{path}: {len(units)} units in {length} steps are more than {MOST_CELLS:,} counts")
    where = np.array([places[unit] for unit in rows.units]), steps - first
    layers = np.zeros((1 + len(extra), len(units), length))
    for layer, numbers in zip(layers, np.array(rows.numbers).T, strict=True):
        np.add.at(layer, where, numbers)
    return Panel(units, first, step, layers[0], tuple(layers[1:]), extra, digest)
