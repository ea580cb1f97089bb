"""A playbook run in a real browser, from its beginning to its close, with scripts and with its trail complete."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from siaga.store.database import reading_from
from siaga.store.playbooks import broken_at, load_playbook, load_runs, load_trail
from siaga.store.workspace import Workspace, find_workspace

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")


@pytest.fixture
def where(demo: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the demo's workspace, to write to."""
    shutil.copytree(demo.folder, tmp_path / "work", ignore=shutil.ignore_patterns("*.lock"))
    return find_workspace(str(tmp_path / "work"), {}, tmp_path)


@pytest.fixture
def address(where: Workspace) -> Iterator[str]:
    """A server of it."""
    command = [sys.executable, "-m", "siaga", "serve", "--port", "0", "-w", str(where.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        finally:
            server.terminate()
            server.wait(10)
            server.stdout.close()


def test_a_run_goes_from_the_plan_to_its_close_and_its_trail_tells_all(where: Workspace, address: str) -> None:
    sync = pytest.importorskip("playwright.sync_api")
    wrong: list[str] = []
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
        page.goto(f"{address}/en/playbooks")
        form = page.locator("form:has(input[value='mass-protest'])")
        form.get_by_label("What it is about").fill("Kazakhstan")
        form.get_by_role("button").click()
        page.wait_for_url("**/run/*")
        steps = [step for phase in load_playbook(where, "mass-protest").phase for step in phase.step]
        for step in steps:
            own = page.locator(f"#{step.key}")
            for item in own.get_by_role("checkbox").all():
                item.check()
            own.get_by_role("button", name="Done").click()
            page.locator(f"#{step.key}.step-done").wait_for()
        page.get_by_role("button", name="Close the run").click()
        page.get_by_text("closed 2").first.wait_for()
        assert page.locator("main form").count() == 0
        trail_shown = page.locator("ol.trail li").count()
        page.get_by_role("link", name="On one page").click()
        page.wait_for_url("**/print")
        pdf = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert wrong == []
    assert pdf.count(b"/Type /Page\n") == 1
    with reading_from(where) as connection:
        [run] = load_runs(connection)
        trail = load_trail(connection, run.id)
    assert broken_at(trail) is None
    items = sum(len(step.checklist) for step in steps)
    assert len(trail) == trail_shown == 2 + items + len(steps)
    assert [one.entry.step for one in trail if one.entry.kind == "done"] == [step.key for step in steps]
    assert trail[-1].entry.kind == "closed"
