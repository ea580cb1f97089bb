"""What is forgotten is gone from every byte of the workspace; sources and their health, by command."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siaga.monitor.series import load_series, series_of
from siaga.serve.cli import main
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.corrections import load_corrections
from siaga.store.database import now, reading_from, writing_to
from siaga.store.jobs import Counts, count
from siaga.store.segments import check, manifest, seal
from siaga.store.series import counting, unit_of, units_fed
from tests.unit.collect.webserver import Given, article_page
from tests.unit.serve.test_gather import Shelf, collected, hours_pass, rows, shelved, with_its_file

MARK = "Kepiting Ungu"


def siaga(shelf: Shelf, *words: str, input_: str | None = None) -> Result:
    result = CliRunner().invoke(main, [*words, "-w", str(shelf.folder)], input=input_)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def everything(folder: Path) -> bytes:
    """Every byte of a workspace, gzip unpacked."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths)


@pytest.mark.parametrize("by", ["id", "address", "source"])
def test_what_is_forgotten_is_gone_from_every_file_and_never_comes_back(tmp_path: Path, by: str) -> None:
    with shelved(tmp_path, 4) as shelf:
        path = shelf.folder / "siaga.toml"
        path.write_text(path.read_text("utf-8").replace("# archive = false", "archive = true"), "utf-8")
        shelf.site.put(shelf.path(1), Given(article_page(1, f"Kapal {MARK} ditembaki Rusia pada Senin.")))
        with_its_file(shelf)
        collected(shelf)
        shelf.site.put(shelf.path(1), Given(article_page(1, f"Kapal {MARK} kembali ditembaki Rusia.")))
        hours_pass(shelf)
        collected(shelf)
        [(id_,)] = rows(shelf, "SELECT article FROM page WHERE url LIKE '%nomor-1'")
        [(event,)] = rows(shelf, f"SELECT id FROM event WHERE record LIKE '%{MARK}%' LIMIT 1")  # noqa: S608
        assert siaga(shelf, "correct", "wrong", str(event), "--note", MARK).exit_code == 0
        with writing_to(shelf.where) as connection:
            seal(shelf.where, connection, now())
        assert everything(shelf.folder).count(MARK.encode()) >= 4
        named = {"id": str(id_), "address": shelf.url(1), "source": "uji"}[by]
        assert siaga(shelf, "forget", named, input_="n\n").exit_code == 0
        assert rows(shelf, "SELECT count(*) FROM article") == [(4,)]
        told = siaga(shelf, "forget", named, "--yes")
        assert (told.exit_code, "articles and" in told.stdout) == (0, True), told.output
        assert MARK.encode() not in everything(shelf.folder)
        assert MARK.split(maxsplit=1)[0].lower().encode() not in (shelf.folder / "siaga.db").read_bytes()
        left = 0 if by == "source" else 3
        assert rows(shelf, "SELECT count(*) FROM article") == [(left,)]
        with reading_from(shelf.where) as connection, analysing(shelf.where, connection) as engine:
            assert check(shelf.where, connection) == ()
            assert load_corrections(connection, str(id_)) == ()
            assert (
                sum(one.events for one in count_events(engine, ("type",), Selection()))
                == rows(shelf, "SELECT count(*) FROM event WHERE part = 'body'")[0][0]
            )
            assert manifest(connection)
        hours_pass(shelf)
        asked = shelf.site.asked[shelf.path(1)]
        collected(shelf)
        assert shelf.site.asked[shelf.path(1)] == asked
        (tmp_path / "page.html").write_bytes(article_page(1, f"Kapal {MARK} kembali ditembaki Rusia."))
        told = siaga(shelf, "read", str(tmp_path / "page.html"), "--save", "--format", "none")
        assert "forgotten" in told.stderr
        assert rows(shelf, "SELECT count(*) FROM article") == [(left,)]


