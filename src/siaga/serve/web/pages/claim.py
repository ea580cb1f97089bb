"""One claim: its sentence, who carries it, the query that later news answers, what came of it, and why."""

from __future__ import annotations

from siaga.base.claim import Standing
from siaga.base.errors import AbsentError
from siaga.base.record import Record
from siaga.report.claims import ClaimPage, Told, claim_page, claim_row
from siaga.serve.claimed import told_of
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Rows, View
from siaga.store.claims import load_standing, load_verdicts
from siaga.store.database import reading_from

__all__ = ["ROUTES"]

COLUMNS = ("event", "day", "source", "article", "sentence")


class OneClaim(Record):
    """A claim, as it stands and in words."""

    standing: Standing
    page: ClaimPage
    told: tuple[Told, ...]
    """What decided it."""


def show(asking: Asking) -> View:
    """The claim of this id, with what was last saved of what came of it by the day."""
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
        standing = load_standing(connection, asking.names["id"], as_of.isoformat()) if as_of else None
        if standing is None or as_of is None:
            raise AbsentError("there is no claim with this id")
        told = tuple(told_of(connection, standing))
        verdicts = load_verdicts(connection, standing.entry.claim.id)
    history = [(one.as_of, one.outcome) for one in verdicts if one.as_of <= as_of.isoformat()]
    page = claim_page(standing, told, history, asking.words)
    return View(
        title=asking.words.say("web_claims.one_title", claim=claim_row(standing, asking.words).what),
        template="claim.html",
        shown=OneClaim(standing=standing, page=page, told=told),
        rows=Rows(columns=COLUMNS, lines=tuple(_line(one) for one in told)),
    )


def _line(one: Told) -> tuple[str | None, ...]:
    return one.event, one.day, one.source, one.article, one.sentence


ROUTES = (Page(path="/claim/{id}", show=show),)
