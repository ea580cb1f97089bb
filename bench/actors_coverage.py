"""What the tables of actors know of what they should: a line for each set of countries and office, counts of bodies.

    python -m bench.actors_coverage

Of each country the share of days from 2010 to 2025 for which the table names who held an office; means over the
countries of a set, those of which it names nobody, and those below .5. Countries in armed conflict are our own list:
war, insurgency or strikes on their soil, or their forces at war, since 2010.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from siaga.base.pack import asset, read_rows
from siaga.extract.actor_tables import Body, Leader, load_leaders

SETS = {
    "G20": "ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF",
    "ASEAN": "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    "Security Council 2025-26": "BHR CHN COD COL DNK DZA FRA GBR GRC GUY KOR LBR LVA PAK PAN RUS SLE SOM SVN USA",
    "armed conflict": (
        "AFG ARM AZE BDI BFA CAF CMR COD COL DZA EGY ERI ETH GEO IND IRN IRQ ISR KEN KHM LBN LBY MLI MMR MOZ NER NGA "
        "PAK PHL PSE RUS RWA SAU SDN SOM SSD SYR TCD THA TUR UGA UKR YEM"
    ),
}
OFFICES = {
    "head": ("head", "president", "prime_minister", "chancellor", "king", "supreme_leader"),
    "foreign minister": ("foreign_minister",),
    "defence minister": ("defence_minister",),
    "commander": ("military_chief",),
}
FIRST, LAST, STEP = date(2010, 1, 1), date(2025, 12, 31), timedelta(30)
ARMED = frozenset({"REB", "PRM", "CRM"})


def main() -> int:
    for name, codes in SETS.items():
        for office in OFFICES:
            known = {code: coverage(code, office) for code in codes.split()}
            none = [code for code, share in known.items() if share == 0]
            few = [code for code, share in known.items() if 0 < share < 0.5]  # noqa: PLR2004 - said above
            mean = sum(known.values()) / len(known)
            print(
                f"{name:24} {office:16} {mean:.2f}  nobody: {' '.join(none) or '-'}  below .5: {' '.join(few) or '-'}"
            )
    for what, number in bodies().items():
        print(f"{what:24} {number}")
    return 0


def mean_coverage(name: str, office: str) -> float:
    """The mean over the countries of a set."""
    codes = SETS[name].split()
    return sum(coverage(code, office) for code in codes) / len(codes)


def coverage(code: str, office: str) -> float:
    """Share of days since 2010 for which we know who held an office of a country."""
    terms = [(row.valid_from or "", row.valid_until or "9999") for row in _of_country(code, office)]
    days = list(_days())
    return sum(any(first <= day <= last for first, last in terms) for day in days) / len(days)


def bodies() -> dict[str, int]:
    """How many armed groups, parties, organisations and Indonesian bodies the tables name."""
    groups, institutions = _table("groups"), _table("institutions")
    kinds = Counter("armed groups" if row.sector in ARMED else "other groups" for row in _each_code(groups))
    return {
        **kinds,
        "parties": sum(row.sector == "PTY" for row in (*_each_code(groups), *institutions)),
        "organisations": len({row.code for row in _table("organisations")}),
        "Indonesian bodies": sum(row.code == "IDN" for row in institutions),
    }


def _each_code(rows: tuple[Body, ...]) -> tuple[Body, ...]:
    return tuple({row.code: row for row in rows}.values())


@cache
def _table(name: str) -> tuple[Body, ...]:
    return read_rows(asset("actors", f"{name}.csv"), Body)


def _of_country(code: str, office: str) -> Iterator[Leader]:
    return (row for row in load_leaders() if row.code == code and row.office in OFFICES[office])


def _days() -> Iterator[str]:
    day = FIRST
    while day <= LAST:
        yield day.isoformat()
        day += STEP


if __name__ == "__main__":
    raise SystemExit(main())
