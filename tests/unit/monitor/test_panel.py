"""A file of counts becomes a panel, or an error that says in which line and why."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from siaga.base.errors import PanelError
from siaga.monitor.panel import Panel, load_panel
from siaga.monitor.steps import number_of, step_named


def panel_from(folder: Path, text: str) -> Panel:
    path = folder / "counts.csv"
    path.write_text(text, "utf-8")
    return load_panel(path)


def test_absent_steps_are_zero_and_rows_of_one_step_are_added_up(tmp_path: Path) -> None:
    panel = panel_from(tmp_path, "unit,date,count\nMali,2020-01,3\nMali,2020-03,1\nMali,2020-03,4\nChad,2020-02,\n")
    assert panel.units == ("Chad", "Mali")
    assert panel.counts.tolist() == [[0, 0, 0], [3, 0, 5]]
    assert (panel.step, panel.named(0), panel.named(2)) == ("month", "2020-01", "2020-03")


def test_further_columns_are_kept_by_name(tmp_path: Path) -> None:
    panel = panel_from(tmp_path, "date,sb,unit,count\n2020-01,2,Mali,3\n")
    assert panel.names == ("sb",)
    assert panel.columns[0].tolist() == [[2]]


@pytest.mark.parametrize(
    ("dates", "step"),
    [
        (("2020-01-01", "2020-03-01"), "month"),
        (("2020-01-06", "2020-01-20"), "week"),
        (("2020-01-06", "2020-01-07"), "day"),
    ],
)
def test_the_step_is_seen_from_the_dates(dates: tuple[str, str], step: str, tmp_path: Path) -> None:
    panel = panel_from(tmp_path, "unit,date,count\n" + "".join(f"A,{one},1\n" for one in dates))
    assert panel.step == step
    assert panel.named(0) in {dates[0], dates[0][:7]}


def test_a_week_is_named_by_its_monday() -> None:
    from datetime import date  # noqa: PLC0415

    assert step_named(number_of(date(2021, 11, 30), "week"), "week") == "2021-11-29"


def test_a_packed_file_is_read_and_hashed_as_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv.gz"
    path.write_bytes(gzip.compress(b"unit,date,count\nA,2020-01,1\n"))
    assert load_panel(path).counts.tolist() == [[1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,date,cuont\nA,2020-01,1\n", "Did you mean cuont"),
        ("unit,date,count\n", "no rows"),
        ("unit,date,count\nA,2020-13,1\n", ":2: date '2020-13'"),
        ("unit,date,count\nA,2020-01,many\n", ":2: count 'many'; expected a number"),
        ("unit,date,count\nA,2020-01,nan\n", "finite"),
        ("unit,date,count\nA,2020-01,-1\n", ">= 0"),
        ("unit,date,count\nA,2020-01,1,2\n", ":2: 4 cells; expected 3"),
        ("unit,date,count\n,2020-01,1\n", "expected a name"),
        ("unit,date,count,x,x\nA,2020-01,1,1,1\n", "stands twice"),
        ("unit,date,count\nA,0001-01,1\n" + "".join(f"U{n},9999-12,1\n" for n in range(500)), "more than"),
    ],
)
def test_what_cannot_be_a_panel_is_refused_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PanelError, match=said.replace("(", "\\(")):
        panel_from(tmp_path, text)
