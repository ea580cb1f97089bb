"""The ledger of claims, run over a workspace: new articles looked through, and every claim answered as of a day.

    articles ──enter──▶ claims; copies carry that of their text ──standings──▶ what came of each, by a day

`standings` is computed anew from what was known on the day; what is saved of it is the history, not the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

import duckdb

from siaga.base.claim import Claim, Entry, Occurrence, Query, Standing, Verdict, Watch
from siaga.base.errors import PanelError
from siaga.link.lineages import lineages
from siaga.monitor.alarm import Series
from siaga.monitor.claims import forecasts_in, same_claim
from siaga.monitor.claims_counts import check_count, counts_in
from siaga.monitor.claims_resolving import Known, resolve
from siaga.monitor.series import Stored, load_series, series_of
from siaga.store.claims import Ledger, load_entries, load_ledger, occurrences, watches
from siaga.store.connection import Connection
from siaga.store.lineages import load_pairs
from siaga.store.series import unit_of
from siaga.store.workspace import Workspace

__all__ = ["enter", "ledger_series", "new_verdicts", "standings"]

BATCH = 200
"""Articles looked through in one transaction."""
CONDITION = "/if"
"""Ends the name of a claim's condition among the queries."""


def enter(ledger: Ledger) -> Iterator[Claim]:
    """The claims that are new, as each article that was not looked through yet is; saved batch by batch."""
    rest = iter(ledger.waiting())
    while batch := tuple(islice(rest, BATCH)):
        with ledger.looking_through(batch) as readings:
            found = [
                claim
                for reading in readings
                for claim in (*forecasts_in(reading), *counts_in(reading))
                if _is_new(ledger, claim)
            ]
        yield from found


@contextmanager
def ledger_series(workspace: Workspace, as_of: str) -> Iterator[Stored]:
    """The series that a source's own count is held against: what articles told until a day, however sure of it.

    A source that says "for the second time" counts stretches of news, in which one story may come up for months.
    """
    with series_of(workspace, as_of, "article", 0.0) as stored:
        yield stored


def standings(connection: Connection, stored: Stored, as_of: str) -> tuple[Standing, ...]:
    """Every claim made until a day, in order, and what came of it by what was known on that day.

    Args:
        connection: of a reader.
        stored: of `ledger_series`, for the same day.
        as_of: the day.

    """
    entries = load_entries(connection, as_of)
    known = _known(connection, stored.engine, entries, as_of)
    return tuple(Standing(entry=one, verdict=_verdict(stored, one.claim, known, as_of)) for one in entries)


def new_verdicts(connection: Connection, found: Iterable[Standing], as_of: str) -> tuple[Verdict, ...]:
    """Of these standings, the verdicts that say something else than the last one saved for the day or before."""
    last = {one.entry.claim.id: one.verdict for one in load_ledger(connection, as_of)}
    now = (one.verdict for one in found if one.entry.superseded_by is None)
    return tuple(one for one in now if one is not None and not _says_the_same(one, last.get(one.claim)))


def _is_new(ledger: Ledger, claim: Claim) -> bool:
    """Enter a claim, or let its article carry the claim that it repeats."""
    assert claim.article is not None  # noqa: S101 - it was read in one
    for number, other, same_text in ledger.alike(claim):
        if other.id == claim.id or same_claim(other, claim, same_text=same_text):
            ledger.carry(number, claim.article)
            return False
    ledger.add(claim)
    return True


def _known(
    connection: Connection, engine: duckdb.DuckDBPyConnection, entries: Iterable[Entry], as_of: str
) -> Mapping[str, Known]:
    """What was known of each claim that has a query; its own articles don't count."""
    kept = [one for one in entries if one.claim.query is not None]
    asked = dict(_queries(kept))
    told, watched = occurrences(engine, asked, as_of), watches(connection, engine, asked, as_of)
    voices = _voices(connection, {one.article: one.voices for some in told.values() for one in some})
    return {
        one.claim.id: _of_claim(one, told, voices, watched[one.claim.id]) for one in kept if one.claim.id in watched
    }


def _of_claim(
    entry: Entry, told: Mapping[str, tuple[Occurrence, ...]], voices: Mapping[str, tuple[str, ...]], watch: Watch
) -> Known:
    own, id_ = {medium.article for medium in entry.media}, entry.claim.id
    of_query, of_condition = (
        tuple(one.replace(voices=voices[one.article]) for one in told.get(name, ()) if one.article not in own)
        for name in (id_, id_ + CONDITION)
    )
    return Known(told=of_query, watch=watch, condition=of_condition)


def _queries(entries: Iterable[Entry]) -> Iterator[tuple[str, Query]]:
    for entry in entries:
        claim = entry.claim
        if claim.query is not None:
            yield claim.id, claim.query
        if claim.condition is not None and claim.condition.query is not None:
            yield claim.id + CONDITION, claim.condition.query


def _voices(connection: Connection, own: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The outlets whose text each of these articles may print, by what they share among themselves.

    Others that they derive from may not have been known.
    """
    found = lineages(own, load_pairs(connection, own))
    return {
        article: tuple(sorted({voice for origin in one.origins for voice in own[origin]}))
        for one in found
        for article in one.articles
    }


def _verdict(stored: Stored, claim: Claim, known: Mapping[str, Known], as_of: str) -> Verdict | None:
    if claim.count is not None:
        found = (_series(stored, unit, claim.count.family) for unit in claim.count.units)
        return check_count(claim, tuple(filter(None, found)), as_of)
    return resolve(claim, known[claim.id], as_of) if claim.id in known else None


def _series(stored: Stored, unit: str, family: str) -> Series | None:
    """The series of a unit; null where nothing is stored of it."""
    try:
        return load_series(stored, unit_of(unit), family)
    except PanelError:
        return None


def _says_the_same(one: Verdict, other: Verdict | None) -> bool:
    return other is not None and one.replace(as_of=other.as_of) == other
