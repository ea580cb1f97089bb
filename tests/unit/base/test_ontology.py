"""The ontology holds whatever the packs' rules of events name."""

from __future__ import annotations

from typing import get_args

import pytest

from siaga.base.event import EventType
from siaga.base.pack import asset, languages, read_rows
from siaga.base.record import Record
from siaga.extract.coder.triggers import EventRule, event_rules


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


class ContextRow(Record):
    context: str
    gloss: str


class SectorRow(Record):
    sector: str
    group: str
    gloss: str


RULES = [pytest.param(rule, id=f"{code} {rule.id}") for code in languages() for rule in event_rules(code).values()]


def types() -> tuple[TypeRow, ...]:
    return read_rows(asset("ontology", "types.csv"), TypeRow)


def modes() -> tuple[ModeRow, ...]:
    return read_rows(asset("ontology", "modes.csv"), ModeRow)


def contexts() -> tuple[ContextRow, ...]:
    return read_rows(asset("ontology", "contexts.csv"), ContextRow)


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


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_uses_the_type_mode_and_contexts_of_the_ontology(rule: EventRule) -> None:
    assert rule.type in {row.type for row in types()}
    assert rule.mode is None or (rule.type, rule.mode) in {(row.type, row.mode) for row in modes()}
    assert set(rule.contexts) <= {row.context for row in contexts()}


def test_sectors_have_codes_of_three_capitals_and_a_gloss() -> None:
    rows = read_rows(asset("ontology", "sectors.csv"), SectorRow)
    assert rows
    assert all(len(row.sector) == 3 and row.sector.isupper() and row.gloss for row in rows)
