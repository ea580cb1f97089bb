"""What the ledger of claims has about a unit, for its warning: only what was claimed and known by the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

import apsw

from siaga.base.claim import Outcome, Standing
from siaga.base.event import told_day
from siaga.base.warning import ClaimAbout, UnitKind
from siaga.monitor.claims import claims_about
from siaga.monitor.ledger import ledger_series, standings
from siaga.report.claims import Told
from siaga.serve.warned import ClaimsAbout, no_claims
from siaga.store.claims import load_entries, load_ledger
from siaga.store.database import reading_from
from siaga.store.load import load_event
from siaga.store.workspace import Workspace

__all__ = ["claims_by", "saved_claims", "told_of"]

MOST = 6
"""Claims on a card at the most, those that are still open first."""
State = Literal["open", "hit", "miss", "partly", "void", "unresolvable"]
STATES: dict[Outcome, State] = {"open": "open", "hit": "hit", "miss": "miss", "partly": "partly", "void": "void"}


def claims_by(workspace: Workspace, day: str) -> ClaimsAbout:
    """What was claimed of each unit until a day, with what came of it by then.

    Raises:
        StoreError: it can't be read.

    """
    with reading_from(workspace) as connection:
        if not load_entries(connection, day):
            return no_claims
        with ledger_series(workspace, day) as stored:
            ledger = tuple(one for one in standings(connection, stored, day) if one.entry.claim.kind == "forecast")
    return partial(_about_unit, ledger)


def saved_claims(workspace: Workspace, day: str) -> ClaimsAbout:
    """The same with the answers that were saved last by then (`siaga claims resolve`): nothing is answered anew.

    Raises:
        StoreError: it can't be read.

    """
    with reading_from(workspace) as connection:
        ledger = tuple(one for one in load_ledger(connection, day) if one.entry.claim.kind == "forecast")
    return partial(_about_unit, ledger) if ledger else no_claims


def _about_unit(ledger: Sequence[Standing], kind: UnitKind, unit: str) -> tuple[ClaimAbout, ...]:
    codes = unit.split("-") if kind == "pair" else (unit,)
    found = sorted(claims_about(ledger, codes), key=lambda one: _state(one) != "open")
    return tuple(map(_about, found[:MOST]))


def _state(standing: Standing) -> State:
    if standing.verdict is None:
        return "open" if standing.entry.claim.reason is None else "unresolvable"
    return STATES.get(standing.verdict.outcome, "void")


def _about(standing: Standing) -> ClaimAbout:
    claim, verdict = standing.entry.claim, standing.verdict
    return ClaimAbout(
        id=claim.id,
        speaker=claim.speaker,
        words=claim.words,
        published=claim.made,
        window_earliest=claim.earliest,
        window_latest=claim.latest,
        state=_state(standing),
        reason=verdict.because[0].code if verdict and verdict.because else claim.reason,
        article=claim.article,
        source=claim.source,
        sentence=claim.evidence.text,
    )


def told_of(connection: apsw.Connection, standing: Standing) -> Iterator[Told]:
    """The sentences of the events that decided a claim."""
    for id_ in standing.verdict.events if standing.verdict else ():
        if (found := load_event(connection, id_)) is not None:
            evidence, article = found.event.evidence, found.article
            yield Told(
                event=id_, day=told_day(found.event, article.published), source=article.source, article=article.id,
                start=evidence.start, end=evidence.end, sentence=evidence.text,
            )  # fmt: skip
