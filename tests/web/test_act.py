"""Pages on which something is done: alerts, playbooks and briefs, by forms that work without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from siaga.base.signed import Kept
from siaga.serve.web.app import application
from siaga.store.database import reading_from
from siaga.store.playbooks import broken_at, load_runs, load_trail
from siaga.store.signed import load_all_briefs
from siaga.store.stories import StoryQuestion, list_stories
from siaga.store.workspace import Workspace, find_workspace
from tests.web.people import ADDRESS, OURS, token_of

SENTENCE = "Tell atom:desk when Russia – Ukraine reaches Siaga"
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def where(demo: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the demo's workspace, to write to."""
    shutil.copytree(demo.folder, tmp_path / "work", ignore=shutil.ignore_patterns("*.lock"))
    return find_workspace(str(tmp_path / "work"), {}, tmp_path)


@pytest.fixture
def visitor(where: Workspace) -> Iterator[TestClient]:
    with TestClient(application(where), base_url=ADDRESS, follow_redirects=True) as asks:
        yield asks


def send(visitor: TestClient, path: str, status: int = 200, /, **fields: str | list[str]) -> str:
    """Send a form; the page that follows."""
    answer = visitor.post(path, data={"form_token": token_of(visitor), **fields}, headers=OURS)
    assert answer.status_code == status, answer.text
    return answer.text


def test_a_rule_is_tried_saved_silenced_and_removed(visitor: TestClient) -> None:
    tried = visitor.get("/en/alerts/new", params={"name": "border", "sentence": SENTENCE, "from": "2022-01-01"}).text
    assert "Russia – Ukraine" in tried
    assert "times on" in tried or "would not have fired" in tried
    assert f"border</a>: {SENTENCE}" in send(visitor, "/en/alerts/new", name="border", sentence=SENTENCE)
    send(visitor, "/en/alerts/new", 400, name="border", sentence=SENTENCE)
    send(visitor, "/en/alerts/new", 400, name="other", sentence="Tell me everything")
    assert "silent until" in send(visitor, "/en/alerts", deed="snooze", rule="border", hours="5")
    assert "unit = &#34;RUS-UKR&#34;" in visitor.get("/id/alerts/rule/border").text
    assert "border</a>" not in send(visitor, "/en/alerts", deed="remove", rule="border")


@pytest.mark.parametrize(
    "fields",
    [{"deed": "snooze", "rule": "border", "hours": "-1"}, {"deed": "ack", "alert": "x"}, {"deed": "retry", "key": "x"},
     {"deed": "nothing"}, {}],
)  # fmt: skip
def test_what_a_form_cannot_mean_is_refused(fields: dict[str, str], visitor: TestClient) -> None:
    send(visitor, "/en/alerts", 400, **fields)


def test_a_run_is_begun_ticked_skipped_and_closed_and_its_trail_is_whole(where: Workspace, visitor: TestClient) -> None:
    begun = send(visitor, "/en/playbooks", playbook="mass-protest", unit="Kazakhstan", because=PAYLOAD)
    assert PAYLOAD not in begun
    [run] = list(_runs(where))
    path = f"/en/run/{run}"
    ticked = send(visitor, path, deed="step", step="who-calls", turn="save", item=["1", "3"])
    assert ticked.count(" checked>") == 2
    send(visitor, path, 400, deed="step", step="who-calls", turn="done", item=["1", "3"])
    send(visitor, path, deed="step", step="who-calls", turn="done", item=["1", "2", "3", "4"])
    send(visitor, path, 400, deed="step", step="places", turn="skip")
    for step in ("places", "tell-staff", "check-in", "signs", "word-out", "resume", "lessons"):
        send(visitor, path, deed="step", step=step, turn="skip", note="an exercise")
    closed = send(visitor, path, deed="close")
    assert "closed" in closed
    assert "<form" not in closed.partition("<main")[2]
    send(visitor, path, 400, deed="note", note="late")
    with reading_from(where) as connection:
        trail = load_trail(connection, run)
    assert broken_at(trail) is None
    kinds = [one.entry.kind for one in trail]
    assert kinds == ["started", *["checked"] * 4, "done", *["skipped"] * 7, "closed"]
    assert {one.entry.who for one in trail} == {"local"}
    assert "did who-calls" in visitor.get(f"{path}/print").text


