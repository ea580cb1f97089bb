"""The ledger of claims: only added to. A claim that was read wrongly is superseded by another; both stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import msgspec
import numpy as np

from siaga.base.claim import Claim, ClaimKind, Entry, Medium, Occurrence, Query, Standing, Verdict, Watch
from siaga.base.document import Reading
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.store.connection import Connection
from siaga.store.database import now, transaction, writing_to
from siaga.store.load import load_reading
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = [
    "ClaimsAsked", "Ledger", "Twin", "count_claims", "keeping_ledger", "list_claims", "list_deadlines", "load_entries",
    "load_entry", "load_ledger", "load_standing", "load_verdicts", "occurrences", "watches",
]  # fmt: skip

Twin = tuple[int, Claim, bool]
"""Number of a claim, the claim, and whether it stands in a copy of the same text."""


class ClaimsAsked(Record):
    """Which claims are listed, and which of them; what is null or empty is no condition."""

    as_of: str
    """With the last verdict that was saved for this day or before."""
    outcomes: tuple[str, ...] = ()
    """Outcomes, `not_resolvable`, or `no_verdict` where none was saved yet."""
    kind: ClaimKind | None = None
    since: str | None = None
    until: str | None = None
    """Inclusive days on which they were made."""
    speaker: str | None = None
    """A part of the name."""
    code: str | None = None
    """A party, or where it is foreseen."""
    first: int = 0
    most: int = 50


class Ledger:
    """The one run that adds to the ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> tuple[str, ...]:
        """Ids of the articles that were not looked through for claims yet, the earliest published first."""
        return tuple(str(id_) for (id_,) in self._connection.execute(query("articles_to_claim")))

    @contextmanager
    def looking_through(self, ids: Sequence[str]) -> Iterator[Iterator[Reading]]:
        """The readings of these articles, which count as looked through once all of what follows is saved."""
        with transaction(self._connection):
            yield (reading for id_ in ids if (reading := load_reading(self._connection, id_)) is not None)
            moment = now()
            self._connection.executemany(query("set_claim_read"), ({"article": id_, "saved": moment} for id_ in ids))

    def alike(self, claim: Claim) -> Iterator[Twin]:
        """The standing claims that may be the same as one that was just read."""
        asked = {
            "article": claim.article, "sentence": claim.evidence.text, "kind": claim.kind, "type": claim.type,
            "made": claim.made,
        }  # fmt: skip
        for number, record, same_text in self._connection.execute(query("claims_alike"), asked).fetchall():
            yield int(str(number)), from_stored(str(record), Claim, "claim"), bool(same_text)

    def add(self, claim: Claim, supersedes: str | None = None) -> int:
        """Enter a claim; its number.

        Raises:
            apsw.ConstraintError: it is in the ledger already, or what it supersedes is superseded already.

        """
        values = {
            "id": claim.id, "article": claim.article, "kind": claim.kind, "made": claim.made, "type": claim.type,
            "supersedes": supersedes, "entered": now(), "record": claim.to_json().decode(),
        }  # fmt: skip
        with self._connection:  # a savepoint, within a transaction of the caller or by itself
            number = int(self._connection.execute(query("add_claim"), values).get)
            if supersedes is not None:
                self._connection.execute(query("inherit_claim_media"), {"claim": number, "old": supersedes})
            if claim.article is not None:
                self.carry(number, claim.article)
        return number

    def entry(self, id_: str) -> Entry | None:
        """The entry of a claim; null if there is none."""
        return load_entry(self._connection, id_)

    def reading(self, article: str) -> Reading | None:
        """The reading of a stored article; null if there is none."""
        return load_reading(self._connection, article)

    def carry(self, number: int, article: str) -> None:
        """Say that an article carries a claim."""
        values = {"claim": number, "article": article, "entered": now()}
        self._connection.execute(query("add_claim_medium"), values)

    def save_verdicts(self, verdicts: Iterable[Verdict]) -> None:
        """Save what came of claims."""
        moment = now()
        with transaction(self._connection):
            self._connection.executemany(query("add_claim_verdict"), (_verdict_values(one, moment) for one in verdicts))


