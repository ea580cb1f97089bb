"""Events by day and week."""

from __future__ import annotations

import pytest

from siaga.report.timeline import bar, sparkline, timeline
from tests.unit.report.invented import event, reading


def test_weeks_begin_on_monday_and_empty_ones_are_there() -> None:
    read = [reading(event("a"), published="2031-05-01"), reading(event("b"), published="2031-05-15")]
    moments = timeline(read)
    assert [(moment.first, moment.events) for moment in moments] == [
        ("2031-04-28", 1),
        ("2031-05-05", 0),
        ("2031-05-12", 1),
    ]
    assert moments[1].telling is None


def test_what_happened_stands_at_its_day_and_what_may_at_publication() -> None:
    read = reading(
        event("a", earliest="2031-05-01", latest="2031-05-01"),
        event("b", status="possible", earliest="2031-12-01"),
        published="2031-05-02T10:00:00+02:00",
    )
    assert [moment.first for moment in timeline([read], step="day")] == ["2031-05-01", "2031-05-02"]


def test_old_wars_in_new_articles_are_background() -> None:
    assert timeline([reading(event("a", earliest="2024-01-01", latest="2024-01-01"))]) == ()


def test_counts_by_status_name_every_status() -> None:
    [moment] = timeline([reading(event("a"), event("b", status="denied"))])
    assert dict(moment.by_status) == {"happened": 1, "planned": 0, "considered": 0, "possible": 0, "denied": 1}
    assert moment.grave == 1


def test_a_deed_of_force_tells_more_than_words() -> None:
    [moment] = timeline(
        [reading(event("They talked.", "CONSULT"), event("They fought."), event("Fear.", status="possible"))]
    )
    assert moment.telling is not None
    assert moment.telling.event.evidence.text == "They fought."


def test_nothing_makes_no_timeline() -> None:
    assert timeline([]) == ()


@pytest.mark.parametrize(("count", "drawn"), [(0, ""), (8, "████"), (4, "██"), (1, "▌")])
def test_bars_are_drawn_in_eighths_of_a_cell(count: int, drawn: str) -> None:
    assert bar(count, 8, width=4) == drawn


def test_a_sparkline_has_a_column_for_each_count_and_blanks_only_nought() -> None:
    assert sparkline([0, 1, 50, 100]) == " ▁▄█"
