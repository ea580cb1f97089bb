"""The team's event data in the shape that users bring."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

KINDS = ("sb", "ns", "os")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def ucdp_africa(shared: Path, target: Path, *, columns: bool) -> Path:
    """Deaths by country and month, all kinds of violence added up; each kind as a further column if asked for."""
    with target.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["unit", "date", "count", *(KINDS if columns else ())])
        for row in rows(shared / "data/events/ucdp_africa_country_month_1990_2020.csv.gz"):
            deaths = [int(float(row[f"ged_best_{kind}"] or 0)) for kind in KINDS]
            month = f"{row['year']}-{int(row['month']):02d}"
            sheet.writerow([row["country_name"], month, sum(deaths), *(deaths if columns else ())])
    return target