@contextmanager
def keeping_ledger(workspace: Workspace) -> Iterator[Ledger]:
    """The one run that adds to the ledger of a workspace.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) as connection:
        yield Ledger(connection)


def load_ledger(connection: Connection, as_of: str) -> tuple[Standing, ...]:
    """What was claimed until a day, each claim with its last verdict of that day or before; superseded ones, too."""
    verdicts = dict(_verdicts(connection.execute(query("last_verdicts"), {"until": as_of})))
    return tuple(Standing(entry=one, verdict=verdicts.get(one.claim.id)) for one in load_entries(connection, as_of))


def load_entries(connection: Connection, until: str | None = None) -> tuple[Entry, ...]:
    """The entries of the ledger, in order: of claims made until a day, if one is given."""
    rows = connection.execute(query("all_claims"), {"until": until}).fetchall()
    media = _media(connection)
    return tuple(_entry(row, media, until) for row in rows)


def load_entry(connection: Connection, id_: str) -> Entry | None:
    """The entry of the claim with this id; null if there is none."""
    row = connection.execute(query("claim"), {"id": id_}).fetchone()
    return None if row is None else _entry(row, _media_of(connection, [int(str(row[0]))]), None)


def list_claims(connection: Connection, asked: ClaimsAsked) -> tuple[Standing, ...]:
    """The claims that are asked for, with what was last saved of what came of them; superseded ones are left out."""
    values = {name: getattr(asked, name) for name in asked.__struct_fields__}
    outcomes = msgspec.json.encode(asked.outcomes).decode() if asked.outcomes else None
    return _standings(
        connection, connection.execute(query("list_claims"), values | {"outcomes": outcomes}), asked.as_of
    )


def list_deadlines(connection: Connection, as_of: str, most: int) -> tuple[Standing, ...]:
    """The claims that are open and name an end, those that end first first."""
    rows = connection.execute(query("list_deadlines"), {"as_of": as_of, "most": most})
    return _standings(connection, rows, as_of)


def count_claims(connection: Connection, as_of: str) -> tuple[tuple[str, int], ...]:
    """How many claims have each outcome, as `ClaimsAsked.outcomes` names them, the most frequent first."""
    rows = connection.execute(query("count_claims"), {"as_of": as_of})
    return tuple((str(outcome), int(str(count))) for outcome, count in rows)


def load_standing(connection: Connection, id_: str, as_of: str) -> Standing | None:
    """A claim, with what was last saved of what came of it by a day; null if there is none of this id."""
    entry = load_entry(connection, id_)
    if entry is None:
        return None
    verdicts = [one for one in load_verdicts(connection, id_) if one.as_of <= as_of]
    return Standing(entry=entry, verdict=verdicts[-1] if verdicts else None)


def load_verdicts(connection: Connection, claim: str) -> tuple[Verdict, ...]:
    """All verdicts of a claim, by the day whose knowledge they rest on."""
    rows = connection.execute(query("verdicts_of"), (claim,))
    return tuple(from_stored(str(record), Verdict, f"verdict of claim {claim}") for (record,) in rows)


def occurrences(
    engine: duckdb.DuckDBPyConnection, asked: Mapping[str, Query], until: str
) -> Mapping[str, tuple[Occurrence, ...]]:
    """What is told of each of these queries, known by a day: events of its types that name one of its parties.

    Args:
        engine: of `analysis.analysing`.
        asked: queries by a name.
        until: day by which an event was published.

    """
    with _asking(engine, asked):
        rows = engine.execute(query("claim_occurrences"), {"until": until}).fetchall()
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for name, *cells in rows:
        found[str(name)].append(_occurrence(cells))
    return {name: tuple(found[name]) for name in asked}


def watches(
    connection: Connection, engine: duckdb.DuckDBPyConnection, asked: Mapping[str, Query], until: str
) -> Mapping[str, Watch]:
    """How well we were looking within the window of each of these queries, by what was known on a day."""
    first, newest = connection.execute(query("known_days"), (until,)).fetchone() or (None, None)
    if first is None or newest is None:
        return {}
    with _asking(engine, asked):
        rows = engine.execute(query("claim_watch"), {"until": until}).fetchall()
    articles = {str(name): int(number) for name, number in rows}
    return {name: Watch(newest=str(newest), first=str(first), articles=articles.get(name, 0)) for name in asked}


@contextmanager
def _asking(engine: duckdb.DuckDBPyConnection, asked: Mapping[str, Query]) -> Iterator[None]:
    """A table `asked` in the engine: a row for each query, type and party."""
    rows = [
        (name, type_, party, one.earliest, one.latest)
        for name, one in asked.items()
        for type_ in one.types
        for party in _parties_of(one)
    ]
    names = ("query", "type", "party", "first", "last")
    columns = {name: np.array([row[at] for row in rows], dtype=object) for at, name in enumerate(names)}
    engine.register("asked_columns", columns)
    engine.execute(query("claim_questions"))
    engine.unregister("asked_columns")
    yield


def _parties_of(asked: Query) -> tuple[str, ...]:
    codes = (*asked.actors, *asked.recipients)
    return tuple(dict.fromkeys(codes)) or (f"@{asked.country}",)


def _occurrence(cells: Sequence[object]) -> Occurrence:
    event, article, source, day, published, type_, status, actors, recipients, country, place, confidence = cells
    return msgspec.convert(
        {
            "event": event, "article": article, "source": source, "voices": (source or article,), "day": day,
            "published": published, "type": type_, "status": status, "actors": actors, "recipients": recipients,
            "country": country, "place": place, "confidence": confidence,
        },
        Occurrence,
    )  # fmt: skip


def _entry(row: Sequence[object], media: Mapping[int, tuple[Medium, ...]], until: str | None) -> Entry:
    number, record, entered, supersedes, newer = row
    known = (one for one in media.get(int(str(number)), ()) if until is None or (one.published or "")[:10] <= until)
    return Entry(
        number=int(str(number)), claim=from_stored(str(record), Claim, f"claim {number}"), entered=str(entered),
        supersedes=None if supersedes is None else str(supersedes),
        superseded_by=None if newer is None else str(newer), media=tuple(known),
    )  # fmt: skip


def _standings(connection: Connection, found: Iterable[Sequence[object]], as_of: str) -> tuple[Standing, ...]:
    rows = tuple(found)
    media = _media_of(connection, [int(str(row[0])) for row in rows])
    return tuple(_standing(_entry(row, media, as_of), verdict) for *row, verdict in rows)


def _media_of(connection: Connection, claims: Sequence[int]) -> Mapping[int, tuple[Medium, ...]]:
    numbers = msgspec.json.encode(claims).decode()
    return _by_claim(connection.execute(query("media_of_claims"), {"claims": numbers}))


def _standing(entry: Entry, verdict: object) -> Standing:
    where = f"verdict of claim {entry.claim.id}"
    return Standing(entry=entry, verdict=None if verdict is None else from_stored(str(verdict), Verdict, where))


def _media(connection: Connection) -> Mapping[int, tuple[Medium, ...]]:
    return _by_claim(connection.execute(query("claim_media")))


def _by_claim(rows: Iterable[Sequence[object]]) -> Mapping[int, tuple[Medium, ...]]:
    found: defaultdict[int, list[Medium]] = defaultdict(list)
    for claim, article, source, published in rows:
        values = {"article": article, "source": source, "published": published}
        found[int(str(claim))].append(msgspec.convert(values, Medium))
    return {claim: tuple(media) for claim, media in found.items()}


def _verdicts(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, Verdict]]:
    for claim, record in rows:
        yield str(claim), from_stored(str(record), Verdict, f"verdict of claim {claim}")


def _verdict_values(verdict: Verdict, moment: str) -> dict[str, str]:
    return {
        "claim": verdict.claim, "as_of": verdict.as_of, "outcome": verdict.outcome, "saved": moment,
        "record": verdict.to_json().decode(),
    }  # fmt: skip
