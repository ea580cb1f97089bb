"""`siaga demo`, and what its archive promises of itself."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from siaga.base.document import Reading
from siaga.base.pack import asset
from siaga.base.window import days_back
from siaga.report.brief import brief
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.serve.cli.demo import TRY_NEXT, command, read_archive
from siaga.serve.cli.languages import LANGUAGES, preferred_language
from siaga.store.database import reading_from
from siaga.store.published import load_published
from siaga.store.workspace import find_workspace
from tests.unit.report.invented import event, reading
from tests.unit.store.shelves import put, workspace
from tools.build_demo import PLAIN, built, rows

MANIFEST = tuple(
    csv.DictReader(
        line for line in asset("demo", "manifest.csv").read_text("utf-8").splitlines() if not line.startswith("#")
    )
)
PAGES = {row["file"]: asset("demo", "pages", row["file"]).read_text("utf-8") for row in MANIFEST}
MOST_BYTES = 700_000


def test_the_archive_is_what_the_tool_writes_from_the_texts() -> None:
    for path, text in built().items():
        assert asset("demo", *path.split("/")).read_text("utf-8") == text, f"{path}: run tools/build_demo.py"


def test_the_manifest_names_every_page_and_no_other() -> None:
    assert sorted(PAGES) == sorted(file.name for file in asset("demo", "pages").iterdir())


def test_there_are_ninety_pages_in_at_least_six_layouts_and_small() -> None:
    assert len(MANIFEST) >= 90
    assert len({row["layout"] for row in MANIFEST}) >= 6
    assert sum(len(text.encode()) for text in PAGES.values()) < MOST_BYTES


def test_both_languages_have_about_half_and_every_kind_of_copy_is_there() -> None:
    languages = Counter(row["language"] for row in MANIFEST)
    assert min(languages["id"], languages["en"]) / len(MANIFEST) > 0.4
    relations = {(row["language"], row["relation"]) for row in MANIFEST}
    kinds = ("original", "wire", "exact", "near", "reworded", "translated")
    assert relations == {(language, relation) for language in ("id", "en") for relation in kinds}


def test_a_copy_comes_after_what_it_copies_and_a_translation_is_in_the_other_language() -> None:
    rows = {row["file"]: row for row in MANIFEST}
    for row in MANIFEST:
        if not row["of"]:
            assert row["relation"] in {"original", "wire"}
            continue
        origin = rows[row["of"]]
        assert row["published"] >= origin["published"]
        assert (row["language"] != origin["language"]) == (row["relation"] == "translated")
        assert (row["outlet"] != origin["outlet"]) or row["relation"] == "near"


@pytest.mark.parametrize("file", sorted(PAGES))
def test_every_page_says_that_it_was_written_for_the_demonstration(file: str) -> None:
    text = PAGES[file]
    assert re.search("Written for the Siaga demonstration|Ditulis untuk demo Siaga", text)
    assert file.endswith(".txt") or '<meta name="siaga-demo"' in text


@pytest.mark.parametrize("file", sorted(PAGES))
def test_every_address_is_an_invented_one(file: str) -> None:
    hosts = re.findall(r"https?://([^/\"\s]+)", PAGES[file])
    assert all(host.endswith(".example") or host in {"schema.org", "ogp.me"} for host in hosts)


def test_every_month_of_the_fifteen_has_a_page() -> None:
    months = {row["published"][:7] for row in MANIFEST}
    assert months == {f"{2021 + n // 12}-{n % 12 + 1:02d}" for n in range(15)}


def test_the_weekday_of_a_day_in_an_indonesian_page_is_right() -> None:
    """A wrong weekday would mislead whoever reads dates from it."""
    weekdays = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
    named = re.compile(rf"({'|'.join(weekdays)}) \((\d+)/(\d+)\)")
    found = 0
    for row in MANIFEST:
        for weekday, day, month in named.findall(PAGES[row["file"]]):
            year = int(row["published"][:4]) - (int(month) > int(row["published"][5:7]))
            assert weekdays[date(year, int(month), int(day)).weekday()] == weekday, row["file"]
            found += 1
    assert found > 50


def test_the_languages_offered_are_those_of_the_catalogues() -> None:
    assert catalogue_languages() == LANGUAGES


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_headings_follow_the_environment(environment: dict[str, str], language: str) -> None:
    assert preferred_language(environment) == language


def test_the_brief_looks_back_thirty_days_from_its_day(tmp_path: Path) -> None:
    days = ("2031-04-01", "2031-04-02T10:00:00+07:00", "2031-05-02", "2031-05-03")
    where = workspace(tmp_path)
    put(where, [*(reading(event(f"x{day}"), published=day) for day in days), reading(event("x"), published=None)])
    with reading_from(where) as connection:
        lately = tuple(load_published(connection, days_back(date(2031, 5, 2))))
    assert [one.article.published for one in lately] == list(days[1:3])


@pytest.fixture(scope="module")
def output() -> str:
    """What the command prints in Indonesian."""
    result = CliRunner().invoke(command, ["--lang", "id"], env={"COLUMNS": "140"})
    assert result.exit_code == 0, result.output
    return str(result.output)


def test_the_demo_says_first_that_its_pages_were_written_for_it(output: str) -> None:
    assert output.startswith(catalogue("id").say("demo.notice")[:60])


def test_the_demo_shows_table_timeline_and_brief(output: str) -> None:
    words = catalogue("id")
    for key in ("demo.table", "timeline.title", "brief.situation", "brief.changed", "brief.quotes"):
        assert words.say(key) in output


def test_a_terminal_without_the_signs_gets_question_marks_and_nothing_is_left_behind(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "siaga", "demo"], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"--keep siaga-demo" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the demo stays."""
    folder = tmp_path_factory.mktemp("demo") / "kept"
    result = CliRunner().invoke(command, ["--keep", str(folder), "--lang", "en"], env={"COLUMNS": "140"})
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def read(kept: Path) -> tuple[Reading, ...]:
    """What the archive says, from the store."""
    return read_archive(Console(file=StringIO()), "en", find_workspace(str(kept), {}, kept))


