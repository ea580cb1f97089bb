"""What the ledger takes up from hand-coded and demonstration articles: how much can't be resolved, how much is right.

    python -m bench.claims [--gold ../shared/gold] [--list]

Every claim of every article counts, copies as well. The share that can't be resolved stands beside the reasons.
Precision is by `bench/claims.csv`, in which people said of each claim, by article, start of its sentence and type,
whether it is one: something that its sentence says may or will happen within a time that lies ahead; and whether what
it was compiled into (type, parties, window) is what the sentence says. Claims without a line there are listed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from siaga.base.article import Reject
from siaga.base.claim import Claim
from siaga.base.document import Reading
from siaga.collect.load import load
from siaga.flow import readings
from siaga.monitor.claims import forecasts_in
from siaga.monitor.claims_counts import counts_in

LABELS = Path(__file__).with_suffix(".csv")
GOLD = ("en_train", "en_dev", "id_train", "id_dev")
MOST_UNRESOLVABLE = 0.25
Key = tuple[str, int, str]


class Judged(NamedTuple):
    """What people say of a claim."""

    is_claim: bool
    is_right: bool


class Found(NamedTuple):
    """A claim, and where it was found."""

    part: str
    language: str | None
    claim: Claim


def main() -> int:
    """Print the figures; 1 if more can't be resolved than should be, or some claims are not judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--list", action="store_true", help="every claim, with its sentence")
    asked = parser.parse_args()
    found = tuple(_found(asked.gold))
    judged = _labels()
    if asked.list:
        _list(found, judged)
    for part in dict.fromkeys(("all", *(one.part for one in found))):
        _tell(part, [one for one in found if part in {"all", one.part}], judged)
    missing = [one.claim for one in found if _key(one.claim) not in judged]
    for claim in missing:
        print("not judged:", ",".join(map(str, _key(claim))))
    unresolvable = sum(one.claim.reason is not None for one in found) / max(1, len(found))
    return int(unresolvable > MOST_UNRESOLVABLE or bool(missing))


def _found(gold: Path) -> Iterator[Found]:
    places = [("demo", Path(str(files("siaga").joinpath("assets", "demo", "pages"))))]
    places += [(name, gold / f"{name}.articles.jsonl") for name in GOLD if (gold / f"{name}.articles.jsonl").is_file()]
    for part, path in places:
        for reading in _read(path):
            for claim in (*forecasts_in(reading), *counts_in(reading)):
                yield Found(part.replace("_", " "), reading.article.language, claim)


def _read(path: Path) -> Iterator[Reading]:
    for reading in readings(load([str(path)], None)):
        if not isinstance(reading, Reject):
            yield reading


def _labels() -> dict[Key, Judged]:
    with LABELS.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            (row["article"], int(row["start"]), row["type"]): Judged(row["claim"] == "1", row["right"] == "1")
            for row in rows
        }


def _key(claim: Claim) -> Key:
    return claim.article or "", claim.evidence.start, claim.type


def _tell(part: str, found: Iterable[Found], judged: dict[Key, Judged]) -> None:
    claims = [one.claim for one in found]
    reasons = Counter(claim.reason for claim in claims if claim.reason is not None)
    share = sum(reasons.values()) / max(1, len(claims))
    print(f"{part}: {len(claims)} claims, {share:.0%} not resolvable {dict(reasons)}")
    for name, some in (("all of them", claims), ("resolvable", [claim for claim in claims if claim.reason is None])):
        known = [judged[_key(claim)] for claim in some if _key(claim) in judged]
        if known:
            precision, right = (
                sum(getattr(one, field) for one in known) / len(known) for field in ("is_claim", "is_right")
            )
            print(f"    {name}: {len(known)} judged, {precision:.2f} are claims, {right:.2f} as the sentence says")


def _list(found: Iterable[Found], judged: dict[Key, Judged]) -> None:
    for one in found:
        claim = one.claim
        print(*_key(claim), judged.get(_key(claim)), sep=",")
        print(f"    {claim.made} {claim.type} {','.join(claim.actors)} > {','.join(claim.recipients)} @{claim.place}")
        print(f"    {claim.earliest} to {claim.latest}: {claim.words!r}, {claim.reason or 'resolvable'}")
        print(
            f"    {claim.speaker} ({claim.code}), {claim.band.name if claim.band else claim.kind}, if {claim.condition}"
        )
        print(f"    {' '.join(claim.evidence.text.split())}")


if __name__ == "__main__":
    sys.exit(main())
