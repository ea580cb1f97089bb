"""Saving a reading and loading it again gives the same reading, whatever it says."""

from __future__ import annotations

import string
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.invented import reading
from siaga.base.article import Article, Dropped
from siaga.base.document import Reading
from siaga.base.event import Event, Evidence, Forecast, Magnitude, Party, Place, Quote
from siaga.base.ids import content_id
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.save import Saved, save
from siaga.store.segments import seal
from siaga.store.workspace import Workspace, lay_out
from tests.unit.store.shelves import MOMENT

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
WORD = st.text(string.ascii_uppercase, min_size=1, max_size=5)
DAY = st.none() | st.dates().map(lambda day: day.isoformat())
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
OFFSET = st.integers(0, 10**6)
EVIDENCE = st.builds(Evidence, start=OFFSET, end=OFFSET, text=TEXT)
PARTIES = st.lists(
    st.builds(Party, code=st.none() | WORD, name=st.none() | TEXT, sector=st.none() | WORD, text=TEXT), max_size=3
).map(tuple)
PLACE = st.none() | st.builds(
    Place, name=TEXT, country=st.none() | WORD, latitude=st.none() | NUMBER, longitude=st.none() | NUMBER
)
AMOUNTS = st.lists(
    st.builds(Magnitude, minimum=NUMBER, maximum=st.none() | NUMBER, unit=WORD, text=TEXT), max_size=2
).map(tuple)
EVENT = st.builds(
    Event, id=st.just(""), mode=st.none() | WORD, contexts=st.lists(WORD, max_size=2).map(tuple),
    cameo=st.none() | WORD, trigger=TEXT, actors=PARTIES, recipients=PARTIES, place=PLACE, earliest=DAY, latest=DAY,
    when_text=st.none() | TEXT, magnitude=AMOUNTS, speaker=st.none() | TEXT, medium=st.none() | TEXT,
    evidence=EVIDENCE, confidence=st.floats(0, 1), rule=TEXT,
)  # fmt: skip
QUOTE = st.builds(
    Quote, speaker=st.none() | TEXT, speaker_text=st.none() | TEXT, office=st.none() | TEXT,
    organisation=st.none() | TEXT, code=st.none() | WORD, medium=st.none() | TEXT, words=st.none() | TEXT,
    start=OFFSET, end=OFFSET,
)  # fmt: skip
FORECAST = st.builds(
    Forecast, id=WORD, event=WORD, speaker=st.none() | TEXT, code=st.none() | WORD, medium=st.none() | TEXT, words=TEXT,
    window_earliest=DAY, window_latest=DAY, condition=st.none() | TEXT, reason=st.none() | WORD, evidence=EVIDENCE,
)  # fmt: skip
ARTICLE = st.builds(
    Article, id=WORD, url=st.none() | TEXT, source=st.none() | TEXT, title=st.none() | TEXT,
    language=st.none() | WORD, published=DAY, text=TEXT, reader=st.none() | TEXT,
    dropped=st.lists(st.builds(Dropped, text=TEXT, reason=WORD), max_size=2).map(tuple),
    warnings=st.lists(WORD, max_size=2).map(tuple),
)  # fmt: skip
READING = st.builds(
    Reading, article=ARTICLE, events=st.lists(EVENT, max_size=3).map(tuple),
    title_events=st.lists(EVENT, max_size=2).map(tuple), quotes=st.lists(QUOTE, max_size=2).map(tuple),
    forecasts=st.lists(FORECAST, max_size=2).map(tuple),
)  # fmt: skip


def with_ids(drawn: Reading) -> Reading:
    """The same reading with an id of its own for each event."""
    numbered = {
        part: tuple(
            event.replace(id=content_id("event", part, number))
            for number, event in enumerate(getattr(drawn, part))
        )
        for part in ("events", "title_events")
    }  # fmt: skip
    return drawn.replace(**numbered)


@settings(max_examples=60, deadline=None)
@given(drawn=READING.map(with_ids))
def test_a_reading_comes_back_as_it_was_and_its_events_are_counted(drawn: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        where = lay_out(Path(folder), {})
        with writing_to(where) as connection:
            saved = save(connection, [drawn], MOMENT)
            assert saved == Saved(articles=1, events=len(drawn.events) + len(drawn.title_events))
            assert load_reading(connection, drawn.article.id) == drawn
            assert save(connection, [drawn], MOMENT) == Saved(known=1)
        assert counted(where) == saved.events
        with writing_to(where) as connection:
            seal(where, connection, MOMENT)
        assert counted(where) == saved.events


def counted(where: Workspace) -> int:
    """Events of body and titles, sealed or not."""
    with reading_from(where) as connection, analysing(where, connection) as engine:
        return sum(one.events for one in count_events(engine, ["country", "week"], Selection(titles=True)))


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 30), max_size=5), seals=st.sets(st.integers(0, 5)))
def test_the_batches_and_seals_of_an_ingest_do_not_change_what_is_counted(cuts: list[int], seals: set[int]) -> None:
    readings = [reading(number, events=4) for number in range(30)]
    with tempfile.TemporaryDirectory() as folder:
        where = lay_out(Path(folder), {})
        with writing_to(where) as connection:
            bounds = sorted({0, *cuts, 30})
            for number, (first, last) in enumerate(pairwise(bounds)):
                save(connection, readings[first:last], MOMENT)
                if number in seals:
                    seal(where, connection, MOMENT)
        assert counted(where) == 120