def test_texts_versions_and_archives_go_when_they_are_as_old_as_the_settings_say(tmp_path: Path) -> None:
    with shelved(tmp_path, 2) as shelf:
        with_its_file(shelf)
        collected(shelf)
        (shelf.folder / "archive").mkdir()
        old = shelf.folder / "archive" / "siaga-1.warc.gz"
        old.write_bytes(gzip.compress(b"x"))
        os.utime(old, (time.time() - 40 * 86_400,) * 2)
        with writing_to(shelf.where) as connection:
            connection.execute("UPDATE article SET saved = '2021-01-01T00:00:00Z' WHERE url LIKE '%nomor-0'")
        assert "removed" not in siaga(shelf, "collect").stderr  # nothing goes that no setting names
        assert "0 texts, 0 earlier versions, 0 files" in siaga(shelf, "forget", "--expired").stdout
        assert old.exists()
        path = shelf.folder / "siaga.toml"
        days = "[retention]\ntext_days = 30\nversion_days = 30\narchive_days = 30\n"
        path.write_text(path.read_text("utf-8").replace("[retention]\n", days), "utf-8")
        assert "removed: 1 texts, 0 earlier versions, 1 files" in siaga(shelf, "collect").stderr
        assert not old.exists()
        assert "0 texts" in siaga(shelf, "forget", "--expired").stdout
        assert rows(shelf, "SELECT count(*) FROM article WHERE text = ''") == [(1,)]
        assert rows(shelf, "SELECT count(*) FROM article_words WHERE article_words MATCH 'keamanan'") == [(1,)]
        assert siaga(shelf, "reread", "--all").exit_code == 0
        assert rows(shelf, "SELECT count(*) > 1 FROM event") == [(1,)]
        hours_pass(shelf)
        collected(shelf)
        assert rows(shelf, "SELECT count(*) FROM article WHERE text = ''") == [(1,)]


def test_forgetting_what_is_not_there_says_so(tmp_path: Path) -> None:
    with shelved(tmp_path, 1) as shelf:
        assert siaga(shelf, "forget", "0123456789abcdef", "--yes").exit_code == 1
        assert siaga(shelf, "forget").exit_code == 2


def test_exports_carry_no_full_text(tmp_path: Path) -> None:
    with shelved(tmp_path, 2) as shelf:
        collected(shelf)
        [(text,)] = rows(shelf, "SELECT text FROM article LIMIT 1")
        for kind in ("csv", "jsonl", "geojson", "gdelt", "parquet"):
            out = tmp_path / f"out.{kind}"
            assert siaga(shelf, "export", "--format", kind, "-o", str(out)).exit_code == 0
            written = out.read_bytes()
            assert str(text).encode() not in written


def test_a_source_is_added_shown_checked_exported_and_removed(tmp_path: Path) -> None:
    with shelved(tmp_path, 3) as shelf:
        added = siaga(shelf, "sources", "add", f"{shelf.base}/feed", "--id", "uji", "--owner", "Grup Uji")
        assert (added.exit_code, "uji" in added.stdout) == (0, True), added.output
        assert "already" in siaga(shelf, "sources", "add", f"{shelf.base}/feed").stderr
        assert siaga(shelf, "sources", "add", f"{shelf.base}/nowhere").exit_code == 1
        assert siaga(shelf, "sources", "add", "nothing-of-the-kind").exit_code == 2
        assert "Grup Uji" in siaga(shelf, "sources", "list").stdout
        assert '"owner":"Grup Uji"' in siaga(shelf, "sources", "list", "--format", "jsonl").stdout
        assert "Antara" in siaga(shelf, "sources", "list", "--catalogue").stdout
        assert siaga(shelf, "sources", "check").exit_code == 0
        shelf.site.put("/feed", Given(b"", 404))
        broken = siaga(shelf, "sources", "check", "--lang", "id")
        assert (broken.exit_code, "http_404" in broken.stdout) == (1, True)
        opml = siaga(shelf, "sources", "export").stdout
        (tmp_path / "feeds.opml").write_text(opml, "utf-8")
        assert siaga(shelf, "sources", "remove", "uji").exit_code == 0
        assert siaga(shelf, "collect").exit_code == 2
        assert siaga(shelf, "sources", "import", str(tmp_path / "feeds.opml")).exit_code == 0
        assert f"{shelf.base}/feed" in siaga(shelf, "sources", "list", "--format", "jsonl").stdout