def test_a_brief_is_drafted_edited_signed_and_published(where: Workspace, visitor: TestClient) -> None:
    send(visitor, "/id/briefs", 400, **{"from": "2022-02-23", "until": "2022-02-01"})
    drafted = send(visitor, "/id/briefs", **{"from": "2022-02-01", "until": "2022-02-23"})
    [kept] = _briefs(where)
    path = f"/id/brief/{kept.last.brief}"
    [first] = [line for one in kept.last.draft.sections for line in one.lines if line.key == "situation.1"]
    assert first.said.en in drafted.replace("&#39;", "'").replace("&#34;", '"')
    marks = " ".join(f"[^{number}]" for number in first.notes)
    edit = {"deed": "edit", "line": "situation.1", "id": f"Baru {PAYLOAD} {marks}", "en": f"New {marks}"}
    edited = send(visitor, path, **edit)
    assert "New" in edited
    assert PAYLOAD not in edited
    send(visitor, path, 400, **(edit | {"en": "No notes"}))
    assert "tanpa sumber" in send(visitor, path, deed="add", section="situation", id="Kami kira", en="We think")
    send(visitor, path, deed="remove", line="situation.2")
    assert "<textarea" not in send(visitor, path, deed="sign")
    send(visitor, path, 400, **(edit | {"en": f"Later {marks}"}))
    published = send(visitor, path, deed="publish")
    assert "brief.id.md" in published
    assert visitor.get(f"{path}.md").text.startswith("# ")
    assert re.fullmatch(rb"%PDF-.*", visitor.get(f"{path}.pdf").content[:8])
    assert visitor.get(f"/en/brief/{kept.last.brief}.docx").content[:2] == b"PK"


def test_what_is_done_stands_in_the_audit_trail(where: Workspace, visitor: TestClient) -> None:
    send(visitor, "/en/playbooks", playbook="evacuation", unit="UKR")
    audit = visitor.get("/en/audit").text
    assert "playbook.start" in audit
    assert "local" in audit
    assert len(list(_runs(where))) == 1


def test_an_event_is_corrected_by_buttons_from_its_story_and_the_correction_is_undone(
    where: Workspace, visitor: TestClient
) -> None:
    with reading_from(where) as connection:
        story = next(one for one in list_stories(connection, StoryQuestion(), 99) if len(one.articles) > 1)
    events = re.findall(r'href="/en(/event/[0-9a-f]{16})"', visitor.get(f"/en/story/{story.id}").text)
    path = f"/en{events[0]}"
    page = visitor.get(path).text
    kept = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("actors", "recipients", "day")}  # type: ignore[index]
    type_ = re.search(r'<option value="([A-Z]+)" selected>', page)[1]  # type: ignore[index]
    send(visitor, path, 400, deed="edit", type=type_, status="nonsense", **kept)
    denied = send(visitor, path, deed="edit", type=type_, status="denied", note="read the sentence", **kept)
    assert "status-denied" in denied
    assert "read the sentence" in denied
    gone = send(visitor, path, deed="wrong", note=PAYLOAD)
    assert "stands no longer" in gone
    assert PAYLOAD not in gone
    correction = re.findall(r'name="correction" value="([0-9a-f]+)"', gone)[-1]
    assert "status-denied" in send(visitor, path, deed="undo", correction=correction)
    send(visitor, path, 400, deed="undo", correction=correction)
    assert "correction.wrong" in visitor.get("/en/audit").text


def _runs(where: Workspace) -> Iterator[str]:
    with reading_from(where) as connection:
        yield from [run.id for run in load_runs(connection)]


def _briefs(where: Workspace) -> tuple[Kept, ...]:
    with reading_from(where) as connection:
        return load_all_briefs(connection)
