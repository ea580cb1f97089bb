"""`siaga export`: stored events into a file, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from siaga.serve.cli.outputs import written_aside
from siaga.serve.cli.selecting import Asked, selecting, selection
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    import duckdb

    from siaga.store.analysis import Selection
    from siaga.store.connection import Connection

__all__ = ["command"]

FORMATS = ("csv", "jsonl", "parquet", "geojson", "gdelt", "stix")
"""Those of `serve.exporting`, and Parquet."""
LEFT_OUT = {
    "geojson": "without coordinates were left out",
    "gdelt": "without a day or a CAMEO code, or that did not happen, were left out",
    "stix": "without any day were left out",
}


@click.command("export")
@selecting
@click.option(
    "--format", "-f", "format_", type=click.Choice(FORMATS), default=None,
    help="By default what the name of the file ends with, else csv.",
)  # fmt: skip
@click.option(
    "--output", "-o", "output", metavar="FILE", default=None, type=click.Path(dir_okay=False, path_type=Path),
    help="Written aside and put in place when it is whole; by default standard output.",
)  # fmt: skip
@workspace_option
def command(workspace: str | None, format_: str | None, output: Path | None, **asked: Unpack[Asked]) -> None:
    """Write stored events to a file: CSV, JSON Lines, Parquet, points of a map (GeoJSON), GDELT, or STIX 2.1.

    CSV has the columns of `siaga read --format csv`, and cells that a spreadsheet would run are made harmless.
    GeoJSON has the events whose place has coordinates, with the precision of the place and the sentence; gdelt the
    58 columns of a GDELT 1.0 file, a row for each pair of parties; stix a bundle in which each event is an incident.
    Nothing is capped, and memory does not grow with what is written.

    \b
    Examples:
      siaga export -o events.csv
      siaga export --format jsonl --country UKR --since 2022-01-01 > ukraine.jsonl
      siaga export --min-confidence 0.5 -o events.parquet
      siaga export --type ASSAULT -o attacks.geojson
      siaga export --format stix -o events.json
    """  # noqa: D301 - click reads \b
    from siaga.store.analysis import analysing  # noqa: PLC0415 - `siaga --help` must not load the engine
    from siaga.store.database import reading_from  # noqa: PLC0415

    kind = format_ or _kind_of(output)
    if kind == "parquet" and output is None:
        raise click.UsageError("Parquet goes to a file; expected --output FILE")
    where, chosen = the_workspace(workspace), selection(asked)
    stand_on_overlay(where)
    with reading_from(where) as connection, analysing(where, connection) as engine, written_aside(output) as target:
        told = _write(kind, target, chosen, (connection, engine))
    click.echo(told, err=True)


def _kind_of(output: Path | None) -> str:
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return ending if ending in FORMATS else FORMATS[0]


def _write(
    kind: str, target: Path | None, chosen: Selection, store: tuple[Connection, duckdb.DuckDBPyConnection]
) -> str:
    """Write the events chosen; what to say of them."""
    from siaga.serve.exporting import SHAPES, Tally, streamed  # noqa: PLC0415
    from siaga.store.analysis import write_parquet  # noqa: PLC0415
    from siaga.store.browse import all_events  # noqa: PLC0415

    connection, engine = store
    if kind == "parquet" and target is not None:
        return f"{write_parquet(engine, chosen, target)} events"
    tally = Tally()
    with _binary(target) as stream:
        stream.writelines(streamed(all_events(connection, engine, chosen), SHAPES[kind], tally))
    return f"{tally.written} events" + (f"; {tally.left_out} {LEFT_OUT[kind]}" if kind in LEFT_OUT else "")


@contextmanager
def _binary(target: Path | None) -> Iterator[IO[bytes]]:
    if target is None:
        yield sys.stdout.buffer
        return
    with target.open("wb") as stream:
        yield stream
