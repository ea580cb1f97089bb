"""What was read of a shard of an archive, as Parquet: a row a reading or reject, in the order of the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np

from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.errors import DamagedError, NotSavedError
from siaga.store.segments import engine_settings

__all__ = ["read_ids", "read_results", "read_some", "write_results"]


def write_results(path: Path, found: Sequence[Reading | Reject]) -> None:
    """Write what was read.

    Raises:
        NotSavedError: the disk is full or may not be written to.

    """
    kinds = ["reject" if isinstance(one, Reject) else "reading" for one in found]
    ids = [one.id if isinstance(one, Reject) else one.article.id for one in found]
    columns = {"kind": kinds, "id": ids, "body": [one.to_json().decode() for one in found]}
    cells = {name: np.array(values, dtype=object) for name, values in columns.items()}
    try:
        with duckdb.connect(":memory:", config=engine_settings() | {"threads": "1"}) as engine:
            engine.register("cells", {"number": np.arange(len(found)), **cells})
            engine.table("cells").write_parquet(str(path), compression="zstd")
    except (duckdb.IOException, OSError) as error:
        path.unlink(missing_ok=True)
        raise NotSavedError(f"{path}: can't be written: {error}. Make room and run it again") from error


def read_results(path: Path) -> Iterator[Reading | Reject]:
    """What was read, in order.

    Raises:
        DamagedError: the file is missing or broken.

    """
    for kind, body in _rows(path, "SELECT kind, body FROM read_parquet(?) ORDER BY number"):
        yield (Reject if kind == "reject" else Reading).from_json(str(body))


def read_some(path: Path, numbers: Collection[int]) -> Mapping[int, Reading]:
    """The readings with these numbers.

    Raises:
        DamagedError: the file is missing or broken.

    """
    rows = _rows(path, "SELECT number, body FROM read_parquet(?) WHERE number IN (SELECT unnest(?))", [*numbers])
    return {int(str(number)): Reading.from_json(str(body)) for number, body in rows}


def read_ids(path: Path, numbers: Collection[int]) -> Mapping[int, str]:
    """The ids of the articles with these numbers.

    Raises:
        DamagedError: the file is missing or broken.

    """
    rows = _rows(path, "SELECT number, id FROM read_parquet(?) WHERE number IN (SELECT unnest(?))", [*numbers])
    return {int(str(number)): str(id_) for number, id_ in rows}


def _rows(path: Path, asked: str, *given: object) -> list[tuple[object, ...]]:
    try:
        with duckdb.connect(":memory:", config=engine_settings() | {"threads": "1"}) as engine:
            return engine.execute(asked, [str(path), *given]).fetchall()
    except (duckdb.Error, OSError) as error:
        raise DamagedError(f"{path}: {error}; remove its receipt and run: siaga archive run") from error
