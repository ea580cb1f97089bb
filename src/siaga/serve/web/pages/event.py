"""An event with its sentence, and the buttons by which an analyst corrects it: it stays corrected when read again."""

from __future__ import annotations

from typing import get_args

import msgspec

from siaga.base.correction import Correction, Proposal, Signature, in_force
from siaga.base.errors import AbsentError, GivenError
from siaga.base.event import Event, EventType, Status
from siaga.base.record import Record
from siaga.extract.given import Given, given_event
from siaga.report.alert_forms import code_named
from siaga.report.facts import known_names
from siaga.report.wording import plain_act
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.deeds import chosen, note_deed, who
from siaga.serve.web.view import Elsewhere, Rows, View
from siaga.store.corrections import correct, corrections_about, load_corrections, load_withdrawn, undo
from siaga.store.database import now, reading_from, writing_to
from siaga.store.load import StoredEvent, load_event, load_reading

__all__ = ["ROUTES"]

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)


class Corrected(Record):
    """A correction of the event."""

    correction: Correction
    stands: bool


class EventShown(Record):
    """What the page shows."""

    event: Event
    article: str
    told: str
    """In words."""
    stands: bool
    """It was not left out by a correction or a later reader."""
    corrections: tuple[Corrected, ...]
    types: tuple[EventType, ...] = TYPES
    statuses: tuple[Status, ...] = STATUSES


def show(asking: Asking) -> View:
    """An event, and the corrections of it."""
    event, article, stands = _found(asking)
    with reading_from(asking.workspace) as connection:
        holding = in_force(load_corrections(connection, article))
        kept = corrections_about(connection, article, event.id)
    corrections = tuple(Corrected(correction=one.correction, stands=one.correction.id in holding) for one in kept)
    told = plain_act(event, known_names(asking.language), asking.words)
    shown = EventShown(event=event, article=article, told=told, stands=stands, corrections=corrections)
    return View(
        title=told, template="event.html", shown=shown,
        rows=Rows(columns=("event", "type", "status", "sentence"),
                  lines=((event.id, event.type, event.status, event.evidence.text),)),
    )  # fmt: skip


def act(asking: Asking) -> Elsewhere:
    """Correct it, or undo a correction."""
    return Elsewhere(path=asking.link(chosen(asking, DEEDS)(asking)))


def _found(asking: Asking) -> tuple[Event, str, bool]:
    """The event, its article, and whether it stands."""
    id_ = asking.names["id"]
    with reading_from(asking.workspace) as connection:
        if (stored := load_event(connection, id_)) is not None:
            return stored.event, stored.article.id, True
        if (gone := load_withdrawn(connection, id_)) is not None:
            return gone.event, gone.article, False
    raise AbsentError(f"no event {id_}")


def _wrong(asking: Asking) -> str:
    stored = _standing(asking)
    return _correct(asking, stored, Proposal(kind="wrong", part=stored.part, meant=(stored.event,)))


def _edit(asking: Asking) -> str:
    stored = _standing(asking)
    with reading_from(asking.workspace) as connection:
        reading = load_reading(connection, stored.article.id)
    others = (*reading.events, *reading.title_events) if reading else ()
    after = given_event(stored.event, _given(asking, stored.event), stored.article.language, others)
    if after == stored.event:
        raise GivenError("nothing of it is otherwise than it was")
    return _correct(asking, stored, Proposal(kind="edit", part=stored.part, meant=(stored.event,), given=(after,)))


def _undo(asking: Asking) -> str:
    event, article, _ = _found(asking)
    with writing_to(asking.workspace) as connection:
        made = load_corrections(connection, article)
        target = next((one for one in made if one.id == asking.given("correction")), None)
        if target is None or target.id not in in_force(made):
            raise GivenError("correction: none with this id holds here")
        undo(connection, target, _signature(asking))
    note_deed(asking, "correction.undo", target.id)
    return f"/event/{event.id}"


DEEDS = {"wrong": _wrong, "edit": _edit, "undo": _undo}


def _standing(asking: Asking) -> StoredEvent:
    with reading_from(asking.workspace) as connection:
        if (stored := load_event(connection, asking.names["id"])) is None:
            raise GivenError("this event stands no longer; undo its correction first")
    return stored


def _correct(asking: Asking, stored: StoredEvent, proposal: Proposal) -> str:
    with writing_to(asking.workspace) as connection:
        if (done := correct(connection, stored.article.id, proposal, _signature(asking))) is None:
            raise AbsentError(f"no article {stored.article.id}")
    note_deed(asking, f"correction.{proposal.kind}", done[0].id, stored.event.id)
    given = proposal.given[0].id if proposal.given else stored.event.id
    return f"/event/{given}"


def _signature(asking: Asking) -> Signature:
    return Signature(analyst=who(asking), moment=now(), note=asking.given("note") or None)


def _given(asking: Asking, event: Event) -> Given:
    """What of the form is otherwise than the event."""
    day = asking.given("day")
    sides = {name: _codes(asking.given(name)) for name in ("actors", "recipients")}
    before = {name: tuple(party.code for party in getattr(event, name) if party.code) for name in sides}
    fields: dict[str, object] = {name: codes for name, codes in sides.items() if codes != before[name]}
    fields |= {name: asking.given(name) for name in ("type", "status") if asking.given(name) != getattr(event, name)}
    if day != (event.earliest or ""):
        fields |= {"earliest": day, "latest": day}
    try:
        return msgspec.convert(fields, Given)
    except msgspec.ValidationError as error:
        raise GivenError(str(error)) from error


def _codes(written: str) -> tuple[str, ...]:
    return tuple(code_named(one.strip()) for one in written.split(",") if one.strip())


ROUTES = (Page(path="/event/{id}", show=show, act=act),)
