"""What the ledger of claims has: those that are asked for, and those about a unit, for its warning.

Only what was claimed and known by a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from siaga.base.claim import ClaimKind, Outcome, Standing
from siaga.base.event import told_day
from siaga.base.record import Record
from siaga.base.warning import ClaimAbout, UnitKind
from siaga.monitor.claims import claims_about
from siaga.monitor.ledger import ledger_series, standings
from siaga.report.claims import Told
from siaga.serve.warned import ClaimsAbout, no_claims
from siaga.store.claims import load_entries, load_ledger
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.load import load_event
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace

__all__ = ["ClaimQuestion", "claims_asked", "claims_by", "is_asked", "saved_claims", "told_of"]

MOST = 6
"""Claims on a card at the most, those that are still open first."""
AnyOutcome = Outcome | Literal["not_resolvable"]
State = Literal["open", "hit", "miss", "partly", "void", "unresolvable"]
STATES: dict[Outcome, State] = {"open": "open", "hit": "hit", "miss": "miss", "partly": "partly", "void": "void"}


class ClaimQuestion(Record):
    """Which claims are asked for; an empty condition is none. Days are inclusive."""

    speaker: str | None = None
    """A part of the name."""
    parties: tuple[str, ...] = ()
    """Codes, all of which are parties of what is foreseen."""
    outcomes: tuple[AnyOutcome, ...] = ()
    kind: ClaimKind | None = None
    since: str | None = None
    until: str | None = None
    """On which it was made."""
    as_of: str | None = None
    """By what was known then; null: the day of the newest article."""


def claims_asked(workspace: Workspace, asked: ClaimQuestion) -> tuple[Standing, ...]:
    """The claims that are asked for, with what came of each by the day, the latest first.

    Raises:
        StoreError: the workspace can't be read.

    """
    with reading_from(workspace) as connection:
        newest = newest_day(connection)
        day = asked.as_of or (newest.isoformat() if newest else None)
        if day is None:
            return ()
        with ledger_series(workspace, day) as stored:
            ledger = standings(connection, stored, day)
    return tuple(one for one in reversed(ledger) if is_asked(one, asked))


def is_asked(standing: Standing, asked: ClaimQuestion) -> bool:
    """Whether a claim that was not superseded meets all conditions."""
    claim, verdict = standing.entry.claim, standing.verdict
    outcome = verdict.outcome if verdict else "not_resolvable"
    return (
        standing.entry.superseded_by is None
        and (asked.speaker or "").casefold() in (claim.speaker or "").casefold()
        and {*asked.parties} <= {*claim.actors, *claim.recipients, claim.country or ""}
        and (not asked.outcomes or outcome in asked.outcomes)
        and asked.kind in {None, claim.kind}
        and (asked.since or "") <= (claim.made or "") <= (asked.until or "9999")
    )


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


def told_of(connection: Connection, standing: Standing) -> Iterator[Told]:
    """The sentences of the events that decided a claim."""
    for id_ in standing.verdict.events if standing.verdict else ():
        if (found := load_event(connection, id_)) is not None:
            evidence, article = found.event.evidence, found.article
            yield Told(
                event=id_, day=told_day(found.event, article.published), source=article.source, article=article.id,
                start=evidence.start, end=evidence.end, sentence=evidence.text,
            )  # fmt: skip
