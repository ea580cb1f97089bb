"""`siaga backtest` writes what the contract says, for programs and for people."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from siaga.serve.cli import main
from tests.unit.monitor.test_models import invented

MODELS = {
    "climatology": "baseline", "unit_rate": "baseline", "persistence": "baseline", "last_poisson": "baseline",
    "conflictology_12": "baseline", "nb_exceedance": "candidate", "nb_ewma": "candidate", "logistic": "candidate",
}  # fmt: skip


@cache
def counts() -> str:
    panel = invented()
    rows = (
        f'"<b>{unit}</b>",{panel.named(step)},{int(panel.counts[row, step])}\n'
        for row, unit in enumerate(panel.units)
        for step in range(panel.length)
        if panel.counts[row, step] or step in {0, panel.length - 1}
    )
    return "unit,date,count\n" + "".join(rows)


def run(folder: Path, *options: str, name: str = "counts.csv") -> Result:
    path = folder / name
    path.write_text(counts(), "utf-8")
    return CliRunner().invoke(main, ["backtest", str(path), "--test-from", "2006-01", *options])


def test_the_json_has_all_keys_models_and_roles_of_the_contract(tmp_path: Path) -> None:
    told: dict[str, Any] = json.loads(run(tmp_path, "--format", "json").stdout)
    assert (told["kind"], told["version"], told["promoted"] in MODELS) == ("backtest", 1, True)
    assert {"sha256", "units", "first", "last", "step"} <= told["input"].keys()
    onset, incidence, count = told["tasks"]
    assert (onset["task"], incidence["task"], count["task"], count["horizon"]) == ("onset", "incidence", "count", 1)
    keys = {"task", "horizon", "threshold", "quiet", "test_from", "n", "positives", "base_rate", "models"}
    for task in (onset, incidence):
        assert keys <= task.keys()
        assert {one["model"]: one["role"] for one in task["models"]} == MODELS
        for one in task["models"]:
            assert {"average_precision", "average_precision_interval", "brier", "brier_skill", "ece"} <= one.keys()
            assert [budget["per_unit_year"] for budget in one["budgets"]] == [0.5, 1, 2]
    budget = onset["models"][5]["budgets"][1]
    assert {"realised", "precision", "recall", "lead", "false_per_unit_year", "onsets"} <= budget.keys()
    assert {one["model"]: one["role"] for one in count["models"]} == MODELS


def test_brier_skill_is_against_climatology_and_false_alarms_are_what_is_not_right(tmp_path: Path) -> None:
    onset = json.loads(run(tmp_path, "--format", "json").stdout)["tasks"][0]
    reference = onset["models"][0]["brier"]
    for one in onset["models"]:
        if one["brier"] is not None:
            assert one["brier_skill"] == pytest.approx(1 - one["brier"] / reference)
        for budget in one["budgets"]:
            wrong = 1 - (budget["precision"] or 0) if budget["realised"] else 0
            assert budget["false_per_unit_year"] == pytest.approx(budget["realised"] * wrong)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_table_shows_every_model_in_both_languages(language: str, tmp_path: Path) -> None:
    told = run(tmp_path, "--lang", language).stdout
    assert all(told.count(model) >= 4 for model in MODELS)


def test_the_page_escapes_what_it_is_given_and_runs_nothing(tmp_path: Path) -> None:
    told = run(tmp_path, "--format", "html", name="<script>x<h1>.csv").stdout
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "default-src 'none'" in told
    assert told.count("<svg") == 7


def test_a_file_that_ends_too_soon_is_told_with_what_would_do(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("unit,date,count\nA,2020-01,1\nA,2020-09,1\n")
    result = CliRunner().invoke(main, ["backtest", str(path), "--test-from", "2020-05"])
    assert result.exit_code == 65
    assert "two years to learn from" in result.stderr


def test_a_forecast_tells_the_most_threatened_first_with_base_rate_and_word(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(counts(), "utf-8")
    lines = CliRunner().invoke(main, ["forecast", str(path), "--format", "jsonl"]).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["chance"] for one in found] == sorted((one["chance"] for one in found), reverse=True)
    assert all(0 <= one["chance"] <= 1 and one["low"] <= one["high"] for one in found)
    assert {one["origin"] for one in found} == {"2009-12"}
    table = CliRunner().invoke(main, ["forecast", str(path), "--lang", "en", "--limit", "3"]).stdout
    assert "Base rate" in table
    assert any(word in table for word in ("likely", "almost certain", "roughly even"))


def test_a_forecast_from_too_short_a_past_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("unit,date,count\nA,2020-01,1\nA,2020-09,1\n")
    result = CliRunner().invoke(main, ["forecast", str(path)])
    assert (result.exit_code, "two years to learn from" in result.stderr) == (65, True)
