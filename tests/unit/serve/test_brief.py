"""`siaga brief` and `siaga rejects` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.invented import reading
from siaga.base.article import Reject
from siaga.base.config import Config
from siaga.base.document import Reading
from siaga.report.brief import Brief
from siaga.report.facts import SURE_ENOUGH
from siaga.serve.cli import brief as command_module
from siaga.serve.cli import main
from siaga.store.workspace import Workspace
from tests.unit.report.invented import event
from tests.unit.report.invented import reading as told
from tests.unit.store.shelves import put, workspace


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = workspace(tmp_path_factory.mktemp("brief"))
    hostile = told(event("# <b>Norway</b> shelled [^1] `Sweden`|."), source="Daily *Fjord*", published="2031-05-02")
    later = told(event("Norway met Sweden.", "CONSULT"), source="Gazette", published="2031-05-20")
    put(made, [hostile, later, told(event("Nothing."), published=None)])
    return made


def siaga(where: Workspace, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "-w", str(where.folder)], env={"LANG": "C"})


def test_the_threshold_is_that_of_reports() -> None:
    assert command_module.SURE_ENOUGH == SURE_ENOUGH


def test_by_default_it_is_of_the_month_up_to_the_newest_article_and_says_so(where: Workspace) -> None:
    result = siaga(where, "brief")
    assert result.exit_code == 0
    assert "articles published 2031-04-20 to 2031-05-20" in result.stderr
    assert result.stdout.startswith("# Brief: 20 April 2031 to 20 May 2031\n")
    assert siaga(where, "brief", "--since", "2031-05-01", "--until", "2031-05-31").stderr == ""


def test_nothing_of_an_article_is_taken_for_markup(where: Workspace) -> None:
    written = siaga(where, "brief").stdout
    assert "<b>" not in written
    assert r"\# \<b\>Norway\</b\> shelled \[^1\] \`Sweden\`\|." in written
    assert r"Daily \*Fjord\*, 2 May 2031" in written


def test_json_is_the_record_and_terminal_shows_the_same_lines(where: Workspace) -> None:
    composed = Brief.from_json(siaga(where, "brief", "--format", "json").stdout)
    shown = " ".join(siaga(where, "brief", "--format", "terminal", "--lang", "en").stdout.split())
    lines = [line.text for section in composed.sections for line in section.lines]
    assert len(lines) == 2
    assert all(line in shown for line in lines)
    assert composed.window is not None
    assert (composed.window.since, composed.window.until) == ("2031-04-20", "2031-05-20")


def test_conditions_choose_events_and_are_told(where: Workspace) -> None:
    written = siaga(where, "brief", "--type", "consult", "--actor", "Norwegia").stdout
    assert "Only events chosen by: --actor NOR --type CONSULT" in written
    assert "Talks between Norway and Sweden" in written
    assert "Attack" not in written


@pytest.mark.parametrize("format_", ["markdown", "json", "terminal"])
def test_a_file_is_written_whole_or_not_at_all(where: Workspace, tmp_path: Path, format_: str) -> None:
    target = tmp_path / "brief.out"
    result = siaga(where, "brief", "--format", format_, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "20 May 2031" in target.read_text("utf-8") or "2031-05-20" in target.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.out"]


def test_a_window_without_articles_is_told_and_writes_nothing(where: Workspace, tmp_path: Path) -> None:
    for language, message in (("en", "no article published"), ("id", "tidak ada artikel tersimpan yang terbit")):
        days = ("--since", "2001-01-01", "--until", "2001-01-31")
        result = siaga(where, "brief", *days, "--lang", language, "-o", str(tmp_path / "brief.md"))
        assert (result.exit_code, result.stdout) == (0, "")
        assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_days_says_what_to_do(tmp_path: Path) -> None:
    result = siaga(workspace_of(tmp_path, [told(event("x"), published=None)]), "brief")
    assert result.exit_code == 0
    assert "siaga read PATH --save" in result.stderr


def test_days_that_run_backwards_are_refused(where: Workspace) -> None:
    result = siaga(where, "brief", "--since", "2031-06-01")
    assert result.exit_code == 2
    assert "--since 2031-06-01 is after the last day, 2031-05-20" in result.stderr


def test_rejects_are_listed_with_their_reason(tmp_path: Path) -> None:
    refused = Reject(stage="load", id="a.bin", reason="binary", message="not text: \x1b[31m")
    made = workspace_of(tmp_path, [reading(1), refused])
    shown = siaga(made, "rejects").stdout
    assert "a.bin" in shown
    assert "\x1b" not in shown
    [line] = siaga(made, "rejects", "--format", "jsonl").stdout.splitlines()
    assert {key: json.loads(line)[key] for key in ("stage", "id", "reason")} == {
        "stage": "load", "id": "a.bin", "reason": "binary",
    }  # fmt: skip
    nothing = siaga(made, "rejects", "--stage", "save", "--lang", "id")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "tidak ada yang ditolak\n")


def workspace_of(folder: Path, results: list[Reading | Reject]) -> Workspace:
    made = workspace(folder)
    put(made, results)  # type: ignore[arg-type]  # save takes both
    assert made.config == Config()
    return made
