"""`siaga link`, `stories`, `story` and `compare` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from siaga.serve.cli import main
from tests.unit.link.telling import ARTICLES, BLAST, EARLIER, SUMMIT

NASTY = '<script>alert("x")</script>'


def input_lines() -> bytes:
    rows = (
        {
            "id": one.id,
            "source": one.source,
            "lang": one.language,
            "date": one.published,
            "title": one.title,
            "text": one.text,
        }
        for one in ARTICLES
    )
    return b"\n".join(json.dumps(row).encode() for row in rows)


class Done(NamedTuple):
    """A command that was run in this process, where what it loads is loaded once."""

    returncode: int
    stdout: bytes
    stderr: bytes


def siaga(folder: Path, *arguments: str, stdin: bytes = b"") -> Done:
    result = CliRunner(env={"SIAGA_WORKSPACE": str(folder), "COLUMNS": "140", "LANG": "en"}).invoke(
        main, arguments, input=stdin
    )
    return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def output(done: Done) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose articles are linked."""
    folder = tmp_path_factory.mktemp("work")
    assert siaga(folder, "init", str(folder)).returncode == 0
    assert siaga(folder, "read", "-", "--save", "-f", "none", stdin=input_lines()).returncode == 0
    assert siaga(folder, "link").returncode == 0
    return folder


def test_linking_a_file_tells_articles_stories_and_incidents(tmp_path: Path) -> None:
    found = output(siaga(tmp_path, "link", "-", "--format", "jsonl", stdin=input_lines()))
    kinds = {kind: [one for one in found if one["kind"] == kind] for kind in ("article", "story", "incident")}
    assert {frozenset(one["articles"]) for one in kinds["story"]} == {BLAST, SUMMIT, EARLIER}
    stories = {article: one["id"] for one in kinds["story"] for article in one["articles"]}
    assert {one["id"]: one["story"] for one in kinds["article"]} == stories
    assert {one["story"] for one in kinds["incident"]} <= set(stories.values())
    contract = {
        "kind", "id", "type", "actors", "recipients", "place", "earliest", "latest", "events", "independent_sources",
        "status_history", "magnitude", "contradictions",
    }  # fmt: skip
    assert all(contract <= one.keys() for one in kinds["incident"])
    assert all({"title", "lineages", "independent_sources", "owners"} <= one.keys() for one in kinds["story"])


def test_the_store_tells_the_same_stories_and_again_the_same(work: Path) -> None:
    first, again = (siaga(work, "link", "--format", "jsonl") for _ in range(2))
    assert first.stdout == again.stdout
    told = {frozenset(one["articles"]) for one in output(first) if one["kind"] == "story"}
    assert told == {BLAST, SUMMIT, EARLIER}


def test_stories_are_listed_by_conditions(work: Path) -> None:
    found = output(siaga(work, "stories", "--min-articles", "2", "--actor", "france", "--format", "jsonl"))
    assert [set(one["articles"]) for one in found] == [set(SUMMIT)]
    assert b"Mosul" in siaga(work, "stories", "--type", "assault").stdout
    nothing = siaga(work, "stories", "--since", "2030-01-01", "--lang", "id")
    assert (nothing.returncode, nothing.stdout) == (0, b"")
    assert b"cerita" in nothing.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "What happened"), ("id", "Apa yang terjadi")])
def test_a_story_is_told_by_the_id_of_an_article_in_it(work: Path, language: str, words: str) -> None:
    done = siaga(work, "story", "blast-2", "--lang", language)
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert words in shown
    assert "Mosul" in shown
    page = json.loads(siaga(work, "story", "blast-2", "--format", "json").stdout)
    assert set(page["story"]["articles"]) == BLAST
    assert page["story"]["id"] in shown


def test_a_contradiction_is_shown(work: Path) -> None:
    shown = siaga(work, "story", "blast-1", "--lang", "en").stdout.decode()
    assert "contradiction in numbers" in shown


def test_an_unknown_story_and_an_article_in_none_are_told_apart(work: Path, tmp_path: Path) -> None:
    unknown = siaga(work, "story", "nothing")
    assert (unknown.returncode, b"siaga stories" in unknown.stderr) == (2, True)
    assert siaga(tmp_path, "init", str(tmp_path)).returncode == 0
    assert siaga(tmp_path, "read", "-", "--save", "-f", "none", stdin=input_lines()).returncode == 0
    unlinked = siaga(tmp_path, "story", "blast-1")
    assert (unlinked.returncode, b"siaga link" in unlinked.stderr) == (2, True)


def test_two_stored_articles_are_compared(work: Path) -> None:
    done = siaga(work, "compare", "blast-2", "blast-3")
    assert done.returncode == 0
    assert b"Mosul" in done.stdout
    told = json.loads(siaga(work, "compare", "blast-2", "blast-3", "--format", "json").stdout)
    assert told["one_story"] > 0.5
    assert (told["a"]["id"], told["b"]["id"]) == ("blast-2", "blast-3")


def test_files_are_compared_on_a_page_in_which_nothing_runs(tmp_path: Path) -> None:
    text = f"{ARTICLES[1].text}\nOfficials in Mosul said the market would open again next week. {NASTY}"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(f"{text}\nIt was the third attack this year.", "utf-8")
    files = str(tmp_path / "a.txt"), str(tmp_path / "b.txt")
    done = siaga(tmp_path, "compare", *files, "--format", "html", "-o", str(tmp_path / "page.html"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "<mark><sup>1</sup> <u>" in page
    assert "http" not in page


def test_an_article_is_not_compared_with_itself_or_with_nothing(work: Path) -> None:
    assert siaga(work, "compare", "blast-1", "blast-1").returncode == 2
    assert siaga(work, "compare", "blast-1", "no such article").returncode == 2


def test_two_outlets_of_one_group_are_one_independent_source(work: Path, tmp_path: Path) -> None:
    [unowned] = (one for one in linked(work) if one["kind"] == "story" and frozenset(one["articles"]) == BLAST)
    assert unowned["independent_sources"] == 2
    names = {"Warta Uji": "detikcom", "Harbour Review": "CNN Indonesia"}
    lines = input_lines().decode()
    for invented, name in names.items():
        lines = lines.replace(f'"{invented}"', f'"{name}"')
    assert siaga(tmp_path, "init", str(tmp_path)).returncode == 0
    assert siaga(tmp_path, "read", "-", "--save", "-f", "none", stdin=lines.encode()).returncode == 0
    stories = {frozenset(one["articles"]): one for one in linked(tmp_path) if one["kind"] == "story"}
    assert stories[BLAST]["independent_sources"] == 1
    assert stories[BLAST]["owners"] == ["CT Corp", "The Test Ledger"]


def test_a_workspace_says_itself_whom_its_sources_belong_to(tmp_path: Path) -> None:
    assert siaga(tmp_path, "init", str(tmp_path)).returncode == 0
    (tmp_path / "sources").mkdir(exist_ok=True)
    for id_, name in {"warta": "Warta Uji", "harbour": "Harbour Review"}.items():
        (tmp_path / "sources" / f"{id_}.toml").write_text(f'name = "{name}"\nowner = "Grup Uji"\n', "utf-8")
    assert siaga(tmp_path, "read", "-", "--save", "-f", "none", stdin=input_lines()).returncode == 0
    stories = {frozenset(one["articles"]): one for one in linked(tmp_path) if one["kind"] == "story"}
    assert stories[BLAST]["independent_sources"] == 1


def linked(folder: Path) -> list[dict[str, Any]]:
    return output(siaga(folder, "link", "--format", "jsonl"))
