"""The ledger of claims: what was said of the future and what came of it, whose word was worth what, and deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from siaga.base.claim import ClaimKind, Outcome, Standing
from siaga.base.errors import GivenError
from siaga.base.record import Record
from siaga.monitor.claims_scores import LEAST_ANSWERED, Track, tracks
from siaga.report.calendar import Deadline, calendar_lines
from siaga.report.claims import ClaimRow, claim_row, reasons
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.given import number
from siaga.serve.web.view import Entry, Extra, Rows, View
from siaga.store.claims import ClaimsAsked, count_claims, list_claims, list_deadlines, load_ledger
from siaga.store.connection import Connection
from siaga.store.database import reading_from

__all__ = ["ROUTES"]

LINES = 50
MOST_LINES = 1_000
MOST_DEADLINES = 1_000
DEADLINES_SHOWN = 8
TRACKS_SHOWN = 20
UNANSWERED = ("not_resolvable", "no_verdict")
OUTCOMES = (*get_args(Outcome), *UNANSWERED)
GROUPS: dict[str, tuple[str, ...]] = {
    "open": ("open",),
    "resolved": ("hit", "miss", "partly"),
    "counts": ("agrees", "differs", "cannot_tell"),
    "unanswered": ("void", *UNANSWERED),
}
"""What is asked for in a word -> outcomes."""
COLUMNS = (
    "id", "made", "speaker", "code", "type", "actors", "recipients", "earliest", "latest", "low", "high", "outcome",
    "decided", "base_rate", "sentence", "article",
)  # fmt: skip


class Told(Record):
    """A claim as it is listed."""

    row: ClaimRow
    state: str
    """An outcome, `not_resolvable` or `no_verdict`."""
    until: str | None
    """Last day of its time."""
    reasons: tuple[str, ...]
    article: str | None


class ClaimsPage(Record):
    """What the ledger shows."""

    as_of: str | None
    state: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    """Claims by outcome, all of them."""
    claims: tuple[Told, ...] = ()
    deadlines: tuple[Told, ...] = ()
    """The open claims whose time ends next."""
    whose: Literal["speaker", "outlet"] = "speaker"
    tracks: tuple[Track, ...] = ()
    """Of those with enough answers."""
    unranked: int = 0
    """Speakers, or outlets, with fewer."""
    least_answered: int = LEAST_ANSWERED
    page: int = 1
    more: bool = False


def show(asking: Asking) -> View:
    """The ledger by a day."""
    words, found = asking.words, tuple[Standing, ...]()
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
        if as_of is None:
            shown = ClaimsPage(as_of=None)
        else:
            asked = _asked(asking, as_of)
            found = list_claims(connection, asked.replace(most=asked.most + 1))
            shown = _page(asking, connection, asked, found)
    return View(
        title=words.say("web_claims.title"),
        template="claims.html",
        shown=shown,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, found[: len(shown.claims)]))),
        entries=tuple(_entry(one) for one in shown.claims),
    )


def _page(asking: Asking, connection: Connection, asked: ClaimsAsked, found: tuple[Standing, ...]) -> ClaimsPage:
    whose: Literal["speaker", "outlet"] = "outlet" if asking.one("records") == "outlets" else "speaker"
    ranked = asking.kept.get(
        asking.workspace, ("tracks", asked.as_of, whose), lambda: tracks(load_ledger(connection, asked.as_of), whose)
    )
    shown = tuple(one for one in ranked if one.share_true is not None)
    counts, due = asking.kept.get(
        asking.workspace, ("claims", asked.as_of),
        lambda: (count_claims(connection, asked.as_of), list_deadlines(connection, asked.as_of, DEADLINES_SHOWN)),
    )  # fmt: skip
    return ClaimsPage(
        as_of=asked.as_of, state=asking.one("state"), counts=counts,
        claims=tuple(_told(one, asking) for one in found[: asked.most]),
        deadlines=tuple(_told(one, asking) for one in due), whose=whose,
        tracks=shown[:TRACKS_SHOWN], unranked=len(ranked) - len(shown), page=1 + asked.first // asked.most,
        more=len(found) > asked.most,
    )  # fmt: skip


def _asked(asking: Asking, as_of: date) -> ClaimsAsked:
    most = number(asking, "most", LINES, MOST_LINES)
    since, until = asking.day("from"), asking.day("until")
    return ClaimsAsked(
        as_of=as_of.isoformat(), outcomes=_outcomes(asking.one("state")), kind=_kind(asking.one("kind")),
        since=since.isoformat() if since else None, until=until.isoformat() if until else None,
        speaker=asking.one("speaker") or None, code=asking.one("code").upper() or None,
        first=(number(asking, "page", 1, 100_000) - 1) * most, most=most,
    )  # fmt: skip


def _outcomes(state: str) -> tuple[str, ...]:
    if not state or state in GROUPS:
        return GROUPS.get(state, ())
    if state not in OUTCOMES:
        raise GivenError(f"state: expected one of {', '.join((*GROUPS, *OUTCOMES))}")
    return (state,)


def _kind(written: str) -> ClaimKind | None:
    if written in {"forecast", "count"}:
        return "forecast" if written == "forecast" else "count"
    if written:
        raise GivenError("kind: expected forecast or count")
    return None


def _told(standing: Standing, asking: Asking) -> Told:
    claim = standing.entry.claim
    return Told(
        row=claim_row(standing, asking.words), state=_state(standing), until=claim.latest,
        reasons=reasons(standing, asking.words), article=claim.article,
    )  # fmt: skip


def _state(standing: Standing) -> str:
    if standing.verdict is not None:
        return standing.verdict.outcome
    return "not_resolvable" if standing.entry.claim.reason else "no_verdict"


def _line(standing: Standing) -> tuple[str | float | None, ...]:
    claim, verdict, band = standing.entry.claim, standing.verdict, standing.entry.claim.band
    return (
        claim.id, claim.made, claim.speaker, claim.code, claim.type, " ".join(claim.actors), " ".join(claim.recipients),
        claim.earliest, claim.latest, band.low if band else None, band.high if band else None, _state(standing),
        verdict.decided if verdict else None, verdict.base_rate if verdict else None, claim.evidence.text,
        claim.article,
    )  # fmt: skip


def _entry(one: Told) -> Entry:
    made = one.row.made if one.row.made != "?" else "1970-01-01"
    return Entry(
        id=f"claim/{one.row.claim}/{one.state}", title=f"{one.row.who}: {one.row.what} – {one.row.outcome}",
        path=f"/claim/{one.row.claim}", updated=made, summary=one.row.sentence,
    )  # fmt: skip


def _calendar(asking: Asking, _view: View) -> Iterator[bytes]:
    """The deadlines of all open claims."""
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
        found = list_deadlines(connection, as_of.isoformat(), MOST_DEADLINES) if as_of else ()
    due = (_deadline(one, asking) for one in found)
    yield from calendar_lines(asking.words.say("web_claims.calendar"), due)


def _deadline(standing: Standing, asking: Asking) -> Deadline:
    claim, row = standing.entry.claim, claim_row(standing, asking.words)
    return Deadline(
        id=f"claim-{claim.id}", day=claim.latest or "", title=row.what,
        description=f"{row.who}, {row.made}: “{row.sentence}” ({', '.join(row.media)})", stamp=standing.entry.entered,
    )  # fmt: skip


ROUTES = (
    Page(
        path="/claims",
        show=show,
        nav="web_claims.nav",
        extras=(Extra(suffix="ics", media_type="text/calendar; charset=utf-8", write=_calendar),),
    ),
)
