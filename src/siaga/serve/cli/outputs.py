"""Files that commands write: aside, and in place when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from siaga.base.failpoint import failpoint

__all__ = ["written_aside"]


@contextmanager
def written_aside(output: Path | None) -> Iterator[Path | None]:
    """A file aside that takes the place of `output` when all is written; what stood there stays until then."""
    if output is None:
        yield None
        return
    aside = output.with_name(f".{output.name}.unfinished")
    try:
        yield aside
        failpoint("output.written")
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        failpoint("output.synced")
        aside.replace(output)
        failpoint("output.renamed")
    finally:
        aside.unlink(missing_ok=True)
