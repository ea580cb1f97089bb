"""What the documentation says is there, and what is there is documented."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from siaga.base.config import settings
from siaga.base.document import Reading
from siaga.base.overlay import knowledge, load_overlay
from siaga.base.pack import languages
from siaga.collect.load import load
from siaga.extract.checks.own import broken_examples, idle_rows, unsound
from siaga.flow import annotate, save_readings
from siaga.serve.cli import main
from siaga.store.intake import taking_in
from siaga.store.sql import migrations, query
from siaga.store.workspace import lay_out

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.id.md")
PAGES = (*READMES, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "LICENSES").glob("*.md")))
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
ARTICLE = "Warta Uji - Rusia menyerang Ukraina pada Senin (22/11/2021), kata Menteri Pertahanan Ukraina kepada AFP."
WORDS = {"page": "halaman", "news": "berita", "events": "peristiwa"}
"""Names of files in the examples of README.md -> in those of README.id.md."""


KEEPS = "siaga init"
"""The command with which the examples of keeping begin."""


def blocks(page: Path, kind: str) -> Iterator[str]:
    return (match["body"] for match in FENCE.finditer(page.read_text("utf-8")) if match["kind"] == kind)


def commands(page: Path) -> list[str]:
    """The lines of a page's shell blocks, without comments and prompts."""
    lines = "".join((*blocks(page, "console"), *blocks(page, "sh"))).splitlines()
    return [shlex.join(shlex.split(line.removeprefix("$ "), comments=True)) for line in lines]


def options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from (option for option in parameter.opts if isinstance(parameter, click.Option) and option[:2] == "--")


def documented() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


def command_names() -> list[str]:
    return main.list_commands(click.Context(main))


def command_named(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", command_names())
def test_every_command_and_option_is_documented(name: str) -> None:
    text, command = documented(), command_named(name)
    assert f"siaga {name}" in text
    assert [option for option in options(command) if option not in text] == []
    assert command.help


@pytest.mark.parametrize("name", ["wrong", "edit", "add", "merge", "split", "undo"])
def test_every_way_to_correct_is_documented(name: str) -> None:
    text, group = (ROOT / "docs/corrections.md").read_text("utf-8"), command_named("correct")
    assert isinstance(group, click.Group)
    assert f"siaga correct {name}" in text
    assert [option for option in options(group.commands[name]) if option not in documented()] == []


def test_the_commands_of_the_session_with_corrections_are_commands() -> None:
    lines = "".join(blocks(ROOT / "docs/corrections.md", "text")).splitlines()
    typed = [shlex.split(line)[2:] for line in lines if line.startswith("$ siaga ")]
    assert len(typed) > 5
    for words in typed:
        parsed(main, words)


def parsed(command: click.Command, words: list[str]) -> None:
    """A command and its options are taken as they are typed; nothing is run."""
    if isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words
        parsed(found, words[1:])
    else:
        command.make_context("siaga", words).close()


def test_every_choice_of_an_option_is_documented() -> None:
    text = documented()
    choices = [
        f"{parameter.opts[0]} {choice}"
        for name in command_names()
        for parameter in command_named(name).params
        if isinstance(parameter.type, click.Choice)
        for choice in parameter.type.choices
        if choice != parameter.default
    ]
    assert {"--format csv", "--lang id"} <= set(choices)
    assert [choice for choice in choices if choice not in text and choice != "--lang en"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = [match["target"].partition("#")[0] for match in LINK.finditer(page.read_text("utf-8"))]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text("utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert [page for page in sorted(pages) if f"]({page})" not in index] == []


def test_both_readmes_have_the_same_commands() -> None:
    english, indonesian = (commands(page) for page in READMES)
    assert [in_english(line) for line in indonesian] == english


def in_english(line: str) -> str:
    for word, local in WORDS.items():
        line = line.replace(local, word)
    return line.replace("siaga demo --lang id", "siaga demo")


def test_both_readmes_have_the_same_sections_and_links() -> None:
    english, indonesian = (page.read_text("utf-8") for page in READMES)
    assert english.count("\n## ") == indonesian.count("\n## ")
    found = [{match["target"] for match in LINK.finditer(text)} - {"README.md", "README.id.md"} for text in (
        english, indonesian,
    )]  # fmt: skip
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "line", [line for line in commands(READMES[0]) if "siaga read" in line and "--save" not in line]
)
def test_the_examples_of_reading_run(line: str, tmp_path: Path) -> None:
    written(tmp_path)
    command = in_shell(line).replace("siaga read", f"{shlex.quote(sys.executable)} -m siaga read")
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    outputs = [result.stdout, *(path.read_bytes() for path in tmp_path.glob("events.*"))]
    assert any(b"ASSAULT" in output for output in outputs)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_examples_of_keeping_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "berita").symlink_to("news")
    [block] = [block for block in blocks(page, "sh") if block.startswith(KEEPS)]
    for line in block.splitlines():
        command = f"{shlex.quote(sys.executable)} -m {line}"
        result = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
        assert (result.returncode, b"Traceback" in result.stderr) == (0, False), result.stderr
        assert result.stdout or " -o " in line
        assert b"nothing is found" not in result.stderr


