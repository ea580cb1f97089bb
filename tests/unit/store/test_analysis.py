"""Sealed and unsealed events are counted and listed together, as counting by hand does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from bench.invented import reading
from siaga.base.event import Event
from siaga.store.analysis import Key, Selection, analysing, count_events, list_events, write_parquet
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_events
from siaga.store.segments import seal
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import MOMENT, filled, put, workspace

pytestmark = pytest.mark.usefixtures("store")

ARTICLES = 60
SEALED = (20, 45)
"""Articles after which the events were sealed; what follows is the tail."""


@pytest.fixture(scope="module")
def where(store: str, tmp_path_factory: pytest.TempPathFactory) -> Workspace:  # noqa: ARG001 - made on this store
    """Two segments and a tail."""
    made, begun = workspace(tmp_path_factory.mktemp("store")), 0
    for until in (*SEALED, ARTICLES):
        put(made, map(reading, range(begun, until)))
        with writing_to(made) as connection:
            if until != ARTICLES:
                seal(made, connection, MOMENT)
        begun = until
    return made


@pytest.fixture(scope="module")
def engine(where: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading_from(where) as connection, analysing(where, connection) as opened:
        yield opened


def events() -> list[Event]:
    return [event for number in range(ARTICLES) for event in reading(number).events]


def counted(
    engine: duckdb.DuckDBPyConnection, keys: Sequence[Key], **chosen: object
) -> Counter[tuple[str | None, ...]]:
    rows = count_events(engine, keys, Selection(**chosen))  # type: ignore[arg-type]
    return Counter({row.keys: row.events for row in rows})


def monday(day: str | None) -> str | None:
    read = date.fromisoformat(day or "")
    return (read - timedelta(days=read.weekday())).isoformat()


def codes(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [one.code for one in event.actors] or [None], [one.code for one in event.recipients] or [None]


def test_country_and_week(engine: duckdb.DuckDBPyConnection) -> None:
    by_hand = Counter((event.place.country if event.place else None, monday(event.earliest)) for event in events())
    assert counted(engine, ["country", "week"]) == by_hand


def test_types_and_months(engine: duckdb.DuckDBPyConnection) -> None:
    assert counted(engine, ["type", "month"]) == Counter((one.type, (one.earliest or "")[:7]) for one in events())


def test_pairs_leave_out_who_would_do_it_to_itself(engine: duckdb.DuckDBPyConnection) -> None:
    by_hand: Counter[tuple[str | None, ...]] = Counter()
    for event in events():
        actors, recipients = codes(event)
        alone = len(event.actors) < 2 and len(event.recipients) < 2
        by_hand.update(
            (f"{who or '?'} → {whom or '?'}",) for who in actors for whom in recipients if who != whom or alone
        )
    assert counted(engine, ["pair"]) == by_hand


def test_actors_and_recipients_have_a_row_each(engine: duckdb.DuckDBPyConnection) -> None:
    assert counted(engine, ["actor"]) == Counter((code,) for event in events() for code in codes(event)[0])
    assert counted(engine, ["recipient"]) == Counter((code,) for event in events() for code in codes(event)[1])


def test_of_those_asked_for_only_they_have_rows(engine: duckdb.DuckDBPyConnection) -> None:
    assert set(counted(engine, ["actor"], actors=("RUS", "USA"))) == {("RUS",), ("USA",)}
    assert set(counted(engine, ["pair"], actors=("RUS",), recipients=("UKR",))) == {("RUS → UKR",)}


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        ({"types": ("ASSAULT", "AID")}, lambda one: one.type in {"ASSAULT", "AID"}),
        ({"statuses": ("denied",)}, lambda one: one.status == "denied"),
        ({"actors": ("NATO",)}, lambda one: any(party.code == "NATO" for party in one.actors)),
        ({"recipients": ("NATO",)}, lambda one: any(party.code == "NATO" for party in one.recipients)),
        ({"countries": ("IDN",)}, lambda one: one.place is not None and one.place.country == "IDN"),
        ({"since": "2018-01-01", "until": "2019-06-30"}, lambda one: "2018-01-01" <= one.earliest <= "2019-06-30"),
        ({"least_confidence": 0.9}, lambda one: one.confidence >= 0.9),
        ({"actors": ("RUS",), "types": ("ASSAULT",)}, lambda one: one.type == "ASSAULT" and one.actors and "RUS" in {
            party.code for party in one.actors}),
    ],
)  # fmt: skip
def test_conditions(
    engine: duckdb.DuckDBPyConnection, where: Workspace, chosen: dict[str, object], fits: object
) -> None:
    assert callable(fits)
    numbers = list_events(engine, Selection(**chosen))  # type: ignore[arg-type]
    with reading_from(where) as connection:
        listed = [one.event for one in load_events(connection, numbers)]
    assert {one.id for one in listed} == {one.id for one in events() if fits(one)}
    assert [one.earliest for one in listed] == sorted((one.earliest or "" for one in listed), reverse=True)


def test_language_and_source(engine: duckdb.DuckDBPyConnection) -> None:
    assert counted(engine, ["language"], languages=("id",)) == Counter({("id",): 12 * ARTICLES // 2})
    assert set(counted(engine, ["source"], sources=("Outlet 3",))) == {("Outlet 3",)}


def test_conditions_of_one_question_are_gone_in_the_next(engine: duckdb.DuckDBPyConnection) -> None:
    counted(engine, ["type"], actors=("RUS",), since="2020-01-01")
    assert sum(counted(engine, ["type"]).values()) == 12 * ARTICLES


def test_a_limit(engine: duckdb.DuckDBPyConnection) -> None:
    assert len(list_events(engine, Selection(), 7)) == 7
    assert len(count_events(engine, ["week"], Selection(), 3)) == 3


def test_titles_only_when_asked_for(tmp_path: Path) -> None:
    where, plain = workspace(tmp_path), reading(0)
    put(where, [plain.replace(events=plain.events[1:], title_events=plain.events[:1])])
    with reading_from(where) as connection, analysing(where, connection) as opened:
        assert len(list_events(opened, Selection())) == 11
        assert len(list_events(opened, Selection(titles=True))) == 12


def test_an_empty_store_has_no_events(tmp_path: Path) -> None:
    where = filled(tmp_path, 0)
    with reading_from(where) as connection, analysing(where, connection) as opened:
        assert count_events(opened, ["country", "week"], Selection()) == ()
        assert list_events(opened, Selection(actors=("RUS",))) == ()


def test_days_that_are_none_are_unknown_not_an_error(tmp_path: Path) -> None:
    where, plain = workspace(tmp_path), reading(0, events=1)
    put(where, [plain.replace(events=(plain.events[0].replace(earliest="soon", latest=None),))])
    with reading_from(where) as connection, analysing(where, connection) as opened:
        assert counted(opened, ["week"]) == Counter({(None,): 1})


def test_parquet_holds_what_was_chosen(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    count = write_parquet(engine, Selection(types=("ASSAULT",)), tmp_path / "out.parquet")
    rows = duckdb.read_parquet(str(tmp_path / "out.parquet")).project("id, actors, sentence").fetchall()
    by_hand = {
        (event.id, tuple(sorted(code for code in codes(event)[0] if code)), event.evidence.text)
        for event in events()
        if event.type == "ASSAULT"
    }
    assert {(id_, tuple(actors), sentence) for id_, actors, sentence in rows} == by_hand
    assert count == len(by_hand)