def test_what_is_kept_can_be_gone_on_with_as_the_demo_says(kept: Path) -> None:
    for line in TRY_NEXT:
        words = [*shlex.split(line), "-w", str(kept)]
        done = subprocess.run(
            [sys.executable, "-m", "siaga", *words], cwd=kept, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout or (kept / "brief.md").is_file()


def test_the_demo_again_in_its_folder_reads_nothing_anew(kept: Path, read: tuple[Reading, ...]) -> None:
    with reading_from(find_workspace(str(kept), {}, kept)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM article")
    assert count == len(read) == len(MANIFEST)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", "utf-8")
    result = CliRunner().invoke(command, ["--keep", str(tmp_path)])
    assert result.exit_code == 2
    assert "something else" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_the_demo_counts_by_pair_and_month(output: str) -> None:
    table = output.split(catalogue("id").say("demo.pairs"))[1]
    [row] = re.findall(r"^ ?Rusia → Ukraina +(.*)$", table, re.MULTILINE)
    assert len(row.split()) == 15
    assert sum(int(cell) for cell in row.split() if cell != "·") > 50


def test_the_demo_reads_every_page_and_finds_its_day_and_outlet(read: tuple[Reading, ...]) -> None:
    assert len(read) == len(MANIFEST)
    for reading_, row in zip(read, sorted(MANIFEST, key=lambda row: row["file"]), strict=True):
        article = reading_.article
        assert article.language == row["language"]
        assert article.source in {row["outlet"], None}, row["file"]
        if row["layout"] not in PLAIN:
            assert (article.published or "")[:10] == row["published"], row["file"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_footnote_of_the_demos_brief_is_a_sentence_of_a_page(read: tuple[Reading, ...], language: str) -> None:
    composed = brief(read, language)
    texts = {one.article.id: one.article.text for one in read}
    assert len(composed.notes) > 30
    for note in composed.notes:
        assert texts[note.article][note.start : note.end] == note.sentence
    assert all(line.notes for section in composed.sections for line in section.lines)


def test_no_sentence_of_the_demo_is_page_furniture(read: tuple[Reading, ...]) -> None:
    furniture = {row[language] for row in rows("words.csv") for language in LANGUAGES}
    idle = {row["title"] for row in rows("junk.csv")}
    for one in read:
        for event_ in one.events:
            assert event_.evidence.text not in idle
            assert not any(words in event_.evidence.text for words in furniture if len(words) > 20), (
                event_.evidence.text
            )


@pytest.mark.parametrize("arguments", [["--lang", "xx"], ["--until", "yesterday"], ["extra"]])
def test_wrong_usage_is_told_as_such(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.output
