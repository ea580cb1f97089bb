"""On which day each event of an article is, with all of them in view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from siaga.extract.coder.dating import DAY_COLUMNS, choose_days, day_rows, undated
from siaga.extract.coder.decide import load_models
from siaga.extract.coder.linear import Linear
from siaga.extract.coder.trees import RowModel
from siaga.extract.coder.view import View, views
from tests.unit.extract.coding import AS_FIRST_DATED, ByRule, found, read

MONDAY, TUESDAY, PUBLISHED = "2021-11-29", "2021-11-30", "2021-12-01"
BESIDE = "On Monday Russia attacked Ukraine, and ministers met on Tuesday."


def with_word(every: Sequence[View], word: str) -> View:
    """The first sentence with a word."""
    return next(view for view in every if word in view.lowers[view.sentence.first : view.sentence.last])


def dated(text: str, word: str, first: Linear, second: RowModel = AS_FIRST_DATED) -> str | None:
    """First day of the one event of a text."""
    every = views(read("en", text), "en")
    view = with_word(every, word)
    return choose_days([undated(view, found(view, word), "happened", first)], every, second)[0].earliest


def rows(text: str, word: str) -> dict[str | None, dict[str, float]]:
    """First day on offer -> its columns, of the one event of a text."""
    every = views(read("en", text), "en")
    view = with_word(every, word)
    event = undated(view, found(view, word), "happened", Linear({}))
    [of_event] = day_rows([event], every)
    return {
        days.earliest: dict(zip(DAY_COLUMNS, row, strict=True))
        for days, row in zip(event.offers, of_event, strict=True)
    }


def by(rule: Callable[[Mapping[str, float]], float]) -> RowModel:
    return ByRule(DAY_COLUMNS, rule)


@pytest.mark.parametrize(
    ("word", "feature", "day"),
    [
        ("attacked", "gap=left|1", MONDAY),
        ("met", "gap=right|1", TUESDAY),
        ("met", "from=published", PUBLISHED),
        ("met", "from=none", None),
    ],
)
def test_the_likeliest_offer_is_taken(word: str, feature: str, day: str | None) -> None:
    assert dated(BESIDE, word, Linear({feature: 9.0})) == day


def test_the_second_look_may_overrule_the_first() -> None:
    assert dated(BESIDE, "met", Linear({"gap=right|1": 9.0}), by(lambda row: 9.0 * (row["distance"] > 0))) == MONDAY


def test_a_day_knows_how_far_away_it_is_named_and_how_often() -> None:
    columns = rows(
        "It rained on Monday. On Monday it went on. Russia attacked Ukraine. On Tuesday it shone.", "attacked"
    )
    assert (columns[MONDAY]["sentences away"], columns[TUESDAY]["sentences away"]) == (1, -1)
    assert (columns[MONDAY]["times named"], columns[TUESDAY]["times named"]) == (2, 1)
    assert columns[MONDAY]["age"] == -2


def test_what_other_acts_are_on_a_day_is_counted() -> None:
    every = views(read("en", "Russia attacked Poland on Monday. Russia attacked Ukraine."), "en")
    sure = Linear({"from=here": 9.0})
    events = [undated(view, found(view, "attacked"), "happened", sure) for view in every]
    column = DAY_COLUMNS.index("on it of type")
    first, second = (
        {days.earliest: row[column] for days, row in zip(one.offers, table, strict=True)}
        for one, table in zip(events, day_rows(events, every), strict=True)
    )
    assert second[MONDAY] == pytest.approx(1.0, abs=0.01)
    assert first[MONDAY] < 0.5


def test_a_document_without_events_has_no_days_to_choose() -> None:
    assert choose_days([], views(read("en", "It rained."), "en"), AS_FIRST_DATED) == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "Russia attacked Ukraine on Monday.", "attacked"),
        ("id", "Rusia menyerang Ukraina pada Senin (29/11).", "menyerang"),
    ],
)
def test_the_shipped_models_take_the_day_beside_the_verb(language: str, text: str, word: str) -> None:
    every, models = views(read(language, text), language), load_models(language)
    event = undated(every[0], found(every[0], word), "happened", models.days)
    assert choose_days([event], every, models.dating)[0].earliest == MONDAY
