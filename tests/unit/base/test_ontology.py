"""The ontology holds together; what the packs name of it is checked with the packs."""

from __future__ import annotations

from typing import get_args

from siaga.base.event import EventType
from siaga.base.pack import asset, read_rows
from siaga.base.record import Record


class TypeRow(Record):
    type: str
    quad: str
    number: int
    recipient: str
    score: float
    gloss: str


class ModeRow(Record):
    type: str
    mode: str
    gloss: str
    score: float | None = None


class SectorRow(Record):
    sector: str
    group: str
    gloss: str


def types() -> tuple[TypeRow, ...]:
    return read_rows(asset("ontology", "types.csv"), TypeRow)


def modes() -> tuple[ModeRow, ...]:
    return read_rows(asset("ontology", "modes.csv"), ModeRow)


def test_the_types_are_those_of_the_contract() -> None:
    assert sorted(row.type for row in types()) == sorted(get_args(EventType))


def test_a_quad_class_has_one_number() -> None:
    numbers = {row.quad: row.number for row in types()}
    assert sorted(numbers.values()) == [1, 2, 3, 4]
    assert all(numbers[row.quad] == row.number for row in types())


def test_cooperation_scores_above_conflict() -> None:
    cooperation = [row.score for row in types() if row.number <= 2]
    conflict = [row.score for row in types() if row.number > 2]
    assert min(cooperation) > max(conflict)


def test_every_mode_belongs_to_a_type_and_stands_once() -> None:
    pairs = [(row.type, row.mode) for row in modes()]
    assert len(set(pairs)) == len(pairs)
    assert {kind for kind, _ in pairs} <= {row.type for row in types()}


def test_sectors_have_codes_of_three_capitals_and_a_gloss() -> None:
    rows = read_rows(asset("ontology", "sectors.csv"), SectorRow)
    assert rows
    assert all(len(row.sector) == 3 and row.sector.isupper() and row.gloss for row in rows)