def test_an_article_is_shown_with_its_versions(tmp_path: Path) -> None:
    with shelved(tmp_path, 2) as shelf:
        collected(shelf)
        shelf.site.put(shelf.path(1), Given(article_page(1, "Tambahan redaksi.")))
        hours_pass(shelf)
        collected(shelf)
        assert "Tambahan redaksi" in siaga(shelf, "article", shelf.url(1)).stdout
        shown = siaga(shelf, "article", shelf.url(1), "--versions").stdout
        assert "+JAKARTA" in shown
        assert "-JAKARTA" in shown
        assert '"versions":[' in siaga(shelf, "article", shelf.url(1), "--versions", "--format", "json").stdout
        assert siaga(shelf, "article", "ffff").exit_code == 2


def test_a_silent_source_is_told_and_marks_the_series_that_it_feeds(tmp_path: Path) -> None:
    with shelved(tmp_path, 30) as shelf:
        source = with_its_file(shelf)
        collected(shelf, source)
        with writing_to(shelf.where) as connection:
            spread = "UPDATE article SET day = date('now', '-' || (3 + seq % 10) || ' days'), published = NULL"
            connection.execute(spread)
            connection.execute("UPDATE event SET day = (SELECT day FROM article WHERE seq = event.article)")
            for back in range(1, 20):
                [(day,)] = connection.execute("SELECT date('now', ?)", (f"-{back} days",)).fetchall()
                count(connection, "uji", str(day), Counts(looks=1))
        path = shelf.folder / "sources/uji.toml"
        path.write_text(path.read_text("utf-8") + "expected = 30.0\n", "utf-8")
        told = siaga(shelf, "collect")
        assert "uji: silent on" in told.stderr
        status = siaga(shelf, "sources", "status", "--format", "jsonl").stdout
        assert '"state":"silent"' in status
        assert "silent" in siaga(shelf, "sources", "status").stdout
        assert "feeds RUS" in siaga(shelf, "sources", "show", "uji").stdout
        assert "uji is silent" in siaga(shelf, "doctor").stdout
        with series_of(shelf.where) as stored:
            failed = load_series(stored, unit_of("RUS"), "all").failed
            assert failed is not None
            assert failed[0].any()
        with reading_from(shelf.where) as connection, counting(shelf.where, connection) as engine:
            assert "RUS" in {unit for unit, _, _ in units_fed(engine, ["Warta Uji"], 5)}


def test_the_doctor_finds_a_damaged_segment_and_a_clock_that_was_set_back(tmp_path: Path) -> None:
    with shelved(tmp_path, 2) as shelf:
        collected(shelf)
        well = siaga(shelf, "doctor")
        assert (well.exit_code, "✗" in well.stdout) == (0, False)
        with writing_to(shelf.where) as connection:
            seal(shelf.where, connection, now())
            connection.execute("UPDATE article SET saved = '2099-01-01T00:00:00Z'")
        for file in (shelf.folder / "segments").glob("*.parquet"):
            file.write_bytes(file.read_bytes()[:-1])
        ill = siaga(shelf, "doctor", "--lang", "id")
        assert ill.exit_code == 1
        assert "siaga seal --rebuild" in ill.stdout
        assert "2099-01-01" in ill.stdout


def test_addresses_feeds_and_lists_of_addresses_are_read(tmp_path: Path) -> None:
    with shelved(tmp_path, 2) as shelf:
        read = siaga(shelf, "read", shelf.url(1), "--format", "jsonl")
        assert (read.exit_code, shelf.url(1) in read.stdout) == (0, True)
        feed = siaga(shelf, "read", f"{shelf.base}/feed", "--save", "--format", "none")
        assert "2 new articles" in feed.stderr
        (tmp_path / "urls.txt").write_text(f"{shelf.url(0)}\n{shelf.url(1)}\n", "utf-8")
        assert siaga(shelf, "read", str(tmp_path / "urls.txt"), "--format", "jsonl").stdout.count("\n") == 2
        assert siaga(shelf, "read", "http://10.0.0.1/").exit_code == 1
