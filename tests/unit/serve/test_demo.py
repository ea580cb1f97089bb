"""The demo archive: what it promises of itself."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date

import pytest

from siaga.base.pack import asset
from tools.build_demo import built

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
