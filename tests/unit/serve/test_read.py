"""`siaga read` as a user runs it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.collect.archive import Row, address, archive

PAGE = """Warta Uji - Menteri luar negeri anggota NATO menggelar pertemuan di Riga, Latvia, pada Selasa (30/11/2021).
Rusia menyerang Ukraina pada Senin, kata Menteri Pertahanan Ukraina kepada AFP."""


def siaga(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "siaga", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_json_lines_keep_every_field_of_the_contract() -> None:
    result = siaga("read", "-", "--format", "jsonl", stdin=PAGE.encode())
    [line] = result.stdout.splitlines()
    reading = json.loads(line)
    assert set(reading) == {"article", "events", "title_events", "quotes", "forecasts"}
    assert reading["article"]["url"] is None
    assert reading["article"]["reader"].startswith("siaga 0.")
    assert {event["type"] for event in reading["events"]} >= {"CONSULT", "ASSAULT"}
    for event in reading["events"]:
        evidence = event["evidence"]
        assert evidence["text"] == reading["article"]["text"][evidence["start"] : evidence["end"]]


def test_csv_has_a_row_an_event_and_no_formula() -> None:
    article = {"id": "=1+1", "lang": "en", "date": "2021-11-30", "text": "Russia attacked Ukraine on Monday."}
    result = siaga("read", "-", "--format", "csv", stdin=json.dumps(article).encode())
    [row] = csv.DictReader(io.StringIO(result.stdout.decode()))
    assert row["article"] == "'=1+1"
    assert (row["type"], row["actors"], row["recipients"]) == ("ASSAULT", "RUS", "UKR")


def test_a_table_shows_the_sentence() -> None:
    result = siaga("read", "-", stdin=PAGE.encode())
    assert result.returncode == 0
    assert "CONSULT" in result.stdout.decode()


def test_the_table_speaks_indonesian_when_asked() -> None:
    shown = siaga("read", "-", "--lang", "id", stdin=PAGE.encode()).stdout.decode()
    assert "terjadi" in shown
    assert "happened" not in shown


def test_folders_gzip_and_bad_files_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "x", "text": "Iran attacked Israel."}\n{broken\n'))
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "d.txt").touch()
    result = siaga("read", str(tmp_path), "--format", "jsonl")
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 2
    reasons = {line.split(": ")[1] for line in result.stderr.decode().splitlines() if line.startswith("rejected")}
    assert reasons == {"broken_json", "binary", "empty"}


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("read", "-"), b"", 1),
        (("read", "no/such/file.txt"), b"", 1),
        (("read", "-"), b"\x00\x01\x02" * 400, 1),
        (("read",), b"", 2),
        (("read", "-", "--format", "yaml"), b"", 2),
        (("reed", "-"), b"", 2),
    ],
)  # fmt: skip
def test_exit_codes_tell_what_happened(arguments: tuple[str, ...], stdin: bytes, code: int) -> None:
    result = siaga(*arguments, stdin=stdin)
    assert result.returncode == code
    assert b"Traceback" not in result.stderr


def test_a_language_without_a_pack_is_marked() -> None:
    text = (
        "Le président français a rencontré mardi le chancelier allemand à Berlin pour discuter de la crise en Ukraine."
    )
    [line] = siaga("read", "-", "--format", "jsonl", stdin=text.encode()).stdout.splitlines()
    reading = json.loads(line)
    assert "unsupported_language" in reading["article"]["warnings"]
    assert reading["events"] == []


@pytest.mark.parametrize("options", [(), ("--lane", "archive"), ("--untrusted",), ("--lane", "archive", "--untrusted")])
def test_a_web_archive_is_read_by_every_lane_and_broken_records_are_told(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive([Row(1), Row(2, "bits"), Row(3)], zipped=True))
    result = siaga("read", str(path), "--format", "jsonl", *options)
    read = [json.loads(line)["article"] for line in result.stdout.splitlines()]
    assert [article["url"] for article in read] == [address(1), address(3)]
    assert all(article["title"] and article["language"] == "id" for article in read)
    assert result.stderr.decode().count("rejected") == 1
    assert f"{address(2)}: broken_record:" in result.stderr.decode()
