"""Playbooks: the three that come with Siaga, a run from trigger to close, and its trail that is only added to."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siaga.base.errors import GivenError
from siaga.base.playbook import Entry, Playbook
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.report.playbook_page import as_page
from siaga.report.playbooks import check_playbook
from siaga.serve.cli import main
from siaga.serve.playing import add, begin, require_standing, trail_of
from siaga.store.database import writing_to
from siaga.store.playbooks import broken_at, load_playbook, playbook_names
from siaga.store.workspace import Workspace, lay_out

CHROMIUM = shutil.which("chromium")
SHIPPED = ("border-build-up", "evacuation", "mass-protest")


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    made = lay_out(tmp_path, {})
    with writing_to(made):
        return made


def run(where: Workspace, *words: str, code: int = 0) -> Result:
    environment = {"LANG": "C", "SIAGA_ANALYST_NAME": "ani"}
    result = CliRunner().invoke(main, ["playbook", *words, "-w", str(where.folder)], env=environment)
    assert result.exit_code == code, result.output
    return result


def entry(run_: str, kind: str, **fields: object) -> Entry:
    return Entry(run=run_, kind=kind, who="ani", moment="2031-01-01T00:00:00Z", **fields)  # type: ignore[arg-type]


def plan(where: Workspace, name: str = "border-build-up") -> Playbook:
    return load_playbook(where, name)


def do(where: Workspace, run_: str, step: str) -> None:
    """Tick all items of a step, and do it."""
    for item in range(1, len(require_standing(where, run_).step(step).step.checklist) + 1):
        add(where, entry(run_, "checked", step=step, item=item))
    add(where, entry(run_, "done", step=step))


def test_the_shipped_playbooks_can_be_run_and_have_every_word_in_both_languages(where: Workspace) -> None:
    assert playbook_names(where) == SHIPPED
    for name in SHIPPED:
        one = plan(where, name)
        check_playbook(one)
        assert one.trigger
        said = [one.title, one.purpose, *(phase.title for phase in one.phase)]
        steps = [step for phase in one.phase for step in phase.step]
        said += [words for step in steps for words in (step.title, *step.checklist)]
        assert all(words.en.strip() and words.id.strip() and words.en != words.id for words in said)
        assert any(step.message for step in steps)
        assert [step.due_hours for step in steps] == sorted(step.due_hours for step in steps)


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("language", catalogue_languages())
@pytest.mark.parametrize("name", SHIPPED)
def test_a_playbook_is_printed_on_one_page_of_a4(name: str, language: str, where: Workspace, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    page.write_text(as_page(plan(where, name), None, (), catalogue(language)), "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*command, f"--print-to-pdf={printed}", str(page)], capture_output=True, check=True, timeout=60)
    text = printed.read_bytes()
    assert text.count(b"/Type /Page\n") == 1
    assert b"/Count 1" in text


def test_nothing_in_a_run_is_taken_for_markup(where: Workspace) -> None:
    begun = begin(where, "evacuation", "<b>Kyiv</b>", ("<i>ani</i>", "<script>"))
    trail = trail_of(where, begun.id)
    page = as_page(begun.playbook, require_standing(where, begun.id), trail, catalogue("en"))
    assert not any(tag in page for tag in ("<b>", "<i>", "<script"))


def test_a_run_goes_from_trigger_to_close_by_commands_and_its_trail_tells_all(where: Workspace) -> None:
    started = run(where, "start", "mass-protest", "--unit", "Kazakhstan", "--because", "alert 92f4")
    assert "Mass protest · Kazakhstan · run" in started.output
    id_ = run(where, "runs").output.split()[0]
    steps = [step for phase in plan(where, "mass-protest").phase for step in phase.step]
    told = ["began the run: alert 92f4"]
    for step in steps:
        for item in range(1, len(step.checklist) + 1):
            run(where, "step", id_[:4], step.key, "--check", str(item))
            told.append(f"ticked item {item} of {step.key}")
        run(where, "step", id_, step.key, "--done")
        told.append(f"did {step.key}")
    run(where, "note", id_, "all home")
    run(where, "close", id_)
    audit = run(where, "audit", id_).output
    lines = [line for line in audit.splitlines() if "  ani  " in line]
    assert [line.split("  ")[2] for line in lines] == [*told, "noted : all home", "closed the run"]
    assert "none changed" in audit
    assert "was closed" in run(where, "note", id_, "one more", code=2).output
    assert f"{len(steps)} of {len(steps)} steps  closed" in run(where, "runs").output


def test_a_step_of_a_later_phase_waits_for_the_earlier_ones(where: Workspace) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    with pytest.raises(GivenError, match="still open before it: read-the-card, convene"):
        add(where, entry(id_, "done", step="advise"))


def test_a_step_is_done_once_all_is_ticked_and_skipped_only_for_a_reason(where: Workspace) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    add(where, entry(id_, "checked", step="convene", item=1))
    with pytest.raises(GivenError, match="not checked yet: 2"):
        add(where, entry(id_, "done", step="convene"))
    with pytest.raises(GivenError, match="skipped with a reason"):
        add(where, entry(id_, "skipped", step="convene"))
    add(where, entry(id_, "skipped", step="convene", note="met already"))
    with pytest.raises(GivenError, match="is skipped since"):
        add(where, entry(id_, "done", step="convene"))
    add(where, entry(id_, "reopened", step="convene"))
    add(where, entry(id_, "unchecked", step="convene", item=1))
    assert require_standing(where, id_).step("convene").checked == ()


@pytest.mark.parametrize(("kind", "fields", "why"), [
    ("checked", {"step": "convene", "item": 3}, "has 2 items, no number 3"),
    ("done", {"step": "nonsense"}, "no step 'nonsense'"),
    ("closed", {}, "steps are open"),
    ("reopened", {"step": "convene"}, "is open"),
])  # fmt: skip
def test_what_may_not_be_is_refused_and_leaves_no_trace(
    kind: str, fields: dict[str, object], why: str, where: Workspace
) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    with pytest.raises(GivenError, match=why):
        add(where, entry(id_, kind, **fields))
    assert len(trail_of(where, id_)) == 1


def test_a_run_is_stood_down_for_a_reason(where: Workspace) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    add(where, entry(id_, "closed", note="an exercise"))
    assert require_standing(where, id_).closed == "2031-01-01T00:00:00Z"


def test_a_run_keeps_the_plan_that_it_began_with(where: Workspace) -> None:
    (where.folder / "playbooks").mkdir()
    own = where.folder / "playbooks/mine.toml"
    own.write_text(run(where, "show", "evacuation", "--toml").output, "utf-8")
    id_ = begin(where, "mine", "UKR", ("ani", None)).id
    own.write_text(own.read_text("utf-8").replace("Evacuation of nationals", "Another plan"), "utf-8")
    assert require_standing(where, id_).run.playbook.title.en == "Evacuation of nationals"
    assert plan(where, "mine").title.en == "Another plan"


def test_the_trail_of_a_run_cannot_be_changed_and_a_change_behind_our_back_is_found(where: Workspace) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    add(where, entry(id_, "note", note="the truth"))
    changes = (
        "UPDATE playbook_entry SET who = 'x'", "DELETE FROM playbook_entry", "UPDATE playbook_run SET unit = 'x'",
        "DELETE FROM playbook_run", "INSERT OR REPLACE INTO playbook_entry SELECT * FROM playbook_entry",
        "INSERT OR REPLACE INTO playbook_run SELECT * FROM playbook_run",
    )  # fmt: skip
    with writing_to(where) as connection:
        for change in changes:
            with pytest.raises(Exception, match=r"only added to|is there already"):
                connection.execute(change)
        assert broken_at(trail_of(where, id_)) is None
        connection.execute("DROP TRIGGER playbook_entry_stays")
        connection.execute("UPDATE playbook_entry SET record = replace(record, 'truth', 'tale') WHERE number = 2")
    assert broken_at(trail_of(where, id_)) == 2
    assert "not as it was written" in run(where, "audit", id_, code=2).output


def test_what_is_late_is_told(where: Workspace) -> None:
    id_ = begin(where, "border-build-up", "RUS-UKR", ("ani", None)).id
    standing = require_standing(where, id_)
    assert not any(one.late for one in standing.steps)
    later = add(where, entry(id_, "note", note="x").replace(moment="2999-01-01T00:00:00Z"))
    assert all(one.late for one in later.steps)
    do(where, id_, "convene")
    assert not require_standing(where, id_).step("convene").late


@pytest.mark.parametrize(("change", "why"), [
    (('role = "analyst"', 'role = "nobody"'), "unknown role 'nobody'"),
    (('key = "convene"', 'key = "read-the-card"'), "step 'read-the-card' is there twice"),
    (("{{unit}}", "{{country}}"), r"unknown \{\{country\}\}"),
    (('id = "Ketua tim krisis"', 'di = "Ketua tim krisis"'), "unknown field"),
])  # fmt: skip
def test_a_playbook_that_cannot_be_right_is_refused(change: tuple[str, str], why: str, where: Workspace) -> None:
    own = where.folder / "mine.toml"
    own.write_text(run(where, "show", "border-build-up", "--toml").output.replace(*change), "utf-8")
    result = run(where, "check", str(own), code=2)
    assert re.search(why, result.output), result.output
