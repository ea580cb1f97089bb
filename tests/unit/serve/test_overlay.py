"""`siaga overlay`, and the commands that read with one, as a user runs them."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from siaga.base.article import Article
from siaga.base.ground import use_overlay
from siaga.base.overlay import load_overlay
from siaga.base.pack import languages
from siaga.flow import read_article
from tests.unit.extract.own import uncommented

TEXT = "Laskar Rawa Biru menggempuh pos polisi di Waimiting pada Senin."
NEWS = json.dumps({"id": "a", "text": TEXT, "date": "2026-02-10", "lang": "id"}).encode()


def siaga(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "siaga", *arguments]
    environment = os.environ | {"COLUMNS": "140", "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, input=stdin, cwd=folder, env=environment, capture_output=True, check=False)


def workspace(folder: Path) -> Path:
    """A workspace whose overlay holds every example that `siaga overlay init` writes."""
    folder.mkdir(exist_ok=True)
    for arguments in (("init",), ("overlay", "init")):
        assert siaga(folder, *arguments).returncode == 0
    for path in (folder / "overlay").rglob("*.*"):
        if path.suffix in {".csv", ".toml"}:
            path.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("work"))


def test_init_lays_out_examples_that_change_nothing_and_keeps_what_is_there(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    assert b"10 new files" in siaga(tmp_path, "overlay", "init").stdout
    words = tmp_path / "overlay/lang/id/lexicon/events.csv"
    words.write_text("lemma,forms,rule\ngempuh,v,assault-attack\n", "utf-8")
    assert b"0 new files" in siaga(tmp_path, "overlay", "init").stdout
    assert "gempuh" in words.read_text("utf-8")
    words.unlink()
    assert b"siaga overlay init" in siaga(tmp_path, "overlay", "check").stdout
    assert siaga(tmp_path, "overlay", "list").stdout == siaga(tmp_path, "overlay", "check").stdout


def test_init_makes_any_other_file_with_rows_of_ours_to_go_by(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    assert (
        siaga(tmp_path, "overlay", "init", "lang/id/lexicon/status.csv", "lang/en/grammar/dates.toml").returncode == 0
    )
    assert (tmp_path / "overlay/lang/id/lexicon/status.csv").read_text("utf-8").splitlines()[-4] == (
        "phrase,status,scope,strength"
    )
    assert "# [[rule]]" in (tmp_path / "overlay/lang/en/grammar/dates.toml").read_text("utf-8")
    assert b"Nothing of your own" in siaga(tmp_path, "overlay", "check").stdout
    refused = siaga(tmp_path, "overlay", "init", "lang/id/lexicon/stauts.csv")
    assert (refused.returncode, b"Did you mean lang/id/lexicon/status.csv?" in refused.stderr) == (2, True)


def test_check_finds_all_in_order(work: Path) -> None:
    result = siaga(work, "overlay", "check")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(b"15 rows and rules of your own: all can be read")


def test_list_shows_each_row_with_its_line_and_forms(work: Path) -> None:
    shown = siaga(work, "overlay", "list").stdout.decode()
    assert "actors/groups.csv:5" in shown
    assert "LASKAR_RAWA, REB, Laskar Rawa Biru" in shown
    assert "menggempuh,menggempuhnya" in "".join(shown.split())


def test_try_shows_both_readings_and_how_the_words_weigh(work: Path) -> None:
    shown = siaga(work, "overlay", "try", TEXT).stdout.decode()
    without, _, rest = shown.partition("With your overlay")
    assert "LASKAR_RAWA" not in without
    assert "LASKAR_RAWA" in rest
    assert "menggempuh  id/assault-attack" in rest
    same = siaga(work, "overlay", "try", "Russia attacked Ukraine.", "--lang", "en").stdout.decode()
    assert "it is read as without" in same


def test_what_is_kept_is_read_with_the_overlay_and_explained_with_it(work: Path) -> None:
    assert siaga(work, "read", "-", "--save", "-f", "none", stdin=NEWS).returncode == 0
    [line] = siaga(work, "events", "--actor", "laskar rawa biru", "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert found["event"]["place"]["name"] == "Waimiting"
    assert "+" in found["article"]["reader"]
    assert b"Rawa Biru Militia" in siaga(work, "events", "--by", "actor").stdout
    explained = siaga(work, "explain", found["event"]["id"], "--format", "json")
    assert json.loads(explained.stdout)["event"] == found["event"]


def test_what_is_not_kept_is_read_with_the_overlay_of_a_workspace_that_is_named(work: Path, tmp_path: Path) -> None:
    plain, own = (
        json.loads(siaga(tmp_path, "read", "-", "-f", "jsonl", *more, stdin=NEWS).stdout)
        for more in ((), ("-w", str(work)))
    )
    assert plain["events"] == []
    assert [event["actors"][0]["code"] for event in own["events"]] == ["LASKAR_RAWA"]
    assert own["article"]["reader"].startswith(plain["article"]["reader"] + "+")


def test_what_was_kept_before_is_read_again_with_rows_that_came_later_and_stays_corrected(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    assert siaga(tmp_path, "read", "-", "--save", "-f", "none", stdin=NEWS).returncode == 0
    assert siaga(tmp_path, "events", "--format", "jsonl").stdout == b""
    assert b"0 articles" in siaga(tmp_path, "reread", "--lang", "en").stderr
    for name, row in (
        ("lang/id/lexicon/events.csv", "lemma,forms,rule\ngempuh,v,assault-attack\n"),
        ("actors/groups.csv", "code,sector,name_id\nLASKAR_RAWA,REB,Laskar Rawa Biru\n"),
    ):
        (tmp_path / "overlay" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "overlay" / name).write_text(row, "utf-8")
    [change] = json.loads(siaga(tmp_path, "reread", "--format", "jsonl").stdout)["changes"]
    assert (change["kind"], change["after"]["type"]) == ("added", "ASSAULT")
    assert [party["code"] for party in change["after"]["actors"]] == ["LASKAR_RAWA"]
    event = change["after"]["id"]
    assert siaga(tmp_path, "correct", "edit", event, "--status", "denied", "--by", "ani").returncode == 0
    (tmp_path / "overlay/actors/groups.csv").write_text("code,sector,name_id\nLRB,REB,Laskar Rawa Biru\n", "utf-8")
    assert b"1 articles" in siaga(tmp_path, "reread", "--lang", "en").stderr
    [kept] = map(json.loads, siaga(tmp_path, "events", "--format", "jsonl").stdout.splitlines())
    assert (kept["event"]["status"], kept["event"]["corrected"]["by"]) == ("denied", "ani")


def test_an_overlay_that_cannot_be_right_stops_reading_before_it_begins(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "work")
    (folder / "overlay/actors/groups.csv").write_text("code,sector,name_id\nLASKAR,REBB,Laskar\n", "utf-8")
    for arguments in (("read", "-", "--save"), ("read", "-", "-w", "."), ("overlay", "try", TEXT), ("overlay", "list")):
        refused = siaga(folder, *arguments, stdin=NEWS)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert b"groups.csv:2: sector: no sector 'REBB'. Did you mean REB?" in refused.stderr
    checked = siaga(folder, "overlay", "check")
    assert checked.returncode == 1
    assert b"groups.csv:2: sector: no sector 'REBB'" in checked.stdout


def test_what_of_ours_no_longer_holds_together_stops_reading_before_it_begins(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    (tmp_path / "overlay/places").mkdir()
    (tmp_path / "overlay/places/countries.csv").write_text("code,remove\nIDN,true\n", "utf-8")
    refused = siaga(tmp_path, "read", "-", "--save", stdin=NEWS)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"no country 'IDN' in places/countries.csv" in refused.stderr


def test_an_unknown_file_is_refused_with_the_one_that_was_meant(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    for name, meant in (("actors/group.csv", "actors/groups.csv"), ("events.csv", "lang/en/lexicon/events.csv")):
        path = tmp_path / "overlay" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", "utf-8")
        refused = siaga(tmp_path, "overlay", "check")
        assert (refused.returncode, f"Did you mean {meant}?" in refused.stderr.decode()) == (2, True)
        path.unlink()
    (tmp_path / "overlay/.groups.csv.swp").write_text("", "utf-8")
    assert siaga(tmp_path, "overlay", "check").returncode == 0


def test_a_file_that_is_no_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    (tmp_path / "overlay/actors").mkdir()
    (tmp_path / "overlay/actors/groups.csv").write_bytes(b"code,sector,name_id\nX,REB,Caf\xe9\n")
    refused = siaga(tmp_path, "overlay", "check")
    assert b"groups.csv:2: expected UTF-8, met the byte 0xe9" in refused.stderr


def test_processes_that_are_given_the_overlay_read_with_it(work: Path) -> None:
    overlay = load_overlay(work / "overlay", languages())
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning, initializer=use_overlay, initargs=(overlay,)) as pool:
        article = Article(id="a", language="id", published="2026-02-10", text=TEXT)
        reading = pool.submit(read_article, article).result()
    assert [party.code for event in reading.events for party in event.actors] == ["LASKAR_RAWA"]
    assert read_article(article).events == ()
