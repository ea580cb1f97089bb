"""A month of the demo archive on both stores: every command says the same, and every page shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from siaga.serve.cli import main
from siaga.serve.web.app import application
from siaga.store.workspace import find_workspace
from tests.server import Server

MONTH = "2022-02"
ADDRESS = "http://127.0.0.1:8000"
STORY = re.compile(r'"id": ?"(?P<id>[0-9a-f]{16})"')
SEAL = re.compile(r'value="[0-9a-f]{64}"')
"""Of a form, another for each who asks."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[Z+]|\d\d:\d\d UTC")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("claims", "resolve"),
    ("daily",),
    ("events", "--format", "jsonl", "--limit", "2000"),
    ("events", "--by", "pair,month"),
    ("search", "latihan", "perbatasan*", "--format", "jsonl"),
    ("search", "pasukan", "--format", "jsonl", "--limit", "100"),
    ("search", "--raw", 'title:nato OR "nuklir"', "--format", "jsonl", "--limit", "100"),
    ("stories", "--format", "jsonl"),
    ("claims", "--format", "jsonl"),
    ("warn", "--format", "json"),
    ("brief", "--lang", "id"),
    ("actor", "RUS"),
    ("export", "--format", "csv"),
    ("rejects",),
)
PAGES = (
    "/en/board", "/id/board", "/en/search?q=pasukan", "/en/search?q=nato&order=newest", "/en/stories", "/en/claims",
    "/en/sources", "/en/map", "/en/pair/RUS-UKR", "/en/country/UKR", "/en/briefs", "/en/alerts",
)  # fmt: skip


@pytest.fixture(scope="module")
def folders(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The same read and linked on both."""
    before = len(server.taken)
    made = {"sqlite": tmp_path_factory.mktemp("file"), "postgresql": tmp_path_factory.mktemp("team")}
    for kind, folder in made.items():
        url = {"SIAGA_STORE_URL": server.database()} if kind == "postgresql" else {}
        run(folder, "init", str(folder), more=url)
        if url:
            file = folder / "siaga.toml"
            line = f'[store]\nurl = "{url["SIAGA_STORE_URL"]}"'
            file.write_text(file.read_text("utf-8").replace("[store]", line), "utf-8")
        with as_file(files("siaga") / "assets" / "demo" / "pages") as pages:
            chosen = sorted(str(page) for page in pages.iterdir() if page.name.startswith(MONTH))
            run(folder, "read", *chosen, "--save", "--format", "none")
        run(folder, "link")
    yield made
    server.give_back(before)


def run(folder: Path, *arguments: str, more: Mapping[str, str] | None = None) -> str:
    done = CliRunner(env={"SIAGA_WORKSPACE": str(folder), "LANG": "en", "COLUMNS": "110"} | dict(more or {})).invoke(
        main, arguments
    )
    assert done.exit_code == 0, done.output
    return plain(done.stdout + done.stderr, folder)


def plain(text: str, folder: Path) -> str:
    """Without the moment at which it was said, the folder, and seals."""
    return SEAL.sub("SEAL", MOMENT.sub("MOMENT", text)).replace(str(folder), "FOLDER")


def test_each_command_says_the_same(folders: dict[str, Path]) -> None:
    assert not (folders["postgresql"] / "siaga.db").exists()
    for command in COMMANDS:
        said = {kind: run(folder, *command) for kind, folder in folders.items()}
        assert said["postgresql"] == said["sqlite"], command
        assert said["sqlite"], command


def test_each_story_is_told_the_same(folders: dict[str, Path]) -> None:
    ids = [match["id"] for match in STORY.finditer(run(folders["sqlite"], "stories", "--format", "jsonl"))]
    for story in ids[:5]:
        assert run(folders["postgresql"], "story", story) == run(folders["sqlite"], "story", story)
    assert len(ids) > 5


def test_each_page_shows_the_same(folders: dict[str, Path]) -> None:
    clients = {
        kind: TestClient(application(find_workspace(str(folder), {}, Path())), base_url=ADDRESS)
        for kind, folder in folders.items()
    }
    for page in PAGES:
        answers = {kind: client.get(page) for kind, client in clients.items()}
        assert {answer.status_code for answer in answers.values()} == {200}, page
        shown = {kind: plain(answer.text, folders[kind]) for kind, answer in answers.items()}
        assert shown["postgresql"] == shown["sqlite"], page
