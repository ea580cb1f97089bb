"""Rows for people."""

from __future__ import annotations

import pytest

from siaga.base.event import Place
from siaga.report.table import headings, rows
from tests.unit.report.invented import event, reading


def test_a_row_tells_an_event_with_its_sentence() -> None:
    kiruna = Place(name="Kiruna", country="SWE", latitude=None, longitude=None, precision="city")
    [row] = rows([reading(event("Norway shelled Kiruna.", place=kiruna, earliest="2031-05-01"))])
    assert (row.day, row.status, row.type, row.parties) == ("2031-05-01", "happened", "attack", "Norway → Sweden")
    assert (row.place, row.source, row.evidence) == ("Kiruna", "Daily Fjord", "Norway shelled Kiruna.")


@pytest.mark.parametrize(("who", "whom", "shown"), [("NOR", "", "Norway → ?"), ("", "SWE", "? → Sweden"), ("", "", "")])
def test_a_side_that_is_not_named_is_a_question_mark(who: str, whom: str, shown: str) -> None:
    [row] = rows([reading(event("x", who=who, whom=whom))])
    assert row.parties == shown


def test_rows_stand_in_order_of_days_whatever_the_order_of_articles() -> None:
    late = reading(event("late", earliest="2031-05-01"), published="2031-05-02")
    early = reading(event("early"), published="2031-04-01")
    assert [row.evidence for row in rows([late, early])] == ["early", "late"]


def test_headings_and_words_follow_the_language() -> None:
    [row] = rows([reading(event("x", status="denied"))], "id")
    assert (row.status, row.type) == ("dibantah", "serangan")
    assert headings("id")[0] == "Tanggal"
    assert len(headings("en")) == 7


def test_rows_may_be_limited_to_sure_events() -> None:
    assert rows([reading(event("x", confidence=0.4))], sure=0.5) == ()
