"""A country or body as an actor: who is in office, with whom it has to do, how much is told, the latest sentences."""

from __future__ import annotations

from datetime import date, timedelta

from siaga.base.errors import AbsentError
from siaga.base.record import Record
from siaga.monitor.actor import ActorFacts, actor_facts, acts_of
from siaga.monitor.rule import warning_rule
from siaga.report.actor import told_actor
from siaga.report.facts import known_names
from siaga.report.warning import ToldCard, note_line
from siaga.report.warning_page import as_markdown
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.pages.unit import code_given
from siaga.serve.web.reckoning import FACT_DAYS, MOST_FACTS
from siaga.serve.web.view import Entry, Rows, View
from siaga.store.database import reading_from
from siaga.store.known import knowing

__all__ = ["ROUTES"]

COLUMNS = ("actor", "recipient", "type", "status", "events")


class ActorShown(Record):
    """What the page shows."""

    code: str
    name: str
    facts: ActorFacts | None
    """Null in an empty store."""
    told: ToldCard | None
    weeks: tuple[tuple[str, tuple[int, ...]], ...]
    """First day, and the count of each series; the latest first."""


def show(asking: Asking) -> View:
    """The page of an actor."""
    code = code_given(asking.names["code"])
    name = known_names(asking.language).get(code)
    facts = _facts(asking, code)
    if name is None and (facts is None or not facts.notes):
        raise AbsentError("no such country or body")
    page = told_actor(facts, asking.words) if facts else None
    return View(
        title=name or code,
        template="actor.html",
        shown=ActorShown(code=code, name=name or code, facts=facts, told=page, weeks=_weeks(facts)),
        rows=_rows(facts),
        entries=tuple(_entries(facts, asking)) if facts else (),
        markdown=as_markdown([page]) if page else "",
    )


def _facts(asking: Asking, code: str) -> ActorFacts | None:
    """Those that were reckoned with the day; of one that was not judged, reckoned now."""
    outlook = asking.outlook()
    if outlook is None:
        return None
    if found := outlook.of("country", code):
        return found.facts
    return asking.kept.get(asking.workspace, ("facts", code, outlook.day), lambda: _quiet(asking, code, outlook.day))


def _quiet(asking: Asking, code: str, day: date) -> ActorFacts:
    rule = warning_rule()
    with (
        reading_from(asking.workspace) as connection,
        knowing(asking.workspace, connection, day, rule.confidence) as known,
    ):
        return actor_facts(known, code, rule, (FACT_DAYS, MOST_FACTS), acts_of(known, code, rule))


def _weeks(facts: ActorFacts | None) -> tuple[tuple[str, tuple[int, ...]], ...]:
    if facts is None:
        return ()
    first, counts = date.fromisoformat(facts.series[0].first), zip(*(one.counts for one in facts.series), strict=True)
    found = [((first + timedelta(weeks=week)).isoformat(), told) for week, told in enumerate(counts)]
    return tuple(reversed(found))


def _rows(facts: ActorFacts | None) -> Rows:
    lines = tuple(
        (one.actor, one.recipient, of.type, of.status, of.events)
        for one in (facts.partners if facts else ())
        for of in one.types
    )
    return Rows(columns=COLUMNS, lines=lines)


def _entries(facts: ActorFacts, asking: Asking) -> list[Entry]:
    return [
        Entry(
            id=f"event/{note.event}", title=note_line(note, asking.words), path=f"/article/{note.article}",
            updated=(note.published or facts.as_of)[:10], summary=note.sentence,
        )
        for note in facts.notes
    ]  # fmt: skip


ROUTES = (Page(path="/actor/{code}", show=show),)
