"""Add heads of state and government since 2000 from REIGN to `assets/actors/leaders.csv`.

Rows we wrote ourselves come first and are left as they are; a REIGN leader is added when none of
our rows names a leader of that country at that time. Source: REIGN leader list (MIT), to March 2021.

Usage: python tools/compile_actors.py reign_leaderlist_3_21.csv
"""

from __future__ import annotations

import calendar
import csv
import re
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
LEADERS = HERE.parent / "src/siaga/assets/actors/leaders.csv"
BASIS = "REIGN 2021-3"
SINCE = 2000
LAST_DAY = "2021-03-31"
"""On which the list was made."""
HEADS = frozenset({"president", "prime_minister", "chancellor", "king", "supreme_leader"})


def cow_codes() -> dict[str, str]:
    """Correlates of War abbreviation -> ISO alpha-3, where they differ."""
    lines = (HERE / "cow_codes.csv").read_text("utf-8").splitlines()
    return {row["cow"]: row["code"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def reign_rows(path: Path) -> list[dict[str, str]]:
    """The leaders in power in or after 2000, as rows of leaders.csv."""
    codes = cow_codes()
    with path.open(encoding="latin-1", newline="") as lines:
        return [_row(row, codes) for row in csv.DictReader(lines) if _is_recent(row)]


def merge(own: list[dict[str, str]], added: list[dict[str, str]]) -> list[dict[str, str]]:
    """Our rows, then those of REIGN that say something new."""
    kept = [row for row in own if row["basis"] != BASIS]
    return kept + [row for row in added if not any(_covers(ours, row) for ours in kept)]


def _is_recent(row: dict[str, str]) -> bool:
    until = row["eyear"].strip()
    return not until or int(until) >= SINCE


def _row(row: dict[str, str], codes: dict[str, str]) -> dict[str, str]:
    start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate']):02}"
    return {
        "code": codes.get(row["stateabb"], row["stateabb"]),
        "name": re.sub(r"\s*\(.*?\)", "", row["leader"]).strip(),
        "aliases": "",
        "office": "head",
        "organisation": "",
        "sector": "GOV",
        "valid_from": start,
        "valid_until": _end(row["eyear"].strip(), row["emonth"].strip()),
        "basis": BASIS,
        "checked": LAST_DAY,
    }


def _end(year: str, month: str) -> str:
    if not year:
        return ""
    number = int(month or 12)
    return f"{int(year):04}-{number:02}-{calendar.monthrange(int(year), number)[1]:02}"


def _covers(ours: dict[str, str], row: dict[str, str]) -> bool:
    """Whether our row is a head of the same country, or the same person, in office on the middle day of REIGN's."""
    if ours["code"] != row["code"] or not ours["valid_from"] <= _middle(row) <= (ours["valid_until"] or "9999"):
        return False
    return ours["office"] in HEADS or row["name"].split()[-1] in _words(ours)


def _middle(row: dict[str, str]) -> str:
    """The middle day of a term: its end is known to the month, and would often fall into the next term."""
    first, last = date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"] or LAST_DAY)
    return (first + (last - first) / 2).isoformat()


def _words(row: dict[str, str]) -> list[str]:
    return f"{row['name']} {row['aliases']}".replace("|", " ").split()


def main() -> None:
    with LEADERS.open(encoding="utf-8", newline="") as lines:
        own = list(csv.DictReader(lines))
    rows = merge(own, reign_rows(Path(sys.argv[1])))
    with LEADERS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{LEADERS.name}: {len(rows)} rows, {len(rows) - len(own)} new")


if __name__ == "__main__":
    main()
