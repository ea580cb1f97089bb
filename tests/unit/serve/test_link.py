"""`siaga link` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from siaga.base.pack import asset
from tests.unit.serve.test_keep import siaga

PAGES = Path(str(asset("demo"))) / "pages"
FILES = (
    "2021-11-02-burns-in-moscow.html",
    "2021-11-04-direktur-cia-terjemahan.html",
    "2021-07-05-setahun-ia-cepa.html",
)
SHAPE = {"kind", "id", "story", "lineage", "relation", "copied_from", "probability"}


def paths() -> list[str]:
    return [str(PAGES / name) for name in FILES]


def objects(out: bytes) -> list[dict[str, Any]]:
    """The lines of articles; those of stories and incidents are test_stories.py's."""
    return [one for one in map(json.loads, out.splitlines()) if one["kind"] == "article"]


def test_each_article_has_a_line_in_its_order_and_a_copy_says_of_what(tmp_path: Path) -> None:
    done = siaga(tmp_path, "link", *paths(), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    first, second, third = objects(done.stdout)
    assert [set(one) for one in (first, second, third)] == [SHAPE] * 3
    assert (first["relation"], first["copied_from"], first["kind"]) == ("original", None, "article")
    assert (second["relation"], second["copied_from"]) == ("translated", first["id"])
    assert second["lineage"] == first["lineage"] != third["lineage"]
    assert third["relation"] == "original"
    assert b"3 articles -> 2 texts; 1 copy\n" in done.stderr


def test_the_table_shows_families_as_trees_in_both_languages(tmp_path: Path) -> None:
    done = siaga(tmp_path, "link", *paths(), "--lang", "id")
    head, origin, copy = done.stdout.decode().splitlines()
    assert head == "Satu teks, 2 artikel"
    assert origin.startswith("  asli: Northgate Dispatch")
    assert copy.startswith("    terjemahan (0.9")


def test_no_copies_is_said(tmp_path: Path) -> None:
    done = siaga(tmp_path, "link", paths()[0])
    assert done.stdout.decode().strip() == "No article here is a copy of another."


def test_what_can_not_be_read_is_told_and_nothing_to_link_is_an_exit_code(tmp_path: Path) -> None:
    done = siaga(tmp_path, "link", "nowhere.html")
    assert done.returncode == 1
    assert b"rejected nowhere.html: not_found" in done.stderr
    assert b"no articles to link" in done.stderr


def test_paths_and_a_workspace_together_are_refused(tmp_path: Path) -> None:
    assert siaga(tmp_path, "init").returncode == 0
    done = siaga(tmp_path, "link", paths()[0], "-w", ".")
    assert done.returncode == 2
    assert b"Either PATH or --workspace" in done.stderr


def test_a_workspace_is_linked_once_and_shown_again(tmp_path: Path) -> None:
    assert siaga(tmp_path, "init").returncode == 0
    assert siaga(tmp_path, "link").returncode == 1
    assert siaga(tmp_path, "read", *paths(), "--save", "-f", "none").returncode == 0
    first = siaga(tmp_path, "link", "-f", "jsonl")
    again = siaga(tmp_path, "link", "-w", ".", "-f", "jsonl")
    assert (first.returncode, first.stdout) == (0, again.stdout)
    assert [one["relation"] for one in objects(first.stdout)] == ["original", "translated", "original"]
