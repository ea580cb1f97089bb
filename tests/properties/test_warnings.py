"""Whatever is told: later articles change no earlier warning, and neither copies nor more outlets raise a level."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siaga.base.warning import LEVELS, Card
from tests.unit.monitor.told import Told, cards, stored

DAYS = 230
SOME_TYPES = ("ASSAULT", "MOBILIZE", "THREATEN", "COERCE", "ACCUSE", "RETREAT")
OUTLETS = ("Daily Fjord", "Gazette", "Harbour Post")
TOLD = st.builds(
    Told,
    day=st.integers(0, DAYS) | st.integers(DAYS - 40, DAYS),
    type=st.sampled_from(SOME_TYPES),
    status=st.sampled_from(("happened", "happened", "possible", "planned", "denied")),
    who=st.sampled_from(("NOR", "SWE", "FIN")),
    whom=st.sampled_from(("SWE", "NOR")),
    ago=st.none() | st.integers(0, 5) | st.just(60),
    outlet=st.sampled_from(OUTLETS),
)
ARTICLES = st.lists(TOLD, min_size=1, max_size=14)
BUSY = st.lists(TOLD, min_size=6, max_size=20)
SETTINGS = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def warnings_of(articles: Sequence[Told], day: int, copies: Sequence[tuple[int, Told]] = ()) -> tuple[Card, ...]:
    with tempfile.TemporaryDirectory() as folder:
        return cards(stored(Path(folder), articles, copies), day)


def levels(found: Sequence[Card]) -> Mapping[str, int]:
    return {card.unit: LEVELS.index(card.level) if card.level else 0 for card in found}


@SETTINGS
@given(ARTICLES, ARTICLES, st.integers(0, DAYS))
def test_a_past_day_is_judged_alike_whether_later_articles_are_stored_or_not(
    before: list[Told], later: list[Told], day: int
) -> None:
    known = [one.replace(day=min(one.day, day)) for one in before]
    unknown = [one.replace(day=max(one.day, day + 1)) for one in later]
    copies = [(0, one.replace(day=day + 1 + number)) for number, one in enumerate(later[:2])]
    assert warnings_of([*known, *unknown], day, copies) == warnings_of(known, day)


@SETTINGS
@given(BUSY, st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30), st.sampled_from(OUTLETS)), max_size=8))
def test_copies_raise_no_level(articles: list[Told], drawn: list[tuple[int, int, str]]) -> None:
    copies = []
    for place, later, outlet in drawn:
        original = articles[place % len(articles)]
        day = min(original.day + later, DAYS)
        ago = None if original.ago is None else original.ago + day - original.day
        copies.append((place % len(articles), original.replace(day=day, ago=ago, outlet=f"Copy of {outlet}")))
    before, after = levels(warnings_of(articles, DAYS)), levels(warnings_of(articles, DAYS, copies))
    assert all(after[unit] <= before[unit] for unit in before)


@SETTINGS
@given(BUSY, st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30), st.sampled_from(OUTLETS)), max_size=8))
def test_more_outlets_on_the_same_acts_raise_no_level(articles: list[Told], drawn: list[tuple[int, int, str]]) -> None:
    more = []
    for place, later, outlet in drawn:
        told = articles[place % len(articles)]
        day = told.day if told.ago is None else min(told.day + later, DAYS)  # without its day, later may be another act
        ago = None if told.ago is None else told.ago + day - told.day
        more.append(told.replace(day=day, ago=ago, outlet=f"Another {outlet}"))
    before, after = levels(warnings_of(articles, DAYS)), levels(warnings_of([*articles, *more], DAYS))
    assert all(after[unit] <= before[unit] for unit in before)


def test_the_levels_that_are_compared_are_not_all_normal() -> None:
    busy = [Told(day=day, ago=0) for day in (DAYS - 20, DAYS - 12, DAYS - 4)]
    assert levels(warnings_of([Told(day=0, type="CONSULT"), *busy], DAYS))["NOR-SWE"] > 0