def test_the_example_of_the_store_in_python_runs(tmp_path: Path) -> None:
    [code] = blocks(ROOT / "docs/store.md", "python")
    where = lay_out(tmp_path / "watch", {})
    with taking_in(where) as intake:
        list(save_readings(load(["-"], io.BytesIO(ARTICLE.encode())), intake))
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert b"'2021-11-22') 1" in result.stdout


def test_the_overlay_of_the_documentation_is_right_and_leads_to_the_reading_it_shows(tmp_path: Path) -> None:
    page = ROOT / "docs/overlay.md"
    files = [block for kind in ("csv", "toml") for block in blocks(page, kind)]
    for text in files:
        path = tmp_path / "watch" / text.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    overlay = load_overlay(tmp_path / "watch/overlay", languages())
    assert len(overlay.files) == len(files) == 4
    assert [*unsound(overlay), *idle_rows(overlay), *broken_examples(overlay, annotate)] == []
    [sentence] = set(re.findall(r'siaga overlay try "(.*)"', page.read_text("utf-8")))
    (tmp_path / "page.txt").write_text(sentence, "utf-8")
    [code] = blocks(page, "python")
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    [event] = msgspec.json.decode(result.stdout, type=Reading).events
    assert (event.type, [party.code for party in event.actors]) == ("ASSAULT", ["LASKAR_RAWA"])
    assert event.place is not None
    assert event.place.name == "Waimiting"


def test_every_file_of_knowledge_with_a_key_of_its_own_is_documented() -> None:
    text = (ROOT / "docs/overlay.md").read_text("utf-8")
    special = [file for file, known in knowledge().items() if " " in known.key and not file.startswith("actors/")]
    assert [file for file in special if f"`{file.split('/')[-1]}`" not in text and f"`{file}`" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/store.md").read_text("utf-8")
    assert [name for name, default in settings() if f"| `{name}` | {default} |" not in text] == []


def test_every_table_and_column_of_a_segment_is_documented() -> None:
    text = (ROOT / "docs/store.md").read_text("utf-8")
    tables = re.findall(r"^CREATE (?:VIRTUAL )?TABLE (\w+)", "".join(migrations()), re.MULTILINE)
    columns = re.findall(r" AS (\w+),?$", query("tail"), re.MULTILINE)
    assert len(columns) > 5
    assert len(tables) > 5
    assert [name for name in (*tables, *columns) if f"`{name}`" not in text] == []


def in_shell(line: str) -> str:
    """A command whose pipes and redirections are quoted no more."""
    return line.replace("'>'", ">").replace("'|'", "|")


def written(folder: Path) -> None:
    """The files that the examples name."""
    (folder / "news").mkdir()
    for path in ("page.txt", "news/first.txt"):
        (folder / path).write_text(ARTICLE, "utf-8")
    (folder / "page.html").write_text(f"<html><body><article><p>{ARTICLE}</p></article></body></html>", "utf-8")
    line = msgspec.json.encode({"id": "a", "text": ARTICLE, "date": "2021-11-23"})
    gzip = subprocess.run(["gzip"], input=line, capture_output=True, check=True)
    (folder / "news.jsonl.gz").write_bytes(gzip.stdout)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_example_in_python_runs(page: Path, tmp_path: Path) -> None:
    [code] = blocks(page, "python")
    for name in ("page.html", "halaman.html"):
        (tmp_path / name).write_text(f"<html><body><article><p>{ARTICLE}</p></article></body></html>", "utf-8")
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert b"ASSAULT" in result.stdout


def test_the_contract_shows_the_records_as_they_are() -> None:
    [example] = blocks(ROOT / "docs/contract.md", "json")
    shown = msgspec.json.decode(example, type=Reading)
    assert msgspec.json.decode(example) == msgspec.json.decode(shown.to_json())


def test_every_exit_code_of_the_help_is_in_the_contract() -> None:
    told = (command_named("read").help or "").partition("Exit code:")[2]
    rows = (ROOT / "docs/contract.md").read_text("utf-8")
    codes = re.findall(r"\d+", told)
    assert codes
    assert [code for code in codes if f"| {code} |" not in rows] == []


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    named = [re.split(r"[<>=~!\[ ]", line)[0] for line in (
        *project["dependencies"], *project["optional-dependencies"]["dev"],
    )]  # fmt: skip
    assert [name for name in named if name not in text] == []


def test_every_folder_of_assets_has_its_source_and_licence() -> None:
    text = (ROOT / "docs/data.md").read_text("utf-8")
    folders = [path for path in (ROOT / "src/siaga/assets").iterdir() if path.is_dir() and path.name[0] != "_"]
    assert [folder.name for folder in folders if f"`{folder.name}/" not in text] == []


def test_lock_files_name_no_registry() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text("utf-8"), lock
