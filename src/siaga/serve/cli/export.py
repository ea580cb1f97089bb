"""`siaga export`: stored events into a file, for other programs."""

from __future__ import annotations

import sys
from codecs import getwriter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from siaga.serve.cli.outputs import written_aside
from siaga.serve.cli.selecting import Asked, selecting, selection
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    import apsw
    import duckdb

    from siaga.store.analysis import Selection

__all__ = ["command"]

FORMATS = ("csv", "jsonl", "parquet", "geojson", "gdelt")


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
    """Write stored events to a file, one each: CSV, JSON Lines, Parquet, points of a map (GeoJSON), or GDELT.

    CSV has the columns of `siaga read --format csv`, and cells that a spreadsheet would run are made harmless.
    GeoJSON has the events whose place has coordinates, with the precision of the place and the sentence; gdelt the
    58 columns of a GDELT 1.0 file, a row for each pair of parties.

    \b
    Examples:
      siaga export -o events.csv
      siaga export --format jsonl --country UKR --since 2022-01-01 > ukraine.jsonl
      siaga export --min-confidence 0.5 -o events.parquet
      siaga export --type ASSAULT -o attacks.geojson
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
    kind: str, target: Path | None, chosen: Selection, store: tuple[apsw.Connection, duckdb.DuckDBPyConnection]
) -> str:
    """Write the events chosen; what to say of them."""
    from siaga.report.gdelt import write_gdelt  # noqa: PLC0415
    from siaga.report.geojson import write_geojson  # noqa: PLC0415
    from siaga.serve.cli.listing import csv_lines, json_lines  # noqa: PLC0415
    from siaga.store.analysis import list_events, write_parquet  # noqa: PLC0415
    from siaga.store.load import load_events  # noqa: PLC0415

    connection, engine = store
    if kind == "parquet" and target is not None:
        return f"{write_parquet(engine, chosen, target)} events"
    numbers = list_events(engine, chosen)
    events = load_events(connection, numbers)
    with _binary(target) as stream:
        if kind == "csv":
            return f"{csv_lines(events, getwriter('utf-8')(stream))} events"
        if kind == "jsonl":
            return f"{json_lines(events, stream)} events"
        if kind == "gdelt":
            written, left = write_gdelt(events, stream)
            return f"{written} events; {left} without a day or a CAMEO code, or that did not happen, were left out"
        count = write_geojson(events, stream)
        return f"{count} events; {len(numbers) - count} without coordinates were left out"


@contextmanager
def _binary(target: Path | None) -> Iterator[IO[bytes]]:
    if target is None:
        yield sys.stdout.buffer
        return
    with target.open("wb") as stream:
        yield stream
