"""Keeping what was read: `siaga init`, `read --save`, `events`, `search`, `export` and `seal` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from siaga.base.document import Reading
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.workspace import Workspace, find_workspace

NEWS = (
    {"id": "a", "text": "Rusia menyerang Ukraina pada Senin.", "date": "2021-11-30", "source": "Warta Uji",
     "lang": "id", "title": "Serangan"},
    {"id": "b", "text": "NATO ministers met in Riga, Latvia, on Tuesday.", "date": "2021-12-01", "source": "=cmd()",
     "lang": "en"},
    {"id": "c", "text": "Rusia mengerahkan ribuan tentara di perbatasan Ukraina.", "date": "2021-12-10",
     "source": "Warta Uji", "lang": "id"},
)  # fmt: skip


def siaga(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command, env = [sys.executable, "-m", "siaga", *arguments], os.environ | {"COLUMNS": "140"} | environment
    return subprocess.run(command, input=stdin, cwd=folder, env=env, capture_output=True, check=False)


def lines(articles: Iterable[dict[str, str]]) -> bytes:
    return b"\n".join(json.dumps(article).encode() for article in articles)


def kept(folder: Path) -> Path:
    """A workspace in which the news is kept."""
    folder.mkdir(exist_ok=True)
    assert siaga(folder, "init").returncode == 0
    assert siaga(folder, "read", "-", "--save", "-f", "none", stdin=lines(NEWS)).returncode == 0
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("work"))


def test_init_makes_a_workspace_and_again_changes_nothing(tmp_path: Path) -> None:
    first = siaga(tmp_path, "init", "watch")
    (tmp_path / "watch/siaga.toml").write_text("[store]\nbatch = 3\n", "utf-8")
    second = siaga(tmp_path, "init", "watch")
    assert (first.returncode, second.returncode, first.stdout) == (0, 0, f"{tmp_path / 'watch'}\n".encode())
    assert (tmp_path / "watch/siaga.toml").read_text("utf-8") == "[store]\nbatch = 3\n"


def test_saving_prints_what_reading_prints_and_a_line_on_standard_error(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    plain = siaga(tmp_path, "read", "-", "-f", "jsonl", stdin=lines(NEWS))
    saving = siaga(tmp_path, "read", "-", "-f", "jsonl", "--save", stdin=lines(NEWS))
    assert saving.stdout == plain.stdout
    assert saving.stderr.startswith(b"saved: 3 new articles with ")
    with reading_from(Workspace(folder=tmp_path)) as connection:
        for line in plain.stdout.splitlines():
            printed = Reading.from_json(line)
            assert load_reading(connection, printed.article.id) == printed


def test_the_same_again_reads_only_what_is_new(tmp_path: Path) -> None:
    kept(tmp_path)
    news = (*NEWS, {"id": "d", "text": "Iran attacked Israel on Friday."})
    again = siaga(tmp_path, "read", "-", "-f", "jsonl", "--save", "-l", "id", stdin=lines(news))
    assert [json.loads(line)["article"]["id"] for line in again.stdout.splitlines()] == ["d"]
    assert again.stderr.startswith(b"disimpan: 1 artikel baru")
    assert b"sudah ada: 3; ditolak: 0" in again.stderr
    assert siaga(tmp_path, "read", "-", "-f", "none", "--save", stdin=lines(news)).returncode == 0


def test_rejects_are_told_and_kept(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    result = siaga(tmp_path, "read", "-", "--save", stdin=b'{"id": "x"}\n')
    assert (result.returncode, result.stderr.count(b"rejected")) == (1, 2)
    with reading_from(Workspace(folder=tmp_path)) as connection:
        assert connection.execute("SELECT stage, id, reason FROM reject").fetchall() == [
            ("collect", "-:1", "missing_field")
        ]


def test_another_text_under_a_stored_id_is_told(tmp_path: Path) -> None:
    kept(tmp_path)
    other = lines([NEWS[0] | {"text": "Iran attacked Israel on Friday."}])
    result = siaga(tmp_path, "read", "-", "-f", "none", "--save", stdin=other)
    assert result.stderr.startswith(b"rejected a: id_taken: another text is stored under this id")


def test_articles_of_another_reader_are_told_of(tmp_path: Path) -> None:
    kept(tmp_path)
    with writing_to(Workspace(folder=tmp_path)) as connection:
        connection.execute("UPDATE reading SET reader = 'siaga 0.0.1 id-0'")
    result = siaga(tmp_path, "read", "-", "-f", "none", "--save", stdin=lines(NEWS))
    assert b"3 stored articles were read by another version of the reader" in result.stderr


def test_an_interrupted_reading_keeps_what_was_read_and_goes_on_later(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    many = lines({"id": f"a{number}", "text": NEWS[0]["text"]} for number in range(1500))
    (tmp_path / "news.jsonl").write_bytes(many)
    command = [sys.executable, "-m", "siaga", "read", "news.jsonl", "--save", "-f", "jsonl"]
    with (
        (tmp_path / "errors").open("wb") as told,
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=told) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate()
        assert process.returncode == 128 + signal.SIGINT
    errors = (tmp_path / "errors").read_bytes()
    assert errors.startswith(b"saved: ")
    assert b"Traceback" not in errors
    rest = siaga(tmp_path, "read", "news.jsonl", "--save", "-f", "none")
    assert rest.returncode == 0
    with reading_from(Workspace(folder=tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM article").get == 1500


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("read", "-", "-f", "none"), 2, "expected --save"),
        (("read", "-", "-w", "."), 2, "siaga init ."),
        (("read", "-", "--save"), 2, "siaga init"),
        (("events",), 2, "siaga init"),
        (("search", "x", "-w", "nowhere"), 2, "nowhere is no workspace"),
        (("export", "-f", "parquet"), 2, "--output"),
        (("events", "--actor", "Rusiaa"), 2, "unknown actor 'Rusiaa'. Did you mean RUS?"),
        (("events", "--type", "mobilise"), 2, "unknown type 'mobilise'. Did you mean MOBILIZE?"),
        (("events", "--status", "hapened"), 2, "Did you mean happened?"),
        (("events", "--by", "wek"), 2, "unknown key 'wek'. Did you mean week?"),
        (("events", "--country", "qqqq"), 2, "unknown country 'qqqq'."),
        (("events", "--since", "soon"), 2, "--since"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], code: int, told: str, tmp_path: Path) -> None:
    result = siaga(tmp_path, *arguments, stdin=lines(NEWS))
    assert (result.returncode, told in " ".join(result.stderr.decode().split())) == (code, True), result.stderr
    assert b"Traceback" not in result.stderr


def test_wrong_settings_are_told(tmp_path: Path) -> None:
    kept(tmp_path)
    assert b"Did you mean SIAGA_STORE_WAIT?" in siaga(tmp_path, "events", SIAGA_STORE_WAYT="3").stderr
    (tmp_path / "siaga.toml").write_text("[store]\nwayt = 3\n", "utf-8")
    assert siaga(tmp_path, "events").returncode == 2


def test_a_second_writer_ends_with_a_code_of_its_own(tmp_path: Path) -> None:
    kept(tmp_path)
    with writing_to(Workspace(folder=tmp_path)):
        result = siaga(tmp_path, "read", "-", "--save", stdin=lines(NEWS), SIAGA_STORE_WAIT="0")
    assert result.returncode == 75
    assert f"process {os.getpid()} is writing here".encode() in result.stderr


def test_a_damaged_segment_ends_with_a_code_of_its_own_and_is_made_again(tmp_path: Path) -> None:
    kept(tmp_path)
    assert siaga(tmp_path, "seal").stdout.count(b" events, ") == 1
    [segment] = (tmp_path / "segments").iterdir()
    segment.write_bytes(b"\0" * segment.stat().st_size)
    assert siaga(tmp_path, "events").returncode == 65
    assert (checked := siaga(tmp_path, "seal", "--check")).returncode == 65
    assert segment.name.encode() in checked.stdout
    assert siaga(tmp_path, "seal", "--rebuild").returncode == 0
    assert siaga(tmp_path, "seal", "--check").returncode == 0
    assert siaga(tmp_path, "events").returncode == 0


def test_a_workspace_is_found_from_below_and_by_its_name(work: Path) -> None:
    (work / "below").mkdir(exist_ok=True)
    assert siaga(work / "below", "events", "-f", "csv").stdout.count(b"\n") > 2
    assert siaga(Path("/"), "events", "-f", "csv", SIAGA_WORKSPACE=str(work)).stdout.count(b"\n") > 2
    assert find_workspace(None, {}, work / "below").folder == work


def listed(work: Path, *arguments: str) -> list[dict[str, str]]:
    result = siaga(work, "events", "-f", "csv", *arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    return list(csv.DictReader(io.StringIO(result.stdout.decode())))


def test_events_are_listed_newest_first(work: Path) -> None:
    days = [row["earliest"] or row["published"] for row in listed(work)]
    assert days == sorted(days, reverse=True)
    assert {row["article"] for row in listed(work)} == {"a", "b", "c"}


def test_names_and_codes_mean_the_same(work: Path) -> None:
    rows = listed(work, "--actor", "RUS", "--recipient", "UKR")
    assert rows
    assert rows == listed(work, "--actor", "Rusia", "--recipient", "ukraine")
    assert all(("RUS" in row["actors"], "UKR" in row["recipients"]) == (True, True) for row in rows)


def test_an_event_is_found_by_its_id_in_the_shape_of_the_contract(work: Path) -> None:
    wanted = listed(work)[0]
    [line] = siaga(work, "events", "--id", wanted["id"], "-f", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert (found["event"]["id"], found["article"]["id"], found["part"]) == (wanted["id"], wanted["article"], "body")


def test_a_sources_formula_is_made_harmless(work: Path) -> None:
    assert {row["source"] for row in listed(work)} == {"Warta Uji", "'=cmd()"}
    assert b"\n'=cmd()," in siaga(work, "events", "--by", "source", "-f", "csv").stdout


def test_tables_speak_both_languages(work: Path) -> None:
    english = siaga(work, "events", "--by", "country,week", "--lang", "en").stdout.decode()
    indonesian = siaga(work, "events", "--by", "country,week", "--lang", "id").stdout.decode()
    assert "Week of" in english
    assert "Pekan mulai" in indonesian
    assert "serangan" in siaga(work, "events", "--lang", "id").stdout.decode()
    assert "Rusia → " in siaga(work, "events", "--by", "pair", "--lang", "id").stdout.decode()


def test_counts_for_programs(work: Path) -> None:
    rows = [json.loads(line) for line in siaga(work, "events", "--by", "type,month", "-f", "jsonl").stdout.splitlines()]
    assert {"type", "month", "events"} == set(rows[0])
    assert sum(row["events"] for row in rows) == len(listed(work))


def test_a_table_that_ends_where_nobody_asked_it_to_says_so(tmp_path: Path) -> None:
    siaga(tmp_path, "init")
    many = lines({"id": str(number), "text": NEWS[0]["text"]} for number in range(60))
    siaga(tmp_path, "read", "-", "--save", "-f", "none", stdin=many)
    assert siaga(tmp_path, "events").stderr == b"the first 50 rows are shown; --limit shows more\n"
    assert siaga(tmp_path, "events", "--limit", "50").stderr == b""
    assert siaga(tmp_path, "events", "-f", "jsonl").stdout.count(b"\n") == 60


def test_nothing_that_fits_is_said(work: Path) -> None:
    for arguments in (("--since", "2031-01-01"), ("--since", "2031-01-01", "--by", "week")):
        result = siaga(work, "events", *arguments)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"no such events are stored\n")


def test_search_marks_what_it_finds(work: Path) -> None:
    [line] = siaga(work, "search", "perbatasan", "tentar*", "-f", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert found["article"]["id"] == "c"
    assert [found["snippet"][mark["start"] : mark["end"]] for mark in found["marks"]] == ["tentara", "perbatasan"]
    assert siaga(work, "search", "ribuan tentara", "-f", "jsonl").stdout.count(b"\n") == 1
    assert siaga(work, "search", "tentara ribuan").stderr == b"nothing is found\n"
    shown = siaga(work, "search", "Riga").stdout.decode()
    assert "NATO ministers met in Riga" in shown
    assert siaga(work, "search", "nonesuch").stderr == b"nothing is found\n"


def test_a_raw_search_that_is_no_question_is_told(work: Path) -> None:
    assert siaga(work, "search", "--raw", "riga NOT nato").returncode == 0
    result = siaga(work, "search", "--raw", "AND (")
    assert (result.returncode, b"FTS5" in result.stderr) == (2, True)


def test_exports_hold_the_same_events(work: Path, tmp_path: Path) -> None:
    ids = {row["id"] for row in listed(work)}
    for name in ("out.csv", "out.jsonl", "out.parquet", "out.geojson"):
        result = siaga(work, "export", "-o", str(tmp_path / name))
        assert (result.returncode, result.stdout) == (0, b"")
    rows = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8")))
    assert {row["id"] for row in rows} == ids
    assert {json.loads(line)["event"]["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()} == ids
    assert {id_ for (id_,) in duckdb.read_parquet(str(tmp_path / "out.parquet")).project("id").fetchall()} == ids
    assert {path.name for path in tmp_path.iterdir()} == {"out.csv", "out.jsonl", "out.parquet", "out.geojson"}


def test_points_of_a_map_have_precision_and_sentence(work: Path) -> None:
    result = siaga(work, "export", "-f", "geojson")
    assert b" without coordinates were left out" in result.stderr
    collection = json.loads(result.stdout)
    assert collection["type"] == "FeatureCollection"
    riga = next(one for one in collection["features"] if one["properties"]["place"] == "Riga")
    longitude, latitude = riga["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (24, 57)
    assert riga["properties"]["precision"] == "city"
    assert riga["properties"]["sentence"] == NEWS[1]["text"]
    assert riga["properties"]["actors"] == ["NATO"]


def test_an_export_that_fails_leaves_the_old_file_in_place(work: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old", "utf-8")
    command = f"ulimit -f 0; '{sys.executable}' -m siaga export -w '{work}' -o out.csv"
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (74, b"could not write: File too large\n")
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("out.csv", "old")]


def test_output_of_data_is_utf_8_whatever_the_terminal_speaks(work: Path) -> None:
    for arguments in (("events", "--by", "pair", "-f", "csv"), ("export",), ("export", "-f", "geojson")):
        result = siaga(work, *arguments, PYTHONIOENCODING="ascii")
        assert result.returncode == 0
        result.stdout.decode("utf-8")


def test_explain_shows_the_sentence_the_rule_and_every_question(work: Path) -> None:
    [event] = [one for one in events(work, "--actor", "RUS", "--type", "ASSAULT") if one["part"] == "body"]
    shown = siaga(work, "explain", event["event"]["id"], "--lang", "en").stdout.decode()
    assert event["event"]["evidence"]["text"] in shown.replace("\n", " ")
    assert event["event"]["rule"] in shown
    for question in ("report an event?", "Did it happen?", "Who does it?", "To whom?"):
        assert question in shown
    assert "● " in shown


def test_explain_gives_programs_the_answers_that_were_possible(work: Path) -> None:
    [event] = [one for one in events(work, "--actor", "RUS", "--type", "ASSAULT") if one["part"] == "body"]
    found = json.loads(siaga(work, "explain", event["event"]["id"], "--format", "json").stdout)
    assert found["event"] == event["event"]
    steps = {step["question"]: step["answers"] for step in found["steps"]}
    assert {answer["answer"] for answer in steps["actor"] if answer["taken"]} == {"RUS"}
    assert all(0 <= answer["probability"] <= 1 for answers in steps.values() for answer in answers)
    assert [answer["answer"] for answer in steps["status"] if answer["taken"]] == ["happened"]


def test_explain_of_an_unknown_event_says_where_ids_come_from(work: Path) -> None:
    refused = siaga(work, "explain", "nothing", "--lang", "en")
    assert refused.returncode == 2
    assert b"siaga events" in refused.stderr


def events(folder: Path, *conditions: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in siaga(folder, "events", *conditions, "-f", "jsonl").stdout.splitlines()]
