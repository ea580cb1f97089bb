"""What is done about it, on the demo: rules and playbooks replayed, the daily step, and a brief that is signed."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from siaga.base.alert import Rule, Trigger
from siaga.base.signed import Draft
from siaga.base.window import Window, days_back
from siaga.flow import save_readings
from siaga.serve.alerting.matching import would_have_fired
from siaga.serve.cli import main
from siaga.serve.cli.brief_signed import KINDS
from siaga.serve.cli.demo import demo_pages
from siaga.serve.daily import daily
from siaga.serve.playing import would_have_begun
from siaga.serve.signing import KINDS as MADE
from siaga.serve.signing import draft, file_of, found_brief, publish, require_true, sign
from siaga.serve.warned import Wanted, warned
from siaga.store.database import reading_from, writing_to
from siaga.store.intake import taking_in
from siaga.store.load import load_reading
from siaga.store.playbooks import load_playbook
from siaga.store.signed import Written, add_version
from siaga.store.workspace import Workspace, lay_out

LAST = date(2022, 3, 31)
YEAR = Window(since="2021-03-01", until="2022-03-31")
EVE = days_back(date(2022, 2, 23))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The archive of the demo, read and stored, with one daily step behind it."""
    made = lay_out(tmp_path_factory.mktemp("act"), {})
    with taking_in(made) as intake:
        deque(save_readings(demo_pages(), intake), maxlen=0)
    done = daily(made, LAST)
    assert (done.linked, done.fired) == (144, 0)
    assert done.claims > 10
    assert done.warnings > 3
    return made


