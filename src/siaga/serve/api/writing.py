"""What programs may send: articles, and corrections of what was read in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta

from siaga.base.account import Deed
from siaga.base.change import Change, is_same_act
from siaga.base.correction import Correction, Proposal, Signature, in_force
from siaga.base.errors import AbsentError, GivenError
from siaga.base.event import Event, Evidence
from siaga.base.person import Person
from siaga.base.record import Record
from siaga.extract.given import Given, given_event, new_event
from siaga.flow import sentences
from siaga.serve.api.resources import ArticleTold, told
from siaga.serve.taking import GivenArticle, take
from siaga.store.audit import add_deed
from siaga.store.connection import Connection
from siaga.store.corrections import correct, load_correction, load_corrections, undo
from siaga.store.database import noting_in, now, reading_from, transaction, writing_to
from siaga.store.load import StoredEvent, load_event, load_reading
from siaga.store.stories import story_of_article
from siaga.store.workspace import Workspace

__all__ = ["WRITES", "CorrectionGiven", "CorrectionMade", "Write"]

Id = Annotated[str, Meta(min_length=1, max_length=200)]


class CorrectionGiven(Record):
    """A correction, as `siaga correct` has it."""

    kind: Literal["wrong", "edit", "add", "undo"]
    event: Id | None = None
    """Of `wrong` and `edit`: the event that is meant."""
    article: Id | None = None
    """Of `add`: the article that tells it."""
    sentence: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    """Of `add`: which sentence of the text, from 1; null: the title."""
    given: Given | None = None
    """Of `edit` and `add`: what the event is."""
    correction: Id | None = None
    """Of `undo`: the correction that no longer holds."""
    note: Annotated[str, Meta(max_length=2_000)] | None = None


class CorrectionMade(Record):
    """A correction that is kept, and what it changed."""

    correction: Correction
    changes: tuple[Change, ...]


class Write(NamedTuple):
    """What may be sent, and what is answered."""

    name: str
    says: str
    body: type[Record]
    answer: type[Record]
    write: Callable[[Workspace, Person, Any], Record]


def _take(place: Workspace, person: Person, given: GivenArticle) -> ArticleTold:
    taken = take(place, given)
    reading = taken.reading
    if not taken.known:
        with noting_in(place) as connection, transaction(connection):
            add_deed(connection, person, Deed(name="article.add", object=reading.article.id), now())
    with reading_from(place) as connection:
        return told(reading, story_of_article(connection, reading.article.id), text=False)


def _correct(place: Workspace, person: Person, given: CorrectionGiven) -> CorrectionMade:
    with _signing(place, person, given) as (connection, signature):
        made, changes = WAYS[given.kind](connection, given, signature)
    return CorrectionMade(correction=made, changes=tuple(changes))


Made = tuple[Correction, tuple[Change, ...]]


@contextmanager
def _signing(place: Workspace, person: Person, given: CorrectionGiven) -> Iterator[tuple[Connection, Signature]]:
    """The right to write, a signature, and a line of the audit trail once it is done."""
    moment = now()
    with writing_to(place) as connection:
        yield connection, Signature(analyst=person.name or "?", moment=moment, note=given.note)
        deed = Deed(name=f"correction.{given.kind}", object=given.event or given.article or given.correction)
        add_deed(connection, person, deed, moment)


def _wrong(connection: Connection, given: CorrectionGiven, signature: Signature) -> Made:
    stored = _stored(connection, given.event)
    return _kept(
        connection, stored.article.id, Proposal(kind="wrong", part=stored.part, meant=(stored.event,)), signature
    )


def _edit(connection: Connection, given: CorrectionGiven, signature: Signature) -> Made:
    stored = _stored(connection, given.event)
    reading = load_reading(connection, stored.article.id)
    others: tuple[Event, ...] = (*reading.events, *reading.title_events) if reading else ()
    after = given_event(stored.event, given.given or Given(), stored.article.language, others)
    if after == stored.event:
        raise GivenError("nothing is otherwise; expected something that is")
    proposal = Proposal(kind="edit", part=stored.part, meant=(stored.event,), given=(after,))
    return _kept(connection, stored.article.id, proposal, signature)


def _add(connection: Connection, given: CorrectionGiven, signature: Signature) -> Made:
    reading = load_reading(connection, given.article or "")
    if reading is None:
        raise AbsentError("no such article")
    article, number = reading.article, given.sentence
    if number is None and not article.title:
        raise GivenError("the article has no title; expected the number of a sentence")
    evidence = _sentence(sentences(article), number) if number else _title(article.title or "")
    event = new_event(article, evidence, given.given or Given())
    if any(is_same_act(known, event) for known in (reading.events if number else reading.title_events)):
        raise GivenError("the event is known already")
    return _kept(
        connection, article.id, Proposal(kind="add", part="body" if number else "title", given=(event,)), signature
    )


def _undo(connection: Connection, given: CorrectionGiven, signature: Signature) -> Made:
    target = load_correction(connection, given.correction or "")
    if target is None:
        raise AbsentError("no such correction")
    if target.id not in in_force(load_corrections(connection, target.article)):
        raise GivenError("the correction no longer holds")
    return undo(connection, target, signature)


WAYS: dict[str, Callable[[Connection, CorrectionGiven, Signature], Made]] = {
    "wrong": _wrong, "edit": _edit, "add": _add, "undo": _undo,
}  # fmt: skip


def _stored(connection: Connection, event: str | None) -> StoredEvent:
    if (found := load_event(connection, event or "")) is None:
        raise AbsentError("no such event")
    return found


def _title(title: str) -> Evidence:
    return Evidence(start=0, end=len(title), text=title)


def _sentence(told_: tuple[Evidence, ...], number: int) -> Evidence:
    if number > len(told_):
        raise GivenError("the article has fewer sentences")
    return told_[number - 1]


def _kept(connection: Connection, article: str, proposal: Proposal, signature: Signature) -> Made:
    done = correct(connection, article, proposal, signature)
    if done is None:
        raise AbsentError("no such article")
    return done


WRITES = (
    Write("articles", "Read an article and keep it; one that is kept already stays as it is.", GivenArticle,
          ArticleTold, _take),
    Write("corrections", "Say what an event is; it stays said when the article is read again.", CorrectionGiven,
          CorrectionMade, _correct),
)  # fmt: skip
