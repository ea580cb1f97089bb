"""`siaga score` measures the reader on sentences that people coded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siaga.serve.cli import main

TEXT = "Rusia menyerang Ukraina pada Senin (22/11/2021), kata Menteri Pertahanan Ukraina kepada AFP."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    event = {
        "type": "ASSAULT",
        "status": "happened",
        "actors": ["RUS"],
        "recipients": ["UKR"],
        "earliest": "2021-11-22",
    }
    sentence = {"n": 0, "start": 0, "end": len(TEXT), "text": TEXT, "events": [event], "quotes": []}
    (tmp_path / "gold.json").write_text(json.dumps([{"doc": "a", "sentences": [sentence]}]), "utf-8")
    article = {"id": "a", "text": TEXT, "date": "2021-11-23", "lang": "id"}
    (tmp_path / "news.jsonl").write_text(json.dumps(article) + "\n", "utf-8")
    return tmp_path / "gold.json"


def run(*options: object) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, options)])


def test_articles_are_read_and_measured(gold: Path) -> None:
    result = run(gold, gold.with_name("news.jsonl"), "--format", "json")
    told = json.loads(result.stdout)
    assert (told["kind"], told["version"], told["fact"]["f1"], told["misses"]) == ("score", 1, 1.0, [])
    assert told["earliest_date"] == {"share": 1.0, "of": 1}


def test_what_was_read_before_gives_the_same_figures(gold: Path) -> None:
    news, coded = gold.with_name("news.jsonl"), gold.with_name("coded.jsonl")
    coded.write_bytes(CliRunner().invoke(main, ["read", str(news), "--format", "jsonl"]).stdout_bytes)
    now, before = (run(gold, *what, "--format", "json").stdout for what in ([news], ["--coded", coded]))
    assert now == before


@pytest.mark.parametrize(("language", "word"), [("en", "By type"), ("id", "Menurut jenis")])
def test_the_table_speaks_both_languages_and_shows_what_went_wrong(gold: Path, language: str, word: str) -> None:
    text = gold.read_text("utf-8").replace("happened", "possible")
    gold.write_text(text, "utf-8")
    shown = run(gold, gold.with_name("news.jsonl"), "--lang", language, "--misses", "1").stdout
    assert word in shown
    assert f"a#0 ASSAULT possible RUS → UKR | {TEXT}" in shown
    assert "--misses 2" in shown


def test_articles_with_other_ids_are_said_to_be_missing(gold: Path) -> None:
    other = gold.with_name("news.jsonl")
    other.write_text(other.read_text("utf-8").replace('"a"', '"b"'), "utf-8")
    assert "1 hand-coded articles were not read" in run(gold, other, "--lang", "en").stdout


def test_without_articles_or_with_two_kinds_of_them_it_says_what_is_expected(gold: Path) -> None:
    for options in ([], [gold.with_name("news.jsonl"), "--coded", gold]):
        result = run(gold, *options)
        assert (result.exit_code, "expected either ARTICLES" in result.stderr) == (2, True)


def test_a_file_that_is_no_gold_ends_with_65_and_nothing_read_with_1(gold: Path, tmp_path: Path) -> None:
    news, empty = gold.with_name("news.jsonl"), tmp_path / "empty.txt"
    assert run(news, news).exit_code == 65
    empty.touch()
    assert run(gold, "--coded", empty).exit_code == 65
    result = run(gold, empty)
    assert (result.exit_code, "rejected" in result.stderr) == (1, True)


def test_with_a_workspace_articles_are_read_with_its_overlay(tmp_path: Path) -> None:
    text = "Laskar Rawa Biru menyerang Ukraina pada Senin."
    event = {"type": "ASSAULT", "status": "happened", "actors": ["LASKAR_RAWA"], "recipients": ["UKR"]}
    sentence = {"n": 0, "end": len(text), "text": text, "events": [event]}
    (tmp_path / "gold.json").write_text(json.dumps([{"doc": "a", "sentences": [sentence]}]), "utf-8")
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "a", "text": text, "lang": "id"}), "utf-8")
    groups = tmp_path / "overlay/actors/groups.csv"
    assert in_folder(tmp_path, "init").returncode == 0
    groups.parent.mkdir(parents=True, exist_ok=True)
    groups.write_text("code,sector,name_id\nLASKAR_RAWA,REB,Laskar Rawa Biru\n", "utf-8")
    parties = [
        json.loads(in_folder(tmp_path, "score", "gold.json", "news.jsonl", "--format", "json", *options).stdout)["who"]
        for options in ((), ("-w", "."))
    ]
    assert [one["hit"] for one in parties] == [1, 2]


def in_folder(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own: an overlay, once stood on, stays for the whole run."""
    command = [sys.executable, "-m", "siaga", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)