@pytest.fixture
def where(archive: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it, to write to."""
    shutil.copytree(archive.folder, tmp_path, dirs_exist_ok=True)
    return archive.replace(folder=tmp_path)


def run(where: Workspace, *words: str, code: int = 0) -> Result:
    environment = {"LANG": "C", "SIAGA_ANALYST_NAME": "ani"}
    result = CliRunner().invoke(main, [*words, "-w", str(where.folder)], env=environment)
    assert result.exit_code == code, result.output
    return result


def rule(**trigger: object) -> Rule:
    return Rule(to=("a@b.c",), trigger=Trigger(**trigger))  # type: ignore[arg-type]


def test_the_second_build_up_and_the_invasion_would_have_been_told_in_time(archive: Workspace) -> None:
    siaga = [one.day for one in would_have_fired(archive, rule(when="level", unit="RUS-UKR", level="siaga"), YEAR)]
    assert "2021-04-01" <= siaga[0] <= "2021-04-15"
    assert any("2021-11-10" <= day <= "2021-11-30" for day in siaga)
    awas = [one.day for one in would_have_fired(archive, rule(when="level", unit="RUS-UKR", level="awas"), YEAR)]
    assert awas[0] >= "2022-02-20"


def test_the_day_on_which_a_rule_would_have_fired_is_the_first_on_which_siaga_warn_says_so(archive: Workspace) -> None:
    for match in would_have_fired(archive, rule(when="level", unit="RUS-UKR", level="siaga"), YEAR)[:3]:
        day = date.fromisoformat(match.day)
        levels = [
            warned(archive, one, Wanted(pairs=("RUS-UKR",))).cards[0].level
            for one in (date.fromordinal(day.toordinal() - 1), day)
        ]
        assert levels[1] in {"siaga", "awas"}
        assert levels[0] not in {"siaga", "awas"}


def test_claims_fall_due_and_searches_find_a_story_once(archive: Workspace) -> None:
    due = would_have_fired(archive, rule(when="claim", days=7), YEAR)
    assert len({one.subject for one in due}) == len(due) > 5
    riga = would_have_fired(archive, rule(when="search", words="Riga"), YEAR)
    assert [one.day for one in riga] == ["2021-11-30"]


def test_a_playbook_would_have_begun_before_the_invasion(archive: Workspace) -> None:
    began = would_have_begun(archive, load_playbook(archive, "border-build-up"), "RUS-UKR", YEAR)
    assert any("2021-11-10" <= one.day <= "2021-11-30" for one in began)
    again = would_have_begun(archive, load_playbook(archive, "evacuation"), "RUS-UKR", YEAR)
    assert again
    assert all(one.day >= "2022-02-20" for one in again)


def test_both_languages_of_a_draft_stand_on_the_same_sentences_and_these_stand_in_their_articles(
    where: Workspace,
) -> None:
    made = draft(where, EVE, "ani")
    assert made is not None
    lines = [line for section in made.draft.sections for line in section.lines]
    assert [section.key for section in made.draft.sections][:3] == ["warnings", "situation", "changed"]
    assert all(line.said.en.strip() and line.said.id.strip() and line.notes for line in lines)
    known = {note.number for note in made.draft.notes}
    assert {number for line in lines for number in line.notes} == known == set(range(1, len(known) + 1))
    with reading_from(where) as connection:
        for note in made.draft.notes:
            reading = load_reading(connection, note.article)
            assert reading is not None
            assert reading.article.text[note.start : note.end] == note.sentence
            assert (reading.article.published or "")[:10] <= EVE.until


def signed(where: Workspace) -> str:
    made = draft(where, EVE, "ani")
    assert made is not None
    sign(where, made.brief, "budi")
    return made.brief


def test_the_files_of_a_brief_have_every_line_and_every_note_leads_to_its_sentence(where: Workspace) -> None:
    id_ = signed(where)
    written = {path.name: path.read_text("utf-8") for path in publish(where, id_, "budi", ("md", "html"))}
    text = found_brief(where, id_).last.draft
    for language in ("en", "id"):
        check_markdown(written[f"brief.{language}.md"], text)
        page = written[f"brief.{language}.html"]
        marks = set(re.findall(r'href="#(note-\d+)"', page))
        assert marks == set(re.findall(r'id="(note-\d+)"', page)) == {f"note-{note.number}" for note in text.notes}
        assert not re.search(r"<script|<img|src=|@import", page)
    both = written["brief.id-en.html"]
    assert both.count("<tr>") > sum(len(section.lines) for section in text.sections)


def check_markdown(written: str, text: Draft) -> None:
    """Every mark has its note, and every note its sentence and place."""
    body, _, _ = written.partition("\n[^1]: ")
    notes = dict(re.findall(r"^(\[\^\d+\]): (.*)$", written, re.MULTILINE))
    assert set(re.findall(r"\[\^\d+\]", body)) == set(notes)
    for note in text.notes:
        assert f"`{note.article}:{note.start}-{note.end}`" in notes[f"[^{note.number}]"]
    assert "ICD 203" in body


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_pdf_is_tagged_whole_and_its_notes_resolve(language: str, where: Workspace) -> None:
    pytest.importorskip("typst")
    reader = pytest.importorskip("pypdf")
    id_ = signed(where)
    [path] = [one for one in publish(where, id_, "budi", ("pdf",)) if one.name == f"brief.{language}.pdf"]
    made = path.read_bytes()
    pdf = reader.PdfReader(io.BytesIO(made), strict=True)
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    text = found_brief(where, id_).last.draft
    assert pdf.metadata.title == text.title.of(language)
    told = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for note in text.notes:
        assert f"{note.article}:{note.start}-{note.end}" in told.replace(" ", "")
    places = {tuple(map(str, one["/Dest"].get_object())) for one in links(pdf) if "/Dest" in one}
    assert file_of(where, found_brief(where, id_), language, "pdf") == made  # the same bytes each time
    assert len(places) == len(text.notes)  # each note has a place of its own that marks lead to


def links(pdf: Any) -> list[Any]:
    """What is linked in a PDF."""
    return [reference.get_object() for page in pdf.pages for reference in page.get("/Annots", ())]


def test_the_word_file_opens_and_has_every_line(where: Workspace) -> None:
    docx = pytest.importorskip("docx")
    id_ = signed(where)
    path = next(one for one in publish(where, id_, "budi", ("docx",)) if one.name == "brief.id.docx")
    assert zipfile.ZipFile(path).testzip() is None
    told = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    for section in found_brief(where, id_).last.draft.sections:
        for line in section.lines:
            assert any(one.startswith(line.said.id) for one in told), line.key


def test_a_sign_that_no_font_has_is_written_by_its_number(where: Workspace) -> None:
    pytest.importorskip("typst")
    reader = pytest.importorskip("pypdf")
    made = draft(where, EVE, "ani")
    assert made is not None
    run(
        where,
        "brief",
        "edit",
        made.brief,
        "situation",
        "--add",
        "--en",
        "Beijing (北京) spoke",
        "--id",
        "Beijing (北京)",
    )
    sign(where, made.brief, "budi")
    [path] = [one for one in publish(where, made.brief, "budi", ("pdf",)) if one.name == "brief.en.pdf"]
    told = "".join(page.extract_text() for page in reader.PdfReader(path).pages)
    assert "<U+5317><U+4EAC>" in told


def test_an_edit_that_loses_a_footnote_is_refused_or_marked(where: Workspace) -> None:
    made = draft(where, EVE, "ani")
    assert made is not None
    [first] = [line for section in made.draft.sections for line in section.lines if line.key == "situation.1"]
    mark, *others = [f"[^{number}]" for number in first.notes]
    words = ("brief", "edit", made.brief, "situation.1", "--en")
    assert f"loses {' '.join((mark, *others))}" in run(where, *words, "No notes", code=2).output
    assert "no note 999" in run(where, *words, "A note [^999]", "--drop-notes", code=2).output
    assert "no source" not in run(where, *words, f"Kept {' '.join((mark, *others))}").output
    assert "no source" in run(where, *words, "None", "--drop-notes").output
    assert "missing: id" in run(where, "brief", "edit", made.brief, "situation", "--add", "--en", "x", code=2).output
    run(where, "brief", "edit", made.brief, "situation.2", "--remove")
    kept = found_brief(where, made.brief)
    keys = [line.key for section in kept.last.draft.sections for line in section.lines]
    assert "situation.2" not in keys
    assert [one.kind for one in kept.versions] == ["drafted", "edited", "edited", "edited"]
    assert kept.versions[0].draft == made.draft
    assert "one language only: situation.1" in run(where, "brief", "sign", made.brief).output


def test_a_signed_brief_cannot_change_and_a_change_behind_our_back_is_found(where: Workspace) -> None:
    id_ = signed(where)
    assert "stays as it is" in run(where, "brief", "edit", id_, "situation.1", "--remove", code=2).output
    assert "stays as it is" in run(where, "brief", "sign", id_, code=2).output
    changes = (
        "UPDATE brief_version SET draft = '{}'", "DELETE FROM brief_version",
        "INSERT OR REPLACE INTO brief_version SELECT * FROM brief_version",
    )  # fmt: skip
    text = found_brief(where, id_).last.draft
    with writing_to(where) as connection:
        for change in changes:
            with pytest.raises(Exception, match=r"only added to|stays as it is"):
                connection.execute(change)
        with pytest.raises(Exception, match="stays as it is"):
            add_version(connection, id_, text, Written(kind="edited", who="x", moment="x"))
    assert len(require_true(where)) == 1
    with writing_to(where) as connection:
        connection.execute("DROP TRIGGER brief_version_stays")
        connection.execute("UPDATE brief_version SET who = 'somebody else' WHERE kind = 'signed'")
    assert "not as it was written" in run(where, "brief", "verify", code=2).output


def test_a_published_file_that_is_changed_or_missing_is_found(where: Workspace) -> None:
    id_ = signed(where)
    [english] = [one for one in publish(where, id_, "budi", ("md",)) if one.name == "brief.en.md"]
    assert "none changed" in run(where, "brief", "verify").output
    english.write_text(english.read_text("utf-8") + " ", "utf-8")
    assert "not as it was published" in run(where, "brief", "verify", code=2).output
    english.unlink()
    assert "is missing" in run(where, "brief", "verify", code=2).output
    run(where, "brief", "publish", id_, "--kind", "md")
    run(where, "brief", "verify")
    seal = json.loads((where.folder / "briefs" / id_ / "signature.json").read_text("utf-8"))
    assert (seal["who"], len(seal["content"])) == ("budi", 64)


def test_what_is_not_signed_is_not_published(where: Workspace) -> None:
    made = draft(where, EVE, "ani")
    assert made is not None
    assert "is not signed yet" in run(where, "brief", "publish", made.brief, code=2).output
    assert "DRAFT, not signed" in run(where, "brief", "show", made.brief, "-f", "md").output


def test_the_next_brief_tells_what_changed_since_the_one_that_was_signed(where: Workspace) -> None:
    id_ = signed(where)
    later = draft(where, days_back(date(2022, 3, 10)), "ani")
    assert later is not None
    assert later.draft.last == id_
    [since] = [section for section in later.draft.sections if section.key == "since"]
    assert any("Rusia – Ukraina: SIAGA → AWAS" in line.said.id for line in since.lines)
    before = {
        one for section in found_brief(where, id_).last.draft.sections for line in section.lines for one in line.events
    }
    for section in later.draft.sections:
        assert all(line.fresh == before.isdisjoint(line.events) for line in section.lines if line.events)


def test_the_kinds_of_files_are_the_same_everywhere() -> None:
    assert KINDS == MADE
