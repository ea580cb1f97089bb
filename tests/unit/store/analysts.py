"""An article that is read, corrected and read again: the same acts by readers who name them otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from siaga.base.article import Article
from siaga.base.correction import Correction, CorrectionKind, Proposal, Signature
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Party, Status
from siaga.base.ids import content_id
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.connection import Connection
from siaga.store.corrections import correct
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.reread import Reread, Rereading
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import MOMENT

SENTENCES = ("Rusia menyerang, menembaki dan mengancam Ukraina.", "NATO mengecam lalu berunding dengan Rusia.")
TEXT = " ".join(SENTENCES)
STARTS = (0, len(SENTENCES[0]) + 1)
OLD, NEW = "siaga 0.1.0 id-1", "siaga 0.1.0 id-2"


def event(  # noqa: PLR0913 - an event has many sides
    trigger: str, type_: EventType = "ASSAULT", status: Status = "happened", *, salt: int = 0,
    actors: Iterable[str] = ("RUS",), recipients: Iterable[str] = ("UKR",),
) -> Event:  # fmt: skip
    """An act of the sentence that has this trigger; another salt is another id, as of another reader."""
    number = next(number for number, sentence in enumerate(SENTENCES) if trigger in sentence)
    evidence = Evidence(
        start=STARTS[number], end=STARTS[number] + len(SENTENCES[number]), text=SENTENCES[number]
    )  # fmt: skip
    return Event(
        id=content_id("event", "a", trigger, type_, salt), type=type_, mode=None, contexts=(), cameo=None,
        status=status, trigger=trigger, actors=parties(actors), recipients=parties(recipients), place=None,
        earliest="2022-02-24", latest="2022-02-24", when_text=None, magnitude=(), speaker=None, medium=None,
        evidence=evidence, confidence=0.5, rule="id/invented",
    )  # fmt: skip


def parties(codes: Iterable[str]) -> tuple[Party, ...]:
    return tuple(Party(code=code, name=code, sector="GOV", text=code) for code in codes)


def read(*events: Event, reader: str = OLD, titles: Iterable[Event] = ()) -> Reading:
    """A reading of the article."""
    article = Article(
        id="a", source="Warta Uji", title=SENTENCES[0], language="id", published="2022-02-25",
        published_basis="metadata", text=TEXT, reader=reader,
    )  # fmt: skip
    return Reading(article=article, events=events, title_events=tuple(titles), quotes=(), forecasts=())


def signed(moment: str = MOMENT, note: str | None = None) -> Signature:
    return Signature(analyst="ani", moment=moment, note=note)


def proposed(kind: CorrectionKind, meant: Iterable[Event] = (), given: Iterable[Event] = ()) -> Proposal:
    return Proposal(kind=kind, part="body", meant=tuple(meant), given=tuple(given))


def corrects(where: Workspace, proposal: Proposal, signature: Signature | None = None) -> Correction:
    """Correct the article."""
    with writing_to(where) as connection:
        done = correct(connection, "a", proposal, signature or signed())
    assert done is not None
    return done[0]


def rereads(where: Workspace, *readings: Reading, saves: bool = True) -> list[Reread]:
    """Read the article again, by a reader who finds this."""
    with writing_to(where) as connection:
        done = list(Rereading(where, connection, saves=saves).saving(readings))
    assert all(isinstance(one, Reread) for one in done), done
    return [one for one in done if isinstance(one, Reread)]


def stands(where: Workspace, article: str = "a") -> Reading:
    with reading_from(where) as connection:
        reading = load_reading(connection, article)
    assert reading is not None
    return reading


def numbers(where: Workspace) -> dict[str, int]:
    """The number of each event that stands."""
    with reading_from(where) as connection:
        return {str(id_): int(str(seq)) for seq, id_ in connection.execute("SELECT seq, id FROM event")}


def counted(where: Workspace) -> int:
    """Events as DuckDB counts them, which is as many as SQLite has."""
    with reading_from(where) as connection, analysing(where, connection) as engine:
        found = sum(one.events for one in count_events(engine, ["status", "type"], Selection(titles=True)))
        assert found == rows(connection, "event")
    return found


def rows(connection: Connection, table: str) -> int:
    return int(str(connection.execute(f"SELECT count(*) FROM {table}").get))  # noqa: S608 - a name of ours


def said(events: Iterable[Event]) -> list[tuple[str, str, str]]:
    """Trigger, type and status of each."""
    return sorted((one.trigger, one.type, one.status) for one in events)
