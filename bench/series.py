"""Series over ten million events: all pair-weeks and one pair, beside plain SQLite over the same in the same run.

    python -m bench.series [--events 10000000] [--folder FOLDER]

The events are invented, skewed as news is, brought in with `siaga import`'s own code, and counted as `siaga series`
counts. "Opened" makes a new engine, "again" asks one that is open. SQLite has its index on (actor, recipient, day).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import duckdb

from siaga.store.connection import Connection
from siaga.store.database import now, reading_from, writing_to
from siaga.store.imports import import_file
from siaga.store.series import all_weekly, counting, one_weekly, unit_of
from siaga.store.workspace import Workspace, lay_out

ROUNDS = 3
INVENTED = """
COPY (
  SELECT
    DATE '2010-01-01' + CAST(floor(random() * 5400) AS INTEGER) AS date,
    codes[1 + CAST(floor(power(random(), 2.5) * len(codes)) AS INTEGER)] AS actor,
    codes[1 + CAST(floor(power(random(), 2.5) * len(codes)) AS INTEGER)] AS recipient,
    types[1 + CAST(floor(random() * len(types)) AS INTEGER)] AS type,
    1 AS count
  FROM range({events}), (
    SELECT ['RUS','UKR','USA','CHN','IDN','IND','PAK','IRN','ISR','SYR','FRA','DEU','GBR','JPN','KOR','PRK','TUR','SAU',
      'EGY','NGA','KEN','ETH','SOM','SDN','SSD','COD','MLI','BFA','NER','TCD','LBY','TUN','DZA','MAR','ZAF','MOZ','AGO',
      'BRA','ARG','CHL','COL','VEN','MEX','CAN','AUS','NZL','PHL','MYS','SGP','THA','VNM','MMR','KHM','LAO','BGD','LKA',
      'NPL','AFG','IRQ','YEM','OMN','QAT','KWT','JOR','LBN','POL','LTU','LVA','EST','FIN','SWE','NOR','DNK','NLD','BEL',
      'ESP','PRT','ITA','GRC','ROU','BGR','HUN','CZE','SVK','AUT','CHE','SRB','HRV','BIH','ALB','GEO','ARM','AZE','KAZ',
      'UZB','TJK','KGZ','TKM','MNG','CUB'] AS codes,
      ['CONSULT','AGREE','SUPPORT','ACCUSE','REJECT','THREATEN','PROTEST','MOBILIZE','COERCE','ASSAULT'] AS types
  )
) TO '{path}' (HEADER)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as temporary:
        folder = Path(temporary)
        duckdb.execute(INVENTED.format(events=args.events, path=folder / "events.csv"))
        workspace = lay_out(folder / "workspace", {})
        with writing_to(workspace) as connection:
            tell("import", seconds(lambda: import_file(workspace, connection, folder / "events.csv", now())))
        ours = bench_ours(workspace)
        theirs = bench_sqlite(folder)
        for name in ours:
            print(f"{name}: SQLite takes {theirs[name] / ours[name]:.0f} times as long")
    return 0


def bench_ours(workspace: Workspace) -> dict[str, float]:
    with reading_from(workspace) as connection:
        tell("all pairs, opened", least(lambda: opened(workspace, connection, all_=True)))
        tell("one pair, opened", least(lambda: opened(workspace, connection, all_=False)))
        with counting(workspace, connection) as engine:
            every = least(lambda: all_weekly(engine, "directed", ()))
            one = least(lambda: one_weekly(engine, unit_of("RUS>UKR"), ()))
            country = least(lambda: one_weekly(engine, unit_of("UKR"), ()))
    tell("all pairs, again", every)
    tell("one pair, again", one)
    tell("one country, again", country)
    return {"all pairs": every, "one pair": one}


def opened(workspace: Workspace, connection: Connection, *, all_: bool) -> object:
    with counting(workspace, connection) as engine:
        return all_weekly(engine, "directed", ()) if all_ else one_weekly(engine, unit_of("RUS>UKR"), ())


def bench_sqlite(folder: Path) -> dict[str, float]:
    database = apsw.Connection(str(folder / "plain.db"))
    database.execute("PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -262144")
    database.execute("CREATE TABLE event (day TEXT, actor TEXT, recipient TEXT, type TEXT, number INTEGER)")
    rows = duckdb.execute("SELECT * FROM read_csv($path, all_varchar = true)", {"path": str(folder / "events.csv")})
    with database:
        while chunk := rows.fetchmany(100_000):
            database.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", chunk)
    database.execute("CREATE INDEX pair ON event (actor, recipient, day)")
    week, group = "CAST(julianday(day) / 7 AS INTEGER)", "FROM event WHERE actor <> recipient GROUP BY 1, 2, 3"
    every = seconds(lambda: database.execute(f"SELECT actor, recipient, {week}, sum(number) {group}").fetchall())
    pair = f"SELECT {week}, sum(number) FROM event WHERE actor = 'RUS' AND recipient = 'UKR' GROUP BY 1"  # noqa: S608
    one = least(lambda: database.execute(pair).fetchall())
    tell("SQLite, all pairs", every)
    tell("SQLite, one pair", one)
    return {"all pairs": every, "one pair": one}


def least(work: Callable[[], object]) -> float:
    return min(seconds(work) for _ in range(ROUNDS))


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def tell(what: str, took: float) -> None:
    print(f"{what}: {took:.2f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
