"""`siaga import`, `siaga episodes` and `siaga series`, as their users meet them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from siaga.base.event import EventType
from siaga.monitor.series import families
from siaga.report.backtest import CHANCES, chance_word
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.serve.cli import main
from siaga.store.imports import FORMATS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    folder = tmp_path / "watch"
    assert run("init", str(folder)).exit_code == 0
    weeks = [date(2020, 1, 6) + timedelta(weeks=week) for week in range(80)]
    rows = [f"{day},RUS,UKR,ACCUSE,1" for day in weeks]
    rows += [f"{weeks[week]},RUS,UKR,ASSAULT,{count}" for week, count in ((40, 15), (41, 12), (60, 20))]
    (tmp_path / "events.csv").write_text("date,actor,recipient,type,count\n" + "\n".join(rows) + "\n")
    told = run("import", str(tmp_path / "events.csv"), "-w", str(folder))
    assert told.stdout == "events.csv: 83 events of plain, 2020-01-06 to 2021-07-12; 0 rejected\n"
    return folder


def test_episodes_are_told_with_their_ordinals(watch: Path) -> None:
    told = run("episodes", "russia-ukraine", "-w", str(watch)).stdout
    assert "RUS-UKR, conflict: 2 episodes" in told
    assert "the first in 2020, the first in twelve months" in told
    assert "the first in 2021, the second in twelve months; highest so far" in told


def test_episodes_are_one_a_line_for_programs(watch: Path) -> None:
    first, second = map(json.loads, run("episodes", "RUS>UKR", "-w", str(watch), "-f", "jsonl").stdout.splitlines())
    assert (first["first"], first["last"], first["peak"]) == ("2020-10-12", "2020-10-19", 16)
    assert second["highest_since"] is None


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("format_", ["table", "csv", "jsonl", "svg"])
def test_a_series_is_shown_in_every_format(format_: str, language: str, watch: Path) -> None:
    told = run("series", "RUS-UKR", "-w", str(watch), "-f", format_, "-l", language)
    assert told.exit_code == 0
    assert "2020-10-12" in told.stdout


def test_a_plot_marks_the_unusual_weeks(watch: Path) -> None:
    lines = run("series", "RUS-UKR", "--plot", "-w", str(watch)).stdout.splitlines()
    assert "█" in "".join(lines)
    assert sum(line.count("^") for line in lines) == 3


def test_a_unit_of_which_nothing_is_known_is_told(watch: Path) -> None:
    result = run("episodes", "IDN", "-w", str(watch))
    assert (result.exit_code, "nothing is stored of IDN" in result.stderr) == (65, True)


def test_a_misspelt_unit_is_told_the_nearest(watch: Path) -> None:
    result = run("episodes", "RUSS-UKR", "-w", str(watch))
    assert (result.exit_code, "Did you mean RUS" in result.stderr) == (2, True)


def test_every_type_is_in_a_family_and_is_one() -> None:
    known = set(get_args(EventType))
    assert known <= families().keys()
    assert {type_ for types in families().values() for type_ in types} == known


def test_every_format_says_what_it_cannot_tell() -> None:
    for language in catalogue_languages():
        assert all(catalogue(language).has(f"quality.{name}") for name in FORMATS)


def test_every_chance_has_a_word_in_each_language() -> None:
    for language in catalogue_languages():
        words = [chance_word(percent / 100, catalogue(language)) for percent in range(101)]
        assert len(dict.fromkeys(words)) == len(CHANCES)
    assert chance_word(0.3, catalogue("en")) == "unlikely"
    assert chance_word(1.0, catalogue("en")) == "almost certain"


def test_a_week_of_all_series_is_judged_with_the_episodes_it_belongs_to(watch: Path) -> None:
    told = run("usual", "--kind", "undirected", "--as-of", "2021-03-07", "-w", str(watch)).stdout
    assert told.startswith("Week of 1 March 2021, conflict: 1 unusual of 1 series\n")
    assert "the first in 2021, since 1 March 2021; the second in twelve months" in " ".join(told.split())


def test_a_look_back_sees_nothing_of_what_came_later(watch: Path) -> None:
    before, after = (
        json.loads(run("usual", "--as-of", "2021-02-28", "-w", str(place), "-f", "jsonl", "--limit", "1").stdout)
        for place in (watch, cut_short(watch, "2021-02-28"))
    )
    assert before == after
    assert (before["alarm"], before["episode"], before["week"]) == (False, None, "2021-02-22")
    weeks = run("series", "RUS-UKR", "--as-of", "2021-02-28", "-w", str(watch), "-f", "csv").stdout.splitlines()
    assert weeks[-1].startswith("2021-02-22,1.0")


def cut_short(watch: Path, day: str) -> Path:
    """A workspace with the events up to a day alone."""
    rows = (watch.parent / "events.csv").read_text().splitlines()
    (watch.parent / "early.csv").write_text("\n".join([rows[0], *(row for row in rows[1:] if row[:10] <= day)]) + "\n")
    folder = watch.parent / "early"
    run("init", str(folder))
    run("import", str(watch.parent / "early.csv"), "-w", str(folder))
    return folder


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", ["country", "directed"])
def test_the_week_is_told_in_both_languages_and_for_spreadsheets(kind: str, language: str, watch: Path) -> None:
    asked = ("usual", "--kind", kind, "-w", str(watch), "-l", language)
    table, sheet = run(*asked), run(*asked, "-f", "csv").stdout.splitlines()
    assert (table.exit_code, "UKR" in table.stdout) == (0, True)
    assert sheet[0].startswith("unit,week,count,expected,bound,ratio,chance")
    assert len(sheet) == (3 if kind == "country" else 2)


def test_a_kind_of_which_nothing_is_stored_is_told(watch: Path) -> None:
    result = run("usual", "--kind", "place", "-w", str(watch))
    assert (result.exit_code, "nothing of conflict is stored of any place" in result.stderr) == (65, True)
