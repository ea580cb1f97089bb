"""Warnings on the demo, as they would have been made: two build-ups, the eve of the invasion, the control pair."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from siaga.base.document import Reading
from siaga.base.pack import asset
from siaga.base.warning import LEVELS, Card, SeriesTold
from siaga.flow import link_stored, save_readings
from siaga.serve.cli.demo import demo_pages
from siaga.serve.warned import Wanted, warned
from siaga.store.database import reading_from
from siaga.store.intake import taking_in
from siaga.store.lineages import linking
from siaga.store.load import load_reading
from siaga.store.workspace import Workspace, lay_out
from tests.unit.store.shelves import put

CRISIS, CONTROL = "RUS-UKR", "AUS-IDN"
BOTH = Wanted(pairs=(CRISIS, CONTROL))
FIRST_TOLD, LAST = date(2021, 5, 1), date(2022, 3, 31)
"""By the first, both countries of the control pair have been told of."""
COPIES = frozenset({"exact", "near", "reworded", "translated", "wire"})


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The archive of the demo, read, stored and linked."""
    made = lay_out(tmp_path_factory.mktemp("warnings"), {})
    with taking_in(made) as intake:
        deque(save_readings(demo_pages(), intake), maxlen=0)
    with linking(made) as run:
        deque(link_stored(run), maxlen=0)
    return made


def on(where: Workspace, day: str) -> Mapping[str, Card]:
    return {card.unit: card for card in warned(where, date.fromisoformat(day), BOTH).cards}


def signals(card: Card) -> SeriesTold:
    return next(one for one in card.series if one.name == "signals")


def test_on_30_november_2021_the_build_up_is_told_as_the_second_in_2021(where: Workspace) -> None:
    told = signals(on(where, "2021-11-30")[CRISIS]).episodes
    assert (told.number_in_year, told.number_in_twelve_months, told.open) == (2, 2, True)
    spring, autumn = told.spans
    assert ("2021-03-25" <= spring.first <= "2021-04-10") & ("2021-04-15" <= spring.last <= "2021-05-10")
    assert autumn.first >= "2021-10-15"


def test_a_warning_stands_on_every_day_of_the_six_weeks_before_the_invasion(where: Workspace) -> None:
    days = [date(2022, 2, 23) - timedelta(days=back) for back in range(0, 43, 7)]
    levels = {day.isoformat(): on(where, day.isoformat())[CRISIS].level for day in days}
    assert "normal" not in levels.values(), levels
    assert levels["2022-02-23"] in {"siaga", "awas"}


def test_the_control_pair_stays_normal(where: Workspace) -> None:
    days = (FIRST_TOLD + timedelta(days=number) for number in range(0, (LAST - FIRST_TOLD).days + 1, 21))
    levels = {day.isoformat(): on(where, day.isoformat())[CONTROL].level for day in days}
    assert set(levels.values()) == {"normal"}, levels


def test_the_copies_of_the_demo_raise_no_level(where: Workspace, tmp_path: Path) -> None:
    bare = lay_out(tmp_path / "bare", {})
    put(bare, originals(where))
    for day in ("2021-04-20", "2021-12-03", "2022-01-14", "2022-02-24"):
        with_copies, without = on(where, day)[CRISIS], on(bare, day)[CRISIS]
        assert LEVELS.index(with_copies.level or "normal") <= LEVELS.index(without.level or "normal")


def test_every_card_of_a_day_says_only_what_its_sentences_say(where: Workspace) -> None:
    cards = warned(where, date(2022, 2, 23), Wanted()).cards
    assert len(cards) > 3
    with reading_from(where) as connection:
        for note in (note for card in cards for note in card.notes):
            reading = load_reading(connection, note.article)
            assert reading is not None
            assert reading.article.text[note.start : note.end] == note.sentence
            assert note.event in {event.id for event in reading.events}
            assert (note.published or "9")[:10] <= "2022-02-23"


def originals(where: Workspace) -> Iterator[Reading]:
    """What is stored of the pages that the manifest calls no copy."""
    lines = [line for line in asset("demo", "manifest.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    copied = {(row["outlet"], row["published"]) for row in csv.DictReader(lines) if row["relation"] in COPIES}
    with reading_from(where) as connection:
        ids = [str(id_) for (id_,) in connection.execute("SELECT id FROM article")]
        for reading in filter(None, (load_reading(connection, id_) for id_ in ids)):
            if (reading.article.source, (reading.article.published or "")[:10]) not in copied:
                yield reading
